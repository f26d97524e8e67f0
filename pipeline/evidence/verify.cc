#include "pipeline/evidence/verify.h"

#include <fmt/format.h>

#include <array>
#include <set>

#include "pipeline/evidence/digest.h"
#include "pipeline/evidence/manifest.h"
#include "pipeline/evidence/seal.h"
#include "pipeline/evidence/verify_guide.h"
#include "pipeline/output/sha256.h"

namespace pantau {
namespace {

constexpr std::string_view kBagit = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
constexpr std::string_view kTagManifest512 = "tagmanifest-sha512.txt";

bool is_payload(std::string_view path) {
  return path.starts_with("data/");
}

// They cannot be on the list that they are about, and prove themselves.
bool is_outside_lists(std::string_view path) {
  return path == kTagManifest || path == kTagManifest512 || path == kSignatureFile ||
         path == kTimestampFile;
}

const std::string* find(const BagFiles& files, std::string_view path) {
  const auto found = files.find(std::string(path));
  return found == files.end() ? nullptr : &found->second;
}

class BagCheck {
 public:
  BagCheck(const BagFiles& files, const VerifyOptions& options)
      : files_(files), options_(options) {}

  Verified check() {
    bagit();
    manifest("manifest-sha256.txt", true, kSha256HexSize, sha256_hex);
    manifest("manifest-sha512.txt", true, kSha512HexSize, sha512_hex);
    manifest(kTagManifest, false, kSha256HexSize, sha256_hex);
    manifest(kTagManifest512, false, kSha512HexSize, sha512_hex);
    unlisted();
    bag_info();
    const std::optional<Instant> stamped = timestamp();
    signature(stamped.value_or(options_.now));
    if (const std::string* const script = find(files_, "verify.sh");
        script != nullptr && *script != verify_script()) {
      verified_.notes.emplace_back("verify.sh is not that of this version of Pantau");
    }
    check_inside(files_, verified_);
    return std::move(verified_);
  }

 private:
  void wrong(std::string_view file, std::string_view what) {
    if (verified_.wrong.size() < kFindingsMax) {
      verified_.wrong.push_back({std::string(file), std::string(what)});
    }
  }

  void bagit() {
    const std::string* const text = find(files_, "bagit.txt");
    if (text == nullptr) return wrong("bagit.txt", "is missing: this is no bag");
    if (*text != kBagit) wrong("bagit.txt", "is not that of a bag of version 1.0 in UTF-8");
  }

  // Both ways: what it lists is there with this hash, and what is there is on the list.
  template <class Hash>
  void manifest(std::string_view name, bool of_payload, std::size_t digits, Hash&& hash) {
    const std::string* const text = find(files_, name);
    if (text == nullptr) return wrong(name, "is missing");
    const Manifest manifest = read_manifest(*text, digits);
    for (const std::string& mistake : manifest.mistakes) wrong(name, mistake);
    for (const auto& [path, expected] : manifest.hashes) {
      if (is_payload(path) != of_payload || is_outside_lists(path)) {
        wrong(name, fmt::format("lists {}, which does not belong there", path));
        continue;
      }
      const std::string* const content = find(files_, path);
      if (content == nullptr) {
        missing_[path] = expected;
      } else if (hash(*content) != expected) {
        wrong(path, fmt::format("was changed: {} has another hash", name));
      }
    }
    for (const auto& [path, content] : files_) {
      if (is_payload(path) != of_payload || is_outside_lists(path)) continue;
      if (!manifest.hashes.contains(path)) unlisted_[path].insert(std::string(name));
    }
  }

  // A file that is missing and one that is too many may be the same under another name.
  void unlisted() {
    std::map<std::string, std::string> by_hash;
    for (const auto& [path, lists] : unlisted_) {
      by_hash[sha256_hex(files_.at(path))] = path;
      by_hash[sha512_hex(files_.at(path))] = path;
      std::string names;
      for (const std::string& list : lists) names += (names.empty() ? "" : ", ") + list;
      wrong(path, fmt::format("is not listed in {}", names));
    }
    for (const auto& [path, hash] : missing_) {
      const auto elsewhere = by_hash.find(hash);
      wrong(path, elsewhere == by_hash.end()
                      ? std::string("is missing")
                      : fmt::format("is missing; its content is in {}", elsewhere->second));
    }
  }

