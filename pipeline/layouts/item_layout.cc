#include "pipeline/layouts/item_layout.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/archive/chunk.h"

namespace pantau {
namespace {

// The first may be damaged or of another kind; a few decide.
constexpr std::size_t kHeadItemsMax = 10;

// A copy with the padding that a tree's reader may look at.
std::string_view padded(std::string_view text, Arena& arena) {
  char* const copy = arena.allocate(text.size() + kChunkPaddingBytes);
  std::memcpy(copy, text.data(), text.size());
  std::memset(copy + text.size(), 0, kChunkPaddingBytes);
  return {copy, text.size()};
}

std::vector<std::string_view> first_lines(std::string_view head) {
  std::vector<std::string_view> lines;
  while (!head.empty() && lines.size() < kHeadItemsMax) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    if (!std::ranges::all_of(head.substr(0, end), [](char c) { return c == ' ' || c == '\r'; })) {
      lines.push_back(head.substr(0, end));
    }
    head.remove_prefix(std::min(end + 1, head.size()));
  }
  return lines;
}

// Items that a document's head holds; the last perhaps cut off.
std::vector<std::string_view> first_items(std::string_view head, DocumentArrays arrays) {
  DocumentScanner scanner(arrays);
  std::vector<DocumentItem> items;
  for (std::size_t at = 0; at < head.size() && items.size() < kHeadItemsMax;) {
    at += scanner.scan(head.substr(at), items, kHeadItemsMax);
  }
  std::vector<std::string_view> texts;
  texts.reserve(items.size() + 1);
  for (const DocumentItem& item : items) {
    texts.push_back(head.substr(item.begin, item.end - item.begin));
  }
  if (scanner.is_in_item()) texts.push_back(head.substr(scanner.item_begin()));
  return texts;
}

bool is_whole_object(std::string_view line) {
  Arena arena;
  JsonTree tree;
  return tree.read(padded(line, arena), arena).empty() && tree.root().is_object() &&
         tree.root().begin() != tree.root().end();
}

// Whether one of the asked-for arrays begins in `head`.
bool begins_array(std::string_view head, DocumentArrays arrays) {
  DocumentScanner scanner(arrays);
  std::vector<DocumentItem> items;
  for (std::size_t at = 0; at < head.size();) {
    at += scanner.scan(head.substr(at), items, 1);
    if (!items.empty()) return true;
  }
  return scanner.is_in_item() && scanner.item_begin() > head.find('{');
}

// Calls for the elements of the array at `path`, "chats.list[].messages[]". False if it is not
// there.
bool for_each_element(JsonNode value, std::string_view path, const OnItem& on_item) {
  const std::size_t brackets = path.find("[]");
  JsonNode around = value;
  JsonNode array = value;
  for (std::string_view names = path.substr(0, brackets); !names.empty();) {
    const std::size_t dot = std::min(names.find('.'), names.size());
    around = array;
    array = array[names.substr(0, dot)];
    names.remove_prefix(std::min(dot + 1, names.size()));
  }
  if (!array.is_array()) return false;
  std::string_view rest = path.substr(brackets + 2);
  if (rest.starts_with('.')) rest.remove_prefix(1);
  for (const JsonNode element : array) {
    if (rest.empty()) {
      on_item(element, around);
    } else {
      for_each_element(element, rest, on_item);
    }
  }
  return true;
}

// Whether `name` is a member's name at `at`, which stands at its opening quote; if so, `text` is
// where the text of its value begins and ends.
bool find_member_text(std::string_view row, std::size_t at, std::string_view name,
                      std::pair<std::size_t, std::size_t>& text) {
  if (!row.substr(at + 1).starts_with(name)) return false;
  std::size_t next = at + 1 + name.size();
  for (const char sign : {'"', ':', '"'}) {
    if (sign != '"' || next != at + 1 + name.size()) {
      while (next < row.size() && (row[next] == ' ' || row[next] == '\t')) next++;
    }
    if (next == row.size() || row[next] != sign) return false;
    next++;
  }
  text.first = next;
  while (next < row.size() && row[next] != '"') next += row[next] == '\\' ? 2 : 1;
  text.second = std::min(next, row.size());
  return true;
}

}  // namespace

