#include "pipeline/evidence/bag.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <set>

#include "classifiers/base/time.h"
#include "pipeline/evidence/digest.h"
#include "pipeline/evidence/verify_guide.h"
#include "pipeline/output/output_file.h"
#include "pipeline/output/sha256.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDayBytes = 10;  // "2026-11-23"

tl::unexpected<Error> refused(const CaseFile& file, std::string_view why) {
  return fail(Fault::Config,
              fmt::format("{}: {}", file.number.empty() ? "case" : file.number, why));
}

Status check_item(const CaseFile& file, const CaseItem& item) {
  if (item.received.empty()) return refused(file, fmt::format("{}: no bytes", item.key));
  if (item.capture && item.capture->received_sha256 != sha256_hex(item.received)) {
    return refused(file, fmt::format("{}: the received bytes are not those that were captured: "
                                     "their SHA-256 differs from the one noted then",
                                     item.key));
  }
  for (const CaseExplanation& why : item.explanations) {
    for (const CaseSpan& span : why.spans) {
      if (span.start > span.end || span.end > item.text.size()) {
        return refused(
            file, fmt::format("{}: a match of {} lies outside the text", item.key, span.pattern));
      }
    }
  }
  return Status();
}

std::size_t bytes_in(const CaseFile& file) {
  std::size_t bytes = 0;
  for (const CaseItem& item : file.items) {
    bytes += item.received.size() + item.record.size() + item.flag.size() + item.text.size();
    for (const CaseEvent& event : item.events) bytes += event.received.size() + event.flag.size();
  }
  for (const CaseIdentityStep& step : file.identity) bytes += step.evidence.size();
  for (const CaseRuleText& rules : file.rules) bytes += rules.text.size();
  for (const CustodyRow& row : file.custody) bytes += row.canonical.size() + row.detail.size();
  return bytes;
}

// A bag vouches for what is in it, so what contradicts itself does not become one.
Status check_case(const CaseFile& file) {
  if (file.number.empty() || file_name_of(file.number) != file.number) {
    return refused(file, "its number is no name for a folder");
  }
  if (!parse_rfc3339(file.exported_at)) return refused(file, "the time of the export is no time");
  if (file.items.empty()) return refused(file, "it has no items");
  if (file.items.size() > kBagItemsMax) {
    return refused(file, fmt::format("more than {} items", kBagItemsMax));
  }
  if (bytes_in(file) > kBagBytesMax) {
    return refused(file, fmt::format("more than {} bytes of evidence", kBagBytesMax));
  }
  for (const CaseItem& item : file.items) TRY_STATUS(check_item(file, item));
  for (const CaseIdentityStep& step : file.identity) {
    if (step.evidence_sha256 != sha256_hex(step.evidence)) {
      return refused(file, fmt::format("identity of {} at {}: the evidence is not what was "
                                       "recorded: its SHA-256 differs",
                                       step.platform, step.at));
    }
  }
  std::set<std::string> packs;
  for (const CaseRuleText& rules : file.rules) {
    if (!packs.insert(file_name_of(rules.pack + '@' + rules.version)).second) {
      return refused(file, fmt::format("{}@{} is there twice", rules.pack, rules.version));
    }
  }
  return Status();
}

