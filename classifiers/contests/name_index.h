// Names of many candidates, found in a text at the cost of one look-up a word.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "classifiers/text/words.h"

namespace pantau {

// Lets a map of strings be asked for a view.
struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

class NameIndex {
 public:
  // `name` as written in a list; folded, it begins with a word character. `owner` is
  // reported with each find.
  void add(std::string_view name, std::uint32_t owner);

  // Calls `found(owner, range)` for each name in `text`, a view.
  template <class Found>
  void find(std::string_view text, Found&& found) const {
    for (ByteRange word = next_word(text, 0); !word.empty(); word = next_word(text, word.end)) {
      const auto starting = by_first_word_.find(text.substr(word.start, word.end - word.start));
      if (starting == by_first_word_.end()) continue;
      for (const std::uint32_t position : starting->second) {
        const Name& name = names_[position];
        const ByteRange range = match(name, text, word.start);
        if (!range.empty()) found(name.owner, range);
      }
    }
  }

 private:
  struct Name {
    std::vector<std::string> parts;  // what stands between blanks and hyphens
    std::uint32_t owner = 0;
  };

  // The name's range if it stands at the word that begins at `word`, else an empty one.
  static ByteRange match(const Name& name, std::string_view text, std::uint32_t word);

  std::vector<Name> names_;
  std::unordered_map<std::string, std::vector<std::uint32_t>, StringHash, std::equal_to<>>
      by_first_word_;
};

}  // namespace pantau
