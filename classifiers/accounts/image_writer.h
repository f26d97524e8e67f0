// Gives an image to its sink and hashes it on the way.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "classifiers/accounts/roster_image.h"

namespace pantau {

class ImageWriter {
 public:
  using Sink = std::function<void(std::string_view bytes)>;

  // The sink must outlive the writer.
  explicit ImageWriter(const Sink& sink);
  ~ImageWriter();

  void write(std::string_view bytes);

  // Ends a section: the next one begins aligned.
  void align();

  template <class T>
  void write_section(std::span<const T> values) {
    write({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
    align();
  }

  std::uint64_t size() const { return size_; }

  // The contents, with the checksum of everything before it.
  void finish(RosterContents contents);

 private:
  struct Hash;
  const Sink& sink_;
  std::unique_ptr<Hash> hash_;
  std::uint64_t size_ = 0;
};

}  // namespace pantau
