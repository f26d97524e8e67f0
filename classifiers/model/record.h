// One public act, as every layout and source delivers it (CONTRACT.md §2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "classifiers/base/time.h"

namespace pantau {

enum class Kind : std::uint8_t { Post, Comment, Share, Like, Follow };
inline constexpr std::size_t kKinds = 5;

enum class Provenance : std::uint8_t { Export, Api, Capture, Informant };

std::string_view name_of(Kind kind);                    // "post"
std::optional<Kind> kind_named(std::string_view name);  // nothing for an unknown name
std::string_view name_of(Provenance provenance);        // "export"
std::optional<Provenance> provenance_named(std::string_view name);

// An account as a record shows it. Empty means that it was not given. The
// handle is as read, perhaps with '@' and capitals; see handle_key() below.
struct Account {
  std::string_view id;
  std::string_view handle;
  std::string_view name;

  bool known() const { return !id.empty() || !handle.empty(); }
};

// Points into its batch's bytes and owns nothing; empty means "not given".
// Times stay as they were read, because evidence shows what was received;
// `time` is what they mean: created_at, else observed_at.
struct Record {
  Kind kind = Kind::Post;
  Provenance provenance = Provenance::Export;
  std::string_view platform;
  std::string_view id;
  Account actor;
  Account target;
  std::string_view object_id;
  std::string_view text;
  std::string_view created_at;
  std::string_view observed_at;
  std::string_view url;
  Instant time;
};
static_assert(std::is_trivially_destructible_v<Record>, "a batch drops its records in one go");

// The form in which handles compare: without a leading '@', ASCII letters small.
std::string handle_key(std::string_view handle);

// True for a name of a platform: [a-z0-9_]+
bool is_platform_name(std::string_view name);

// True for an id in floating or scientific form, "1.73E+18" or "12.0": what a
// spreadsheet leaves of a long number. Such an id names nobody.
bool is_damaged_id(std::string_view id);

}  // namespace pantau
