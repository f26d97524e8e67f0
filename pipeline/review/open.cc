#include <fmt/format.h>

#include <algorithm>

#include "pipeline/review/queue_hooks.h"

namespace pantau {
namespace {

constexpr std::string_view kMemory = "memory:";
constexpr std::string_view kSqlite = "sqlite:";

bool is_postgres(std::string_view url) {
  return url.starts_with("postgresql:") || url.starts_with("postgres:");
}

}  // namespace

Instant QueueHooks::time() const {
  if (now) return now();
  return std::chrono::floor<Instant::duration>(std::chrono::system_clock::now());
}

std::vector<const ItemRule*> distinct_rules(const ReviewItem& item) {
  std::vector<const ItemRule*> rules;
  for (const ItemRule& rule : item.rules) {
    if (std::ranges::find(rules, rule.rule, &ItemRule::rule) == rules.end()) rules.push_back(&rule);
  }
  return rules;
}

std::vector<const ItemCandidate*> distinct_candidates(const ReviewItem& item) {
  std::vector<const ItemCandidate*> candidates;
  for (const ItemCandidate& candidate : item.candidates) {
    const bool is_there = std::ranges::any_of(candidates, [&](const ItemCandidate* other) {
      return other->contest == candidate.contest && other->candidate == candidate.candidate;
    });
    if (!is_there) candidates.push_back(&candidate);
  }
  return candidates;
}

tl::unexpected<Error> not_this_queues_run(std::string_view queue, RunId run) {
  return fail(Fault::Storage,
              fmt::format("{}: run {} is not this process's to write to: it is finished, or the "
                          "sweep was started again elsewhere",
                          queue, run));
}

Status check_review_queue_url(std::string_view url) {
  if (url == kMemory) return std::monostate{};
  if (is_postgres(url)) {  // not shown: it may hold a password
    return fail(Fault::Config,
                "queue \"postgresql://…\": PostgreSQL is not available in this version; "
                "use sqlite:PATH");
  }
  if (!url.starts_with(kSqlite)) {
    return fail(Fault::Config, fmt::format("queue \"{}\": expected sqlite:PATH", url));
  }
  const std::string_view path = url.substr(kSqlite.size());
  if (path.empty()) {
    return fail(Fault::Config, fmt::format("queue \"{}\": the path is missing", url));
  }
  if (path.find('\0') != std::string_view::npos) {
    return fail(Fault::Config, "queue: a path cannot hold a NUL character");
  }
  return std::monostate{};
}

Result<std::unique_ptr<ReviewQueue>> open_review_queue(std::string_view url) {
  return open_review_queue(url, QueueHooks{});
}

Result<std::unique_ptr<ReviewQueue>> open_review_queue(std::string_view url, QueueHooks hooks) {
  TRY_STATUS(check_review_queue_url(url));
  if (url == kMemory) return open_memory_queue(std::move(hooks));
  return open_sqlite_queue(std::string(url.substr(kSqlite.size())), std::move(hooks));
}

}  // namespace pantau
