// One regency, one subject and two candidates, in which cases can be told in a line.
// Each case is put to the plain matcher and to the engine; they must agree.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "tests/engine/engine_answer.h"
#include "tests/support/plain_matcher.h"
#include "tests/support/random_world.h"

namespace pantau {

inline Day day(std::string_view text) {
  return *parse_day(text);
}

inline TimeZone zone(std::string_view name) {
  return *TimeZone::find(name);
}

inline Contest small_contest() {
  Contest contest;
  contest.id = "pilbup-hsu-2024";
  contest.region = "63.08";
  contest.zone = zone("Asia/Makassar");
  contest.determination = day("2024-09-22");
  contest.number_draw = day("2024-09-23");
  contest.campaign = {day("2024-09-25"), day("2024-11-23")};
  contest.quiet = DayRange{day("2024-11-25"), day("2024-11-25")};
  contest.voting = day("2024-11-27");
  contest.end = day("2024-12-16");
  contest.candidates = {
      {"1", 1, {"Ahmad Fulan", "Fulan-Siti"}, {"FulanSitiMenang"}, {"Banua Maju"}},
      {"2", 2, {"Budi"}, {"#Coblos2"}, {}}};
  return contest;
}

// Holds for all kinds, links, types and stages.
inline Rule small_rule(LinkKind link) {
  Rule rule;
  rule.id = "rule";
  rule.kinds.set();
  rule.link = link;
  rule.target_types.set();
  rule.stages.set();
  rule.level = Level::Medium;
  rule.proposes_ethics = {"KE-2"};
  rule.proposes_discipline = {"DS-2"};
  return rule;
}

struct SmallWorld {
  PlainLists lists;
  OwnRecord record;

  explicit SmallWorld(LinkKind link = LinkKind::Either) {
    lists.zone = zone("Asia/Makassar");
    lists.roster = {{"S-1", Category::Pns, "63.08.01", "instagram", "100", "Pegawai.Satu",
                     Ownership::Declared, Validity{}}};
    lists.contests = {small_contest()};
    lists.campaign = {{0, 0, AccountType::Registered, "instagram", "900", "fulan.resmi", {}}};
    lists.packs = {{"pack", "1", {}, {small_rule(link)}, {}}};
    record.platform = "instagram";
    record.id = "1";
    record.actor = {"100", "pegawai.satu"};
    at("2024-10-01T12:00:00+08:00");
  }

  Rule& rule() { return lists.packs[0].rules[0]; }
  Contest& contest() { return lists.contests[0]; }
  CampaignEntry& entry() { return lists.campaign[0]; }

  void at(std::string_view time) { record.time = *parse_rfc3339(time); }
  void to_candidate() {
    record.kind = Kind::Comment;
    record.target = {"900", "fulan.resmi"};
  }

  // Adds a pattern and gives its number, for the lists of the rule.
  std::uint32_t pattern(std::string name, std::string expression) {
    lists.packs[0].patterns.push_back({std::move(name), {std::move(expression)}, {}, {}});
    return static_cast<std::uint32_t>(lists.packs[0].patterns.size() - 1);
  }

  std::optional<PlainFlag> flag() const {
    const Record view = record.view();
    const std::optional<PlainFlag> plain = PlainMatcher(lists).flag(view);
    const Engine engine = make_engine(lists);
    const auto scratch = engine.make_scratch();
    const std::optional<PlainFlag> fast =
        answers(engine, std::span<const Record>(&view, 1), *scratch).front();
    EXPECT_EQ(to_text(fast), to_text(plain)) << to_text(view);
    return plain;
  }

  // The spans of a name in the first match, as they stand in the text, by '|'.
  std::string spans(std::string_view name) const { return spans(name, flag(), 0); }

  std::string spans(std::string_view name, const std::optional<PlainFlag>& found,
                    std::size_t match) const {
    if (!found) return "no flag";
    std::string text;
    for (const PlainSpan& span : found->matches.at(match).spans) {
      if (span.name != name) continue;
      if (!text.empty()) text += '|';
      text += record.text.substr(span.bytes.start, span.bytes.end - span.bytes.start);
    }
    return text;
  }

  // Which candidates a text names, and where: "1:Ahmad Fulan|#FulanSitiMenang 2:Budi".
  std::string mentions(std::string_view text) {
    record.text = text;
    const std::optional<PlainFlag> found = flag();
    std::string all;
    for (std::size_t i = 0; found && i < found->matches.size(); i++) {
      if (found->matches[i].via != Via::Mention) continue;
      if (!all.empty()) all += ' ';
      all += found->matches[i].candidate.value_or("null") + ":" + spans("@mention", found, i);
    }
    return all;
  }
};

}  // namespace pantau
