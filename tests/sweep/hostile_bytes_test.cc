// Lines that are cut, joined, or hold bytes that no line should hold.
#include "tests/sweep/hostile_line.h"

namespace pantau {
namespace {

using HostileBytes = HostileLine;

Fates read(const std::string& file, Validate validate,
           std::size_t chunk_bytes = ChunkLimits().chunk_bytes) {
  return read_file_bytes(engine_of_lines(), file, {validate, chunk_bytes});
}

constexpr Validate kModes[] = {Validate::All, Validate::Subjects};

TEST_F(HostileBytes, KeyOrderMayChangeFromLineToLine) {
  std::string file;
  std::vector<std::string> expected;
  for (int i = 0; i < 300; i++) {
    const bool subject = i % 3 == 0;
    const std::string& actor = subject ? kSubject : kStranger;
    const bool other = i < 100 ? false : i < 200 ? true : i % 2 == 0;  // A, then B, then both
    file += (other ? other_post_of(actor) : post_of(actor)) + "\n";
    expected.push_back(subject ? kFlagged : "");
  }
  for (const Validate validate : kModes) {
    const Fates fates = read(file, validate, 1000);
    for (std::size_t i = 0; i < expected.size(); i++) EXPECT_EQ(fates.of(i + 1), expected[i]) << i;
  }
}

// Chunks are cut at lines, but their buffers are filled wherever a read ends.
TEST_F(HostileBytes, ChunksOfEverySizeHoldTheSameLines) {
  std::string file;
  for (const std::string& line : ordinary_lines()) file += line + "\n";
  file += post_of(kSubject).substr(0, 60) + "\n\n" + post_of(kSubject) + "x\r\n" +
          post_of(kSubject, R"(,"more":"é\u00e9")");
  for (const Validate validate : kModes) {
    const Fates expected = read(file, validate);
    EXPECT_EQ(expected.rows, ordinary_lines().size() + 3);
    for (std::size_t bytes = 1; bytes <= file.size() + 2; bytes += bytes < 300 ? 1 : 13) {
      const Fates fates = read(file, validate, bytes);
      EXPECT_EQ(fates.flag_bytes, expected.flag_bytes) << bytes;
      EXPECT_EQ(fates.reasons, expected.reasons) << bytes;
      EXPECT_EQ(fates.skimmed, expected.skimmed) << bytes;
      EXPECT_EQ(fates.blank, expected.blank) << bytes;
    }
  }
}

// Everything behind the cut is as learned, only it is not there.
TEST_F(HostileBytes, TheBeginningOfALineIsNoLine) {
  for (const std::string& line : {post_of(kSubject), other_post_of(kSubject)}) {
    for (std::size_t size = 1; size < line.size(); size++) {
      std::string file;
      for (const std::string& other : ordinary_lines()) file += other + "\n";
      const std::size_t before = ordinary_lines().size();
      file += line.substr(0, size) + "\n" + post_of(kSubject) + "\n" + line.substr(0, size);
      for (const Validate validate : kModes) {
        const Fates fates = read(file, validate);
        EXPECT_EQ(fates.of(before + 1), kJson) << line.substr(0, size);
        EXPECT_EQ(fates.of(before + 2), kFlagged) << line.substr(0, size);
        EXPECT_EQ(fates.of(before + 3), kJson) << line.substr(0, size);
      }
    }
  }
}

// A stranger's line that was cut may be skimmed only if it ends as an object does.
TEST_F(HostileBytes, TheBeginningOfAStrangersLineIsNeverAFlag) {
  const std::string line = post_of(R"({"id":"8","handle":"siapa"})", R"(,"more":{"a":{}})");
  std::string ordinary;
  for (const std::string& other : ordinary_lines()) ordinary += other + "\n";
  const std::size_t before = ordinary_lines().size();
  for (std::size_t size = 1; size < line.size(); size++) {
    const std::string file = ordinary + line.substr(0, size) + "\n" + post_of(kSubject) + "\n";
    EXPECT_EQ(read(file, Validate::All).of(before + 1), kJson);
    const Fates fates = read(file, Validate::Subjects);
    if (line[size - 1] != '}') {
      EXPECT_EQ(fates.of(before + 1), kJson) << line.substr(0, size);
    }
    EXPECT_FALSE(fates.flags.contains(before + 1));
    EXPECT_EQ(fates.of(before + 2), kFlagged) << line.substr(0, size);
  }
}

// The second half goes on just as the first one promised.
TEST_F(HostileBytes, ALineBrokenInTwoIsTwoBrokenLines) {
  std::string ordinary;
  for (const std::string& other : ordinary_lines()) ordinary += other + "\n";
  const std::size_t before = ordinary_lines().size();
  for (const std::string& line : {post_of(kSubject), other_post_of(kSubject),
                                  post_of(R"({"id":"7","handle":"guru","name":"G\\\"\\"})")}) {
    for (std::size_t at = 1; at < line.size(); at++) {
      const std::string file = ordinary + line.substr(0, at) + "\n" + line.substr(at) + "\n";
      for (const Validate validate : kModes) {
        const Fates fates = read(file, validate);
        EXPECT_EQ(fates.of(before + 1), kJson) << file.substr(ordinary.size());
        EXPECT_EQ(fates.of(before + 2), kJson) << file.substr(ordinary.size());
      }
    }
  }
}

// A backslash before the line end escapes nothing, and not the next line's first quote.
TEST_F(HostileBytes, ABackslashAtTheEndOfALineStaysThere) {
  const std::string line = post_of(kSubject);
  const std::size_t text = line.find("halo");
  for (const std::string& cut :
       {line.substr(0, text) + "\\", line.substr(0, text) + "\\\\", line.substr(0, text) + "\\u00",
        line.substr(0, line.find("7")) + "\\", line.substr(0, 2) + "\\"}) {
    expect(cut, kJson);
  }
}

TEST_F(HostileBytes, TwoObjectsAreNoLine) {
  expect(post_of(kSubject) + post_of(kSubject), kJson);
  expect(post_of(kSubject) + " " + post_of(kStranger), kJson);
  expect(post_of(kSubject) + "," + post_of(kStranger), kJson);
  expect_of_stranger(post_of(kStranger) + post_of(kSubject), kJson);
  expect_of_stranger("{}" + post_of(kSubject), kJson);
}

TEST_F(HostileBytes, WhatFollowsTheObjectIsNoPartOfALine) {
  for (const std::string garbage :
       {"x", ",", "]", "\"", "0", "null", " x", "\\", "\x01", "//", "#"}) {
    expect(post_of(kSubject) + garbage, kJson);
    expect(post_of(kStranger) + garbage, kJson);
    expect(other_post_of(kStranger) + garbage, kJson);
  }
  expect(post_of(kSubject) + "}", kJson);
  expect_of_stranger(post_of(kStranger) + "}", kJson);
  for (const std::string blanks : {" ", "\t", " \t ", "\r", "\r \r"}) {
    expect(post_of(kSubject) + blanks, kFlagged);
    expect(post_of(kStranger) + blanks, "");
    expect(blanks + post_of(kSubject), kFlagged);
    expect(blanks + post_of(kStranger), "");
  }
  expect("x" + post_of(kSubject), kJson);
  expect("x" + post_of(kStranger), kJson);
  expect("[" + post_of(kStranger) + "]", kJson);
}

TEST_F(HostileBytes, NestingHasALimit) {
  // The line's own object is the first.
  const auto arrays = [](std::size_t count) {
    return std::string(count, '[') + std::string(count, ']');
  };
  const auto objects = [](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; i++) text += "{\"a\":";
    return text + "0" + std::string(count, '}');
  };
  for (const auto& nested : {+arrays, +objects}) {
    expect("{\"deep\":" + nested(63) + "," + post_of(kSubject).substr(1), kFlagged);
    expect("{\"deep\":" + nested(64) + "," + post_of(kSubject).substr(1), "rejected: depth");
    expect(post_of(kSubject, ",\"deep\":" + nested(63)), kFlagged);
    expect(post_of(kSubject, ",\"deep\":" + nested(64)), "rejected: depth");
    expect(post_of(kSubject, ",\"deep\":" + nested(100'000)), "rejected: depth");
    expect(post_of("{\"deep\":" + nested(62) + ",\"id\":\"7\"}"), kFlagged);
    expect(post_of("{\"deep\":" + nested(63) + ",\"id\":\"7\"}"), "rejected: depth");
    expect_of_stranger(post_of(kStranger, ",\"deep\":" + nested(64)), "rejected: depth");
  }
}

TEST_F(HostileBytes, WhatIsNotUtf8IsRejectedWhereverItStands) {
  for (const std::string bad :
       {"\xff", "\xc3", "\x80", "\xc0\xaf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xed\xa0\x80",
        "\xed\xa0\xbd\xed\xb8\x80", "\xf4\x90\x80\x80", "\xe2\x80", "\xf8\x88\x80\x80\x80"}) {
    const std::string line = post_of(R"({"id":"7","name":"N"})", R"(,"more":{"key":"value"})");
    for (const std::string before :
         {"halo", "N\"", "more", "key", "value", "}}", "platform", "09:00"}) {
      std::string damaged = line;
      damaged.insert(line.rfind(before), bad);
      expect(damaged, "rejected: utf8");
    }
    expect(line + bad, "rejected: utf8");
    expect(bad + line, "rejected: utf8");
    // At each place of a longer text, that is, of a vector of bytes.
    for (std::size_t size = 0; size < 70; size += 3) {
      const std::string text = std::string(size, 'a') + bad + std::string(70 - size, 'b');
      const std::string file =
          post_of(kSubject) + "\n{\"text\":\"" + text + "\"," + post_of(kSubject).substr(1) + "\n";
      for (const Validate validate : kModes)
        EXPECT_EQ(read(file, validate).of(2), "rejected: utf8");
    }
  }
}

TEST_F(HostileBytes, AByteOrderMarkIsOnlyAtTheFilesBeginning) {
  const std::string mark = "\xef\xbb\xbf";
  for (const Validate validate : kModes) {
    const Fates fates =
        read(mark + post_of(kSubject) + "\n" + mark + post_of(kSubject) + "\n", validate);
    EXPECT_EQ(fates.of(1), kFlagged);
    EXPECT_EQ(fates.of(2), kJson);
  }
  expect(post_of(kSubject) + mark, kJson);
  expect(post_of(kStranger) + mark, kJson);
  expect(R"({"more":")" + mark + R"(",)" + post_of(kSubject).substr(1), kFlagged);
}

TEST_F(HostileBytes, CarriageReturnsAloneEndNoLine) {
  for (const Validate validate : kModes) {
    const Fates fates = read(post_of(kSubject) + "\r" + post_of(kSubject) + "\r", validate);
    EXPECT_EQ(fates.rows, 1U);
    EXPECT_EQ(fates.of(1), kJson);
    EXPECT_EQ(read(post_of(kSubject) + "\r", validate).of(1), kFlagged);
    EXPECT_EQ(read(post_of(kSubject) + "\r\r\n" + post_of(kSubject), validate).flags.size(), 2U);
  }
  // Between the parts of a line they are white space.
  expect("{\r" + post_of(kSubject).substr(1), kFlagged);
  expect(R"({"more":"a)"
         "\r"
         R"(b",)" +
             post_of(kSubject).substr(1),
         kJson);
}

TEST_F(HostileBytes, ControlCharactersInStringsAreNoJson) {
  for (int c = 0; c < 0x20; c++) {
    if (c == '\n') continue;
    const std::string control(1, static_cast<char>(c));
    expect(R"({"more":"a)" + control + R"(b",)" + post_of(kSubject).substr(1), kJson);
    expect(post_of(kSubject, R"(,"more":"a)" + control + R"(b")"), kJson);
    expect(R"({"mo)" + control + R"(re":"a",)" + post_of(kSubject).substr(1), kJson);
    std::string line = post_of(kSubject);
    expect(line.replace(line.find("halo"), 0, control), kJson);
  }
  expect(R"({"text":"a\u0000\u001f)"
         "\x7f"
         R"(b",)" +
             post_of(kSubject).substr(1),
         "flag x/post/1: a" + std::string("\0\x1f\x7f"
                                          "b",
                                          4));
}

