#include "pipeline/evidence/mask.h"

#include <algorithm>

#include "pipeline/evidence/json_text.h"
#include "pipeline/output/json_writer.h"

namespace pantau {
namespace {

// Shorter parts of a name are words of their own too often.
constexpr std::size_t kNamePartBytesMin = 4;

char small(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string small(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) { return small(c); });
  return result;
}

// Of a word. What is not ASCII ends one: better a word too many is covered than a name shown
// because an emoji touches it.
bool is_letter(char c) {
  const char s = small(c);
  return (s >= 'a' && s <= 'z') || (s >= '0' && s <= '9') || s == '_';
}

bool is_of_handle(char c) {
  return is_letter(c) || c == '.' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

void add_name(std::string_view name, std::vector<std::string>& names) {
  if (name.size() >= kNamePartBytesMin) names.push_back(small(name));
  std::size_t start = 0;
  while (start < name.size()) {
    const std::size_t end = std::min(name.find(' ', start), name.size());
    const std::string_view part = name.substr(start, end - start);
    if (part.size() >= kNamePartBytesMin) names.push_back(small(part));
    start = end + 1;
  }
}

void add_account(const JsonNode& account, std::vector<std::string>& names) {
  for (const char* const key : {"id", "handle", "name"}) add_name(account[key].text(), names);
}

bool is_of_campaign(const CaseItem& item) {
  return std::ranges::any_of(item.explanations,
                             [](const CaseExplanation& e) { return !e.account_type.empty(); });
}

// Covers [from, to) but for what stands in a span.
void cover(std::string& text, std::size_t from, std::size_t to, std::span<const CaseSpan> spans) {
  for (std::size_t i = from; i < to; i++) {
    const bool spared =
        std::ranges::any_of(spans, [i](const CaseSpan& s) { return s.start <= i && i < s.end; });
    if (!spared) text[i] = '*';
  }
}

void cover_handles(std::string& text, std::span<const CaseSpan> spans) {
  for (std::size_t i = 0; i < text.size(); i++) {
    if (text[i] != '@') continue;
    std::size_t end = i + 1;
    while (end < text.size() && is_of_handle(text[end])) end++;
    cover(text, i + 1, end, spans);
    i = end - 1;
  }
}

// Walks over a record or a flag and writes it with everything covered that is not known to be
// harmless.
class JsonMasker {
 public:
  JsonMasker(const Mask& mask, const CaseItem& item, JsonWriter& out)
      : mask_(mask), spans_(spans_of(item)), keeps_target_(is_of_campaign(item)), out_(out) {}

  void flag(const JsonNode& flag) {
    out_.begin_object();
    for (const JsonNode member : flag) {
      out_.key(member.key());
      if (member.key() == "record") {
        record(member);
      } else {
        // Of the rest only the key and the file's name could name somebody.
        copy(member, member.key() != "key" && member.key() != "source");
      }
    }
    out_.end_object();
  }

  void record(const JsonNode& record) {
    out_.begin_object();
    for (const JsonNode member : record) {
      const std::string_view key = member.key();
      out_.key(key);
      if (key == "text" && member.is_string()) {
        out_.string(mask_.act(member.text(), spans_));
        continue;
      }
      const bool harmless = key == "platform" || key == "kind" || key == "created_at" ||
                            key == "observed_at" || key == "provenance" ||
                            (key == "target" && keeps_target_);
      copy(member, harmless);
    }
    out_.end_object();
  }

 private:
  void copy(const JsonNode& node, bool whole) {
    switch (node.type()) {
      case JsonType::Object:
        out_.begin_object();
        for (const JsonNode member : node) {
          out_.key(member.key());
          copy(member, whole || member.key() == "sha256" || member.key() == "line");
        }
        out_.end_object();
        break;
      case JsonType::Array:
        out_.begin_array();
        for (const JsonNode element : node) copy(element, whole);
        out_.end_array();
        break;
      case JsonType::String:
        out_.string(whole ? std::string(node.text()) : mask_.whole(node.text()));
        break;
      case JsonType::Number:
        if (whole) out_.raw(node.text());
        if (!whole) out_.string(kMasked);
        break;
      case JsonType::Boolean:
        out_.raw(node.text());
        break;
      case JsonType::Null:
      case JsonType::Absent:
        out_.null();
        break;
    }
  }

  const Mask& mask_;
  std::vector<CaseSpan> spans_;
  bool keeps_target_;
  JsonWriter& out_;
};

}  // namespace

std::vector<CaseSpan> spans_of(const CaseItem& item) {
  std::vector<CaseSpan> spans;
  for (const CaseExplanation& explanation : item.explanations) {
    spans.insert(spans.end(), explanation.spans.begin(), explanation.spans.end());
  }
  return spans;
}

Mask::Mask(const CaseFile& file) : covers_(true) {
  add_name(file.subject.name, names_);
  add_name(file.subject.nip, names_);
  for (const CaseIdentityStep& step : file.identity) add_name(step.account, names_);
  for (const CaseItem& item : file.items) {
    const auto record = JsonText::parse(item.record);
    if (!record) continue;
    add_account(record->root()["actor"], names_);
    if (!is_of_campaign(item)) add_account(record->root()["target"], names_);
  }
  std::ranges::sort(names_);
  names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
}

std::string Mask::whole(std::string_view text) const {
  return std::string(covers_ && !text.empty() ? kMasked : text);
}

std::string Mask::act(std::string_view text, std::span<const CaseSpan> spans) const {
  std::string result(text);
  if (!covers_) return result;
  const std::string lowered = small(text);
  for (const std::string& name : names_) {
    for (std::size_t at = lowered.find(name); at != std::string::npos;
         at = lowered.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      const bool is_word = (at == 0 || !is_letter(lowered[at - 1])) &&
                           (end == lowered.size() || !is_letter(lowered[end]));
      if (is_word) cover(result, at, end, spans);
    }
  }
  cover_handles(result, spans);
  return result;
}

std::string Mask::json(std::string_view json, const CaseItem& item) const {
  if (!covers_) return std::string(json);
  const auto parsed = JsonText::parse(json);
  if (!parsed || !parsed->root().is_object()) return "";
  std::string result;
  JsonWriter out(result);
  JsonMasker masker(*this, item, out);
  const bool is_flag = parsed->root()["record"].is_object();
  if (is_flag) masker.flag(parsed->root());
  if (!is_flag) masker.record(parsed->root());
  return result;
}

}  // namespace pantau
