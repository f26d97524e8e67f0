#include "pipeline/sweep/finding.h"

#include "pipeline/output/json_writer.h"
#include "pipeline/output/sha256.h"

namespace pantau {
namespace {

std::string account_key(const Account& account) {
  return account.id.empty() ? '@' + handle_key(account.handle) : std::string(account.id);
}

void write_if_given(JsonWriter& json, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  json.key(key);
  json.string(value);
}

void write_account(JsonWriter& json, std::string_view key, const Account& account) {
  if (!account.known()) return;
  json.key(key);
  json.begin_object();
  write_if_given(json, "id", account.id);
  write_if_given(json, "handle", account.handle);
  json.end_object();
}

void write_record(JsonWriter& json, const Record& record) {
  json.key("record");
  json.begin_object();
  write_if_given(json, "platform", record.platform);
  write_if_given(json, "kind", name_of(record.kind));
  write_if_given(json, "id", record.id);
  write_account(json, "actor", record.actor);
  write_account(json, "target", record.target);
  write_if_given(json, "object_id", record.object_id);
  write_if_given(json, "text", record.text);
  write_if_given(json, "created_at", record.created_at);
  write_if_given(json, "observed_at", record.observed_at);
  write_if_given(json, "url", record.url);
  write_if_given(json, "provenance", name_of(record.provenance));
  json.end_object();
}

void write_subject(JsonWriter& json, const RosterEntry& entry) {
  json.key("subject");
  json.begin_object();
  json.key("id");
  json.string(entry.subject_id);
  json.key("category");
  json.string(name_of(entry.category));
  json.key("region");
  json.string(entry.region);
  json.key("ownership");
  json.string(name_of(entry.ownership));
  json.end_object();
}

void write_spans(JsonWriter& json, const Findings& findings, const RuleMatch& match) {
  json.key("spans");
  json.begin_array();
  for (std::uint32_t i = match.spans_begin; i < match.spans_end; i++) {
    const Span& span = findings.spans[i];
    json.begin_object();
    json.key("pattern");
    json.string(span.name);
    json.key("start");
    json.number(std::uint64_t{span.start});
    json.key("end");
    json.number(std::uint64_t{span.end});
    json.end_object();
  }
  json.end_array();
}

void write_text_or_null(JsonWriter& json, std::string_view key, const std::string* text) {
  json.key(key);
  if (text != nullptr) {
    json.string(*text);
  } else {
    json.null();
  }
}

void write_match(JsonWriter& json, const EngineLists& lists, const RuleRef& ref,
                 const Findings& findings, const RuleMatch& match) {
  const RulePack& pack = lists.packs[ref.pack];
  const Rule& rule = pack.rules[ref.rule];
  const Contest& contest = lists.contests[match.contest];
  json.begin_object();
  json.key("rule");
  json.string(rule.id);
  json.key("pack");
  json.string(pack.name());
  json.key("contest");
  json.string(contest.id);
  write_text_or_null(
      json, "candidate",
      match.candidate == kNoCandidate ? nullptr : &contest.candidates[match.candidate].id);
  json.key("via");
  json.string(name_of(match.via));
  json.key("account_type");
  if (match.via == Via::Target) {
    json.string(name_of(match.account_type));
  } else {
    json.null();
  }
  json.key("stage");
  json.string(name_of(match.stage));
  json.key("class");
  json.string(is_ethics(match.stage) ? "ethics" : "discipline");
  json.key("proposes");
  json.begin_array();
  for (const std::string& item :
       is_ethics(match.stage) ? rule.proposes_ethics : rule.proposes_discipline) {
    json.string(item);
  }
  json.end_array();
  write_spans(json, findings, match);
  json.end_object();
}

void write_source(JsonWriter& json, const SourceLine& source, std::size_t& line_at) {
  json.key("source");
  json.begin_object();
  json.key("file");
  json.string(source.file);
  json.key("line");
  std::string& text = json.slot();
  line_at = text.size();
  append_json_number(text, source.line);
  json.key("sha256");
  json.string(sha256_hex(source.bytes));
  json.end_object();
}

}  // namespace

std::string key_of(const Record& record) {
  std::string key(record.platform);
  key += '/';
  key += name_of(record.kind);
  key += '/';
  if (!record.id.empty()) return key.append(record.id);
  key += account_key(record.actor);
  key += '/';
  return record.object_id.empty() ? key + account_key(record.target) : key.append(record.object_id);
}

std::string flag_json(const FlagContext& context, const Flag& flag, const Record& record,
                      const SourceLine& source, std::size_t& line_at) {
  const EngineLists& lists = context.engine.lists();
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  json.key("key");
  json.string(key_of(record));
  write_record(json, record);
  write_subject(json, lists.roster.entry(flag.entry));
  json.key("level");
  json.string(name_of(flag.level));
  json.key("matches");
  json.begin_array();
  for (std::uint32_t i = flag.matches_begin; i < flag.matches_end; i++) {
    const RuleMatch& match = context.findings.matches[i];
    write_match(json, lists, context.engine.rules()[match.rule], context.findings, match);
  }
  json.end_array();
  write_source(json, source, line_at);
  json.key("sweep");
  json.begin_object();
  json.key("id");
  json.string(context.sweep.id);
  json.key("mandate");
  json.string(context.sweep.mandate);
  json.end_object();
  json.end_object();
  text += '\n';
  return text;
}

}  // namespace pantau
