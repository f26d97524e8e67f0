#include <xxhash.h>

#include <algorithm>
#include <cstring>

#include "classifiers/accounts/roster.h"
#include "classifiers/base/check.h"

namespace pantau {

struct RosterVerifier::State {
  XXH3_state_t* hash = XXH3_createState();
  std::string last;  // what may turn out to be the checksum, which is the image's end

  ~State() { XXH3_freeState(hash); }
};

RosterVerifier::RosterVerifier() : state_(std::make_unique<State>()) {
  CHECK(state_->hash != nullptr, "there is memory for a hash");
  XXH3_64bits_reset(state_->hash);
}

RosterVerifier::~RosterVerifier() = default;

void RosterVerifier::add(std::string_view bytes) {
  constexpr std::size_t kHeldBack = sizeof(std::uint64_t);
  const auto hash = [this](std::string_view part) {
    XXH3_64bits_update(state_->hash, part.data(), part.size());
  };
  std::string& last = state_->last;
  if (bytes.size() < kHeldBack) {
    last += bytes;
    const std::size_t beyond = last.size() - std::min(last.size(), kHeldBack);
    hash(std::string_view(last).substr(0, beyond));
    last.erase(0, beyond);
  } else {
    hash(last);
    hash(bytes.substr(0, bytes.size() - kHeldBack));
    last = bytes.substr(bytes.size() - kHeldBack);
  }
}

Status RosterVerifier::result() const {
  std::uint64_t checksum;
  if (state_->last.size() == sizeof checksum) {
    std::memcpy(&checksum, state_->last.data(), sizeof checksum);
    if (XXH3_64bits_digest(state_->hash) == checksum) return Status();
  }
  return fail(Fault::Config,
              "the roster index is damaged: its checksum is wrong; build it again with 'pantau "
              "roster build'");
}

}  // namespace pantau
