#include "classifiers/accounts/roster.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "classifiers/accounts/roster_image.h"
#include "classifiers/accounts/roster_row.h"
#include "classifiers/accounts/text_table.h"
#include "classifiers/base/check.h"

namespace pantau {
namespace {

// Few rows are longer.
constexpr std::size_t kRowBytesUsual = 48;

// Takes sections off an image one by one.
class Sections {
 public:
  explicit Sections(std::string_view bytes) : rest_(bytes) {}

  std::string_view take(std::uint64_t size) {
    const std::string_view section = rest_.substr(0, size);
    rest_.remove_prefix(roster_section_bytes(size));
    return section;
  }

  template <class T>
  std::span<const T> take_array(std::uint64_t size) {
    return {reinterpret_cast<const T*>(take(size * sizeof(T)).data()), size};
  }

 private:
  std::string_view rest_;
};

// The size of an image with these contents; 0 if no image can have them.
std::uint64_t image_size(const RosterContents& contents) {
  // Each count is bounded before they are added up, so the sum cannot overflow.
  constexpr std::uint64_t kCountMax = 1ULL << 32;
  std::uint64_t size = sizeof(RosterHead) + sizeof(RosterContents);
  bool countable = true;
  const auto add = [&](std::uint64_t count, std::uint64_t bytes) {
    countable = countable && count <= kCountMax;
    if (countable) size += roster_section_bytes(count * bytes);
  };
  add(contents.row_bytes, 1);
  add(contents.platform_bytes, 1);
  add(contents.name_bytes, 1);
  add(contents.subject_bytes, 1);
  for (const RosterTableSize& table : contents.tables) {
    add(table.words, sizeof(std::uint64_t));
    add(table.lines, sizeof(AccountLine));
    countable = countable && (table.words == 0) == (table.lines == 0);
  }
  add(contents.listed, sizeof(std::uint32_t));
  return countable ? size : 0;
}

bool is_kept(std::string_view key, const KeptKey& kept) {
  return is_packed_as(key, kept.packing, kept.bytes);
}

// The rule of CONTRACT.md §5.
bool is_account(const Account& account, const KeptRow& row) {
  if (!account.id.empty() && !row.id.bytes.empty()) {
    return account.id.size() <= kAccountKeyBytesMax && is_kept(account.id, row.id);
  }
  if (account.handle.empty() || row.handle.bytes.empty()) return false;
  const FoldedHandle folded(account.handle);
  return !folded.key().empty() && is_kept(folded.key(), row.handle);
}

}  // namespace

struct Roster::Image {
  std::string_view bytes;  // from the head to the last row
  RosterContents contents;
  AccountIndexView index;
  std::vector<std::string_view> platforms;
  TextTableView names;
  TextTableView subjects;
  std::shared_ptr<const void> owner;

  bool read_row(std::uint32_t ref, KeptRow& row) const {
    if (ref >= bytes.size()) return false;
    std::string_view rows = bytes.substr(ref);
    return take_row(rows, row) && row.numbers.subject < contents.subjects;
  }

