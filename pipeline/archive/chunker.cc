#include "pipeline/archive/chunker.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "classifiers/base/check.h"
#include "pipeline/archive/rows.h"

namespace pantau {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Magic {
  std::string_view bytes;
  std::string_view what;
};

// What people name by mistake when they mean the records in it.
constexpr std::array<Magic, 11> kMagics = {{
    {"PK\x03\x04", "a ZIP archive (or an office document)"},
    {"PK\x05\x06", "an empty ZIP archive"},
    {"SQLite format 3", "an SQLite database"},
    {"%PDF-", "a PDF document"},
    {"\x89PNG", "a PNG image"},
    {"\xFF\xD8\xFF", "a JPEG image"},
    {"\xFD"
     "7zXZ",
     "an xz archive, which is not read: unpack it first"},
    {"7z\xBC\xAF", "a 7z archive"},
    {"Rar!", "a RAR archive"},
    {"\xFF\xFE", "UTF-16 text"},
    {"\xFE\xFF", "UTF-16 text"},
}};

std::string_view not_text(std::string_view head) {
  for (const Magic& magic : kMagics) {
    if (head.starts_with(magic.bytes)) return magic.what;
  }
  return head.find('\0') == std::string_view::npos ? "" : "binary data";
}

bool has_line_end(std::string_view text) {
  return text.find_first_of("\r\n") != std::string_view::npos;
}

// How many bytes are there up to the first line feed, itself included.
std::size_t first_line_feed(std::string_view text) {
  const std::size_t at = text.find('\n');
  return at == std::string_view::npos ? text.size() : at + 1;
}

// So much is read at once to find a chunk's last line end; most lines are shorter.
constexpr std::size_t kTailBytes = 4096;

// So much of a file is asked for ahead of its reading.
constexpr std::uint64_t kAnnouncedBytes = 8 << 20;

// A line may fill a buffer, but a buffer never holds more than one line above
// the limit: so a line's fate depends on its length alone and not on how the
// file was cut.
ChunkLimits consistent(ChunkLimits limits) {
  limits.line_bytes_max = std::max<std::size_t>(limits.line_bytes_max, 1);
  limits.chunk_bytes = std::clamp<std::size_t>(limits.chunk_bytes, 1, limits.line_bytes_max);
  return limits;
}

}  // namespace

Status read_chunk(Chunk& chunk) {
  const UnreadPart part = std::exchange(chunk.unread, {});
  if (!part.file) return Status();
  const std::shared_ptr<Buffer> buffer = part.pool->take(part.bytes);
  TRY_STATUS(part.file->read_at(chunk.offset, std::span(buffer->bytes.get(), part.bytes)));
  chunk.bytes = {buffer->bytes.get(), part.bytes};
  chunk.lines = count_line_feeds(chunk.bytes);
  chunk.owner = buffer;
  return Status();
}

Result<std::unique_ptr<Chunker>> Chunker::open(const InputFile& file,
                                               const ChunkerOptions& options) {
  TRY(auto stream, ByteStream::open(file, options.stop));
  std::unique_ptr<Chunker> chunker(new Chunker(std::move(stream), options));
  TRY_STATUS(chunker->read_head());
  return chunker;
}

Chunker::Chunker(std::unique_ptr<ByteStream> stream, const ChunkerOptions& options)
    : stream_(std::move(stream)),
      limits_(consistent(options.limits)),
      pool_(options.pool),
      leaves_unread_(options.leaves_unread) {
  if (!pool_) pool_ = BufferPool::make(limits_.chunk_bytes);
}

Status Chunker::read_head() {
  std::string head(kHeadBytesMax, '\0');
  std::size_t size = 0;
  while (size < head.size() && !source_ended_) {
    const bool has_line = head.find('\n') < size;
    if (has_line && !stream_->ready()) break;
    Result<std::size_t> count = stream_->read(std::span(head).subspan(size));
    if (!count && size > 0) break;  // next() delivers what there is, then tells
    if (!count) return tl::unexpected<Error>(std::move(count).error());
    source_ended_ = *count == 0;
    size += *count;
  }
  head.resize(size);
  head.shrink_to_fit();
  facts_.not_text = not_text(head);
  if (head.starts_with(kByteOrderMark)) {
    head.erase(0, kByteOrderMark.size());
    position_.offset = kByteOrderMark.size();
  }
  facts_.empty = head.empty() && source_ended_ && !stream_->stopped();
  head_ = std::move(head);
  return {};
}

