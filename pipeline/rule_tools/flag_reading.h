// A flag as it was told (its JSON), read again: the rules' author is shown what a sweep would say,
// and not something that should be the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/arena.h"
#include "pipeline/layouts/json_tree.h"
#include "pipeline/output/json_writer.h"

namespace pantau {

struct ToldSpan {
  std::string pattern;
  std::uint32_t start = 0;
  std::uint32_t end = 0;

  friend bool operator==(const ToldSpan&, const ToldSpan&) = default;
};

// One rule that holds for one candidate (or for a whole contest).
struct ToldMatch {
  std::string pack;
  std::string rule;
  std::string contest;
  std::optional<std::string> candidate;
  std::string via;
  std::string account_type;  // empty if by a mention
  std::string stage;
  std::vector<std::string> proposes;
  std::vector<ToldSpan> spans;

  // "contest/candidate", or "contest".
  std::string candidate_name() const { return candidate ? contest + '/' + *candidate : contest; }
};

// Where an act stands, and what it says.
struct ToldAct {
  std::string key;
  std::string file;
  std::uint64_t line = 0;
  std::string text;  // its first kToldTextBytesMax bytes, to the end of a character
};

// Of a text so much is kept, so that samples of long ones take no memory to speak of.
inline constexpr std::size_t kToldTextBytesMax = 2000;

struct ToldFlag {
  ToldAct act;
  std::vector<ToldMatch> matches;
};

// For one thread.
class FlagReader {
 public:
  // Of a flag's JSON that this program wrote.
  ToldFlag read(std::string_view flag);

 private:
  std::string bytes_;
  Arena arena_;
  JsonTree tree_;
};

// {"key", "file", "line", "text"}, without the brackets.
void write_act(JsonWriter& json, const ToldAct& act);

// [{"contest", "candidate", "via", "account_type", "stage", "proposes", "spans"}]
void write_matches(JsonWriter& json, const std::vector<ToldMatch>& matches);

// "x/post/7 (records.ndjson:12): Ayo coblos …", fit for a terminal.
std::string shown(const ToldAct& act);

}  // namespace pantau
