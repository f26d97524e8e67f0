// The decompressed bytes of a file or of standard input.
//
// What a file is packed with is seen from its first bytes, not from its name:
// names lie after a few rounds of copying. Checksums are verified. Nothing is
// ever read as a whole.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "classifiers/base/result.h"
#include "pipeline/archive/codec.h"
#include "pipeline/archive/inputs.h"
#include "pipeline/archive/plain_file.h"

namespace pantau {

// For one thread.
class ByteStream {
 public:
  // When *stop becomes true, a read that waits for a pipe ends within
  // kStopNoticedMsMax; null if nobody will ask.
  static Result<std::unique_ptr<ByteStream>> open(const InputFile& file,
                                                  const std::atomic<bool>* stop = nullptr);
  ~ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  // At least one byte, or 0 at the end or when stopped. An error (Fault::Source)
  // names the file and the place; everything before the damage has been
  // delivered by then. After an error the same error again.
  Result<std::size_t> read(std::span<char> into);

  // Drops the next `bytes`; an error if the input has fewer.
  Status skip(std::uint64_t bytes);

  // Whether read() would return at once. Always so for files.
  bool ready() const;

  // Whether the end came because of *stop.
  bool stopped() const { return stopped_; }

  std::uint64_t position() const { return position_; }                 // decompressed bytes so far
  std::uint64_t compressed_position() const { return raw_position_; }  // for progress
  Compression compression() const { return compression_; }

  // The file itself, if any part of it can be read without the parts before; else null.
  std::shared_ptr<const PlainFile> plain_file() const {
    return is_regular_ && !codec_ ? file_ : nullptr;
  }

 private:
  ByteStream(const InputFile& file, int fd, const std::atomic<bool>* stop);

  Status recognise();
  bool wait_for_bytes();
  Result<std::size_t> read_raw(std::span<char> into);
  Status refill();
  Result<std::size_t> read_plain(std::span<char> into);
  Result<std::size_t> read_compressed(std::span<char> into);
  Result<bool> begin_next_frame();
  Status skip_by_seeking(std::uint64_t bytes);
  tl::unexpected<Error> damaged(std::string_view what);

  std::string name_;
  std::shared_ptr<const PlainFile> file_;
  int fd_;  // its
  bool is_regular_ = false;
  const std::atomic<bool>* stop_;
  bool stopped_ = false;

  Compression compression_ = Compression::None;
  std::unique_ptr<Codec> codec_;  // null for plain bytes
  bool between_frames_ = false;
  bool codec_may_hold_more_ = false;
  std::optional<Error> damage_;

  std::vector<char> raw_;  // bytes as on disk: for recognising, and as the codec's input
  std::size_t raw_begin_ = 0;
  std::size_t raw_end_ = 0;
  bool raw_ended_ = false;
  std::uint64_t raw_position_ = 0;
  std::uint64_t position_ = 0;
};

inline constexpr int kStopNoticedMsMax = 100;

}  // namespace pantau
