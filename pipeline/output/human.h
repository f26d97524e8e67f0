// Numbers for people: the forms that the progress display and the summary's table
// have in common. English, and the same under every locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pantau {

std::string format_count(std::uint64_t count);    // "1,234,567"
std::string format_bytes(std::uint64_t bytes);    // "999 B", "1.23 kB", "45.6 GB": powers of 1000
std::string format_rate(double per_second);       // "12.3", "1,234,567"; "-" if it is none
std::string format_duration(double seconds);      // "0:07", "12:34", "1:02:03"
std::string format_gigabytes(double per_second);  // bytes a second: "1.23 GB/s"

// `text` fit to be shown on a terminal: control characters, which could move the
// cursor or colour what follows, become '?', and so do bytes that are no UTF-8.
std::string printable(std::string_view text);

// Columns that printable text takes: one for each character. (Wide and combining
// characters are not told apart; they cost a table its alignment and no more.)
std::size_t columns_of(std::string_view text);

}  // namespace pantau
