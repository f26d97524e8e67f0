// What a pattern's author is told that texts are looked through for.
#include "classifiers/rules/looked_for.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace pantau {
namespace {

using Words = std::vector<std::string>;

TEST(LookedFor, NamesWordsAndPartsOfThem) {
  EXPECT_EQ(looked_for(R"(\bcoblos\b)"), Words{"coblos"});
  EXPECT_EQ(looked_for(R"(\bmenang\w*)"), Words{"menang*"});
  EXPECT_EQ(looked_for(R"(\w*coblos\w*)"), Words{"*coblos*"});
  EXPECT_EQ(looked_for("✌"), Words{"✌"});
}

TEST(LookedFor, HasNothingWhereNothingIsSure) {
  EXPECT_TRUE(looked_for("[0-9]{3}").empty());
  EXPECT_TRUE(looked_for("(").empty());  // no expression at all
}

TEST(LookedFor, ShowsTheFirstOfManyWords) {
  std::string expression = R"(\b()";
  for (char letter = 'a'; letter <= 'z'; letter++) expression += std::string("kata") + letter + '|';
  const Words words = looked_for(expression + R"(akhir)\b)");
  ASSERT_EQ(words.size(), 1U);
  EXPECT_TRUE(words[0].ends_with("|…")) << words[0];
  EXPECT_EQ(std::ranges::count(words[0], '|'), static_cast<std::ptrdiff_t>(kLookedForShownMax));
}

}  // namespace
}  // namespace pantau