  std::string_view platform(const KeptRow& row) const {
    if (row.numbers.platform >= platforms.size()) return {};
    return platforms[row.numbers.platform];
  }
};

Roster::Roster() : image_(std::make_shared<Image>()) {}

std::uint64_t Roster::checksum() const {
  return image_->contents.checksum;
}

bool Roster::is_image(std::string_view head) {
  return head.starts_with(std::string_view(kRosterMagic.data(), kRosterMagic.size()));
}

Result<Roster> Roster::open(std::string_view bytes, std::shared_ptr<const void> owner) {
  CHECK(reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(std::uint64_t) == 0,
        "mapped files and the heap are aligned");
  if (!is_image(bytes)) return fail(Fault::Config, "this is no roster index");
  if (bytes.size() < sizeof(RosterHead)) {
    return fail(Fault::Config, "the roster index is cut short");
  }
  RosterHead head;
  std::memcpy(&head, bytes.data(), sizeof head);
  if (head.version != kRosterVersion) {
    return fail(Fault::Config,
                fmt::format("the roster index has version {}, this program reads version {}; build "
                            "it again with 'pantau roster build'",
                            head.version, kRosterVersion));
  }
  auto image = std::make_shared<Image>();
  RosterContents& contents = image->contents;
  if (bytes.size() >= sizeof head + sizeof contents) {
    std::memcpy(&contents, bytes.data() + bytes.size() - sizeof contents, sizeof contents);
  }
  if (image_size(contents) != bytes.size()) {
    return fail(Fault::Config, "the roster index is cut short or damaged: its size is wrong");
  }
  image->bytes = bytes.substr(0, sizeof head + contents.row_bytes);
  Sections sections(bytes.substr(sizeof head));
  sections.take(contents.row_bytes);
  const TextTableView platforms(sections.take(contents.platform_bytes), kPlatformStride);
  for (std::uint32_t i = 0; i < platforms.count(); i++) {
    image->platforms.push_back(platforms.text(i));
  }
  image->names = {sections.take(contents.name_bytes), kNameStride};
  image->subjects = {sections.take(contents.subject_bytes), kSubjectStride};
  for (std::size_t kind = 0; kind < kAccountKeyKinds; kind++) {
    AccountTableView& table = image->index.tables[kind];
    table.filter = sections.take_array<std::uint64_t>(contents.tables[kind].words);
    table.lines = sections.take_array<AccountLine>(contents.tables[kind].lines);
  }
  image->index.lists = sections.take_array<std::uint32_t>(contents.listed);
  image->owner = std::move(owner);
  return Roster(std::move(image));
}

std::uint32_t Roster::entries() const {
  return image_->contents.entries;
}

std::uint32_t Roster::subjects() const {
  return image_->contents.subjects;
}

RosterEntry Roster::entry(std::uint32_t number) const {
  KeptRow row;
  if (!image_->read_row(number, row)) return {};
  return {row.numbers.subject,
          image_->subjects.text(row.numbers.subject),
          image_->names.text(row.numbers.region),
          image_->names.text(row.numbers.basis),
          row.category,
          row.ownership,
          row.validity};
}

std::string_view Roster::region(const RosterHit& hit) const {
  return image_->names.text(hit.region);
}

void Roster::begin(std::string_view platform, std::string_view id, std::string_view handle,
                   AccountLookUp& look_up) const {
  image_->index.begin(PlatformHash(platform), id, handle, look_up);
}

void Roster::ask_slots(const AccountLookUp& look_up, Asking how) const {
  image_->index.ask_lines(look_up.probe, how);
}

bool Roster::nominate(AccountLookUp& look_up) const {
  image_->index.nominate(look_up);
  return look_up.nominees.count != 0;
}

// Most rows that do not end in the line of memory where they begin end in the next one.
void Roster::ask_rows(const AccountLookUp& look_up, Asking how) const {
  image_->index.ask_entries(look_up.nominees, how, [&](std::uint32_t ref) {
    if (ref >= image_->bytes.size() || image_->bytes.size() - ref <= kRosterAlignment) return;
    ask_for(image_->bytes.data() + ref, how);
    ask_for(image_->bytes.data() + ref + kRowBytesUsual, how);
  });
}

std::optional<RosterHit> Roster::find(const AccountLookUp& look_up, std::string_view platform,
                                      const Account& account, Instant time,
                                      const TimeZone& zone) const {
  std::optional<RosterHit> first;
  std::optional<Day> day;
  KeptRow row;
  image_->index.each_candidate(look_up, [&](std::uint32_t ref) {
    if (first && first->entry <= ref) return true;
    if (!image_->read_row(ref, row) || image_->platform(row) != platform ||
        !is_account(account, row)) {
      return false;
    }
    if (!row.validity.always()) {
      if (!day) day = zone.day_of(time);
      if (!row.validity.holds_on(*day)) return false;
    }
    first = {ref, row.numbers.subject, row.numbers.region};
    return true;
  });
  return first;
}

}  // namespace pantau
