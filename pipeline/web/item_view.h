// One item as the page shows it: the text with the places that rules matched, and for each rule
// why it holds, in the rule's own words and the decree's.
#pragma once

#include <string_view>

#include "pipeline/desk/listing.h"
#include "pipeline/web/catalogue.h"
#include "pipeline/web/json_fields.h"
#include "pipeline/web/rule_texts.h"

namespace pantau {

struct ItemViewSources {
  const Catalogue& catalogue;
  RuleTexts& rule_texts;
  Desk& desk;
  StaffId staff;  // who looks
};

void put_item_view(JsonFields& fields, const ItemView& item, const ItemViewSources& sources);

// An offset into UTF-8 as one into the same text in UTF-16, which is how a browser counts.
std::size_t utf16_offset(std::string_view text, std::size_t byte_offset);

}  // namespace pantau
