// Who acts in a line of the record format, without parsing it.
//
// Nearly all lines of an archive are strangers' acts, and all that a sweep needs of these is to
// know that. So a line is surveyed only up to where its platform and its actor are complete. And
// since a writer (a program that writes records) writes its keys in one order, the way to the
// actor of one line leads to the actor of the next: the same bytes, only the values differ. The
// skimmer remembers such ways while it runs, several writers' at once, as a trie (bytes that must
// stand there, a value, further bytes …), and follows them by comparing whole vectors of bytes.
//
// It promises two things. If it says who acts, then parsing the whole line would say the same, or
// reject the line: every byte up to the last value it needs is compared, and a value with an
// escape in it or anything else unexpected makes it say nothing. (What stands behind that place
// is not looked at; of duplicate keys the first counts.) And what it says depends on the line
// alone, never on what it remembers, so the lines that a sweep skims are the same however the
// work is shared out.
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

// For one thread.
class ActorSkimmer {
 public:
  explicit ActorSkimmer(SkimKernel kernel = skim_kernels().front().kernel);

  // Who acts in the line; false if the line must be parsed to know. The line is one object from
  // '{' to '}' as far as its ends show. kChunkPaddingBytes behind the line may be read.
  bool skim(std::string_view line, SkimmedActor& actor);

 private:
  bool survey(std::string_view line, SkimmedActor& actor);
  void add(std::string_view literal, SkimSlot slot, SkimField field, std::uint16_t*& link);
  void add_step(std::string_view literal, SkimSlot slot, SkimField field, std::uint16_t*& link);

  SkimKernel kernel_;
  std::vector<SkimNode> nodes_;  // [0] is none; never more than kSkimNodesMax
  std::uint16_t root_ = 0;
};

}  // namespace pantau
