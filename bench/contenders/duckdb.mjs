// DuckDB: the job in SQL, the expert's way (best) and as one would write it first (obvious).
import { alternations, args, load, report, timed, writeAnswer } from './contender.mjs';

const { DuckDBInstance } = load('@duckdb/node-api');

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

// Seconds since 1970 at which a local day begins; days after `valid_to` the entry has ended.
const bound = (column, hours, days, open) =>
  `coalesce(epoch(${column}::TIMESTAMP) + ${days} * 86400 - ${hours} * 3600, ${open})`;
const window = (hours) => `${bound('valid_from', hours, 0, '-1e18')} AS begins,
       ${bound('valid_to', hours, 1, '1e18')} AS ends`;
const account = `platform, account_id AS id, ltrim(lower(handle), '@') AS handle`;

const lists = (schema) => [
  `CREATE TABLE ${schema}roster AS SELECT ${account}, ${window(7)}
     FROM read_csv(${quoted(`${args.corpus}/roster.csv`)}, header = true, all_varchar = true)`,
  `CREATE TABLE ${schema}campaign AS SELECT ${account}, ${window('utc_hours')}
     FROM read_csv(${quoted(`${args.corpus}/campaign.csv`)}, header = true, all_varchar = true)
     JOIN read_csv(${quoted(`${args.prepared}/zones.csv`)}, header = true) USING (contest_id)
     WHERE account_type NOT IN ('institution', 'media')`,
];

const columns = `columns = {platform: 'VARCHAR', kind: 'VARCHAR', id: 'VARCHAR',
  actor: 'STRUCT(id VARCHAR, handle VARCHAR)', target: 'STRUCT(id VARCHAR, handle VARCHAR)',
  text: 'VARCHAR', created_at: 'VARCHAR', observed_at: 'VARCHAR'}`;
// Guessed types do not do: of `created_at` it makes a time, of `observed_at` a text.
const source = `read_ndjson(${quoted(args.records)}, ${columns})`;

const saysIt = () => alternations(args.style)
  .map((some) => `regexp_matches(low, ${quoted(some)})`).join(' OR ');

const flags = () => `
WITH tied AS (
  SELECT a.platform, a.kind, a.id, lower(a.text) AS low,
         epoch(coalesce(a.created_at, a.observed_at)::TIMESTAMPTZ) AS seconds,
         r1.begins AS r1_begins, r1.ends AS r1_ends, r2.begins AS r2_begins, r2.ends AS r2_ends,
         c1.begins AS c1_begins, c1.ends AS c1_ends, c2.begins AS c2_begins, c2.ends AS c2_ends
  FROM ${source} a
  LEFT JOIN (FROM roster WHERE id IS NOT NULL) r1
    ON r1.platform = a.platform AND r1.id = a.actor.id
  LEFT JOIN (FROM roster WHERE id IS NULL) r2
    ON r2.platform = a.platform AND r2.handle = ltrim(lower(a.actor.handle), '@')
  LEFT JOIN (FROM campaign WHERE id IS NOT NULL) c1
    ON c1.platform = a.platform AND c1.id = a.target.id
  LEFT JOIN (FROM campaign WHERE id IS NULL) c2
    ON c2.platform = a.platform AND c2.handle = ltrim(lower(a.target.handle), '@')
  WHERE a.kind IN ('post', 'comment', 'share') AND a.text IS NOT NULL
    AND (r1.platform IS NOT NULL OR r2.platform IS NOT NULL)
    AND (c1.platform IS NOT NULL OR c2.platform IS NOT NULL))
SELECT DISTINCT platform || '/' || kind || '/' || id FROM tied
WHERE (seconds >= r1_begins AND seconds < r1_ends OR seconds >= r2_begins AND seconds < r2_ends)
  AND (seconds >= c1_begins AND seconds < c1_ends OR seconds >= c2_begins AND seconds < c2_ends)
  AND (${saysIt()})`;

const texts = () => `
SELECT platform || '/' || kind || '/' || id
FROM (SELECT platform, kind, id, lower(text) AS low FROM ${source}
      WHERE kind IN ('post', 'comment', 'share') AND text IS NOT NULL)
WHERE ${saysIt()}`;

const instance = await DuckDBInstance.create(':memory:', { threads: args.threads });
const connection = await instance.connect();
const run = (sql) => connection.runAndReadAll(sql);
if (args.style !== 'obvious') await run('SET preserve_insertion_order = false');

async function openLists() {
  if (args.job === 'texts') return;
  if (!args.kept) {
    for (const sql of lists('')) await run(sql);
    return;
  }
  await run(`ATTACH ${quoted(args.kept)} AS lists${args.job === 'keep' ? '' : ' (READ_ONLY)'}`);
  if (args.job === 'keep') for (const sql of lists('lists.')) await run(sql);
  await run('USE lists');
}

const [, lists_s] = await timed(openLists);
if (args.job === 'keep') {
  await run('CHECKPOINT lists');
  report({ lists_s });
} else {
  const [answer, query_s] = await timed(() => run(args.job === 'texts' ? texts() : flags()));
  writeAnswer(answer.getRows().map((row) => row[0]));
  report({ lists_s, query_s });
}
