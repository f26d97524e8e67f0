#include "classifiers/model/flag.h"

#include <array>

#include "classifiers/base/names.h"

namespace pantau {
namespace {

constexpr std::array<std::string_view, 5> kLevelNames = {"info", "low", "medium", "high",
                                                         "critical"};
constexpr std::array<std::string_view, kStages> kStageNames = {"before", "determined", "campaign",
                                                               "quiet",  "voting",     "after"};
constexpr std::array<std::string_view, 2> kViaNames = {"target", "mention"};
constexpr std::array<std::string_view, kAccountTypes> kAccountTypeNames = {
    "registered", "campaign_team", "supporter", "party", "personal", "institution", "media"};
constexpr std::array<std::string_view, kMentionKinds> kMentionKindNames = {"name", "hashtag",
                                                                           "handle", "number"};

}  // namespace

std::string_view name_of(Level level) {
  return enum_name(kLevelNames, level);
}
std::string_view name_of(Stage stage) {
  return enum_name(kStageNames, stage);
}
std::string_view name_of(Via via) {
  return enum_name(kViaNames, via);
}
std::string_view name_of(AccountType type) {
  return enum_name(kAccountTypeNames, type);
}
std::string_view name_of(MentionKind kind) {
  return enum_name(kMentionKindNames, kind);
}

std::optional<Level> level_named(std::string_view name) {
  return enum_named<Level>(kLevelNames, name);
}

std::optional<Stage> stage_named(std::string_view name) {
  return enum_named<Stage>(kStageNames, name);
}

std::optional<AccountType> account_type_named(std::string_view name) {
  return enum_named<AccountType>(kAccountTypeNames, name);
}

std::optional<MentionKind> mention_kind_named(std::string_view name) {
  return enum_named<MentionKind>(kMentionKindNames, name);
}

}  // namespace pantau
