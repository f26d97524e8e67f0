#include "pipeline/archive/inputs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <set>
#include <system_error>

namespace pantau {
namespace {

namespace fs = std::filesystem;

// A note names so many of a folder's skipped files.
constexpr std::size_t kSkippedNamesShownMax = 5;

std::string reason_of(int error_number) {
  return std::error_code(error_number, std::generic_category()).message();
}

bool ends_with_any(std::string_view name, std::span<const std::string_view> endings) {
  return std::ranges::any_of(endings, [name](std::string_view ending) {
    return name.size() > ending.size() && name.ends_with(ending);
  });
}

bool is_glob(std::string_view path) {
  return path.find_first_of("*?[") != std::string_view::npos;
}

std::string path_in(const std::string& folder, const std::string& rest) {
  return folder.ends_with('/') ? folder + rest : folder + '/' + rest;
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all += separator;
    all += text;
  }
  return all;
}

// The paths that match, in the order of their bytes whatever the locale.
std::vector<std::string> matches_of(const std::string& pattern) {
  glob_t found = {};
  std::vector<std::string> paths;
  if (::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found) == 0) {
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  }
  ::globfree(&found);
  std::ranges::sort(paths);
  return paths;
}

// Collects the files of all paths that were named, and what is wrong with them.
class Lister {
 public:
  void add(const std::string& path) {
    struct stat status = {};
    if (path == "-") {
      add_stdin();
    } else if (::stat(path.c_str(), &status) == 0) {
      add_existing(path, status);
    } else if (errno == ENOENT && is_glob(path)) {
      const std::vector<std::string> paths = matches_of(path);
      if (paths.empty()) mistake(path, "nothing matches");
      for (const std::string& match : paths) {
        if (::stat(match.c_str(), &status) == 0) add_existing(match, status);
      }
    } else {
      mistake(path, reason_of(errno));
    }
  }

  Result<InputList> finish() {
    if (!mistakes_.empty()) return fail(Fault::Config, joined(mistakes_, "\n"));
    return std::move(list_);
  }

 private:
  void mistake(std::string_view path, std::string_view what) {
    mistakes_.push_back(fmt::format("{}: error: {}", path, what));
  }

  void add_stdin() {
    if (seen_.insert("-").second) {
      list_.files.push_back({.name = "-", .path = "", .is_stdin = true});
    } else {
      list_.notes.push_back("-: named twice, read once");
    }
  }

  void add_existing(const std::string& path, const struct stat& status) {
    if (S_ISDIR(status.st_mode)) {
      add_folder(path);
    } else {
      add_file(path, status);
    }
  }

  void add_file(const std::string& path, const struct stat& status) {
    const bool is_regular = S_ISREG(status.st_mode);
    // Tried and not asked about, since access() knows less than open(). A pipe
    // must be left alone: its writer would see a reader come and go.
    const int fd = is_regular ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : -1;
    if (is_regular && fd < 0) return mistake(path, reason_of(errno));
    if (fd >= 0) ::close(fd);
    std::error_code unknown;
    const fs::path canonical = fs::canonical(path, unknown);
    if (!seen_.insert(unknown ? path : canonical.string()).second) {
      list_.notes.push_back(path + ": named twice, read once");
      return;
    }
    InputFile file;
    file.name = path;
    file.path = path;
    file.bytes = is_regular ? static_cast<std::uint64_t>(status.st_size) : 0;
    file.modified_ns = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
    list_.files.push_back(std::move(file));
  }

  void add_folder(const std::string& folder) {
    std::vector<std::string> paths;
    std::vector<std::string> skipped;
    std::set<fs::path> above;
    walk(folder, above, paths, skipped);
    std::ranges::sort(paths);
    if (paths.empty()) list_.notes.push_back(folder + ": no record files in this folder");
    for (const std::string& path : paths) {
      struct stat status = {};
      if (::stat(path.c_str(), &status) == 0) {
        add_file(path, status);
      } else {
        mistake(path, reason_of(errno));
      }
    }
    if (!skipped.empty()) note_skipped(folder, skipped);
  }

  // `above` holds the folders on the way here: a link to one of them would lead
  // round in circles.
  void walk(const std::string& folder, std::set<fs::path>& above, std::vector<std::string>& paths,
            std::vector<std::string>& skipped) {
    std::error_code error;
    const fs::path canonical = fs::canonical(folder, error);
    if (!error && !above.insert(canonical).second) return;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      const std::string path = path_in(folder, name);
      std::error_code gone;
      const fs::file_type type = entry->status(gone).type();
      if (name.starts_with('.')) continue;
      if (type == fs::file_type::directory) {
        walk(path, above, paths, skipped);
      } else if (type != fs::file_type::directory && is_record_file_name(name) &&
                 (type == fs::file_type::regular || type == fs::file_type::not_found)) {
        paths.push_back(path);  // a link to nowhere is told as missing
      } else {
        skipped.push_back(path);
      }
    }
    if (error) mistake(folder, error.message());
    above.erase(canonical);
  }

  void note_skipped(const std::string& folder, std::vector<std::string>& skipped) {
    std::ranges::sort(skipped);
    const std::size_t count = skipped.size();
    skipped.resize(std::min(count, kSkippedNamesShownMax));
    const std::string more =
        count > skipped.size() ? fmt::format(" and {} more", count - skipped.size()) : "";
    list_.notes.push_back(fmt::format("{}: {} other {} skipped: {}{}", folder, count,
                                      count == 1 ? "file" : "files", joined(skipped, ", "), more));
  }

  InputList list_;
  std::vector<std::string> mistakes_;
  std::set<std::string> seen_;  // canonical paths
};

}  // namespace

bool is_record_file_name(std::string_view name) {
  constexpr std::array<std::string_view, 3> kPacked = {".gz", ".zst", ".bz2"};
  constexpr std::array<std::string_view, 4> kRecords = {".ndjson", ".jsonl", ".json", ".csv"};
  if (ends_with_any(name, kPacked)) name.remove_suffix(name.size() - name.rfind('.'));
  return ends_with_any(name, kRecords);
}

Result<InputList> list_inputs(std::span<const std::string> paths) {
  Lister lister;
  for (const std::string& path : paths) lister.add(path);
  return lister.finish();
}

}  // namespace pantau
