#include "bench/corpus.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "bench/patterns.h"

namespace pantau::bench {
namespace {

constexpr std::size_t kPieceBytes = 4 << 20;

constexpr std::string_view kSweep =
    "[sweep]\nid = \"bench\"\nmandate = \"Surat tugas rekaan\"\ntimezone = \"Asia/Jakarta\"\n"
    "contests = \"contests.toml\"\nrules = [\"rules.toml\"]\nroster = \"roster.csv\"\n"
    "campaign = \"campaign.csv\"\nqueue = \"none\"\nrecords = [\"records.ndjson\"]\n";

class File {
 public:
  explicit File(const std::string& path) : path_(path), file_(std::fopen(path.c_str(), "wb")) {}

  Status write(std::string_view bytes) {
    if (file_ != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size())
      return Status();
    return failure();
  }

  Status close() {
    if (file_ == nullptr || std::fclose(file_.release()) != 0) return failure();
    return Status();
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  Status failure() const { return fail(Fault::Storage, path_ + ": " + std::strerror(errno)); }

  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace

Status write_text(const std::string& text, const std::string& path) {
  File file(path);
  TRY_STATUS(file.write(text));
  return file.close();
}

Status write_roster(const RecordsShape& shape, const std::string& path) {
  constexpr std::uint64_t kRowsPerPiece = 10'000;
  File file(path);
  std::string piece(kRosterHeader);
  for (std::uint64_t first = 0; first < shape.roster; first += kRowsPerPiece) {
    append_roster_rows(shape.seed, first, std::min(first + kRowsPerPiece, shape.roster), piece);
    TRY_STATUS(file.write(piece));
    piece.clear();
  }
  return file.close();
}

Status write_records(const RecordsShape& shape, const Candidates& candidates,
                     const std::string& path) {
  File file(path);
  RecordMaker maker(shape, candidates);
  std::string piece;
  for (std::uint64_t number = 0; number < shape.records; number++) {
    maker.append(number, piece);
    if (piece.size() < kPieceBytes && number + 1 < shape.records) continue;
    TRY_STATUS(file.write(piece));
    piece.clear();
  }
  return file.close();
}

Status write_corpus(const CorpusShape& shape, const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(Fault::Storage, folder + ": " + error.message());
  const RecordsShape& records = shape.records;
  const Candidates candidates(records.seed, shape.candidates);
  TRY_STATUS(write_text(candidates.contests_toml(), folder + "/contests.toml"));
  TRY_STATUS(write_text(candidates.campaign_csv(), folder + "/campaign.csv"));
  TRY_STATUS(write_text(rule_pack_toml(records.seed, records.patterns), folder + "/rules.toml"));
  TRY_STATUS(write_roster(records, folder + "/roster.csv"));
  TRY_STATUS(write_records(records, candidates, folder + "/records.ndjson"));
  return write_text(std::string(kSweep), folder + "/sweep.toml");
}

}  // namespace pantau::bench
