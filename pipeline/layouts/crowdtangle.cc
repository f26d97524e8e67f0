// CrowdTangle's CSV of Facebook pages and groups and of Instagram accounts: posts and how many
// reacted, never who. A page's post is the page's act. A post in a group was written by a member,
// of whom nothing is said, so it is nobody's. Posts have no number, only an address.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "pipeline/layouts/csv_table.h"
#include "pipeline/layouts/item_fields.h"
#include "pipeline/layouts/layouts.h"

namespace pantau {
namespace {

// Zones as it abbreviates them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kZones = {
    {{"WIB", "+07:00"},
     {"WITA", "+08:00"},
     {"WIT", "+09:00"},
     {"UTC", "+00:00"},
     {"GMT", "+00:00"},
     {"BST", "+01:00"},
     {"CET", "+01:00"},
     {"CEST", "+02:00"},
     {"EST", "-05:00"},
     {"EDT", "-04:00"},
     {"CST", "-06:00"},
     {"CDT", "-05:00"},
     {"MST", "-07:00"},
     {"MDT", "-06:00"},
     {"PST", "-08:00"},
     {"PDT", "-07:00"}}};

// "2021-05-04 10:11:12 WIB"; "" if it is no such time.
std::string_view time_of(std::string_view text, Arena& arena) {
  constexpr std::size_t kDay = 10;
  constexpr std::size_t kSeconds = 19;
  if (text.size() <= kSeconds + 1 || text[kDay] != ' ' || text[kSeconds] != ' ') return {};
  const std::string_view zone = text.substr(kSeconds + 1);
  const auto found = std::ranges::find(kZones, zone, [](const auto& one) { return one.first; });
  if (found == kZones.end()) return {};
  return join(
      {text.substr(0, kDay), "T", text.substr(kDay + 1, kSeconds - kDay - 1), found->second},
      arena);
}

// What is behind the last slash of an address, or of a Facebook one behind "story_fbid=".
std::string_view id_of(std::string_view url) {
  constexpr std::string_view kStory = "story_fbid=";
  if (const std::size_t story = url.find(kStory); story != std::string_view::npos) {
    const std::string_view id = url.substr(story + kStory.size());
    return id.substr(0, id.find('&'));
  }
  url = url.substr(0, url.find_first_of("?#"));
  while (url.ends_with('/')) url.remove_suffix(1);
  return url.substr(url.rfind('/') + 1);
}

class CrowdtangleReader final : public LineReader {
 public:
  explicit CrowdtangleReader(CsvTable table)
      : table_(std::move(table)), is_facebook_(table_.has("Facebook Id")) {}

  Reading read(std::string_view line, Record& record, Arena& arena) override {
    if (const auto other = table_.read(line, arena)) return *other;
    const Misfit misfit = read_row(record, arena);
    return misfit.fits() ? Reading::act()
                         : Reading::unmapped(misfit.reason, misfit.where, misfit.found);
  }

 private:
  Misfit read_row(Record& record, Arena& arena) const {
    record.platform = is_facebook_ ? "facebook" : "instagram";
    if (table_.has("Group Name")) return {"missing:actor", "Group Name", "a group, no author"};
    record.url = table_.cell("URL");
    record.id = id_of(record.url);
    if (record.id.empty()) return {"missing:id", "URL", "empty"};
    if (is_damaged_id(record.id)) return {"id_damaged", "URL", "rounded"};
    const std::string_view id = table_.cell("Facebook Id");
    if (!is_damaged_id(id)) record.actor.id = id;
    record.actor.handle = table_.cell("User Name");
    record.actor.name = table_.cell(is_facebook_ ? "Page Name" : "Account");
    if (!record.actor.known()) return {"missing:actor", "User Name", "empty"};
    record.text = table_.whole_cell(table_.column(is_facebook_ ? "Message" : "Description"));
    const std::string_view created = table_.cell("Post Created");
    if (created.empty()) return {"missing:created_at", "Post Created", "empty"};
    if (set_time(record, time_of(created, arena))) return {};
    return {"time", "Post Created", "no time, or a zone that is not known"};
  }

  CsvTable table_;
  bool is_facebook_;
};

bool is_complete(const CsvTable& table) {
  const bool of_facebook = (table.has("Page Name") || table.has("Group Name")) &&
                           table.has("Facebook Id") && table.has("Message");
  const bool of_instagram = table.has("Account") && table.has("Description");
  return table.has("User Name") && table.has("Post Created") && table.has("URL") &&
         (of_facebook || of_instagram);
}

class CrowdtangleLayout final : public Layout {
 public:
  std::string_view name() const override { return "crowdtangle"; }
  Framing framing() const override { return Framing::Csv; }

  bool recognises(std::string_view head) const override {
    return is_complete(CsvTable(head.substr(0, first_line_bytes(head))));
  }

  Result<std::unique_ptr<LineReader>> make_reader(std::string_view header) const override {
    CsvTable table(header);
    if (!is_complete(table)) {
      return fail(Fault::Config,
                  "crowdtangle: the header row needs User Name, Post Created, URL, and either Page "
                  "Name (or Group Name), Facebook Id and Message, or Account and Description");
    }
    return std::make_unique<CrowdtangleReader>(std::move(table));
  }
};

}  // namespace

const Layout& crowdtangle_layout() {
  static const CrowdtangleLayout layout;
  return layout;
}

}  // namespace pantau
