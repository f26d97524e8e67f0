// The page's own files, read once: what is served can neither change nor be something else than
// what lay in the folder when the server began.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "classifiers/base/result.h"
#include "pipeline/web/http.h"

namespace pantau {

inline constexpr std::size_t kPageFilesMax = 1000;
inline constexpr std::uint64_t kPageBytesMax = 64 << 20;

class PageFiles {
 public:
  // Every file of `folder` with a kind that a browser is to be told; others are passed over, and
  // so is what begins with a dot or is no plain file. Fault::Config if there is no index.html.
  static Result<PageFiles> load(const std::string& folder);

  // "/" is index.html. Nothing if there is no such file.
  const WebResponse* find(std::string_view path) const;

 private:
  std::map<std::string, WebResponse, std::less<>> files_;
};

}  // namespace pantau
