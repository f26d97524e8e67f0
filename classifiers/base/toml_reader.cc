#include "classifiers/base/toml_reader.h"

#include <fmt/format.h>

#include <limits>

namespace pantau {
namespace {

std::optional<Day> day_of(const toml::date& date) {
  const std::chrono::year_month_day day =
      std::chrono::year(date.year) / std::chrono::month(date.month) / std::chrono::day(date.day);
  if (!day.ok()) return std::nullopt;
  return Day(day);
}

}  // namespace

Place place_of(const toml::node& node) {
  return {node.source().begin.line, node.source().begin.column};
}

std::optional<toml::table> parse_toml(std::string_view text, Mistakes& mistakes) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {  // the library's way to say that it is no TOML
    mistakes.add({error.source().begin.line, error.source().begin.column}, error.description());
    return std::nullopt;
  }
}

const toml::node* TomlReader::get(std::string_view key) {
  asked_.emplace(key);
  return table_.get(key);
}

Place TomlReader::place(std::string_view key) const {
  const toml::node* const node = table_.get(key);
  return place_of(node != nullptr ? *node : table_);
}

void TomlReader::wrong_type(std::string_view key, const toml::node& node, std::string_view wanted) {
  mistake(place_of(node), fmt::format("'{}' must be {}", key, wanted));
}

void TomlReader::missing(std::string_view key) {
  mistake(place(), fmt::format("{}: '{}' is missing", what_, key));
}

std::optional<PlacedText> TomlReader::text(std::string_view key) {
  const toml::node* const node = get(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* value = node->as_string()) return PlacedText{value->get(), place_of(*node)};
  wrong_type(key, *node, "a text");
  return std::nullopt;
}

std::string TomlReader::required_text(std::string_view key) {
  const std::optional<PlacedText> found = text(key);
  if (!found && !has(key)) missing(key);
  if (found && found->text.empty()) {
    mistake(found->place, fmt::format("'{}' must not be empty", key));
  }
  return found ? found->text : std::string();
}

std::vector<PlacedText> TomlReader::texts(std::string_view key, bool one_allowed) {
  std::vector<PlacedText> found;
  const toml::node* const node = get(key);
  if (node == nullptr) return found;
  if (const auto* one = node->as_string(); one != nullptr && one_allowed) {
    return {{one->get(), place_of(*node)}};
  }
  const toml::array* const array = node->as_array();
  if (array == nullptr) {
    wrong_type(key, *node, one_allowed ? "a text or a list of texts" : "a list of texts");
    return found;
  }
  for (const toml::node& element : *array) {
    if (const auto* value = element.as_string()) {
      found.push_back({value->get(), place_of(element)});
    } else {
      wrong_type(key, element, "a list of texts");
    }
  }
  return found;
}

std::optional<std::uint32_t> TomlReader::number(std::string_view key) {
  const toml::node* const node = get(key);
  if (node == nullptr) return std::nullopt;
  const auto* const value = node->as_integer();
  if (value == nullptr || value->get() < 0 ||
      value->get() > std::numeric_limits<std::uint32_t>::max()) {
    wrong_type(key, *node, "a whole number, not negative");
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(value->get());
}

std::optional<bool> TomlReader::boolean(std::string_view key) {
  const toml::node* const node = get(key);
  if (node == nullptr) return std::nullopt;
  const auto* const value = node->as_boolean();
  if (value == nullptr) {
    wrong_type(key, *node, "true or false");
    return std::nullopt;
  }
  return value->get();
}

std::optional<Day> TomlReader::day(std::string_view key) {
  const toml::node* const node = get(key);
  if (node == nullptr) return std::nullopt;
  const auto* const value = node->as_date();
  const std::optional<Day> day = value != nullptr ? day_of(value->get()) : std::nullopt;
  if (!day) wrong_type(key, *node, "a date such as 2024-11-27");
  return day;
}

std::vector<Day> TomlReader::days(std::string_view key) {
  std::vector<Day> days;
  const toml::node* const node = get(key);
  if (node == nullptr) return days;
  const toml::array* const array = node->as_array();
  if (array == nullptr) {
    wrong_type(key, *node, "a list of dates");
    return days;
  }
  for (const toml::node& element : *array) {
    const auto* const value = element.as_date();
    const std::optional<Day> day = value != nullptr ? day_of(value->get()) : std::nullopt;
    if (!day) wrong_type(key, element, "a list of dates such as 2024-11-27");
    if (day) days.push_back(*day);
  }
  return days;
}

const toml::table* TomlReader::table(std::string_view key) {
  const toml::node* const node = get(key);
  if (node == nullptr) return nullptr;
  if (node->as_table() == nullptr) wrong_type(key, *node, "a table");
  return node->as_table();
}

std::vector<const toml::table*> TomlReader::tables(std::string_view key) {
  std::vector<const toml::table*> found;
  const toml::node* const node = get(key);
  if (node == nullptr) return found;
  const toml::array* const array = node->as_array();
  if (array == nullptr) {
    wrong_type(key, *node, fmt::format("an array of tables, [[{}]]", key));
    return found;
  }
  for (const toml::node& element : *array) {
    if (const toml::table* const one = element.as_table()) {
      found.push_back(one);
    } else {
      wrong_type(key, element, fmt::format("an array of tables, [[{}]]", key));
    }
  }
  return found;
}

void TomlReader::finish() {
  for (const auto& [key, node] : table_) {
    if (asked_.contains(key.str())) continue;
    const Place place{key.source().begin.line, key.source().begin.column};
    mistake(place, fmt::format("{}: unknown key '{}'", what_, key.str()));
  }
}

}  // namespace pantau
