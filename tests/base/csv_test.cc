#include "classifiers/base/csv.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace pantau {
namespace {

struct Read {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::uint64_t> lines;
  std::vector<bool> unclosed;
};

Read read_all(std::string_view text, char delimiter = ',') {
  Arena arena;
  CsvRows rows(text, delimiter, arena);
  CsvRow row;
  Read read;
  while (rows.next(row)) {
    read.rows.emplace_back(row.cells.begin(), row.cells.end());
    read.lines.push_back(row.line);
    read.unclosed.push_back(row.unclosed);
  }
  return read;
}

using Rows = std::vector<std::vector<std::string>>;
using Lines = std::vector<std::uint64_t>;

TEST(Csv, SplitsCells) {
  EXPECT_EQ(read_all("a,b,c\n1,,3\n").rows, (Rows{{"a", "b", "c"}, {"1", "", "3"}}));
  EXPECT_EQ(read_all("a;b,c\n", ';').rows, (Rows{{"a", "b,c"}}));
  EXPECT_EQ(read_all("a,b,").rows, (Rows{{"a", "b", ""}}));
  EXPECT_EQ(read_all(",").rows, (Rows{{"", ""}}));
  EXPECT_EQ(read_all("").rows, Rows{});
}

TEST(Csv, TakesAnyLineEnd) {
  const Rows expected = {{"a", "b"}, {"c", "d"}};
  EXPECT_EQ(read_all("a,b\nc,d\n").rows, expected);
  EXPECT_EQ(read_all("a,b\r\nc,d\r\n").rows, expected);
  EXPECT_EQ(read_all("a,b\rc,d\r").rows, expected);
  EXPECT_EQ(read_all("a,b\rc,d").rows, expected);
  EXPECT_EQ(read_all("a,b\r\nc,d").rows, expected);
}

TEST(Csv, UndoesQuotes) {
  EXPECT_EQ(read_all("\"a,b\",\"c\"\n").rows, (Rows{{"a,b", "c"}}));
  EXPECT_EQ(read_all("\"say \"\"yes\"\"\",\"\"\n").rows, (Rows{{"say \"yes\"", ""}}));
  EXPECT_EQ(read_all("\"\"\"\"\n").rows, (Rows{{"\""}}));
  EXPECT_EQ(read_all("\"one\ntwo\r\nthree\",x\n").rows, (Rows{{"one\ntwo\r\nthree", "x"}}));
}

TEST(Csv, AQuoteInsideACellIsALetter) {
  EXPECT_EQ(read_all("5\" pipe,b\"\"c\n").rows, (Rows{{"5\" pipe", "b\"\"c"}}));
  EXPECT_EQ(read_all(" \"a\",b\n").rows, (Rows{{" \"a\"", "b"}}));
}

TEST(Csv, WhatFollowsAClosingQuoteBelongsToTheCell) {
  EXPECT_EQ(read_all("\"a\"b\"c\",d\n").rows, (Rows{{"ab\"c\"", "d"}}));
  EXPECT_EQ(read_all("\"a\" ,d\n").rows, (Rows{{"a ", "d"}}));
}

TEST(Csv, CountsPhysicalLines) {
  EXPECT_EQ(read_all("a\n\"b\nb\"\nc\n").lines, (Lines{1, 2, 4}));
  EXPECT_EQ(read_all("a\r\n\"b\r\nb\"\r\nc\r\n").lines, (Lines{1, 2, 4}));
  EXPECT_EQ(read_all("a\r\"b\rb\"\rc\r").lines, (Lines{1, 2, 4}));
  EXPECT_EQ(read_all("a\n\n \t\n\nb\n").lines, (Lines{1, 5}));
}

TEST(Csv, AnUnclosedQuoteCostsOneLine) {
  const Read read = read_all("a,b\n1,\"two\n3,4\n5,6\n");
  EXPECT_EQ(read.rows, (Rows{{"a", "b"}, {"1", "two"}, {"3", "4"}, {"5", "6"}}));
  EXPECT_EQ(read.lines, (Lines{1, 2, 3, 4}));
  EXPECT_EQ(read.unclosed, (std::vector<bool>{false, true, false, false}));
}

TEST(Csv, AnUnclosedQuoteBeforeClosedOnes) {
  // The stray quote closes at the next one; that row is as long as it takes.
  const Read read = read_all("1,\"two\n3,\"four\"\n5,6\n");
  EXPECT_EQ(read.rows, (Rows{{"1", "two\n3,four\""}, {"5", "6"}}));
  const Read never = read_all("1,\"two\n3,\"\"\n5,6\n");
  EXPECT_EQ(never.rows, (Rows{{"1", "two"}, {"3", ""}, {"5", "6"}}));
}

// Cells are searched sixteen bytes at a time.
TEST(Csv, CellsMayHaveAnyLength) {
  for (std::size_t first = 0; first < 40; first++) {
    for (std::size_t second = 0; second < 40; second++) {
      const std::string a(first, 'a');
      const std::string b(second, 'b');
      const Rows expected = {{a, b}, {"c", "d"}};
      EXPECT_EQ(read_all(a + ";" + b + "\nc;d", ';').rows, expected);
      EXPECT_EQ(read_all(a + ";" + b + "\rc;d\r", ';').rows, expected);
      EXPECT_EQ(read_all('"' + a + "\";" + b + "\r\nc;\"d\"", ';').rows, expected);
    }
  }
}

TEST(Csv, FindsTheDelimiter) {
  EXPECT_EQ(csv_delimiter("a,b,c\n1;2;3;4;5\n"), ',');
  EXPECT_EQ(csv_delimiter("a;b;c,d\n"), ';');
  EXPECT_EQ(csv_delimiter("a\tb\r\n"), '\t');
  EXPECT_EQ(csv_delimiter("\n \nx;y\n"), ';');
  EXPECT_EQ(csv_delimiter("\"a;b;c;d\",e\n"), ',');
  EXPECT_EQ(csv_delimiter("alone\n"), ',');
  EXPECT_EQ(csv_delimiter(""), ',');
}

std::string random_text(std::mt19937& random) {
  constexpr std::string_view kLetters = "ab,,\"\"\"\n\n\r; ";
  std::string text;
  const std::size_t size = random() % 40;
  for (std::size_t i = 0; i < size; i++) text += kLetters[random() % kLetters.size()];
  return text;
}

// The scanner must not care how its bytes are cut.
TEST(Csv, TheScannerGoesOnWhereItStopped) {
  std::mt19937 random(7);
  for (int i = 0; i < 20000; i++) {
    const std::string text = random_text(random);
    CsvScanner whole(',');
    const std::size_t end = whole.find_row_end(text);
    CsvScanner bytewise(',');
    std::size_t found = CsvScanner::kNoEnd;
    for (std::size_t at = 0; at < text.size() && found == CsvScanner::kNoEnd; at++) {
      const std::size_t here = bytewise.find_row_end(std::string_view(text).substr(at, 1));
      if (here != CsvScanner::kNoEnd) found = at + here;
    }
    ASSERT_EQ(found, end) << testing::PrintToString(text);
    ASSERT_EQ(bytewise.lines(), whole.lines()) << testing::PrintToString(text);
    ASSERT_EQ(bytewise.is_in_quotes(), whole.is_in_quotes()) << testing::PrintToString(text);
  }
}

// Rows by marks, sixteen and more bytes at once, are what the scanner makes of them.
TEST(Csv, RowsAreWhatTheScannerFinds) {
  std::mt19937 random(9);
  for (int i = 0; i < 300; i++) {
    std::string text;
    while (text.size() < 12000) {
      text += random_text(random);
      if (random() % 3 == 0) text.append(random() % 100, 'x');
      if (random() % 3 == 0) text += "\na,b,c\r\n";
    }
    Arena arena;
    CsvRows rows(text, ',', arena);
    CsvRow row;
    std::size_t at = 0;
    while (at < text.size()) {
      const std::string_view rest = std::string_view(text).substr(at);
      const CsvExtent extent = first_csv_row(rest, ',');
      at += extent.bytes;
      if (is_blank(rest.substr(0, extent.bytes))) continue;
      std::size_t cells = 1;
      CsvScanner(',').find_row_end(rest.substr(0, extent.content), [&](std::size_t) { cells++; });
      ASSERT_TRUE(rows.next(row));
      ASSERT_EQ(rows.position(), at);
      ASSERT_EQ(row.cells.size(), cells);
    }
    ASSERT_FALSE(rows.next(row));
  }
}

// All kernels find the same marks.
TEST(Csv, MarksAreWhereTheyAre) {
  std::mt19937 random(10);
  for (const CsvMarksKernel kernel : csv_marks_kernels()) {
    for (const char delimiter : {',', ';', '\t'}) {
      std::string text;
      for (int i = 0; i < 30000; i++) text += static_cast<char>(random() % 5 == 0 ? random() : 'a');
      CsvMarks marks(text, delimiter, kernel);
      for (std::size_t at = 0; at < text.size(); at++) {
        const char c = text[at];
        if (c != delimiter && c != '"' && c != '\n' && c != '\r') continue;
        ASSERT_EQ(marks.next(), at);
      }
      ASSERT_EQ(marks.next(), text.size());
    }
  }
}

// Rows and extents are two ways to the same machine.
TEST(Csv, RowsAndExtentsAgree) {
  std::mt19937 random(8);
  for (int i = 0; i < 20000; i++) {
    const std::string text = random_text(random);
    const Read read = read_all(text);
    std::size_t row = 0;
    std::uint64_t line = 1;
    std::string_view rest = text;
    while (!rest.empty()) {
      const CsvExtent extent = first_csv_row(rest, ',');
      ASSERT_GT(extent.bytes, 0u);
      ASSERT_LE(extent.content, extent.bytes);
      if (!is_blank(rest.substr(0, extent.content))) {
        ASSERT_LT(row, read.rows.size()) << testing::PrintToString(text);
        EXPECT_EQ(read.lines[row], line) << testing::PrintToString(text);
        EXPECT_EQ(read.unclosed[row], extent.unclosed) << testing::PrintToString(text);
        row++;
      }
      rest.remove_prefix(extent.bytes);
      line += extent.lines;
    }
    ASSERT_EQ(row, read.rows.size()) << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace pantau
