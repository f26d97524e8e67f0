// Made-up records in the record format (CONTRACT.md §2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bench/accounts.h"
#include "bench/candidates.h"
#include "bench/texts.h"

namespace pantau::bench {

// What kind of archive it is.
//   National  what a whole country wrote: three lines of a hundred are by people of the roster
//   Timeline  what people of the roster wrote: all lines
//   Storm     the same, and a fifth of the texts must be flagged
//   Likes     the same, but only likes and follows: no text
//   Foreign   as National, but every line is by another writer than Pantau's own: other order
//             of keys, blanks, escapes
//   Crowd     what a whole country did on the pages of campaigns: every target is a campaign
//             account, nothing is a post; three lines of a hundred are by people of the roster
//   Wall      the same by people of the roster only: every text must be searched
// In all but Likes and Foreign two lines of a hundred are by such writers.
enum class Mix : std::uint8_t { National, Timeline, Storm, Likes, Foreign, Crowd, Wall };

std::string_view name_of(Mix mix);  // "national" …
std::optional<Mix> mix_named(std::string_view name);

struct RecordsShape {
  std::uint64_t seed = 1;
  Mix mix = Mix::National;
  std::uint64_t records = 100'000;
  std::uint64_t roster = 100'000;
  std::uint64_t patterns = 1000;
};

// An act before somebody writes it as a line.
struct MadeAct {
  std::string_view kind;
  bool has_id = false;
  std::string id;
  MadeAccount actor;
  bool has_target = false;
  MadeAccount target;
  bool has_object = false;
  std::string object_id;
  std::string text;
  std::string created_at;
  std::string observed_at;
  std::string url;
};

// For one thread.
class RecordMaker {
 public:
  RecordMaker(const RecordsShape& shape, const Candidates& candidates);

  // Appends record `number`, a line with its line end. Records may be made in any order.
  void append(std::uint64_t number, std::string& lines);

 private:
  bool on_campaign_pages() const { return shape_.mix == Mix::Crowd || shape_.mix == Mix::Wall; }
  bool everybody_is_rostered() const;
  bool draw_campaign_target(Dice& dice) const;

  void make_act(Dice& dice, std::uint64_t number);
  void make_target(Dice& dice, bool of_campaign);
  void make_text(Dice& dice, std::uint64_t words_min, std::uint64_t words_max);
  void make_times(Dice& dice, std::uint64_t number);
  void make_url(Dice& dice);

  RecordsShape shape_;
  const Candidates& candidates_;
  AccountMaker accounts_;
  TextMaker texts_;
  MadeAct act_;
};

// The lines of an act, with their ends. `writer` is one of kForeignWriters.
void append_own_line(const MadeAct& act, std::string& lines);
void append_foreign_line(const MadeAct& act, std::uint64_t writer, std::string& lines);
inline constexpr std::uint64_t kForeignWriters = 3;

}  // namespace pantau::bench
