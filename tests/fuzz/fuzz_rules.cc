// Rule packs and calendars are files that people write and send each other: whatever they
// hold, reading ends with a list or with its mistakes, and a pack that was read can be used.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "classifiers/base/check.h"
#include "classifiers/engine.h"

namespace {

using namespace pantau;

void use(RulePack pack, std::string_view text) {
  EngineLists lists;
  lists.packs.push_back(std::move(pack));
  const Result<Engine> engine = Engine::make(std::move(lists));
  CHECK(engine.has_value(), "a pack without mistakes compiles");
  const Engine::ScratchPtr scratch = engine->make_scratch();
  Record record;
  record.platform = "x";
  record.actor.id = "1";
  record.text = text;
  Findings findings;
  engine->run({&record, 1}, *scratch, findings);
  CHECK(findings.flags.empty(), "nobody is on an empty roster");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Mistakes in_pack("pack.toml", text);
  RulePack pack = read_rule_pack(text, in_pack);
  if (in_pack.empty()) use(std::move(pack), text);
  CHECK(in_pack.empty() == in_pack.report().empty(), "mistakes are told");

  Mistakes in_contests("contests.toml", text);
  ContestList contests;
  read_contests(text, in_contests, contests);
  return 0;
}
