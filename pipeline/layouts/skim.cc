#include "pipeline/layouts/skim.h"

#include <algorithm>
#include <cstring>

namespace pantau {
namespace {

// So many ways on from one place; a writer that needs more is not worth it.
constexpr int kWaysOnMax = 16;
constexpr int kDepthMax = 4;

struct Step {
  std::string literal;
  SkimSlot slot = SkimSlot::None;
  SkimField field = SkimField::Other;
};

// Walks through a line and notes the steps to where platform and actor are complete. Only what
// a strict reader and this one must understand alike is learned: no escapes, no floating or
// negative numbers, no arrays, no key twice.
class Surveyor {
 public:
  explicit Surveyor(std::string_view line) : line_(line) {}

  bool survey() {
    blanks();
    if (!take('{') || !object(0, false) || !complete()) return false;
    steps_.push_back({literal_, SkimSlot::End, SkimField::Other});
    return true;
  }

  const std::vector<Step>& steps() const { return steps_; }
  const SkimmedActor& actor() const { return actor_; }

 private:
  bool complete() const { return has_platform_ && has_actor_; }

  bool at(char c) const { return at_ < line_.size() && line_[at_] == c; }

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
  bool object(int depth, bool actor) {
    std::vector<std::string_view> keys;
    blanks();
    if (take('}')) return true;
    for (;;) {
      blanks();
      if (!take('"')) return false;
      const std::string_view key = until_quote();
      literal_ += key;
      if (!take('"') || std::ranges::find(keys, key) != keys.end()) return false;
      keys.push_back(key);
      blanks();
      if (!take(':')) return false;
      blanks();
      if (!value(key, depth, actor)) return false;
      if (depth == 0 && complete()) return true;
      blanks();
      if (take('}')) return true;
      if (!take(',')) return false;
    }
  }

  bool value(std::string_view key, int depth, bool actor) {
    const bool top = depth == 0;
    if (at('{')) return nested(key, depth);
    if (top && key == "actor") return false;
    if (at('"')) return string(key, top, actor);
    if (top && key == "platform") return false;
    if (at_ < line_.size() && line_[at_] >= '0' && line_[at_] <= '9') {
      if (actor && key == "handle") return false;
      const std::size_t begin = at_;
      while (at_ < line_.size() && line_[at_] >= '0' && line_[at_] <= '9') at_++;
      note(SkimSlot::Number, actor && key == "id" ? SkimField::ActorId : SkimField::Other,
           line_.substr(begin, at_ - begin));
      return at(',') || at('}') || at(' ');
    }
    if (word("null")) return true;
    return !actor && (word("true") || word("false"));
  }

  bool nested(std::string_view key, int depth) {
    const bool actor = depth == 0 && key == "actor";
    if ((depth == 0 && key == "platform") || depth == kDepthMax) return false;
    take('{');
    if (!object(depth + 1, actor)) return false;
    has_actor_ = has_actor_ || actor;
    return true;
  }

  bool string(std::string_view key, bool top, bool actor) {
    take('"');
    SkimField field = SkimField::Other;
    if (top && key == "platform") field = SkimField::Platform;
    if (actor && key == "id") field = SkimField::ActorId;
    if (actor && key == "handle") field = SkimField::ActorHandle;
    note(SkimSlot::String, field, until_quote());
    has_platform_ = has_platform_ || field == SkimField::Platform;
    return take('"');
  }

  void note(SkimSlot slot, SkimField field, std::string_view value) {
    if (field == SkimField::Platform) actor_.platform = value;
    if (field == SkimField::ActorId) actor_.id = value;
    if (field == SkimField::ActorHandle) actor_.handle = value;
    steps_.push_back({literal_, slot, field});
    literal_.clear();
  }

  bool word(std::string_view text) {
    if (!line_.substr(at_).starts_with(text)) return false;
    literal_ += text;
    at_ += text.size();
    return true;
  }

  std::string_view line_;
  std::size_t at_ = 0;
  std::string literal_;  // since the last value
  std::vector<Step> steps_;
  SkimmedActor actor_;
  bool has_platform_ = false;
  bool has_actor_ = false;
};

bool ends_as_object(std::string_view line) {
  std::size_t end = line.size();
  while (end > 0 && (line[end - 1] == '\r' || line[end - 1] == ' ' || line[end - 1] == '\t')) end--;
  return end > 0 && line[end - 1] == '}';
}

std::string_view view_of(const SkimValue& value) {
  return {value.begin, value.size};
}

}  // namespace

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

ActorSkimmer::ActorSkimmer(SkimKernel kernel) : kernel_(kernel), nodes_(1) {
  nodes_.reserve(kSkimNodesMax);
}

bool ActorSkimmer::skim(std::string_view line, SkimmedActor& actor) {
  if (!ends_as_object(line)) return false;
  SkimValue values[kSkimFields];
  if (!kernel_(nodes_.data(), root_, line.data(), line.data() + line.size(), values)) {
    return survey(line, actor);
  }
  actor.platform = view_of(values[static_cast<std::size_t>(SkimField::Platform)]);
  actor.id = view_of(values[static_cast<std::size_t>(SkimField::ActorId)]);
  actor.handle = view_of(values[static_cast<std::size_t>(SkimField::ActorHandle)]);
  return true;
}

bool ActorSkimmer::survey(std::string_view line, SkimmedActor& actor) {
  Surveyor surveyor(line);
  if (!surveyor.survey()) return false;
  actor = surveyor.actor();
  std::uint16_t* link = &root_;
  for (const Step& step : surveyor.steps()) {
    if (link != nullptr) add_step(step.literal, step.slot, step.field, link);
  }
  return true;
}

// A literal longer than a node's goes over several nodes.
void ActorSkimmer::add_step(std::string_view literal, SkimSlot slot, SkimField field,
                            std::uint16_t*& link) {
  while (literal.size() > kSkimLiteralBytesMax && link != nullptr) {
    add(literal.substr(0, kSkimLiteralBytesMax), SkimSlot::None, SkimField::Other, link);
    literal.remove_prefix(kSkimLiteralBytesMax);
  }
  if (link != nullptr) add(literal, slot, field, link);
}

// Goes along the node that says this, or makes it. `link` becomes the way on, or null if there
// are too many ways already.
void ActorSkimmer::add(std::string_view literal, SkimSlot slot, SkimField field,
                       std::uint16_t*& link) {
  for (int ways = 0; *link != 0; ways++) {
    SkimNode& node = nodes_[*link];
    if (std::string_view(node.literal, node.literal_size) == literal && node.slot == slot &&
        node.field == field) {
      link = &node.next;
      return;
    }
    if (ways == kWaysOnMax) {
      link = nullptr;
      return;
    }
    link = &node.other;
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
