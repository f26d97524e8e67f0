#include "pipeline/web/page_files.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace pantau {
namespace {

namespace fs = std::filesystem;

std::string_view content_type_of(std::string_view extension) {
  if (extension == ".html") return "text/html; charset=utf-8";
  if (extension == ".js" || extension == ".mjs") return "text/javascript; charset=utf-8";
  if (extension == ".css") return "text/css; charset=utf-8";
  if (extension == ".json") return "application/json";
  if (extension == ".svg") return "image/svg+xml";
  if (extension == ".png") return "image/png";
  if (extension == ".ico") return "image/x-icon";
  if (extension == ".woff2") return "font/woff2";
  if (extension == ".txt") return "text/plain; charset=utf-8";
  return {};
}

Result<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return fail(Fault::Config, fmt::format("{}: cannot be read", path.string()));
  return bytes;
}

}  // namespace

Result<PageFiles> PageFiles::load(const std::string& folder) {
  PageFiles page;
  std::uint64_t bytes = 0;
  std::error_code error;
  fs::recursive_directory_iterator entries(folder, error);
  for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    const fs::path& path = entries->path();
    if (path.filename().string().starts_with('.')) {
      if (entries->is_directory(error)) entries.disable_recursion_pending();
      continue;
    }
    const std::string_view type = content_type_of(path.extension().string());
    if (type.empty() || !entries->is_regular_file(error) || entries->is_symlink(error)) continue;
    TRY(std::string body, read_file(path));
    bytes += body.size();
    if (page.files_.size() == kPageFilesMax || bytes > kPageBytesMax) {
      return fail(Fault::Config, fmt::format("{}: more than {} files or {} bytes", folder,
                                             kPageFilesMax, kPageBytesMax));
    }
    WebResponse response;
    response.content_type = type;
    response.body = std::move(body);
    page.files_["/" + fs::relative(path, folder, error).generic_string()] = std::move(response);
  }
  if (page.find("/") == nullptr) {
    return fail(Fault::Config, fmt::format("{}: no index.html: build the page first (./demo.sh), "
                                           "or name its folder with --page",
                                           folder));
  }
  return page;
}

const WebResponse* PageFiles::find(std::string_view path) const {
  const auto found = files_.find(path == "/" ? "/index.html" : path);
  return found == files_.end() ? nullptr : &found->second;
}

}  // namespace pantau
