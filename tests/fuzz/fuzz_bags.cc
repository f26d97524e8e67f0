// A bag that somebody hands over: its manifests, its custody log, its JSON and its seals may be
// any bytes. Whatever they are, checking them ends, and what is not whole is not called whole.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include "pipeline/evidence/custody.h"
#include "pipeline/evidence/manifest.h"
#include "pipeline/evidence/verify.h"

namespace {

constexpr std::string_view kPaths[] = {"bagit.txt",
                                       "bag-info.txt",
                                       "manifest-sha256.txt",
                                       "tagmanifest-sha256.txt",
                                       "tagmanifest-sha256.txt.sig",
                                       "tagmanifest-sha256.txt.tsr",
                                       "certs/signer.pem",
                                       "certs/tsa-ca.pem",
                                       "data/case.json",
                                       "data/decisions.json",
                                       "data/items/0001/record.json",
                                       "data/items/0001/flag.json",
                                       "data/items/0001/capture.json",
                                       "data/explanations/0001.json",
                                       "data/identity/0001.json",
                                       "data/log/custody.jsonl"};

}  // namespace

// Files, each begun by a byte that says which one it is; parted by the byte 0xFF.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  pantau::BagFiles files;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\xFF'), rest.size());
    if (end > 0) {
      const auto which = static_cast<unsigned char>(rest.front()) % std::size(kPaths);
      files[std::string(kPaths[which])] = rest.substr(1, end - 1);
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  // Nothing here can have the hashes of all four manifests.
  if (pantau::check_bag(files, {}).wrong.empty()) std::abort();
  for (const auto& [path, content] : files) {
    for (const auto& [named, hash] : pantau::read_manifest(content, 64).hashes) {
      if (!pantau::is_safe_path(named) || named.find("..") == 0) std::abort();
    }
    static_cast<void>(pantau::check_custody_log(content));
  }
  return 0;
}
