// Lines of the record format, read without a parser.
//
// Nearly all lines of an archive are strangers' acts, and all that a sweep needs of these is to
// know that. So a line is surveyed only up to where its platform and its actor are complete. And
// since a writer (a program that writes records) writes its keys in one order, the way to the
// actor of one line leads to the actor of the next: the same bytes, only the values differ. The
// skimmer remembers such ways while it runs, several writers' at once, as a trie (bytes that must
// stand there, a value, further bytes …), and follows them by comparing whole vectors of bytes.
// Where a subject acts, it goes on in the same way to the line's end.
//
// It promises three things. If it says who acts, then parsing the whole line would say the same,
// or reject the line: every byte up to the last value it needs is compared, and an escape in such
// a value or anything else unexpected makes it say nothing. (What stands behind that place is not
// looked at; of duplicate keys the first counts.) What it says of the actor depends on the line
// alone, never on what it remembers, so the lines that a sweep skims are the same however the
// work is shared out. And if it reads a line to its end, then the line is a JSON object with these
// values, but for its UTF-8 and the escapes in its values, which are left to whoever reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/layouts/skim_trie.h"

namespace pantau {

// Views of the line; empty if not given.
struct SkimmedActor {
  std::string_view platform;
  std::string_view id;
  std::string_view handle;
};

struct NamedSkimKernel {
  std::string_view name;
  SkimKernel kernel;
};

// The kernels that this processor can run, the best first.
std::vector<NamedSkimKernel> skim_kernels();

// For one thread. kChunkPaddingBytes behind every line and chunk may be read.
class LineSkimmer {
 public:
  explicit LineSkimmer(SkimKernel kernel = skim_kernels().front().kernel);

  // Who acts in the line that begins at `begin`, as far as that was learned: `walk` ends behind the
  // actor, and no line end stands before there. `end` is where the line ends, or any place behind
  // that.
  bool follow(const char* begin, const char* end, SkimWalk& walk) const;

  // Who acts in the line, learned from it; false if it must be parsed to know.
  bool learn(std::string_view line, SkimWalk& walk);

  // The one or the other.
  bool skim(std::string_view line, SkimWalk& walk) {
    return follow(line.data(), line.data() + line.size(), walk) || learn(line, walk);
  }

  // Reads on to the line's end from where follow() or learn() came; false if the line must be
  // parsed. `line` ends behind its last brace.
  bool read_on(std::string_view line, SkimWalk& walk);

 private:
  bool survey(std::string_view line, bool whole, SkimWalk& walk);
  void add_step(std::string_view literal, SkimSlot slot, SkimField field, std::uint16_t*& link);
  void add(std::string_view literal, SkimSlot slot, SkimField field, std::uint16_t*& link);

  SkimKernel kernel_;
  std::vector<SkimNode> nodes_;  // [0] is none; never more than kSkimNodesMax
  std::uint16_t root_ = 0;
  unsigned in_vain_ = 0;  // lines one after the other that reading on could not learn from
};

// The values of a walk.
std::string_view value_of(const SkimWalk& walk, SkimField field);
SkimmedActor actor_of(const SkimWalk& walk);

// The line up to its last brace if it is one object from '{' to '}' as far as its ends show, else
// nothing.
std::string_view object_in(std::string_view line);

}  // namespace pantau