Status Chunker::start(Framing framing, FilePosition from, DocumentArrays arrays) {
  framing_ = framing;
  if (framing_ == Framing::Documents) {
    documents_.emplace(arrays);
    documents_begin_ = position_.offset;
    return from.offset > position_.offset ? rescan_to(from) : Status();
  }
  if (framing_ == Framing::Csv) {
    delimiter_ = csv_delimiter(head_);
    scanner_ = CsvScanner(delimiter_);
    while (header_.empty()) {
      TRY(const std::optional<Chunk> first, next_rows(true));
      if (!first) break;
      Row row;
      if (RowIterator(*first).next(row)) header_ = row.bytes;
    }
  }
  if (from.offset > position_.offset) TRY_STATUS(skip_to(from));
  if (leaves_unread_ && framing_ == Framing::Lines) {
    unread_file_ = stream_->plain_file();
    unread_file_bytes_ = unread_file_ ? unread_file_->bytes() : 0;
    stream_position_ = position_;
  }
  return {};
}

// To a place where a row begins.
Status Chunker::skip_to(FilePosition from) {
  std::uint64_t bytes = from.offset - position_.offset;
  position_ = from;
  const std::size_t read_already = std::min<std::uint64_t>(bytes, end_ - begin_);
  begin_ += read_already;
  scanned_ = begin_;
  scanner_ = CsvScanner(delimiter_);
  lines_before_ = 0;
  bytes -= read_already;

  const std::size_t in_head = std::min<std::uint64_t>(bytes, head_.size() - head_taken_);
  head_taken_ += in_head;
  bytes -= in_head;
  return bytes == 0 ? Status() : stream_->skip(bytes);
}

// Where an item stands in its document is known only by reading all that is before it.
Status Chunker::rescan_to(FilePosition from) {
  buffer_ = pool_->take(limits_.chunk_bytes);
  while (position_.offset < from.offset) {
    const std::uint64_t wanted =
        std::min<std::uint64_t>(buffer_->capacity, from.offset - position_.offset);
    TRY(const std::size_t count, read_source(std::span(buffer_->bytes.get(), wanted)));
    if (count == 0) break;  // shorter than it was: next() tells the end
    position_.offset += count;
    std::string_view bytes(buffer_->bytes.get(), count);
    while (!bytes.empty()) {
      bytes.remove_prefix(documents_->scan(bytes, items_, kDocumentItemsMax));
      items_.clear();
    }
  }
  // A chunk ends with an item, or within one that is too long: that one was told before.
  documents_->give_up_item();
  position_ = from;
  return {};
}

Result<std::size_t> Chunker::read_source(std::span<char> into) {
  if (head_taken_ == head_.size()) return stream_->read(into);
  const std::size_t count = std::min(into.size(), head_.size() - head_taken_);
  std::memcpy(into.data(), head_.data() + head_taken_, count);
  head_taken_ += count;
  return count;
}

bool Chunker::is_source_ready() const {
  return head_taken_ < head_.size() || stream_->ready();
}

Result<std::optional<Chunk>> Chunker::next() {
  if (unread_file_) {
    if (std::optional<Chunk> chunk = next_unread()) return chunk;
    TRY_STATUS(go_back_to_stream());
  }
  return next_rows(false);
}

