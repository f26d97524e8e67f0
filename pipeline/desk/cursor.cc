#include "pipeline/desk/cursor.h"

#include <charconv>
#include <limits>

namespace pantau {

Answer<std::vector<std::int64_t>> numbers_of_cursor(const std::string& after, std::size_t count) {
  std::vector<std::int64_t> numbers(count, std::numeric_limits<std::int64_t>::min());
  if (after.empty()) return numbers;
  const char* at = after.data();
  const char* const end = at + after.size();
  bool is_sound = true;
  for (std::size_t i = 0; i < count && is_sound; i++) {
    if (i > 0) is_sound = at != end && *at++ == '.';
    const auto read = std::from_chars(at, end, numbers[i]);
    is_sound = is_sound && read.ec == std::errc();
    at = read.ptr;
  }
  if (is_sound && at == end) return numbers;
  return refuse(Refused::Invalid, "the page cannot be found: \"after\" is not as it was given");
}

}  // namespace pantau
