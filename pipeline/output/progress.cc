#include "pipeline/output/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "classifiers/base/names.h"
#include "pipeline/output/human.h"
#include "pipeline/output/write_fd.h"

namespace pantau {
namespace {

constexpr std::array<std::string_view, 3> kModeNames = {"auto", "plain", "none"};
constexpr double kLineSeconds = 5;
constexpr double kBarSeconds = 0.1;
constexpr std::size_t kBarCellsMax = 30;
constexpr std::size_t kBarCellsMin = 10;
constexpr std::size_t kBarFrame = std::string_view(" []").size();
constexpr std::size_t kGap = 2;          // columns between the parts of the line
constexpr double kRateSecondsMin = 0.2;  // a rate over less time is noise
constexpr std::size_t kColumnsUnknown = 80;
constexpr std::string_view kEraseLine = "\r\x1b[K";

struct Progressed {
  std::string amount;  // "1.23 GB of 2.93 GB"
  std::string records;
  std::string record_rate;  // empty: too early to say
  std::string byte_rate;
  std::string flags;
  std::string rejects;
  std::string left;
  std::optional<double> share;  // 0 to 1; nothing if the total is unknown
};

std::string counted(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", format_count(count), what, count == 1 ? "" : "s");
}

double since(std::uint64_t now, std::uint64_t before) {
  return now > before ? static_cast<double>(now - before) : 0;
}

std::optional<double> share_of(const ProgressState& state) {
  if (state.bytes_total == 0) return std::nullopt;
  // A file that grows while it is read would give more than all.
  return std::min(1.0,
                  static_cast<double>(state.bytes_done) / static_cast<double>(state.bytes_total));
}

Progressed describe(const ProgressState& state) {
  Progressed said;
  said.share = share_of(state);
  said.amount = format_bytes(state.bytes_done);
  if (said.share) said.amount += " of " + format_bytes(state.bytes_total);
  said.records = counted(state.records, "record");
  said.flags = counted(state.flags, "flag");
  said.rejects = counted(state.rejects, "reject");
  const double seconds = state.elapsed.count();
  if (seconds < kRateSecondsMin) return said;
  said.record_rate =
      format_rate(since(state.records, state.records_before) / seconds) + " records/s";
  said.byte_rate = format_gigabytes(since(state.bytes_read, state.bytes_read_before) / seconds);
  const double done = since(state.bytes_done, state.bytes_done_before);
  if (said.share && *said.share < 1 && done > 0) {
    said.left =
        format_duration(since(state.bytes_total, state.bytes_done) * seconds / done) + " left";
  }
  return said;
}

// Rounded down: only all is 100%.
std::string percent(double share) {
  return fmt::format("{}%", static_cast<int>(share * 100));
}

std::string bar_of(double share, std::size_t cells, bool unicode) {
  constexpr std::array<std::string_view, 8> kEighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const auto eighths = static_cast<std::size_t>(share * static_cast<double>(cells) * 8);
  const std::size_t full = eighths / 8;
  const std::string_view part = unicode ? kEighths[eighths % 8] : std::string_view();
  std::string bar = "[";
  for (std::size_t i = 0; i < full; i++) bar += unicode ? "█" : "#";
  bar += part;
  bar.append(cells - full - columns_of(part), ' ');
  return bar + "]";
}

const char* variable(const char* name) {
  return std::getenv(name);
}

std::size_t terminal_columns() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kColumnsUnknown;
  return size.ws_col;
}

}  // namespace

std::optional<ProgressMode> progress_mode_named(std::string_view name) {
  return enum_named<ProgressMode>(kModeNames, name);
}

std::string progress_line(const ProgressState& state) {
  const Progressed said = describe(state);
  std::string line = said.share ? percent(*said.share) + ": " : "";
  line += said.amount;
  for (const std::string* part : {&said.records, &said.record_rate, &said.byte_rate, &said.flags,
                                  &said.rejects, &said.left}) {
    if (!part->empty()) line += ", " + *part;
  }
  return line;
}

