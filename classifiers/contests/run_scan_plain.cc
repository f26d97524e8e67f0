#include "classifiers/contests/key_index.h"
#include "classifiers/contests/run_scan.h"
#include "classifiers/contests/runs.h"
#include "classifiers/text/words.h"

namespace pantau {

void scan_runs_plain(const char* text, std::uint32_t size, std::uint32_t from,
                     const KeyFilterBits& filter, RunScan& scan) {
  const std::string_view view(text, size);
  const std::uint32_t end = size - from < kRunWindowBytes ? size : from + kRunWindowBytes;
  bool in_run = from > 0 && is_ascii_word(text[from - 1]);
  scan.count = 0;
  scan.has_sign = false;
  scan.beyond_ascii = false;
  for (std::uint32_t at = from; at < end; at++) {
    const char c = text[at];
    const bool is_word = is_ascii_word(c);
    if (is_word && !in_run && may_contain(filter, run_key(eight_bytes(view, at)))) {
      scan.starts[scan.count++] = at;
    }
    in_run = is_word;
    if (c == '#' || c == '@') scan.has_sign = true;
    if (static_cast<unsigned char>(c) >= 0x80) scan.beyond_ascii = true;
  }
}

}  // namespace pantau
