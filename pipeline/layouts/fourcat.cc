// 4CAT's exports. As CSV: id, thread_id, timestamp, body, author, and columns of the platform, by
// which it is known. As NDJSON: the platform's own object, with __import_meta beside its fields.
//
// 4CAT can replace authors by a hash of their names. Such a file tells what was said, but not by
// whom: no row of it is anybody's act, and each is told so. Times are in UTC without saying so.
#include <algorithm>
#include <array>

#include "pipeline/layouts/csv_table.h"
#include "pipeline/layouts/item_layout.h"
#include "pipeline/layouts/layouts.h"
#include "pipeline/layouts/platform_object.h"

namespace pantau {
namespace {

constexpr std::array<std::string_view, 5> kColumns = {"id", "thread_id", "timestamp", "body",
                                                      "author"};

enum class Platform : std::uint8_t { Unknown, Tiktok, TiktokComments, X, Instagram };

Platform platform_of(const CsvTable& table) {
  if (table.has("is_comment_on_comment")) return Platform::TiktokComments;
  if (table.has("tiktok_url") || table.has("plays")) return Platform::Tiktok;
  if (table.has("retweet_count") || table.has("is_retweet")) return Platform::X;
  if (table.has("num_likes") || table.has("likes_hidden")) return Platform::Instagram;
  return Platform::Unknown;
}

std::string_view name_of(Platform platform) {
  switch (platform) {
    case Platform::Tiktok:
    case Platform::TiktokComments:
      return "tiktok";
    case Platform::X:
      return "x";
    case Platform::Instagram:
      return "instagram";
    case Platform::Unknown:
      break;
  }
  return "";
}

// No platform has handles of so many hexadecimal digits and nothing else.
bool is_pseudonym(std::string_view author) {
  constexpr std::size_t kHashDigitsMin = 32;
  const bool is_hash = author.size() >= kHashDigitsMin && std::ranges::all_of(author, [](char c) {
                         return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                       });
  return is_hash || author == "REDACTED" || author == "anonymous";
}

class FourcatReader final : public LineReader {
 public:
  explicit FourcatReader(CsvTable table)
      : table_(std::move(table)), platform_(platform_of(table_)) {}

  Reading read(std::string_view line, Record& record, Arena& arena) override {
    if (const auto other = table_.read(line, arena)) return *other;
    const Misfit misfit = read_row(record, arena);
    return misfit.fits() ? Reading::act()
                         : Reading::unmapped(misfit.reason, misfit.where, misfit.found);
  }

 private:
  Misfit read_row(Record& record, Arena& arena) const {
    record.platform = name_of(platform_);
    record.id = table_.cell("id");
    if (record.id.empty()) return {"missing:id", "id", "empty"};
    if (is_damaged_id(record.id)) return {"id_damaged", "id", "rounded"};
    const std::string_view author = table_.cell("author");
    if (author.empty()) return {"missing:actor", "author", "empty"};
    if (is_pseudonym(author)) return {"missing:actor", "author", "pseudonymised"};
    record.actor.handle = author;
    record.actor.name = table_.cell("author_fullname");
    record.url = address();
    record.text = table_.whole_cell(table_.column("body"));
    read_kind(record);
    return read_time(record, arena);
  }

  std::string_view address() const {
    for (const std::string_view column : {"url", "tiktok_url", "post_url"}) {
      if (const std::string_view url = table_.cell(column); !url.empty()) return url;
    }
    return {};
  }

  void read_kind(Record& record) const {
    const std::string_view thread = table_.cell("thread_id");
    const bool is_thread = !is_damaged_id(thread);
    if (platform_ == Platform::TiktokComments) {
      record.kind = Kind::Comment;
      record.object_id = is_thread ? thread : std::string_view();
    } else if (platform_ == Platform::X && table_.cell("is_retweet") == "yes") {
      record.kind = Kind::Share;
      record.target.handle = table_.cell("retweeted_user");
      record.text = {};  // the words of another
    } else if (platform_ == Platform::X && table_.cell("is_reply") == "yes") {
      record.kind = Kind::Comment;
      record.target.handle = table_.cell("replied_author");
      record.object_id = is_thread ? thread : std::string_view();
    }
  }

  Misfit read_time(Record& record, Arena& arena) const {
    if (set_time(record, from_unix_time(table_.cell("unix_timestamp"), arena))) return {};
    const std::string_view timestamp = table_.cell("timestamp");
    if (timestamp.empty()) return {"missing:created_at", "timestamp", "empty"};
    constexpr std::size_t kSeparator = 10;  // of "2024-11-27 08:00:00"
    if (timestamp.size() > kSeparator && timestamp[kSeparator] == ' ') {
      const std::string_view time = join(
          {timestamp.substr(0, kSeparator), "T", timestamp.substr(kSeparator + 1), "Z"}, arena);
      if (set_time(record, time)) return {};
    }
    return {"time", "timestamp", "no time"};
  }

  CsvTable table_;
  Platform platform_;
};

// The NDJSON.
class FourcatObjects final : public ItemLayout {
 public:
  std::string_view name() const override { return "4cat"; }

  std::span<const std::string_view> hidden_members() const override {
    static constexpr std::array<std::string_view, 3> kHidden = {"source_url", "source_platform_url",
                                                                "user_agent"};
    return kHidden;
  }

  bool knows(JsonNode item) const override { return item["__import_meta"].is_object(); }

  void read_item(JsonNode item, JsonNode, Acts& acts, Arena& arena) const override {
    const std::string_view platform = pantau::platform_of(item);
    if (platform.empty()) {
      return acts.reject(misfit("platform", "(item)", item));
    }
    read_platform_object(platform, item, acts, arena);
  }
};

class FourcatLayout final : public Layout {
 public:
  std::string_view name() const override { return "4cat"; }
  Framing framing() const override { return Framing::Csv; }

  Framing framing_of(std::string_view head) const override {
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    const bool is_json =
        first != std::string_view::npos && (head[first] == '{' || head[first] == '[');
    return is_json ? objects_.framing_of(head) : Framing::Csv;
  }

  bool recognises(std::string_view head) const override {
    if (framing_of(head) != Framing::Csv) return objects_.recognises(head);
    const CsvTable table(head.substr(0, first_line_bytes(head)));
    return table.has_all(kColumns) && platform_of(table) != Platform::Unknown;
  }

  Result<std::unique_ptr<LineReader>> make_reader(std::string_view header) const override {
    if (header.empty()) return objects_.make_reader(header);
    CsvTable table(header);
    if (!table.has_all(kColumns)) {
      return fail(Fault::Config,
                  "4cat: the header row needs the columns id, thread_id, timestamp, body, author");
    }
    if (platform_of(table) == Platform::Unknown) {
      return fail(Fault::Config,
                  "4cat: the columns are of no platform that is known (TikTok, its comments, X, "
                  "Instagram); read the file through a mapping");
    }
    return std::make_unique<FourcatReader>(std::move(table));
  }

 private:
  FourcatObjects objects_;
};

}  // namespace

const Layout& fourcat_layout() {
  static const FourcatLayout layout;
  return layout;
}

}  // namespace pantau