std::string progress_bar(const ProgressState& state, std::size_t columns, bool unicode) {
  const Progressed said = describe(state);
  // As wide at 5% as at 100%, so that what follows stands still.
  const std::string share = said.share ? fmt::format("{:>4}", percent(*said.share)) : "";
  const std::size_t bar_columns = said.share ? kBarFrame + kBarCellsMin : 0;
  const std::string* const texts[] = {&share,          &said.amount, &said.record_rate,
                                      &said.byte_rate, &said.flags,  &said.rejects,
                                      &said.left};
  // What matters most goes in first; null is the bar.
  const std::string* const by_weight[] = {&share,        &said.left,     &said.flags,
                                          nullptr,       &said.amount,   &said.record_rate,
                                          &said.rejects, &said.byte_rate};
  std::vector<const std::string*> taken;
  std::size_t used = 0;
  for (const std::string* text : by_weight) {
    if (text != nullptr && text->empty()) continue;
    const std::size_t gap = used == 0 ? 0 : kGap;
    const std::size_t needed = text == nullptr ? bar_columns : columns_of(*text) + gap;
    if (used + needed > columns) break;
    used += needed;
    taken.push_back(text);
  }
  const auto is_taken = [&](const std::string* text) {
    return std::ranges::find(taken, text) != taken.end();
  };
  std::string line;
  for (const std::string* text : texts) {
    if (!is_taken(text)) continue;
    if (!line.empty()) line.append(kGap, ' ');
    line += *text;
    if (text != &share || !is_taken(nullptr)) continue;
    // The bar takes what room is left.
    line +=
        " " + bar_of(*said.share, std::min(kBarCellsMin + columns - used, kBarCellsMax), unicode);
  }
  return line;
}

bool is_utf8_locale(const char* lc_all, const char* lc_ctype, const char* lang) {
  for (const char* value : {lc_all, lc_ctype, lang}) {
    if (value == nullptr || *value == '\0') continue;
    std::string letters;  // "id_ID.UTF-8" and "id_ID.utf8" alike
    for (const char* at = value; *at != '\0'; at++) {
      if (*at != '-') letters += static_cast<char>(*at >= 'A' && *at <= 'Z' ? *at | 0x20 : *at);
    }
    return letters.find("utf8") != std::string::npos;  // the first that is set decides
  }
  return false;
}

ProgressDevice standard_error_device(ProgressMode mode) {
  const char* const terminal = variable("TERM");
  const bool can_erase = terminal != nullptr && std::string_view(terminal) != "dumb";
  ProgressDevice device;
  device.bar = mode == ProgressMode::Auto && can_erase && ::isatty(STDERR_FILENO) == 1;
  device.unicode = is_utf8_locale(variable("LC_ALL"), variable("LC_CTYPE"), variable("LANG"));
  device.columns = terminal_columns;
  device.write = [](std::string_view text) { write_all(STDERR_FILENO, text); };
  return device;
}

Progress::~Progress() {
  erase();
}

void Progress::draw() {
  // The last column stays free: some terminals begin a new line after it.
  const std::size_t columns = std::max<std::size_t>(device_.columns(), 1) - 1;
  device_.write("\r" + progress_bar(latest_, columns, device_.unicode) + "\x1b[K");
  drawn_ = true;
}

void Progress::erase() {
  if (drawn_) device_.write(kEraseLine);
  drawn_ = false;
}

void Progress::update(const ProgressState& state) {
  if (mode_ == ProgressMode::None) return;
  const std::lock_guard lock(mutex_);
  if (finished_) return;
  latest_ = state;
  const double now = state.elapsed.count();
  if (now - shown_at_ < (device_.bar ? kBarSeconds : kLineSeconds)) return;
  shown_at_ = now;
  if (device_.bar) {
    draw();
  } else {
    device_.write(progress_line(state) + "\n");
  }
}

void Progress::finish(const ProgressState& state) {
  if (mode_ == ProgressMode::None) return;
  const std::lock_guard lock(mutex_);
  if (finished_) return;
  finished_ = true;
  if (device_.bar) {
    erase();
  } else {
    device_.write(progress_line(state) + "\n");
  }
}

void Progress::message(std::string_view text) {
  const std::lock_guard lock(mutex_);
  const bool was_drawn = drawn_;
  std::string whole(was_drawn ? kEraseLine : "");
  whole += text;
  if (!text.ends_with('\n')) whole += '\n';
  device_.write(whole);
  drawn_ = false;
  if (was_drawn) draw();
}

}  // namespace pantau
