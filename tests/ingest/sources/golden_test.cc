// tests/ingest/sources/PLATFORM/*.in are recorded exchanges (replay.h), *.out what is asked and
// what comes of it. UPDATE_GOLDEN=1 writes the second anew; the difference is to be reviewed.
#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>

#include "tests/ingest/sources/replay.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> all_fixtures() {
  std::vector<fs::path> fixtures;
  const fs::path folder = fs::path(PANTAU_SOURCE_DIR) / "tests/ingest/sources";
  for (const Platform* const platform : all_platforms()) {
    for (const fs::directory_entry& entry : fs::directory_iterator(folder / platform->name)) {
      if (entry.path().extension() == ".in") fixtures.push_back(entry.path());
    }
  }
  std::ranges::sort(fixtures);
  return fixtures;
}

OwnedAnswer answer_of(const Json& line, Instant before) {
  std::vector<Header> headers;
  if (line.contains("headers")) {
    for (const auto& [name, value] : line["headers"].items()) headers.push_back({name, value});
  }
  std::string body = line.contains("body") ? line["body"].dump() : line.value("text", "");
  if (line.contains("messages")) {
    for (const Json& message : line["messages"]) {
      body += kMessageBegin;
      body += message.is_string() ? message.get<std::string>() : message.dump();
      body += kMessageEnd;
    }
  }
  const auto at = parse_rfc3339(line.value("at", ""));
  return {line.value("status", 200), std::move(headers), body,
          at.value_or(before + std::chrono::minutes(1))};
}

// Acts must be slices of the answer: what is kept as evidence is what was received.
void expect_slices(const Page& page, const Answer& answer) {
  for (const SourcedAct& act : page.acts) {
    EXPECT_GE(act.received.data(), answer.body.data());
    EXPECT_LE(act.received.data() + act.received.size(), answer.body.data() + answer.body.size());
    EXPECT_TRUE(act.received.starts_with('{') && act.received.ends_with('}')) << act.received;
  }
}

std::string replayed(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  const Json head = Json::parse(line);
  const MadeSource made = make_source(head["source"], campaign_of(head));
  if (made.source == nullptr) return "mistakes:\n" + made.mistakes;
  const Source& source = *made.source;
  std::string cursor;
  std::string text;
  Instant at = *parse_rfc3339("2024-11-20T03:00:00Z");
  while (std::getline(file, line)) {
    std::optional<Request> request = source.next(cursor);
    if (!request) {
      text += "== the round is over\n";
      cursor = source.again(cursor);
      request = source.next(cursor);
    }
    if (!request) return text + "!! nothing is asked for an answer that is there\n";
    const OwnedAnswer answer = answer_of(Json::parse(line), at);
    at = answer.answer().received_at;
    text += text_of(*request);
    Page page;
    const Verdict verdict = source.read(cursor, answer.answer(), page);
    text += text_of(verdict);
    if (verdict.is != Verdict::Is::Page) continue;
    text += text_of(page);
    expect_slices(page, answer.answer());
    Page same;
    EXPECT_EQ(text_of(source.read(cursor, answer.answer(), same)), text_of(verdict));
    EXPECT_EQ(text_of(same) + same.cursor, text_of(page) + page.cursor) << "read twice";
    cursor = page.cursor;
  }
  const std::optional<Request> next = source.next(cursor);
  return text + (next ? "== then\n" + text_of(*next) : "== the round is over\n");
}

TEST(SourcesGolden, AnswersReadAsTheyShould) {
  const std::vector<fs::path> fixtures = all_fixtures();
  for (const fs::path& fixture : fixtures) {
    SCOPED_TRACE(fixture);
    const std::string text = replayed(fixture);
    fs::path out = fixture;
    out.replace_extension(".out");
    if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(out, std::ios::binary) << text;
    std::ostringstream wanted;
    wanted << std::ifstream(out, std::ios::binary).rdbuf();
    EXPECT_EQ(text, wanted.str());
  }
}

TEST(SourcesGolden, EveryPlatformHasFixtures) {
  std::set<std::string> seen;
  for (const fs::path& fixture : all_fixtures()) {
    seen.insert(fixture.parent_path().filename().string());
  }
  for (const Platform* const platform : all_platforms()) {
    EXPECT_TRUE(seen.contains(std::string(platform->name))) << platform->name;
  }
}

}  // namespace
}  // namespace pantau
