// Reads what stands for one character in an expression: a literal, an escape, a class.
#pragma once

#include <cstddef>
#include <string_view>

#include "classifiers/rules/syntax.h"

namespace pantau {

class CharacterReader {
 public:
  explicit CharacterReader(std::string_view expression) : rest_(expression) {}

  std::string_view rest() const { return rest_; }
  // The next byte; '\0' at the end.
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  void skip(std::size_t bytes) { rest_.remove_prefix(bytes); }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    skip(1);
    return true;
  }

  // Each reads one into `set`; false: it is wrong, or not understood.
  bool read_literal(CharacterSet& set, bool ignores_case);
  bool read_escape(CharacterSet& set, bool ignores_case);
  bool read_class(CharacterSet& set, bool ignores_case);

  // Whether all that was read so far is certain to mean the same to RE2.
  bool is_certain() const { return certain_; }

 private:
  bool read_member(CharacterSet& set, bool ignores_case);
  bool read_bound(char32_t& c);
  bool read_code(char32_t& c);

  std::string_view rest_;
  bool certain_ = true;
};

}  // namespace pantau
