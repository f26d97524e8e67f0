#include "tests/support/random_lines.h"

#include <fmt/format.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <chrono>
#include <numeric>

#include "tests/support/plain_fold.h"

namespace pantau {
namespace {

using Texts = std::vector<std::string>;

std::string escape(char32_t c) {
  if (c < 0x10000) return fmt::format("\\u{:04x}", static_cast<std::uint32_t>(c));
  const auto rest = static_cast<std::uint32_t>(c) - 0x10000;
  return fmt::format("\\u{:04X}\\u{:04x}", 0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3FF));
}

std::string short_escape(char32_t c) {
  switch (c) {
    case U'"':
      return "\\\"";
    case U'\\':
      return "\\\\";
    case U'\n':
      return "\\n";
    case U'\r':
      return "\\r";
    case U'\t':
      return "\\t";
    case U'\b':
      return "\\b";
    case U'\f':
      return "\\f";
    default:
      return escape(c);
  }
}

bool are_digits(std::string_view text) {
  return !text.empty() && text.size() <= 18 && (text[0] != '0' || text.size() == 1) &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

void shuffle(Dice& dice, std::vector<std::size_t>& order) {
  for (std::size_t i = order.size(); i > 1; i--) std::swap(order[i - 1], order[dice.below(i)]);
}

// What happened at `time`, told in some way to tell it.
std::string some_time(Dice& dice, Instant time) {
  namespace chrono = std::chrono;
  const int minutes = dice.percent(30) ? 0 : static_cast<int>(dice.below(27 * 60)) - 13 * 60;
  const Instant local = time + chrono::minutes(minutes);
  const auto day = chrono::floor<chrono::days>(local);
  const chrono::hh_mm_ss clock(local - day);
  std::string text =
      fmt::format("{}{}{:02}:{:02}:{:02}", format_day(Day(day.time_since_epoch())),
                  dice.percent(90)   ? 'T'
                  : dice.percent(50) ? 't'
                                     : ' ',
                  clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (clock.subseconds().count() != 0 || dice.percent(10)) {
    text += fmt::format(".{:06}", clock.subseconds().count());
    if (dice.percent(20)) text += "789";  // beyond what is kept
  }
  if (minutes == 0 && dice.percent(80)) return text + (dice.percent(90) ? 'Z' : 'z');
  const int distance = std::abs(minutes);
  return text + fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', distance / 60, distance % 60);
}

std::string some_name(Dice& dice) {
  static const Texts names = {"",
                              "",
                              "Ahmad",
                              "O'Neil \"Al\"",
                              "Ñusta 🙏🏽",
                              "a/b\\c",
                              "山田\t太郎",
                              "{\"actor\":{\"id\":\"1001\"}}"};
  return dice.pick(names);
}

}  // namespace

PlainRecord random_details(Dice& dice, const OwnRecord& act) {
  static const Texts provenances = {"export", "export", "api", "capture", "informant"};
  PlainRecord record;
  record.kind = act.kind;
  record.provenance = dice.pick(provenances);
  record.platform = act.platform;
  record.actor = {act.actor.id, act.actor.handle, some_name(dice)};
  record.target = {act.target.id, act.target.handle, some_name(dice)};
  record.text = act.text;
  const bool is_written = act.kind == Kind::Post || act.kind == Kind::Comment;
  if (is_written || dice.percent(30)) record.id = act.id;
  if (dice.percent(60)) record.object_id = std::to_string(dice.below(1'000'000'000'000));
  if (dice.percent(20)) record.url = "https://example.org/a?b=" + act.id + "&c=\u00e9";
  record.time = act.time;
  const bool needs_created_at = is_written || act.kind == Kind::Share;
  if (needs_created_at || dice.percent(50)) record.created_at = some_time(dice, act.time);
  const auto later = std::chrono::minutes(record.created_at.empty() ? 0 : dice.below(10'000));
  record.observed_at = some_time(dice, act.time + later);
  return record;
}

RandomWriter::RandomWriter(Dice& dice, bool sloppy)
    : dice_(dice),
      sloppy_(sloppy),
      before_colon_(dice.percent(10) ? " " : ""),
      behind_colon_(dice.percent(30)  ? " "
                    : dice.percent(5) ? "\t "
                                      : ""),
      comma_(dice.percent(30)  ? ", "
             : dice.percent(5) ? " ,\t"
                               : ","),
      ends_(dice.percent(10) ? " " : ""),
      behind_(dice.percent(80)   ? ""
              : dice.percent(50) ? "\r"
                                 : " \t\r"),
      escapes_(static_cast<Escapes>(dice.below(4))),
      ids_are_numbers_(dice.percent(30)),
      writes_nulls_(dice.percent(30)),
      unknown_members_(dice.percent(40) ? dice.below(3) : 0),
      order_(20) {
  if (escapes_ == Escapes::Everything && dice_.percent(80)) escapes_ = Escapes::Needed;
  if (dice_.percent(30)) unknown_ = "\"v\":" + unknown_value(0);
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  if (dice_.percent(70)) shuffle(dice_, order_);
}

std::string RandomWriter::string(std::string_view text) {
  const bool all = escapes_ == Escapes::Everything || now_and_then();
  std::string json = "\"";
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), at, length, c);
    const auto character = static_cast<char32_t>(c);
    const bool must = character < 0x20 || character == U'"' || character == U'\\';
    if (must) {
      json += short_escape(character);
    } else if (all || (character > 0x7E && escapes_ == Escapes::BeyondAscii)) {
      json += escape(character);
    } else if (character == U'/' && escapes_ == Escapes::Slashes) {
      json += "\\/";
    } else {
      append_utf8(json, character);
    }
  }
  return json + '"';
}

std::string RandomWriter::id(std::string_view text) {
  const bool as_number = are_digits(text) && (ids_are_numbers_ != now_and_then());
  return as_number ? std::string(text) : string(text);
}

std::string RandomWriter::member(std::string_view key, const std::string& value) {
  std::string name = '"' + std::string(key) + '"';
  if (now_and_then() && !key.empty())
    name = '"' + escape(static_cast<unsigned char>(key[0])) + std::string(key.substr(1)) + '"';
  return name + before_colon_ + ':' + behind_colon_ + value;
}

std::string RandomWriter::object(std::vector<std::string> members) {
  std::string json = "{" + ends_;
  for (std::size_t i = 0; i < members.size(); i++) json += (i > 0 ? comma_ : "") + members[i];
  return json + ends_ + '}';
}

// Among them such as look like what a reader looks for.
std::string RandomWriter::unknown_value(int depth) {
  static const Texts values = {"null",
                               "true",
                               "false",
                               "0",
                               "-12",
                               "1.5e-3",
                               "[]",
                               "{}",
                               R"("")",
                               R"("a\"b\\")",
                               R"({"id":"1001","handle":"fulan"})",
                               R"([{"actor":{"id":"1001"}},[2]])",
                               R"({"actor":{"id":"1001"},"platform":"x"})",
                               R"("{\"actor\":{\"id\":\"1001\"}}")",
                               R"([1,[2,[3,[4,{"a":[]}]]]])",
                               R"("é🙏🏽\u00e9\ud83d")",
                               R"({"":0,"":1})",
                               R"({"id":1,"id":2,"kind":"post"})",
                               R"("}")",
                               R"("{")",
                               R"({"a":"}"})"};
  if (depth < 3 && dice_.percent(15)) {
    return object(
        {member("x", unknown_value(depth + 1)), member("actor", unknown_value(depth + 1))});
  }
  return dice_.pick(values);
}

