// The path from signing in to the exported bag by keyboard, with the program itself: a sweep of the made-up
// regency fills the queue, `pantau serve` serves page and API.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as plain } from '@playwright/test';
import { expect, signOutByKeyboard, typeSignIn, watch } from './fixtures.js';
import { confirmFirst, exportFirst, proposeFirst } from './path.js';

const PROGRAM = process.env.PANTAU_PROGRAM;
const SWEEP = fileURLToPath(new URL('../../data/samples/regency/sweep.toml', import.meta.url));
const PAGE = process.env.PANTAU_PAGE ?? fileURLToPath(new URL('../../build/page', import.meta.url));
const serves = PROGRAM && spawnSync(PROGRAM, ['serve', '--help']).status === 0;

/** The program serving a fresh queue: {address, people: name → password, stop}. */
async function serve() {
  const folder = mkdtempSync(join(tmpdir(), 'pantau-page-'));
  const queue = `sqlite:${join(folder, 'queue.sqlite')}`;
  execFileSync(PROGRAM, ['sweep', SWEEP, '--queue', queue, '--progress', 'none'], { stdio: 'ignore' });
  const child = spawn(PROGRAM, ['serve', SWEEP, '--queue', queue, '--page', PAGE, '--port', '0', '--demo-staff'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = async () => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  };
  let told = '';
  const address = await new Promise((found, failed) => {
    child.once('exit', (code) => failed(new Error(`pantau serve ended with ${code}: ${told}`)));
    child.stderr.on('data', (bytes) => {
      told += bytes;
      const match = /The review page: (http:\/\/[^/\s]+)\//.exec(told);
      if (match) found(match[1]);
    });
  });
  const people = Object.fromEntries([...told.matchAll(/^ {2}(\w+)\s+(\S+) {3}\S/gm)].map(([, name, password]) => [name, password]));
  return { address, people, stop };
}

plain('with the program: from signing in to the exported bag by keyboard', async ({ page }) => {
  plain.skip(!serves, 'no program that serves');
  plain.setTimeout(180_000);
  const { address, people, stop } = await serve();
  try {
    const faults = watch(page, address);
    const enter = (name) => typeSignIn(page, address, name, { password: people[name] });
    await enter('analis');
    await proposeFirst(page);
    await signOutByKeyboard(page);
    await enter('penelaah');
    await confirmFirst(page);
    await signOutByKeyboard(page);
    await enter('perkara');
    const saved = await exportFirst(page);
    expect(saved.suggestedFilename()).toMatch(/\.(zip|tar)$/);
    expect(statSync(await saved.path()).size).toBeGreaterThan(1000);
    expect(faults).toEqual([]);
  } finally {
    await stop();
  }
});
