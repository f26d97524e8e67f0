#include "pipeline/rule_tools/flag_reading.h"

#include <fmt/format.h>

#include <charconv>

#include "classifiers/base/check.h"
#include "pipeline/archive/chunk.h"
#include "pipeline/output/human.h"
#include "pipeline/output/utf8.h"
#include "pipeline/rule_tools/json_members.h"

namespace pantau {
namespace {

constexpr std::size_t kShownTextBytesMax = 160;

template <class Number>
Number number_of(JsonNode node) {
  Number number = 0;
  const std::string_view text = node.text();
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

ToldMatch match_of(JsonNode node) {
  ToldMatch match;
  match.pack = node["pack"].string();
  match.rule = node["rule"].string();
  match.contest = node["contest"].string();
  if (!node["candidate"].is_absent()) match.candidate = node["candidate"].string();
  match.via = node["via"].string();
  match.account_type = node["account_type"].string();
  match.stage = node["stage"].string();
  for (const JsonNode item : node["proposes"]) match.proposes.emplace_back(item.string());
  for (const JsonNode span : node["spans"]) {
    match.spans.push_back({std::string(span["pattern"].string()),
                           number_of<std::uint32_t>(span["start"]),
                           number_of<std::uint32_t>(span["end"])});
  }
  return match;
}

void write_text_or_null(JsonWriter& json, std::string_view key, bool is_there,
                        std::string_view text) {
  json.key(key);
  is_there ? json.string(text) : json.null();
}

void write_match(JsonWriter& json, const ToldMatch& match) {
  json.begin_object();
  write_text(json, "contest", match.contest);
  write_text_or_null(json, "candidate", match.candidate.has_value(), match.candidate.value_or(""));
  write_text(json, "via", match.via);
  write_text_or_null(json, "account_type", !match.account_type.empty(), match.account_type);
  write_text(json, "stage", match.stage);
  write_texts(json, "proposes", match.proposes);
  json.key("spans");
  json.begin_array();
  for (const ToldSpan& span : match.spans) {
    json.begin_object();
    write_text(json, "pattern", span.pattern);
    write_number(json, "start", span.start);
    write_number(json, "end", span.end);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

ToldFlag FlagReader::read(std::string_view flag) {
  while (flag.ends_with('\n')) flag.remove_suffix(1);
  bytes_ = flag;
  bytes_.append(kChunkPaddingBytes, '\0');
  arena_.reset();
  const std::string_view refused =
      tree_.read(std::string_view(bytes_).substr(0, flag.size()), arena_);
  CHECK(refused.empty(), "a flag is sound JSON");
  const JsonNode root = tree_.root();
  ToldFlag told;
  told.act.key = root["key"].string();
  told.act.file = root["source"]["file"].string();
  told.act.line = number_of<std::uint64_t>(root["source"]["line"]);
  told.act.text = front_of(root["record"]["text"].string(), kToldTextBytesMax);
  for (const JsonNode match : root["matches"]) told.matches.push_back(match_of(match));
  return told;
}

void write_act(JsonWriter& json, const ToldAct& act) {
  write_text(json, "key", act.key);
  write_text(json, "file", act.file);
  write_number(json, "line", act.line);
  write_text(json, "text", act.text);
}

void write_matches(JsonWriter& json, const std::vector<ToldMatch>& matches) {
  json.begin_array();
  for (const ToldMatch& match : matches) write_match(json, match);
  json.end_array();
}

std::string shown(const ToldAct& act) {
  const std::string_view front = front_of(act.text, kShownTextBytesMax);
  return fmt::format("{} ({}:{}){}{}{}", printable(act.key), printable(act.file), act.line,
                     front.empty() ? "" : ": ", printable(front),
                     front.size() < act.text.size() ? "…" : "");
}

}  // namespace pantau
