// A piece of a roster's CSV, read: its rows as the image has them, but with numbers of the piece
// instead of numbers of the list, and what the list's numbers and tables are made from.
//
// A piece is some megabytes of whole rows. What it comes to depends on its text alone, so pieces
// can be read at the same time and in any order.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "classifiers/accounts/account_index.h"
#include "classifiers/accounts/account_table_builder.h"
#include "classifiers/accounts/build_memory.h"
#include "classifiers/accounts/list_reader.h"
#include "classifiers/accounts/text_pool.h"

namespace pantau {

// Keys of one kind, parted by their hashes; refs count from the piece's first row.
struct PartedKeys {
  std::span<const AccountKey> keys;
  std::vector<std::uint32_t> ends;  // of each part

  std::span<const AccountKey> part(std::size_t number) const {
    const std::size_t begin = number == 0 ? 0 : ends[number - 1];
    return keys.subspan(begin, ends[number] - begin);
  }
};

// What is no longer needed once the piece's rows have the list's numbers; then the reader uses
// it for another piece, while it is still in the cache.
struct PieceBuffer {
  std::atomic<bool> in_use = false;
  std::unique_ptr<char[]> bytes;
  std::size_t capacity = 0;
  std::span<char> rows;  // in bytes
  TextPool platforms;
  TextPool names;  // regions and bases
  TextPool subjects;
};

struct RosterPiece {
  std::size_t begin = 0;  // in the CSV
  std::size_t end = 0;    // where the next row begins
  std::uint64_t lines = 0;
  std::uint32_t entries = 0;
  bool has_mistakes = false;  // rows with mistakes are left out
  bool is_doubtful = false;   // its last row may go on behind what was looked at
  std::array<PartedKeys, kAccountKeyKinds> keys;
  PieceBuffer* buffer = nullptr;  // its reader's
};

// Reads pieces of one list. For one thread, but for what it says of buffers; pieces need their
// reader.
class RosterPieceReader {
 public:
  RosterPieceReader(std::string_view csv, const ListHeader& header, std::size_t parts,
                    std::pmr::memory_resource* memory)
      : csv_(csv), header_(header), parts_(parts), memory_(memory) {}

  // The rows that begin from `begin`, where one does, up to `stop`; nothing is looked at from
  // `horizon` on.
  RosterPiece read(std::size_t begin, std::size_t stop, std::size_t horizon);

 private:
  class Reading;
  PieceBuffer& free_buffer(std::size_t capacity);
  PartedKeys part(std::span<const AccountKey> keys);

  std::string_view csv_;
  const ListHeader& header_;
  std::size_t parts_;
  BuildMemory memory_;
  std::vector<std::unique_ptr<PieceBuffer>> buffers_;
  std::array<std::vector<AccountKey>, kAccountKeyKinds> keys_;
};

}  // namespace pantau
