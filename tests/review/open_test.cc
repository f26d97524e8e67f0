#include <gtest/gtest.h>

#include "tests/review/queue_fixture.h"

namespace pantau {
namespace {

using namespace std::string_literals;

std::string refusal(std::string_view url) {
  const Status checked = check_review_queue_url(url);
  const auto opened = open_review_queue(url);
  EXPECT_FALSE(opened);
  if (checked || opened) return "accepted";
  EXPECT_EQ(checked.error().fault, Fault::Config);
  EXPECT_EQ(opened.error().fault, Fault::Config);
  EXPECT_EQ(checked.error().message, opened.error().message);
  return checked.error().message;
}

TEST(ReviewQueueUrl, WhatIsAUrl) {
  EXPECT_TRUE(check_review_queue_url("memory:"));
  EXPECT_TRUE(check_review_queue_url("sqlite:queue.sqlite"));
  EXPECT_TRUE(check_review_queue_url("sqlite:/no/such/folder/is/opened/by/a/check"));
}

TEST(ReviewQueueUrl, WhatIsNone) {
  EXPECT_EQ(refusal(""), R"(queue "": expected sqlite:PATH)");
  EXPECT_EQ(refusal("queue.sqlite"), R"(queue "queue.sqlite": expected sqlite:PATH)");
  EXPECT_EQ(refusal("mysql://x"), R"(queue "mysql://x": expected sqlite:PATH)");
  EXPECT_EQ(refusal("SQLITE:x"), R"(queue "SQLITE:x": expected sqlite:PATH)");
  EXPECT_EQ(refusal("memory:x"), R"(queue "memory:x": expected sqlite:PATH)");
  EXPECT_EQ(refusal("sqlite:"), R"(queue "sqlite:": the path is missing)");
  EXPECT_EQ(refusal("sqlite:a\0b"s), "queue: a path cannot hold a NUL character");
}

TEST(ReviewQueueUrl, PostgresIsNotThereYetAndItsPasswordIsNotShown) {
  for (const char* url :
       {"postgresql://user:secret@server/pantau", "postgres://server/pantau", "postgresql:"}) {
    EXPECT_EQ(refusal(url),
              "queue \"postgresql://…\": PostgreSQL is not available in this version; use "
              "sqlite:PATH");
  }
}

}  // namespace
}  // namespace pantau
