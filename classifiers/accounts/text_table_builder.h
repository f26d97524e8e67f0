// A table of texts (text_table.h), each once, numbered in the order in which they come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pantau {

class TextTableBuilder {
 public:
  explicit TextTableBuilder(std::size_t stride) : stride_(stride) {}

  // Makes room for so many texts and bytes of theirs; if there are more, it takes longer.
  void expect(std::size_t texts, std::size_t bytes);

  // The number of the text, whose text_hash() this is; a new one if it has none.
  std::uint32_t number_of(std::string_view text, std::uint64_t hash);

  // Asks for the memory that number_of() will look at.
  void prefetch(std::uint64_t hash) const {
    if (!is_ascending_) __builtin_prefetch(&slots_[slot_of(hash)]);
  }

  std::size_t count() const { return count_; }

  // Whether there were too many texts for a table; the last ones are then missing.
  bool is_full() const { return is_full_; }

  // The table, in two parts, one behind the other.
  std::string_view head() const;
  std::string_view texts() const { return texts_; }

 private:
  struct Slot {
    std::uint32_t hash_high = 0;
    std::uint32_t number_and_1 = 0;  // 0: free
  };

  // By what a slot keeps of the hash.
  std::size_t slot_of(std::uint64_t hash) const {
    return static_cast<std::size_t>(hash >> 32) & (slots_.size() - 1);
  }
  std::string_view text(std::uint32_t number) const;
  std::uint32_t add(std::string_view text);
  void index_what_ascends();
  void resize(std::size_t slots);

  std::size_t stride_;
  std::size_t count_ = 0;
  bool is_full_ = false;
  std::string texts_;
  std::vector<std::uint32_t> head_ = {0};  // the table's count and positions

  // Lists mostly come sorted by person. As long as each text comes behind the last one there is
  // nothing to look up, and no slot is used.
  bool is_ascending_ = true;
  std::string last_;
  std::size_t slots_expected_ = 64;
  std::vector<Slot> slots_;
};

}  // namespace pantau