std::string_view without_texts_of(std::string_view row, std::span<const std::string_view> names,
                                  Arena& arena) {
  if (names.empty()) return row;
  char* const kept = arena.allocate(row.size());
  char* out = kept;
  std::size_t copied = 0;
  for (std::size_t at = row.find('"'); at != std::string_view::npos; at = row.find('"', at + 1)) {
    std::pair<std::size_t, std::size_t> text;
    const bool is_hidden = std::ranges::any_of(
        names, [&](std::string_view name) { return find_member_text(row, at, name, text); });
    if (!is_hidden) continue;
    out = std::copy(row.begin() + copied, row.begin() + text.first, out);
    copied = text.second;
    at = text.second;
  }
  out = std::copy(row.begin() + copied, row.end(), out);
  const auto size = static_cast<std::size_t>(out - kept);
  arena.give_back(row.size() - size);
  return {kept, size};
}

void for_each_item(JsonNode value, DocumentArrays arrays, const OnItem& on_item) {
  if (value.is_array()) {
    for (const JsonNode element : value) {
      // An array's element may be a page, but an array in an array is nothing.
      if (element.is_object()) {
        for_each_item(element, arrays, on_item);
      } else {
        on_item(element, {});
      }
    }
    return;
  }
  bool is_page = false;
  for (const std::string_view path : arrays) {
    is_page = for_each_element(value, path, on_item) || is_page;
  }
  if (!is_page) on_item(value, {});
}

class ItemReader final : public LineReader {
 public:
  explicit ItemReader(const ItemLayout& layout) : layout_(layout) {}

  Reading read(std::string_view line, Record& record, Arena& arena) override {
    acts_.clear();
    next_ = 0;
    const std::string_view reason = tree_.read(line, arena);
    if (!reason.empty()) return Reading::rejected(reason);
    for_each_item(tree_.root(), layout_.arrays(), [&](JsonNode item, JsonNode around) {
      const JsonNode outer = around.is_absent() ? surroundings_.root() : around;
      if (item.is_object()) {
        layout_.read_item(item, outer, acts_, arena);
      } else {
        acts_.reject(misfit("json", "(item)", item));
      }
    });
    Reading reading;
    return read_next(reading, record) ? reading : Reading::not_an_act("empty");
  }

  bool read_next(Reading& reading, Record& record) override {
    if (next_ == acts_.entries().size()) return false;
    const Acts::Entry& entry = acts_.entries()[next_++];
    reading = entry.reading;
    record = entry.record;
    return true;
  }

  std::string_view keepable(std::string_view line, Arena& arena) const override {
    return without_texts_of(line, layout_.hidden_members(), arena);
  }

  void enter(std::string_view surroundings, Arena& arena) override {
    surroundings_.read(padded(surroundings, arena), arena);
  }

 private:
  const ItemLayout& layout_;
  JsonTree tree_;
  JsonTree surroundings_;
  Acts acts_;
  std::size_t next_ = 0;
};

Framing ItemLayout::framing_of(std::string_view head) const {
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return Framing::Lines;
  if (head[first] == '[') return Framing::Documents;
  const std::vector<std::string_view> lines = first_lines(head);
  if (is_whole_object(lines.front())) return Framing::Lines;
  // The first line may be damaged. The last element of a document may stand on a line of its own.
  const auto whole = static_cast<std::size_t>(std::ranges::count_if(lines, is_whole_object));
  if (2 * whole > lines.size()) return Framing::Lines;
  // One line that goes on behind the head: a document without line ends, or just a long line.
  if (lines.size() == 1 && !begins_array(head, arrays())) return Framing::Lines;
  return head[first] == '{' ? Framing::Documents : Framing::Lines;
}

bool ItemLayout::recognises(std::string_view head) const {
  const bool in_lines = framing_of(head) == Framing::Lines;
  for (const std::string_view text : in_lines ? first_lines(head) : first_items(head, arrays())) {
    Arena arena;
    JsonTree tree;
    if (!tree.read_front(padded(text, arena), arena)) continue;
    bool is_known = false;
    for_each_item(tree.root(), arrays(),
                  [&](JsonNode item, JsonNode) { is_known = is_known || knows(item); });
    if (is_known) return true;
  }
  return false;
}

Result<std::unique_ptr<LineReader>> ItemLayout::make_reader(std::string_view) const {
  return std::make_unique<ItemReader>(*this);
}

}  // namespace pantau