// Up to the last line end of the next chunk_bytes. Nothing if these are not all in the file, or
// have no line end: the end of a file, and long lines, are the stream's.
std::optional<Chunk> Chunker::next_unread() {
  const std::uint64_t begin = position_.offset;
  if (begin + limits_.chunk_bytes > unread_file_bytes_) return std::nullopt;
  if (begin + limits_.chunk_bytes > announced_) {
    unread_file_->announce(announced_, kAnnouncedBytes);
    announced_ += kAnnouncedBytes;
  }
  std::array<char, kTailBytes> tail = {};
  std::size_t bytes = limits_.chunk_bytes;
  const void* last = nullptr;
  while (bytes > 0 && last == nullptr) {
    const std::size_t size = std::min(bytes, tail.size());
    bytes -= size;
    // What is wrong with the file is told by whoever reads it as a stream.
    if (!unread_file_->read_at(begin + bytes, std::span(tail).first(size))) return std::nullopt;
    last = ::memrchr(tail.data(), '\n', size);
  }
  if (last == nullptr) return std::nullopt;
  bytes += static_cast<std::size_t>(static_cast<const char*>(last) - tail.data()) + 1;
  Chunk chunk;
  chunk.offset = begin;
  chunk.line = position_.line;
  chunk.framing = framing_;
  chunk.unread = {unread_file_, bytes, pool_};
  position_.offset += bytes;
  return chunk;
}

Status Chunker::go_back_to_stream() {
  unread_file_ = nullptr;
  const FilePosition to = position_;
  position_ = stream_position_;
  return to.offset > position_.offset ? skip_to(to) : Status();
}

// All the rows at hand, or one of them.
Result<std::optional<Chunk>> Chunker::next_rows(bool only_one) {
  while (true) {
    if (const std::optional<Rows> rows = find_rows(only_one)) return std::optional(deliver(*rows));

    // What is pending now is one row that goes on behind it, or nothing.
    const bool is_last = source_ended_ && head_taken_ == head_.size();
    if (is_last && documents_ && documents_->is_inside()) facts_.last_unended = true;
    if (is_last && (stream_->stopped() || pending().empty())) return std::optional<Chunk>();
    const bool is_too_long = pending().size() >= pending_bytes_max();
    if (is_last || is_too_long) {
      const bool is_unclosed = framing_ == Framing::Csv && (is_too_long || scanner_.is_in_quotes());
      if (is_unclosed && has_line_end(pending())) return std::optional(give_up_first_line());
      if (!is_too_long) return std::optional(deliver_rest());
      return skip_long_line();
    }
    TRY_STATUS(fill());
  }
}

std::optional<Chunker::Rows> Chunker::find_rows(bool only_one) {
  if (framing_ == Framing::Documents) return find_items();
  return framing_ == Framing::Csv ? find_csv_rows(only_one) : find_lines();
}

// Up to the last line feed.
std::optional<Chunker::Rows> Chunker::find_lines() {
  if (scanned_ == end_) return std::nullopt;
  const char* const begin = buffer_->bytes.get();
  const void* const last = ::memrchr(begin + scanned_, '\n', end_ - scanned_);
  scanned_ = end_;
  if (last == nullptr) return std::nullopt;
  const auto behind = static_cast<std::size_t>(static_cast<const char*>(last) - begin) + 1;
  const std::size_t bytes = behind - begin_;
  return Rows{bytes, count_line_feeds(pending().substr(0, bytes))};
}

std::optional<Chunker::Rows> Chunker::find_csv_rows(bool only_one) {
  Rows rows;
  while (scanned_ < end_) {
    const std::size_t end = scanner_.find_row_end(pending().substr(scanned_ - begin_));
    if (end == CsvScanner::kNoEnd) {
      scanned_ = end_;
      break;
    }
    scanned_ += end;
    rows = {scanned_ - begin_, scanner_.lines() - lines_before_};
    if (only_one || rows.bytes >= limits_.chunk_bytes) break;
  }
  if (rows.bytes == 0) return std::nullopt;
  return rows;
}

