#include "pipeline/ingest/sources/bluesky_memory.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace pantau {

std::string fact_name(std::string_view fact, std::string_view did, std::string_view collection) {
  std::string name = std::string(fact) + std::string(did);
  if (!collection.empty()) name += '/' + std::string(collection);
  return name;
}

bool is_record_key(std::string_view key) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' ||
           c == '.' || c == '-' || c == '_' || c == '~';
  };
  constexpr std::size_t kKeyBytesMax = 512;
  return !key.empty() && key.size() <= kKeyBytesMax && std::ranges::all_of(key, fits);
}

BlueskyNames::~BlueskyNames() {
  if (names_.empty()) {
    to_do_.facts.erase(fact_);
  } else {
    to_do_.facts[fact_] = text_of_words(names_);
  }
}

std::string BlueskyNames::take_first() {
  if (names_.empty()) return {};
  std::string first = std::move(names_.front());
  names_.erase(names_.begin());
  return first;
}

std::string first_name(const ToDo& to_do, std::string_view fact, const Task& task) {
  const std::string_view names = to_do.fact(fact_name(fact, task[1], task[2]));
  return std::string(names.substr(0, names.find(' ')));
}

// A page says of all names between the end of the page before and its own end whether they are
// there; one that is out of order says nothing.
bool compare_with_known(const Task& task, const BlueskyListing& listing, ToDo& to_do, Page& page) {
  const std::vector<std::string>& keys = listing.keys;
  const bool is_behind = keys.empty() || listing.before.empty() || keys.front() < listing.before;
  if (!is_behind || !std::ranges::is_sorted(keys, std::ranges::greater_equal())) {
    page.skip("listing out of order");
    return false;
  }
  if (keys.empty() && !listing.is_last) return false;
  const std::string from = listing.is_last ? "" : keys.back();
  const std::vector<std::string> known =
      words_of(to_do.fact(fact_name(kKnownFact, task[1], task[2])));
  BlueskyNames missing(to_do, kMissingFact, task);
  for (const std::string& name : known) {
    const bool is_covered = name >= from && (listing.before.empty() || name < listing.before);
    if (is_covered && !std::ranges::binary_search(keys, name, std::ranges::greater())) {
      missing->push_back(name);
    }
  }
  return !missing->empty();
}

void remember_known(const Task& task, const BlueskyListing& listing, ToDo& to_do, Page& page) {
  std::size_t acts = 0;
  for (const auto& [name, names] : to_do.facts) {
    if (!name.starts_with(kKnownFact)) continue;
    acts += static_cast<std::size_t>(std::ranges::count(names, ' ')) + 1;
  }
  BlueskyNames known(to_do, kKnownFact, task);
  for (const std::string& name : listing.known) {
    const auto at = std::ranges::lower_bound(*known, name);
    if (at != known->end() && *at == name) continue;
    if (acts++ < kKnownActsMax) {
      known->insert(at, name);
    } else {
      page.skip("too many acts to notice their deletion");
    }
  }
}

void doubt(std::string_view did, ToDo& to_do) {
  to_do.facts[fact_name(kDoubtFact, did)] = "yes";
  to_do.facts.erase(fact_name(kRevisionFact, did));
}

void forget_suspicions(ToDo& to_do) {
  std::erase_if(to_do.facts, [](const auto& fact) {
    const std::string_view name = fact.first;
    return name.starts_with(kMissingFact) || name.starts_with(kGoneFact) ||
           name.starts_with(kTwiceGoneFact) || name.starts_with(kDoubtFact);
  });
}

}  // namespace pantau
