#include "pipeline/rule_tools/act_explanation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>
#include <vector>

#include "pipeline/output/human.h"
#include "pipeline/output/json_writer.h"

namespace pantau {
namespace {

std::string quoted_names(const RulePack& pack, const std::vector<std::uint32_t>& patterns) {
  std::vector<std::string_view> names;
  names.reserve(patterns.size());
  for (const std::uint32_t pattern : patterns) names.push_back(pack.patterns[pattern].name);
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string dates_of(const RulePack& pack) {
  const auto open = [](Day day) { return day == Day::min() || day == Day::max(); };
  return fmt::format("{} to {}", open(pack.validity.from) ? "…" : format_day(pack.validity.from),
                     open(pack.validity.to) ? "…" : format_day(pack.validity.to));
}

std::string link_reason(LinkKind link) {
  switch (link) {
    case LinkKind::Target:
      return "the target is no account of the campaign list";
    case LinkKind::Mention:
      return "the text names no candidate";
    case LinkKind::Either:
      break;
  }
  return "the target is no account of the campaign list, and the text names no candidate";
}

std::string_view side_of(const Rule& rule) {
  switch (rule.near_side) {
    case NearSide::Before:
      return " before";
    case NearSide::After:
      return " after";
    case NearSide::Either:
      break;
  }
  return " of";
}

std::string pattern_reason(const RulePack& pack, const Rule& rule, const RuleOutcome& verdict) {
  const std::string name = verdict.pattern ? pack.patterns[*verdict.pattern].name : "";
  switch (verdict.unmet) {
    case Unmet::All:
      return fmt::format("'{}' is not found", name);
    case Unmet::Any:
      return fmt::format("none of {} is found", quoted_names(pack, rule.any));
    case Unmet::None:
      return fmt::format("'{}' is found", name);
    case Unmet::Negated:
      return fmt::format("every match is negated by {} at most {} words before it",
                         quoted_names(pack, rule.negated_by), rule.negation_words_max);
    default:
      return fmt::format("no match of {} stands within {} characters{} the mention",
                         quoted_names(pack, rule.any), rule.near_chars_max.value_or(0),
                         side_of(rule));
  }
}

const std::string* candidate_id(const EngineLists& lists, ContestIndex contest,
                                CandidateIndex candidate) {
  return candidate == kNoCandidate ? nullptr : &lists.contests[contest].candidates[candidate].id;
}

// What is written of each mention, target or verdict.
class Writer {
 public:
  Writer(const EngineLists& lists, std::string& text) : lists_(lists), json_(text) {}

  JsonWriter& json() { return json_; }

  void text(std::string_view key, std::string_view value) {
    json_.key(key);
    json_.string(value);
  }

  void null(std::string_view key) {
    json_.key(key);
    json_.null();
  }

  void boolean(std::string_view key, bool value) {
    json_.key(key);
    json_.boolean(value);
  }

  void who(ContestIndex contest, CandidateIndex candidate) {
    text("contest", lists_.contests[contest].id);
    const std::string* const id = candidate_id(lists_, contest, candidate);
    id != nullptr ? text("candidate", *id) : null("candidate");
  }

  void place(ByteRange range) {
    json_.key("start");
    json_.number(std::uint64_t{range.start});
    json_.key("end");
    json_.number(std::uint64_t{range.end});
  }

  // An array, each element of which `write` fills as an object.
  template <class Elements, class Write>
  void array(std::string_view key, const Elements& elements, Write write) {
    json_.key(key);
    json_.begin_array();
    for (const auto& element : elements) {
      json_.begin_object();
      write(element);
      json_.end_object();
    }
    json_.end_array();
  }

 private:
  const EngineLists& lists_;
  JsonWriter json_;
};

void write_subject(Writer& writer, const EngineLists& lists, const Explanation& explanation) {
  if (!explanation.entry) return writer.null("subject");
  const RosterEntry entry = lists.roster.entry(*explanation.entry);
  writer.json().key("subject");
  writer.json().begin_object();
  writer.text("id", entry.subject_id);
  writer.text("category", name_of(entry.category));
  writer.text("region", entry.region);
  writer.text("ownership", name_of(entry.ownership));
  writer.json().end_object();
}

void write_verdict(Writer& writer, const Engine& engine, const Record& record,
                   const RuleOutcome& verdict) {
  const RuleRef ref = engine.rules()[verdict.rule];
  const RulePack& pack = engine.lists().packs[ref.pack];
  writer.text("rule", pack.rules[ref.rule].id);
  writer.text("pack", pack.name());
  writer.text("level", name_of(pack.rules[ref.rule].level));
  writer.boolean("holds", verdict.holds());
  if (verdict.has_link) {
    writer.who(verdict.contest, verdict.candidate);
    writer.text("via", name_of(verdict.via));
    writer.text("stage", name_of(verdict.stage));
  } else {
    for (const std::string_view key : {"contest", "candidate", "via", "stage"}) writer.null(key);
  }
  if (verdict.holds()) {
    for (const std::string_view key : {"unmet", "pattern", "because"}) writer.null(key);
    return;
  }
  writer.text("unmet", name_of(verdict.unmet));
  verdict.pattern ? writer.text("pattern", pack.patterns[*verdict.pattern].name)
                  : writer.null("pattern");
  writer.text("because", reason_of(engine, record, verdict));
}

std::string named(const EngineLists& lists, ContestIndex contest, CandidateIndex candidate) {
  const std::string* const id = candidate_id(lists, contest, candidate);
  return id == nullptr ? lists.contests[contest].id : lists.contests[contest].id + '/' + *id;
}

std::string shown(std::string_view text, ByteRange range) {
  return fmt::format("[{},{}) {}", range.start, range.end,
                     printable(text.substr(range.start, range.end - range.start)));
}

std::string who_acts(const EngineLists& lists, const Explanation& explanation) {
  if (!explanation.entry) {
    return fmt::format("nobody of the roster; below as if a subject of region '{}' acted\n",
                       explanation.region);
  }
  const RosterEntry entry = lists.roster.entry(*explanation.entry);
  return fmt::format("subject {} ({}, region {})\n", entry.subject_id, name_of(entry.category),
                     entry.region);
}

std::string links_text(const EngineLists& lists, const Record& record,
                       const Explanation& explanation) {
  std::string text;
  for (const SeenTarget& target : explanation.targets) {
    text += fmt::format("target        {} ({})\n", named(lists, target.contest, target.candidate),
                        name_of(target.type));
  }
  for (const SeenMention& mention : explanation.mentions) {
    text += fmt::format(
        "mention       {} by {}: {}\n", named(lists, mention.contest, mention.candidate),
        mention.slogan ? "slogan" : name_of(mention.kind), shown(record.text, mention.place));
  }
  for (const ContestStage& stage : explanation.stages) {
    text += fmt::format("stage         {}: {} ({})\n", lists.contests[stage.contest].id,
                        name_of(stage.stage), is_ethics(stage.stage) ? "ethics" : "discipline");
  }
  return text;
}

// What rules hold, and then why the others do not: for all candidates of whom one thing is to be
// said, in one line.
std::string verdicts_text(const Engine& engine, const Record& record,
                          const Explanation& explanation) {
  const EngineLists& lists = engine.lists();
  std::string holding;
  std::vector<std::pair<std::string, std::string>> failing;  // rule with candidates; the reason
  std::uint32_t last_rule = 0;
  for (const RuleOutcome& verdict : explanation.rules.verdicts) {
    const RuleRef ref = engine.rules()[verdict.rule];
    const Rule& rule = lists.packs[ref.pack].rules[ref.rule];
    const std::string who =
        verdict.has_link ? ' ' + named(lists, verdict.contest, verdict.candidate) : "";
    if (verdict.holds()) {
      holding += fmt::format("holds         {} ({}){} via {}\n", rule.id, name_of(rule.level), who,
                             name_of(verdict.via));
      continue;
    }
    std::string reason =
        fmt::format("{} ({})", reason_of(engine, record, verdict), name_of(verdict.unmet));
    if (!failing.empty() && last_rule == verdict.rule && failing.back().second == reason) {
      failing.back().first += ',' + who;
    } else {
      failing.emplace_back(rule.id + who, std::move(reason));
    }
    last_rule = verdict.rule;
  }
  for (const auto& [what, reason] : failing) {
    holding += fmt::format("does not hold {}: {}\n", what, reason);
  }
  return holding;
}

std::string_view outcome_text(const Explanation& explanation) {
  if (explanation.is_flagged()) return "→ flagged\n";
  if (!explanation.has_rule_that_holds()) return "→ not flagged\n";
  return "→ flagged if a subject of that region acts; nobody of the roster does\n";
}

}  // namespace

std::string reason_of(const Engine& engine, const Record& record, const RuleOutcome& verdict) {
  const RuleRef ref = engine.rules()[verdict.rule];
  const RulePack& pack = engine.lists().packs[ref.pack];
  const Rule& rule = pack.rules[ref.rule];
  switch (verdict.unmet) {
    case Unmet::Nothing:
      return "";
    case Unmet::Kind:
      return fmt::format("it does not look at a {}", name_of(record.kind));
    case Unmet::Link:
      return link_reason(rule.link);
    case Unmet::TargetType:
      return fmt::format("it does not look at targets of type {}", name_of(verdict.account_type));
    case Unmet::MentionKind:
      return "the candidate is not named in a way that it looks at";
    case Unmet::Slogan:
      return "no slogan of the candidate stands in the text";
    case Unmet::Stage:
      return fmt::format("it does not look at the stage {}", name_of(verdict.stage));
    case Unmet::Dates:
      return fmt::format("the act is outside the dates of the pack, {}", dates_of(pack));
    case Unmet::Rivals:
      return fmt::format("the text names more than {} other candidates of the contest",
                         rule.rivals_max.value_or(0));
    default:
      return pattern_reason(pack, rule, verdict);
  }
}

std::string explanation_json(const Engine& engine, const Record& record,
                             const Explanation& explanation) {
  const EngineLists& lists = engine.lists();
  std::string text;
  Writer writer(lists, text);
  writer.json().begin_object();
  writer.boolean("flagged", explanation.is_flagged());
  writer.boolean("holds", explanation.has_rule_that_holds());
  write_subject(writer, lists, explanation);
  writer.text("region", explanation.region);
  writer.text("at", format_rfc3339(record.time));
  writer.text("text", record.text);
  writer.text("plain", explanation.plain);
  explanation.undisguised ? writer.text("undisguised", *explanation.undisguised)
                          : writer.null("undisguised");
  writer.array("targets", explanation.targets, [&](const SeenTarget& target) {
    writer.who(target.contest, target.candidate);
    writer.text("account_type", name_of(target.type));
  });
  writer.array("mentions", explanation.mentions, [&](const SeenMention& mention) {
    writer.who(mention.contest, mention.candidate);
    writer.text("kind", mention.slogan ? "slogan" : name_of(mention.kind));
    writer.place(mention.place);
  });
  writer.array("stages", explanation.stages, [&](const ContestStage& stage) {
    writer.text("contest", lists.contests[stage.contest].id);
    writer.text("stage", name_of(stage.stage));
    writer.text("class", is_ethics(stage.stage) ? "ethics" : "discipline");
  });
  writer.array("patterns", explanation.rules.patterns, [&](const FoundPattern& found) {
    writer.text("pack", lists.packs[found.pack].name());
    writer.text("pattern", lists.packs[found.pack].patterns[found.pattern].name);
    writer.array("spans", found.places, [&](ByteRange place) { writer.place(place); });
  });
  writer.array("rules", explanation.rules.verdicts,
               [&](const RuleOutcome& verdict) { write_verdict(writer, engine, record, verdict); });
  writer.json().end_object();
  return text;
}

std::string explanation_text(const Engine& engine, const Record& record,
                             const Explanation& explanation) {
  const EngineLists& lists = engine.lists();
  std::string text = "who acts      " + who_acts(lists, explanation);
  text += fmt::format("folded        {}\n", printable(explanation.plain));
  if (explanation.undisguised) {
    text += fmt::format("undisguised   {}\n", printable(*explanation.undisguised));
  }
  text += links_text(lists, record, explanation);
  for (const FoundPattern& found : explanation.rules.patterns) {
    const std::string& name = lists.packs[found.pack].patterns[found.pattern].name;
    for (const ByteRange& place : found.places) {
      text += fmt::format("pattern       {}: {}\n", name, shown(record.text, place));
    }
  }
  text += verdicts_text(engine, record, explanation);
  text += outcome_text(explanation);
  return text;
}

}  // namespace pantau
