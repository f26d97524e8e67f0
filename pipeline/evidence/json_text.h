// A JSON text that owns what its tree points into.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "classifiers/base/arena.h"
#include "pipeline/layouts/json_tree.h"

namespace pantau {

class JsonText {
 public:
  // Nothing for a text that is no JSON value.
  static std::optional<JsonText> parse(std::string_view text);

  JsonNode root() const { return parts_->tree.root(); }

 private:
  struct Parts {
    std::string bytes;  // with what a parser may read behind it
    Arena arena;
    JsonTree tree;
  };
  std::unique_ptr<Parts> parts_ = std::make_unique<Parts>();
};

}  // namespace pantau
