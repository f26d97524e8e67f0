#include "pipeline/ingest/sources/to_do_source.h"

#include <algorithm>
#include <utility>

namespace pantau {

// A cursor of another configuration, or a damaged one, still has its facts.
ToDo ToDoSource::load(std::string_view cursor) const {
  std::optional<ParsedToDo> parsed = parse_to_do(cursor, stamp_);
  if (!parsed) parsed.emplace();
  ToDo to_do = std::move(parsed->to_do);
  const auto is_known = [this](const Task& task) { return is_task(task); };
  if (parsed->is_of_stamp && std::ranges::all_of(to_do.tasks, is_known)) return to_do;
  to_do.tasks.clear();
  begin(to_do);
  return to_do;
}

std::optional<Request> ToDoSource::next(std::string_view cursor) const {
  const ToDo to_do = load(cursor);
  if (to_do.tasks.empty()) return std::nullopt;
  return request(to_do.tasks.back(), to_do);
}

Verdict ToDoSource::read(std::string_view cursor, const Answer& answer, Page& page) const {
  ToDo to_do = load(cursor);
  if (to_do.tasks.empty()) {
    page.cursor = cursor;
    return Verdict::page();
  }
  const Task task = std::move(to_do.tasks.back());
  to_do.tasks.pop_back();
  Verdict verdict = read_task(task, answer, to_do, page);
  if (verdict.is != Verdict::Is::Page) return verdict;
  page.cursor = to_do.text(stamp_);
  if (page.cursor.size() > kCursorBytesMax) {
    return Verdict::stop(
        "more to remember than a cursor holds; give some of the accounts a source of their own");
  }
  return verdict;
}

std::string ToDoSource::again(std::string_view cursor) const {
  ToDo to_do = load(cursor);
  to_do.tasks.clear();
  begin(to_do);
  return to_do.text(stamp_);
}

}  // namespace pantau
