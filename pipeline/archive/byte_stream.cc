#include "pipeline/archive/byte_stream.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace pantau {
namespace {

// Enough that a system call costs nothing beside the decompression.
constexpr std::size_t kRawBytes = std::size_t{256} * 1024;

// What is read to recognise the compression, before it is known that a big
// buffer will be needed.
constexpr std::size_t kFirstBytes = 4096;

std::string reason_of(int error_number) {
  return std::error_code(error_number, std::generic_category()).message();
}

}  // namespace

Result<std::unique_ptr<ByteStream>> ByteStream::open(const InputFile& file,
                                                     const std::atomic<bool>* stop) {
  int fd = STDIN_FILENO;
  if (!file.is_stdin) {
    // Not to wait here for a named pipe's writer: wait_for_bytes() does, and can be stopped.
    do {
      fd = ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    } while (fd < 0 && errno == EINTR);
    if (fd < 0) {
      return fail(Fault::Source, fmt::format("{}: cannot open: {}", file.name, reason_of(errno)));
    }
  }
  std::unique_ptr<ByteStream> stream(new ByteStream(file, fd, stop));
  TRY_STATUS(stream->recognise());
  return stream;
}

ByteStream::ByteStream(const InputFile& file, int fd, const std::atomic<bool>* stop)
    : name_(file.name),
      file_(std::make_shared<const PlainFile>(file.name, fd, !file.is_stdin)),
      fd_(fd),
      stop_(stop),
      raw_(kFirstBytes) {
  struct stat status = {};
  is_regular_ = ::fstat(fd_, &status) == 0 && S_ISREG(status.st_mode);
  if (is_regular_) ::posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

// Reads until the first bytes are known, but not more than is needed for it: a
// pipe whose first line is short must not be waited for.
Status ByteStream::recognise() {
  const auto first_bytes = [this] { return std::string_view(raw_.data(), raw_end_); };
  constexpr std::string_view kFirstOfMagic =
      "\x1F\x28\x50\x51\x52\x53\x54\x55\x56\x57\x58"
      "\x59\x5A\x5B\x5C\x5D\x5E\x5F"
      "B";
  while (raw_end_ < kMagicBytes && !raw_ended_ && !stopped_) {
    if (raw_end_ > 0 && kFirstOfMagic.find(raw_[0]) == std::string_view::npos) break;
    TRY(const std::size_t count, read_raw(std::span(raw_).subspan(raw_end_)));
    raw_end_ += count;
  }
  compression_ = recognise_compression(first_bytes());
  if (compression_ != Compression::None) {
    codec_ = make_codec(compression_);
    raw_.resize(kRawBytes);
  }
  return {};
}

Result<std::size_t> ByteStream::read(std::span<char> into) {
  if (damage_) return tl::unexpected<Error>(*damage_);
  if (into.empty()) return 0;
  Result<std::size_t> count = codec_ ? read_compressed(into) : read_plain(into);
  if (count) position_ += *count;
  return count;
}

Result<std::size_t> ByteStream::read_plain(std::span<char> into) {
  if (raw_begin_ == raw_end_) return read_raw(into);
  const std::size_t count = std::min(into.size(), raw_end_ - raw_begin_);
  std::memcpy(into.data(), raw_.data() + raw_begin_, count);
  raw_begin_ += count;
  return count;
}

Result<std::size_t> ByteStream::read_compressed(std::span<char> into) {
  while (true) {
    if (between_frames_) {
      TRY(const bool has_more, begin_next_frame());
      if (!has_more) return 0;
    }
    const std::span<const char> in(raw_.data() + raw_begin_, raw_end_ - raw_begin_);
    const Codec::Step step = codec_->step(in, into);
    raw_begin_ += step.consumed;
    between_frames_ = step.frame_done;
    codec_may_hold_more_ = step.produced == into.size();
    if (!step.damage.empty()) {
      position_ += step.produced;  // so that the message tells the right place
      tl::unexpected<Error> error = damaged(step.damage);
      position_ -= step.produced;
      if (step.produced == 0) return error;
    }
    if (step.produced > 0) return step.produced;
    if (step.frame_done || step.consumed > 0) continue;
    TRY_STATUS(refill());
    if (stopped_) return 0;
    if (raw_ended_ && raw_begin_ == raw_end_) return damaged("the file is cut off");
  }
}

// At the end of a frame: false at the end of the file. Zeros behind the last
// frame are padding, left by tapes and tar, and no damage.
Result<bool> ByteStream::begin_next_frame() {
  while (true) {
    if (raw_begin_ == raw_end_) TRY_STATUS(refill());
    if (raw_begin_ == raw_end_) return false;
    const auto byte = static_cast<unsigned char>(raw_[raw_begin_]);
    if (codec_->may_begin_with(byte)) break;
    if (byte != 0) {
      return damaged(fmt::format("something follows the {} data", name_of(compression_)));
    }
    raw_begin_++;
  }
  codec_->begin_frame();
  between_frames_ = false;
  return true;
}

Status ByteStream::refill() {
  if (raw_begin_ == raw_end_) raw_begin_ = raw_end_ = 0;
  if (raw_begin_ > 0) {
    std::memmove(raw_.data(), raw_.data() + raw_begin_, raw_end_ - raw_begin_);
    raw_end_ -= raw_begin_;
    raw_begin_ = 0;
  }
  if (raw_end_ == raw_.size()) return damaged("the compressed data make no sense");
  TRY(const std::size_t count, read_raw(std::span(raw_).subspan(raw_end_)));
  raw_end_ += count;
  return {};
}

Result<std::size_t> ByteStream::read_raw(std::span<char> into) {
  while (!raw_ended_ && wait_for_bytes()) {
    const ssize_t count = ::read(fd_, into.data(), into.size());
    if (count > 0) {
      raw_position_ += static_cast<std::uint64_t>(count);
      return static_cast<std::size_t>(count);
    }
    if (count == 0) {
      raw_ended_ = true;
    } else if (errno != EINTR && errno != EAGAIN) {
      return damaged(fmt::format("cannot read: {}", reason_of(errno)));
    }
  }
  return 0;
}

// Waits until a read would not block; false when asked to stop.
bool ByteStream::wait_for_bytes() {
  while (stop_ == nullptr || !stop_->load(std::memory_order_relaxed)) {
    if (is_regular_) return true;
    pollfd waiting = {fd_, POLLIN, 0};
    const int found = ::poll(&waiting, 1, stop_ == nullptr ? -1 : kStopNoticedMsMax);
    if (found > 0) return true;
    if (found < 0 && errno != EINTR) return true;  // then read() says what is wrong
  }
  stopped_ = true;
  return false;
}

bool ByteStream::ready() const {
  if (is_regular_ || raw_ended_ || raw_begin_ < raw_end_ || codec_may_hold_more_) return true;
  pollfd waiting = {fd_, POLLIN, 0};
  return ::poll(&waiting, 1, 0) > 0;
}

Status ByteStream::skip(std::uint64_t bytes) {
  if (!codec_ && is_regular_) return skip_by_seeking(bytes);
  std::vector<char> dropped(kRawBytes);
  while (bytes > 0) {
    const std::size_t wanted = std::min<std::uint64_t>(bytes, dropped.size());
    TRY(const std::size_t count, read(std::span(dropped).first(wanted)));
    if (count == 0 && stopped_) return {};
    if (count == 0) return damaged(fmt::format("it is {} bytes shorter than it was", bytes));
    bytes -= count;
  }
  return {};
}

Status ByteStream::skip_by_seeking(std::uint64_t bytes) {
  const std::size_t at_hand = std::min<std::uint64_t>(bytes, raw_end_ - raw_begin_);
  raw_begin_ += at_hand;
  position_ += at_hand;
  bytes -= at_hand;
  if (bytes == 0) return {};
  struct stat status = {};
  const off_t here = ::lseek(fd_, 0, SEEK_CUR);
  if (here < 0 || ::fstat(fd_, &status) != 0) {
    return damaged(fmt::format("cannot seek: {}", reason_of(errno)));
  }
  const auto left = static_cast<std::uint64_t>(std::max<off_t>(status.st_size - here, 0));
  if (left < bytes) return damaged(fmt::format("it is {} bytes shorter than it was", bytes - left));
  if (::lseek(fd_, static_cast<off_t>(bytes), SEEK_CUR) < 0) {
    return damaged(fmt::format("cannot seek: {}", reason_of(errno)));
  }
  raw_position_ += bytes;
  position_ += bytes;
  return {};
}

tl::unexpected<Error> ByteStream::damaged(std::string_view what) {
  const std::string place = codec_ ? fmt::format("at byte {} of the decompressed data", position_)
                                   : fmt::format("at byte {}", position_);
  damage_ = Error{Fault::Source, fmt::format("{}: {} ({})", name_, what, place)};
  return tl::unexpected<Error>(*damage_);
}

}  // namespace pantau
