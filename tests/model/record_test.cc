#include "classifiers/model/record.h"

#include <gtest/gtest.h>

namespace pantau {
namespace {

TEST(Ids, ThatASpreadsheetBrokeAreDamaged) {
  for (const char* id :
       {"1.73E+18", "1,73E+18", "1.73e18", "12.0", "12.", "1E5", "-1.5", "7e+009"}) {
    EXPECT_TRUE(is_damaged_id(id)) << id;
  }
  for (const char* id :
       {"", "1730000000000000000", "-100123", "12e4567890", "e5", "1.2.3", "a1.5", "1,5",
        "507f1f77bcf86cd799439011", "at://did:plc:x/app.bsky.feed.post/3k", "12e", ".5"}) {
    EXPECT_FALSE(is_damaged_id(id)) << id;
  }
}

TEST(Handles, CompareWithoutAtAndCase) {
  EXPECT_EQ(handle_key("@Fulan.Siti"), "fulan.siti");
  EXPECT_EQ(handle_key("@@x"), "@x");
  EXPECT_EQ(handle_key("ÉA"), "Éa");  // ASCII letters only
  EXPECT_EQ(handle_key(""), "");
}

TEST(Platforms, AreSmallWords) {
  EXPECT_TRUE(is_platform_name("x"));
  EXPECT_TRUE(is_platform_name("mastodon_id2"));
  for (const char* name : {"", "X", "face book", "ig-2", "tik.tok"}) {
    EXPECT_FALSE(is_platform_name(name)) << name;
  }
}

}  // namespace
}  // namespace pantau