  void bag_info() {
    const std::string* const info = find(files_, "bag-info.txt");
    if (info == nullptr) return wrong("bag-info.txt", "is missing");
    std::size_t bytes = 0;
    std::size_t count = 0;
    for (const auto& [path, content] : files_) {
      if (!is_payload(path)) continue;
      bytes += content.size();
      count++;
    }
    const std::string oxum = fmt::format("\nPayload-Oxum: {}.{}\n", bytes, count);
    if (('\n' + *info).find(oxum) == std::string::npos) {
      wrong("bag-info.txt", fmt::format("Payload-Oxum is not {}.{}: files or bytes of data/ are "
                                        "missing, or there are more",
                                        bytes, count));
    }
  }

  // The certificates to hold a seal against, and a note if they are the bag's own.
  std::string trusted(const std::string& own, std::string_view in_bag, std::string_view option,
                      std::string_view seal) {
    if (!own.empty()) return own;
    const std::string* const pem = find(files_, in_bag);
    verified_.notes.push_back(
        fmt::format("the {} was held against {} of the bag itself, which anybody can put there: "
                    "compare its fingerprint, or give {}",
                    seal, in_bag, option));
    return pem == nullptr ? std::string() : *pem;
  }

  std::optional<Instant> timestamp() {
    const std::string* const answer = find(files_, kTimestampFile);
    const std::string* const data = find(files_, kTagManifest);
    if (answer == nullptr || data == nullptr) {
      if (options_.needs_timestamp)
        wrong(kTimestampFile, "is missing, and a time stamp is asked for");
      if (!options_.needs_timestamp) verified_.notes.emplace_back("there is no time stamp");
      return std::nullopt;
    }
    if (answer->size() > kSealBytesMax) {
      wrong(kTimestampFile, "is too large for a time stamp");
      return std::nullopt;
    }
    const std::string ca = trusted(options_.tsa_ca, "certs/tsa-ca.pem", "--tsa-ca", "time stamp");
    const Result<Stamped> stamped = check_timestamp(*data, *answer, ca);
    if (!stamped) {
      wrong(kTimestampFile, "the time stamp: " + stamped.error().message);
      return std::nullopt;
    }
    verified_.notes.push_back(
        fmt::format("time stamp: {}, by {}", format_rfc3339(stamped->at), stamped->authority));
    return stamped->at;
  }

  void signature(Instant at) {
    const std::string* const der = find(files_, kSignatureFile);
    const std::string* const data = find(files_, kTagManifest);
    if (der == nullptr || data == nullptr) {
      if (options_.needs_signature)
        wrong(kSignatureFile, "is missing, and a signature is asked for");
      if (!options_.needs_signature) {
        verified_.notes.emplace_back(
            "there is no signature: only accidents can be found, not what somebody did");
      }
      return;
    }
    if (der->size() > kSealBytesMax) return wrong(kSignatureFile, "is too large for a signature");
    const std::string ca = trusted(options_.signer_ca, "certs/signer.pem", "--ca", "signature");
    const Result<Signed> held = check_signature(*data, *der, ca, at);
    if (!held) return wrong(kSignatureFile, "the signature: " + held.error().message);
    verified_.notes.push_back("signature: by " + held->signer);
  }

  const BagFiles& files_;
  const VerifyOptions& options_;
  Verified verified_;
  std::map<std::string, std::string> missing_;             // path → the hash that is asked for
  std::map<std::string, std::set<std::string>> unlisted_;  // path → manifests that lack it
};

}  // namespace

Verified check_bag(const BagFiles& files, const VerifyOptions& options) {
  return BagCheck(files, options).check();
}

Result<Verified> verify_bag(const std::string& folder, const VerifyOptions& options,
                            const VerifyLimits& limits) {
  std::vector<Finding> wrong;
  TRY(const BagFiles files, read_bag(folder, limits, wrong));
  Verified verified = check_bag(files, options);
  verified.wrong.insert(verified.wrong.begin(), wrong.begin(), wrong.end());
  return verified;
}

}  // namespace pantau
