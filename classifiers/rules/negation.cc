#include "classifiers/rules/negation.h"

#include <algorithm>

#include "classifiers/text/utf8.h"
#include "classifiers/text/words.h"

namespace pantau {
namespace {

// What lies behind the end of a negation, as far as it was read. Places come in their order, so
// each character of a text is read once, however many of both there are.
class Behind {
 public:
  explicit Behind(std::string_view text) : text_(text) {}

  void begin(std::size_t end) {
    at_ = end;
    words_ = 0;
    in_word_ = false;
    sentence_ended_ = false;
  }

  void read_to(std::size_t end) {
    while (at_ < end) {
      const char32_t c = next_character(text_, at_);
      const bool in_word = is_word_character(c);
      if (in_word && !in_word_) words_++;
      in_word_ = in_word;
      sentence_ended_ |= c == U'.' || c == U'!' || c == U'?';
    }
  }

  bool negates(std::uint32_t words_max) const { return !sentence_ended_ && words_ <= words_max; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t words_ = 0;
  bool in_word_ = false;
  bool sentence_ended_ = false;
};

}  // namespace

// The last negation before a place decides: all others have more words, and sentences, between.
void keep_unnegated(const Places& places, std::span<const std::uint32_t> ends,
                    std::uint32_t words_max, std::string_view text, Places& counting) {
  counting.clear();
  Behind behind(text);
  std::size_t passed = 0;  // ends at or before the place
  for (const ByteRange& place : places.ranges()) {
    const std::size_t before = passed;
    while (passed < ends.size() && ends[passed] <= place.start) passed++;
    if (passed != before) behind.begin(ends[passed - 1]);
    if (passed != 0) behind.read_to(place.start);
    if (passed == 0 || !behind.negates(words_max)) counting.add(place);
  }
  counting.sort();
}

}  // namespace pantau
