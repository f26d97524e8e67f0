// Where a page of a list ended: the numbers of its last row by which the list is sorted.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "pipeline/desk/answer.h"

namespace pantau {

// Reads "17.42", `count` numbers; of "", the first page, they are less than any.
Answer<std::vector<std::int64_t>> numbers_of_cursor(const std::string& after, std::size_t count);

inline std::string cursor_of_numbers(std::span<const std::int64_t> numbers) {
  return fmt::format("{}", fmt::join(numbers, "."));
}

}  // namespace pantau
