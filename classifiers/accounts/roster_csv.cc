#include "classifiers/accounts/roster_csv.h"

#include "classifiers/accounts/list_reader.h"
#include "classifiers/base/names.h"

namespace pantau {
namespace {

constexpr std::array<std::string_view, 5> kCategoryNames = {"pns", "pppk", "tni", "polri",
                                                            "kepala_desa"};
constexpr std::array<std::string_view, 4> kOwnershipNames = {"declared", "confirmed", "known",
                                                             "probable"};

// Positions in kColumns.
enum Column : std::size_t {
  SubjectId,
  Name,
  Nip,
  CategoryName,
  Agency,
  Position,
  Region,
  Platform,
  AccountId,
  Handle,
  OwnershipName,
  Basis,
  ValidFrom,
  ValidTo,
};
constexpr std::array<std::string_view, 14> kColumns = {
    "subject_id", "name",       "nip",    "category",  "agency", "position",   "region",
    "platform",   "account_id", "handle", "ownership", "basis",  "valid_from", "valid_to"};

}  // namespace

std::string_view name_of(Category category) {
  return enum_name(kCategoryNames, category);
}
std::string_view name_of(Ownership ownership) {
  return enum_name(kOwnershipNames, ownership);
}

std::optional<Category> category_named(std::string_view name) {
  return enum_named<Category>(kCategoryNames, name);
}

std::optional<Ownership> ownership_named(std::string_view name) {
  return enum_named<Ownership>(kOwnershipNames, name);
}

std::span<const std::string_view> roster_columns() {
  return kColumns;
}

RosterRow read_roster_row(ListReader& list) {
  RosterRow row;
  row.line = list.line();
  row.subject_id = list.required(SubjectId);
  row.category = list.one_of(CategoryName, category_named);
  row.region = list.cell(Region);
  row.platform = list.platform(Platform);
  row.account_id = list.account_id(AccountId);
  row.handle = list.cell(Handle);
  if (row.account_id.empty() && row.handle.empty()) {
    list.mistake("neither 'account_id' nor 'handle' is given");
  }
  row.ownership = list.one_of(OwnershipName, ownership_named);
  row.basis = list.cell(Basis);
  if (row.basis.empty()) list.mistake("no basis: the document that the row rests on is missing");
  row.validity = list.validity(ValidFrom, ValidTo);
  return row;
}

void read_roster_csv(std::string_view text, Mistakes& mistakes,
                     const std::function<void(const RosterRow&)>& deliver) {
  ListReader list(text, kColumns, mistakes);
  while (list.next()) {
    const RosterRow row = read_roster_row(list);
    if (list.row_is_sound()) deliver(row);
  }
}

}  // namespace pantau
