// ClickHouse (chDB): the job in SQL. best is multiMatchAny, ClickHouse's own tool for many
// expressions; exact is match() in groups, as DuckDB's best; obvious is match() of one
// alternation, and nobody is left out before the joins.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { alternations, args, load, patterns, report, timed, writeAnswer } from './contender.mjs';

const { Session } = load('chdb');

const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const day = (column) => `toInt64(toUnixTimestamp(toDateTime(${column} || ' 00:00:00', 'UTC')))`;
const bound = (column, hours, days, open) =>
  `if(${column} = '', ${open}, ${day(column)} + ${days} * 86400 - ${hours} * 3600)`;
const window = (hours) => `${bound('valid_from', hours, 0, '-1000000000000')} AS begins,
  ${bound('valid_to', hours, 1, '1000000000000')} AS ends`;
const account = `platform, account_id AS id, trimLeft(lower(handle), '@') AS handle`;
const strings = (names) => quoted(names.split(' ').map((name) => `${name} String`).join(', '));
const csv = (file, structure) => `file(${quoted(file)}, 'CSVWithNames', ${structure})`;
const engine = args.kept ? 'MergeTree ORDER BY (platform, id)' : 'Memory';

const lists = () => [
  `CREATE TABLE roster ENGINE = ${engine} AS SELECT ${account}, ${window(7)}
   FROM ${csv(`${args.corpus}/roster.csv`,
    strings('platform account_id handle valid_from valid_to'))}
   SETTINGS max_threads = ${args.threads}, input_format_with_names_use_header = 1`,
  `CREATE TABLE campaign ENGINE = ${engine} AS SELECT ${account}, ${window('utc_hours')}
   FROM ${csv(`${args.corpus}/campaign.csv`,
    strings('contest_id platform account_id handle account_type valid_from valid_to'))} c
   JOIN ${csv(`${args.prepared}/zones.csv`, quoted('contest_id String, utc_hours Int64'))} z
   USING contest_id WHERE account_type NOT IN ('institution', 'media')`,
];

const structure = quoted(`platform String, kind String, id String,
  actor Tuple(id String, handle String), target Tuple(id String, handle String),
  text String, created_at String, observed_at String`);
const source = `file(${quoted(args.records)}, 'JSONEachRow', ${structure})`;

const settings = `SETTINGS max_threads = ${args.threads}, max_query_size = 1000000000,
  max_hyperscan_regexp_length = 0, max_hyperscan_regexp_total_length = 0,
  reject_expensive_hyperscan_regexps = 0, max_ast_elements = 10000000`;

function saysIt() {
  if (args.style === 'best') return `multiMatchAny(low, [${patterns.map(quoted).join(', ')}])`;
  return alternations(args.style).map((some) => `match(low, ${quoted(some)})`).join(' OR ');
}

const acts = `
  SELECT platform, kind, id, lower(text) AS low,
    toUnixTimestamp(parseDateTimeBestEffort(
      if(empty(created_at), observed_at, created_at), 'UTC')) AS seconds,
    tupleElement(actor, 'id') AS actor_id,
    trimLeft(lower(tupleElement(actor, 'handle')), '@') AS actor_handle,
    tupleElement(target, 'id') AS target_id,
    trimLeft(lower(tupleElement(target, 'handle')), '@') AS target_handle
  FROM ${source} WHERE kind IN ('post', 'comment', 'share') AND notEmpty(text)`;

const onList = (who, list) =>
  `((platform, ${who}_id) IN (SELECT platform, id FROM ${list} WHERE id != '')
    OR (platform, ${who}_handle) IN (SELECT platform, handle FROM ${list} WHERE id = ''))`;
const known = args.style === 'obvious'
  ? '' : `AND ${onList('actor', 'roster')} AND ${onList('target', 'campaign')}`;

const valid = (entry) =>
  `(${entry}.platform != '' AND seconds >= ${entry}.begins AND seconds < ${entry}.ends)`;

const flags = () => `
SELECT DISTINCT concat(a.platform, '/', a.kind, '/', a.id) FROM (${acts} ${known}) a
LEFT JOIN (SELECT * FROM roster WHERE id != '') r1
  ON r1.platform = a.platform AND r1.id = a.actor_id
LEFT JOIN (SELECT * FROM roster WHERE id = '') r2
  ON r2.platform = a.platform AND r2.handle = a.actor_handle
LEFT JOIN (SELECT * FROM campaign WHERE id != '') c1
  ON c1.platform = a.platform AND c1.id = a.target_id
LEFT JOIN (SELECT * FROM campaign WHERE id = '') c2
  ON c2.platform = a.platform AND c2.handle = a.target_handle
WHERE (${valid('r1')} OR ${valid('r2')}) AND (${valid('c1')} OR ${valid('c2')})
  AND (${saysIt()}) ${settings}`;

const texts = () => `
SELECT concat(platform, '/', kind, '/', id)
FROM (SELECT platform, kind, id, lower(text) AS low FROM ${source}
      WHERE kind IN ('post', 'comment', 'share') AND notEmpty(text))
WHERE ${saysIt()} ${settings}`;

const temporary = args.kept ? undefined : fs.mkdtempSync(path.join(os.tmpdir(), 'clickhouse-'));
const session = new Session(args.kept ?? temporary);

function makeLists() {
  for (const sql of lists()) session.query(sql, 'TabSeparated');
}

const reads_lists = args.job === 'keep' || (args.job === 'flags' && !args.kept);
const [, lists_s] = await timed(() => reads_lists && makeLists());
if (args.job === 'keep') {
  report({ lists_s });
} else {
  const sql = args.job === 'texts' ? texts() : flags();
  const [answer, query_s] = await timed(() => session.query(sql, 'TabSeparated'));
  writeAnswer(answer.split('\n').filter((key) => key !== ''));
  report({ lists_s, query_s });
}
session.close();
if (temporary) fs.rmSync(temporary, { recursive: true, force: true });
