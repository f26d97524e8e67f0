#include "pipeline/review/sqlite_ranking_schema.h"

namespace pantau {

// rank: less is shown sooner. It is a column that every item and pile has, and its indexes hold the
// same rows as those of the legal clock: whoever walks one of them meets what the other has. What
// has not been ranked yet stands at the end (kRankUnknown of desk/ranking.h). A pile's rank is the
// least of its waiting items.
//
// ranking: the versions that were ever learned. ranking_use: which of them the ranks come from, up
// to which item, and whether lists may be sorted by it.
const char* const schema_of_version_4 = R"sql(
ALTER TABLE item ADD COLUMN rank BIGINT NOT NULL DEFAULT 2147483647;
CREATE INDEX item_waiting_by_rank ON item (rank, seq)
  WHERE state IN ('open', 'needs_info', 'returned');
CREATE INDEX item_waiting_of_subject_by_rank ON item (subject, rank, seq)
  WHERE state IN ('open', 'needs_info', 'returned');
ALTER TABLE pile ADD COLUMN rank BIGINT NOT NULL DEFAULT 2147483647;
CREATE INDEX pile_waiting_by_rank ON pile (rank, waiting_since, id, kinds, stages, levels,
  platforms, ownership, region, contest, candidate, agency) WHERE waiting_since IS NOT NULL;

CREATE TABLE ranking (
  version INTEGER PRIMARY KEY,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL CHECK (made_by <> ''),
  confirmed BIGINT NOT NULL,
  dismissed BIGINT NOT NULL,
  is_better BIGINT NOT NULL CHECK (is_better IN (0, 1)),
  quality TEXT NOT NULL,
  model TEXT NOT NULL,
  sha256 TEXT NOT NULL
);
CREATE TABLE ranking_use (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  version BIGINT NOT NULL REFERENCES ranking (version),
  is_on BIGINT NOT NULL CHECK (is_on IN (0, 1)),
  upto BIGINT NOT NULL
);
)sql";

#define IS_WAITING(state) state " IN ('open', 'needs_info', 'returned')"
// The least rank of a pile's waiting items: by item_waiting_of_subject_by_rank, and for each item
// by its few candidates (the plus keeps SQLite from going through all items of the contest).
#define LEAST_RANK \
  "coalesce((SELECT i.rank FROM item AS i WHERE i.subject = pile.subject AND "                  \
  IS_WAITING("i.state")                                                                         \
  "  AND EXISTS (SELECT 1 FROM item_candidate AS c WHERE c.item = i.seq"                        \
  "   AND +c.contest = pile.contest AND coalesce(c.candidate, '') = pile.candidate)"            \
  "  ORDER BY i.rank LIMIT 1), 2147483647)"
#define PILES_OF_NEW_ITEM                                                                      \
  "subject = NEW.subject AND (contest, candidate) IN (SELECT contest, coalesce(candidate, '')" \
  "  FROM item_candidate WHERE item = NEW.seq)"

const char* const triggers_of_version_4 =
    // Looked up only where the item that was first goes back; else it would be asked for each item
    // of a person when all are ranked.
    "CREATE TRIGGER rank_moves_pile AFTER UPDATE OF rank ON item"
    " WHEN NEW.rank <> OLD.rank AND " IS_WAITING("NEW.state") " BEGIN"
    " UPDATE pile SET rank = CASE WHEN NEW.rank <= rank THEN NEW.rank ELSE " LEAST_RANK " END"
    "  WHERE " PILES_OF_NEW_ITEM " AND (NEW.rank < rank OR OLD.rank <= rank);"
    "END;"
    "CREATE TRIGGER rank_follows_state AFTER UPDATE OF state ON item"
    " WHEN (" IS_WAITING("NEW.state") ") <> (" IS_WAITING("OLD.state") ") BEGIN"
    " UPDATE pile SET rank = " LEAST_RANK " WHERE " PILES_OF_NEW_ITEM ";"
    "END;"
    "CREATE TRIGGER ranking_stays BEFORE UPDATE ON ranking BEGIN"
    " SELECT RAISE(ABORT, 'desk:append_only'); END;"
    "CREATE TRIGGER no_ranking_goes BEFORE DELETE ON ranking BEGIN"
    " SELECT RAISE(ABORT, 'desk:append_only'); END;";

}  // namespace pantau
