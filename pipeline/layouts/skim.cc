#include "pipeline/layouts/skim.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace pantau {
namespace {

// So many ways on from one place; a writer that needs more is not worth it.
constexpr int kWaysOnMax = 16;
constexpr int kDepthMax = 4;

// Of each key it is asked whether it came before, at the cost of the square of their number.
constexpr std::size_t kKeysMax = 64;

// Where so many lines could not be learned from, one in so many is still tried.
constexpr unsigned kInVainMax = 64;

struct Step {
  std::string literal;
  SkimSlot slot = SkimSlot::None;
  SkimField field = SkimField::Other;
};

// Whose fields an object holds.
enum class Place : std::uint8_t { Top, Actor, Target, Elsewhere };

struct KnownKey {
  Place place;
  std::string_view key;
  SkimField field;
};

constexpr std::array kKnownKeys = {
    KnownKey{Place::Top, "platform", SkimField::Platform},
    KnownKey{Place::Top, "kind", SkimField::Kind},
    KnownKey{Place::Top, "id", SkimField::Id},
    KnownKey{Place::Top, "object_id", SkimField::ObjectId},
    KnownKey{Place::Top, "text", SkimField::Text},
    KnownKey{Place::Top, "created_at", SkimField::CreatedAt},
    KnownKey{Place::Top, "observed_at", SkimField::ObservedAt},
    KnownKey{Place::Top, "url", SkimField::Url},
    KnownKey{Place::Top, "provenance", SkimField::Provenance},
    KnownKey{Place::Actor, "id", SkimField::ActorId},
    KnownKey{Place::Actor, "handle", SkimField::ActorHandle},
    KnownKey{Place::Actor, "name", SkimField::ActorName},
    KnownKey{Place::Target, "id", SkimField::TargetId},
    KnownKey{Place::Target, "handle", SkimField::TargetHandle},
    KnownKey{Place::Target, "name", SkimField::TargetName},
};

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

SkimField field_of(Place place, std::string_view key) {
  const auto* const known = std::ranges::find_if(kKnownKeys, [&](const KnownKey& candidate) {
    return candidate.place == place && candidate.key == key;
  });
  return known == kKnownKeys.end() ? SkimField::Other : known->field;
}

Place place_of(std::string_view key) {
  if (key == "actor") return Place::Actor;
  return key == "target" ? Place::Target : Place::Elsewhere;
}

// Walks through a line and notes the steps to where platform and actor are complete, and perhaps
// on to its end. Only what a strict reader and this one must understand alike is learned: no
// escapes in keys, no floating or negative numbers, no arrays, no key twice, no value of a kind
// that its field does not have.
class Surveyor {
 public:
  // `whole`: to the end, else to where it is known who acts.
  Surveyor(std::string_view line, bool whole) : line_(line), whole_(whole) {}

  bool survey() {
    blanks();
    if (!take('{') || !object(0, Place::Top) || !knows_actor()) return false;
    if (!whole_) return true;
    if (at_ != line_.size()) return false;
    step(SkimSlot::End, SkimField::Other);
    return true;
  }

  const std::vector<Step>& steps() const { return steps_; }
  const SkimWalk& walk() const { return walk_; }

 private:
  bool knows_actor() const { return walk_.at != nullptr; }
  bool done() const { return knows_actor() && !whole_; }

  bool at(char c) const { return at_ < line_.size() && line_[at_] == c; }
  bool at_digit() const { return at_ < line_.size() && line_[at_] >= '0' && line_[at_] <= '9'; }

  bool take(char c) {
    if (!at(c)) return false;
    literal_ += c;
    at_++;
    return true;
  }

  void blanks() {
    while (at(' ') || at('\t')) take(line_[at_]);
  }

  std::string_view until_quote() {
    const std::size_t begin = at_;
    while (at_ < line_.size() && line_[at_] != '"' && line_[at_] != '\\' &&
           static_cast<unsigned char>(line_[at_]) >= 0x20) {
      at_++;
    }
    return line_.substr(begin, at_ - begin);
  }