// To the end of the last item, or up to the one that goes on.
std::optional<Chunker::Rows> Chunker::find_items() {
  while (scanned_ < end_) {
    const std::shared_ptr<const std::string> surroundings = documents_->surroundings();
    const std::size_t items_before = items_.size();
    const std::string_view bytes = pending().substr(scanned_ - begin_);
    const std::size_t scanned = documents_->scan(bytes, items_, kDocumentItemsMax);
    scanned_ += scanned;
    if (items_before == 0) surroundings_ = surroundings;
    if (!items_.empty() && documents_->surroundings() != surroundings_) break;
    if (items_.size() >= kDocumentItemsMax) break;
  }
  const std::uint64_t begin = position_.offset - documents_begin_;
  std::size_t bytes = scanned_ - begin_;
  if (!items_.empty()) {
    bytes = items_.back().end - begin;
  } else if (documents_->is_in_item()) {
    bytes = documents_->item_begin() - begin;
  }
  if (bytes == 0) return std::nullopt;
  return Rows{bytes, count_line_feeds(pending().substr(0, bytes))};
}

// With so many bytes and no end a row is above the limit. One more is needed if
// the last of them is a "\r", to see whether it is half of a line end.
std::size_t Chunker::pending_bytes_max() const {
  const std::size_t bytes = limits_.line_bytes_max + 1;
  const bool may_be_half = framing_ == Framing::Csv && pending().ends_with('\r');
  return may_be_half && pending().size() >= bytes ? bytes + 1 : bytes;
}

// Reads on: till the buffer is full, or till the pipe falls silent, so that what
// has come is delivered before it is waited for more.
Status Chunker::fill() {
  make_room();
  const std::size_t end_before = end_;
  while (true) {
    const std::size_t room =
        std::min(buffer_->capacity - end_, pending_bytes_max() - pending().size());
    if (room == 0) return {};
    Result<std::size_t> count = read_source(std::span(buffer_->bytes.get() + end_, room));
    if (!count && end_ > end_before) return {};  // the next call gets the same error
    if (!count) return tl::unexpected<Error>(std::move(count).error());
    end_ += *count;
    source_ended_ = *count == 0;
    if (source_ended_ || !is_source_ready()) return {};
  }
}

// The row that is pending moves to the front of a buffer nobody else sees; a
// long one gets twice the room each time.
void Chunker::make_room() {
  if (buffer_ && !is_delivered_from_ && end_ < buffer_->capacity) return;
  const std::string_view row = pending();
  std::size_t capacity = limits_.chunk_bytes;
  if (row.size() > capacity / 2) {
    // The last step is a big one, so that old and new room together stay below twice the limit.
    capacity = 2 * row.size() + 1;
    if (capacity > pending_bytes_max() / 2) capacity = pending_bytes_max();
  }
  std::shared_ptr<Buffer> buffer = pool_->take(capacity);
  CHECK(row.size() < buffer->capacity, "a row above the limit is skipped before it gets here");
  if (!row.empty()) std::memcpy(buffer->bytes.get(), row.data(), row.size());
  scanned_ -= begin_;
  end_ = row.size();
  begin_ = 0;
  buffer_ = std::move(buffer);
  is_delivered_from_ = false;
}

Chunk Chunker::deliver(Rows rows) {
  Chunk chunk;
  chunk.bytes = pending().substr(0, rows.bytes);
  chunk.offset = position_.offset;
  chunk.line = position_.line;
  chunk.lines = rows.lines;
  chunk.framing = framing_;
  chunk.delimiter = delimiter_;
  chunk.owner = buffer_;
  if (framing_ == Framing::Documents) give_items(chunk);
  begin_ += rows.bytes;
  scanned_ = std::max(scanned_, begin_);
  lines_before_ += rows.lines;
  position_.offset += rows.bytes;
  position_.line += rows.lines;
  is_delivered_from_ = true;
  return chunk;
}

void Chunker::give_items(Chunk& chunk) {
  const std::uint64_t begin = position_.offset - documents_begin_;
  chunk.items.reserve(items_.size());
  for (const DocumentItem& item : items_) {
    chunk.items.push_back({item.begin - begin, item.end - item.begin});
  }
  items_.clear();
  chunk.surroundings = surroundings_;
}

