// A statement that is put together from what a filter asks. Its words are all our own; what comes
// from outside is bound.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/desk/answer.h"
#include "pipeline/review/sqlite.h"

namespace pantau {

class Query {
 public:
  // Parameters of `$n` before `first` are bound by whoever runs it.
  explicit Query(int first = 1) : next_(first) {}

  // Binds a value and returns how to name it: "$3".
  std::string bind(SqlValue value) {
    values_.push_back(std::move(value));
    return '$' + std::to_string(next_++);
  }
  int next_parameter() const { return next_; }
  void and_where(const std::string& condition) {
    where_ += (where_.empty() ? " WHERE " : " AND ") + condition;
  }
  const std::string& where() const { return where_; }
  const std::vector<SqlValue>& values() const { return values_; }

 private:
  int next_;
  std::string where_;
  std::vector<SqlValue> values_;
};

struct Caller;
struct DeskState;
struct Filter;
struct Page;

// The text of list_piles(), for tests that look at how it is carried out.
Answer<std::string> pile_list_query(DeskState& state, const Caller& caller, Filter filter,
                                    const Page& page, Query& query);
// The same of list_items(); its first parameter is the caller's time.
// `found_at_most`: nothing that was found later, in seconds since 1970.
Answer<std::string> item_list_query(const Caller& caller, const Filter& filter, const Page& page,
                                    Query& query, std::optional<std::int64_t> found_at_most = {});

// "kata \"dua kata\"" as an expression of the text index in which every word is only a word; ""
// if there is none.
std::string words_to_find(std::string_view text);

}  // namespace pantau
