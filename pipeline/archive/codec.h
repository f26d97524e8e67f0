// Decompression, one interface for gzip, zstd and bzip2.
//
// All three may hold several frames behind each other (members, frames,
// streams), as `cat a.gz b.gz` and parallel compressors write them. A codec
// knows one frame; ByteStream puts them together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace pantau {

enum class Compression : std::uint8_t { None, Gzip, Zstd, Bzip2 };

std::string_view name_of(Compression compression);  // "gzip"; "" for None

// So many bytes are looked at; fewer mean that the file is shorter.
inline constexpr std::size_t kMagicBytes = 5;

// By the first bytes of a file.
Compression recognise_compression(std::string_view first_bytes);

// A zstd file says how far back it refers. 2^27 bytes is what `zstd --long`
// writes and what its command reads without asking; above, a small file could
// make us take gigabytes.
inline constexpr int kZstdWindowLogMax = 27;

class Codec {
 public:
  struct Step {
    std::size_t consumed = 0;
    std::size_t produced = 0;
    bool frame_done = false;
    std::string_view damage;  // a literal saying what is wrong; empty if nothing is
  };

  virtual ~Codec() = default;

  // Decompresses what it can. May consume and produce nothing when it needs
  // more of either. Not called again after frame_done without begin_frame().
  virtual Step step(std::span<const char> in, std::span<char> out) = 0;

  virtual void begin_frame() = 0;

  // Whether a further frame may begin with this byte.
  virtual bool may_begin_with(unsigned char byte) const = 0;
};

// Not for Compression::None.
std::unique_ptr<Codec> make_codec(Compression compression);

}  // namespace pantau
