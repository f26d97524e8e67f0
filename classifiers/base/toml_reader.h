// Reads a TOML table that a person wrote: each key once, by type, with every
// mistake told at its place. Keys that nobody asked for are mistakes as well, so
// that a misspelt one does not silently mean nothing.
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/mistakes.h"
#include "classifiers/base/time.h"

namespace pantau {

Place place_of(const toml::node& node);

// A text with the place where it was written.
struct PlacedText {
  std::string text;
  Place place;
};

// Parses a whole file; nothing if it is not TOML (the mistake is told).
std::optional<toml::table> parse_toml(std::string_view text, Mistakes& mistakes);

class TomlReader {
 public:
  // `what` names the table in messages: "rule", "contest".
  TomlReader(const toml::table& table, std::string_view what, Mistakes& mistakes)
      : table_(table), what_(what), mistakes_(mistakes) {}

  // A text; the required one must be there and not be empty.
  std::string required_text(std::string_view key);
  std::optional<PlacedText> text(std::string_view key);

  // Texts of an array (or, where `one_allowed`, a single text). Empty if absent.
  std::vector<PlacedText> texts(std::string_view key, bool one_allowed = false);

  // A whole number from 0 to 4,294,967,295.
  std::optional<std::uint32_t> number(std::string_view key);

  std::optional<bool> boolean(std::string_view key);

  // TOML dates, `2024-11-27`.
  std::optional<Day> day(std::string_view key);
  std::vector<Day> days(std::string_view key);

  // A table, and an array of tables, inside this one; null and empty if absent.
  const toml::table* table(std::string_view key);
  std::vector<const toml::table*> tables(std::string_view key);

  bool has(std::string_view key) const { return table_.contains(key); }

  // The place of a key's value, or of the table if the key is absent.
  Place place(std::string_view key) const;
  Place place() const { return place_of(table_); }

  void mistake(Place place, std::string_view message) { mistakes_.add(place, message); }
  void missing(std::string_view key);

  // Tells the keys that nobody asked for. Call it last.
  void finish();

 private:
  const toml::node* get(std::string_view key);
  void wrong_type(std::string_view key, const toml::node& node, std::string_view wanted);

  const toml::table& table_;
  std::string what_;
  Mistakes& mistakes_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace pantau
