// Any bytes as a line: JsonLine and simdjson's strict parser must agree.
#include <cstdint>
#include <string>

#include "classifiers/base/check.h"
#include "tests/layouts/json_twin.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pantau;
  static JsonLine json;
  static simdjson::dom::parser strict;
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  CHECK(disagreement(json, strict, line).empty(), "both read JSON");
  return 0;
}
