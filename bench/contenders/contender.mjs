// What the contenders that run in Node have in common: their command line, the patterns, the
// answer file, and the one line of JSON that tells how long the lists and the query took.
//
//   node NAME.mjs --tools DIR --corpus DIR --prepared DIR --records FILE --threads N
//        --job flags|texts|keep --style best|… [--kept PATH] --out FILE
//
// keep makes the lists once into --kept; a job with --kept uses them, without it reads the CSVs.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

const GROUP_PATTERNS = 100;  // of one alternation: above that RE2's cache of states runs over

const names = ['tools', 'corpus', 'prepared', 'records', 'threads', 'job', 'style', 'kept', 'out'];
export const args = parseArgs({
  options: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
}).values;

// The packages are not beside this file but where install.sh was told to put them.
export const load = (name) => createRequire(`${args.tools}/package.json`)(name);

export const patterns = fs.readFileSync(`${args.prepared}/patterns.txt`, 'utf8').trimEnd().split('\n');

const alternation = (some) => some.map((pattern) => `(?:${pattern})`).join('|');

// What an expert writes, and what everybody writes first.
export function alternations(style) {
  if (style === 'obvious') return [alternation(patterns)];
  const groups = [];
  for (let i = 0; i < patterns.length; i += GROUP_PATTERNS) {
    groups.push(alternation(patterns.slice(i, i + GROUP_PATTERNS)));
  }
  return groups;
}

export function writeAnswer(keys) {
  fs.writeFileSync(args.out, keys.map((key) => `${key}\n`).join(''));
}

export async function timed(work) {
  const begin = performance.now();
  const result = await work();
  return [result, (performance.now() - begin) / 1000];
}

export function report(seconds) {
  console.log(JSON.stringify(seconds));
}
