// Keys of a [[source]] table that several platforms have.
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "classifiers/base/toml_reader.h"
#include "classifiers/model/record.h"
#include "pipeline/ingest/source.h"

namespace pantau {

// The address of a server, "https://host[:port][/path]" without a slash at its end; `otherwise` if
// the key is absent, which is a mistake if that is empty.
std::string server_key(TomlReader& table, std::string_view key, std::string_view otherwise);

// Whether `url` is the address of a server, of `scheme` ("https", "wss") or the same without TLS.
bool is_server_address(std::string_view url, std::string_view scheme);

// Kinds of acts, of those that a platform can be asked for.
class KindSet {
 public:
  void add(Kind kind) { bits_ |= 1U << static_cast<unsigned>(kind); }
  bool has(Kind kind) const { return (bits_ >> static_cast<unsigned>(kind) & 1) != 0; }
  std::string text() const { return std::to_string(bits_); }

 private:
  unsigned bits_ = 0;
};

// The key `kinds`, all of `possible` if it is absent.
KindSet kinds_key(TomlReader& table, std::initializer_list<Kind> possible);

// The key `posts_days_max`: posts that are older are not asked about. None: all are.
std::optional<std::chrono::days> posts_days_max_key(TomlReader& table);

// Whether a post of this time is older at the time of the answer.
bool is_too_old(std::string_view created_at, const std::optional<std::chrono::days>& days_max,
                const Answer& answer);

// A record as this answer shows it: by its platform's interface, at the time it was received.
Record record_of(std::string_view platform, const Answer& answer, Arena& arena);

}  // namespace pantau
