// Made-up patterns and the rules that use them, in the shapes that people write.
//
// Some lean on a word that no other text has; most on a phrase whose every word is common, so
// that a search for their words meets many of them and few whole ones.
#pragma once

#include <cstdint>
#include <string>

namespace pantau::bench {

struct MadePattern {
  std::string expression;  // RE2
  std::string sample;      // a text that it matches
};

// Patterns are the same whatever the size of the pack: that of ten is the head of that of ten
// thousand.
MadePattern make_pattern(std::uint64_t seed, std::uint64_t number);

// A pack (CONTRACT.md §7) of the first `patterns` patterns.
std::string rule_pack_toml(std::uint64_t seed, std::uint64_t patterns);

}  // namespace pantau::bench
