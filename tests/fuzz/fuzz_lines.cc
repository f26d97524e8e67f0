// Any bytes as lines of the record format: a reader that has learned from the lines before, a
// fresh one and a library's parser must say the same of each.
#include <cstdint>
#include <string>
#include <string_view>

#include "classifiers/base/check.h"
#include "pipeline/layouts/layouts.h"
#include "tests/layouts/reading_text.h"
#include "tests/support/plain_reader.h"

namespace {

using namespace pantau;

std::string said_by(OneLine& reader, std::string_view line) {
  const Reading reading = reader.read(line, '"');
  return reading.is == Reading::Is::Act ? to_text(plain_record(reader.record()))
                                        : std::string(reading.reason);
}

std::string said_plainly(const PlainReading& reading) {
  return reading.reason.empty() ? to_text(reading.record) : reading.reason;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  OneLine experienced(pantau_layout());
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const PlainReading plain = read_plainly(line);
    OneLine fresh(pantau_layout());
    const std::string said = said_by(experienced, line);
    CHECK(said == said_by(fresh, line), "what was learned changes nothing");
    CHECK(plain.unsure || said == said_plainly(plain), "both read the same");
  }
  return 0;
}