std::string RandomWriter::account(const PlainAccount& account) {
  Texts members;
  const auto add = [&](std::string_view key, const std::string& text, const std::string& json) {
    if (!text.empty()) members.push_back(member(key, json));
    if (text.empty() && writes_nulls_)
      members.push_back(member(key, dice_.percent(80) ? "null" : R"("")"));
  };
  add("id", account.id, id(account.id));
  add("handle", account.handle, string(account.handle));
  add("name", account.name, string(account.name));
  if (now_and_then()) members.push_back(member("more", unknown_value(0)));
  if (now_and_then()) members.push_back(member("id", R"("1002")"));
  if (order_[0] % 2 == 1) std::ranges::reverse(members);
  return object(members);
}

std::vector<std::string> RandomWriter::members(const PlainRecord& record) {
  Texts members;
  const auto add = [&](std::string_view key, const std::string& text, const std::string& json) {
    if (!text.empty()) members.push_back(member(key, json));
    if (text.empty() && writes_nulls_) members.push_back(member(key, "null"));
  };
  add("platform", record.platform, string(record.platform));
  add("kind", "k", string(name_of(record.kind)));
  add("id", record.id, id(record.id));
  add("actor", record.actor.id + record.actor.handle, account(record.actor));
  add("target", record.target.id + record.target.handle + record.target.name,
      account(record.target));
  add("object_id", record.object_id, id(record.object_id));
  add("text", record.text, string(record.text));
  add("created_at", record.created_at, string(record.created_at));
  add("observed_at", record.observed_at, string(record.observed_at));
  add("url", record.url, string(record.url));
  if (record.provenance != "export") add("provenance", "p", string(record.provenance));
  return members;
}

