// An answer's JSON, a named field at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/time.h"
#include "pipeline/output/json_writer.h"
#include "pipeline/web/http.h"

namespace pantau {

// The fields of one JSON object. Named by type, so that no text is written as a truth value.
class JsonFields {
 public:
  explicit JsonFields(JsonWriter& json) : json_(json) {}

  void text(std::string_view key, std::string_view value) {
    json_.key(key);
    json_.string(value);
  }
  // "" is null: what is not known is not the same as what is empty.
  void text_or_null(std::string_view key, std::string_view value) {
    if (value.empty()) return null(key);
    text(key, value);
  }
  void number(std::string_view key, std::int64_t value) {
    json_.key(key);
    json_.number(value);
  }
  void count(std::string_view key, std::uint64_t value) {
    json_.key(key);
    json_.number(value);
  }
  void real(std::string_view key, double value) {
    json_.key(key);
    json_.number(value);
  }
  void yes_no(std::string_view key, bool value) {
    json_.key(key);
    json_.boolean(value);
  }
  void time(std::string_view key, Instant value) { text(key, format_rfc3339(value)); }
  void null(std::string_view key) {
    json_.key(key);
    json_.null();
  }
  // `json` is a value already; "" is null.
  void raw(std::string_view key, std::string_view json) {
    if (json.empty()) return null(key);
    json_.key(key);
    json_.raw(json);
  }
  void texts(std::string_view key, const std::vector<std::string>& values) {
    json_.key(key);
    json_.begin_array();
    for (const std::string& value : values) json_.string(value);
    json_.end_array();
  }

  // An object of fields that `fill(JsonFields&)` writes.
  template <class Fill>
  void object(std::string_view key, Fill fill) {
    json_.key(key);
    object(fill);
  }
  // An array of an object for each row, which `fill(JsonFields&, const Row&)` writes.
  template <class Rows, class Fill>
  void list(std::string_view key, const Rows& rows, Fill fill) {
    json_.key(key);
    json_.begin_array();
    for (const auto& row : rows) {
      object([&](JsonFields& fields) { fill(fields, row); });
    }
    json_.end_array();
  }

 private:
  template <class Fill>
  void object(Fill fill) {
    json_.begin_object();
    JsonFields fields(json_);
    fill(fields);
    json_.end_object();
  }

  JsonWriter& json_;
};

// An answer of one object.
template <class Fill>
WebResponse json_answer(Fill fill) {
  WebResponse response;
  JsonWriter json(response.body);
  json.begin_object();
  JsonFields fields(json);
  fill(fields);
  json.end_object();
  return response;
}

// {"rows":[…],"next":…} of a page of a list.
template <class Listed, class Fill>
WebResponse page_answer(const Listed& listed, Fill fill) {
  return json_answer([&](JsonFields& fields) {
    fields.list("rows", listed.rows, fill);
    fields.text_or_null("next", listed.next);
  });
}

// {"rows":[…]} of a list that is short enough to come whole.
template <class Rows, class Fill>
WebResponse rows_answer(const Rows& rows, Fill fill) {
  return json_answer([&](JsonFields& fields) { fields.list("rows", rows, fill); });
}

inline WebResponse done_answer() {
  return json_answer([](JsonFields& fields) { fields.yes_no("done", true); });
}

}  // namespace pantau
