#include "tests/support/plain_reader.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <map>
#include <set>

#include "tests/support/plain_json.h"
#include "tests/support/plain_mentions.h"

namespace pantau {
namespace {

using Is = PlainJson::Is;

// Given, but of no form that an id has.
bool is_damaged(const PlainJson& id) {
  static const re2::RE2 calculated(R"([+-]?[0-9]+(?:\.[0-9]*|(?:[.,][0-9]*)?[eE][+-]?[0-9]{1,3}))");
  switch (id.is) {
    case Is::Nothing:
    case Is::Null:
    case Is::Integer:
      return false;
    case Is::String:
      return is_plainly_damaged(id.text);
    default:
      return true;
  }
}

std::string text_of(const PlainJson& value) {
  return value.is == Is::String ? value.text : std::string();
}

PlainAccount account_of(const PlainJson& json) {
  return {json["id"].text, text_of(json["handle"]), text_of(json["name"])};
}

bool is_platform(const std::string& name) {
  static const re2::RE2 form("[a-z0-9_]+");
  return re2::RE2::FullMatch(name, form);
}

std::string read_times(const PlainJson& json, PlainRecord& record) {
  const bool needs_created_at = record.kind != Kind::Like && record.kind != Kind::Follow;
  std::optional<Instant> created;
  if (json["created_at"].given()) {
    record.created_at = text_of(json["created_at"]);
    created = plain_time(record.created_at);
    if (!created) return "time";
  } else if (needs_created_at) {
    return "missing:created_at";
  }
  if (!json["observed_at"].given()) return "missing:observed_at";
  record.observed_at = text_of(json["observed_at"]);
  const std::optional<Instant> observed = plain_time(record.observed_at);
  if (!observed) return "time";
  record.time = created.value_or(*observed);
  return "";
}

// "" or what is wrong.
std::string read_record(const PlainJson& json, PlainRecord& record) {
  static const std::map<std::string, Kind> kinds = {{"post", Kind::Post},
                                                    {"comment", Kind::Comment},
                                                    {"share", Kind::Share},
                                                    {"like", Kind::Like},
                                                    {"follow", Kind::Follow}};
  static const std::set<std::string> provenances = {"api", "export", "capture", "informant"};
  if (!json["platform"].given()) return "missing:platform";
  record.platform = text_of(json["platform"]);
  if (!is_platform(record.platform)) return "platform";
  if (!json["kind"].given()) return "missing:kind";
  if (!kinds.contains(text_of(json["kind"]))) return "kind";
  record.kind = kinds.at(text_of(json["kind"]));
  const bool needs_id = record.kind == Kind::Post || record.kind == Kind::Comment;
  if (needs_id && !json["id"].given()) return "missing:id";
  for (const PlainJson* const id :
       {&json["id"], &json["actor"]["id"], &json["target"]["id"], &json["object_id"]}) {
    if (is_damaged(*id)) return "id_damaged";
  }
  record.id = json["id"].text;
  record.object_id = json["object_id"].text;
  record.actor = account_of(json["actor"]);
  record.target = account_of(json["target"]);
  if (!record.actor.known()) return "missing:actor";
  // A name alone does for an act that has a key without its target.
  const bool named =
      !record.target.name.empty() && (!record.id.empty() || !record.object_id.empty());
  if (record.kind != Kind::Post && !record.target.known() && !named) return "missing:target";
  if (json["text"].given() && json["text"].is != Is::String) return "json";
  record.text = text_of(json["text"]);
  record.url = text_of(json["url"]);
  const std::string provenance = text_of(json["provenance"]);
  if (provenances.contains(provenance)) record.provenance = provenance;
  return read_times(json, record);
}

std::string key_of_account(const PlainAccount& account) {
  return account.id.empty() ? "@" + plain_handle(account.handle) : account.id;
}

}  // namespace

std::optional<Instant> plain_time(const std::string& text) {
  static const re2::RE2 form(
      R"((\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d)))");
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::string fraction;
  std::string sign;
  std::string offset_hour;
  std::string offset_minute;
  if (!re2::RE2::FullMatch(text, form, &year, &month, &day, &hour, &minute, &second, &fraction,
                           &sign, &offset_hour, &offset_minute)) {
    return std::nullopt;
  }
  namespace chrono = std::chrono;
  const chrono::year_month_day date{chrono::year(year), chrono::month(month), chrono::day(day)};
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  Instant time = chrono::sys_days(date) + chrono::hours(hour) + chrono::minutes(minute) +
                 chrono::seconds(second);
  time += chrono::microseconds(std::stoi((fraction + "000000").substr(0, 6)));
  if (sign.empty()) return time;
  const int hours = std::stoi(offset_hour);
  const int minutes = std::stoi(offset_minute);
  if (hours > 23 || minutes > 59) return std::nullopt;
  const auto offset = chrono::hours(hours) + chrono::minutes(minutes);
  return sign == "+" ? time - offset : time + offset;
}

bool is_plainly_damaged(const std::string& id) {
  static const re2::RE2 calculated(R"([+-]?[0-9]+(?:\.[0-9]*|(?:[.,][0-9]*)?[eE][+-]?[0-9]{1,3}))");
  return re2::RE2::FullMatch(id, calculated);
}

Record PlainRecord::view() const {
  Record record;
  record.kind = kind;
  record.provenance = provenance_named(provenance).value_or(Provenance::Export);
  record.platform = platform;
  record.id = id;
  record.actor = actor.view();
  record.target = target.view();
  record.object_id = object_id;
  record.text = text;
  record.created_at = created_at;
  record.observed_at = observed_at;
  record.url = url;
  record.time = time;
  return record;
}

std::string to_text(const PlainRecord& record) {
  return fmt::format(
      "{} {} id '{}' actor '{}' '{}' '{}' target '{}' '{}' '{}' object '{}' text '{}' created '{}' "
      "observed '{}' time {} url '{}' {}",
      record.platform, name_of(record.kind), record.id, record.actor.id, record.actor.handle,
      record.actor.name, record.target.id, record.target.handle, record.target.name,
      record.object_id, record.text, record.created_at, record.observed_at,
      format_rfc3339(record.time), record.url, record.provenance);
}

PlainRecord plain_record(const Record& record) {
  const auto account = [](const Account& from) {
    return PlainAccount{std::string(from.id), std::string(from.handle), std::string(from.name)};
  };
  PlainRecord plain;
  plain.kind = record.kind;
  plain.provenance = name_of(record.provenance);
  plain.platform = record.platform;
  plain.id = record.id;
  plain.actor = account(record.actor);
  plain.target = account(record.target);
  plain.object_id = record.object_id;
  plain.text = record.text;
  plain.created_at = record.created_at;
  plain.observed_at = record.observed_at;
  plain.url = record.url;
  plain.time = record.time;
  return plain;
}

PlainReading read_plainly(std::string_view line) {
  const PlainLine parsed = parse_plainly(line);
  PlainReading reading;
  reading.unsure = parsed.unsure;
  reading.reason =
      parsed.reason.empty() ? read_record(parsed.object, reading.record) : parsed.reason;
  return reading;
}

std::string plain_key(const PlainRecord& record) {
  const std::string act = record.platform + "/" + std::string(name_of(record.kind)) + "/";
  if (!record.id.empty()) return act + record.id;
  return act + key_of_account(record.actor) + "/" +
         (record.object_id.empty() ? key_of_account(record.target) : record.object_id);
}

}  // namespace pantau
