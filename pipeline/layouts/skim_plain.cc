#include "pipeline/layouts/skim_trie.h"

namespace pantau {
namespace {

class Ops {
 public:
  static bool literal_is(const char* at, const SkimNode& node) {
    for (std::size_t i = 0; i < node.literal_size; i++) {
      if (at[i] != node.literal[i]) return false;
    }
    return true;
  }

  const char* string_end(const char* at, const char* end) {
    while (at < end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20) {
      seen_ |= static_cast<unsigned char>(*at++);
    }
    return at;
  }

  bool beyond_ascii() const { return seen_ >= 0x80; }

 private:
  unsigned int seen_ = 0;
};

}  // namespace

bool skim_plain(const SkimNode* nodes, SkimWalk* walk, const char* end) {
  return follow<Ops>(nodes, walk, end);
}

}  // namespace pantau
