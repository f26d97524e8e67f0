// Records as lines, as various programs write them, and lines that are damaged.
//
// A writer has habits that it keeps: the order of its keys, its blanks, what it escapes, whether
// ids are numbers, what else it tells. Its lines look alike, as those of one archive do; several
// writers in one file do not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/dice.h"
#include "tests/support/plain_reader.h"
#include "tests/support/random_world.h"

namespace pantau {

// The act with all that a line may tell of it besides.
PlainRecord random_details(Dice& dice, const OwnRecord& act);

class RandomWriter {
 public:
  // A sloppy writer does now and then what it never does otherwise.
  RandomWriter(Dice& dice, bool sloppy);

  // One object, without a line end.
  std::string line(const PlainRecord& record);

 private:
  enum class Escapes { Needed, Slashes, BeyondAscii, Everything };

  std::string string(std::string_view text);
  std::string id(std::string_view text);
  std::string member(std::string_view key, const std::string& value);
  std::string object(std::vector<std::string> members);
  std::string account(const PlainAccount& account);
  std::vector<std::string> members(const PlainRecord& record);
  std::string unknown_value(int depth);
  bool now_and_then() { return sloppy_ && dice_.percent(3); }

  Dice& dice_;
  bool sloppy_;
  std::string before_colon_;
  std::string behind_colon_;
  std::string comma_;
  std::string ends_;  // inside of braces
  std::string behind_;
  Escapes escapes_;
  bool ids_are_numbers_;
  bool writes_nulls_;
  std::size_t unknown_members_;
  std::string unknown_;  // one that it always writes
  std::vector<std::size_t> order_;
};

// The line with one thing wrong, or at least odd.
std::string damaged(Dice& dice, std::string line);

}  // namespace pantau
