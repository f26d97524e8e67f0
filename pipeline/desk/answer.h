// What the desk answers: a value, or why not.
//
// A refusal is part of the work (a claim that expired, an item out of one's scope), so callers
// tell refusals apart; a fault of the disk is one kind of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "classifiers/base/result.h"

namespace pantau {

enum class Refused : std::uint8_t {
  Invalid,     // the request makes no sense as it stands: a field is missing or unknown
  NotFound,    // there is no such thing, or not in this person's scope: nobody is told which
  Forbidden,   // the person lacks the role
  Late,        // the claim expired, or somebody else took the item over
  Conflict,    // the thing is in another state by now
  SamePerson,  // a second person is needed
  Storage,     // the queue could not be read or written; nothing was changed
};
std::string_view name_of(Refused why);  // "invalid", "not_found" …: the error codes of the API

struct Refusal {
  Refusal(Refused kind, std::string text) : why(kind), message(std::move(text)) {}
  // Faults of the queue's file pass through as they are, and what its rules refused becomes a
  // refusal; that makes TRY work across both.
  Refusal(Error error);  // NOLINT(google-explicit-constructor)

  Refused why;
  std::string message;  // English, for people; never holds a post's text or a name
};

template <class T>
class [[nodiscard]] Answer : public tl::expected<T, Refusal> {
 public:
  using tl::expected<T, Refusal>::expected;
};

using Done = Answer<std::monostate>;

// A refusal as an error of a command about `what` ("": said without).
tl::unexpected<Error> as_error(const Refusal& refusal, std::string_view what = {});

inline tl::unexpected<Refusal> refuse(Refused why, std::string message) {
  return tl::unexpected<Refusal>(Refusal(why, std::move(message)));
}

}  // namespace pantau
