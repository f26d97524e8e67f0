#include "classifiers/rules/pack.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "classifiers/base/toml_reader.h"
#include "classifiers/rules/pattern.h"

namespace pantau {
namespace {

class PackReader {
 public:
  PackReader(const toml::table& root, Mistakes& mistakes) : root_(root), mistakes_(mistakes) {}

  RulePack read() {
    TomlReader file(root_, "file", mistakes_);
    read_header(file);
    for (const toml::table* const table : file.tables("pattern")) read_pattern(*table);
    for (const toml::table* const table : file.tables("rule")) read_rule(*table);
    if (pack_.rules.empty() && !file.has("rule")) {
      mistakes_.add({}, "the pack is empty: it has no [[rule]]");
    }
    file.finish();
    return std::move(pack_);
  }

 private:
  void read_header(TomlReader& file) {
    const toml::table* const table = file.table("pack");
    if (table == nullptr) {
      if (!file.has("pack")) mistakes_.add({}, "[pack] with 'id' and 'version' is missing");
      return;
    }
    TomlReader pack(*table, "pack", mistakes_);
    pack_.id = pack.required_text("id");
    pack_.version = pack.required_text("version");
    if (const auto from = pack.day("valid_from")) pack_.validity.from = *from;
    if (const auto to = pack.day("valid_to")) pack_.validity.to = *to;
    if (pack_.validity.to < pack_.validity.from) {
      pack.mistake(pack.place("valid_to"), "'valid_to' is before 'valid_from'");
    }
    pack.finish();
  }

  void read_pattern(const toml::table& table) {
    TomlReader reader(table, "pattern", mistakes_);
    Pattern pattern;
    pattern.name = reader.required_text("name");
    if (pattern.name.starts_with('@')) {
      reader.mistake(reader.place("name"), "names that begin with '@' are the program's own");
    }
    const auto number = static_cast<std::uint32_t>(pack_.patterns.size());
    if (!pattern.name.empty() && !pattern_numbers_.emplace(pattern.name, number).second) {
      reader.mistake(reader.place("name"), fmt::format("duplicate pattern '{}'", pattern.name));
    }
    const std::vector<Expression> expressions = read_expressions(reader, pattern);
    const std::size_t sources = reader.texts("re").size();
    const bool compiled = !expressions.empty() && expressions.size() == sources;
    for (const bool must_match : {true, false}) {
      for (PlacedText& example : reader.texts(must_match ? "matches" : "passes")) {
        if (compiled) check_example(expressions, example, must_match);
        (must_match ? pattern.matches : pattern.passes).push_back(std::move(example.text));
      }
    }
    reader.finish();
    pack_.patterns.push_back(std::move(pattern));
  }

  std::vector<Expression> read_expressions(TomlReader& reader, Pattern& pattern) {
    std::vector<Expression> expressions;
    const std::vector<PlacedText> sources = reader.texts("re");
    if (!reader.has("re")) {
      reader.missing("re");
    } else if (sources.empty()) {
      reader.mistake(reader.place("re"), "'re' must have at least one expression");
    }
    for (const PlacedText& source : sources) {
      Result<Expression> expression = Expression::compile(source.text);
      pattern.expressions.push_back(source.text);
      if (expression) {
        expressions.push_back(*std::move(expression));
      } else {
        mistakes_.add(source.place,
                      fmt::format("the pattern cannot be used: {}", expression.error().message));
      }
    }
    return expressions;
  }

  void check_example(const std::vector<Expression>& expressions, const PlacedText& example,
                     bool must_match) {
    FoldedView plain;
    FoldedView undisguised;
    fold(example.text, plain);
    const bool differs = undisguise(plain, undisguised);
    Places places;
    PossibleMatches all;
    for (std::uint32_t i = 0; i < expressions.size(); i++) all.plain.push_back({i});
    all.undisguised = all.plain;
    find_places(expressions, 0, all, {&plain, differs ? &undisguised : nullptr}, places);
    if (places.empty() == !must_match) return;
    const ByteRange first = places.empty() ? ByteRange() : places.ranges().front();
    mistakes_.add(example.place,
                  must_match
                      ? "the pattern does not match this example, but must"
                      : fmt::format("the pattern matches '{}' in this example, but must not",
                                    plain.text().substr(first.start, first.end - first.start)));
  }

