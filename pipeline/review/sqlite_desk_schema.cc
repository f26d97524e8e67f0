// Times of the new tables are microseconds since 1970 (BIGINT), which compare as numbers; a pile's
// are seconds. Texts that may be missing are '', but where the absence is the point.
#include "pipeline/review/sqlite_desk_schema.h"

namespace pantau {

// What waits for a first decision is 'open', 'needs_info' or 'returned'. Partial indexes say so in
// these very words, and so must queries that want to use them.
//
// pile: a person × a candidate, with counts of its items by state. levels, kinds, stages and
// platforms are sets of bits over all its items; what bit is what is in sqlite_desk_triggers.cc and
// desk/bits.h. waiting_since is the earliest found_at of its waiting items, NULL without any. The
// wide indexes hold what filters ask for, so that rows that do not fit are never fetched.
//
// item_text has no content of its own: it finds the numbers of items by words. derived_upto says
// how far it and account_link were made.
//
// claim: a row stays when the claim is given back, since its fence must only grow.
const char* const schema_of_version_3 = R"sql(
ALTER TABLE item_candidate ADD COLUMN stage TEXT NOT NULL DEFAULT '';
CREATE INDEX item_by_subject ON item (subject, seq);
CREATE INDEX item_waiting ON item (seq) WHERE state IN ('open', 'needs_info', 'returned');
CREATE INDEX item_rule_by_rule ON item_rule (rule, item);
CREATE INDEX item_candidate_by_candidate ON item_candidate (contest, candidate, item);

CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  full_name TEXT NOT NULL,
  password TEXT NOT NULL,
  totp_secret TEXT NOT NULL DEFAULT '',
  totp_step BIGINT NOT NULL DEFAULT 0,
  language TEXT NOT NULL DEFAULT 'id' CHECK (language IN ('id', 'en')),
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  created_at BIGINT NOT NULL
);
CREATE TABLE staff_role (
  staff BIGINT NOT NULL REFERENCES staff (id),
  role TEXT NOT NULL CHECK (role IN ('analyst', 'second_reviewer', 'case_handler', 'rule_author',
                                     'auditor', 'administrator')),
  PRIMARY KEY (staff, role)
) WITHOUT ROWID;
CREATE TABLE staff_scope (
  staff BIGINT NOT NULL REFERENCES staff (id),
  contest TEXT NOT NULL,
  region TEXT NOT NULL,
  PRIMARY KEY (staff, contest, region)
) WITHOUT ROWID;
CREATE TABLE staff_session (
  token_hash TEXT PRIMARY KEY,
  staff BIGINT NOT NULL REFERENCES staff (id),
  csrf TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  ended_at BIGINT
) WITHOUT ROWID;
CREATE INDEX staff_session_by_staff ON staff_session (staff);
CREATE TABLE staff_view (
  id INTEGER PRIMARY KEY,
  staff BIGINT NOT NULL REFERENCES staff (id),
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  UNIQUE (staff, name)
);
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at BIGINT NOT NULL,
  staff BIGINT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  detail TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX audit_by_object ON audit (object, seq);
CREATE INDEX audit_by_staff ON audit (staff, seq);
CREATE INDEX audit_by_action ON audit (action, seq);
CREATE TABLE audit_head (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL
);

