// Letters that look like Latin ones (UTS #39), and the small capitals that UTS #39
// leaves out although they are a favourite disguise.
#pragma once

namespace pantau {

// The small ASCII letter that the letter `c` (beyond ASCII) looks like; `c` itself if
// it looks like none. Only letters are mapped: a sign that resembles a letter stays a
// sign. Asks ICU each time; fold.cc keeps the answers in a table.
char32_t latin_look_alike(char32_t c);

}  // namespace pantau
