// Bluesky's Jetstream, one event a line, as its WebSocket sends them.
#include <algorithm>

#include "pipeline/layouts/jetstream_event.h"
#include "pipeline/layouts/json_head.h"
#include "pipeline/layouts/layouts.h"

namespace pantau {
namespace {

class JetstreamReader final : public LineReader {
 public:
  Reading read(std::string_view line, Record& record, Arena& arena) override {
    JetstreamEvent event;
    const Reading reading = events_.read(line, event, arena);
    record = event.record;
    return reading;
  }

 private:
  JetstreamEvents events_;
};

class JetstreamLayout final : public Layout {
 public:
  std::string_view name() const override { return "jetstream"; }
  Framing framing() const override { return Framing::Lines; }

  bool recognises(std::string_view head) const override {
    return std::ranges::any_of(json_head_lines(head), [](const HeadLine& line) {
      const bool is_first =
          line.has("time_us") && line.has("kind") && line.string("did").starts_with("did:");
      return is_first || (line.string("$type") == "message" && line.has("payload"));
    });
  }

  Result<std::unique_ptr<LineReader>> make_reader(std::string_view) const override {
    return std::make_unique<JetstreamReader>();
  }
};

}  // namespace

const Layout& jetstream_layout() {
  static const JetstreamLayout layout;
  return layout;
}

}  // namespace pantau
