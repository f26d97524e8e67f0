// A case as a bag (BagIt 1.0, RFC 8493), in memory and on the disk.
//
//   case-2026-000123/
//     bagit.txt  bag-info.txt  manifest-sha256.txt  manifest-sha512.txt
//     tagmanifest-sha256.txt  tagmanifest-sha512.txt
//     tagmanifest-sha256.txt.sig  tagmanifest-sha256.txt.tsr    (seal.h; on top of all others)
//     README-VERIFIKASI.txt  verify.sh  certs/*.pem
//     data/case.json  data/decisions.json  data/rules/*.toml  data/explanations/NNNN.json
//     data/items/NNNN/…  data/identity/NNNN…  data/log/custody.jsonl
//     data/report.html  data/report.pdf
//
// There are two kinds: the sealed original has everything; a copy names nobody (mask.h) and
// leaves out what cannot be masked: received bytes, headers and addresses, evidence of identity.
// Both are made of the case file alone, so the same case file gives the same bytes.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "classifiers/base/result.h"
#include "pipeline/evidence/case_file.h"

namespace pantau {

// A bag is put together in memory.
inline constexpr std::size_t kBagBytesMax = std::size_t{1} << 30;
inline constexpr std::size_t kBagItemsMax = 9999;

inline constexpr std::string_view kTagManifest = "tagmanifest-sha256.txt";
inline constexpr std::string_view kSignatureFile = "tagmanifest-sha256.txt.sig";
inline constexpr std::string_view kTimestampFile = "tagmanifest-sha256.txt.tsr";

// Path in the bag → bytes, in the order of a manifest.
using BagFiles = std::map<std::string, std::string>;

enum class BagKind { Sealed, Copy };

struct Bag {
  std::string name;
  std::string made_at;  // RFC 3339, the case file's own
  BagFiles files;
};

// `certificates`: file name → PEM, of those who sign and time-stamp. Fault::Config if the case
// cannot be a bag: no number, too large, a hash that its bytes do not have.
Result<Bag> make_bag(const CaseFile& file, BagKind kind, const BagFiles& certificates);

// Writes a folder DIR/NAME that is there as a whole or not at all, readable by its owner only.
// Returns its path. Fault::Config if it exists already; Fault::Storage.
Result<std::string> write_bag(const Bag& bag, const std::string& folder);

// The same as one file (tar), the same bytes for the same bag.
Result<std::string> bag_as_tar(const Bag& bag);

// What stands in data/; `kind` says for whom.
Result<BagFiles> bag_payload(const CaseFile& file, BagKind kind);

// A name made from outside words that is safe as a file's name anywhere.
std::string file_name_of(std::string_view text);

}  // namespace pantau
