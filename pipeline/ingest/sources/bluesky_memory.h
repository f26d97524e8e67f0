// What is remembered of Bluesky accounts between rounds: facts on a to-do list (to_do.h), among
// them the names of their acts, so that a deletion is noticed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/ingest/source.h"
#include "pipeline/ingest/sources/to_do.h"

namespace pantau {

// So many acts are remembered: with some 15 bytes each they fit into a cursor. Those beyond are
// flagged as well and counted, but their deletion is not noticed.
inline constexpr std::size_t kKnownActsMax = 40'000;

// Facts about DID …
inline constexpr std::string_view kServerFact = "server:";      // where its repository is
inline constexpr std::string_view kRevisionFact = "revision:";  // as of the last whole listing
inline constexpr std::string_view kDoubtFact = "doubt:";  // something could not be asked to its end
// … and about DID/COLLECTION: names of its acts, between blanks.
inline constexpr std::string_view kKnownFact = "known:";      // those noticed, in order
inline constexpr std::string_view kMissingFact = "missing:";  // … that a new listing lacks
inline constexpr std::string_view kGoneFact = "gone:";        // … once said to be gone
inline constexpr std::string_view kTwiceGoneFact = "twice-gone:";

std::string fact_name(std::string_view fact, std::string_view did,
                      std::string_view collection = {});

// Whether a name of a record can stand in a fact and in a URL.
bool is_record_key(std::string_view key);

// A fact that is a list of names; what is changed is kept when this ends. `task` is one whose
// second and third part are DID and COLLECTION, as of all below.
class BlueskyNames {
 public:
  BlueskyNames(ToDo& to_do, std::string_view fact, const Task& task)
      : to_do_(to_do),
        fact_(fact_name(fact, task[1], task[2])),
        names_(words_of(to_do.fact(fact_))) {}
  BlueskyNames(const BlueskyNames&) = delete;
  BlueskyNames& operator=(const BlueskyNames&) = delete;
  ~BlueskyNames();

  std::vector<std::string>* operator->() { return &names_; }
  std::vector<std::string>& operator*() { return names_; }

  std::string take_first();  // "" if there is none

 private:
  ToDo& to_do_;
  std::string fact_;
  std::vector<std::string> names_;
};

// The first name of such a fact; "" if there is none.
std::string first_name(const ToDo& to_do, std::string_view fact, const Task& task);

// A page of a listing, whose names come in falling order.
struct BlueskyListing {
  std::string before;              // the last name of the page before; "" of the first page
  std::vector<std::string> keys;   // all names on it
  std::vector<std::string> known;  // those of acts that are to be remembered
  bool is_last = false;
};

// Notes names that are known and should be on the page, but are not. Whether there are any.
bool compare_with_known(const Task& task, const BlueskyListing& listing, ToDo& to_do, Page& page);

void remember_known(const Task& task, const BlueskyListing& listing, ToDo& to_do, Page& page);

// The next round lists the repository again, changed or not.
void doubt(std::string_view did, ToDo& to_do);

// What was suspected in a round that has ended is known still, and found missing again.
void forget_suspicions(ToDo& to_do);

}  // namespace pantau
