// Ballot numbers in a text: "nomor urut 2", "paslon dua", 2️⃣.
#pragma once

#include <re2/re2.h>

#include <cstdint>
#include <functional>
#include <string_view>

#include "classifiers/text/byte_range.h"

namespace pantau {

// Immutable and thread-safe. The grammar stands in mentions.h.
class NumberPhrases {
 public:
  NumberPhrases();

  // Calls `found(number, range)` for each number phrase of `text`, a view.
  void find(std::string_view text,
            const std::function<void(std::uint32_t, ByteRange)>& found) const;

 private:
  void find_phrases(std::string_view text,
                    const std::function<void(std::uint32_t, ByteRange)>& found) const;

  re2::RE2 phrase_;
};

}  // namespace pantau
