#include "classifiers/rules/featureless.h"

#include <algorithm>

#include "classifiers/base/check.h"
#include "classifiers/rules/pattern.h"

namespace pantau {

void FeaturelessExpressions::build() {
  if (added_.empty()) return;
  const std::size_t count = (added_.size() + kSearchedTogetherMax - 1) / kSearchedTogetherMax;
  re2::RE2::Options options = expression_options();
  options.set_max_mem(
      std::max(kOneSearchBytesMin, kSearchBytesMax / static_cast<std::int64_t>(count)));
  for (std::size_t begin = 0; begin < added_.size(); begin += kSearchedTogetherMax) {
    auto set = std::make_unique<re2::RE2::Set>(options, re2::RE2::UNANCHORED);
    Group& group = groups_.emplace_back();
    for (std::size_t i = begin; i < std::min(begin + kSearchedTogetherMax, added_.size()); i++) {
      CHECK(set->Add(added_[i].source, nullptr) >= 0, "it compiled before");
      group.numbers.push_back(added_[i].number);
    }
    if (set->Compile()) group.set = std::move(set);
  }
  added_ = {};
}

void FeaturelessExpressions::find(std::string_view text, std::vector<int>& work,
                                  std::vector<std::uint32_t>& found) const {
  for (const Group& group : groups_) {
    re2::RE2::Set::ErrorInfo error{re2::RE2::Set::kNoError};
    if (group.set != nullptr && group.set->Match(text, &work, &error)) {
      for (const int position : work) {
        found.push_back(group.numbers[static_cast<std::size_t>(position)]);
      }
    } else if (group.set == nullptr || error.kind != re2::RE2::Set::kNoError) {
      found.insert(found.end(), group.numbers.begin(), group.numbers.end());
    }
  }
}

}  // namespace pantau
