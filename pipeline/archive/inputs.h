// What the user named, as a list of files to read.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "classifiers/base/result.h"

namespace pantau {

struct InputFile {
  std::string name;         // as shown: the path as it was written, a folder's joined with the rest
  std::string path;         // to open; empty for standard input
  std::uint64_t bytes = 0;  // on disk; 0 if unknown (pipes)
  std::int64_t modified_ns = 0;  // since 1970
  bool is_stdin = false;
};

struct InputList {
  std::vector<InputFile> files;
  std::vector<std::string> notes;  // for people: what was skipped, and why
};

// Each path is a file, a folder (read with all below it, in the order of the
// bytes of the names, without hidden files), a glob if no file has that very
// name, or "-" for standard input. A file that is named twice is read once.
//
// The error (Fault::Config) lists every path that is missing or cannot be read.
Result<InputList> list_inputs(std::span<const std::string> paths);

// Whether a folder's file of this name is read: .ndjson, .jsonl, .json or .csv,
// perhaps with .gz, .zst or .bz2 behind it.
bool is_record_file_name(std::string_view name);

}  // namespace pantau
