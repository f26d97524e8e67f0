#include "pipeline/layouts/html_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace pantau {
namespace {

// Of the entities with names those that platforms write; none is shorter than what it stands for.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kEntities = {
    {{"amp", "&"},
     {"lt", "<"},
     {"gt", ">"},
     {"quot", "\""},
     {"apos", "'"},
     {"nbsp", "\xC2\xA0"},
     {"hellip", "\xE2\x80\xA6"}}};

constexpr std::size_t kEntityBytesMax = 10;

bool is_letter(char c) {
  const char small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'z';
}

void put_code(std::uint32_t code, char*& out) {
  const auto put = [&out](std::uint32_t byte) { *out++ = static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

// "#39" or "#x27". False if it names no character.
bool put_number(std::string_view number, char*& out) {
  number.remove_prefix(1);
  const bool is_hex = number.starts_with('x') || number.starts_with('X');
  if (is_hex) number.remove_prefix(1);
  std::uint32_t code = 0;
  const char* const end = number.data() + number.size();
  const std::from_chars_result read = std::from_chars(number.data(), end, code, is_hex ? 16 : 10);
  const bool is_character = read.ec == std::errc() && read.ptr == end && code > 0 &&
                            code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
  if (is_character) put_code(code, out);
  return is_character;
}

// From the '&' on; returns how many bytes the entity has, 0 if it is none.
std::size_t put_entity(std::string_view rest, char*& out) {
  const std::size_t end = rest.substr(0, kEntityBytesMax).find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  const std::string_view name = rest.substr(1, end - 1);
  if (name.front() == '#') return name.size() > 1 && put_number(name, out) ? end + 1 : 0;
  const auto found = std::ranges::find(kEntities, name, [](const auto& one) { return one.first; });
  if (found == kEntities.end()) return 0;
  out = std::copy(found->second.begin(), found->second.end(), out);
  return end + 1;
}

// "br" of "<br />", "/p" of "</p>"; "" if it is no tag.
std::string_view tag_name(std::string_view rest) {
  const std::size_t begin = 1;
  std::size_t end = begin;
  if (end < rest.size() && rest[end] == '/') end++;
  const std::size_t first = end;
  while (end < rest.size() && (is_letter(rest[end]) || (rest[end] >= '0' && rest[end] <= '9'))) {
    end++;
  }
  return end > first && is_letter(rest[first]) ? rest.substr(begin, end - begin)
                                               : std::string_view();
}

bool ends_line(std::string_view tag) {
  return tag == "br" || tag == "BR" || tag == "/p" || tag == "/P" || tag == "/li" || tag == "/div";
}

}  // namespace

std::string_view text_of_html(std::string_view html, Arena& arena) {
  if (html.find_first_of("<&") == std::string_view::npos) return html;
  char* const text = arena.allocate(html.size());
  char* out = text;
  for (std::size_t at = 0; at < html.size();) {
    const std::string_view rest = html.substr(at);
    if (rest[0] == '<') {
      const std::string_view tag = tag_name(rest);
      const std::size_t end = rest.find('>');
      if (!tag.empty() && end != std::string_view::npos) {
        if (ends_line(tag)) *out++ = '\n';
        at += end + 1;
        continue;
      }
    }
    const std::size_t entity = rest[0] == '&' ? put_entity(rest, out) : 0;
    if (entity == 0) *out++ = rest[0];
    at += std::max<std::size_t>(entity, 1);
  }
  while (out > text && out[-1] == '\n') out--;  // of the last paragraph
  const auto size = static_cast<std::size_t>(out - text);
  arena.give_back(html.size() - size);
  return {text, size};
}

std::string_view without_entities(std::string_view text, Arena& arena) {
  constexpr std::array<std::pair<std::string_view, char>, 5> kEscapes = {
      {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}}};
  if (text.find('&') == std::string_view::npos) return text;
  char* const decoded = arena.allocate(text.size());
  std::size_t size = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto entity = std::ranges::find_if(
        kEscapes, [&](const auto& one) { return text.substr(at).starts_with(one.first); });
    decoded[size++] = entity == kEscapes.end() ? text[at] : entity->second;
    at += entity == kEscapes.end() ? 1 : entity->first.size();
  }
  arena.give_back(text.size() - size);
  return {decoded, size};
}

}  // namespace pantau
