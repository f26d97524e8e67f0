// What the layouts of JSON objects have in common. Such objects reach us one a line, or as the
// elements of an array, or as the pages that an API answers with, themselves one a line or spread
// over many. A layout says in which arrays its objects stand, which objects it knows, and how one
// is read.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "pipeline/layouts/item_fields.h"
#include "pipeline/layouts/json_tree.h"
#include "pipeline/layouts/layout.h"

namespace pantau {

// An object, and the one whose array it stands in (not there if it stands alone).
using OnItem = std::function<void(JsonNode item, JsonNode around)>;

// The items of a value: its own elements, those of its `arrays`, or itself.
void for_each_item(JsonNode value, DocumentArrays arrays, const OnItem& on_item);

// A row with the texts of these members emptied, whatever else it is.
std::string_view without_texts_of(std::string_view row, std::span<const std::string_view> names,
                                  Arena& arena);

class ItemLayout : public Layout {
 public:
  Framing framing() const final { return Framing::Lines; }
  Framing framing_of(std::string_view head) const final;
  bool recognises(std::string_view head) const final;
  Result<std::unique_ptr<LineReader>> make_reader(std::string_view header) const final;

  // Members, at any depth, whose texts tell of who collected: they are never kept.
  virtual std::span<const std::string_view> hidden_members() const { return {}; }

 protected:
  // Whether the object is one of this format. It may be cut off.
  virtual bool knows(JsonNode item) const = 0;

  // Adds what the object holds; nothing is also something to say.
  virtual void read_item(JsonNode item, JsonNode around, Acts& acts, Arena& arena) const = 0;

 private:
  friend class ItemReader;
};

}  // namespace pantau
