#include "pipeline/sweep/graph.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/flow_graph.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "pipeline/sweep/line_numbers.h"

namespace pantau {
namespace {

// A message of the graph: what was read, and later what was found in it.
struct Message {
  std::uint64_t sequence = 0;
  FeedItem item;
  ChunkOutcome outcome;
};
using MessagePtr = std::shared_ptr<Message>;  // once per chunk, since the graph copies messages

// Enough that no thread waits while another one's chunk is dear, and few enough to bound the
// memory.
std::size_t messages_in_flight_max(unsigned threads) {
  return 2 * std::size_t{threads} + 2;
}

using Workers = tbb::enumerable_thread_specific<std::unique_ptr<Worker>>;

std::uint64_t count_subjects(const Workers& workers) {
  std::vector<bool> seen;
  for (const auto& worker : workers) {
    const std::vector<bool>& more = worker->subjects_seen();
    seen.resize(std::max(seen.size(), more.size()));
    for (std::size_t subject = 0; subject < more.size(); subject++) {
      if (more[subject]) seen[subject] = true;
    }
  }
  return static_cast<std::uint64_t>(std::ranges::count(seen, true));
}

}  // namespace

//   feed ──▶ limit ──▶ classify ──▶ in_order ──▶ store
//              ▲      (parallel)              (one at a time)
//              └─────────── one chunk is done ───┘
//
// The feed only says which bytes of a plain file are a chunk; whoever classifies it reads them,
// into its own cache, so that one thread's reading does not hold up the others. (Whatever else
// chunks come from, the feed reads.)
//
// Chunks are classified in parallel and leave in the order in which they came, so the same
// input gives the same bytes whatever the number of threads. `limit` bounds the memory, and
// makes a slow queue slow down the reading.
//
// Nothing here may wait for another node: with a single thread, a node that waits for another one
// waits for ever.
Status run_graph(Feed& feed, const Engine& engine, const GraphOptions& options,
                 const std::function<Status(ChunkOutcome)>& store, std::uint64_t& subjects_seen) {
  namespace flow = tbb::flow;
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, options.threads);
  tbb::task_arena arena(static_cast<int>(options.threads));
  Workers workers([&] { return std::make_unique<Worker>(engine, options.worker); });
  std::uint64_t sequence = 0;
  LineNumbers numbers;
  Status stored;

  arena.execute([&] {
    flow::graph graph;
    flow::input_node<MessagePtr> input(graph, [&](tbb::flow_control& control) -> MessagePtr {
      std::optional<FeedItem> item = feed.next();
      if (!item) {
        control.stop();
        return nullptr;
      }
      return std::make_shared<Message>(Message{sequence++, *std::move(item), {}});
    });
    flow::limiter_node<MessagePtr> limit(graph, messages_in_flight_max(options.threads));
    flow::function_node<MessagePtr, MessagePtr> classify(
        graph, flow::unlimited, [&](MessagePtr message) {
          read_item(message->item);
          message->outcome = workers.local()->classify(message->item);
          message->item = {};  // gives the chunk's buffer back
          return message;
        });
    flow::sequencer_node<MessagePtr> in_order(
        graph, [](const MessagePtr& message) { return message->sequence; });
    flow::function_node<MessagePtr> take(graph, flow::serial, [&](const MessagePtr& message) {
      numbers.number(message->outcome);
      if (stored) stored = store(std::move(message->outcome));
      if (!stored) graph.cancel();
      return flow::continue_msg();
    });
    flow::make_edge(input, limit);
    flow::make_edge(limit, classify);
    flow::make_edge(classify, in_order);
    flow::make_edge(in_order, take);
    flow::make_edge(take, limit.decrementer());

    input.activate();
    graph.wait_for_all();
  });
  subjects_seen = count_subjects(workers);
  return stored;
}

}  // namespace pantau
