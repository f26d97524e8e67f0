#include "classifiers/accounts/roster.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "classifiers/accounts/account_index.h"
#include "classifiers/accounts/roster_image.h"
#include "classifiers/base/check.h"

namespace pantau {
namespace {

Day day_from(std::int32_t days) {
  if (days == std::numeric_limits<std::int32_t>::min()) return Day::min();
  if (days == std::numeric_limits<std::int32_t>::max()) return Day::max();
  return Day(std::chrono::days(days));
}

Validity validity_of(const RosterEntryImage& entry) {
  return {day_from(entry.valid_from), day_from(entry.valid_to)};
}

}  // namespace

struct Roster::Image {
  RosterHeader header;
  AccountIndexView index;
  std::span<const RosterEntryImage> entries;
  std::string_view strings;
  std::shared_ptr<const void> owner;

  std::string_view string(std::uint32_t at) const {
    std::uint16_t length;
    if (at + sizeof length > strings.size()) return {};
    std::memcpy(&length, strings.data() + at, sizeof length);
    return strings.substr(at + sizeof length, length);
  }
};

Roster::Roster() {
  static constexpr std::uint64_t kNothing = 0;
  auto image = std::make_shared<Image>();
  image->index.filter = {&kNothing, 1};
  image->index.slots = {&kNothing, 1};
  image_ = std::move(image);
}

std::uint64_t Roster::checksum() const {
  return image_->header.checksum;
}

bool Roster::is_image(std::string_view head) {
  return head.starts_with(std::string_view(kRosterMagic.data(), kRosterMagic.size()));
}

Result<Roster> Roster::open(std::string_view bytes, std::shared_ptr<const void> owner) {
  CHECK(reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(std::uint64_t) == 0,
        "mapped files and the heap are aligned");
  auto image = std::make_shared<Image>();
  RosterHeader& header = image->header;
  if (!is_image(bytes)) return fail(Fault::Config, "this is no roster index");
  if (bytes.size() < sizeof header) return fail(Fault::Config, "the roster index is cut short");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.version != kRosterVersion) {
    return fail(Fault::Config,
                fmt::format("the roster index has version {}, this program reads version {}; build "
                            "it again with 'pantau roster build'",
                            header.version, kRosterVersion));
  }
  // Each count is bounded before they are added up, so the sum cannot overflow.
  constexpr std::uint64_t kCountMax = 1ULL << 40;
  const bool countable = std::has_single_bit(header.filter_words) &&
                         std::has_single_bit(header.slots) && header.filter_words <= kCountMax &&
                         header.slots <= kCountMax && header.string_bytes <= kCountMax;
  const std::uint64_t size = sizeof header + (header.filter_words + header.slots) * 8 +
                             std::uint64_t{header.entries} * sizeof(RosterEntryImage) +
                             header.string_bytes;
  if (!countable || size != bytes.size()) {
    return fail(Fault::Config, "the roster index is cut short or damaged: its size is wrong");
  }
  const char* at = bytes.data() + sizeof header;
  image->index.filter = {reinterpret_cast<const std::uint64_t*>(at), header.filter_words};
  at += header.filter_words * 8;
  image->index.slots = {reinterpret_cast<const std::uint64_t*>(at), header.slots};
  at += header.slots * 8;
  image->entries = {reinterpret_cast<const RosterEntryImage*>(at), header.entries};
  at += std::uint64_t{header.entries} * sizeof(RosterEntryImage);
  image->strings = {at, header.string_bytes};
  image->index.any_without_id = header.any_without_id != 0;
  image->owner = std::move(owner);
  return Roster(std::move(image));
}

std::uint32_t Roster::entries() const {
  return image_->header.entries;
}

std::uint32_t Roster::subjects() const {
  return image_->header.subjects;
}

RosterEntry Roster::entry(std::uint32_t position) const {
  const RosterEntryImage& found = image_->entries[position];
  return {found.subject,
          image_->string(found.subject_id),
          image_->string(found.region),
          image_->string(found.basis),
          static_cast<Category>(found.category),
          static_cast<Ownership>(found.ownership),
          validity_of(found)};
}

AccountProbe Roster::probe(std::string_view platform, std::string_view id,
                           std::string_view handle) const {
  return image_->index.probe(platform, id, handle);
}

void Roster::prefetch(const AccountProbe& probe) const {
  image_->index.prefetch(probe);
}

bool Roster::passes_filter(const AccountProbe& probe) const {
  return image_->index.passes_filter(probe);
}

void Roster::prefetch_slots(const AccountProbe& probe) const {
  image_->index.prefetch_slots(probe);
}

void Roster::prefetch_entries(const AccountProbe& probe) const {
  image_->index.each_candidate(probe, [&](std::uint32_t position) {
    if (position < image_->entries.size()) __builtin_prefetch(&image_->entries[position]);
  });
}

bool Roster::may_hold(const AccountProbe& probe) const {
  return image_->index.may_hold(probe);
}

std::optional<std::uint32_t> Roster::find(const AccountProbe& probe, std::string_view platform,
                                          const Account& account, Instant time,
                                          const TimeZone& zone) const {
  std::optional<std::uint32_t> first;
  std::optional<Day> day;
  image_->index.each_candidate(probe, [&](std::uint32_t position) {
    if (position >= image_->entries.size() || (first && *first <= position)) return;
    const RosterEntryImage& entry = image_->entries[position];
    if (image_->string(entry.platform) != platform ||
        !same_account(account, image_->string(entry.account_id), image_->string(entry.handle))) {
      return;
    }
    const Validity validity = validity_of(entry);
    if (!validity.always()) {
      if (!day) day = zone.day_of(time);
      if (!validity.holds_on(*day)) return;
    }
    first = position;
  });
  return first;
}

struct RosterVerifier::State {
  XXH3_state_t* hash = XXH3_createState();
  std::string head;  // the header's bytes, as far as they came

  ~State() { XXH3_freeState(hash); }
};

RosterVerifier::RosterVerifier() : state_(std::make_unique<State>()) {
  CHECK(state_->hash != nullptr, "there is memory for a hash");
  XXH3_64bits_reset(state_->hash);
}

RosterVerifier::~RosterVerifier() = default;

void RosterVerifier::add(std::string_view bytes) {
  RosterHeader header;
  const std::size_t missing = sizeof header - state_->head.size();
  if (missing > 0) {
    state_->head += bytes.substr(0, missing);
    bytes.remove_prefix(std::min(missing, bytes.size()));
    if (state_->head.size() < sizeof header) return;
    std::memcpy(&header, state_->head.data(), sizeof header);
    header.checksum = 0;
    XXH3_64bits_update(state_->hash, &header, sizeof header);
  }
  XXH3_64bits_update(state_->hash, bytes.data(), bytes.size());
}

Status RosterVerifier::result() const {
  RosterHeader header;
  if (state_->head.size() == sizeof header) {
    std::memcpy(&header, state_->head.data(), sizeof header);
    if (XXH3_64bits_digest(state_->hash) == header.checksum) return Status();
  }
  return fail(Fault::Config,
              "the roster index is damaged: its checksum is wrong; build it again with 'pantau "
              "roster build'");
}

}  // namespace pantau
