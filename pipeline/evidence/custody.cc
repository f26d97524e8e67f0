#include "pipeline/evidence/custody.h"

#include <fmt/format.h>

#include <charconv>

#include "pipeline/evidence/json_text.h"
#include "pipeline/output/json_writer.h"
#include "pipeline/output/sha256.h"

namespace pantau {
namespace {

constexpr std::string_view kChainKey = ",\"chain\":\"";
constexpr std::string_view kLineEnd = "\"}";

std::string no_hash() {
  return std::string(kSha256HexSize, '0');
}

std::string chained(const std::string& before, const std::string& line) {
  return sha256_hex(fmt::format("{}\n{}", before, line));
}

std::string row_json(const CustodyRow& row, CustodyDetail detail) {
  std::string line;
  JsonWriter out(line);
  const auto put = [&out](std::string_view key, std::string_view value) {
    out.key(key);
    out.string(value);
  };
  out.begin_object();
  out.key("seq");
  out.number(row.seq);
  put("at", row.at);
  put("staff", row.staff);
  put("action", row.action);
  put("prev", row.prev);
  put("hash", row.hash);
  if (detail == CustodyDetail::Whole) {
    put("object", row.object);
    put("detail", row.detail);
    put("canonical", row.canonical);
  }
  out.end_object();
  return line;
}

struct CheckedRow {
  std::uint64_t seq = 0;
  std::string hash;
};

// One line's own hashes, and that it follows on the line before.
class CustodyCheck {
 public:
  void line(std::string_view line) {
    number_++;
    const std::size_t tail = kChainKey.size() + kSha256HexSize + kLineEnd.size();
    if (line.size() <= tail || !line.ends_with(kLineEnd) ||
        line.substr(line.size() - tail, kChainKey.size()) != kChainKey) {
      wrong("is no line of a custody log");
      return;
    }
    const std::string body = std::string(line.substr(0, line.size() - tail)) + '}';
    const std::string_view chain =
        line.substr(line.size() - kSha256HexSize - kLineEnd.size(), kSha256HexSize);
    const std::string expected = chained(chain_, body);
    if (chain != expected) wrong("does not follow on the line before it (chain)");
    chain_ = expected;
    row(body);
  }

  std::vector<std::string> findings;

 private:
  void row(const std::string& body) {
    const auto json = JsonText::parse(body);
    if (!json || !json->root().is_object()) return wrong("is no JSON");
    const JsonNode row = json->root();
    std::uint64_t seq = 0;
    const std::string_view digits = row["seq"].text();
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), seq);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) {
      return wrong("has no row number");
    }
    const std::string_view hash = row["hash"].string();
    const std::string_view prev = row["prev"].string();
    if (!row["canonical"].is_absent()) {
      const std::string_view canonical = row["canonical"].string();
      if (sha256_hex(canonical) != hash) wrong("its hash is not that of its content");
      for (const char* const key : {"prev", "at", "action", "object", "detail"}) {
        if (canonical.find(row[key].string()) == std::string_view::npos) {
          wrong(fmt::format("what was hashed has another {}", key));
        }
      }
    }
    if (last_ && seq <= last_->seq) wrong("its row number is not above the one before");
    if (last_ && seq == last_->seq + 1 && prev != last_->hash) {
      wrong("does not follow on the row before it (prev)");
    }
    last_ = CheckedRow{seq, std::string(hash)};
  }

  void wrong(std::string_view what) {
    findings.push_back(fmt::format("line {}: {}", number_, what));
  }

  std::size_t number_ = 0;
  std::string chain_ = no_hash();
  std::optional<CheckedRow> last_;
};

}  // namespace

std::string custody_log(const std::vector<CustodyRow>& rows, CustodyDetail detail) {
  std::string log;
  std::string chain = no_hash();
  for (const CustodyRow& row : rows) {
    std::string line = row_json(row, detail);
    chain = chained(chain, line);
    line.pop_back();
    log.append(line).append(kChainKey).append(chain).append(kLineEnd) += '\n';
  }
  return log;
}

std::vector<std::string> check_custody_log(std::string_view log) {
  CustodyCheck check;
  while (!log.empty()) {
    const std::size_t end = log.find('\n');
    if (end == std::string_view::npos) {
      check.findings.emplace_back("the last line has no end");
      break;
    }
    check.line(log.substr(0, end));
    log.remove_prefix(end + 1);
  }
  return check.findings;
}

}  // namespace pantau