std::string RandomWriter::line(const PlainRecord& record) {
  const Texts all = members(record);
  Texts ordered;
  for (const std::size_t position : order_) {
    if (position < all.size()) ordered.push_back(all[position]);
  }
  if (!unknown_.empty())
    ordered.insert(ordered.begin() + static_cast<std::ptrdiff_t>(order_[1] % ordered.size()),
                   unknown_);
  for (std::size_t i = 0; i < unknown_members_; i++) {
    ordered.push_back(member("x" + std::to_string(i), unknown_value(0)));
  }
  if (now_and_then()) ordered.push_back(dice_.pick(all));  // once more: the first counts
  if (now_and_then())
    ordered.insert(
        ordered.begin(),
        member(dice_.pick(Texts{"actor", "platform", "id", "text", "kind"}), unknown_value(0)));
  if (now_and_then()) {
    std::vector<std::size_t> order(ordered.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    shuffle(dice_, order);
    Texts shuffled;
    for (const std::size_t position : order) shuffled.push_back(ordered[position]);
    ordered = shuffled;
  }
  return object(ordered) + behind_;
}

std::string damaged(Dice& dice, std::string line) {
  static const Texts inserted = {"\"",
                                 "\\",
                                 "{",
                                 "}",
                                 "[",
                                 "]",
                                 ",",
                                 ":",
                                 " ",
                                 "1",
                                 "\t",
                                 "\x01",
                                 "e",
                                 "\xff",
                                 "\xc3",
                                 "\xed\xa0\x80",
                                 "\xc0\xaf",
                                 "\xef\xbb\xbf",
                                 std::string(1, '\0'),
                                 "\\u",
                                 "\\ud800",
                                 "\u2028",
                                 "\r",
                                 "null",
                                 "-"};
  const std::size_t at = dice.below(line.size() + 1);
  const auto replace = [&](const std::string& from, const std::string& to) {
    const std::size_t found = line.find(from);
    if (found != std::string::npos) line.replace(found, from.size(), to);
  };
  switch (dice.below(12)) {
    case 0:
      return line.substr(0, at);
    case 1:
      return line.erase(at, dice.between(1, 3));
    case 2:
    case 3:
      return line.insert(at, dice.pick(inserted));
    case 4:
      if (at < line.size()) line.replace(at, 1, dice.pick(inserted));
      return line;
    case 5:
      return line + line;
    case 6:
      return line + dice.pick(Texts{"x", ",", "}", "]", "{}", " {", "\"", "\xef\xbb\xbf"});
    case 7:
      replace("\"id\"", "\"id\":1.5e3,\"id\"");
      return line;
    case 8:
      replace("20", "19" + std::string(dice.below(3), '9'));
      return line;
    case 9:
      replace("T", dice.pick(Texts{" ", "t", "TT", "-", "T2"}));
      return line;
    case 10:
      return line.insert(0, dice.pick(inserted));
    default:
      return std::string(dice.between(1, 80), '[') + line;
  }
}

}  // namespace pantau
