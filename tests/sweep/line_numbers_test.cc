#include "pipeline/sweep/line_numbers.h"

#include <gtest/gtest.h>

namespace pantau {
namespace {

std::shared_ptr<const OpenFile> file_number(std::uint32_t number) {
  auto file = std::make_shared<OpenFile>();
  file->number = number;
  file->name = "records.ndjson";
  return file;
}

// Of a chunk of ten lines, the third of which is flagged, and the fourth and ninth rejected.
ChunkOutcome ten_lines(std::uint32_t file, bool is_late) {
  ChunkOutcome outcome;
  outcome.file = file_number(file);
  outcome.end = {file, {1000, 1}};
  outcome.late_lines = is_late ? 10 : 0;
  FoundFlag& flag = outcome.flags.emplace_back();
  flag.item.flag = R"({"line":3,"sha256":""})";
  flag.line_at = 8;
  outcome.rejects = "{\"line\":4}\n{\"line\":9}\n";
  outcome.reject_lines_at = {8, 19};
  return outcome;
}

TEST(LineNumbers, CountWhatWasReadLateBefore) {
  LineNumbers numbers;
  ChunkOutcome first = ten_lines(0, true);
  ChunkOutcome second = ten_lines(0, true);
  ChunkOutcome third = ten_lines(0, false);
  for (ChunkOutcome* outcome : {&first, &second, &third}) numbers.number(*outcome);
  EXPECT_EQ(first.flags[0].item.flag, R"({"line":3,"sha256":""})");
  EXPECT_EQ(second.flags[0].item.flag, R"({"line":13,"sha256":""})");
  EXPECT_EQ(third.flags[0].item.flag, R"({"line":23,"sha256":""})");
  EXPECT_EQ(second.rejects, "{\"line\":14}\n{\"line\":19}\n");
  EXPECT_EQ(first.end.in_file.line, 11U);
  EXPECT_EQ(second.end.in_file.line, 21U);
  EXPECT_EQ(third.end.in_file.line, 21U);
}

TEST(LineNumbers, BeginAnewWithEachFile) {
  LineNumbers numbers;
  ChunkOutcome first = ten_lines(0, true);
  ChunkOutcome other = ten_lines(1, true);
  numbers.number(first);
  numbers.number(other);
  EXPECT_EQ(other.rejects, "{\"line\":4}\n{\"line\":9}\n");
  EXPECT_EQ(other.end.in_file.line, 11U);
}

TEST(LineNumbers, LeaveOutTheRestOfAFileThatCannotBeRead) {
  LineNumbers numbers;
  ChunkOutcome broken = ten_lines(0, true);
  broken.fault = Error{Fault::Source, "records.ndjson: it is shorter than it was (at byte 7)"};
  ChunkOutcome behind = ten_lines(0, true);
  ChunkOutcome other = ten_lines(1, true);
  for (ChunkOutcome* outcome : {&broken, &behind, &other}) numbers.number(*outcome);
  EXPECT_TRUE(broken.file_failed);
  ASSERT_EQ(broken.notes.size(), 1U);
  EXPECT_EQ(broken.notes[0],
            "error: records.ndjson: it is shorter than it was (at byte 7); the rest of this input "
            "was not read");
  for (const ChunkOutcome* outcome : {&broken, &behind}) {
    EXPECT_TRUE(outcome->flags.empty());
    EXPECT_TRUE(outcome->rejects.empty());
    EXPECT_EQ(outcome->end, (FeedPosition{1, {}}));
  }
  EXPECT_TRUE(behind.notes.empty());
  EXPECT_FALSE(other.flags.empty());
}

}  // namespace
}  // namespace pantau
