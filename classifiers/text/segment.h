// What folding makes of a segment, and of a character in it.
//
// A segment is what NFKC case folding cannot look beyond: mostly one character, a letter with its
// accents at most. So all that a segment turns into came from the segment's bytes.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pantau {

// In the folded segment all white space is U+0020; what has no place in a view is gone.
std::u32string fold_segment(std::u32string_view segment);

enum class Folding : std::uint8_t {
  Unknown,
  Character,  // it becomes one character
  Text,       // several
  Blank,
  Nothing,
  Other,  // something longer, or with a blank in it
};

// What is remembered of a character, in one word, which a register holds and an atomic takes.
class CharacterFacts {
 public:
  static constexpr std::size_t kBytesMax = 4;

  CharacterFacts() = default;
  explicit CharacterFacts(std::uint64_t word) : word_(word) {}

  std::uint64_t word() const { return word_; }

  // Of a segment that is this character alone.
  Folding folding() const { return static_cast<Folding>(word_ & 0xF); }
  void set_folding(Folding folding) { word_ |= static_cast<std::uint64_t>(folding); }

  bool begins_segment() const { return (word_ & kBeginsSegment) != 0; }
  void set_begins_segment() { word_ |= kBeginsSegment; }

  // Whether a segment with it folds to what it does without.
  bool vanishes() const { return (word_ & kVanishes) != 0; }
  void set_vanishes() { word_ |= kVanishes; }

  // The small letter that it looks like, or 0.
  char look_alike() const { return static_cast<char>(word_ >> 8 & 0x7F); }
  void set_look_alike(char letter) { word_ |= static_cast<std::uint64_t>(letter) << 8; }

  // The character or text that it becomes, and zeros behind it.
  std::array<char, kBytesMax> bytes() const {
    return std::bit_cast<std::array<char, kBytesMax>>(static_cast<std::uint32_t>(word_ >> 32));
  }
  std::size_t size() const { return word_ >> 16 & 0x7; }
  void set_bytes(std::array<char, kBytesMax> bytes, std::size_t size) {
    word_ |= std::uint64_t{std::bit_cast<std::uint32_t>(bytes)} << 32 | std::uint64_t{size} << 16;
  }

 private:
  static constexpr std::uint64_t kBeginsSegment = 1 << 4;
  static constexpr std::uint64_t kVanishes = 1 << 5;

  std::uint64_t word_ = 0;
};

// Asks ICU only once for a character of the two planes that people write in. Thread-safe.
CharacterFacts facts_of(char32_t c);

}  // namespace pantau