  // The fields of an object whose '{' was taken. True if all of it, or all that is needed, was
  // understood.
  bool object(int depth, Place place) {
    std::vector<std::string_view> keys;
    blanks();
    if (take('}')) return true;
    for (;;) {
      blanks();
      if (!take('"')) return false;
      const std::string_view key = until_quote();
      if (!is_ascii(key)) return false;  // nobody would look again whether it is UTF-8
      literal_ += key;
      if (!take('"') || keys.size() == kKeysMax) return false;
      if (std::ranges::find(keys, key) != keys.end()) return false;
      keys.push_back(key);
      blanks();
      if (!take(':')) return false;
      blanks();
      if (!value(key, depth, place)) return false;
      if (depth == 0) note_actor();
      if (done()) return true;
      blanks();
      if (take('}')) return true;
      if (!take(',')) return false;
    }
  }

  bool value(std::string_view key, int depth, Place place) {
    const SkimField field = field_of(place, key);
    const bool is_known = field != SkimField::Other;
    if (at('{')) return !is_known && nested(key, depth, place);
    if (place == Place::Top && key == "actor") return false;
    if (at('"')) return string(field);
    if (field == SkimField::Platform) return false;
    if (at_digit()) return field != SkimField::ActorHandle && number(field);
    if (word("null")) return true;
    return !is_known && (word("true") || word("false"));
  }

  bool nested(std::string_view key, int depth, Place place) {
    if (depth == kDepthMax) return false;
    const Place inside = place == Place::Top ? place_of(key) : Place::Elsewhere;
    take('{');
    if (!object(depth + 1, inside)) return false;
    has_actor_ = has_actor_ || inside == Place::Actor;
    return true;
  }

  bool string(SkimField field) {
    take('"');
    const std::size_t begin = at_;
    bool escaped = false;
    until_quote();
    while (at('\\') && may_have_escapes(field) && at_ + 1 < line_.size() &&
           static_cast<unsigned char>(line_[at_ + 1]) >= 0x20) {
      escaped = true;
      at_ += 2;
      until_quote();
    }
    note(SkimSlot::String, field, begin, escaped);
    has_platform_ = has_platform_ || field == SkimField::Platform;
    return take('"');
  }

  bool number(SkimField field) {
    const std::size_t begin = at_;
    while (at_digit()) at_++;
    if (line_[begin] == '0' && at_ > begin + 1) return false;
    note(SkimSlot::Number, field, begin, false);
    return at(',') || at('}') || at(' ') || at('\t');
  }

  void note(SkimSlot slot, SkimField field, std::size_t begin, bool escaped) {
    walk_.values[static_cast<std::size_t>(field)] = {
        line_.data() + begin, static_cast<std::uint32_t>(at_ - begin), escaped};
    walk_.types[static_cast<std::size_t>(field)] = static_cast<SkimType>(slot);
    walk_.escaped |= escaped;
    walk_.other_escaped |= escaped && field == SkimField::Other;
    step(slot, field);
  }

  // Behind a field of the line's own object: whether it is known by now who acts.
  void note_actor() {
    if (knows_actor() || !has_platform_ || !has_actor_) return;
    walk_.at = line_.data() + at_;
    step(SkimSlot::Actor, SkimField::Other);
  }

  void step(SkimSlot slot, SkimField field) {
    steps_.push_back({std::exchange(literal_, {}), slot, field});
  }

  bool word(std::string_view text) {
    if (!line_.substr(at_).starts_with(text)) return false;
    literal_ += text;
    at_ += text.size();
    return true;
  }

  std::string_view line_;
  bool whole_;
  std::size_t at_ = 0;
  std::string literal_;  // since the last value
  std::vector<Step> steps_;
  SkimWalk walk_;  // `at` is set once the actor is known
  bool has_platform_ = false;
  bool has_actor_ = false;
};

}  // namespace

std::string_view object_in(std::string_view line) {
  std::size_t end = line.size();
  while (end > 0 && (line[end - 1] == '\r' || line[end - 1] == ' ' || line[end - 1] == '\t')) end--;
  return end > 0 && line[end - 1] == '}' ? line.substr(0, end) : std::string_view();
}

