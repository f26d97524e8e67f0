// Live ingest as a process: killed at any moment, and what it leaves behind.
#include <gtest/gtest.h>

#include <random>

#include "pipeline/review/ingest_store.h"
#include "tests/ingest/ingest_world.h"
#include "tests/ingest/scripted_server.h"

namespace pantau {
namespace {

std::string source_at(const ScriptedServer& server) {
  return fmt::format(
      "[[source]]\nname = \"likes\"\nplatform = \"paged\"\nserver = \"{}\"\n"
      "test_server = \"{}\"\nrequests_per_minute = 6000\n",
      server.url(), server.endpoint());
}

int page_of(const std::string& head) {
  return std::stoi(head.substr(head.find("n=") + 2));
}

Started start(const IngestWorld& world) {
  return Started({INGEST_PROGRAM, world.file()}, world.folder());
}

TEST(IngestProgram, KilledAgainAndAgainItEndsWithTheSameQueue) {
  constexpr int kManyPages = 80;
  ScriptedServer server([](const std::string& head, int) {
    const int page = page_of(head);
    std::string text;
    for (int i = 0; i < 5; i++) {
      text += liked(fmt::format("{}-{}", page, i)) + liked(fmt::format("s{}-{}", page, i), "other");
    }
    // Each page repeats one act of the page before, as platforms do.
    if (page > 1) text += liked(fmt::format("{}-{}", page - 1, 4));
    if (page % 7 == 0) text += removed(fmt::format("{}-{}", page, 2), "2024-11-20T00:00:00Z");
    Reply reply = plain_reply(200, text + next_page(page < kManyPages ? page + 1 : 0));
    reply.steps.front().pause = std::chrono::milliseconds(10);
    return reply;
  });
  const IngestWorld undisturbed(source_at(server));
  ASSERT_EQ(start(undisturbed).wait().status, 0);
  ASSERT_EQ(undisturbed.keys().size(), kManyPages * 5u);

  std::mt19937 dice(7);
  const IngestWorld killed(source_at(server));
  int kills = 0;
  for (int status = -1; status != 0;) {
    const Started program = start(killed);
    if (kills < 10) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100 + dice() % 200));
      program.signal(SIGKILL);
    }
    status = program.wait().status;
    ASSERT_TRUE(status == 0 || status == 128 + SIGKILL) << status;
    if (status != 0) kills++;
  }
  EXPECT_GE(kills, 3);
  EXPECT_EQ(killed.keys(), undisturbed.keys());
}

TEST(IngestProgram, EndsInOrderOnASignalAndGoesOn) {
  for (const int signal : {SIGTERM, SIGINT}) {
    ScriptedServer server([](const std::string& head, int) {
      Reply reply = plain_reply(200, page_text(page_of(head)));
      reply.steps.front().pause = std::chrono::milliseconds(400);
      return reply;
    });
    const IngestWorld world(source_at(server));
    const Started program = start(world);
    while (server.requests() < 2) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    program.signal(signal);
    const Ended ended = program.wait();
    EXPECT_EQ(ended.status, 130);
    EXPECT_NE(ended.err.find("run the same command again to go on"), std::string::npos)
        << ended.err;
    EXPECT_EQ(start(world).wait().status, 0);
    EXPECT_EQ(world.keys(), IngestWorld::all_keys());
  }
}

// Every byte that a run left, with the names of the files.
std::string all_bytes(const std::string& folder) {
  std::string bytes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    bytes += entry.path().string();
    if (entry.is_regular_file()) bytes += read_file(entry.path());
  }
  return bytes;
}

// 100,000 records of strangers, also edited, deleted and broken ones, each with marks of its own
// in every field; between them one of the subject on each page. Nothing of a mark is anywhere
// afterwards: not in the queue, its log, what was said, or a temporary file. The same while it
// runs: it is killed half-way once.
TEST(IngestProgram, WhatGivesNoFlagLeavesNoTrace) {
  constexpr int kStrangersPages = 100;
  constexpr int kStrangersOnAPage = 1000;
  const std::string kMark = "zq7xk";
  ScriptedServer server([&](const std::string& head, int) {
    const int page = page_of(head);
    std::string text;
    for (int i = 0; i < kStrangersOnAPage; i++) {
      const std::string mark = fmt::format("{}{}-{}", kMark, page, i);
      const std::string more = R"(,"text":")" + mark + R"(","url":"https://x/)" + mark + '"';
      switch (i % 10) {
        case 7:
          text += liked(mark, mark, more + R"(,"edited_at":"2024-11-20T00:00:00Z")");
          break;
        case 8:
          text += R"({"deleted":{"kind":"post","id":")" + mark + R"(","actor":")" + mark +
                  R"(","at":"2024-11-20T00:00:00Z"}})" + '\n';
          break;
        case 9:
          text += R"({"platform":"paged","kind":")" + mark + R"(","id":")" + mark + "\"}\n";
          break;
        default:
          text += liked(mark, mark, more);
      }
    }
    text += liked("mine-" + std::to_string(page));
    return plain_reply(200, text + next_page(page < kStrangersPages ? page + 1 : 0));
  });
  const IngestWorld world(source_at(server));
  const std::string folder = std::filesystem::path(world.file()).parent_path();
  ::setenv("TMPDIR", folder.c_str(), 1);
  {
    const Started program = start(world);
    while (server.requests() < kStrangersPages / 2) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    program.signal(SIGKILL);
    ASSERT_EQ(program.wait().status, 128 + SIGKILL);
    EXPECT_EQ(all_bytes(folder).find(kMark), std::string::npos);
  }
  const Ended ended = start(world).wait();
  ::unsetenv("TMPDIR");
  ASSERT_EQ(ended.status, 0) << ended.err;
  const std::string bytes = all_bytes(folder);
  EXPECT_EQ(bytes.find(kMark), std::string::npos);
  EXPECT_NE(bytes.find("mine-100"), std::string::npos);  // so that the search is known to find
  EXPECT_EQ(world.keys().size(), static_cast<std::size_t>(kStrangersPages));
  const auto sources = list_sources(world.url(), "live");
  ASSERT_TRUE(sources);
  EXPECT_GE(sources->front().health.rejected, 10'000u);
}

}  // namespace
}  // namespace pantau
