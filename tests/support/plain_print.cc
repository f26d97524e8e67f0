// Lists and answers as text: for the real readers, and for people.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tests/support/plain_matcher.h"

namespace pantau {
namespace {

std::string day_cell(Day day) {
  return day == Day::min() || day == Day::max() ? std::string() : format_day(day);
}

std::string account_text(const Account& account) {
  return fmt::format("id '{}' handle '{}'", account.id, account.handle);
}

// Invisible characters and the like as bytes, so that a failure can be copied
// into a test.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\') {
      result += c;
    } else {
      result += fmt::format("\\{:03o}", byte);
    }
  }
  return result;
}

std::string match_text(const PlainMatch& match) {
  std::string text =
      fmt::format("  {} {} {} candidate {} via {} account_type {} {} {} proposes [{}]\n",
                  match.pack, match.rule, match.contest, match.candidate.value_or("null"),
                  name_of(match.via), match.account_type ? name_of(*match.account_type) : "null",
                  name_of(match.stage), match.breach, fmt::join(match.proposes, ","));
  for (const PlainSpan& span : match.spans) {
    text += fmt::format("    [{},{}) {}\n", span.bytes.start, span.bytes.end, span.name);
  }
  return text;
}

}  // namespace

std::string to_csv(const std::vector<RosterLine>& roster) {
  std::string csv =
      "subject_id,name,nip,category,agency,position,region,platform,account_id,handle,ownership,"
      "basis,valid_from,valid_to\r\n";
  for (const RosterLine& line : roster) {
    csv += fmt::format("{},Nama,,{},,,{},{},{},{},{},surat 1,{},{}\r\n", line.subject_id,
                       name_of(line.category), line.region, line.platform, line.account_id,
                       line.handle, name_of(line.ownership), day_cell(line.validity.from),
                       day_cell(line.validity.to));
  }
  return csv;
}

std::string to_text(const std::optional<PlainFlag>& flag) {
  if (!flag) return "no flag\n";
  std::string text = fmt::format("{} {} {} {} {}\n", flag->subject_id, name_of(flag->category),
                                 flag->region, name_of(flag->ownership), name_of(flag->level));
  for (const PlainMatch& match : flag->matches) text += match_text(match);
  return text;
}

std::string to_text(const Record& record) {
  return fmt::format("{} {} of {} to {} at {}\n\"{}\"\n", record.platform, name_of(record.kind),
                     account_text(record.actor), account_text(record.target),
                     format_rfc3339(record.time), escaped(record.text));
}

}  // namespace pantau
