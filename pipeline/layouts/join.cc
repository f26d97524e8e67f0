#include "pipeline/layouts/join.h"

#include <algorithm>

namespace pantau {

std::string_view join(std::initializer_list<std::string_view> parts, Arena& arena) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  char* const joined = arena.allocate(size);
  char* out = joined;
  for (const std::string_view part : parts) out = std::copy(part.begin(), part.end(), out);
  return {joined, size};
}

}  // namespace pantau
