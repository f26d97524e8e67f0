// What the kernels of the skimmer share: plain data and nothing of the standard library, so that
// a kernel compiled for a newer processor leaves no function behind that an older one could be
// made to run.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pantau {

inline constexpr std::size_t kSkimLiteralBytesMax = 32;
inline constexpr std::size_t kSkimNodesMax = 1024;

enum class SkimSlot : std::uint8_t { None, String, Number, End };
enum class SkimField : std::uint8_t { Platform, ActorId, ActorHandle, Other };
inline constexpr std::size_t kSkimFields = 4;

// One step through a line: these bytes, then a value. `next` are the ways on, `other` is what
// else may stand here; 0 is none.
struct SkimNode {
  char literal[kSkimLiteralBytesMax] = {};
  std::uint32_t literal_mask = 0;  // a bit for each byte of the literal
  std::uint8_t literal_size = 0;
  SkimSlot slot = SkimSlot::None;
  SkimField field = SkimField::Other;
  std::uint16_t next = 0;
  std::uint16_t other = 0;
};

// Where a value stands in the line; no bytes if it was not met.
struct SkimValue {
  const char* begin = nullptr;
  std::size_t size = 0;
};

// Follows the nodes from `node` through the line [at, end). Fills `values` by field and returns
// whether it came to an end of the trie. 64 bytes behind `end` may be read.
using SkimKernel = bool (*)(const SkimNode* nodes, std::uint16_t node, const char* at,
                            const char* end, SkimValue* values);

bool skim_plain(const SkimNode* nodes, std::uint16_t node, const char* at, const char* end,
                SkimValue* values);
bool skim_avx2(const SkimNode* nodes, std::uint16_t node, const char* at, const char* end,
               SkimValue* values);
bool skim_avx512(const SkimNode* nodes, std::uint16_t node, const char* at, const char* end,
                 SkimValue* values);

// The way through the trie, the same for every kernel. `Ops` has
//   literal_is(at, node)   whether the node's literal stands at `at`
//   string_end(at, end)    the first quote, backslash or control character at or behind `at`,
//                          or anything at or behind `end`
template <class Ops>
inline __attribute__((always_inline)) bool follow(const SkimNode* nodes, std::uint16_t node,
                                                  const char* at, const char* end,
                                                  SkimValue* values) {
  while (node != 0) {
    const SkimNode& step = nodes[node];
    const char* const value = at + step.literal_size;
    if (value > end || !Ops::literal_is(at, step)) {
      node = step.other;
      continue;
    }
    const char* behind = value;
    switch (step.slot) {
      case SkimSlot::End:
        return true;
      case SkimSlot::None:
        break;
      case SkimSlot::String:
        behind = Ops::string_end(value, end);
        break;
      case SkimSlot::Number:
        while (behind < end && *behind >= '0' && *behind <= '9') behind++;
        break;
    }
    const bool fits =
        step.slot == SkimSlot::None ||
        (step.slot == SkimSlot::String ? behind < end && *behind == '"' : behind != value);
    if (!fits) {
      node = step.other;
      continue;
    }
    if (step.slot != SkimSlot::None) {
      values[static_cast<std::size_t>(step.field)] = {value,
                                                      static_cast<std::size_t>(behind - value)};
    }
    at = behind;
    node = step.next;
  }
  return false;
}

}  // namespace pantau
