// What is wrong with a list that somebody wrote.
//
// A person who mends a rule pack or a roster wants every mistake of the file in
// one run, each with its place. So the readers of lists collect `Mistakes` and
// go on, and the caller asks at the end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/result.h"

namespace pantau {

// Lines and columns count from 1; 0 means that there is none to point at.
struct Place {
  std::size_t line = 0;
  std::size_t column = 0;
};

class Mistakes {
 public:
  // `text` is the file's whole text, to show the line with a caret; it is read
  // only during add(). Empty for files whose lines must not be shown (a roster
  // holds names).
  explicit Mistakes(std::string file, std::string_view text = {})
      : file_(std::move(file)), text_(text) {}

  void add(Place place, std::string_view what);

  bool empty() const { return count_ == 0; }
  std::size_t count() const { return count_; }

  // All mistakes as text for standard error, "FILE:LINE:COLUMN: error: …" each,
  // with the line and a caret where the text is known; at most
  // kMistakesShownMax, then "and N more".
  std::string report() const;

  // An error of Fault::Config with the report.
  tl::unexpected<Error> failure() const { return fail(Fault::Config, report()); }

 private:
  std::string file_;
  std::string_view text_;
  std::size_t count_ = 0;
  std::string shown_;
};

inline constexpr std::size_t kMistakesShownMax = 100;

}  // namespace pantau
