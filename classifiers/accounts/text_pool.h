// The texts that a piece of a list speaks of, numbered: platforms, regions, documents, persons.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace pantau {

std::uint64_t text_hash(std::string_view text);

// Keeps a copy of each text, until it is cleared for the next piece; up to 4 GB of them.
class TextPool {
 public:
  // The text's number; a new one if it has none. A text that was only ever added has none.
  std::uint32_t number_of(std::string_view text);

  // The same, for texts of which there are only a few.
  std::uint32_t number_of_few(std::string_view text) {
    if (!text.empty()) {
      std::uint32_t& recent =
          recent_[(text.size() + static_cast<unsigned char>(text[0])) % kRecent];
      if (recent >= size() || this->text(recent) != text) recent = number_of(text);
      return recent;
    }
    return number_of(text);
  }

  // A new number, even if the text has one. Texts whose repetitions mostly stand together need
  // no more, because whoever numbers the texts of all pieces finds the others.
  std::uint32_t add(std::string_view text) { return add(text, text_hash(text)); }

  std::uint32_t size() const { return static_cast<std::uint32_t>(hashes_.size()); }
  std::size_t bytes() const { return bytes_.size(); }
  std::uint64_t hash(std::uint32_t number) const { return hashes_[number]; }
  std::string_view text(std::uint32_t number) const {
    return {bytes_.data() + begins_[number], begins_[number + 1] - begins_[number]};
  }

  void clear();

 private:
  // With where the text stands: a second array to ask would be a second wait for memory.
  struct Slot {
    std::uint32_t hash_high = 0;
    std::uint32_t number_and_1 = 0;  // 0: free
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
  };

  std::uint32_t add(std::string_view text, std::uint64_t hash);
  void grow();

  std::vector<char> bytes_;
  std::vector<std::uint32_t> begins_ = {0};  // in bytes_, of each text and of the next
  std::vector<std::uint64_t> hashes_;
  static constexpr std::size_t kRecent = 16;
  std::array<std::uint32_t, kRecent> recent_ = {};
  std::vector<Slot> slots_;  // open addressing, a power of two
};

}  // namespace pantau
