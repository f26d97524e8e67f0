#include "classifiers/accounts/roster_build.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <string>
#include <vector>

#include "classifiers/accounts/image_builder.h"
#include "classifiers/accounts/list_reader.h"
#include "classifiers/accounts/roster.h"
#include "classifiers/accounts/roster_csv.h"
#include "classifiers/accounts/roster_piece.h"

namespace pantau {
namespace {

// So much behind a piece is looked at for the end of its last row before that is given up.
constexpr std::size_t kHorizonBytes = std::size_t{256} << 10;

// The tables' parts: one for so much of a list, so that each stays in the cache.
constexpr std::size_t kBytesInPart = std::size_t{4} << 20;
constexpr std::size_t kPartsMax = 256;

std::size_t parts_of(std::string_view csv) {
  return std::clamp<std::size_t>(std::bit_ceil(csv.size() / kBytesInPart), 1, kPartsMax);
}

// Where pieces begin, probably: behind a line end, which may stand inside of a quoted cell.
std::vector<std::size_t> guessed_begins(std::string_view csv, std::size_t first,
                                        std::size_t piece_bytes) {
  std::vector<std::size_t> begins = {first};
  for (;;) {
    const std::size_t end = csv.find('\n', begins.back() + piece_bytes);
    if (end == std::string_view::npos || end + 1 == csv.size()) return begins;
    begins.push_back(end + 1);
  }
}

class RosterBuilder {
 public:
  RosterBuilder(std::string_view csv, const RosterBuilding& building, const ImageWriter::Sink& sink,
                Mistakes& mistakes)
      : csv_(csv),
        building_(building),
        mistakes_(mistakes),
        header_(read_list_header(csv, roster_columns(), mistakes)),
        begins_(guessed_begins(csv, header_.end, building.piece_bytes)),
        read_(begins_.size()),
        next_begin_(header_.end),
        next_line_(header_.first_line),
        image_(sink, parts_of(csv), begins_.size()) {
    // One more, for what is read again.
    for (std::size_t i = 0; i <= building.workers.count; i++) {
      readers_.push_back(
          std::make_unique<RosterPieceReader>(csv, header_, parts_of(csv), building.memory));
    }
  }

  RosterBuilt build() {
    building_.workers.each(begins_.size(), [this](std::size_t piece, std::size_t worker) {
      if (!is_text_) return;
      read(piece, *readers_[worker]);
      take_what_is_read();
    });
    if (!is_text_) return RosterBuilt::IsNoText;
    if (const std::string_view excess = image_.excess(); !excess.empty()) {
      mistakes_.add({}, excess);
    }
    if (!mistakes_.empty()) return RosterBuilt::HasMistakes;
    image_.finish(building_.workers, building_.memory);
    return RosterBuilt::Yes;
  }

 private:
  struct ReadPiece {
    RosterPiece piece;
    std::atomic<bool> is_read = false;
  };

  std::size_t stop_of(std::size_t piece) const {
    return piece + 1 < begins_.size() ? begins_[piece + 1] : csv_.size();
  }

  void read(std::size_t piece, RosterPieceReader& reader) {
    const std::size_t stop = stop_of(piece);
    const std::size_t begin_of_lines = piece == 0 ? 0 : begins_[piece];
    if (!building_.is_text(csv_.substr(begin_of_lines, stop - begin_of_lines))) {
      is_text_ = false;
      return;
    }
    const std::size_t horizon = std::min(stop + kHorizonBytes, csv_.size());
    read_[piece].piece = reader.read(begins_[piece], stop, horizon);
    read_[piece].is_read = true;
  }

  // Takes pieces in their order, as many as are read, unless another worker is at that. It then
  // takes ours as well: it looks again after it has stopped.
  void take_what_is_read() {
    while (next_ < read_.size() && read_[next_].is_read && !taking_.exchange(true)) {
      for (; next_ < read_.size() && read_[next_].is_read; next_++) {
        take(next_, read_[next_].piece);
      }
      taking_ = false;
    }
  }

  void take(std::size_t number, RosterPiece& piece) {
    if (piece.begin != next_begin_ || piece.is_doubtful) {
      piece.buffer->in_use = false;
      const std::size_t stop = std::max(next_begin_, stop_of(number));
      piece = readers_.back()->read(next_begin_, stop, csv_.size());
    }
    if (piece.has_mistakes) tell_mistakes(piece);
    if (mistakes_.empty()) image_.add(piece);
    next_begin_ = piece.end;
    next_line_ += piece.lines;
    piece.buffer->in_use = false;
  }

  void tell_mistakes(const RosterPiece& piece) {
    ListReader list(csv_.substr(piece.begin), header_, next_line_, roster_columns(), mistakes_);
    list.rows().stop_at(piece.end - piece.begin);
    while (list.next()) read_roster_row(list);
  }

  std::string_view csv_;
  const RosterBuilding& building_;
  Mistakes& mistakes_;
  ListHeader header_;
  std::vector<std::size_t> begins_;
  std::vector<std::unique_ptr<RosterPieceReader>> readers_;
  std::vector<ReadPiece> read_;
  std::atomic<bool> is_text_ = true;

  // Of who takes pieces.
  std::atomic<bool> taking_ = false;
  std::atomic<std::size_t> next_ = 0;
  std::size_t next_begin_;
  std::uint64_t next_line_;
  ImageBuilder image_;
};

}  // namespace

RosterBuilt build_roster(std::string_view csv, const RosterBuilding& building,
                         const std::function<void(std::string_view bytes)>& sink,
                         Mistakes& mistakes) {
  return RosterBuilder(csv, building, sink, mistakes).build();
}

std::string Roster::build(std::string_view csv, Mistakes& mistakes) {
  std::string image;
  const auto append = [&image](std::string_view bytes) { image += bytes; };
  if (build_roster(csv, {}, append, mistakes) != RosterBuilt::Yes) image.clear();
  return image;
}

}  // namespace pantau
