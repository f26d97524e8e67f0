// What files of older versions hold, as those versions made them. Never to be changed: such files
// exist.
#pragma once

namespace pantau {

inline constexpr char kTablesOfVersion1[] = R"sql(
CREATE TABLE sweep_run (
  id INTEGER PRIMARY KEY,
  sweep TEXT NOT NULL,
  mandate TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'abandoned')),
  attempt BIGINT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  position TEXT,
  statistics TEXT,
  summary TEXT,
  items_open BIGINT NOT NULL DEFAULT 0,
  items_held BIGINT NOT NULL DEFAULT 0,
  items_known BIGINT NOT NULL DEFAULT 0,
  items_deleted BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX sweep_run_running ON sweep_run (sweep) WHERE state = 'running';

CREATE TABLE item (
  seq INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  run BIGINT NOT NULL REFERENCES sweep_run (id),
  state TEXT NOT NULL,
  level TEXT NOT NULL,
  subject TEXT NOT NULL,
  category TEXT NOT NULL,
  region TEXT NOT NULL,
  ownership TEXT NOT NULL,
  basis TEXT NOT NULL,
  platform TEXT NOT NULL,
  kind TEXT NOT NULL,
  acted_at TEXT NOT NULL,
  acted_day TEXT NOT NULL,
  found_at TEXT NOT NULL,
  deleted_at TEXT,
  flag TEXT NOT NULL,
  received BLOB NOT NULL
);
CREATE INDEX item_by_state ON item (state, seq);

CREATE TABLE item_rule (
  item BIGINT NOT NULL REFERENCES item (seq),
  rule TEXT NOT NULL,
  PRIMARY KEY (item, rule)
) WITHOUT ROWID;

CREATE TABLE item_candidate (
  item BIGINT NOT NULL REFERENCES item (seq),
  contest TEXT NOT NULL,
  candidate TEXT
);
CREATE INDEX item_candidate_by_item ON item_candidate (item);

CREATE TABLE rule_day (
  rule TEXT NOT NULL,
  day TEXT NOT NULL,
  flags BIGINT NOT NULL,
  PRIMARY KEY (rule, day)
) WITHOUT ROWID;

CREATE TABLE run_item (
  run BIGINT NOT NULL REFERENCES sweep_run (id),
  item BIGINT NOT NULL REFERENCES item (seq),
  PRIMARY KEY (run, item)
) WITHOUT ROWID;
)sql";

// Beside those of version 1.
inline constexpr char kTablesOfVersion2[] = R"sql(
CREATE TABLE item_event (
  seq INTEGER PRIMARY KEY,
  item BIGINT NOT NULL REFERENCES item (seq),
  event TEXT NOT NULL CHECK (event IN ('deleted', 'edited')),
  at TEXT NOT NULL,
  observed_at TEXT NOT NULL,
  reason TEXT NOT NULL,
  flag TEXT,
  received BLOB,
  UNIQUE (item, event, at)
);

CREATE TABLE item_capture (
  item BIGINT PRIMARY KEY REFERENCES item (seq),
  request TEXT NOT NULL,
  status BIGINT NOT NULL,
  headers TEXT NOT NULL,
  received_at TEXT NOT NULL,
  server_time TEXT,
  clock_ms BIGINT,
  body_sha256 TEXT NOT NULL,
  body_bytes BIGINT NOT NULL,
  received_sha256 TEXT NOT NULL
);

CREATE TABLE ingest_source (
  seq INTEGER PRIMARY KEY,
  sweep TEXT NOT NULL,
  name TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  cursor TEXT NOT NULL,
  state TEXT NOT NULL,
  detail TEXT NOT NULL,
  next_at TEXT NOT NULL,
  answered_at TEXT NOT NULL,
  requests BIGINT NOT NULL DEFAULT 0,
  bytes BIGINT NOT NULL DEFAULT 0,
  records BIGINT NOT NULL DEFAULT 0,
  flags BIGINT NOT NULL DEFAULT 0,
  deletions BIGINT NOT NULL DEFAULT 0,
  edits BIGINT NOT NULL DEFAULT 0,
  skipped BIGINT NOT NULL DEFAULT 0,
  rejected BIGINT NOT NULL DEFAULT 0,
  faults BIGINT NOT NULL DEFAULT 0,
  faults_in_a_row BIGINT NOT NULL DEFAULT 0,
  UNIQUE (sweep, name)
);
)sql";

// Two people's items: one open, one held, one that names two candidates, one whose flag is no JSON.
inline constexpr char kItemsOfVersion1[] = R"sql(
INSERT INTO sweep_run (id, sweep, mandate, fingerprint, state, attempt, started_at, position,
  statistics)
  VALUES (1, 'sweep-1', 'ST-17/2024', 'print-1', 'running', 1, '2024-12-01T00:00:00Z', 'position',
  'statistics');
INSERT INTO item VALUES
  (1, 'x/post/1', 1, 'open', 'high', 'S-1', 'pns', '63.08', 'declared', 'SK-1', 'x', 'post',
   '2024-10-01T00:00:00Z', '2024-10-01', '2024-12-02T00:00:00Z', NULL,
   '{"key":"x/post/1","record":{"text":"ayo dukung"},"matches":[{"contest":"c","candidate":"1",'
   || '"stage":"campaign"}]}', x'01'),
  (2, 'x/post/2', 1, 'held', 'low', 'S-1', 'pns', '63.08', 'declared', 'SK-1', 'x', 'post',
   '2024-10-02T00:00:00Z', '2024-10-02', '2024-12-02T00:00:00.25Z', NULL,
   '{"key":"x/post/2","matches":[{"contest":"c","candidate":"1","stage":"quiet"}]}', x'02'),
  (3, 'x/like/3', 1, 'open', 'medium', 'S-2', 'pppk', '64.71', 'known', 'SK-2', 'friendica', 'like',
   '2024-10-02T00:00:00Z', '2024-10-02', '2024-12-03T00:00:00Z', NULL,
   '{"key":"x/like/3","matches":[{"contest":"c","candidate":"1","stage":"voting"},'
   || '{"contest":"c","candidate":null,"stage":"voting"}]}', x'03'),
  (4, 'x/like/4', 1, 'open', 'info', 'S-2', 'pppk', '64.71', 'known', 'SK-2', 'x', 'like',
   '2024-10-03T00:00:00Z', '2024-10-03', '2024-12-04T00:00:00Z', NULL, 'no JSON', x'04');
INSERT INTO item_rule VALUES (1, 'ajakan'), (2, 'ajakan'), (2, 'suka'), (3, 'suka'), (4, 'suka');
INSERT INTO item_candidate VALUES (1, 'c', '1'), (2, 'c', '1'), (3, 'c', '1'), (3, 'c', NULL),
  (4, 'c', '1');
)sql";

}  // namespace pantau