  void read_rule(const toml::table& table) {
    TomlReader reader(table, "rule", mistakes_);
    Rule rule;
    rule.id = reader.required_text("id");
    const bool duplicate = std::ranges::find(pack_.rules, rule.id, &Rule::id) != pack_.rules.end();
    if (duplicate && !rule.id.empty()) {
      reader.mistake(reader.place("id"), fmt::format("duplicate rule '{}'", rule.id));
    }
    read_title(reader, rule);
    read_conditions(reader, rule);
    rule.all = read_pattern_names(reader, "all");
    rule.any = read_pattern_names(reader, "any");
    rule.none = read_pattern_names(reader, "none");
    read_negation(reader, rule);
    read_nearness(reader, rule);
    rule.level = read_one_of<Level>(reader, "level", level_named).value_or(Level::Info);
    if (!reader.has("level")) reader.missing("level");
    read_proposals(reader, rule);
    rule.flags_per_day_max = reader.number("flags_per_day_max").value_or(0);
    if (reader.has("flags_per_day_max") && rule.flags_per_day_max == 0) {
      reader.mistake(reader.place("flags_per_day_max"), "'flags_per_day_max' must be at least 1");
    }
    reader.finish();
    pack_.rules.push_back(std::move(rule));
  }

  void read_title(TomlReader& reader, Rule& rule) {
    const toml::table* const table = reader.table("title");
    if (table == nullptr) {
      if (!reader.has("title")) reader.missing("title");
      return;
    }
    TomlReader title(*table, "title", mistakes_);
    rule.title_id = title.required_text("id");
    if (const auto english = title.text("en")) rule.title_en = english->text;
    title.finish();
  }

  void read_conditions(TomlReader& reader, Rule& rule) {
    rule.kinds = read_set<Kind, kKinds>(reader, "kinds", kind_named);
    if (!reader.has("kinds")) reader.missing("kinds");
    rule.stages = read_set<Stage, kStages>(reader, "stages", stage_named);
    if (!reader.has("stages")) rule.stages.set();
    rule.target_types =
        read_set<AccountType, kAccountTypes>(reader, "target_types", account_type_named);
    if (!reader.has("target_types")) {
      rule.target_types.set();
      rule.target_types.reset(static_cast<std::size_t>(AccountType::Institution));
      rule.target_types.reset(static_cast<std::size_t>(AccountType::Media));
    }
    const auto link = read_one_of<LinkKind>(reader, "link", link_named);
    if (!reader.has("link")) reader.missing("link");
    rule.link = link.value_or(LinkKind::Either);
    read_mention_conditions(reader, rule);
  }

  // Conditions of mentions; a link by the target has none.
  void read_mention_conditions(TomlReader& reader, Rule& rule) {
    const auto kinds =
        read_set<MentionKind, kMentionKinds>(reader, "mention_kinds", mention_kind_named);
    if (reader.has("mention_kinds")) rule.mention_kinds = kinds;
    rule.needs_slogan = reader.boolean("needs_slogan").value_or(false);
    for (const std::string_view key : {"mention_kinds", "needs_slogan"}) {
      if (rule.link == LinkKind::Target && reader.has(key)) {
        reader.mistake(reader.place(key),
                       fmt::format("'{}' means nothing with link = \"target\"", key));
      }
    }
    rule.rivals_max = reader.number("rivals_max");
  }

