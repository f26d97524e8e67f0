// A source that works off tasks (to_do.h): its cursor is what it has still to ask.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/ingest/source.h"
#include "pipeline/ingest/sources/to_do.h"

namespace pantau {

class ToDoSource : public Source {
 public:
  std::optional<Request> next(std::string_view cursor) const final;
  Verdict read(std::string_view cursor, const Answer& answer, Page& page) const final;
  std::string again(std::string_view cursor) const final;

 protected:
  // `configuration`: all that decides which tasks there are.
  explicit ToDoSource(const std::vector<std::string>& configuration)
      : stamp_(stamp_of(configuration)) {}

  // Puts the tasks of a new round on a list that has none, and drops facts that were the last
  // round's own.
  virtual void begin(ToDo& to_do) const = 0;

  // Whether this source could have made the task.
  virtual bool is_task(const Task& task) const = 0;

  virtual Request request(const Task& task, const ToDo& to_do) const = 0;

  // As Source::read(); the task has been taken from the list. What a verdict other than
  // Verdict::page() leaves on the list is forgotten.
  virtual Verdict read_task(const Task& task, const Answer& answer, ToDo& to_do,
                            Page& page) const = 0;

 private:
  ToDo load(std::string_view cursor) const;

  std::string stamp_;
};

}  // namespace pantau
