// The bag as one file. Tar and not zip: zip keeps times in the zone of the machine, so the same
// bag would be other bytes elsewhere.
#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <chrono>
#include <memory>

#include "classifiers/base/time.h"
#include "pipeline/evidence/bag.h"

namespace pantau {
namespace {

constexpr int kTarBlockBytes = 10240;
constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

struct FreeArchive {
  void operator()(archive* a) const { archive_write_free(a); }
};
struct FreeEntry {
  void operator()(archive_entry* e) const { archive_entry_free(e); }
};
using Archive = std::unique_ptr<archive, FreeArchive>;
using Entry = std::unique_ptr<archive_entry, FreeEntry>;

la_ssize_t append_bytes(archive* /*archive*/, void* out, const void* bytes, std::size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

tl::unexpected<Error> failed(archive* a) {
  const char* const why = archive_error_string(a);
  return fail(Fault::Storage, fmt::format("tar: {}", why == nullptr ? "failed" : why));
}

}  // namespace

Result<std::string> bag_as_tar(const Bag& bag) {
  std::string out;
  const Archive tar(archive_write_new());
  if (tar == nullptr) return fail(Fault::Storage, "tar: no memory");
  archive_write_set_format_ustar(tar.get());
  archive_write_set_bytes_per_block(tar.get(), kTarBlockBytes);
  if (archive_write_open(tar.get(), &out, nullptr, append_bytes, nullptr) != ARCHIVE_OK) {
    return failed(tar.get());
  }
  const auto made_at =
      std::chrono::floor<std::chrono::seconds>(parse_rfc3339(bag.made_at).value_or(Instant()));
  for (const auto& [path, content] : bag.files) {
    const Entry entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), (bag.name + '/' + path).c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), kOwnerOnly);
    archive_entry_set_mtime(entry.get(), made_at.time_since_epoch().count(), 0);
    if (archive_write_header(tar.get(), entry.get()) != ARCHIVE_OK ||
        archive_write_data(tar.get(), content.data(), content.size()) !=
            static_cast<la_ssize_t>(content.size())) {
      return failed(tar.get());
    }
  }
  if (archive_write_close(tar.get()) != ARCHIVE_OK) return failed(tar.get());
  return out;
}

}  // namespace pantau