  void read_negation(TomlReader& reader, Rule& rule) {
    rule.negated_by = read_pattern_names(reader, "negated_by");
    const std::optional<std::uint32_t> words_max = reader.number("negation_words_max");
    rule.negation_words_max = words_max.value_or(0);
    if (reader.has("negated_by") && rule.any.empty()) {
      reader.mistake(reader.place("negated_by"), "'negated_by' needs patterns in 'any' to negate");
    }
    if (reader.has("negated_by") != reader.has("negation_words_max")) {
      reader.mistake(reader.place(reader.has("negated_by") ? "negated_by" : "negation_words_max"),
                     "'negated_by' and 'negation_words_max' go together");
    }
  }

  void read_nearness(TomlReader& reader, Rule& rule) {
    rule.near_chars_max = reader.number("near_chars_max");
    if (rule.near_chars_max && rule.any.empty()) {
      reader.mistake(reader.place("near_chars_max"),
                     "'near_chars_max' needs patterns in 'any' to be near to");
    }
    rule.near_side =
        read_one_of<NearSide>(reader, "near_side", near_side_named).value_or(NearSide::Either);
    if (reader.has("near_side") && !rule.near_chars_max) {
      reader.mistake(reader.place("near_side"), "'near_side' needs 'near_chars_max'");
    }
  }

  void read_proposals(TomlReader& reader, Rule& rule) {
    const toml::table* const table = reader.table("proposes");
    if (table == nullptr) return;
    TomlReader proposes(*table, "proposes", mistakes_);
    for (PlacedText& item : proposes.texts("ethics")) {
      rule.proposes_ethics.push_back(std::move(item.text));
    }
    for (PlacedText& item : proposes.texts("discipline")) {
      rule.proposes_discipline.push_back(std::move(item.text));
    }
    proposes.finish();
  }

  static std::optional<NearSide> near_side_named(std::string_view name) {
    if (name == "before") return NearSide::Before;
    if (name == "after") return NearSide::After;
    return std::nullopt;
  }

  static std::optional<LinkKind> link_named(std::string_view name) {
    if (name == "target") return LinkKind::Target;
    if (name == "mention") return LinkKind::Mention;
    if (name == "either") return LinkKind::Either;
    return std::nullopt;
  }

  template <class Enum, class Named>
  std::optional<Enum> read_one_of(TomlReader& reader, std::string_view key, Named named) {
    const std::optional<PlacedText> text = reader.text(key);
    if (!text) return std::nullopt;
    const std::optional<Enum> found = named(text->text);
    if (!found)
      reader.mistake(text->place, fmt::format("'{}': unknown value '{}'", key, text->text));
    return found;
  }

  template <class Enum, std::size_t size, class Named>
  std::bitset<size> read_set(TomlReader& reader, std::string_view key, Named named) {
    std::bitset<size> set;
    const std::vector<PlacedText> texts = reader.texts(key);
    if (texts.empty() && reader.has(key)) {
      reader.mistake(reader.place(key), fmt::format("'{}' must name at least one", key));
    }
    for (const PlacedText& text : texts) {
      const std::optional<Enum> found = named(text.text);
      if (found) {
        set.set(static_cast<std::size_t>(*found));
      } else {
        reader.mistake(text.place, fmt::format("'{}': unknown value '{}'", key, text.text));
      }
    }
    return set;
  }

  std::vector<std::uint32_t> read_pattern_names(TomlReader& reader, std::string_view key) {
    std::vector<std::uint32_t> numbers;
    for (const PlacedText& name : reader.texts(key)) {
      const auto found = pattern_numbers_.find(name.text);
      if (found == pattern_numbers_.end()) {
        reader.mistake(name.place, fmt::format("unknown pattern '{}'", name.text));
      } else {
        numbers.push_back(found->second);
      }
    }
    return numbers;
  }

  const toml::table& root_;
  Mistakes& mistakes_;
  RulePack pack_;
  std::map<std::string, std::uint32_t, std::less<>> pattern_numbers_;
};

}  // namespace

RulePack read_rule_pack(std::string_view text, Mistakes& mistakes) {
  const std::optional<toml::table> root = parse_toml(text, mistakes);
  if (!root) return {};
  return PackReader(*root, mistakes).read();
}

}  // namespace pantau
