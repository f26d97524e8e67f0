// Times as a mapping file describes them.
#pragma once

#include <toml++/toml.h>

#include <string>
#include <string_view>

#include "classifiers/base/arena.h"
#include "classifiers/base/mistakes.h"
#include "classifiers/base/time.h"

namespace pantau {

class MappedTime {
 public:
  // [time]: format and zone, both optional.
  static MappedTime read(const toml::table& table, Mistakes& mistakes);

  // As RFC 3339; "" if `text` is no time of this format.
  std::string_view to_rfc3339(std::string_view text, Arena& arena) const;

 private:
  std::string format_ = "rfc3339";
  TimeZone zone_ = TimeZone::utc();
};

}  // namespace pantau
