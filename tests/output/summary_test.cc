#include "pipeline/output/summary.h"

#include <gtest/gtest.h>

namespace pantau {
namespace {

SweepSummary sample() {
  SweepSummary summary;
  summary.sweep = "hsu-2024";
  summary.mandate = "ST-17/2024";
  summary.started = *parse_rfc3339("2024-11-27T08:00:00+08:00");
  summary.files = {{"records/a.ndjson.zst", 1'200'000'000, 1'000'000, "pantau", {}},
                   {"records/b.csv", 34'567'890, 234'567, "tweet-harvest", {"ends in a row"}}};
  summary.lines = 1'234'567;
  summary.records = 1'234'000;
  summary.skimmed = 1'200'000;
  summary.blank = 2;
  summary.not_acts = {{"identity", 500}, {"account", 40}};
  summary.deletions = 13;
  summary.rejected = {{"json", 10}, {"missing:actor", 2}};
  summary.unmapped = {{"youtube id: missing", 2}};
  summary.bytes = 1'234'567'890;
  summary.subjects_seen = 321;
  summary.flags = 1'500;
  summary.repeats = 4;
  summary.by_rule = {{"skb-2022/ajakan", 500}, {"skb-2022/suka", 1'000}};
  summary.by_candidate = {{"pilbup-hsu-2024/1", 1'499}, {"pilbup-hsu-2024", 1}};
  summary.by_level = {{Level::Low, 1'000}, {Level::High, 499}, {Level::Critical, 1}};
  summary.queue = SummaryQueue{.open = 900, .held = 596, .known = 4, .deleted = 3};
  summary.seconds = 2.0004;
  summary.threads = 2;
  summary.notes = {"the roster has expired entries"};
  summary.finished = true;
  return summary;
}

TEST(SweepSummary, EveryLineIsInOneCount) {
  SweepSummary summary = sample();
  EXPECT_TRUE(adds_up(summary));
  summary.blank++;
  EXPECT_FALSE(adds_up(summary));
  summary.lines++;
  EXPECT_TRUE(adds_up(summary));
  summary.records++;
  EXPECT_FALSE(adds_up(summary));
  summary.further++;
  EXPECT_TRUE(adds_up(summary));
  summary.skimmed = summary.records + 1;
  EXPECT_FALSE(adds_up(summary));
  EXPECT_TRUE(adds_up({}));
}

TEST(SweepSummary, AsJson) {
  EXPECT_EQ(to_json(sample()), R"({
  "sweep": "hsu-2024",
  "mandate": "ST-17/2024",
  "started": "2024-11-27T00:00:00Z",
  "finished": true,
  "resumed": false,
  "files": [
    {
      "name": "records/a.ndjson.zst",
      "bytes": 1200000000,
      "lines": 1000000,
      "layout": "pantau",
      "notes": []
    },
    {
      "name": "records/b.csv",
      "bytes": 34567890,
      "lines": 234567,
      "layout": "tweet-harvest",
      "notes": [
        "ends in a row"
      ]
    }
  ],
  "lines": 1234567,
  "records": 1234000,
  "skimmed": 1200000,
  "not_acts": {
    "account": 40,
    "identity": 500
  },
  "deletions": 13,
  "rejected": {
    "json": 10,
    "missing:actor": 2
  },
  "unmapped": {
    "youtube id: missing": 2
  },
  "blank": 2,
  "further": 0,
  "bytes": 1234567890,
  "subjects_seen": 321,
  "flags": 1500,
  "repeats": 4,
  "by_level": {
    "low": 1000,
    "high": 499,
    "critical": 1
  },
  "by_rule": {
    "skb-2022/ajakan": 500,
    "skb-2022/suka": 1000
  },
  "by_candidate": {
    "pilbup-hsu-2024": 1,
    "pilbup-hsu-2024/1": 1499
  },
  "queue": {
    "open": 900,
    "held": 596,
    "known": 4,
    "deleted": 3
  },
  "seconds": 2,
  "threads": 2,
  "notes": [
    "the roster has expired entries"
  ]
}
)");
}

TEST(SweepSummary, AnEmptySweepHasAllKeys) {
  EXPECT_EQ(to_json({}), R"({
  "sweep": "",
  "mandate": "",
  "started": "1970-01-01T00:00:00Z",
  "finished": false,
  "resumed": false,
  "files": [],
  "lines": 0,
  "records": 0,
  "skimmed": 0,
  "not_acts": {},
  "deletions": 0,
  "rejected": {},
  "unmapped": {},
  "blank": 0,
  "further": 0,
  "bytes": 0,
  "subjects_seen": 0,
  "flags": 0,
  "repeats": 0,
  "by_level": {},
  "by_rule": {},
  "by_candidate": {},
  "queue": null,
  "seconds": 0,
  "threads": 0,
  "notes": []
}
)");
}

TEST(SweepSummary, AsTable) {
  EXPECT_EQ(to_table(sample()),
            R"(Sweep hsu-2024, mandate ST-17/2024
Finished in 0:02 with 2 threads: 0.62 GB/s
Files                           2
  records/a.ndjson.zst  1,000,000  lines of pantau, 1.20 GB
  records/b.csv           234,567  lines of tweet-harvest, 34.6 MB; ends in a row
Lines                   1,234,567  1.23 GB
  records               1,234,000  616,877 records/s
    of these skimmed    1,200,000  no subject acts in them
  not acts                    540  account 40, identity 500
  deletions                    13
  rejected                     12  json 10, missing:actor 2
    of these unmapped           2  youtube id: missing 2
  blank                         2
Subjects seen                 321
Flags                       1,500  a flag is a suspicion (dugaan) until people have decided
  critical                      1
  high                        499
  low                       1,000
Repeated flags                  4
Flags by rule
  skb-2022/suka             1,000
  skb-2022/ajakan             500
Flags by contest/candidate
  pilbup-hsu-2024/1         1,499
  pilbup-hsu-2024               1
Review queue
  open                        900  new, wait for review
  held                        596  new, above a rule's flags_per_day_max
  known                         4  were in the queue already
  deleted                       3  marked: their authors deleted them
Notes
  the roster has expired entries
)");
}

TEST(SweepSummary, TheTableOfNothing) {
  EXPECT_EQ(to_table({}), R"(Sweep , mandate 
Stopped before the end in 0:00 with 0 threads: -
Files                    0
Lines                    0  0 B
  records                0  - records/s
    of these skimmed     0
  not acts               0
  deletions              0
  rejected               0
  blank                  0
Subjects seen            0
Flags                    0  a flag is a suspicion (dugaan) until people have decided
Repeated flags           0
Review queue          none
)");
}

TEST(SweepSummary, TextFromOutsideCannotDisturbTheTable) {
  SweepSummary summary = sample();
  summary.files = {{"a\x1b[2J\nb", 0, 0, "pantau", {"c\rd"}}};
  const std::string table = to_table(summary);
  EXPECT_NE(table.find("\n  a?[2J?b "), std::string::npos) << table;
  EXPECT_NE(table.find("; c?d\n"), std::string::npos) << table;
}

TEST(SweepSummary, LongListsAreCutAndLongNamesStandOut) {
  SweepSummary summary;
  for (int i = 0; i < 1'023; i++) {
    summary.files.push_back({"f" + std::to_string(i), 1, 1, "pantau", {}});
  }
  summary.files[0].name = std::string(100, 'x');
  const std::string table = to_table(summary);
  EXPECT_NE(table.find("\n  and 1,003 more\n"), std::string::npos) << table;
  EXPECT_NE(table.find("\n  " + std::string(100, 'x') + "  1  lines of pantau, 1 B\n"),
            std::string::npos)
      << table;
  EXPECT_NE(table.find("\n  f1                      1  lines"), std::string::npos) << table;
}

TEST(SweepSummary, NumbersThatDoNotAddUpAreSaidToBeSo) {
  SweepSummary summary = sample();
  summary.lines++;
  EXPECT_NE(to_table(summary).find("DO NOT ADD UP"), std::string::npos);
}

}  // namespace
}  // namespace pantau
