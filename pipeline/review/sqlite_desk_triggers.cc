// What the file itself keeps true, whoever writes to it.
//
// A message that begins with "desk:" is for desk/refusals.cc, which says it in words.
#include "pipeline/review/sqlite_desk_schema.h"

namespace pantau {

// The bits of levels, kinds, stages and platforms, as desk/bits.h has them.
#define LEVEL_BIT(level)                                                          \
  "CASE " level                                                                   \
  " WHEN 'info' THEN 1 WHEN 'low' THEN 2 WHEN 'medium' THEN 4 WHEN 'high' THEN 8" \
  " ELSE 16 END"
#define KIND_BIT(kind)                                                               \
  "CASE " kind                                                                       \
  " WHEN 'post' THEN 1 WHEN 'comment' THEN 2 WHEN 'share' THEN 4 WHEN 'like' THEN 8" \
  " ELSE 16 END"
#define STAGE_BIT(stage)                                                  \
  "CASE " stage                                                           \
  " WHEN 'before' THEN 1 WHEN 'determined' THEN 2 WHEN 'campaign' THEN 4" \
  " WHEN 'quiet' THEN 8 WHEN 'voting' THEN 16 WHEN 'after' THEN 32 ELSE 0 END"
#define PLATFORM_BIT(platform)                                             \
  "CASE " platform                                                         \
  " WHEN 'bluesky' THEN 1 WHEN 'mastodon' THEN 2 WHEN 'x' THEN 4"          \
  " WHEN 'instagram' THEN 8 WHEN 'facebook' THEN 16 WHEN 'tiktok' THEN 32" \
  " WHEN 'youtube' THEN 64 WHEN 'telegram' THEN 128 ELSE 256 END"
#define IS_WAITING(state) state " IN ('open', 'needs_info', 'returned')"
// "63.08.05" lies in regency "63.08" and province "63".
#define PROVINCE(region) "substr(" region ", 1, 2)"
#define REGENCY(region) "substr(" region ", 1, 5)"

// Brings what older versions had to where the triggers would have brought it.
const char* const fill_of_version_3 =
    "UPDATE item_candidate SET stage = coalesce((SELECT json_extract(m.value, '$.stage')"
    "  FROM item AS i, json_each(i.flag, '$.matches') AS m"
    "  WHERE i.seq = item_candidate.item AND json_valid(i.flag)"
    "   AND json_extract(m.value, '$.contest') = item_candidate.contest LIMIT 1), '')"
    " WHERE item IN (SELECT seq FROM item WHERE json_valid(flag));"
    "INSERT INTO pile (subject, contest, candidate, category, region, province, regency, agency,"
    "  ownership, first_found, waiting_since, items, waiting, held, levels, kinds, stages,"
    "  platforms)"
    " SELECT i.subject, c.contest, coalesce(c.candidate, ''), i.category, i.region, "
    PROVINCE("i.region") ", " REGENCY("i.region") ", '', i.ownership,"
    "  min(unixepoch(i.found_at)), min(CASE WHEN i.state = 'open' THEN unixepoch(i.found_at) END),"
    "  count(*), sum(i.state = 'open'), sum(i.state = 'held'), "
    "  max(i.level = 'info') * 1 + max(i.level = 'low') * 2 + max(i.level = 'medium') * 4"
    "   + max(i.level = 'high') * 8 + max(i.level = 'critical') * 16,"
    "  max(i.kind = 'post') * 1 + max(i.kind = 'comment') * 2 + max(i.kind = 'share') * 4"
    "   + max(i.kind = 'like') * 8 + max(i.kind = 'follow') * 16,"
    "  max(c.stage = 'before') * 1 + max(c.stage = 'determined') * 2"
    "   + max(c.stage = 'campaign') * 4 + max(c.stage = 'quiet') * 8"
    "   + max(c.stage = 'voting') * 16 + max(c.stage = 'after') * 32,"
    "  max(i.platform = 'bluesky') * 1 + max(i.platform = 'mastodon') * 2"
    "   + max(i.platform = 'x') * 4 + max(i.platform = 'instagram') * 8"
    "   + max(i.platform = 'facebook') * 16 + max(i.platform = 'tiktok') * 32"
    "   + max(i.platform = 'youtube') * 64 + max(i.platform = 'telegram') * 128"
    "   + max(i.platform NOT IN ('bluesky', 'mastodon', 'x', 'instagram', 'facebook', 'tiktok',"
    "                            'youtube', 'telegram')) * 256"
    " FROM item_candidate AS c JOIN item AS i ON i.seq = c.item GROUP BY 1, 2, 3;"
    "INSERT INTO pile_rule (pile, rule, waiting_since)"
    " SELECT DISTINCT p.id, r.rule, p.waiting_since FROM item_rule AS r"
    "  JOIN item AS i ON i.seq = r.item JOIN item_candidate AS c ON c.item = r.item"
    "  JOIN pile AS p ON p.subject = i.subject AND p.contest = c.contest"
    "   AND p.candidate = coalesce(c.candidate, '');"
    "INSERT INTO flag_day SELECT acted_day, kind, region, '', count(*) FROM item GROUP BY 1, 2, 3;"
    "INSERT INTO flag_candidate_day"
    " SELECT i.acted_day, c.contest, coalesce(c.candidate, ''), c.stage, i.region, count(*),"
    "  sum(c.rowid = (SELECT min(f.rowid) FROM item_candidate AS f WHERE f.item = c.item))"
    " FROM item_candidate AS c JOIN item AS i ON i.seq = c.item GROUP BY 1, 2, 3, 4, 5;"
    "INSERT INTO rule_score (rule, flags) SELECT rule, count(*) FROM item_rule GROUP BY 1;"
    "INSERT INTO waiting_minute SELECT unixepoch(found_at) / 60, count(*) FROM item"
    " WHERE state = 'open' GROUP BY 1;";

// Items come in: ItemWriter writes an item, its rules, whether it is held, and then its candidates.
#define ITEMS_COME_IN \
  "CREATE TRIGGER item_is_counted AFTER INSERT ON item BEGIN"                                      \
  " INSERT INTO flag_day VALUES (NEW.acted_day, NEW.kind, NEW.region,"                             \
  "   coalesce((SELECT agency FROM subject_detail WHERE subject = NEW.subject), ''), 1)"           \
  "  ON CONFLICT DO UPDATE SET flags = flags + 1;"                                                 \
  " INSERT INTO waiting_minute SELECT unixepoch(NEW.found_at) / 60, 1 WHERE NEW.state = 'open'"    \
  "  ON CONFLICT DO UPDATE SET items = items + 1;"                                                 \
  "END;"                                                                                           \
  "CREATE TRIGGER rule_is_counted AFTER INSERT ON item_rule BEGIN"                                 \
  " INSERT INTO rule_score (rule, flags) VALUES (NEW.rule, 1)"                                     \
  "  ON CONFLICT DO UPDATE SET flags = flags + 1;"                                                 \
  "END;"                                                                                           \
  "CREATE TRIGGER pile_gets_item AFTER INSERT ON item_candidate BEGIN"                             \
  " INSERT INTO pile (subject, contest, candidate, category, region, province, regency, agency,"   \
  "   ownership, first_found, waiting_since, items, waiting, held, levels, kinds, stages,"         \
  "   platforms)"                                                                                  \
  "  SELECT subject, NEW.contest, coalesce(NEW.candidate, ''), category, region, "                 \
  PROVINCE("region") ", " REGENCY("region") ","                                                    \
  "   coalesce((SELECT d.agency FROM subject_detail AS d WHERE d.subject = item.subject), ''),"    \
  "   ownership, unixepoch(found_at),"                                                             \
  "   CASE WHEN " IS_WAITING("state") " THEN unixepoch(found_at) END, 1, " IS_WAITING("state")     \
  "   , state = 'held', " LEVEL_BIT("level") ", " KIND_BIT("kind") ", " STAGE_BIT("NEW.stage")     \
  "   , " PLATFORM_BIT("platform")                                                                 \
  "   FROM item WHERE seq = NEW.item"                                                              \
  "  ON CONFLICT (subject, contest, candidate) DO UPDATE SET"                                      \
  "   items = items + 1, waiting = waiting + excluded.waiting;"                                    \
  " UPDATE pile SET held = held + 1 WHERE items > 1 AND EXISTS (SELECT 1 FROM item AS i"           \
  "  WHERE i.seq = NEW.item AND i.state = 'held' AND i.subject = pile.subject)"                    \
  "  AND subject = (SELECT i.subject FROM item AS i WHERE i.seq = NEW.item)"                       \
  "  AND contest = NEW.contest AND candidate = coalesce(NEW.candidate, '');"                       \
  " UPDATE pile SET"                                                                               \
  "   waiting_since = CASE WHEN NOT (" IS_WAITING("n.state") ") THEN waiting_since"                \
  "    ELSE min(coalesce(waiting_since, n.found), n.found) END,"                                   \
  "   levels = levels | n.level, kinds = kinds | n.kind, platforms = platforms | n.platform,"      \
  "   stages = stages | " STAGE_BIT("NEW.stage") ", ownership = n.ownership"                       \
  "  FROM (SELECT state, subject, ownership, unixepoch(found_at) AS found, "                       \
  LEVEL_BIT("level") " AS level, " KIND_BIT("kind") " AS kind, "                                   \
  PLATFORM_BIT("platform") " AS platform FROM item WHERE seq = NEW.item) AS n"                     \
  "  WHERE pile.subject = n.subject AND pile.contest = NEW.contest"                                \
  "   AND pile.candidate = coalesce(NEW.candidate, '') AND pile.items > 1"                         \
  "   AND (levels | n.level <> levels OR kinds | n.kind <> kinds"                                  \
  "    OR platforms | n.platform <> platforms OR pile.ownership <> n.ownership"                    \
  "    OR stages | " STAGE_BIT("NEW.stage") " <> stages"                                           \
  "    OR (" IS_WAITING("n.state") " AND (waiting_since IS NULL OR waiting_since > n.found)));"    \
  " INSERT INTO pile_rule (pile, rule, waiting_since)"                                             \
  "  SELECT p.id, r.rule, p.waiting_since FROM item AS i JOIN pile AS p ON p.subject = i.subject"  \
  "   AND p.contest = NEW.contest AND p.candidate = coalesce(NEW.candidate, '')"                   \
  "   JOIN item_rule AS r ON r.item = i.seq WHERE i.seq = NEW.item ON CONFLICT DO NOTHING;"        \
  " INSERT INTO flag_candidate_day SELECT i.acted_day, NEW.contest, coalesce(NEW.candidate, ''),"  \
  "   NEW.stage, i.region, 1, NOT EXISTS (SELECT 1 FROM item_candidate AS o"                       \
  "    WHERE o.item = NEW.item AND o.rowid <> NEW.rowid)"                                          \
  "   FROM item AS i WHERE i.seq = NEW.item"                                                       \
  "  ON CONFLICT DO UPDATE SET flags = flags + 1, items = items + excluded.items;"                 \
  "END;"                                                                                           \
  "CREATE TRIGGER pile_rule_waits_too AFTER UPDATE OF waiting_since ON pile"                       \
  " WHEN OLD.waiting_since IS NOT NEW.waiting_since BEGIN"                                         \
  " UPDATE pile_rule SET waiting_since = NEW.waiting_since WHERE pile = NEW.id;"                   \
  "END;"

// Items change: counts follow an item's state, and the state follows decisions.
#define ITEMS_CHANGE                                                                           \
  "CREATE TRIGGER item_state_is_decided BEFORE UPDATE OF state ON item"                        \
  " WHEN NEW.state IS NOT OLD.state BEGIN"                                                     \
  " SELECT RAISE(ABORT, 'desk:undecided')"                                                     \
  "  WHERE NOT EXISTS (SELECT 1 FROM retention_pass)"                                          \
  "   AND NOT (OLD.state = 'open' AND NEW.state = 'held'"                                      \
  "    AND NOT EXISTS (SELECT 1 FROM decision WHERE item = NEW.seq))"                          \
  "   AND NEW.state IS NOT (SELECT to_state FROM decision WHERE item = NEW.seq"                \
  "    ORDER BY seq DESC LIMIT 1);"                                                            \
  "END;"                                                                                       \
  "CREATE TRIGGER pile_ends AFTER UPDATE OF items ON pile WHEN NEW.items = 0 BEGIN"            \
  " DELETE FROM pile_rule WHERE pile = NEW.id;"                                                \
  " DELETE FROM pile WHERE id = NEW.id;"                                                       \
  "END;"                                                                                       \
  "CREATE TRIGGER agency_comes AFTER INSERT ON subject_detail BEGIN"                           \
  " UPDATE pile SET agency = NEW.agency WHERE subject = NEW.subject AND agency <> NEW.agency;" \
  "END;"                                                                                       \
  "CREATE TRIGGER agency_changes AFTER UPDATE OF agency ON subject_detail"                     \
  " WHEN NEW.agency <> OLD.agency BEGIN"                                                       \
  " UPDATE pile SET agency = NEW.agency WHERE subject = NEW.subject AND agency <> NEW.agency;" \
  "END;"                                                                                       \
  "CREATE TRIGGER no_item_goes BEFORE DELETE ON item BEGIN"                                    \
  " SELECT RAISE(ABORT, 'desk:append_only'); END;"

// The plus keeps SQLite from the index of a contest's items, all of which it would go through for
// each decision, where an item's few candidates are meant.
const char* const counts_follow_state_trigger =
    "CREATE TRIGGER counts_follow_state AFTER UPDATE OF state ON item"
    " WHEN NEW.state IS NOT OLD.state BEGIN"
    " UPDATE waiting_minute SET items = items + (" IS_WAITING("NEW.state") ")"
    "   - (" IS_WAITING("OLD.state") ") WHERE minute = unixepoch(OLD.found_at) / 60;"
    " INSERT INTO waiting_minute SELECT unixepoch(OLD.found_at) / 60, 1"
    "  WHERE " IS_WAITING("NEW.state") " AND NOT (" IS_WAITING("OLD.state") ")"
    "   ON CONFLICT DO NOTHING;"
    " UPDATE rule_score SET"
    "   confirmed = confirmed + (NEW.state = 'confirmed') - (OLD.state = 'confirmed'),"
    "   dismissed = dismissed + (NEW.state = 'dismissed') - (OLD.state = 'dismissed')"
    "  WHERE NEW.state <> 'reduced' AND (NEW.state IN ('confirmed', 'dismissed')"
    "    OR OLD.state IN ('confirmed', 'dismissed'))"
    "   AND rule IN (SELECT rule FROM item_rule WHERE item = NEW.seq);"
    " UPDATE pile SET"
    "   items = items - (NEW.state = 'reduced'),"
    "   waiting = waiting + (" IS_WAITING("NEW.state") ") - (" IS_WAITING("OLD.state") "),"
    "   held = held + (NEW.state = 'held') - (OLD.state = 'held'),"
    "   proposed = proposed + (NEW.state = 'proposed') - (OLD.state = 'proposed'),"
    "   pending = pending + (NEW.state = 'pending_dismissal') - (OLD.state = 'pending_dismissal'),"
    "   confirmed = confirmed + (NEW.state = 'confirmed') - (OLD.state = 'confirmed'),"
    "   dismissed = dismissed + (NEW.state = 'dismissed') - (OLD.state = 'dismissed'),"
    "   waiting_since = (SELECT min(unixepoch(i.found_at)) FROM item AS i"
    "    WHERE i.subject = pile.subject AND " IS_WAITING("i.state")
    "     AND EXISTS (SELECT 1 FROM item_candidate AS c WHERE c.item = i.seq"
    "      AND +c.contest = pile.contest AND coalesce(c.candidate, '') = pile.candidate))"
    "  WHERE id IN (SELECT p.id FROM item_candidate AS c JOIN pile AS p"
    "    ON p.subject = OLD.subject AND p.contest = c.contest"
    "     AND p.candidate = coalesce(c.candidate, '') WHERE c.item = NEW.seq);"
    "END;";

// A decision is checked against the item, the claim and who decided before; then it moves the item.
// What ended a bulk is not undone: the bulk has ended for all of its items, so none may wait for it
// again.
#define DECISIONS                                                                                \
  "CREATE TRIGGER decision_is_due BEFORE INSERT ON decision BEGIN"                               \
  " SELECT RAISE(ABORT, 'desk:state')"                                                           \
  "  WHERE NEW.from_state IS NOT (SELECT state FROM item WHERE seq = NEW.item);"                 \
  " SELECT RAISE(ABORT, 'desk:late') WHERE NEW.fence IS NOT NULL"                                \
  "  AND NOT EXISTS (SELECT 1 FROM claim WHERE item = NEW.item AND staff = NEW.staff"            \
  "   AND fence = NEW.fence AND until > NEW.at);"                                                \
  " SELECT RAISE(ABORT, 'desk:same_person') WHERE NEW.action IN ('confirm', 'return')"           \
  "  AND NEW.staff IS (SELECT staff FROM decision WHERE item = NEW.item AND action = 'propose'"  \
  "   AND undone_by IS NULL ORDER BY seq DESC LIMIT 1);"                                         \
  " SELECT RAISE(ABORT, 'desk:same_person') WHERE NEW.action = 'reopen'"                         \
  "  AND NEW.staff IS (SELECT staff FROM decision WHERE item = NEW.item"                         \
  "   AND action IN ('dismiss', 'ask_dismissal') AND undone_by IS NULL"                          \
  "   ORDER BY seq DESC LIMIT 1);"                                                               \
  " SELECT RAISE(ABORT, 'desk:same_person') WHERE NEW.action IN ('approve', 'refuse')"           \
  "  AND NEW.staff IS (SELECT staff FROM bulk WHERE id = NEW.bulk);"                             \
  " SELECT RAISE(ABORT, 'desk:built_on') WHERE NEW.action = 'undo'"                              \
  "  AND NOT EXISTS (SELECT 1 FROM decision AS d WHERE d.seq = NEW.undoes AND d.item = NEW.item" \
  "   AND d.staff = NEW.staff AND d.undone_by IS NULL AND d.action NOT IN"                       \
  "    ('undo', 'approve', 'refuse')"                                                            \
  "   AND d.from_state = NEW.to_state AND d.to_state = NEW.from_state"                           \
  "   AND d.seq = (SELECT max(seq) FROM decision WHERE item = NEW.item));"                       \
  " SELECT RAISE(ABORT, 'desk:built_on') WHERE NEW.action IN ('undo', 'reopen')"                 \
  "  AND EXISTS (SELECT 1 FROM dossier_item AS i JOIN dossier AS f ON f.id = i.dossier"          \
  "   WHERE i.item = NEW.item AND f.state <> 'open');"                                           \
  "END;"                                                                                         \
  "CREATE TRIGGER decision_moves_item AFTER INSERT ON decision BEGIN"                            \
  " UPDATE item SET state = NEW.to_state WHERE seq = NEW.item;"                                  \
  " UPDATE claim SET staff = NULL, until = 0 WHERE item = NEW.item;"                             \
  " UPDATE decision SET undone_by = NEW.seq WHERE seq = NEW.undoes;"                             \
  " DELETE FROM dossier_item WHERE item = NEW.item AND decision = NEW.undoes;"                   \
  " UPDATE blind_review SET cancelled = 1 WHERE decision = NEW.undoes;"                          \
  " UPDATE blind_review SET cancelled = 1 WHERE NEW.action = 'reopen' AND item = NEW.item"       \
  "  AND verdict IS NULL;"                                                                       \
  "END;"                                                                                         \
  "CREATE TRIGGER decision_stays BEFORE UPDATE ON decision"                                      \
  " WHEN NOT (OLD.undone_by IS NULL AND NEW.undone_by IS NOT NULL AND OLD.seq = NEW.seq"         \
  "  AND OLD.item = NEW.item AND OLD.staff = NEW.staff AND OLD.fence IS NEW.fence"               \
  "  AND OLD.at = NEW.at AND OLD.seconds IS NEW.seconds AND OLD.action = NEW.action"             \
  "  AND OLD.from_state = NEW.from_state AND OLD.to_state = NEW.to_state"                        \
  "  AND OLD.reason IS NEW.reason AND OLD.note = NEW.note AND OLD.proposes = NEW.proposes"       \
  "  AND OLD.proposes_reason = NEW.proposes_reason AND OLD.bulk IS NEW.bulk"                     \
  "  AND OLD.undoes IS NEW.undoes)"                                                              \
  " AND NOT EXISTS (SELECT 1 FROM retention_pass) BEGIN"                                         \
  " SELECT RAISE(ABORT, 'desk:append_only'); END;"                                               \
  "CREATE TRIGGER no_decision_goes BEFORE DELETE ON decision BEGIN"                              \
  " SELECT RAISE(ABORT, 'desk:append_only'); END;"                                               \
  "CREATE TRIGGER fence_grows BEFORE UPDATE ON claim"                                            \
  " WHEN NEW.fence < OLD.fence OR NEW.item <> OLD.item"                                          \
  "  OR (NEW.staff IS NOT OLD.staff AND NEW.staff IS NOT NULL AND NEW.fence = OLD.fence) BEGIN"  \
  " SELECT RAISE(ABORT, 'desk:fence'); END;"                                                     \
  "CREATE TRIGGER no_claim_goes BEFORE DELETE ON claim BEGIN"                                    \
  " SELECT RAISE(ABORT, 'desk:append_only'); END;"                                               \
  "CREATE TRIGGER verdict_stays BEFORE UPDATE ON blind_review"                                   \
  " WHEN OLD.verdict IS NOT NULL AND NEW.note IS OLD.note BEGIN"                                 \
  " SELECT RAISE(ABORT, 'desk:append_only'); END;"

// Cases, people, and the log.
#define CASES_AND_RECORDS                                                                       \
  "CREATE TRIGGER hand_over_gate BEFORE UPDATE OF state ON dossier"                             \
  " WHEN NEW.state = 'handed_over' BEGIN"                                                       \
  " SELECT RAISE(ABORT, 'desk:state') WHERE OLD.state <> 'open';"                               \
  " SELECT RAISE(ABORT, 'desk:empty')"                                                          \
  "  WHERE NOT EXISTS (SELECT 1 FROM dossier_item WHERE dossier = NEW.id);"                     \
  " SELECT RAISE(ABORT, 'desk:identity') WHERE EXISTS (SELECT 1 FROM dossier_item AS i"         \
  "  WHERE i.dossier = NEW.id AND i.ownership NOT IN ('declared', 'confirmed')"                 \
  "   AND NOT EXISTS (SELECT 1 FROM identity_step AS s WHERE s.subject = NEW.subject"           \
  "    AND s.platform = i.platform AND s.account = i.account));"                                \
  "END;"                                                                                        \
  "CREATE TRIGGER case_does_not_open_again BEFORE UPDATE OF state ON dossier"                   \
  " WHEN NEW.state = 'open' AND OLD.state <> 'open' BEGIN"                                      \
  " SELECT RAISE(ABORT, 'desk:state'); END;"                                                    \
  "CREATE TRIGGER case_item_is_confirmed BEFORE INSERT ON dossier_item BEGIN"                   \
  " SELECT RAISE(ABORT, 'desk:state') WHERE NOT EXISTS (SELECT 1 FROM item"                     \
  "  WHERE seq = NEW.item AND state = 'confirmed' AND ownership = NEW.ownership)"               \
  "  OR NOT EXISTS (SELECT 1 FROM dossier WHERE id = NEW.dossier AND state = 'open');"          \
  "END;"                                                                                        \
  "CREATE TRIGGER identity_step_stays BEFORE UPDATE ON identity_step BEGIN"                     \
  " SELECT RAISE(ABORT, 'desk:append_only'); END;"                                              \
  "CREATE TRIGGER no_identity_step_goes BEFORE DELETE ON identity_step BEGIN"                   \
  " SELECT RAISE(ABORT, 'desk:append_only'); END;"                                              \
  "CREATE TRIGGER roles_apart BEFORE INSERT ON staff_role BEGIN"                                \
  " SELECT RAISE(ABORT, 'desk:roles') WHERE NEW.role IN ('administrator', 'auditor')"           \
  "  AND EXISTS (SELECT 1 FROM staff_role WHERE staff = NEW.staff"                              \
  "   AND role IN ('analyst', 'second_reviewer', 'case_handler'));"                             \
  " SELECT RAISE(ABORT, 'desk:roles')"                                                          \
  "  WHERE NEW.role IN ('analyst', 'second_reviewer', 'case_handler')"                          \
  "  AND EXISTS (SELECT 1 FROM staff_role WHERE staff = NEW.staff"                              \
  "   AND role IN ('administrator', 'auditor'));"                                               \
  "END;"                                                                                        \
  "CREATE TRIGGER staff_is_kept BEFORE DELETE ON staff BEGIN"                                   \
  " SELECT RAISE(ABORT, 'desk:append_only'); END;"                                              \
  "CREATE TRIGGER disabled_means_out AFTER UPDATE OF active ON staff WHEN NEW.active = 0 BEGIN" \
  " UPDATE staff_session SET ended_at = used_at WHERE staff = NEW.id AND ended_at IS NULL;"     \
  " UPDATE claim SET staff = NULL, until = 0 WHERE staff = NEW.id;"                             \
  "END;"                                                                                        \
  "CREATE TRIGGER audit_goes_on BEFORE INSERT ON audit BEGIN"                                   \
  " SELECT RAISE(ABORT, 'desk:chain') WHERE NEW.seq IS NOT"                                     \
  "   coalesce((SELECT seq FROM audit_head), 0) + 1"                                            \
  "  OR NEW.prev IS NOT coalesce((SELECT hash FROM audit_head), '');"                           \
  "END;"                                                                                        \
  "CREATE TRIGGER audit_has_a_head AFTER INSERT ON audit BEGIN"                                 \
  " INSERT INTO audit_head VALUES (1, NEW.seq, NEW.hash)"                                       \
  "  ON CONFLICT DO UPDATE SET seq = excluded.seq, hash = excluded.hash;"                       \
  "END;"                                                                                        \
  "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN"                                     \
  " SELECT RAISE(ABORT, 'desk:append_only'); END;"                                              \
  "CREATE TRIGGER no_audit_goes BEFORE DELETE ON audit BEGIN"                                   \
  " SELECT RAISE(ABORT, 'desk:append_only'); END;"                                              \
  "CREATE TRIGGER pack_text_stays BEFORE UPDATE ON rule_pack"                                   \
  " WHEN OLD.text <> NEW.text OR OLD.pack <> NEW.pack OR OLD.version <> NEW.version"            \
  "  OR OLD.author <> NEW.author BEGIN"                                                         \
  " SELECT RAISE(ABORT, 'desk:append_only'); END;"

const char* const triggers_of_version_3 = ITEMS_COME_IN ITEMS_CHANGE DECISIONS CASES_AND_RECORDS;

}  // namespace pantau
