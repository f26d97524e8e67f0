#include "pipeline/layouts/json_tree.h"

namespace pantau {

JsonNode JsonNode::operator[](std::string_view key) const {
  if (!is_object()) return {};
  for (const JsonNode member : *this) {
    if (member.key() == key) return member;
  }
  return {};
}

JsonNode JsonNode::first() const {
  const Iterator front = begin();
  return front == end() ? JsonNode() : *front;
}

NodesById::NodesById(JsonNode objects) {
  for (const JsonNode object : objects) {
    if (const JsonNode id = object["id"]; !id.text().empty()) nodes_.emplace(id.text(), object);
  }
}

JsonNode NodesById::find(std::string_view id) const {
  const auto found = id.empty() ? nodes_.end() : nodes_.find(id);
  return found == nodes_.end() ? JsonNode() : found->second;
}

std::string_view JsonTree::read(std::string_view line, Arena& arena) {
  if (build(line, arena) && line_.next_token() == '\0' && line_.at_ == line_.end_ &&
      JsonLine::is_utf8(line)) {
    return "";
  }
  const bool is_full = items_.size() >= kJsonTreeItemsMax;
  items_.clear();
  return is_full ? "too_long" : JsonLine::reason_for(line);
}

bool JsonTree::read_front(std::string_view line, Arena& arena) {
  build(line, arena);
  for (Item& item : items_) {  // what is still open ends with the line
    if (item.behind == 0) item.behind = static_cast<std::uint32_t>(items_.size());
  }
  return !items_.empty();
}

bool JsonTree::build(std::string_view line, Arena& arena) {
  items_.clear();
  line_.at_ = line.data();
  line_.end_ = line.data() + line.size();
  line_.arena_ = &arena;
  line_.is_broken_ = false;
  return add_value({}, 1);
}

bool JsonTree::add_value(std::string_view key, int depth) {
  const char token = line_.next_token();
  if (token == '\0' || items_.size() >= kJsonTreeItemsMax) return false;
  const std::size_t index = items_.size();
  items_.push_back({key, {}, 0, JsonType::Absent});
  bool is_read = false;
  if (token == '{' || token == '[') {
    items_[index].type = token == '{' ? JsonType::Object : JsonType::Array;
    is_read = token == '{' ? add_members(depth) : add_elements(depth);
  } else {
    JsonField field;
    is_read = line_.take_value(depth, field);
    items_[index].type = is_read ? field.type : JsonType::Absent;
    items_[index].text = field.text;
  }
  if (is_read) items_[index].behind = static_cast<std::uint32_t>(items_.size());
  return is_read;
}

bool JsonTree::add_members(int depth) {
  if (depth > kJsonDepthMax) return false;
  line_.at_++;  // the brace
  if (line_.take_byte('}')) return true;
  do {
    std::string_view key;
    if (line_.next_token() != '"' || !line_.take_string(key) || !line_.take_byte(':')) return false;
    if (!add_value(key, depth + 1)) return false;
  } while (line_.take_byte(','));
  return line_.take_byte('}');
}

bool JsonTree::add_elements(int depth) {
  if (depth > kJsonDepthMax) return false;
  line_.at_++;  // the bracket
  if (line_.take_byte(']')) return true;
  do {
    if (!add_value({}, depth + 1)) return false;
  } while (line_.take_byte(','));
  return line_.take_byte(']');
}

}  // namespace pantau
