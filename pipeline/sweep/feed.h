// The inputs of a sweep, file after file, as chunks that know how to be read.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "classifiers/base/result.h"
#include "pipeline/archive/chunker.h"
#include "pipeline/archive/inputs.h"
#include "pipeline/layouts/layout.h"

namespace pantau {

// Where a sweep stands in its inputs.
struct FeedPosition {
  std::uint32_t file = 0;  // in the list of inputs
  FilePosition in_file;

  friend bool operator==(const FeedPosition&, const FeedPosition&) = default;
};

// One file as it is being read; shared by its chunks.
struct OpenFile {
  std::uint32_t number = 0;
  std::string name;
  const Layout* layout = nullptr;
  std::string header;
};

// A message of the sweep's graph: a chunk, or only something to tell about a file.
struct FeedItem {
  std::shared_ptr<const OpenFile> file;
  std::optional<Chunk> chunk;
  std::vector<std::string> notes;       // for people
  bool file_failed = false;             // the rest of the file could not be read
  FeedPosition end;                     // where the item behind this one begins
  std::uint64_t stored_bytes_done = 0;  // of all inputs, as stored on disk

  // Whether the chunk is left to be read by read_item(); then its lines count from where
  // LineNumbers says.
  bool is_unread = false;
  std::optional<Error> fault;  // what read_item() met
};

// Reads the item's chunk, if that is still to be done. On any thread.
void read_item(FeedItem& item);

// For people: why the rest of a file was left out.
std::string note_on_rest(const Error& error);

struct FeedOptions {
  const Layout* layout = nullptr;  // null: recognised file by file
  ChunkLimits limits;
  const std::atomic<bool>* stop = nullptr;  // when it becomes true, there are no more items
  bool leaves_unread = false;               // chunks of plain files: see read_item()
};

// For one thread at a time.
class Feed {
 public:
  Feed(std::vector<InputFile> files, FeedOptions options, FeedPosition from = {});

  // The next item; nothing at the end, or when stopped.
  std::optional<FeedItem> next();

  bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }

  // As stored on disk; 0 if an input does not tell.
  std::uint64_t stored_bytes() const { return stored_bytes_; }

 private:
  FeedItem open_next();
  FeedItem failed(const Error& error);
  FeedItem ended();
  void close();
  std::vector<std::string> notes_at_start() const;

  std::vector<InputFile> files_;
  FeedOptions options_;
  FeedPosition position_;
  std::uint64_t stored_bytes_ = 0;
  std::uint64_t stored_bytes_before_ = 0;  // of the files that were read
  std::shared_ptr<BufferPool> pool_;
  std::unique_ptr<Chunker> chunker_;  // of the open file
  std::shared_ptr<const OpenFile> file_;
  Framing framing_ = Framing::Lines;  // of the open file
};

}  // namespace pantau
