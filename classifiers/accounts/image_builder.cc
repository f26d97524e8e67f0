#include "classifiers/accounts/image_builder.h"

#include <memory>
#include <utility>

#include "classifiers/accounts/roster_image.h"
#include "classifiers/accounts/roster_row.h"

namespace pantau {

void ListTexts::add(const TextPool& piece) {
  // Most persons are new, and their slots somewhere in a large table.
  constexpr std::uint32_t kAhead = 16;
  numbers_.resize(piece.size());
  for (std::uint32_t i = 0; i < piece.size(); i++) {
    if (i + kAhead < piece.size()) table_.prefetch(piece.hash(i + kAhead));
    numbers_[i] = table_.number_of(piece.text(i), piece.hash(i));
  }
}

std::uint64_t ListTexts::write(ImageWriter& image) const {
  const std::uint64_t begin = image.size();
  image.write(table_.head());
  image.write(table_.texts());
  const std::uint64_t end = image.size();
  image.align();
  return end - begin;
}

ImageBuilder::ImageBuilder(const ImageWriter::Sink& sink, std::size_t parts, std::size_t pieces)
    : image_(sink),
      parts_(parts),
      pieces_expected_(pieces),
      platforms_(kPlatformStride),
      names_(kNameStride),
      subjects_(kSubjectStride) {
  const RosterHead head;
  image_.write_section(std::span(&head, 1));
}

void ImageBuilder::add(RosterPiece& piece) {
  const PieceBuffer& buffer = *piece.buffer;
  // Only persons are so many that it matters.
  if (keys_.empty()) subjects_.expect(buffer.subjects, pieces_expected_);
  platforms_.add(buffer.platforms);
  names_.add(buffer.names);
  subjects_.add(buffer.subjects);
  const std::span<char> rows = buffer.rows;
  for (char* row = rows.data(); row < rows.data() + rows.size(); row += row_size(row)) {
    const RosterRowNumbers own = row_numbers(row);
    set_row_numbers(row, {subjects_[own.subject], names_[own.region], names_[own.basis],
                          platforms_[own.platform]});
  }
  first_rows_.push_back(image_.size());
  keys_.push_back(std::move(piece.keys));
  image_.write({rows.data(), rows.size()});
  contents_.entries += piece.entries;
  contents_.row_bytes += rows.size();
}

std::string_view ImageBuilder::excess() const {
  if (platforms_.table().count() > kRosterPlatformsMax) return "it names too many platforms";
  if (names_.table().count() > kRosterNamesMax || names_.table().is_full()) {
    return "it names too many regions and bases";
  }
  const bool fits =
      sizeof(RosterHead) + contents_.row_bytes <= kRefMax && !subjects_.table().is_full();
  return fits ? "" : "the list is too long for one roster";
}

void ImageBuilder::finish(const BuildWorkers& workers, std::pmr::memory_resource* memory) {
  image_.align();
  contents_.subjects = static_cast<std::uint32_t>(subjects_.table().count());
  contents_.platform_bytes = platforms_.write(image_);
  contents_.name_bytes = names_.write(image_);
  contents_.subject_bytes = subjects_.write(image_);
  write_tables(workers, memory);
  image_.finish(contents_);
}

void ImageBuilder::write_tables(const BuildWorkers& workers, std::pmr::memory_resource* memory) {
  std::vector<std::unique_ptr<AccountTableBuilder>> tables;
  for (std::size_t kind = 0; kind < kAccountKeyKinds; kind++) {
    std::size_t keys = 0;
    for (const Keys& piece : keys_) keys += piece[kind].keys.size();
    tables.push_back(std::make_unique<AccountTableBuilder>(keys, parts_, memory));
  }
  workers.each(tables.size() * parts_, [&](std::size_t task, std::size_t) {
    const std::size_t kind = task / parts_;
    fill_part(*tables[kind], kind, task % parts_);
  });
  std::vector<std::uint32_t> lists;
  for (std::size_t kind = 0; kind < kAccountKeyKinds; kind++) {
    tables[kind]->finish(lists);
    const AccountTableView table = tables[kind]->view();
    contents_.tables[kind] = {table.filter.size(), table.lines.size()};
    image_.write_section(table.filter);
    image_.write_section(table.lines);
  }
  contents_.listed = lists.size();
  image_.write_section(std::span<const std::uint32_t>(lists));
}

void ImageBuilder::fill_part(AccountTableBuilder& table, std::size_t kind, std::size_t part) const {
  std::vector<AccountKeyRun> runs;
  runs.reserve(keys_.size());
  for (std::size_t i = 0; i < keys_.size(); i++) {
    runs.push_back({keys_[i][kind].part(part), static_cast<std::uint32_t>(first_rows_[i])});
  }
  table.fill(part, runs);
}

}  // namespace pantau
