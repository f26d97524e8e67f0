// The parts of an item's view, which case files are made of as well.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/desk/listing.h"
#include "pipeline/desk/state.h"

namespace pantau {

Answer<SubjectDetail> subject_detail(DeskState& state, const std::string& subject);
Answer<std::optional<Capture>> capture_of(DeskState& state, ItemSeq item);
Answer<std::vector<ItemEvent>> events_of(DeskState& state, ItemSeq item);
Answer<std::vector<DecisionRow>> decisions_of(DeskState& state, ItemSeq item);
Answer<std::vector<FactRow>> facts_of(DeskState& state, ItemSeq item);

}  // namespace pantau
