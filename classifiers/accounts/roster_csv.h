// The roster as people write it (CONTRACT.md §3): one row per account.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "classifiers/base/mistakes.h"
#include "classifiers/model/validity.h"

namespace pantau {

enum class Category : std::uint8_t { Pns, Pppk, Tni, Polri, KepalaDesa };
// How sure it is that the account is the person's.
enum class Ownership : std::uint8_t { Declared, Confirmed, Known, Probable };

std::string_view name_of(Category category);    // "pns" …
std::string_view name_of(Ownership ownership);  // "declared" …
std::optional<Category> category_named(std::string_view name);
std::optional<Ownership> ownership_named(std::string_view name);

// A row; names and NIP are read over and never kept. Views into the list's text
// or the reader's arena, valid during the call that delivers the row.
struct RosterRow {
  std::size_t line = 0;
  std::string_view subject_id;
  Category category = Category::Pns;
  std::string_view region;
  std::string_view platform;
  std::string_view account_id;
  std::string_view handle;
  Ownership ownership = Ownership::Declared;
  std::string_view basis;
  Validity validity;
};

class ListReader;

// The list's columns, in the order of CONTRACT.md §3; a file may have another.
std::span<const std::string_view> roster_columns();

// The row at which `list`, which has these columns, stands. Sound if it says so afterwards.
RosterRow read_roster_row(ListReader& list);

// Reads the whole list, delivers each sound row in order and collects every
// mistake. The text's lines are never shown in messages: they hold names.
void read_roster_csv(std::string_view text, Mistakes& mistakes,
                     const std::function<void(const RosterRow&)>& deliver);

}  // namespace pantau
