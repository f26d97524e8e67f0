// A rule as its author wrote it: what a flag names by "pack@version" and rule is shown as text.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/desk/desk.h"

namespace pantau {

struct RuleText {
  std::string title_id, title_en;
  std::string level, link;
  std::string text;  // TOML, the rule's table
};
using PackTexts = std::map<std::string, RuleText, std::less<>>;  // by rule

// The rules of a pack's text; empty if it is none.
PackTexts rule_texts_of(std::string_view pack_text);

inline constexpr std::size_t kPackTextsKeptMax = 64;

// Remembers packs that were asked for: a version never changes. Thread-safe.
class RuleTexts {
 public:
  // `pack` as a flag has it, "skb-2022@2024.1". Null if the desk has no such version.
  std::shared_ptr<const PackTexts> find(Desk& desk, const std::string& pack);

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const PackTexts>> packs_;
};

}  // namespace pantau
