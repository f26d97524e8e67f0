#include "classifiers/accounts/text_table.h"

#include <algorithm>
#include <cstring>

namespace pantau {
namespace {

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

}  // namespace

std::string_view take_text(std::string_view& texts) {
  std::size_t size = 0;
  std::size_t head = 0;
  if (!texts.empty()) {
    size = static_cast<unsigned char>(texts[head++]);
    if (size >= 0x80 && head < texts.size()) {
      size = (size & 0x7F) | static_cast<std::size_t>(static_cast<unsigned char>(texts[head++]))
                                 << 7;
    }
  }
  const std::string_view text = texts.substr(head, size);
  texts.remove_prefix(head + text.size());
  return text;
}

TextTableView::TextTableView(std::string_view section, std::size_t stride) : stride_(stride) {
  if (section.size() < sizeof count_) return;
  const std::uint32_t count = number_at(section, 0);
  section.remove_prefix(sizeof count_);
  const std::size_t position_bytes = (count + stride - 1) / stride * sizeof(std::uint32_t);
  if (position_bytes > section.size()) return;
  positions_ = section.substr(0, position_bytes);
  texts_ = section.substr(position_bytes);
  count_ = count;
}

std::string_view TextTableView::text(std::uint32_t number) const {
  if (number >= count_) return {};
  const std::size_t position = number_at(positions_, number / stride_ * sizeof(std::uint32_t));
  std::string_view texts = texts_.substr(std::min(position, texts_.size()));
  for (std::size_t before = number % stride_; before > 0; before--) take_text(texts);
  return take_text(texts);
}

}  // namespace pantau
