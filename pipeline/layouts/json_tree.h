// A JSON value read as a whole: for platforms' objects, which are deep, name the same things in
// many places, and change from year to year, so that a reader wants to ask for what it needs in
// any order. Made by JsonLine, so what that says of checks, numbers and broken surrogates holds.
//
//   JsonTree tree;
//   if (reason = tree.read(line, arena); !reason.empty()) …
//   tree.root()["user"]["screen_name"].string()      // "" if anything of it is not there
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "classifiers/base/arena.h"
#include "pipeline/layouts/json_line.h"

namespace pantau {

// A value of a tree, or one that is not there. Valid until the tree reads again; its texts as
// long as the line and the arena.
class JsonNode {
 public:
  JsonNode() = default;

  JsonType type() const;
  bool is_object() const { return type() == JsonType::Object; }
  bool is_array() const { return type() == JsonType::Array; }
  bool is_string() const { return type() == JsonType::String; }
  // Not there, or null.
  bool is_absent() const { return type() == JsonType::Absent || type() == JsonType::Null; }
  bool is_true() const { return type() == JsonType::Boolean && text() == "true"; }

  // A string unescaped, a number as it is written, else "".
  std::string_view text() const;
  // Only a string's.
  std::string_view string() const { return is_string() ? text() : std::string_view(); }
  // Of a member: its name.
  std::string_view key() const;

  // An object's member: of duplicate keys the first. Not there if there is none.
  JsonNode operator[](std::string_view key) const;
  // An array's or object's first; not there if there is none.
  JsonNode first() const;

  // An array's elements, an object's members; nothing of any other value.
  class Iterator;
  Iterator begin() const;
  Iterator end() const;

 private:
  friend class JsonTree;
  JsonNode(const JsonTree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}

  const JsonTree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

// A line of many small values would take fifty times its size; with more than these it is
// "too_long", whatever its bytes.
inline constexpr std::size_t kJsonTreeItemsMax = std::size_t{1} << 20;

// For one thread. Uses its memory again for each line.
class JsonTree {
 public:
  // "" or why `line` is not read as a JSON value: "utf8", "depth", "json", "too_long".
  // kChunkPaddingBytes behind the line may be read.
  std::string_view read(std::string_view line, Arena& arena);

  // As much as is there of a value that may be cut off; false if nothing is.
  bool read_front(std::string_view line, Arena& arena);

  JsonNode root() const { return items_.empty() ? JsonNode() : JsonNode(*this, 0); }

 private:
  friend class JsonNode;
  friend class JsonNode::Iterator;

  struct Item {
    std::string_view key;
    std::string_view text;
    std::uint32_t behind = 0;  // the index behind it and all that is in it
    JsonType type = JsonType::Absent;
  };

  bool build(std::string_view line, Arena& arena);
  bool add_value(std::string_view key, int depth);
  bool add_members(int depth);
  bool add_elements(int depth);

  JsonLine line_;
  std::vector<Item> items_;
};

class JsonNode::Iterator {
 public:
  using value_type = JsonNode;
  using difference_type = std::ptrdiff_t;

  Iterator() = default;
  JsonNode operator*() const { return {*tree_, index_}; }
  Iterator& operator++() {
    index_ = tree_->items_[index_].behind;
    return *this;
  }
  Iterator operator++(int) {
    const Iterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const Iterator& a, const Iterator& b) { return a.index_ == b.index_; }

 private:
  friend class JsonNode;
  Iterator(const JsonTree* tree, std::uint32_t index) : tree_(tree), index_(index) {}

  const JsonTree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

// An array's objects by their "id", for pages that name each once and refer to it: however many
// there are, finding one costs the same. Of equal ids the first counts.
class NodesById {
 public:
  explicit NodesById(JsonNode objects);
  JsonNode find(std::string_view id) const;  // not there if there is none, or `id` is ""

 private:
  std::unordered_map<std::string_view, JsonNode> nodes_;
};

inline JsonType JsonNode::type() const {
  return tree_ == nullptr ? JsonType::Absent : tree_->items_[index_].type;
}

inline std::string_view JsonNode::text() const {
  return tree_ == nullptr ? std::string_view() : tree_->items_[index_].text;
}

inline std::string_view JsonNode::key() const {
  return tree_ == nullptr ? std::string_view() : tree_->items_[index_].key;
}

inline JsonNode::Iterator JsonNode::begin() const {
  const bool has_items = is_object() || is_array();
  return has_items ? Iterator(tree_, index_ + 1) : Iterator();
}

inline JsonNode::Iterator JsonNode::end() const {
  const bool has_items = is_object() || is_array();
  return has_items ? Iterator(tree_, tree_->items_[index_].behind) : Iterator();
}

}  // namespace pantau
