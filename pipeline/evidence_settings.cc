#include "pipeline/evidence_settings.h"

#include <sys/stat.h>

#include "classifiers/base/toml_reader.h"
#include "pipeline/config.h"
#include "pipeline/lists/list_file.h"

namespace pantau {
namespace {

bool may_be_read_by_others(const std::string& path) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

// The text of a PEM file that `key` of the table names.
std::string read_pem(TomlReader& evidence, std::string_view key, const std::string& file,
                     bool is_secret) {
  const auto named = evidence.text(key);
  if (!named) return "";
  const std::string path = beside(file, named->text);
  if (is_secret && may_be_read_by_others(path)) {
    evidence.mistake(named->place, path + ": others may read this key: chmod 600 it first");
    return "";
  }
  Result<std::string> pem = read_list_file(path);
  if (pem) return *std::move(pem);
  evidence.mistake(named->place, pem.error().message);
  return "";
}

}  // namespace

Result<EvidenceSettings> read_evidence_settings(std::string_view text, const std::string& file) {
  EvidenceSettings settings;
  Mistakes mistakes(file, text);
  const std::optional<toml::table> root = parse_toml(text, mistakes);
  if (!root) return mistakes.failure();
  TomlReader whole(*root, "file", mistakes);
  const toml::table* const table = whole.table("evidence");
  if (table != nullptr) {
    TomlReader evidence(*table, "evidence", mistakes);
    const auto take = [&evidence](std::string_view key) {
      const auto value = evidence.text(key);
      return value ? value->text : std::string();
    };
    settings.office.organisation = take("organisation");
    settings.office.address = take("address");
    settings.office.assignment = take("assignment");
    settings.office.place = take("place");
    if (evidence.has("key") != evidence.has("certificate")) {
      evidence.mistake(evidence.place(), "'key' and 'certificate' belong together");
    }
    settings.key = read_pem(evidence, "key", file, true);
    settings.certificate = read_pem(evidence, "certificate", file, false);
    settings.timestamp.url = take("timestamp_url");
    settings.timestamp.server = take("timestamp_server");
    settings.timestamp.ca = read_pem(evidence, "timestamp_ca", file, false);
    if (evidence.has("timestamp_url") != evidence.has("timestamp_ca")) {
      evidence.mistake(evidence.place(), "'timestamp_url' and 'timestamp_ca' belong together");
    }
    evidence.finish();
  }
  if (!mistakes.empty()) return mistakes.failure();
  return settings;
}

}  // namespace pantau
