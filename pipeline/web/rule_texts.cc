#include "pipeline/web/rule_texts.h"

#include "classifiers/rules/pack.h"
#include "pipeline/desk/packs.h"

namespace pantau {
namespace {

std::string_view name_of(LinkKind link) {
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

std::string_view without_end(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// The tables [[rule]] of a pack in their order: from each heading to the next one of any kind,
// without the comments that already belong to that.
std::vector<std::string_view> rule_tables(std::string_view text) {
  std::vector<std::string_view> tables;
  std::optional<std::size_t> start;
  std::size_t end = 0;  // behind the last line that is no comment
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t next = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string_view line = without_end(text.substr(at, next - at));
    const bool is_heading = line.starts_with("[[") || line == "[pack]";
    if (is_heading) {
      if (start) tables.push_back(without_end(text.substr(*start, end - *start)));
      start.reset();
      if (line == "[[rule]]") start = at;
    }
    if (!line.empty() && !line.starts_with('#')) end = next;
    at = next;
  }
  if (start) tables.push_back(without_end(text.substr(*start, end - *start)));
  return tables;
}

}  // namespace

PackTexts rule_texts_of(std::string_view pack_text) {
  PackTexts texts;
  Mistakes mistakes("pack", pack_text);
  const RulePack pack = read_rule_pack(pack_text, mistakes);
  if (!mistakes.empty()) return texts;
  const std::vector<std::string_view> tables = rule_tables(pack_text);
  for (std::size_t i = 0; i < pack.rules.size(); i++) {
    const Rule& rule = pack.rules[i];
    RuleText& text = texts[rule.id];
    text.title_id = rule.title_id;
    text.title_en = rule.title_en;
    text.level = pantau::name_of(rule.level);
    text.link = name_of(rule.link);
    // A table in another style of TOML is not found so; then nothing is better than another's.
    if (tables.size() == pack.rules.size()) text.text = tables[i];
  }
  return texts;
}

std::shared_ptr<const PackTexts> RuleTexts::find(Desk& desk, const std::string& pack) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = packs_.find(pack);
    if (found != packs_.end()) return found->second;
  }
  const std::size_t sign = pack.rfind('@');
  if (sign == std::string::npos) return nullptr;
  const auto text = pack_text_of(desk, pack.substr(0, sign), pack.substr(sign + 1));
  if (!text || !*text) return nullptr;
  auto texts = std::make_shared<const PackTexts>(rule_texts_of(**text));
  const std::lock_guard lock(mutex_);
  if (packs_.size() >= kPackTextsKeptMax) packs_.clear();
  packs_[pack] = texts;
  return texts;
}

}  // namespace pantau
