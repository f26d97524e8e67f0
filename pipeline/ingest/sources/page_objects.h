// Lists of a platform's objects in an answer, each read as a tree and added to the page as acts.
#pragma once

#include <string_view>

#include "pipeline/ingest/source.h"
#include "pipeline/layouts/item_fields.h"
#include "pipeline/layouts/json_tree.h"

namespace pantau {

// An element of a list, as it was written and as a tree that lives until the next one.
struct ListedObject {
  std::string_view written;
  JsonNode node;
};

// An answer's body, whose lists are walked.
class ListAnswer {
 public:
  explicit ListAnswer(Page& page) : page_(page) {}

  // Walks the array `list` of the object that the body is; the body's own array if `list` is "".
  // False if the body is not JSON, or has no such array. What of it is no object is rejected.
  template <class OnObject>
  bool walk(std::string_view body, std::string_view list, OnObject&& on_object);

  // Of the body's object: a member that is a text; "" if there is none.
  std::string_view next_page() const { return next_page_.string(); }

 private:
  template <class OnObject>
  void walk_array(JsonValue& value, OnObject&& on_object);

  Page& page_;
  JsonLine json_;
  JsonTree tree_;
  JsonField list_;
  JsonField next_page_;
};

// What a reader of layouts/ made of an object, as the page's acts.
void add_acts(const Acts& acts, std::string_view written, std::string_view edited_at,
              const Answer& answer, Page& page);

template <class OnObject>
void ListAnswer::walk_array(JsonValue& value, OnObject&& on_object) {
  value.take_array(list_, [&](JsonValue& element) {
    JsonField whole;
    element.take(whole);
    const std::string_view written = element.written();
    if (whole.type != JsonType::Object || !tree_.read(written, page_.arena).empty()) {
      return page_.reject("json");
    }
    on_object(ListedObject{written, tree_.root()});
  });
}

template <class OnObject>
bool ListAnswer::walk(std::string_view body, std::string_view list, OnObject&& on_object) {
  list_ = {};
  next_page_ = {};
  std::string_view reason;
  if (list.empty()) {
    reason = json_.read_value(body, page_.arena,
                              [&](JsonValue& value) { walk_array(value, on_object); });
  } else {
    reason = json_.read(body, page_.arena, [&](std::string_view key, JsonValue& value) {
      if (key == list) walk_array(value, on_object);
      if (key == "nextPageToken") value.take(next_page_);
    });
  }
  return reason.empty() && list_.type == JsonType::Array;
}

}  // namespace pantau
