// What all figures are measured against: simdjson reading the five fields that any sweep has
// to read (platform, kind, the actor's id, the target's id, text) and doing nothing with them.
//
// It believes what it does not read, so no sweep that checks its lines can be held to it as a
// limit; but it is the same work on every machine, and well known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "classifiers/model/record.h"

namespace pantau::bench {

// Bytes behind each end that the parser may read.
inline constexpr std::size_t kAnchorPaddingBytes = 64;

// A sum over the fields that were read, to tell whether two readers read the same.
struct FieldsSum {
  std::uint64_t records = 0;
  std::uint64_t sum = 0;

  // Cheap, because the anchor's time has it in it.
  void add(std::string_view field) {
    sum += field.size() * 0x9E3779B1;
    if (!field.empty()) {
      sum += static_cast<unsigned char>(field.front()) * std::uint64_t{257} +
             static_cast<unsigned char>(field.back());
    }
  }

  void add(const Record& record);

  FieldsSum& operator+=(const FieldsSum& other) {
    records += other.records;
    sum += other.sum;
    return *this;
  }
  friend bool operator==(const FieldsSum&, const FieldsSum&) = default;
};

// NDJSON cut into pieces of whole lines of about `piece_bytes`.
std::vector<std::string_view> cut_at_lines(std::string_view lines, std::size_t piece_bytes);

// Reads all pieces on `threads` threads, each with a parser of its own. Throws
// simdjson_error for a damaged line.
FieldsSum read_five_fields(std::span<const std::string_view> pieces, unsigned threads);

}  // namespace pantau::bench
