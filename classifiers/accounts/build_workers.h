// How a long computation is shared out. What computes does not start threads: whoever calls
// knows how many there are.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

namespace pantau {

struct BuildWorkers {
  std::size_t count = 1;

  // Calls work(0) … work(count - 1), at the same time or one by one in any order, and returns
  // when all are done. An exception of one is thrown.
  std::function<void(const std::function<void(std::size_t)>& work)> run =
      [](const std::function<void(std::size_t)>& work) { work(0); };

  // Calls `task(number, worker)` for each number below `tasks`; lower ones begin earlier.
  template <class Task>
  void each(std::size_t tasks, Task&& task) const {
    std::atomic<std::size_t> next = 0;
    run([&](std::size_t worker) {
      for (std::size_t number = next++; number < tasks; number = next++) task(number, worker);
    });
  }
};

}  // namespace pantau
