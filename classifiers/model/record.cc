#include "classifiers/model/record.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "classifiers/base/names.h"

namespace pantau {
namespace {

constexpr std::array<std::string_view, kKinds> kKindNames = {"post", "comment", "share", "like",
                                                             "follow"};
constexpr std::array<std::string_view, 4> kProvenanceNames = {"export", "api", "capture",
                                                              "informant"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Whether all of eight bytes are digits, at once: most ids are nothing else.
bool are_digits(const char* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  const std::uint64_t high = 0xF0F0F0F0F0F0F0F0;
  return (word & high) == 0x3030303030303030 &&
         ((word + 0x0606060606060606) & high) == 0x3030303030303030;
}

// Whether there are eight characters or more, all of them digits. The last eight overlap.
bool are_many_digits(std::string_view text) {
  if (text.size() < 8) return false;
  const char* const last = text.data() + text.size() - 8;
  for (const char* at = text.data(); at < last; at += 8) {
    if (!are_digits(at)) return false;
  }
  return are_digits(last);
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) at++;
  return at;
}

}  // namespace

std::string_view name_of(Kind kind) {
  return enum_name(kKindNames, kind);
}

std::optional<Kind> kind_named(std::string_view name) {
  return enum_named<Kind>(kKindNames, name);
}

std::string_view name_of(Provenance provenance) {
  return enum_name(kProvenanceNames, provenance);
}

std::optional<Provenance> provenance_named(std::string_view name) {
  return enum_named<Provenance>(kProvenanceNames, name);
}

std::string handle_key(std::string_view handle) {
  if (handle.starts_with('@')) handle.remove_prefix(1);
  std::string key(handle);
  for (char& c : key) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return key;
}

bool is_platform_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_';
  });
}

// The comma stands for the decimal point of an Indonesian spreadsheet. An
// exponent has at most three digits, so that a hexadecimal id such as
// "12e4567890" stays whole.
bool is_damaged_id(std::string_view id) {
  if (are_many_digits(id)) return false;
  std::size_t at = !id.empty() && (id[0] == '-' || id[0] == '+') ? 1 : 0;
  const std::size_t whole_end = skip_digits(id, at);
  if (whole_end == at || whole_end == id.size()) return false;
  at = whole_end;
  bool has_point = false;
  if (at < id.size() && (id[at] == '.' || id[at] == ',')) {
    has_point = id[at] == '.';
    at = skip_digits(id, at + 1);
  }
  if (at == id.size()) return has_point;
  if (id[at] != 'e' && id[at] != 'E') return false;
  at++;
  if (at < id.size() && (id[at] == '-' || id[at] == '+')) at++;
  const std::size_t exponent_end = skip_digits(id, at);
  const std::size_t exponent_digits = exponent_end - at;
  return exponent_end == id.size() && exponent_digits >= 1 && exponent_digits <= 3;
}

}  // namespace pantau