// Values of bag-info.txt are of one line.
std::string one_line(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(
      line, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return line;
}

std::string bag_info(const CaseFile& file, BagKind kind, const BagFiles& payload) {
  std::size_t bytes = 0;
  for (const auto& [path, content] : payload) bytes += content.size();
  std::string info;
  const auto add = [&info](std::string_view label, std::string_view value) {
    if (!value.empty()) info += fmt::format("{}: {}\n", label, one_line(value));
  };
  add("Source-Organization", file.office.organisation);
  add("External-Identifier", file.number);
  add("External-Description", kind == BagKind::Sealed
                                  ? "Dugaan pelanggaran netralitas: naskah asli tersegel"
                                  : "Dugaan pelanggaran netralitas: salinan, nama disamarkan");
  add("Bagging-Date", file.exported_at.substr(0, kDayBytes));
  add("Payload-Oxum", fmt::format("{}.{}", bytes, payload.size()));
  add("Bag-Software-Agent", file.program_version);
  add("Pantau-Bag-Kind", kind == BagKind::Sealed ? "sealed" : "copy");
  return info;
}

// "hash  path", as sha256sum writes it.
template <class Hash>
std::string manifest(const BagFiles& files, Hash&& hash) {
  std::string lines;
  for (const auto& [path, content] : files) {
    lines += hash(content);
    lines += "  ";
    lines += path;
    lines += '\n';
  }
  return lines;
}

tl::unexpected<Error> failed(const std::string& path, std::string_view doing) {
  const int error_number = errno;
  return fail(Fault::Storage, fmt::format("{}: {}: {}", path, doing, std::strerror(error_number)));
}

Status sync_folder(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return failed(path, "cannot open");
  const int done = ::fsync(fd);
  const int error_number = errno;
  ::close(fd);
  errno = error_number;
  if (done != 0) return failed(path, "cannot sync");
  return Status();
}

Status write_files(const Bag& bag, const std::string& root) {
  std::set<std::string> folders = {root};
  for (const auto& [path, content] : bag.files) {
    const std::string file = fmt::format("{}/{}", root, path);
    for (std::size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      const std::string folder = fmt::format("{}/{}", root, path.substr(0, slash));
      if (!folders.insert(folder).second) continue;
      if (::mkdir(folder.c_str(), S_IRWXU) != 0) return failed(folder, "cannot make the folder");
    }
    TRY(OutputFile out, OutputFile::create(file));
    TRY_STATUS(out.append(content));
    TRY_STATUS(out.sync());
    TRY_STATUS(out.close());
  }
  for (const std::string& folder : folders) TRY_STATUS(sync_folder(folder));
  return Status();
}

// Removes what was written of a bag if it does not become one.
class Unfinished {
 public:
  explicit Unfinished(std::string path) : path_(std::move(path)) {}
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  ~Unfinished() {
    std::error_code ignored;  // there is nothing more to be done about it
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  void done() { path_.clear(); }

 private:
  std::string path_;
};

}  // namespace

Result<Bag> make_bag(const CaseFile& file, BagKind kind, const BagFiles& certificates) {
  TRY_STATUS(check_case(file));
  Bag bag;
  bag.name = kind == BagKind::Sealed ? file.number : file.number + "-salinan";
  bag.made_at = file.exported_at;
  TRY(BagFiles payload, bag_payload(file, kind));
  BagFiles tags;
  tags["bagit.txt"] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
  tags["bag-info.txt"] = bag_info(file, kind, payload);
  tags["manifest-sha256.txt"] = manifest(payload, sha256_hex);
  tags["manifest-sha512.txt"] = manifest(payload, sha512_hex);
  tags["README-VERIFIKASI.txt"] = verify_guide();
  tags["verify.sh"] = verify_script();
  for (const auto& [name, pem] : certificates) tags["certs/" + file_name_of(name)] = pem;
  bag.files = std::move(payload);
  bag.files[std::string(kTagManifest)] = manifest(tags, sha256_hex);
  bag.files["tagmanifest-sha512.txt"] = manifest(tags, sha512_hex);
  bag.files.merge(tags);
  return bag;
}

Result<std::string> write_bag(const Bag& bag, const std::string& folder) {
  const std::string path = folder + '/' + bag.name;
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return fail(Fault::Storage,
                fmt::format("{}: cannot make the folder: {}", folder, error.message()));
  }
  if (fs::symlink_status(path, error).type() != fs::file_type::not_found) {
    return fail(Fault::Config, path + " is there already, and a bag is never written over");
  }
  std::string root = folder + "/." + bag.name + ".XXXXXX";
  if (::mkdtemp(root.data()) == nullptr) return failed(root, "cannot make the folder");
  Unfinished unfinished(root);
  TRY_STATUS(write_files(bag, root));
  // Fails if somebody made such a folder meanwhile, unless it is empty: then nothing is lost.
  if (::rename(root.c_str(), path.c_str()) != 0) return failed(path, "cannot rename");
  unfinished.done();
  TRY_STATUS(sync_folder(folder));
  return path;
}

}  // namespace pantau
