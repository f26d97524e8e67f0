// How far the sweep is, for the person who waits.
//
// What is shown is made by pure functions of the state; the class only decides
// when, and where to. It reads no clock: the state says how much time has passed.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace pantau {

enum class ProgressMode : std::uint8_t {
  Auto,   // a bar on a terminal, else as Plain
  Plain,  // a line every five seconds and one at the end
  None,
};

// By the name written after --progress; nothing for another one.
std::optional<ProgressMode> progress_mode_named(std::string_view name);

struct ProgressState {
  // Both are counted alike: bytes as they are stored, for a compressed input
  // compressed, because only of those is the total known beforehand.
  std::uint64_t bytes_done = 0;
  std::uint64_t bytes_total = 0;  // 0: unknown
  std::uint64_t bytes_read = 0;   // decompressed, what the GB/s are made of
  std::uint64_t records = 0;
  std::uint64_t flags = 0;
  std::uint64_t rejects = 0;
  std::chrono::duration<double> elapsed{0};  // since this process began

  // What an earlier run had done before this one went on. It is in the numbers
  // above, and no rate is made of it, since its time is not in `elapsed`.
  std::uint64_t bytes_done_before = 0;
  std::uint64_t bytes_read_before = 0;
  std::uint64_t records_before = 0;
};

// One line for a log, without line end:
// "42% of 2.93 GB, 1,234,567 records, 2,345,678 records/s, 1.23 GB/s, 12 flags, 3 rejects, 0:12
// left"
std::string progress_line(const ProgressState& state);

// The same for one line of a terminal: at most `columns` wide, what matters least
// left out first. The bar is made of Unicode's blocks if `unicode`, else of '#'.
std::string progress_bar(const ProgressState& state, std::size_t columns, bool unicode);

// Whether these values of LC_ALL, LC_CTYPE and LANG (null: not set) mean UTF-8.
bool is_utf8_locale(const char* lc_all, const char* lc_ctype, const char* lang);

// Where progress is shown.
struct ProgressDevice {
  bool bar = false;  // one line that is drawn again and again; else lines
  bool unicode = false;
  std::function<std::size_t()> columns;  // asked at each drawing: windows change
  std::function<void(std::string_view)> write;
};

// Standard error as it is. A write there that fails is ignored: a sweep does not
// stop because nobody watches.
ProgressDevice standard_error_device(ProgressMode mode);

// Thread-safe: the sweep calls update(), anybody message().
class Progress {
 public:
  Progress(ProgressMode mode, ProgressDevice device) : mode_(mode), device_(std::move(device)) {}
  explicit Progress(ProgressMode mode) : Progress(mode, standard_error_device(mode)) {}
  ~Progress();  // erases the bar, if finish() was not called

  // Shows `state` if it is time to: the bar ten times a second, a line every five
  // seconds of state.elapsed. Cheap otherwise; call it after every batch.
  void update(const ProgressState& state);

  // Erases the bar, or prints the last line. Nothing is shown after it but messages.
  void finish(const ProgressState& state);

  // Prints `text` on lines of its own, in every mode; the bar goes out of its way
  // and comes back.
  void message(std::string_view text);

 private:
  void draw();   // with the lock held
  void erase();  // with the lock held

  std::mutex mutex_;
  ProgressMode mode_;
  ProgressDevice device_;
  ProgressState latest_;
  double shown_at_ = 0;  // seconds of `elapsed`
  bool drawn_ = false;   // the bar stands on the terminal
  bool finished_ = false;
};

}  // namespace pantau