TEST_F(HostileBytes, LineSeparatorsOfUnicodeAreCharacters) {
  for (const std::string separator : {"\u2028", "\u2029", "\u0085"}) {
    std::string line = post_of(kSubject);
    expect(line.insert(line.find("halo"), separator), "flag x/post/1: " + separator + "halo");
    expect("{" + separator + post_of(kSubject).substr(1), kJson);
    expect(post_of(kSubject) + separator, kJson);
    expect(post_of(kStranger) + separator, kJson);
  }
}

TEST_F(HostileBytes, ALoneSurrogateIsOneBrokenLetter) {
  for (const auto& [written, read] :
       std::vector<std::pair<std::string, std::string>>{{R"(\ud83d)", "\uFFFD"},
                                                        {R"(\ude00)", "\uFFFD"},
                                                        {R"(\ud83d\ude00)", "😀"},
                                                        {R"(\ude00\ud83d)", "\uFFFD\uFFFD"},
                                                        {R"(\ud83d\ud83d\ude00)", "\uFFFD😀"},
                                                        {R"(\ud83dx\ude00)", "\uFFFDx\uFFFD"},
                                                        {R"(\uD83D\n)", "\uFFFD\n"}}) {
    expect("{\"text\":\"" + written + "\"," + post_of(kSubject).substr(1),
           "flag x/post/1: " + read);
    expect(post_of(R"({"id":"7","name":")" + written + R"("})"), kFlagged);
    expect("{\"" + written + "\":0," + post_of(kSubject).substr(1), kFlagged);
  }
  for (const std::string broken :
       {R"(\ud83d\u12)", R"(\ud8)", R"(\u)", R"(\x41)", R"(\U0041)", R"(\')"}) {
    expect("{\"text\":\"" + broken + "\"," + post_of(kSubject).substr(1), kJson);
    expect("{\"more\":\"" + broken + "\"," + post_of(kSubject).substr(1), kJson);
    expect(post_of(kSubject, ",\"more\":\"" + broken + "\""), kJson);
  }
}

