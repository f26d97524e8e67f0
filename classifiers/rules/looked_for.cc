#include "classifiers/rules/looked_for.h"

#include <algorithm>
#include <span>

#include "classifiers/rules/phrase.h"
#include "classifiers/rules/syntax.h"

namespace pantau {
namespace {

struct Stars {
  bool before = false;
  bool behind = false;
};

std::string shown(std::span<const std::string> texts, Stars stars) {
  std::string result;
  for (const std::string& text : texts.first(std::min(texts.size(), kLookedForShownMax))) {
    if (!result.empty()) result += '|';
    if (stars.before) result += '*';
    result += text;
    if (stars.behind) result += '*';
  }
  return texts.size() > kLookedForShownMax ? result + "|…" : result;
}

std::string shown(const WordSlot& slot) {
  const bool is_inside = slot.kind == WordSlot::Kind::Inside;
  return shown(slot.texts, {is_inside || slot.kind == WordSlot::Kind::Suffix,
                            is_inside || slot.kind == WordSlot::Kind::Prefix});
}

std::string shown(const Phrase& phrase) {
  const Feature& feature = phrase.feature;
  if (feature.kind == Feature::Kind::Character) return shown(feature.characters, {});
  const WordSlot& slot = phrase.slots.at(feature.slot);
  if (feature.kind != Feature::Kind::Pair && feature.kind != Feature::Kind::Joint) {
    return shown(slot);
  }
  return shown(slot) + ' ' + shown(phrase.slots.at(feature.slot + 1));
}

}  // namespace

std::vector<std::string> looked_for(std::string_view expression) {
  const std::optional<Syntax> syntax = parse_syntax(expression);
  if (!syntax) return {};
  const std::optional<std::vector<Phrase>> phrases = phrases_of(syntax->root);
  if (!phrases) return {};
  std::vector<std::string> result;
  for (const Phrase& phrase : *phrases) result.push_back(shown(phrase));
  std::ranges::sort(result);
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

}  // namespace pantau
