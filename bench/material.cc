#include "bench/material.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "bench/anchor.h"
#include "bench/patterns.h"
#include "pipeline/lists/load.h"

namespace pantau::bench {
namespace {

constexpr std::size_t kAnchorPieceBytes = 256 << 10;

std::string make_folder(const std::string& wanted) {
  namespace fs = std::filesystem;
  if (!wanted.empty()) {
    fs::create_directories(wanted);
    return wanted;
  }
  std::string name = (fs::temp_directory_path() / "pantau-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) give_up("no temporary folder can be made");
  return name;
}

// Makes a file unless it is there. Never leaves half of one under its name.
template <class Write>
void make_file(const std::string& path, Write&& write) {
  if (std::filesystem::exists(path)) return;
  const std::string unfinished = path + ".part";
  need(write(unfinished));
  std::filesystem::rename(unfinished, path);
}

void read_file(const std::string& path, Archive& archive) {
  const std::size_t size = std::filesystem::file_size(path);
  archive.bytes.resize(size + std::max(kAnchorPaddingBytes, kChunkPaddingBytes));
  std::ifstream file(path, std::ios::binary);
  if (!file.read(archive.bytes.data(), static_cast<std::streamsize>(size))) {
    give_up(path + " cannot be read");
  }
  archive.lines = std::string_view(archive.bytes).substr(0, size);
}

std::vector<FeedItem> chunks_of(const Archive& archive) {
  auto file = std::make_shared<OpenFile>();
  file->name = "records.ndjson";
  file->layout = find_layout("pantau");
  std::vector<FeedItem> items;
  FilePosition position;
  for (const std::string_view piece : cut_at_lines(archive.lines, ChunkLimits().chunk_bytes)) {
    Chunk chunk;
    chunk.bytes = piece;
    chunk.offset = position.offset;
    chunk.line = position.line;
    chunk.lines = static_cast<std::uint64_t>(std::ranges::count(piece, '\n'));
    position = {position.offset + piece.size(), position.line + chunk.lines};
    FeedItem item;
    item.file = file;
    item.chunk = chunk;
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace

void give_up(std::string_view message) {
  std::fprintf(stderr, "pantau_bench: %.*s\n", static_cast<int>(message.size()), message.data());
  std::exit(1);
}

Material::Material(const Settings& settings)
    : settings_(settings),
      folder_is_temporary_(settings.folder.empty()),
      candidates_(settings.seed, Candidates::Size()) {
  settings_.folder = make_folder(settings.folder);
}

Material::~Material() {
  std::error_code ignored;
  if (folder_is_temporary_) std::filesystem::remove_all(settings_.folder, ignored);
}

RecordsShape Material::shape(Mix mix) const {
  return {settings_.seed, mix, settings_.records, settings_.roster, settings_.patterns};
}

std::string Material::archive_path(Mix mix) {
  std::string path = settings_.folder + '/' + std::string(name_of(mix));
  for (const std::uint64_t part :
       {settings_.records, settings_.roster, settings_.patterns, settings_.seed}) {
    path.append(1, '-').append(std::to_string(part));
  }
  path += ".ndjson";
  make_file(path,
            [&](const std::string& name) { return write_records(shape(mix), candidates_, name); });
  return path;
}

std::string Material::roster_file() {
  const std::string path = settings_.folder + "/roster-" + std::to_string(settings_.roster) + '-' +
                           std::to_string(settings_.seed);
  make_file(path + ".csv",
            [&](const std::string& name) { return write_roster(shape(Mix::National), name); });
  // Another version of the program may have left one that this one cannot read.
  if (!load_roster(path + ".index")) need(build_roster_index(path + ".csv", path + ".index"));
  return path + ".index";
}

std::string Material::list_file(std::string_view name, const std::string& text) {
  const std::string path = settings_.folder + '/' + std::string(name);
  need(write_text(text, path));
  return path;
}

std::string Material::rules_file(std::uint64_t patterns) {
  return list_file("rules-" + std::to_string(patterns) + ".toml",
                   rule_pack_toml(settings_.seed, patterns));
}

SweepConfig Material::config(Mix mix, std::uint64_t patterns) {
  SweepConfig config;
  config.id = "bench";
  config.mandate = "Surat tugas rekaan";
  config.zone = need(TimeZone::find("Asia/Jakarta"));
  config.contests = {list_file("contests.toml", candidates_.contests_toml())};
  config.campaign = list_file("campaign.csv", candidates_.campaign_csv());
  config.rules = {rules_file(patterns)};
  config.roster = roster_file();
  config.records = {archive_path(mix)};
  return config;
}

const Archive& Material::archive(Mix mix) {
  Archive& archive = archives_[mix];
  if (archive.records != 0) return archive;
  archive.path = archive_path(mix);
  archive.records = settings_.records;
  read_file(archive.path, archive);
  archive.pieces = cut_at_lines(archive.lines, kAnchorPieceBytes);
  archive.chunks = chunks_of(archive);
  return archive;
}

const Engine& Material::engine(std::uint64_t patterns, const OtherMatcher* matcher) {
  const std::pair key(patterns, matcher);
  const auto found = engines_.find(key);
  if (found != engines_.end()) return found->second;
  LoadedLists loaded = need(load_lists(config(Mix::National, patterns)));
  Engine engine =
      need(Engine::make(std::move(loaded.lists), matcher != nullptr ? matcher->make : nullptr));
  return engines_.emplace(key, std::move(engine)).first->second;
}

}  // namespace pantau::bench
