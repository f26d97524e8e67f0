// Which expressions could match a text at all.
//
// Most expressions cannot match without certain literals ("coblos" or "pilih" or "dukung"). RE2
// works out which (FilteredRE2); of these the filter keeps the fewest and rarest such that no
// match is possible without one of them, and looks at each position of a text for the rarest
// four bytes (or three) of each: one hash and one bit for thousands of literals, and no
// automaton, whose tables would not stay in the cache. What it lets through, RE2 judges.
//
// The filter may only save time: it never says no to an expression that matches. An expression
// without a literal of at least kLiteralBytesMin bytes is always let through.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pantau {

inline constexpr int kLiteralBytesMin = 3;

// Immutable once built; any number of threads may scan.
class LiteralFilter {
 public:
  // Expression sources, by position; all of them compile. Folded text is what they see.
  explicit LiteralFilter(std::span<const std::string_view> expressions);

  // Calls `candidate(position)` for each expression that could match `text`, perhaps several
  // times, those of always() left out.
  template <class Candidate>
  void scan(std::string_view text, Candidate&& candidate) const {
    for (std::size_t at = 0; at + kLiteralBytesMin <= text.size(); at++) {
      const std::uint32_t three = load_three(text.data() + at);
      check(text, at, hash(three, 3), candidate);
      if (at + 4 > text.size()) continue;
      const auto fourth = static_cast<unsigned char>(text[at + 3]);
      check(text, at, hash(three | std::uint32_t{fourth} << 24, 4), candidate);
    }
  }

  // The expressions that nothing can be looked for in, and that are searched in every text.
  std::span<const std::uint32_t> always() const { return always_; }

 private:
  // A literal, found by `window` of its bytes.
  struct Literal {
    std::string text;
    std::uint32_t window_at = 0;
    std::uint32_t expression = 0;
    std::uint32_t next = kNone;  // of the same hash
  };
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr unsigned kHashBits = 16;

  static std::uint32_t load_three(const char* at) {
    const auto byte = [at](int i) { return std::uint32_t{static_cast<unsigned char>(at[i])}; };
    return byte(0) | byte(1) << 8 | byte(2) << 16;
  }

  static std::uint32_t hash(std::uint32_t bytes, std::uint32_t size) {
    return (bytes * 0x9E3779B1U + size * 0x85EBCA6BU) >> (32 - kHashBits);
  }

  template <class Candidate>
  void check(std::string_view text, std::size_t at, std::uint32_t hash,
             Candidate&& candidate) const {
    if ((bits_[hash >> 6] >> (hash & 63) & 1) == 0) return;
    for (std::uint32_t i = first_[hash]; i != kNone; i = literals_[i].next) {
      const Literal& literal = literals_[i];
      if (at < literal.window_at) continue;
      if (text.substr(at - literal.window_at).starts_with(literal.text)) {
        candidate(literal.expression);
      }
    }
  }

  void add(std::string literal, std::uint32_t expression);

  std::vector<Literal> literals_;
  std::vector<std::uint32_t> first_;  // by hash
  std::vector<std::uint64_t> bits_;   // by hash: whether first_ has one
  std::vector<std::uint32_t> always_;
};

}  // namespace pantau