std::string_view value_of(const SkimWalk& walk, SkimField field) {
  const auto position = static_cast<std::size_t>(field);
  if (walk.types[position] == SkimType::Absent) return {};
  return {walk.values[position].begin, walk.values[position].size};
}

SkimmedActor actor_of(const SkimWalk& walk) {
  return {value_of(walk, SkimField::Platform), value_of(walk, SkimField::ActorId),
          value_of(walk, SkimField::ActorHandle)};
}

std::vector<NamedSkimKernel> skim_kernels() {
  std::vector<NamedSkimKernel> kernels;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
    kernels.push_back({"avx512", skim_avx512});
  }
  if (__builtin_cpu_supports("avx2")) kernels.push_back({"avx2", skim_avx2});
#endif
  kernels.push_back({"plain", skim_plain});
  return kernels;
}

LineSkimmer::LineSkimmer(SkimKernel kernel) : kernel_(kernel), nodes_(1) {
  nodes_.reserve(kSkimNodesMax);
}

bool LineSkimmer::follow(const char* begin, const char* end, SkimWalk& walk) const {
  walk.at = begin;
  walk.node = root_;
  walk.escaped = false;
  walk.other_escaped = false;
  walk.beyond_ascii = false;
  std::memset(walk.types, 0, sizeof walk.types);
  return kernel_(nodes_.data(), &walk, end);
}

bool LineSkimmer::learn(std::string_view line, SkimWalk& walk) {
  return survey(line, false, walk);
}

bool LineSkimmer::read_on(std::string_view line, SkimWalk& walk) {
  if (kernel_(nodes_.data(), &walk, line.data() + line.size())) return true;
  // A survey costs more than parsing the line; it is for what comes again.
  const bool hopeless = nodes_.size() == kSkimNodesMax || in_vain_ >= kInVainMax;
  in_vain_++;
  if (hopeless && in_vain_ % kInVainMax != 0) return false;
  if (!survey(line, true, walk)) return false;
  in_vain_ = 0;
  return true;
}

bool LineSkimmer::survey(std::string_view line, bool whole, SkimWalk& walk) {
  Surveyor surveyor(line, whole);
  if (!surveyor.survey()) return false;
  walk = surveyor.walk();
  walk.beyond_ascii = true;  // perhaps: nobody has looked
  std::uint16_t* link = &root_;
  for (const Step& step : surveyor.steps()) add_step(step.literal, step.slot, step.field, link);
  // Behind the actor, reading goes on where others were read before.
  walk.node = link == nullptr || whole ? std::uint16_t{0} : *link;
  return true;
}

// A literal longer than a node's goes over several nodes.
void LineSkimmer::add_step(std::string_view literal, SkimSlot slot, SkimField field,
                           std::uint16_t*& link) {
  while (literal.size() > kSkimLiteralBytesMax) {
    add(literal.substr(0, kSkimLiteralBytesMax), SkimSlot::None, SkimField::Other, link);
    literal.remove_prefix(kSkimLiteralBytesMax);
  }
  add(literal, slot, field, link);
}

// Goes along the node that says this, or makes it, unless there are too many ways already.
void LineSkimmer::add(std::string_view literal, SkimSlot slot, SkimField field,
                      std::uint16_t*& link) {
  if (link == nullptr) return;
  for (int ways = 0; *link != 0; ways++) {
    SkimNode& node = nodes_[*link];
    if (std::string_view(node.literal, node.literal_size) == literal && node.slot == slot &&
        node.field == field) {
      link = &node.next;
      return;
    }
    link = ways < kWaysOnMax ? &node.other : nullptr;
    if (link == nullptr) return;
  }
  if (nodes_.size() == kSkimNodesMax) {
    link = nullptr;
    return;
  }
  *link = static_cast<std::uint16_t>(nodes_.size());
  SkimNode& node = nodes_.emplace_back();  // reserved: the links stay where they are
  std::memcpy(node.literal, literal.data(), literal.size());
  node.literal_size = static_cast<std::uint8_t>(literal.size());
  node.literal_mask = static_cast<std::uint32_t>((std::uint64_t{1} << literal.size()) - 1);
  node.slot = slot;
  node.field = field;
  link = &node.next;
}

}  // namespace pantau