TEST_F(HostileBytes, WhatIsIgnoredIsJsonAllTheSame) {
  for (const std::string value :
       {"tru",   "truee",   "nul",         "NaN",   "Infinity", "'a'", "[1,]",
        "[1 2]", "{\"a\"}", "{\"a\":1,}",  "{a:1}", "{,}",      "[",   "{",
        "\"a",   "1 2",     "\"a\" \"b\"", "",      "-",        "[}",  "{]"}) {
    expect("{\"more\":" + value + "," + post_of(kSubject).substr(1), kJson);
    expect(post_of(kSubject, ",\"more\":" + value), kJson);
    expect(post_of(R"({"id":"7","more":)" + value + "}"), kJson);
  }
  for (const std::string value : {"1e400", "-0", "1E-999", "[]", "{}", "[{}]", "\"\"", "false"}) {
    expect("{\"more\":" + value + "," + post_of(kSubject).substr(1), kFlagged);
    expect(post_of(kSubject, ",\"more\":" + value), kFlagged);
  }
  expect(post_of(kSubject, ","), kJson);
  expect(post_of(kSubject, ",,\"a\":1"), kJson);
  expect(post_of(kSubject, " \"a\":1"), kJson);
}

// Strings are read in vectors of bytes: an escape, a quote or the line's end at each place of one.
TEST_F(HostileBytes, ValuesOfEveryLengthAreRead) {
  std::string file;
  std::vector<std::string> expected;
  for (std::size_t size = 0; size <= 200; size++) {
    const std::string text(size, 'a');
    for (const auto& [written, read] : std::vector<std::pair<std::string, std::string>>{
             {"", ""}, {R"(\")", "\""}, {R"(\\)", "\\"}, {"é", "é"}, {R"(\u00e9)", "é"}}) {
      std::string line = post_of(size % 2 == 0 ? kSubject : R"({"id":7,"handle":"guru"})");
      file += line.replace(line.find("halo"), 4, text + written) + "\n";
      const std::string whole = text + read;
      expected.push_back("flag x/post/1: " + (whole.empty() ? "-" : whole));
    }
  }
  for (const Validate validate : kModes) {
    for (const std::size_t chunk_bytes : {std::size_t{300}, ChunkLimits().chunk_bytes}) {
      const Fates fates = read(file, validate, chunk_bytes);
      for (std::size_t i = 0; i < expected.size(); i++) ASSERT_EQ(fates.of(i + 1), expected[i]);
    }
  }
}

TEST_F(HostileBytes, BlankLinesAreBlank) {
  const std::string file =
      "\n\r\n \n\t\r\n" + post_of(kSubject) + "\n\n" + post_of(kSubject) + "\n\u00a0\n\n";
  for (const Validate validate : kModes) {
    const Fates fates = read(file, validate);
    EXPECT_EQ(fates.blank, 6U);
    EXPECT_EQ(fates.of(5), kFlagged);
    EXPECT_EQ(fates.of(7), kFlagged);
    EXPECT_EQ(fates.of(8), kJson);
  }
}

}  // namespace
}  // namespace pantau
