#include "pipeline/sweep/key_set.h"

#include <xxhash.h>

namespace pantau {

bool KeySet::insert(std::string_view key) {
  const XXH128_hash_t hash = XXH3_128bits(key.data(), key.size());
  return keys_.insert({hash.low64, hash.high64}).second;
}

}  // namespace pantau
