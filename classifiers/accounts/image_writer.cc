#include "classifiers/accounts/image_writer.h"

#include <xxhash.h>

#include <cstring>
#include <string>

#include "classifiers/base/check.h"

namespace pantau {

struct ImageWriter::Hash {
  XXH3_state_t* state = XXH3_createState();
  ~Hash() { XXH3_freeState(state); }

  void add(std::string_view bytes) { XXH3_64bits_update(state, bytes.data(), bytes.size()); }
};

ImageWriter::ImageWriter(const Sink& sink) : sink_(sink), hash_(std::make_unique<Hash>()) {
  CHECK(hash_->state != nullptr, "there is memory for a hash");
  XXH3_64bits_reset(hash_->state);
}

ImageWriter::~ImageWriter() = default;

void ImageWriter::write(std::string_view bytes) {
  hash_->add(bytes);
  sink_(bytes);
  size_ += bytes.size();
}

void ImageWriter::align() {
  const std::string fill(roster_section_bytes(size_) - size_, '\0');
  write(fill);
}

void ImageWriter::finish(RosterContents contents) {
  std::string bytes(reinterpret_cast<const char*>(&contents), sizeof contents);
  constexpr std::size_t kHashed = offsetof(RosterContents, checksum);
  hash_->add(std::string_view(bytes).substr(0, kHashed));
  contents.checksum = XXH3_64bits_digest(hash_->state);
  std::memcpy(bytes.data() + kHashed, &contents.checksum, sizeof contents.checksum);
  sink_(bytes);
}

}  // namespace pantau
