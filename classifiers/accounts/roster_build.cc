// From the list that somebody gave to the image that a sweep asks.
#include <fmt/format.h>
#include <xxhash.h>

#include <cstring>
#include <limits>
#include <unordered_map>

#include "classifiers/accounts/account_index.h"
#include "classifiers/accounts/roster.h"
#include "classifiers/accounts/roster_image.h"
#include "classifiers/base/check.h"

namespace pantau {
namespace {

constexpr std::uint64_t kStringBytesMax = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kEntriesMax = std::numeric_limits<std::uint32_t>::max() - 1;

// The image's strings. Values that many rows share (regions, documents) are kept once.
class Strings {
 public:
  Strings() { append({}); }

  std::uint32_t append(std::string_view text) {
    const std::size_t at = bytes_.size();
    const auto length = static_cast<std::uint16_t>(text.size());
    bytes_.append(reinterpret_cast<const char*>(&length), sizeof length);
    bytes_.append(text);
    return static_cast<std::uint32_t>(at);
  }

  std::uint32_t append_if_any(std::string_view text) { return text.empty() ? 0 : append(text); }

  std::uint32_t shared(std::string_view text) {
    const auto found = shared_.find(std::string(text));
    if (found != shared_.end()) return found->second;
    const std::uint32_t at = append_if_any(text);
    shared_.emplace(text, at);
    return at;
  }

  bool full() const { return bytes_.size() > kStringBytesMax - (1 << 16); }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::unordered_map<std::string, std::uint32_t> shared_;
};

class ImageBuilder {
 public:
  bool full() const { return strings_.full() || entries_.size() >= kEntriesMax; }

  void add(const RosterRow& row) {
    const Subject subject = subject_of(row.subject_id);
    const std::string handle = handle_key(row.handle);
    RosterEntryImage entry;
    entry.subject = subject.number;
    entry.subject_id = subject.name;
    entry.platform = strings_.shared(row.platform);
    entry.account_id = strings_.append_if_any(row.account_id);
    entry.handle = strings_.append_if_any(handle);
    entry.region = strings_.shared(row.region);
    entry.basis = strings_.shared(row.basis);
    entry.valid_from = days(row.validity.from);
    entry.valid_to = days(row.validity.to);
    entry.category = static_cast<std::uint8_t>(row.category);
    entry.ownership = static_cast<std::uint8_t>(row.ownership);
    index_.add(static_cast<std::uint32_t>(entries_.size()), row.platform, row.account_id, handle);
    entries_.push_back(entry);
  }

  std::string image() const {
    const AccountIndexBuilder::Words words = index_.build();
    RosterHeader header;
    header.entries = static_cast<std::uint32_t>(entries_.size());
    header.subjects = static_cast<std::uint32_t>(subjects_.size());
    header.filter_words = words.filter.size();
    header.slots = words.slots.size();
    header.any_without_id = words.any_without_id ? 1 : 0;
    header.string_bytes = strings_.bytes().size();
    std::string image(reinterpret_cast<const char*>(&header), sizeof header);
    append(image, words.filter);
    append(image, words.slots);
    append(image, entries_);
    image += strings_.bytes();
    header.checksum = XXH3_64bits(image.data(), image.size());
    std::memcpy(image.data(), &header, sizeof header);
    return image;
  }

 private:
  struct Subject {
    std::uint32_t number;
    std::uint32_t name;  // string
  };

  Subject subject_of(std::string_view id) {
    if (id == last_id_) return last_;  // a person's rows mostly stand together
    const auto number = static_cast<std::uint32_t>(subjects_.size());
    const auto [found, is_new] = subjects_.try_emplace(std::string(id), Subject{number, 0});
    if (is_new) found->second.name = strings_.append(id);
    last_id_ = id;
    last_ = found->second;
    return last_;
  }

  // Open ends are the ends of what 32 bits hold, in both directions.
  static std::int32_t days(Day day) {
    constexpr auto kMin = std::numeric_limits<std::int32_t>::min();
    constexpr auto kMax = std::numeric_limits<std::int32_t>::max();
    const auto count = day.time_since_epoch().count();
    if (day == Day::min()) return kMin;
    return day == Day::max() ? kMax : static_cast<std::int32_t>(count);
  }

  template <class T>
  static void append(std::string& image, const std::vector<T>& values) {
    image.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }

  Strings strings_;
  std::vector<RosterEntryImage> entries_;
  AccountIndexBuilder index_;
  std::unordered_map<std::string, Subject> subjects_;
  std::string last_id_;
  Subject last_{};
};

}  // namespace

std::string Roster::build(std::string_view csv, Mistakes& mistakes) {
  ImageBuilder builder;
  bool told = false;
  read_roster_csv(csv, mistakes, [&](const RosterRow& row) {
    if (!builder.full()) return builder.add(row);
    if (!told) mistakes.add({row.line, 0}, "the list is too long for one roster");
    told = true;
  });
  return builder.image();
}

}  // namespace pantau
