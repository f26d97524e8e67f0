// A manifest of a bag, read strictly: as Pantau and sha256sum write it and in no other form, so
// that there is one text only that says a thing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pantau {

struct Manifest {
  std::map<std::string, std::string> hashes;  // path → hexadecimal digits
  std::vector<std::string> mistakes;          // "line 3: …"
};

Manifest read_manifest(std::string_view text, std::size_t hash_digits);

// Whether a path of a manifest stays inside its bag, whatever the system.
bool is_safe_path(std::string_view path);

}  // namespace pantau
