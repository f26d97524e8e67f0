#include "classifiers/accounts/roster_piece.h"

#include <algorithm>

#include "classifiers/accounts/roster_csv.h"
#include "classifiers/accounts/roster_row.h"
#include "classifiers/base/check.h"

namespace pantau {

// One piece while it is read.
class RosterPieceReader::Reading {
 public:
  Reading(RosterPieceReader& reader, RosterPiece& piece)
      : reader_(reader), piece_(piece), buffer_(*piece.buffer) {}

  std::span<char> rows() const { return {buffer_.bytes.get(), at_}; }

  void add(const RosterRow& row) {
    CHECK(buffer_.capacity - at_ >= kRowBytesMax, "a row of the image is not longer than its text");
    const FoldedHandle handle(row.handle);
    set_numbers(row);
    add_keys(row, handle.key());
    at_ += write_row(row, numbers_, handle.key(), buffer_.bytes.get() + at_);
    piece_.entries++;
  }

 private:
  void set_numbers(const RosterRow& row) {
    // A person's rows mostly stand together.
    const bool is_first = piece_.entries == 0;
    if (is_first || row.subject_id != buffer_.subjects.text(numbers_.subject)) {
      numbers_.subject = buffer_.subjects.add(row.subject_id);
    }
    if (is_first || row.region != buffer_.names.text(numbers_.region)) {
      numbers_.region = buffer_.names.number_of(row.region);
    }
    numbers_.basis = buffer_.names.number_of(row.basis);
    numbers_.platform = buffer_.platforms.number_of_few(row.platform);
  }

  void add_keys(const RosterRow& row, std::string_view handle) {
    const PlatformHash hash(buffer_.platforms.hash(numbers_.platform));
    const auto add = [&](AccountKeyKind kind, std::string_view key) {
      reader_.keys_[static_cast<std::size_t>(kind)].emplace_back(hash(key),
                                                                 static_cast<std::uint32_t>(at_));
    };
    const bool by_id = !row.account_id.empty();
    if (by_id) add(AccountKeyKind::Id, row.account_id);
    if (handle.empty()) return;
    add(by_id ? AccountKeyKind::HandleWithId : AccountKeyKind::HandleWithoutId, handle);
  }

  RosterPieceReader& reader_;
  RosterPiece& piece_;
  PieceBuffer& buffer_;
  std::size_t at_ = 0;
  RosterRowNumbers numbers_;  // of the last row
};

RosterPiece RosterPieceReader::read(std::size_t begin, std::size_t stop, std::size_t horizon) {
  RosterPiece piece;
  piece.begin = begin;
  // No row but the last goes beyond `stop`.
  piece.buffer = &free_buffer(stop - begin + kRowBytesMax);
  for (std::vector<AccountKey>& keys : keys_) keys.clear();
  // Only whether there are any: with their places they are told later.
  Mistakes mistakes("");
  ListReader list(csv_.substr(begin, horizon - begin), header_, 1, roster_columns(), mistakes);
  list.rows().stop_at(stop - begin);
  Reading reading(*this, piece);
  while (list.next()) {
    const RosterRow row = read_roster_row(list);
    if (list.row_is_sound()) reading.add(row);
  }
  piece.end = begin + list.rows().position();
  piece.lines = list.rows().line() - 1;
  piece.has_mistakes = !mistakes.empty();
  piece.is_doubtful = horizon < csv_.size() && (piece.end == horizon || list.met_unclosed());
  piece.buffer->rows = reading.rows();
  for (std::size_t kind = 0; kind < kAccountKeyKinds; kind++) piece.keys[kind] = part(keys_[kind]);
  return piece;
}

PieceBuffer& RosterPieceReader::free_buffer(std::size_t capacity) {
  const auto is_free = [](const auto& buffer) { return !buffer->in_use; };
  auto found = std::ranges::find_if(buffers_, is_free);
  if (found == buffers_.end()) found = buffers_.insert(found, std::make_unique<PieceBuffer>());
  PieceBuffer& buffer = **found;
  buffer.in_use = true;
  if (buffer.capacity < capacity) {
    buffer.bytes.reset(new char[capacity]);  // make_unique would fill it
    buffer.capacity = capacity;
  }
  buffer.platforms.clear();
  buffer.names.clear();
  buffer.subjects.clear();
  return buffer;
}

// By counting: each part keeps the rows' order.
PartedKeys RosterPieceReader::part(std::span<const AccountKey> keys) {
  PartedKeys parted;
  parted.ends.resize(parts_ + 1);
  for (const AccountKey& key : keys) parted.ends[key.hash().below(parts_) + 1]++;
  for (std::size_t i = 0; i < parts_; i++) parted.ends[i + 1] += parted.ends[i];
  const std::span<AccountKey> places = memory_.allocate<AccountKey>(keys.size());
  // Each part's begin moves on to its end.
  for (const AccountKey& key : keys) places[parted.ends[key.hash().below(parts_)]++] = key;
  parted.ends.pop_back();
  parted.keys = places;
  return parted;
}

}  // namespace pantau
