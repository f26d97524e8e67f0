// What the tests of the review queue share: made-up items.
#pragma once

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/review/queue_hooks.h"
#include "tests/support/temporary_folder.h"

namespace pantau {

inline ReviewItem make_item(std::string key, std::vector<ItemRule> rules = {{"skb-2022/ajakan", 0}},
                            std::string day = "2024-11-27") {
  return {.key = key,
          .flag = R"({"key":")" + key + R"("})",
          .received = "received of " + key,
          .level = "high",
          .subject = "S-000123",
          .category = "pns",
          .region = "63.08",
          .ownership = "declared",
          .basis = "SK-17/2024",
          .platform = "instagram",
          .kind = "comment",
          .acted_at = "2024-11-27T00:00:00Z",
          .acted_day = std::move(day),
          .rules = std::move(rules),
          .candidates = {{"pilbup-hsu-2024", "1"}}};
}

inline std::vector<ReviewItem> make_items(std::size_t first, std::size_t count) {
  std::vector<ReviewItem> items;
  for (std::size_t i = first; i < first + count; i++) {
    items.push_back(make_item("instagram/comment/" + std::to_string(i)));
  }
  return items;
}

inline RunDescription make_run(std::string fingerprint = "print-1", std::string sweep = "sweep-1") {
  return {.sweep = std::move(sweep), .mandate = "ST-17/2024", .fingerprint = fingerprint};
}

// The value, or a test that stops there with the error's message.
template <class T>
T must(Result<T> result) {
  if (!result) {
    ADD_FAILURE() << result.error().message;
    throw std::runtime_error(result.error().message);
  }
  return *std::move(result);
}

inline std::vector<std::string> keys_of(const std::vector<ListedItem>& items) {
  std::vector<std::string> keys;
  for (const ListedItem& item : items) keys.push_back(item.key);
  return keys;
}

inline std::vector<std::string> keys_in(ReviewQueue& queue, ItemState state) {
  return keys_of(must(queue.list(state, 1'000'000)));
}

}  // namespace pantau
