#include "pipeline/evidence/json_text.h"

#include "pipeline/archive/chunk.h"

namespace pantau {

std::optional<JsonText> JsonText::parse(std::string_view text) {
  JsonText result;
  Parts& parts = *result.parts_;
  parts.bytes.assign(text);
  parts.bytes.append(kChunkPaddingBytes, '\0');
  const std::string_view line = std::string_view(parts.bytes).substr(0, text.size());
  if (!parts.tree.read(line, parts.arena).empty()) return std::nullopt;
  return result;
}

}  // namespace pantau
