#include "tests/support/lists_as_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pantau {
namespace {

std::string quoted(std::string_view text) {
  std::string toml = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      toml += fmt::format("\\u{:04x}", byte);
    } else {
      if (c == '"' || c == '\\') toml += '\\';
      toml += c;
    }
  }
  return toml + '"';
}

std::string quoted(const std::vector<std::string>& texts) {
  std::string toml = "[";
  for (const std::string& text : texts) toml += quoted(text) + ", ";
  return toml + "]";
}

std::string line(std::string_view key, const std::string& value) {
  return fmt::format("{} = {}\n", key, value);
}

// The names of those that are set.
template <class Enum, std::size_t size>
std::vector<std::string> names_in(const std::bitset<size>& set) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < size; i++) {
    if (set.test(i)) names.emplace_back(name_of(static_cast<Enum>(i)));
  }
  return names;
}

std::string days(DayRange range) {
  return fmt::format("[{}, {}]", format_day(range.first), format_day(range.last));
}

std::string candidate_toml(const Candidate& candidate) {
  std::string toml = "[[contest.candidate]]\n" + line("id", quoted(candidate.id));
  if (candidate.number) toml += line("number", std::to_string(*candidate.number));
  return toml + line("names", quoted(candidate.names)) +
         line("hashtags", quoted(candidate.hashtags)) + line("slogans", quoted(candidate.slogans));
}

std::string_view link_name(LinkKind link) {
  switch (link) {
    case LinkKind::Target:
      return "target";
    case LinkKind::Mention:
      return "mention";
    case LinkKind::Either:
      return "either";
  }
  return "";
}

std::string rule_toml(const Rule& rule, const RulePack& pack) {
  const auto patterns = [&](const std::vector<std::uint32_t>& positions) {
    std::vector<std::string> names;
    for (const std::uint32_t position : positions) names.push_back(pack.patterns[position].name);
    return quoted(names);
  };
  std::string toml =
      "[[rule]]\n" + line("id", quoted(rule.id)) +
      line("title", "{ id = " + quoted(rule.title_id) + " }") +
      line("kinds", quoted(names_in<Kind>(rule.kinds))) +
      line("link", quoted(link_name(rule.link))) +
      line("target_types", quoted(names_in<AccountType>(rule.target_types))) +
      line("stages", quoted(names_in<Stage>(rule.stages))) + line("all", patterns(rule.all)) +
      line("any", patterns(rule.any)) + line("none", patterns(rule.none)) +
      line("level", quoted(name_of(rule.level))) +
      line("proposes", "{ ethics = " + quoted(rule.proposes_ethics) +
                           ", discipline = " + quoted(rule.proposes_discipline) + " }");
  if (rule.near_chars_max) toml += line("near_chars_max", std::to_string(*rule.near_chars_max));
  if (rule.near_side != NearSide::Either) {
    toml += line("near_side", rule.near_side == NearSide::Before ? "\"before\"" : "\"after\"");
  }
  if (!rule.negated_by.empty()) {
    toml += line("negated_by", patterns(rule.negated_by)) +
            line("negation_words_max", std::to_string(rule.negation_words_max));
  }
  if (rule.rivals_max) toml += line("rivals_max", std::to_string(*rule.rivals_max));
  if (rule.needs_slogan) toml += line("needs_slogan", "true");
  if (!rule.mention_kinds.all()) {
    toml += line("mention_kinds", quoted(names_in<MentionKind>(rule.mention_kinds)));
  }
  return toml;
}

std::string day_cell(Day day) {
  return day == Day::min() || day == Day::max() ? std::string() : format_day(day);
}

}  // namespace

std::string to_toml(const ContestList& contests) {
  std::string toml;
  for (const Contest& contest : contests) {
    toml += "[[contest]]\n" + line("id", quoted(contest.id)) + line("type", "\"pilbup\"") +
            line("region", quoted(contest.region)) + line("timezone", quoted(contest.zone.name())) +
            line("determination", format_day(contest.determination)) +
            line("campaign", days(contest.campaign)) + line("voting", format_day(contest.voting));
    if (contest.number_draw) toml += line("number_draw", format_day(*contest.number_draw));
    if (contest.quiet) toml += line("quiet", days(*contest.quiet));
    if (contest.end) toml += line("end", format_day(*contest.end));
    for (const Candidate& candidate : contest.candidates) toml += candidate_toml(candidate);
  }
  return toml;
}

std::string to_toml(const RulePack& pack) {
  std::string toml =
      "[pack]\n" + line("id", quoted(pack.id)) + line("version", quoted(pack.version));
  if (pack.validity.from != Day::min()) toml += line("valid_from", day_cell(pack.validity.from));
  if (pack.validity.to != Day::max()) toml += line("valid_to", day_cell(pack.validity.to));
  for (const Pattern& pattern : pack.patterns) {
    toml += "[[pattern]]\n" + line("name", quoted(pattern.name)) +
            line("re", quoted(pattern.expressions));
  }
  for (const Rule& rule : pack.rules) toml += rule_toml(rule, pack);
  return toml;
}

std::string campaign_csv(const CampaignList& campaign, const ContestList& contests) {
  std::string csv =
      "contest_id,candidate_id,platform,account_id,handle,account_type,valid_from,valid_to\n";
  for (const CampaignEntry& entry : campaign) {
    const Contest& contest = contests[entry.contest];
    const std::string candidate =
        entry.candidate == kNoCandidate ? "" : contest.candidates[entry.candidate].id;
    csv += fmt::format("{},{},{},{},{},{},{},{}\n", contest.id, candidate, entry.platform,
                       entry.account_id, entry.handle, name_of(entry.type),
                       day_cell(entry.validity.from), day_cell(entry.validity.to));
  }
  return csv;
}

}  // namespace pantau
