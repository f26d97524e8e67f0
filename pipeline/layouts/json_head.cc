#include "pipeline/layouts/json_head.h"

#include <algorithm>

#include "classifiers/base/arena.h"
#include "pipeline/archive/chunk.h"
#include "pipeline/layouts/json_line.h"

namespace pantau {
namespace {

// The first line may be damaged or of another kind; a few decide.
constexpr std::size_t kLinesMax = 10;

std::string_view next_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

}  // namespace

bool HeadLine::has(std::string_view key) const {
  return std::ranges::any_of(fields, [key](const auto& field) { return field.first == key; });
}

std::string_view HeadLine::string(std::string_view key) const {
  const auto found =
      std::ranges::find_if(fields, [key](const auto& field) { return field.first == key; });
  return found == fields.end() ? std::string_view() : found->second;
}

std::vector<HeadLine> json_head_lines(std::string_view head) {
  std::vector<HeadLine> lines;
  JsonLine json;
  Arena arena;
  for (std::size_t i = 0; i < kLinesMax && !head.empty(); i++) {
    const std::string_view text = next_line(head);
    std::string padded(text);
    padded.append(kChunkPaddingBytes, '\0');
    HeadLine line;
    const auto keep = [&line](std::string_view key, JsonValue& value) {
      JsonField field;
      value.take(field);
      line.fields.emplace_back(key, field.string());
    };
    const bool is_object =
        json.read(std::string_view(padded).substr(0, text.size()), arena, keep).empty();
    if (is_object) lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace pantau
