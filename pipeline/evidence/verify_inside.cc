// How the files in a bag's data/ agree: whoever swaps two of them and writes new manifests is
// found out here.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "pipeline/evidence/custody.h"
#include "pipeline/evidence/json_text.h"
#include "pipeline/evidence/verify.h"
#include "pipeline/output/sha256.h"

namespace pantau {
namespace {

constexpr std::string_view kCase = "data/case.json";
constexpr std::string_view kDecisions = "data/decisions.json";
constexpr std::string_view kCustody = "data/log/custody.jsonl";

std::optional<std::uint64_t> number_of(const JsonNode& node) {
  const std::string_view digits = node.text();
  std::uint64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::size_t size_of(const JsonNode& list) {
  std::size_t size = 0;
  for ([[maybe_unused]] const JsonNode element : list) size++;
  return size;
}

bool is_character_border(std::string_view text, std::uint64_t at) {
  return at == text.size() ||
         (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

class InsideCheck {
 public:
  InsideCheck(const BagFiles& files, Verified& verified) : files_(files), verified_(verified) {}

  void check() {
    const std::string* const text = find(kCase);
    if (text == nullptr) return wrong(kCase, "is missing");
    const auto json = JsonText::parse(*text);
    if (!json || json->root()["format"].string() != "pantau-case/1") {
      return wrong(kCase, "is no case of format pantau-case/1");
    }
    const JsonNode root = json->root();
    is_sealed_ = root["kind"].string() == "sealed";
    if (!is_sealed_ && root["kind"].string() != "copy")
      wrong(kCase, "is neither sealed nor a copy");
    info(root);
    rules(root);
    items(root["items"]);
    decisions(root["items"]);
    identity(root);
    custody(root);
    if (!is_sealed_) {
      verified_.notes.emplace_back(
          "this is a copy: received bytes are not in it and were not checked");
    }
  }

 private:
  void wrong(std::string_view file, std::string_view what) {
    if (verified_.wrong.size() < kFindingsMax) {
      verified_.wrong.push_back({std::string(file), std::string(what)});
    }
  }

  const std::string* find(std::string_view path) const {
    const auto found = files_.find(std::string(path));
    return found == files_.end() ? nullptr : &found->second;
  }

  // What a file must be, of which case.json has the hash.
  void hashed(const std::string& path, std::string_view content, const JsonNode& expected) {
    if (sha256_hex(content) != expected.string())
      wrong(path, "is not what case.json has the hash of");
  }

  void info(const JsonNode& root) {
    const std::string* const info = find("bag-info.txt");
    if (info == nullptr) return;
    const auto says = [&](std::string_view label, std::string_view value) {
      return ('\n' + *info).find(fmt::format("\n{}: {}\n", label, value)) != std::string::npos;
    };
    if (!says("External-Identifier", root["number"].string())) {
      wrong("bag-info.txt", "is of another case than case.json");
    }
    if (!says("Pantau-Bag-Kind", root["kind"].string())) {
      wrong("bag-info.txt", "and case.json do not agree on whether this is a copy");
    }
  }

  void rules(const JsonNode& root) {
    for (const JsonNode pack : root["rules"]) {
      packs_.insert(fmt::format("{}@{}", pack["pack"].string(), pack["version"].string()));
      const std::string path(pack["file"].string());
      const std::string* const text = find(path);
      if (text == nullptr) {
        wrong(path, "is missing, and case.json names it");
      } else {
        hashed(path, *text, pack["sha256"]);
      }
    }
  }

  void items(const JsonNode& items) {
    std::set<std::string, std::less<>> folders;
    std::size_t index = 0;
    for (const JsonNode item : items) {
      const std::string n = fmt::format("{:04}", ++index);
      if (item["n"].string() != n) wrong(kCase, fmt::format("item {} is numbered otherwise", n));
      folders.insert(fmt::format("data/items/{}/", n));
      this->item(n, item);
    }
    for (const auto& [path, content] : files_) {
      if (!path.starts_with("data/items/")) continue;
      const std::string_view folder = std::string_view(path).substr(
          0, path.find('/', std::string_view("data/items/").size()) + 1);
      if (!folders.contains(folder)) wrong(path, "belongs to no item of case.json");
      if (!is_sealed_ && path.ends_with("received.bin")) {
        wrong(path, "is in a copy, which must not have it");
      }
    }
  }

  void item(const std::string& n, const JsonNode& item) {
    const std::string folder = fmt::format("data/items/{}/", n);
    if (is_sealed_) {
      const std::string path = folder + "received.bin";
      if (const std::string* const received = find(path)) {
        hashed(path, *received, item["received_sha256"]);
      } else {
        wrong(path, "is missing");
      }
    }
    if (const std::string* const capture = find(folder + "capture.json")) {
      const auto json = JsonText::parse(*capture);
      if (!json || json->root()["received_sha256"].string() != item["received_sha256"].string()) {
        wrong(folder + "capture.json", "is not about the bytes that case.json has the hash of");
      }
    }
    record(n, item);
  }

  void record(const std::string& n, const JsonNode& item) {
    const std::string path = fmt::format("data/items/{}/record.json", n);
    const std::string* const text = find(path);
    if (text == nullptr || !text->ends_with('\n')) return wrong(path, "is missing or cut off");
    const std::string_view json_text = std::string_view(*text).substr(0, text->size() - 1);
    if (is_sealed_) hashed(path, json_text, item["record_sha256"]);
    const auto record = JsonText::parse(json_text);
    if (!record) return wrong(path, "is no JSON");
    for (const char* const key : {"platform", "kind"}) {
      if (record->root()[key].string() != item[key].string()) {
        wrong(path, fmt::format("and case.json do not agree on the {}", key));
      }
    }
    flag(n, item);
    explanations(n, record->root());
  }

  void flag(const std::string& n, const JsonNode& item) {
    const std::string path = fmt::format("data/items/{}/flag.json", n);
    const std::string* const text = find(path);
    const auto flag = text == nullptr ? std::nullopt : JsonText::parse(*text);
    if (!flag) return wrong(path, "is missing or no JSON");
    if (flag->root()["key"].string() != item["key"].string()) {
      wrong(path, "is of another item than case.json has there");
    }
  }

  void explanations(const std::string& n, const JsonNode& record) {
    const std::string path = fmt::format("data/explanations/{}.json", n);
    const std::string* const text = find(path);
    const auto json = text == nullptr ? std::nullopt : JsonText::parse(*text);
    if (!json) return wrong(path, "is missing or no JSON");
    const std::string_view words = json->root()["text"].string();
    if (json->root()["n"].string() != n) wrong(path, "is of another item");
    if (words != record["text"].string()) wrong(path, "its text is not that of record.json");
    for (const JsonNode rule : json->root()["rules"]) {
      if (!packs_.contains(std::string(rule["pack"].string()))) {
        verified_.notes.push_back(
            fmt::format("{}: the bag lacks the text of rules {}", path, rule["pack"].string()));
      }
      for (const JsonNode span : rule["spans"]) {
        const auto start = number_of(span["start"]);
        const auto end = number_of(span["end"]);
        if (!start || !end || *start > *end || !is_character_border(words, *start) ||
            !is_character_border(words, *end)) {
          wrong(path, fmt::format("a match of {} lies outside the text or in a character",
                                  span["pattern"].string()));
        }
      }
    }
  }

  // Who confirms is never who proposed.
  void decisions(const JsonNode& items) {
    const std::string* const text = find(kDecisions);
    const auto json = text == nullptr ? std::nullopt : JsonText::parse(*text);
    if (!json) return wrong(kDecisions, "is missing or no JSON");
    if (size_of(json->root()) != size_of(items))
      wrong(kDecisions, "has not one entry for each item");
    for (const JsonNode entry : json->root()) {
      std::string_view proposer;
      for (const JsonNode decision : entry["decisions"]) {
        if (!decision["undone_at"].is_absent()) continue;
        if (decision["action"].string() == "propose") proposer = decision["staff"].string();
        if (decision["action"].string() == "confirm" && decision["staff"].string() == proposer) {
          wrong(kDecisions, fmt::format("item {}: the same person proposed and confirmed",
                                        entry["n"].string()));
        }
      }
    }
  }

  void identity(const JsonNode& root) {
    const std::uint64_t steps = number_of(root["identity_steps"]).value_or(0);
    for (std::uint64_t i = 1; i <= std::min<std::uint64_t>(steps, kBagItemsMax); i++) {
      const std::string stem = fmt::format("data/identity/{:04}", i);
      const std::string* const text = find(stem + ".json");
      const auto json = text == nullptr ? std::nullopt : JsonText::parse(*text);
      if (!json) {
        wrong(stem + ".json", "is missing or no JSON");
        continue;
      }
      if (!is_sealed_) continue;
      const std::string path = stem + "-evidence.bin";
      const std::string* const evidence = find(path);
      if (evidence == nullptr) {
        wrong(path, "is missing");
      } else if (sha256_hex(*evidence) != json->root()["evidence_sha256"].string()) {
        wrong(path, "is not what was recorded with the step");
      }
    }
  }

  void custody(const JsonNode& root) {
    const std::string* const log = find(kCustody);
    if (log == nullptr) return wrong(kCustody, "is missing");
    for (const std::string& mistake : check_custody_log(*log)) wrong(kCustody, mistake);
    const auto lines = static_cast<std::uint64_t>(std::count(log->begin(), log->end(), '\n'));
    if (number_of(root["custody_rows"]) != lines) {
      wrong(kCustody, "has not as many rows as case.json says");
    }
  }

  const BagFiles& files_;
  Verified& verified_;
  bool is_sealed_ = false;
  std::set<std::string> packs_;
};

}  // namespace

void check_inside(const BagFiles& files, Verified& verified) {
  InsideCheck(files, verified).check();
}

}  // namespace pantau
