// A file's bytes as chunks of whole rows.
//
//   auto chunker = Chunker::open(file, options);    // reads the head
//   layout = recognise_layout(chunker->head());
//   chunker->start(layout.framing());               // or from where a sweep stopped
//   while (auto chunk = chunker->next()) …
//
// What it promises: every byte behind the byte order mark (and behind a CSV
// file's header row) is in exactly one chunk or counted as skipped by one; lines
// and offsets are those of the decompressed file; the memory is bounded by the
// limits, whatever the file. Whole lines of a pipe are delivered as soon as the
// pipe falls silent, so `tail -f records | pantau match` answers at once.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/csv.h"
#include "classifiers/base/result.h"
#include "pipeline/archive/buffer_pool.h"
#include "pipeline/archive/byte_stream.h"
#include "pipeline/archive/chunk.h"
#include "pipeline/archive/document_scanner.h"

namespace pantau {

struct ChunkLimits {
  std::size_t chunk_bytes = std::size_t{512} * 1024;
  std::size_t line_bytes_max = std::size_t{16} * 1024 * 1024;
};

struct ChunkerOptions {
  ChunkLimits limits;
  // Shared by the chunkers of a sweep, so that a folder of small files uses the
  // same buffers; made if null. Its buffers should have limits.chunk_bytes.
  std::shared_ptr<BufferPool> pool;
  const std::atomic<bool>* stop = nullptr;  // see ByteStream::open()
  // Lines of a plain file come as chunks that are still to be read, so that many threads can do
  // that: next() then only looks for a line end near each chunk's end.
  bool leaves_unread = false;
};

// Where a row begins in the decompressed file.
struct FilePosition {
  std::uint64_t offset = 0;
  std::uint64_t line = 1;

  friend bool operator==(const FilePosition&, const FilePosition&) = default;
};

// What a person should be told about a file that is not as expected.
struct FileFacts {
  bool empty = false;         // nothing but a byte order mark
  bool last_unended = false;  // the last line lacks its line end, or the last document its
                              // closing bracket; known at the end
  std::string_view not_text;  // "a ZIP archive", "UTF-16 text", "binary data" …; empty if text
};

// For one thread; the chunks may go to any.
class Chunker {
 public:
  // Opens the file and reads its head: what there is at once, at least a line,
  // at most kHeadBytesMax.
  static Result<std::unique_ptr<Chunker>> open(const InputFile& file,
                                               const ChunkerOptions& options = {});

  // The first bytes, without byte order mark: to recognise the layout.
  std::string_view head() const { return head_; }
  const FileFacts& facts() const { return facts_; }

  // Once, before next(). `from` is what position() said in an earlier run over
  // the same file; a plain file is sought, any other read and dropped.
  // `arrays` says whose elements are the rows of documents; where one is resumed, all before
  // `from` is read again, since an item cannot be known from its own bytes.
  Status start(Framing framing, FilePosition from = {}, DocumentArrays arrays = {});

  // After start(): a CSV file's first row without its line end, also when
  // resumed; empty in an empty file and in Lines framing.
  std::string_view header() const { return header_; }

  // Nothing at the end, or when stopped. After an error the same error again;
  // whole rows before a damage have come by then.
  Result<std::optional<Chunk>> next();

  // Where the next chunk begins; lines of chunks that were left unread are not counted.
  FilePosition position() const { return position_; }
  std::uint64_t compressed_position() const {
    return unread_file_ ? position_.offset : stream_->compressed_position();
  }
  bool stopped() const { return stream_->stopped(); }

 private:
  Chunker(std::unique_ptr<ByteStream> stream, const ChunkerOptions& options);

  Status read_head();
  Status skip_to(FilePosition from);
  Status rescan_to(FilePosition from);
  Result<std::size_t> read_source(std::span<char> into);
  bool is_source_ready() const;

  // Whole rows at the front of pending().
  struct Rows {
    std::size_t bytes = 0;
    std::uint64_t lines = 0;
  };

  std::optional<Chunk> next_unread();
  Status go_back_to_stream();
  Result<std::optional<Chunk>> next_rows(bool only_one);
  std::optional<Rows> find_rows(bool only_one);
  std::optional<Rows> find_lines();
  std::optional<Rows> find_csv_rows(bool only_one);
  std::optional<Rows> find_items();
  std::size_t pending_bytes_max() const;
  Status fill();
  void make_room();
  Chunk deliver(Rows rows);
  void give_items(Chunk& chunk);
  Chunk deliver_rest();
  Chunk give_up_first_line();
  Result<std::optional<Chunk>> skip_long_line();
  Chunk skip_long_item(Chunk sample);
  std::uint64_t drop_line();
  bool read_instead();
  void forget_row();

  std::string_view pending() const {
    return buffer_ ? std::string_view(buffer_->bytes.get() + begin_, end_ - begin_)
                   : std::string_view();
  }

  std::unique_ptr<ByteStream> stream_;
  ChunkLimits limits_;
  std::shared_ptr<BufferPool> pool_;
  std::string head_;
  std::size_t head_taken_ = 0;  // so much of it went into chunks
  std::string header_;
  FileFacts facts_;
  Framing framing_ = Framing::Lines;
  char delimiter_ = ',';
  FilePosition position_;  // of begin_

  // The file that chunks are left unread of, as long as they are; how long it was; and where the
  // stream stands.
  bool leaves_unread_;
  std::shared_ptr<const PlainFile> unread_file_;
  std::uint64_t unread_file_bytes_ = 0;
  std::uint64_t announced_ = 0;  // bytes of the file
  FilePosition stream_position_;

  // What was read and not yet delivered: [begin_, end_) of buffer_. Once a chunk
  // of it is out, nothing is written to the buffer any more: another thread may
  // be reading the padding behind its chunk.
  std::shared_ptr<Buffer> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t scanned_ = 0;  // [begin_, scanned_) was searched for row ends
  bool is_delivered_from_ = false;
  bool source_ended_ = false;

  CsvScanner scanner_{','};
  std::uint64_t lines_before_ = 0;  // scanner_.lines() at begin_

  // Of documents: where their bytes begin in the file, items that have ended in [begin_,
  // scanned_), and what stands around them.
  std::optional<DocumentScanner> documents_;
  std::uint64_t documents_begin_ = 0;
  std::vector<DocumentItem> items_;
  std::shared_ptr<const std::string> surroundings_;
};

// So many items of documents go into one chunk; they may have two bytes each.
inline constexpr std::size_t kDocumentItemsMax = 8192;

inline constexpr std::size_t kHeadBytesMax = std::size_t{64} * 1024;

}  // namespace pantau
