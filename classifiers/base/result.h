// How faults of the world are told: as values.
//
// A function that can fail because of a file, a disk or a list that somebody
// wrote returns Result<T>. `Fault` lists what callers distinguish; the message
// is for people and gains context on its way up.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <variant>

namespace pantau {

enum class Fault {
  Config,   // a command line, configuration or list is wrong; nothing was run
  Source,   // an input could not be read
  Storage,  // the review queue or an output file could not be written
};

struct Error {
  Fault fault = Fault::Config;
  std::string message;  // may have several lines, one mistake each
};

// tl::expected of Debian 12 is not [[nodiscard]], so both compilers let an
// ignored error pass without a word; this class is.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

using Status = Result<std::monostate>;

inline tl::unexpected<Error> fail(Fault fault, std::string message) {
  return tl::unexpected<Error>(Error{fault, std::move(message)});
}

}  // namespace pantau

#define PANTAU_JOIN_(a, b) a##b
#define PANTAU_JOIN(a, b) PANTAU_JOIN_(a, b)
#define PANTAU_TRY_(temporary, declaration, expression)                       \
  auto temporary = (expression);                                              \
  if (!temporary) return ::tl::make_unexpected(std::move(temporary).error()); \
  declaration = *std::move(temporary)

// TRY(auto rules, load_rules(path)); declares `rules`, or returns the error.
#define TRY(declaration, expression) \
  PANTAU_TRY_(PANTAU_JOIN(try_result_, __LINE__), declaration, expression)

// TRY_STATUS(write(bytes)); goes on, or returns the error.
#define TRY_STATUS(expression)                                                    \
  do {                                                                            \
    auto try_status = (expression);                                               \
    if (!try_status) return ::tl::make_unexpected(std::move(try_status).error()); \
  } while (false)
