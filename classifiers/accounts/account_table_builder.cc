#include "classifiers/accounts/account_table_builder.h"

#include <algorithm>

namespace pantau {
namespace {

constexpr std::size_t kFilterBitsPerKey = 12;  // some 0.5 % of strangers pass
constexpr std::size_t kKeysPerLine = 10;       // of twelve: one key in twenty overflows

std::size_t rounded_up(std::size_t dividend, std::size_t divisor) {
  return (dividend + divisor - 1) / divisor;
}

}  // namespace

AccountTableBuilder::AccountTableBuilder(std::size_t keys, std::size_t parts,
                                         std::pmr::memory_resource* memory)
    : words_in_part_(rounded_up(rounded_up(keys, parts) * kFilterBitsPerKey, 64)),
      lines_in_part_(rounded_up(rounded_up(keys, parts), kKeysPerLine)),
      filter_(words_in_part_ * parts, memory),
      lines_(lines_in_part_ * parts, memory),
      parts_(parts) {}

// One part while it is filled.
class AccountTableBuilder::Filling {
 public:
  Filling(AccountTableBuilder& table, std::size_t part)
      : filter_(table.filter_.span()),
        lines_(table.lines_.span()),
        first_(part * table.lines_in_part_),
        end_(first_ + table.lines_in_part_),
        part_(table.parts_[part]),
        hashes_(table.lines_in_part_ * AccountLine::kSlots) {
    std::ranges::fill(filter_.subspan(part * table.words_in_part_, table.words_in_part_), 0);
    std::ranges::fill(lines_.subspan(first_, table.lines_in_part_), AccountLine());
  }

  void add(AccountHash hash, std::uint32_t ref) {
    filter_[hash.below(filter_.size())] |= hash.filter_bits();
    for (std::size_t at = hash.below(lines_.size()); at < end_; at++) {
      AccountLine& line = lines_[at];
      std::uint64_t* const hashes = &hashes_[(at - first_) * AccountLine::kSlots];
      for (std::uint32_t same = line.with_tag(hash.tag()); same != 0; same &= same - 1) {
        const auto slot = static_cast<std::size_t>(std::countr_zero(same));
        if (hashes[slot] != hash.bits) continue;
        part_.repeats.push_back({at * AccountLine::kSlots + slot, ref});
        return;
      }
      if (line.used < AccountLine::kSlots) {
        hashes[line.used] = hash.bits;
        line.tags[line.used] = hash.tag();
        line.refs[line.used++] = ref;
        return;
      }
      line.overflowed = 1;
    }
    part_.overflow.emplace_back(hash, ref);
  }

 private:
  std::span<std::uint64_t> filter_;
  std::span<AccountLine> lines_;
  std::size_t first_;  // the part's lines
  std::size_t end_;
  Part& part_;
  std::vector<std::uint64_t> hashes_;  // of each slot
};

void AccountTableBuilder::fill(std::size_t part, std::span<const AccountKeyRun> runs) {
  if (lines_in_part_ == 0) return;
  Filling filling(*this, part);
  for (const AccountKeyRun& run : runs) {
    for (const AccountKey& key : run.keys) filling.add(key.hash(), run.base + key.ref);
  }
}

void AccountTableBuilder::finish(std::vector<std::uint32_t>& lists) {
  for (std::size_t part = 0; part < parts_.size(); part++) place_overflow(part);
  for (Part& part : parts_) make_lists(part, lists);
}

// What goes beyond the part's last line stands in the first lines behind it that have room.
void AccountTableBuilder::place_overflow(std::size_t part) {
  const std::span<AccountLine> lines = lines_.span();
  std::size_t at = (part + 1) * lines_in_part_;
  for (const AccountKey& key : parts_[part].overflow) {
    while (at >= lines.size() || lines[at].used == AccountLine::kSlots) {
      if (at < lines.size()) lines[at].overflowed = 1;
      at = at < lines.size() ? at + 1 : 0;
    }
    AccountLine& line = lines[at];
    line.tags[line.used] = key.hash().tag();
    line.refs[line.used++] = key.ref;
  }
}

void AccountTableBuilder::make_lists(Part& part, std::vector<std::uint32_t>& lists) {
  const std::span<AccountLine> lines = lines_.span();
  std::vector<Repeat>& repeats = part.repeats;
  std::ranges::stable_sort(repeats, {}, &Repeat::slot);
  for (std::size_t first = 0; first < repeats.size();) {
    const std::uint64_t slot = repeats[first].slot;
    std::size_t end = first;
    while (end < repeats.size() && repeats[end].slot == slot) end++;
    std::uint32_t& ref = lines[slot / AccountLine::kSlots].refs[slot % AccountLine::kSlots];
    const auto position = static_cast<std::uint32_t>(lists.size());
    lists.push_back(static_cast<std::uint32_t>(end - first + 1));
    lists.push_back(ref);
    for (; first < end; first++) lists.push_back(repeats[first].ref);
    ref = kRefIsList | position;
  }
}

}  // namespace pantau