CREATE TABLE subject_detail (
  subject TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  nip TEXT NOT NULL,
  agency TEXT NOT NULL,
  position TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE pile (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  contest TEXT NOT NULL,
  candidate TEXT NOT NULL,
  category TEXT NOT NULL,
  region TEXT NOT NULL,
  province TEXT NOT NULL,
  regency TEXT NOT NULL,
  agency TEXT NOT NULL,
  ownership TEXT NOT NULL,
  first_found BIGINT NOT NULL,
  waiting_since BIGINT,
  items BIGINT NOT NULL,
  waiting BIGINT NOT NULL,
  held BIGINT NOT NULL DEFAULT 0,
  proposed BIGINT NOT NULL DEFAULT 0,
  pending BIGINT NOT NULL DEFAULT 0,
  confirmed BIGINT NOT NULL DEFAULT 0,
  dismissed BIGINT NOT NULL DEFAULT 0,
  levels BIGINT NOT NULL,
  kinds BIGINT NOT NULL,
  stages BIGINT NOT NULL,
  platforms BIGINT NOT NULL,
  UNIQUE (subject, contest, candidate)
);
CREATE INDEX pile_waiting ON pile (waiting_since, id, kinds, stages, levels, platforms, ownership,
  region, contest, candidate, agency) WHERE waiting_since IS NOT NULL;
CREATE INDEX pile_waiting_by_candidate ON pile (contest, candidate, waiting_since, id, kinds, stages,
  levels, platforms, ownership, region) WHERE waiting_since IS NOT NULL;
CREATE INDEX pile_waiting_by_regency ON pile (regency, waiting_since, id, kinds, stages, levels,
  platforms, ownership, region, contest, candidate) WHERE waiting_since IS NOT NULL;
CREATE INDEX pile_waiting_by_province ON pile (province, waiting_since, id, kinds, stages, levels,
  platforms, ownership, region, contest, candidate) WHERE waiting_since IS NOT NULL;
CREATE INDEX pile_waiting_by_agency ON pile (agency, waiting_since, id, kinds, stages, levels,
  platforms, ownership, region, contest, candidate) WHERE waiting_since IS NOT NULL;
CREATE INDEX pile_proposed ON pile (first_found, id) WHERE proposed > 0;
CREATE INDEX pile_held ON pile (first_found, id) WHERE held > 0;
CREATE INDEX pile_pending ON pile (first_found, id) WHERE pending > 0;
CREATE INDEX pile_confirmed ON pile (first_found, id) WHERE confirmed > 0;
CREATE INDEX pile_dismissed ON pile (first_found, id) WHERE dismissed > 0;
CREATE TABLE pile_rule (
  pile BIGINT NOT NULL REFERENCES pile (id),
  rule TEXT NOT NULL,
  waiting_since BIGINT,
  PRIMARY KEY (pile, rule)
) WITHOUT ROWID;
CREATE INDEX pile_rule_waiting ON pile_rule (rule, waiting_since, pile)
  WHERE waiting_since IS NOT NULL;

CREATE VIRTUAL TABLE item_text USING fts5 (text, content = '', tokenize = 'unicode61');
CREATE TABLE account_link (
  contest TEXT NOT NULL,
  subject TEXT NOT NULL,
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  region TEXT NOT NULL,
  items BIGINT NOT NULL,
  PRIMARY KEY (contest, subject, account, kind)
) WITHOUT ROWID;
CREATE INDEX account_link_by_items ON account_link (contest, items);
CREATE INDEX account_link_by_subject ON account_link (subject);
CREATE TABLE derived_upto (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  item BIGINT NOT NULL
);
INSERT INTO derived_upto VALUES (1, 0);

CREATE TABLE flag_day (
  day TEXT NOT NULL,
  kind TEXT NOT NULL,
  region TEXT NOT NULL,
  agency TEXT NOT NULL,
  flags BIGINT NOT NULL,
  PRIMARY KEY (day, kind, region, agency)
) WITHOUT ROWID;
CREATE TABLE flag_candidate_day (
  day TEXT NOT NULL,
  contest TEXT NOT NULL,
  candidate TEXT NOT NULL,
  stage TEXT NOT NULL,
  region TEXT NOT NULL,
  flags BIGINT NOT NULL,
  items BIGINT NOT NULL,
  PRIMARY KEY (day, contest, candidate, stage, region)
) WITHOUT ROWID;
CREATE TABLE rule_score (
  rule TEXT PRIMARY KEY,
  flags BIGINT NOT NULL DEFAULT 0,
  confirmed BIGINT NOT NULL DEFAULT 0,
  dismissed BIGINT NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE waiting_minute (
  minute BIGINT PRIMARY KEY,
  items BIGINT NOT NULL
);

CREATE TABLE claim (
  item BIGINT PRIMARY KEY REFERENCES item (seq),
  staff BIGINT REFERENCES staff (id),
  fence BIGINT NOT NULL,
  claimed_at BIGINT NOT NULL,
  until BIGINT NOT NULL
);
CREATE INDEX claim_by_staff ON claim (staff) WHERE staff IS NOT NULL;

CREATE TABLE bulk (
  id INTEGER PRIMARY KEY,
  staff BIGINT NOT NULL REFERENCES staff (id),
  at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'refused')),
  decided_by BIGINT REFERENCES staff (id),
  decided_at BIGINT,
  CHECK (decided_by IS NULL OR decided_by <> staff)
);
CREATE INDEX bulk_by_state ON bulk (state, id);

