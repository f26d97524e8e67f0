// The CSV files of tweet-harvest, which most collections of Indonesian tweets are.
//
// They come to us through spreadsheets, and those round long numbers: the id
// 1757794582023451234 is saved as 1.75779E+18 or as 1757794582023450000. Such an
// id names another tweet or nobody, so none is believed that looks like it. The
// tweet's own id is recovered from its address; an actor is known by the handle
// then; a conversation without a sound id only tells that it is a reply.
//
// A reply names its conversation, not the tweet replied to, and whose it is
// stands only in its text, as the first @handle. Where that is missing, the
// comment has no target.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "classifiers/base/csv.h"
#include "classifiers/base/time.h"
#include "pipeline/layouts/csv_table.h"
#include "pipeline/layouts/html_text.h"
#include "pipeline/layouts/item_fields.h"
#include "pipeline/layouts/layouts.h"
#include "pipeline/layouts/twitter_status.h"

namespace pantau {
namespace {

constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

enum class Column : std::uint8_t {
  CreatedAt,
  Id,
  Text,
  UserId,
  ConversationId,
  Username,
  Url,
  InReplyTo,
};
constexpr std::size_t kColumns = 8;

constexpr std::array<std::string_view, kColumns> kColumnNames = {
    "created_at",          "id_str",   "full_text", "user_id_str",
    "conversation_id_str", "username", "tweet_url", "in_reply_to_screen_name"};

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_handle_letter(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Where each column stands.
struct Header {
  std::array<std::size_t, kColumns> at;
  std::vector<std::string> cells;
  char delimiter = ',';

  std::size_t position_of(Column column) const { return at[static_cast<std::size_t>(column)]; }
  bool has(Column column) const { return position_of(column) != kNoColumn; }
};

Header read_header(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Header header;
  header.at.fill(kNoColumn);
  header.delimiter = csv_delimiter(text);
  Arena arena;
  CsvRow row;
  if (!CsvRows(text, header.delimiter, arena).next(row)) return header;
  for (const std::string_view cell : row.cells) header.cells.emplace_back(trimmed(cell));
  for (std::size_t column = 0; column < kColumns; column++) {
    const auto found = std::ranges::find(header.cells, kColumnNames[column]);
    if (found == header.cells.end()) continue;
    header.at[column] = static_cast<std::size_t>(found - header.cells.begin());
  }
  return header;
}

// As a list for people; "" if nothing is missing.
std::string missing_columns(const Header& header) {
  std::string missing;
  const auto need = [&missing](bool is_there, std::string_view name) {
    if (is_there) return;
    if (!missing.empty()) missing += ", ";
    missing += name;
  };
  need(header.has(Column::CreatedAt), "created_at");
  need(header.has(Column::Text), "full_text");
  need(header.has(Column::Id) || header.has(Column::Url), "id_str or tweet_url");
  need(header.has(Column::Username) || header.has(Column::Url), "username or tweet_url");
  return missing;
}

// What https://x.com/HANDLE/status/ID says; either may be empty.
struct Address {
  std::string_view handle;
  std::string_view id;
};

Address read_address(std::string_view url) {
  constexpr std::string_view kStatus = "/status/";
  const std::size_t status = url.find(kStatus);
  if (status == std::string_view::npos) return {};
  Address address;
  const std::string_view behind = url.substr(status + kStatus.size());
  const auto digits_end = std::ranges::find_if_not(behind, is_digit);
  address.id = behind.substr(0, static_cast<std::size_t>(digits_end - behind.begin()));
  const std::string_view before = url.substr(0, status);
  const std::size_t slash = before.rfind('/');
  const std::string_view handle =
      slash == std::string_view::npos ? std::string_view() : before.substr(slash + 1);
  // x.com/i/status/… and x.com/i/web/status/… are addresses without a handle.
  const bool is_one = !handle.empty() && handle != "i" && handle != "web" &&
                      std::ranges::all_of(handle, is_handle_letter);
  if (is_one) address.handle = handle;
  return address;
}

// Rounded by a spreadsheet, which keeps 15 digits. One sound id of a thousand
// looks the same, which costs it little: see the top of this file.
bool looks_rounded(std::string_view id) {
  return id.size() >= 16 && id.ends_with("000") && std::ranges::all_of(id, is_digit);
}

bool is_sound(std::string_view id) {
  return !id.empty() && !is_damaged_id(id) && !looks_rounded(id);
}

// "@ayu_99 terima kasih": "ayu_99". Empty if the text does not begin so.
std::string_view leading_handle(std::string_view text) {
  if (!text.starts_with('@')) return {};
  text.remove_prefix(1);
  const auto end = std::ranges::find_if_not(text, is_handle_letter);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// RFC 3339 with 'T', whatever stood between day and time.
std::string_view with_t(std::string_view text, Arena& arena) {
  constexpr std::size_t kSeparator = 10;
  if (text[kSeparator] == 'T') return text;
  char* const copy = arena.allocate(text.size());
  std::copy(text.begin(), text.end(), copy);
  copy[kSeparator] = 'T';
  return {copy, text.size()};
}

class TweetHarvestReader final : public LineReader {
 public:
  explicit TweetHarvestReader(Header header) : header_(std::move(header)) {}

  Reading read(std::string_view line, Record& record, Arena& arena) override {
    if (!simdjson::validate_utf8(line.data(), line.size())) return Reading::rejected("utf8");
    CsvRows rows(line, header_.delimiter, arena);
    if (!rows.next(row_) || row_.unclosed || row_.cells.size() > header_.cells.size()) {
      return Reading::rejected("csv");
    }
    if (is_header()) return Reading::not_an_act("header");
    const std::string_view reason = read_row(record, arena);
    return reason.empty() ? Reading::act() : Reading::rejected(reason);
  }

 private:
  // Empty if the column or, in a row that is cut off, the cell is not there.
  std::string_view whole_cell(Column column) const {
    const std::size_t at = header_.position_of(column);
    return at < row_.cells.size() ? row_.cells[at] : std::string_view();
  }
  std::string_view cell(Column column) const { return trimmed(whole_cell(column)); }

  // Files put behind each other have their headers in the middle.
  bool is_header() const { return std::ranges::equal(row_.cells, header_.cells, {}, trimmed); }

  std::string_view read_row(Record& record, Arena& arena) const {
    record.platform = "x";
    record.url = cell(Column::Url);
    const Address address = read_address(record.url);
    // In the order in which the program writes its columns, so that of a row that
    // is cut off the first field behind the cut is told.
    if (cell(Column::CreatedAt).empty()) return "missing:created_at";
    std::string_view reason = read_id(address, record);
    if (reason.empty() && header_.position_of(Column::Text) >= row_.cells.size())
      reason = "missing:text";
    if (reason.empty()) reason = read_actor(address, record);
    if (reason.empty()) reason = read_time(record, arena);
    if (!reason.empty()) return reason;
    record.text = without_entities(whole_cell(Column::Text), arena);
    read_kind(record);
    return "";
  }

  std::string_view read_id(const Address& address, Record& record) const {
    record.id = cell(Column::Id);
    if (record.id.empty()) record.id = address.id;
    if (record.id.empty()) return "missing:id";
    const bool is_rounded =
        looks_rounded(record.id) && !address.id.empty() && address.id != record.id;
    if (!is_rounded && !is_damaged_id(record.id)) return "";
    record.id = address.id;
    return record.id.empty() ? "id_damaged" : "";
  }

  std::string_view read_actor(const Address& address, Record& record) const {
    const std::string_view id = cell(Column::UserId);
    if (is_sound(id)) record.actor.id = id;
    record.actor.handle = cell(Column::Username);
    if (record.actor.handle.empty()) record.actor.handle = address.handle;
    return record.actor.known() ? "" : "missing:actor";
  }

  std::string_view read_time(Record& record, Arena& arena) const {
    const std::string_view text = cell(Column::CreatedAt);
    const std::string_view rewritten = from_twitter_time(text, arena);
    const std::string_view created = rewritten.empty() ? text : rewritten;
    const std::optional<Instant> time = parse_rfc3339(created);
    if (!time) return "time";
    record.created_at = with_t(created, arena);
    record.time = *time;
    return "";
  }

  void read_kind(Record& record) const {
    record.target.handle = retweeted_handle(record.text);
    if (!record.target.handle.empty()) {
      record.kind = Kind::Share;
      record.text = {};  // the words of another
      return;
    }
    const std::string_view conversation = cell(Column::ConversationId);
    const bool is_known = is_sound(conversation) || conversation == record.id;
    const std::string_view replied_to = leading_handle(record.text);
    const bool is_reply = is_known ? conversation != record.id : !replied_to.empty();
    if (!is_reply) return;
    record.kind = Kind::Comment;
    if (is_known) record.object_id = conversation;
    record.target.handle = cell(Column::InReplyTo);
    if (record.target.handle.empty()) record.target.handle = replied_to;
  }

  Header header_;
  CsvRow row_;
};

class TweetHarvestLayout final : public Layout {
 public:
  std::string_view name() const override { return "tweet-harvest"; }
  Framing framing() const override { return Framing::Csv; }

  bool recognises(std::string_view head) const override {
    return missing_columns(read_header(head)).empty();
  }

  Result<std::unique_ptr<LineReader>> make_reader(std::string_view text) const override {
    Header header = read_header(text);
    const std::string missing = missing_columns(header);
    if (!missing.empty()) {
      return fail(Fault::Config,
                  fmt::format("tweet-harvest: the header row has no column {}", missing));
    }
    return std::make_unique<TweetHarvestReader>(std::move(header));
  }
};

}  // namespace

const Layout& tweet_harvest_layout() {
  static const TweetHarvestLayout layout;
  return layout;
}

}  // namespace pantau
