#include "pipeline/output/human.h"

#include <gtest/gtest.h>

#include <limits>

namespace pantau {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

TEST(Human, CountsHaveThousandsSeparators) {
  EXPECT_EQ(format_count(0), "0");
  EXPECT_EQ(format_count(999), "999");
  EXPECT_EQ(format_count(1'000), "1,000");
  EXPECT_EQ(format_count(1'234'567), "1,234,567");
  EXPECT_EQ(format_count(100'000), "100,000");
  EXPECT_EQ(format_count(kMost), "18,446,744,073,709,551,615");
}

TEST(Human, BytesHaveThreeDigitsAndAUnit) {
  EXPECT_EQ(format_bytes(0), "0 B");
  EXPECT_EQ(format_bytes(999), "999 B");
  EXPECT_EQ(format_bytes(1'000), "1.00 kB");
  EXPECT_EQ(format_bytes(1'234'567), "1.23 MB");
  EXPECT_EQ(format_bytes(45'600'000'000), "45.6 GB");
  EXPECT_EQ(format_bytes(999'499), "999 kB");
  EXPECT_EQ(format_bytes(999'500), "1.00 MB");  // and never "1000 kB"
  EXPECT_EQ(format_bytes(9'994'999), "9.99 MB");
  EXPECT_EQ(format_bytes(9'995'000), "10.0 MB");
  EXPECT_EQ(format_bytes(kMost), "18.4 EB");
}

TEST(Human, Rates) {
  EXPECT_EQ(format_rate(0), "0.00");
  EXPECT_EQ(format_rate(12.34), "12.3");
  EXPECT_EQ(format_rate(99.96), "100");
  EXPECT_EQ(format_rate(1234567.4), "1,234,567");
  EXPECT_EQ(format_rate(kInfinity), "-");
  EXPECT_EQ(format_rate(std::numeric_limits<double>::quiet_NaN()), "-");
  EXPECT_EQ(format_rate(-1), "-");
  EXPECT_EQ(format_gigabytes(1.234e9), "1.23 GB/s");
  EXPECT_EQ(format_gigabytes(2e6), "0.00 GB/s");
  EXPECT_EQ(format_gigabytes(kInfinity), "-");
}

TEST(Human, Durations) {
  EXPECT_EQ(format_duration(0), "0:00");
  EXPECT_EQ(format_duration(7.4), "0:07");
  EXPECT_EQ(format_duration(59.6), "1:00");
  EXPECT_EQ(format_duration(754), "12:34");
  EXPECT_EQ(format_duration(3723), "1:02:03");
  EXPECT_EQ(format_duration(360'000), "100:00:00");
  EXPECT_EQ(format_duration(-1), "-");
  EXPECT_EQ(format_duration(kInfinity), "-");
  EXPECT_EQ(format_duration(1e300), format_duration(1e15));
}

TEST(Human, NothingThatMovesTheCursorIsPrintable) {
  EXPECT_EQ(printable("plain, é, 2️⃣"), "plain, é, 2️⃣");
  EXPECT_EQ(printable("\x1b[2Jx\r\n\x7f"), "?[2Jx???");
  EXPECT_EQ(printable("\u0085\u009B"), "??");         // controls of C1
  EXPECT_EQ(printable("\u202Egpj.exe"), "?gpj.exe");  // right to left
  EXPECT_EQ(printable("\u2066\u2069\u200E\u200F\u2028"), "?????");
  EXPECT_EQ(printable("\u2014\u00A0"), "\u2014\u00A0");
  EXPECT_EQ(printable("a\xFFz\xE2\x82"), "a?z?");
}

TEST(Human, ColumnsCountCharacters) {
  EXPECT_EQ(columns_of(""), 0u);
  EXPECT_EQ(columns_of("abc"), 3u);
  EXPECT_EQ(columns_of("éα█"), 3u);
}

}  // namespace
}  // namespace pantau
