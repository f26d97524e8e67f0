// The engine's answers in the plain matcher's words, so that they compare.
#pragma once

#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "classifiers/base/check.h"
#include "classifiers/engine.h"
#include "tests/support/plain_matcher.h"

namespace pantau {

inline Roster open_roster(const std::vector<RosterLine>& lines) {
  Mistakes mistakes("roster.csv");
  const std::string csv = to_csv(lines);
  const std::string built = Roster::build(csv, mistakes);
  if (!mistakes.empty()) std::fprintf(stderr, "%s", mistakes.report().c_str());
  CHECK(mistakes.empty(), "tests write rosters without mistakes");
  const auto image = std::make_shared<std::vector<std::uint64_t>>(built.size() / 8 + 1);
  std::memcpy(image->data(), built.data(), built.size());
  Result<Roster> roster =
      Roster::open({reinterpret_cast<const char*>(image->data()), built.size()}, image);
  CHECK(roster, "what was built can be opened");
  return *std::move(roster);
}

inline Engine make_engine(const PlainLists& lists) {
  Result<Engine> engine = Engine::make(
      {lists.zone, open_roster(lists.roster), lists.contests, lists.campaign, lists.packs});
  if (!engine) std::fprintf(stderr, "%s\n", engine.error().message.c_str());
  CHECK(engine, "tests give packs that compile together");
  return *std::move(engine);
}

inline PlainMatch plain_match(const Engine& engine, const Findings& findings,
                              const RuleMatch& found) {
  const RuleRef ref = engine.rules()[found.rule];
  const RulePack& pack = engine.lists().packs[ref.pack];
  const Rule& rule = pack.rules[ref.rule];
  const Contest& contest = engine.lists().contests[found.contest];
  PlainMatch match;
  match.rule = rule.id;
  match.pack = pack.name();
  match.contest = contest.id;
  if (found.candidate != kNoCandidate) match.candidate = contest.candidates[found.candidate].id;
  match.via = found.via;
  if (found.via == Via::Target) match.account_type = found.account_type;
  match.stage = found.stage;
  match.breach = is_ethics(found.stage) ? "ethics" : "discipline";
  match.proposes = is_ethics(found.stage) ? rule.proposes_ethics : rule.proposes_discipline;
  for (std::uint32_t i = found.spans_begin; i < found.spans_end; i++) {
    const Span& span = findings.spans[i];
    match.spans.push_back({std::string(span.name), {span.start, span.end}});
  }
  return match;
}

inline PlainFlag plain_flag(const Engine& engine, const Findings& findings, const Flag& found) {
  const RosterEntry entry = engine.lists().roster.entry(found.entry);
  PlainFlag flag{std::string(entry.subject_id),
                 entry.category,
                 std::string(entry.region),
                 entry.ownership,
                 found.level,
                 {}};
  for (std::uint32_t i = found.matches_begin; i < found.matches_end; i++) {
    flag.matches.push_back(plain_match(engine, findings, findings.matches[i]));
  }
  return flag;
}

// One answer for each record. CHECKs that flags come in the records' order.
inline std::vector<std::optional<PlainFlag>> answers(const Engine& engine,
                                                     std::span<const Record> records,
                                                     Engine::Scratch& scratch, Findings& findings) {
  engine.run(records, scratch, findings);
  std::vector<std::optional<PlainFlag>> flags(records.size());
  std::uint32_t next = 0;
  for (const Flag& found : findings.flags) {
    CHECK(found.record >= next && found.record < records.size(), "flags come in order");
    flags[found.record] = plain_flag(engine, findings, found);
    next = found.record + 1;
  }
  return flags;
}

inline std::vector<std::optional<PlainFlag>> answers(const Engine& engine,
                                                     std::span<const Record> records,
                                                     Engine::Scratch& scratch) {
  Findings findings;
  return answers(engine, records, scratch, findings);
}

}  // namespace pantau
