// What was typed and what SWEEP.toml says, made into one meaning (CONTRACT.md §10).
// Behind this nothing reads an option or the file again.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "classifiers/base/result.h"
#include "classifiers/base/time.h"
#include "pipeline/archive/chunker.h"
#include "pipeline/layouts/layout.h"
#include "pipeline/output/progress.h"

namespace pantau {

struct CommandLine;

// Lines in which no subject acts may be skimmed, or every line is checked in full. The flags
// are the same.
enum class Validate : std::uint8_t { Subjects, All };

// A checkpoint is made when one of these is reached. Each costs some milliseconds; what lies
// behind the last one is done again after a crash.
struct CheckpointLimits {
  std::uint64_t input_bytes_max = 256 << 20;
  std::size_t flags_max = 10'000;
  std::size_t flags_bytes_max = 32 << 20;
  std::chrono::seconds age_max{2};
};

// Paths are as they open from the working directory.
struct SweepConfig {
  std::string id;
  std::string mandate;
  TimeZone zone = TimeZone::utc();
  std::vector<std::string> contests;
  std::vector<std::string> rules;
  std::string roster;
  std::string campaign;
  std::vector<std::string> records;
  std::string queue;  // a URL of the review queue; empty: none

  const Layout* layout = nullptr;         // null: recognised file by file
  std::shared_ptr<const Layout> mapping;  // owns `layout`, if a mapping file describes it
  std::string flags;                      // empty: not wanted
  std::string rejects;
  std::string summary;
  Validate validate = Validate::Subjects;
  unsigned threads = 1;
  ProgressMode progress = ProgressMode::Auto;
  std::optional<std::uint64_t> rejects_max;
  ChunkLimits chunk_limits;
  CheckpointLimits checkpoint_limits;
  bool tells_summary = true;  // a filter does not
};

// Where a path of the sweep's file opens: it is relative to that file.
std::string beside(const std::string& file, const std::string& path);

// "sweep.toml" or "SWEEP.toml" of the working directory, where none was named; "" if there is none.
std::string sweep_file_here();

// Reads the sweep's file and puts what was typed over it. Fault::Config with every mistake.
Result<SweepConfig> read_sweep_config(const CommandLine& line);

}  // namespace pantau
