// The first lines of a file, to recognise whose they are.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pantau {

// The fields of a line's object, in order; values only of strings.
struct HeadLine {
  std::vector<std::pair<std::string, std::string>> fields;

  bool has(std::string_view key) const;
  std::string_view string(std::string_view key) const;  // "" if there is none
};

// Those of the first lines that are JSON objects. One cut off at the end of
// `head` is none.
std::vector<HeadLine> json_head_lines(std::string_view head);

}  // namespace pantau
