// A request's JSON body: one object, from outside, so everything of it may be missing or wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/arena.h"
#include "pipeline/desk/answer.h"
#include "pipeline/layouts/json_tree.h"

namespace pantau {

inline constexpr std::size_t kBodyListMax = 10'000;  // elements of a list in a body

class RequestBody {
 public:
  // False if `json` is no JSON object.
  bool read(std::string json);

  JsonNode root() const { return tree_.root(); }

  // A text; "" if it is missing, null or no text.
  std::string text(std::string_view key) const { return std::string(root()[key].string()); }
  // A whole number; a text of digits counts as well.
  std::optional<std::int64_t> number(std::string_view key) const;
  bool is_true(std::string_view key) const { return root()[key].is_true(); }
  bool has(std::string_view key) const { return !root()[key].is_absent(); }

  // Refused (Invalid, naming the field) if it is missing.
  Answer<std::string> needed_text(std::string_view key) const;
  Answer<std::int64_t> needed_number(std::string_view key) const;
  // A list of texts, or of whole numbers; empty if it is missing, refused if it is something else.
  Answer<std::vector<std::string>> texts(std::string_view key) const;
  Answer<std::vector<std::int64_t>> numbers(std::string_view key) const;

 private:
  std::string bytes_;
  Arena arena_;
  JsonTree tree_;
};

// A whole number with a sign and nothing else; nothing for any other text.
std::optional<std::int64_t> read_whole_number(std::string_view text);

}  // namespace pantau