CREATE TABLE decision (
  seq INTEGER PRIMARY KEY,
  item BIGINT NOT NULL REFERENCES item (seq),
  staff BIGINT NOT NULL REFERENCES staff (id),
  fence BIGINT,
  at BIGINT NOT NULL,
  seconds BIGINT,
  action TEXT NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  reason TEXT CHECK (reason IN ('wrong_person', 'wrong_candidate', 'not_support',
    'quoted_or_reported', 'sarcasm', 'outside_period', 'account_compromised', 'duplicate',
    'account_not_theirs', 'other')),
  note TEXT NOT NULL DEFAULT '',
  proposes TEXT NOT NULL DEFAULT '',
  proposes_reason TEXT NOT NULL DEFAULT '',
  bulk BIGINT REFERENCES bulk (id),
  undoes BIGINT UNIQUE REFERENCES decision (seq),
  undone_by BIGINT,
  CONSTRAINT decision_fits_state CHECK (CASE action
    WHEN 'dismiss' THEN from_state IN ('open', 'needs_info', 'returned') AND to_state = 'dismissed'
    WHEN 'needs_info' THEN from_state IN ('open', 'returned') AND to_state = 'needs_info'
    WHEN 'propose' THEN from_state IN ('open', 'needs_info', 'returned') AND to_state = 'proposed'
    WHEN 'confirm' THEN from_state = 'proposed' AND to_state = 'confirmed'
    WHEN 'return' THEN from_state = 'proposed' AND to_state = 'returned'
    WHEN 'release' THEN from_state = 'held' AND to_state = 'open'
    WHEN 'reopen' THEN from_state = 'dismissed' AND to_state = 'open'
    WHEN 'ask_dismissal' THEN
      from_state IN ('open', 'needs_info', 'returned') AND to_state = 'pending_dismissal'
    WHEN 'approve' THEN from_state = 'pending_dismissal' AND to_state = 'dismissed'
    WHEN 'refuse' THEN
      from_state = 'pending_dismissal' AND to_state IN ('open', 'needs_info', 'returned')
    WHEN 'undo' THEN undoes IS NOT NULL
    ELSE 0 END),
  CHECK ((action IN ('dismiss', 'ask_dismissal')) = (reason IS NOT NULL)),
  CHECK ((action IN ('dismiss', 'needs_info', 'propose', 'confirm', 'return', 'ask_dismissal'))
         = (fence IS NOT NULL)),
  CHECK ((action IN ('ask_dismissal', 'approve', 'refuse')) <= (bulk IS NOT NULL)),
  CHECK ((action = 'undo') = (undoes IS NOT NULL))
);
CREATE INDEX decision_by_item ON decision (item, seq);
CREATE INDEX decision_by_bulk ON decision (bulk, item) WHERE bulk IS NOT NULL;
CREATE INDEX decision_by_time ON decision (at, staff, seconds);
CREATE INDEX decision_by_action ON decision (action, seq);

CREATE TABLE item_fact (
  seq INTEGER PRIMARY KEY,
  item BIGINT NOT NULL REFERENCES item (seq),
  staff BIGINT NOT NULL REFERENCES staff (id),
  at BIGINT NOT NULL,
  fact TEXT NOT NULL CHECK (fact IN ('spouse', 'duty', 'accidental', 'account_not_theirs',
    'ordered_by_superior', 'deleted_since')),
  note TEXT NOT NULL
);
CREATE INDEX item_fact_by_item ON item_fact (item);

CREATE TABLE blind_review (
  decision BIGINT PRIMARY KEY REFERENCES decision (seq),
  item BIGINT NOT NULL REFERENCES item (seq),
  first_staff BIGINT NOT NULL REFERENCES staff (id),
  share DOUBLE PRECISION NOT NULL CHECK (share > 0 AND share <= 1),
  second_staff BIGINT REFERENCES staff (id),
  verdict TEXT CHECK (verdict IN ('dismiss', 'propose')),
  reason TEXT,
  note TEXT NOT NULL DEFAULT '',
  at BIGINT,
  cancelled BIGINT NOT NULL DEFAULT 0,
  CHECK (second_staff <> first_staff),
  CHECK ((verdict IS NULL) = (second_staff IS NULL))
);
CREATE INDEX blind_review_waiting ON blind_review (decision) WHERE verdict IS NULL AND cancelled = 0;
CREATE INDEX blind_review_by_item ON blind_review (item);