// The file's last row, which has no line end but perhaps a "\r".
Chunk Chunker::deliver_rest() {
  if (framing_ == Framing::Documents) {
    facts_.last_unended = true;
    const std::uint64_t begin = position_.offset - documents_begin_;
    items_.push_back({begin, begin + pending().size()});
    surroundings_ = documents_->surroundings();
    documents_->give_up_item();
    return deliver({pending().size(), count_line_feeds(pending())});
  }
  facts_.last_unended = framing_ == Framing::Lines || !scanner_.is_behind_row();
  const std::uint64_t lines_inside =
      framing_ == Framing::Lines ? 0 : scanner_.lines() - lines_before_;
  return deliver({pending().size(), lines_inside + 1});
}

// A quote in the pending row is never closed. Its first physical line goes out
// alone, so that whoever reads it sees an unclosed quote and not a longer row;
// what follows is read as if nothing had been.
Chunk Chunker::give_up_first_line() {
  Chunk chunk = deliver({first_line_bytes(pending()), 1});
  forget_row();
  return chunk;
}

void Chunker::forget_row() {
  scanner_ = CsvScanner(delimiter_);
  lines_before_ = 0;
  scanned_ = begin_;
}

Result<std::optional<Chunk>> Chunker::skip_long_line() {
  const std::size_t shown = std::min(pending().size(), kTooLongSampleBytes);
  const std::shared_ptr<Buffer> sample = pool_->take(shown);
  std::memcpy(sample->bytes.get(), pending().data(), shown);

  Chunk chunk;
  chunk.bytes = {sample->bytes.get(), shown};
  chunk.offset = position_.offset;
  chunk.line = position_.line;
  chunk.lines = 1;
  chunk.too_long = true;
  chunk.framing = framing_;
  chunk.delimiter = delimiter_;
  chunk.owner = sample;
  if (framing_ == Framing::Documents) return std::optional(skip_long_item(std::move(chunk)));

  chunk.bytes_skipped = pending().size() - shown + drop_line();
  if (stream_->stopped()) return std::optional<Chunk>();
  position_.offset += shown + chunk.bytes_skipped;
  position_.line++;
  return std::optional(std::move(chunk));
}

// What is pending, all of the item so far. The rest of it comes as bytes of the frame.
Chunk Chunker::skip_long_item(Chunk sample) {
  const std::size_t bytes = pending().size();
  sample.lines = count_line_feeds(pending());
  sample.bytes_skipped = bytes - sample.bytes.size();
  documents_->give_up_item();
  begin_ = end_;
  scanned_ = end_;
  position_.offset += bytes;
  position_.line += sample.lines;
  return sample;
}

// Drops what is pending and everything up to the next line end, in constant
// memory. Returns how many bytes were read for it; an error is left for the
// next read to tell.
std::uint64_t Chunker::drop_line() {
  buffer_ = pool_->take(limits_.chunk_bytes);
  is_delivered_from_ = false;
  std::uint64_t dropped = 0;
  bool has_ended = false;
  while (!has_ended && read_instead()) {
    const std::size_t bytes =
        framing_ == Framing::Csv ? first_line_bytes(pending()) : first_line_feed(pending());
    const char last = pending()[bytes - 1];
    has_ended = last == '\n' || (last == '\r' && framing_ == Framing::Csv);
    begin_ += bytes;
    dropped += bytes;
    const bool may_be_half = has_ended && last == '\r' && begin_ == end_;
    if (may_be_half && read_instead() && pending().front() == '\n') {
      begin_++;
      dropped++;
    }
  }
  facts_.last_unended = !has_ended && source_ended_;
  forget_row();
  return dropped;
}

// Reads into the buffer in place of what is in it. False at the end.
bool Chunker::read_instead() {
  const Result<std::size_t> count = read_source(std::span(buffer_->bytes.get(), buffer_->capacity));
  begin_ = 0;
  end_ = count ? *count : 0;
  source_ended_ = count && *count == 0;
  return end_ > 0;
}

}  // namespace pantau
