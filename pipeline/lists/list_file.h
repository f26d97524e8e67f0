// The files that people give: rosters, campaign accounts, calendars, rule packs.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "classifiers/base/result.h"

namespace pantau {

// A list that is read whole may not be larger. (A roster is mapped and has no such limit.)
inline constexpr std::size_t kListFileBytesMax = 256 << 20;

// A file's text. Fault::Config, naming the file and the reason, if it cannot be read.
Result<std::string> read_list_file(const std::string& path);

// A file's bytes, mapped; unmapped with the last copy. The file must not be cut short while
// it is in use.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::string& path);

  std::string_view bytes() const { return bytes_; }
  std::shared_ptr<const void> owner() const { return owner_; }

  // Gives back the memory of bytes that were read; reading them again fetches them again.
  // `at` is a multiple of the page size.
  void forget(std::size_t at, std::size_t size) const;

 private:
  std::string_view bytes_;
  std::shared_ptr<const void> owner_;
};

// The number of the first line with invalid UTF-8; 0 if there is none.
std::size_t first_line_not_utf8(std::string_view text);

}  // namespace pantau
