// What the kernels of the skimmer share: plain data and nothing of the standard library, so that
// a kernel compiled for a newer processor leaves no function behind that an older one could be
// made to run.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pantau {

inline constexpr std::size_t kSkimLiteralBytesMax = 32;
inline constexpr std::size_t kSkimNodesMax = 1024;

// What stands behind a node's literal. Actor is no value but the place where platform and actor
// are known: skimming stops there, reading goes on behind it. End is the line's end.
enum class SkimSlot : std::uint8_t { None, String, Number, Actor, End };

// The values that a record has; the first three say who acts.
enum class SkimField : std::uint8_t {
  Platform,
  ActorId,
  ActorHandle,
  Kind,
  Id,
  ActorName,
  TargetId,
  TargetHandle,
  TargetName,
  ObjectId,
  Text,
  CreatedAt,
  ObservedAt,
  Url,
  Provenance,
  Other,  // and what it does not have
};
inline constexpr std::size_t kSkimFields = 16;

// Escapes are left in a value for whoever reads it; in those that are compared as they stand there
// must be none.
constexpr bool may_have_escapes(SkimField field) {
  return field > SkimField::ActorHandle;
}

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

// What a value is; the first three as the slots of the same names. A null is absent.
enum class SkimType : std::uint8_t { Absent, String, Number, Unfit };

// A value as it stands in the line.
struct SkimValue {
  const char* begin;
  std::uint32_t size;
  bool escaped;  // some escape is in it
};

// How far a line was followed, and what was met on the way.
struct SkimWalk {
  const char* at = nullptr;
  std::uint16_t node = 0;      // what may stand there
  bool escaped = false;        // some value is
  bool beyond_ascii = false;   // some value may be; a no is certain
  bool other_escaped = false;  // some value that no field of a record is
  SkimType types[kSkimFields] = {};
  SkimValue values[kSkimFields];  // of those that are not absent; not cleared, to save the time
};

// Goes on with a walk to the next Actor or End and returns whether it came there. `end` is where
// the line ends, or somewhere behind that: no walk leads over a line end. 64 bytes behind `end`
// may be read.
using SkimKernel = bool (*)(const SkimNode* nodes, SkimWalk* walk, const char* end);

bool skim_plain(const SkimNode* nodes, SkimWalk* walk, const char* end);
bool skim_avx2(const SkimNode* nodes, SkimWalk* walk, const char* end);
bool skim_avx512(const SkimNode* nodes, SkimWalk* walk, const char* end);

// Behind a string that begins at `value`: where its closing quote stands, or null. For strings
// with an escape, or without an end.
template <class Ops>
inline __attribute__((noinline)) const char* escaped_string_end(const SkimNode& step,
                                                                const char* value,
                                                                const char* end) {
  Ops ops;
  const char* behind = ops.string_end(value, end);
  // A backslash before a line end is no escape, and must not lead over it.
  while (behind < end && *behind == '\\' && may_have_escapes(step.field) &&
         static_cast<unsigned char>(behind[1]) >= 0x20) {
    behind = ops.string_end(behind + 2, end);
  }
  return behind < end && *behind == '"' ? behind : nullptr;
}

// Behind a number that begins at `value`, or null.
inline __attribute__((always_inline)) const char* number_end(const char* value, const char* end) {
  const char* behind = value;
  while (behind < end && *behind >= '0' && *behind <= '9') behind++;
  return behind != value && (*value != '0' || behind == value + 1) ? behind : nullptr;
}

// The way through the trie, the same for every kernel. `Ops` has
//   literal_is(at, node)   whether the node's literal stands at `at`
//   string_end(at, end)    the first quote, backslash or control character at or behind `at`,
//                          or anything at or behind `end`
//   beyond_ascii()         whether some byte that string_end() went by is not ASCII; also if only
//                          a byte near behind is
// Nearly all steps are strings without an escape; what else there is stays out of their way.
template <class Ops>
inline __attribute__((always_inline)) bool follow(const SkimNode* nodes, SkimWalk* walk,
                                                  const char* end) {
  Ops ops;
  const char* at = walk->at;
  for (std::uint32_t node = walk->node; node != 0;) {
    const SkimNode& step = nodes[node];
    const char* const value = at + step.literal_size;
    node = step.other;
    if (!ops.literal_is(at, step) || value > end) continue;
    const char* behind = value;
    bool escaped = false;
    if (__builtin_expect(static_cast<long>(step.slot == SkimSlot::String), 1) != 0) {
      behind = ops.string_end(value, end);
      if (behind >= end || *behind != '"') {
        behind = escaped_string_end<Ops>(step, value, end);
        if (behind == nullptr) continue;
        escaped = true;
      }
    } else if (step.slot == SkimSlot::Actor) {
      walk->at = value;
      walk->node = step.next;
      walk->beyond_ascii |= ops.beyond_ascii();
      return true;
    } else if (step.slot == SkimSlot::End) {
      if (value != end) continue;
      walk->beyond_ascii |= ops.beyond_ascii();
      return true;
    } else if (step.slot == SkimSlot::Number) {
      behind = number_end(value, end);
      if (behind == nullptr) continue;
    }
    if (step.slot != SkimSlot::None) {
      walk->values[static_cast<std::size_t>(step.field)] = {
          value, static_cast<std::uint32_t>(behind - value), escaped};
      walk->types[static_cast<std::size_t>(step.field)] = static_cast<SkimType>(step.slot);
      if (escaped) {
        walk->escaped = true;
        walk->beyond_ascii = true;  // perhaps
        walk->other_escaped |= step.field == SkimField::Other;
      }
    }
    at = behind;
    node = step.next;
  }
  return false;
}

}  // namespace pantau
