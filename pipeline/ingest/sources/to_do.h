// What a source has still to ask, as the text of its cursor.
//
// Most platforms are asked in the same way: a list is read page by page, and each thing on a page
// leads to more questions (who liked this post, what was answered to it). So a cursor is a stack
// of tasks: the answer to the last one takes it away and puts on what follows from it, and a round
// is over when none is left. Asked in depth first, the stack stays as short as one page of each
// kind of list. Beside the tasks stand facts, which outlive the round: whose handle was found to
// be which id, how many requests a day has seen.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pantau {

// A kind, then what it is about. Any bytes.
using Task = std::vector<std::string>;

struct ToDo {
  std::vector<Task> tasks;  // the last one is next
  std::map<std::string, std::string, std::less<>> facts;

  // One line for each. `stamp` tells the configurations apart that tasks were made for.
  std::string text(std::string_view stamp) const;

  std::string_view fact(std::string_view name) const;  // "" if there is none

  // Puts on what is to be done next, in this order.
  void push(std::vector<Task> next);
};

// What text() wrote; nothing if it was not that. The tasks of another stamp are left out: they
// may speak of what is no longer wanted. Facts are facts.
struct ParsedToDo {
  ToDo to_do;
  bool is_of_stamp = false;
};
std::optional<ParsedToDo> parse_to_do(std::string_view text, std::string_view stamp);

// A short text that differs, as far as chance allows, for different parts.
std::string stamp_of(const std::vector<std::string>& parts);

// The words of a text between single blanks, and back.
std::vector<std::string> words_of(std::string_view text);
std::string text_of_words(const std::vector<std::string>& words);

}  // namespace pantau
