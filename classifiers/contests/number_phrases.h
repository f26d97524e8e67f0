// Ballot numbers in a text: "nomor urut 2", "paslon dua", 2️⃣.
#pragma once

#include <re2/re2.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "classifiers/contests/key_index.h"
#include "classifiers/text/byte_range.h"

namespace pantau {

struct NumberPhrase {
  std::uint32_t number = 0;
  ByteRange range;
};

// Immutable and thread-safe. The grammar stands in mentions.h.
class NumberPhrases {
 public:
  NumberPhrases();

  // The keys (runs.h) of the runs that phrases of words begin with: other runs begin none.
  std::span<const std::uint64_t> first_keys() const { return first_keys_; }
  bool may_begin_with(std::uint64_t key) const { return filter_.may_contain(key); }

  // The phrase of words that begins with the run at `start` of `text`, a view.
  std::optional<NumberPhrase> at(std::string_view text, std::size_t start) const;

  // The first number in keycaps at or behind `from`, which is in none.
  static std::optional<NumberPhrase> next_keycaps(std::string_view text, std::size_t from);

 private:
  std::vector<std::uint64_t> first_keys_;
  KeyFilter filter_;
  re2::RE2 phrase_;
};

}  // namespace pantau
