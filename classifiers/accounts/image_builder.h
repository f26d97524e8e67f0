// From the pieces of a list, one after the other, to its image.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "classifiers/accounts/account_table_builder.h"
#include "classifiers/accounts/build_workers.h"
#include "classifiers/accounts/image_writer.h"
#include "classifiers/accounts/roster_piece.h"
#include "classifiers/accounts/text_table_builder.h"

namespace pantau {

// The texts of a list, and their numbers for those of a piece.
class ListTexts {
 public:
  explicit ListTexts(std::size_t stride) : table_(stride) {}

  // Makes room for what `pieces` like this one may have.
  void expect(const TextPool& piece, std::size_t pieces) {
    table_.expect(piece.size() * pieces, (piece.bytes() + std::size_t{2} * piece.size()) * pieces);
  }

  void add(const TextPool& piece);

  // The list's number of a text of the piece that was added last.
  std::uint32_t operator[](std::uint32_t number) const { return numbers_[number]; }

  const TextTableBuilder& table() const { return table_; }

  // Writes the table as a section and returns its size.
  std::uint64_t write(ImageWriter& image) const;

 private:
  TextTableBuilder table_;
  std::vector<std::uint32_t> numbers_;
};

class ImageBuilder {
 public:
  // For a list in `parts` parts (RosterPiece::keys) and about as many pieces as said.
  ImageBuilder(const ImageWriter::Sink& sink, std::size_t parts, std::size_t pieces);

  // Takes the pieces in the list's order, gives their rows the list's numbers and writes them.
  // Changes the rows in the piece's buffer; keeps its keys, so its reader must live on.
  void add(RosterPiece& piece);

  // What there is too much of for an image; empty if it fits.
  std::string_view excess() const;

  // Writes what comes behind the rows.
  void finish(const BuildWorkers& workers, std::pmr::memory_resource* memory);

 private:
  using Keys = std::array<PartedKeys, kAccountKeyKinds>;

  void write_tables(const BuildWorkers& workers, std::pmr::memory_resource* memory);
  void fill_part(AccountTableBuilder& table, std::size_t kind, std::size_t part) const;

  ImageWriter image_;
  std::size_t parts_;
  std::size_t pieces_expected_;
  ListTexts platforms_;
  ListTexts names_;
  ListTexts subjects_;
  std::vector<Keys> keys_;                 // of each piece
  std::vector<std::uint64_t> first_rows_;  // of each piece, in the image
  RosterContents contents_;
};

}  // namespace pantau
