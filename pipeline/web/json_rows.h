// Rows that several answers show.
#pragma once

#include "pipeline/desk/listing.h"
#include "pipeline/web/json_fields.h"

namespace pantau {

void put_item_row(JsonFields& fields, const ItemRow& row);
void put_decision(JsonFields& fields, const DecisionRow& row);
// Name and NIP only where the desk gives them.
void put_subject_detail(JsonFields& fields, const SubjectDetail& subject);

// A file to be saved, whatever the browser thinks of its kind. `name` is ours, never a client's.
WebResponse download(std::string bytes, std::string_view content_type, std::string_view name);

}  // namespace pantau
