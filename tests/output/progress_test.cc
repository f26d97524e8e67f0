#include "pipeline/output/progress.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "pipeline/output/human.h"

namespace pantau {
namespace {

ProgressState state_at(double share, double seconds) {
  ProgressState state;
  state.bytes_total = 3'000'000'000;
  state.bytes_done = static_cast<std::uint64_t>(share * 3'000'000'000);
  state.bytes_read = 2 * state.bytes_done;
  state.records = static_cast<std::uint64_t>(share * 10'000'000);
  state.flags = static_cast<std::uint64_t>(share * 1'200);
  state.rejects = static_cast<std::uint64_t>(share * 2);
  state.elapsed = std::chrono::duration<double>(seconds);
  return state;
}

TEST(ProgressLine, SaysAllThereIs) {
  EXPECT_EQ(progress_line(state_at(0.5, 10)),
            "50%: 1.50 GB of 3.00 GB, 5,000,000 records, 500,000 records/s, 0.30 GB/s, 600 flags, "
            "1 reject, 0:10 left");
}

TEST(ProgressLine, AtTheStartNothingIsSaidAboutSpeed) {
  EXPECT_EQ(progress_line(state_at(0, 0)), "0%: 0 B of 3.00 GB, 0 records, 0 flags, 0 rejects");
  EXPECT_EQ(progress_line({}), "0 B, 0 records, 0 flags, 0 rejects");
}

TEST(ProgressLine, AtTheEndNoTimeIsLeft) {
  EXPECT_EQ(progress_line(state_at(1, 20)),
            "100%: 3.00 GB of 3.00 GB, 10,000,000 records, 500,000 records/s, 0.30 GB/s, 1,200 "
            "flags, 2 rejects");
}

TEST(ProgressLine, OnlyAllIsAHundredPercent) {
  ProgressState state = state_at(1, 20);
  state.bytes_done--;
  EXPECT_TRUE(progress_line(state).starts_with("99%: "));
  state.bytes_done = 3 * state.bytes_total;  // the file grew
  EXPECT_TRUE(progress_line(state).starts_with("100%: "));
}

TEST(ProgressLine, WithoutATotalThereIsNoShare) {
  ProgressState state = state_at(0.5, 10);
  state.bytes_total = 0;
  EXPECT_EQ(progress_line(state),
            "1.50 GB, 5,000,000 records, 500,000 records/s, 0.30 GB/s, 600 flags, 1 reject");
}

TEST(ProgressLine, NoRateIsMadeOfWhatAnEarlierRunDid) {
  ProgressState state = state_at(0.5, 10);
  state.bytes_done_before = state.bytes_done / 2;
  state.bytes_read_before = state.bytes_read / 2;
  state.records_before = state.records / 2;
  EXPECT_EQ(progress_line(state),
            "50%: 1.50 GB of 3.00 GB, 5,000,000 records, 250,000 records/s, 0.15 GB/s, 600 flags, "
            "1 reject, 0:20 left");
}

TEST(ProgressLine, AStandstillHasNoEnd) {
  ProgressState state = state_at(0, 10);
  state.bytes_done = state.bytes_done_before = 1'000'000;
  EXPECT_EQ(progress_line(state).find("left"), std::string::npos);
}

TEST(ProgressBar, FitsAnyWidthAndLeavesOutWhatMattersLeast) {
  const ProgressState state = state_at(0.5, 10);
  EXPECT_EQ(progress_bar(state, 160, true),
            " 50% [███████████████               ]  1.50 GB of 3.00 GB  500,000 records/s  "
            "0.30 GB/s  600 flags  1 reject  0:10 left");
  EXPECT_EQ(progress_bar(state, 98, false),
            " 50% [##########          ]  1.50 GB of 3.00 GB  500,000 records/s  600 flags  "
            "1 reject  0:10 left");
  EXPECT_EQ(progress_bar(state, 79, false),
            " 50% [#####      ]  1.50 GB of 3.00 GB  500,000 records/s  600 flags  0:10 left");
  EXPECT_EQ(progress_bar(state, 40, false), " 50% [#####      ]  600 flags  0:10 left");
  EXPECT_EQ(progress_bar(state, 20, false), " 50%  0:10 left");
  EXPECT_EQ(progress_bar(state, 10, false), " 50%");
  EXPECT_EQ(progress_bar(state, 4, false), " 50%");
  EXPECT_EQ(progress_bar(state, 3, false), "");
  EXPECT_EQ(progress_bar(state, 0, false), "");
}

TEST(ProgressBar, IsNeverWiderThanTheTerminal) {
  for (const double share : {0.0, 0.003, 0.5, 0.999, 1.0}) {
    for (const double seconds : {0.0, 1.0, 100'000.0}) {
      for (std::size_t columns = 0; columns < 200; columns++) {
        for (const bool unicode : {false, true}) {
          EXPECT_LE(columns_of(progress_bar(state_at(share, seconds), columns, unicode)), columns);
          ProgressState endless = state_at(share, seconds);
          endless.bytes_total = 0;
          EXPECT_LE(columns_of(progress_bar(endless, columns, unicode)), columns);
        }
      }
    }
  }
}

TEST(ProgressBar, FillsUpByEighths) {
  const auto bar = [](double share) {
    ProgressState state = state_at(share, 0);
    state.flags = 0;
    const std::string line = progress_bar(state, 26, true);
    return line.substr(0, line.find(']') + 1);
  };
  EXPECT_EQ(bar(0), "  0% [          ]");
  EXPECT_EQ(bar(0.0125 + 1e-9), "  1% [▏         ]");
  EXPECT_EQ(bar(0.55), " 55% [█████▌    ]");
  EXPECT_EQ(bar(1), "100% [██████████]");
}

TEST(ProgressBar, WithoutATotalThereIsNoBar) {
  ProgressState state = state_at(0.5, 10);
  state.bytes_total = 0;
  EXPECT_EQ(progress_bar(state, 160, true),
            "1.50 GB  500,000 records/s  0.30 GB/s  600 flags  1 reject");
  EXPECT_EQ(progress_bar(state, 8, true), "");
}

TEST(ProgressMode, Names) {
  EXPECT_EQ(progress_mode_named("auto"), ProgressMode::Auto);
  EXPECT_EQ(progress_mode_named("plain"), ProgressMode::Plain);
  EXPECT_EQ(progress_mode_named("none"), ProgressMode::None);
  EXPECT_EQ(progress_mode_named("bar"), std::nullopt);
}

TEST(Utf8Locale, TheFirstThatIsSetDecides) {
  EXPECT_TRUE(is_utf8_locale(nullptr, nullptr, "id_ID.UTF-8"));
  EXPECT_TRUE(is_utf8_locale(nullptr, "C.utf8", "C"));
  EXPECT_TRUE(is_utf8_locale("", "", "en_US.UTF-8@x"));
  EXPECT_FALSE(is_utf8_locale("C", "C.utf8", "C.utf8"));
  EXPECT_FALSE(is_utf8_locale(nullptr, nullptr, "id_ID.ISO-8859-1"));
  EXPECT_FALSE(is_utf8_locale(nullptr, nullptr, nullptr));
}

class ProgressTest : public testing::Test {
 protected:
  ProgressDevice device(bool bar) {
    return {.bar = bar,
            .unicode = false,
            .columns = [this] { return columns_; },
            .write = [this](std::string_view text) { shown_ += text; }};
  }
  std::string take() { return std::exchange(shown_, {}); }

  std::size_t columns_ = 5;  // room for the percentage
  std::string shown_;
};

TEST_F(ProgressTest, TheBarIsDrawnTenTimesASecondAndErasedAtTheEnd) {
  Progress progress(ProgressMode::Auto, device(true));
  progress.update(state_at(0.1, 0.05));
  EXPECT_EQ(take(), "");
  progress.update(state_at(0.1, 0.1));
  EXPECT_EQ(take(), "\r 10%\x1b[K");
  progress.update(state_at(0.2, 0.15));
  EXPECT_EQ(take(), "");
  progress.update(state_at(0.2, 0.25));
  EXPECT_EQ(take(), "\r 20%\x1b[K");
  columns_ = 12;  // a window that was widened
  progress.update(state_at(0.3, 0.36));
  EXPECT_EQ(take(), "\r 30%\x1b[K");
  progress.finish(state_at(1, 1));
  EXPECT_EQ(take(), "\r\x1b[K");
  progress.update(state_at(1, 2));
  progress.finish(state_at(1, 2));
  EXPECT_EQ(take(), "");
}

TEST_F(ProgressTest, AMessageDoesNotTearTheBar) {
  Progress progress(ProgressMode::Auto, device(true));
  progress.message("before");
  EXPECT_EQ(take(), "before\n");
  progress.update(state_at(0.1, 1));
  take();
  progress.message("a file has ended early\n");
  EXPECT_EQ(take(), "\r\x1b[Ka file has ended early\n\r 10%\x1b[K");
  progress.finish(state_at(1, 2));
  take();
  progress.message("after");
  EXPECT_EQ(take(), "after\n");
}

TEST_F(ProgressTest, ABarThatWasNeverFinishedIsErased) {
  {
    Progress progress(ProgressMode::Auto, device(true));
    progress.update(state_at(0.1, 1));
    take();
  }
  EXPECT_EQ(take(), "\r\x1b[K");
}

TEST_F(ProgressTest, ATerminalWithoutWidthShowsNothingAndHarmsNobody) {
  columns_ = 0;
  Progress progress(ProgressMode::Auto, device(true));
  progress.update(state_at(0.1, 1));
  EXPECT_EQ(take(), "\r\x1b[K");
}

TEST_F(ProgressTest, PlainIsALineEveryFiveSecondsAndOneAtTheEnd) {
  Progress progress(ProgressMode::Plain, device(false));
  progress.update(state_at(0.1, 4.9));
  EXPECT_EQ(take(), "");
  progress.update(state_at(0.1, 5));
  EXPECT_EQ(take(), progress_line(state_at(0.1, 5)) + "\n");
  progress.message("message");
  EXPECT_EQ(take(), "message\n");
  progress.update(state_at(0.2, 9.9));
  EXPECT_EQ(take(), "");
  progress.update(state_at(0.2, 10.1));
  EXPECT_EQ(take(), progress_line(state_at(0.2, 10.1)) + "\n");
  progress.finish(state_at(1, 11));
  EXPECT_EQ(take(), progress_line(state_at(1, 11)) + "\n");
}

TEST_F(ProgressTest, NoneShowsMessagesOnly) {
  Progress progress(ProgressMode::None, device(true));
  progress.update(state_at(0.1, 100));
  progress.message("message");
  progress.finish(state_at(1, 200));
  EXPECT_EQ(take(), "message\n");
}

TEST_F(ProgressTest, MessagesOfManyThreadsStayWhole) {
  Progress progress(ProgressMode::Auto, device(true));
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; i++) {
      threads.emplace_back([&] {
        for (int n = 0; n < 100; n++) progress.message("message");
      });
    }
    for (int n = 1; n < 100; n++) progress.update(state_at(0.5, n));
  }
  progress.finish(state_at(1, 100));
  std::size_t whole = 0;
  for (std::size_t at = shown_.find("message\n"); at != std::string::npos;
       at = shown_.find("message\n", at + 1)) {
    EXPECT_TRUE(at == 0 || shown_[at - 1] == '\n' || shown_.substr(at - 3, 3) == "\x1b[K");
    whole++;
  }
  EXPECT_EQ(whole, 400u);
}

// The tests' own standard error may be a terminal or none; both must do.
TEST(StandardErrorDevice, PlainIsNeverABar) {
  EXPECT_FALSE(standard_error_device(ProgressMode::Plain).bar);
  EXPECT_GT(standard_error_device(ProgressMode::Auto).columns(), 0u);
}

}  // namespace
}  // namespace pantau
