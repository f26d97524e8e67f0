#include "pipeline/sweep/feed.h"

#include <fmt/format.h>

namespace pantau {
std::string note_on_rest(const Error& error) {
  return fmt::format("error: {}; the rest of this input was not read", error.message);
}

void read_item(FeedItem& item) {
  if (!item.is_unread) return;
  const Status read = read_chunk(*item.chunk);
  if (!read) item.fault = read.error();
}

Feed::Feed(std::vector<InputFile> files, FeedOptions options, FeedPosition from)
    : files_(std::move(files)),
      options_(options),
      position_(from),
      pool_(BufferPool::make(options.limits.chunk_bytes)) {
  bool known = true;
  for (const InputFile& file : files_) {
    stored_bytes_ += file.bytes;
    known = known && !file.is_stdin;
  }
  for (std::uint32_t i = 0; i < from.file && i < files_.size(); i++) {
    stored_bytes_before_ += files_[i].bytes;
  }
  if (!known) stored_bytes_ = 0;
}

std::optional<FeedItem> Feed::next() {
  if (stopped()) return std::nullopt;
  if (chunker_ == nullptr) {
    if (position_.file == files_.size()) return std::nullopt;
    return open_next();
  }
  Result<std::optional<Chunk>> chunk = chunker_->next();
  if (!chunk) return failed(chunk.error());
  if (!*chunk) return chunker_->stopped() ? std::nullopt : std::optional(ended());
  position_.in_file = chunker_->position();
  FeedItem item;
  item.file = file_;
  item.is_unread = (**chunk).unread.file != nullptr;
  item.chunk = *std::move(chunk);
  item.end = position_;
  item.stored_bytes_done = stored_bytes_before_ + chunker_->compressed_position();
  return item;
}

FeedItem Feed::open_next() {
  const InputFile& input = files_[position_.file];
  auto file = std::make_shared<OpenFile>();
  file->number = position_.file;
  file->name = input.name;
  file_ = file;
  Result<std::unique_ptr<Chunker>> chunker =
      Chunker::open(input, {options_.limits, pool_, options_.stop, options_.leaves_unread});
  if (!chunker) return failed(chunker.error());
  chunker_ = *std::move(chunker);
  file->layout = options_.layout != nullptr ? options_.layout : &recognise_layout(chunker_->head());
  const Framing framing = file->layout->framing_of(chunker_->head());
  const Status started = chunker_->start(framing, position_.in_file, file->layout->arrays());
  if (!started) return failed(started.error());
  file->header = chunker_->header();
  // Asked here once, so that a file whose header is wrong is told once and not by each thread.
  const bool readable = framing_ != Framing::Csv || !chunker_->facts().empty;
  if (readable) {
    const auto reader = file->layout->make_reader(file->header);
    if (!reader)
      return failed({Fault::Source, fmt::format("{}: {}", input.name, reader.error().message)});
  }
  FeedItem item;
  item.file = file_;
  item.notes = notes_at_start();
  item.end = {position_.file, chunker_->position()};
  item.stored_bytes_done = stored_bytes_before_;
  return item;
}

std::vector<std::string> Feed::notes_at_start() const {
  std::vector<std::string> notes;
  const FileFacts& facts = chunker_->facts();
  if (facts.empty) notes.push_back(fmt::format("{}: the file is empty", file_->name));
  if (!facts.not_text.empty()) {
    notes.push_back(
        fmt::format("{}: this looks like {}, not like records; its lines will be "
                    "rejected",
                    file_->name, facts.not_text));
  }
  return notes;
}

FeedItem Feed::failed(const Error& error) {
  FeedItem item;
  item.file = file_;
  item.notes.push_back(note_on_rest(error));
  item.file_failed = true;
  close();
  item.end = position_;
  item.stored_bytes_done = stored_bytes_before_;
  return item;
}

FeedItem Feed::ended() {
  FeedItem item;
  item.file = file_;
  if (chunker_->facts().last_unended) {
    const bool in_documents = framing_ == Framing::Documents;
    item.notes.push_back(fmt::format(
        "{}: {}", file_->name,
        in_documents
            ? "the file ends before its document does: it was cut off, and what was behind "
              "the last item is lost"
            : "the last line has no line end; if it is rejected, the file was cut off in "
              "the middle of it"));
  }
  close();
  item.end = position_;
  item.stored_bytes_done = stored_bytes_before_;
  return item;
}

void Feed::close() {
  chunker_ = nullptr;
  stored_bytes_before_ += files_[position_.file].bytes;
  position_ = {position_.file + 1, {}};
}

}  // namespace pantau
