#include "pipeline/archive/codec.h"

#include <bzlib.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <limits>

#include "classifiers/base/check.h"

namespace pantau {
namespace {

// zlib and bzip2 count in unsigned int.
unsigned int bounded(std::size_t size) {
  return static_cast<unsigned int>(
      std::min<std::size_t>(size, std::numeric_limits<unsigned int>::max()));
}

class GzipCodec final : public Codec {
 public:
  GzipCodec() {
    constexpr int kGzipOnly = 15 + 16;  // the largest window; and a header with a checksum
    CHECK(inflateInit2(&stream_, kGzipOnly) == Z_OK, "only memory can lack");
  }
  ~GzipCodec() override { inflateEnd(&stream_); }

  Step step(std::span<const char> in, std::span<char> out) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));  // zlib only reads it
    stream_.avail_in = bounded(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = bounded(out.size());
    const unsigned int in_before = stream_.avail_in;
    const unsigned int out_before = stream_.avail_out;
    const int code = inflate(&stream_, Z_NO_FLUSH);
    Step step;
    step.consumed = in_before - stream_.avail_in;
    step.produced = out_before - stream_.avail_out;
    step.frame_done = code == Z_STREAM_END;
    if (code == Z_MEM_ERROR) step.damage = "there is not enough memory to decompress it";
    if (code == Z_DATA_ERROR || code == Z_NEED_DICT || code == Z_STREAM_ERROR) {
      step.damage = "the gzip data are corrupt";
    }
    return step;
  }

  void begin_frame() override { inflateReset(&stream_); }
  bool may_begin_with(unsigned char byte) const override { return byte == 0x1F; }

 private:
  z_stream stream_ = {};
};

class ZstdCodec final : public Codec {
 public:
  ZstdCodec() : context_(ZSTD_createDCtx()) {
    CHECK(context_ != nullptr, "only memory can lack");
    ZSTD_DCtx_setParameter(context_, ZSTD_d_windowLogMax, kZstdWindowLogMax);
  }
  ~ZstdCodec() override { ZSTD_freeDCtx(context_); }

  Step step(std::span<const char> in, std::span<char> out) override {
    ZSTD_inBuffer input = {in.data(), in.size(), 0};
    ZSTD_outBuffer output = {out.data(), out.size(), 0};
    const std::size_t code = ZSTD_decompressStream(context_, &output, &input);
    Step step;
    step.consumed = input.pos;
    step.produced = output.pos;
    step.frame_done = code == 0;
    if (ZSTD_isError(code) == 0) return step;
    step.damage = "the zstd data are corrupt";
    if (ZSTD_getErrorCode(code) == ZSTD_error_frameParameter_windowTooLarge) {
      static_assert(kZstdWindowLogMax == 27, "the text says 128 MiB");
      step.damage =
          "its zstd data need a window above 128 MiB; compress it again without --ultra and with "
          "--long=27 at most";
    }
    if (ZSTD_getErrorCode(code) == ZSTD_error_memory_allocation) {
      step.damage = "there is not enough memory to decompress it";
    }
    return step;
  }

  void begin_frame() override { ZSTD_DCtx_reset(context_, ZSTD_reset_session_only); }

  // 0x28 begins a frame of data, 0x5? one that is to be skipped.
  bool may_begin_with(unsigned char byte) const override {
    return byte == 0x28 || (byte & 0xF0) == 0x50;
  }

 private:
  ZSTD_DCtx* context_;
};

class Bzip2Codec final : public Codec {
 public:
  Bzip2Codec() { open(); }
  ~Bzip2Codec() override { BZ2_bzDecompressEnd(&stream_); }

  Step step(std::span<const char> in, std::span<char> out) override {
    stream_.next_in = const_cast<char*>(in.data());  // bzip2 only reads it
    stream_.avail_in = bounded(in.size());
    stream_.next_out = out.data();
    stream_.avail_out = bounded(out.size());
    const unsigned int in_before = stream_.avail_in;
    const unsigned int out_before = stream_.avail_out;
    const int code = BZ2_bzDecompress(&stream_);
    Step step;
    step.consumed = in_before - stream_.avail_in;
    step.produced = out_before - stream_.avail_out;
    step.frame_done = code == BZ_STREAM_END;
    if (code == BZ_MEM_ERROR) step.damage = "there is not enough memory to decompress it";
    if (code == BZ_DATA_ERROR || code == BZ_DATA_ERROR_MAGIC || code == BZ_SEQUENCE_ERROR) {
      step.damage = "the bzip2 data are corrupt";
    }
    return step;
  }

  void begin_frame() override {
    BZ2_bzDecompressEnd(&stream_);
    open();
  }
  bool may_begin_with(unsigned char byte) const override { return byte == 'B'; }

 private:
  void open() {
    stream_ = {};
    CHECK(BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK, "only memory can lack");
  }

  bz_stream stream_ = {};
};

bool begins_with_bzip2(std::string_view bytes) {
  return bytes.size() >= 5 && bytes.starts_with("BZh") && bytes[3] >= '1' && bytes[3] <= '9' &&
         (bytes[4] == '\x31' || bytes[4] == '\x17');  // of a block, of the end of an empty file
}

bool begins_with_zstd(std::string_view bytes) {
  if (bytes.starts_with("\x28\xB5\x2F\xFD")) return true;
  return bytes.size() >= 4 && (bytes[0] & 0xF0) == 0x50 && bytes.substr(1, 3) == "\x2A\x4D\x18";
}

}  // namespace

std::string_view name_of(Compression compression) {
  switch (compression) {
    case Compression::None:
      return "";
    case Compression::Gzip:
      return "gzip";
    case Compression::Zstd:
      return "zstd";
    case Compression::Bzip2:
      return "bzip2";
  }
  return "";
}

Compression recognise_compression(std::string_view first_bytes) {
  if (first_bytes.starts_with("\x1F\x8B\x08")) return Compression::Gzip;
  if (begins_with_zstd(first_bytes)) return Compression::Zstd;
  if (begins_with_bzip2(first_bytes)) return Compression::Bzip2;
  return Compression::None;
}

std::unique_ptr<Codec> make_codec(Compression compression) {
  switch (compression) {
    case Compression::Gzip:
      return std::make_unique<GzipCodec>();
    case Compression::Zstd:
      return std::make_unique<ZstdCodec>();
    case Compression::Bzip2:
      return std::make_unique<Bzip2Codec>();
    case Compression::None:
      break;
  }
  CHECK(false, "plain bytes need no codec");
  return nullptr;
}

}  // namespace pantau