CREATE TABLE dossier (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  contest TEXT NOT NULL,
  candidate TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'handed_over', 'closed')),
  opened_at BIGINT NOT NULL,
  opened_by BIGINT NOT NULL REFERENCES staff (id),
  handed_to TEXT NOT NULL DEFAULT '',
  letter_number TEXT NOT NULL DEFAULT '',
  handed_at BIGINT,
  handed_by BIGINT REFERENCES staff (id),
  closed_at BIGINT,
  closed_by BIGINT REFERENCES staff (id),
  closing_note TEXT NOT NULL DEFAULT '',
  CHECK (state <> 'handed_over' OR (handed_to <> '' AND handed_by IS NOT NULL))
);
CREATE UNIQUE INDEX dossier_open ON dossier (subject, contest, candidate) WHERE state = 'open';
CREATE INDEX dossier_by_state ON dossier (state, id);
CREATE TABLE dossier_item (
  dossier BIGINT NOT NULL REFERENCES dossier (id),
  item BIGINT NOT NULL UNIQUE REFERENCES item (seq),
  decision BIGINT NOT NULL REFERENCES decision (seq),
  platform TEXT NOT NULL,
  account TEXT NOT NULL,
  ownership TEXT NOT NULL,
  PRIMARY KEY (dossier, item)
) WITHOUT ROWID;
CREATE TABLE identity_step (
  seq INTEGER PRIMARY KEY,
  dossier BIGINT NOT NULL REFERENCES dossier (id),
  subject TEXT NOT NULL,
  platform TEXT NOT NULL,
  account TEXT NOT NULL,
  staff BIGINT NOT NULL REFERENCES staff (id),
  at BIGINT NOT NULL,
  description TEXT NOT NULL CHECK (description <> ''),
  media_type TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  evidence BLOB NOT NULL CHECK (length(evidence) > 0)
);
CREATE INDEX identity_step_by_account ON identity_step (subject, platform, account);
CREATE INDEX identity_step_by_dossier ON identity_step (dossier);
CREATE TABLE legal_hold (
  seq INTEGER PRIMARY KEY,
  dossier BIGINT NOT NULL REFERENCES dossier (id),
  reason TEXT NOT NULL CHECK (reason <> ''),
  asked_by BIGINT NOT NULL REFERENCES staff (id),
  asked_at BIGINT NOT NULL,
  approved_by BIGINT REFERENCES staff (id),
  approved_at BIGINT,
  released_by BIGINT REFERENCES staff (id),
  released_at BIGINT,
  release_note TEXT NOT NULL DEFAULT '',
  CHECK (approved_by <> asked_by),
  CHECK (released_by <> asked_by)
);
CREATE INDEX legal_hold_by_dossier ON legal_hold (dossier);

CREATE TABLE rule_pack (
  id INTEGER PRIMARY KEY,
  pack TEXT NOT NULL,
  version TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'active', 'retired')),
  text TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  author BIGINT NOT NULL,
  saved_at BIGINT NOT NULL,
  activated_by BIGINT,
  activated_at BIGINT,
  UNIQUE (pack, version),
  CHECK (author = 0 OR activated_by IS NULL OR activated_by <> author),
  CHECK (state = 'draft' OR activated_by IS NOT NULL)
);
CREATE UNIQUE INDEX rule_pack_active ON rule_pack (pack) WHERE state = 'active';

CREATE TABLE list_import (
  id INTEGER PRIMARY KEY,
  list TEXT NOT NULL CHECK (list IN ('roster', 'campaign')),
  csv TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  rows BIGINT NOT NULL,
  basis TEXT NOT NULL CHECK (basis <> ''),
  staff BIGINT NOT NULL REFERENCES staff (id),
  at BIGINT NOT NULL
);
CREATE INDEX list_import_by_list ON list_import (list, id);

CREATE TABLE retention_pass (
  one BIGINT PRIMARY KEY CHECK (one = 1)
);
)sql";

}  // namespace pantau
