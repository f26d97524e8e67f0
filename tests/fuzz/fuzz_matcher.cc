// Any bytes as the text of an act in a fixed made-up world: the engine and its slow twin must find
// the same. The first bytes choose who acts, towards whom, when and what.
#include <unicode/utf8.h>

#include <cstdint>
#include <string_view>

#include "classifiers/base/check.h"
#include "tests/engine/engine_answer.h"
#include "tests/support/random_world.h"

namespace {

using namespace pantau;

constexpr std::size_t kChoices = 4;
constexpr std::size_t kTextBytesMax = 2'000;  // the twin is slow

bool is_utf8(const std::uint8_t* bytes, std::size_t size) {
  const auto length = static_cast<std::int32_t>(size);
  for (std::int32_t at = 0; at < length;) {
    UChar32 c;
    U8_NEXT(bytes, at, length, c);
    if (c < 0) return false;
  }
  return true;
}

struct World {
  RandomWorld made{1};
  PlainMatcher plain{made.lists()};
  Engine engine = make_engine(made.lists());
  Engine::ScratchPtr scratch = engine.make_scratch();
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static World world;
  if (size < kChoices || size > kChoices + kTextBytesMax) return 0;
  if (!is_utf8(data + kChoices, size - kChoices)) return 0;
  const PlainLists& lists = world.made.lists();
  const RosterLine& subject = lists.roster[data[0] % lists.roster.size()];
  Record record;
  record.kind = static_cast<Kind>(data[1] % kKinds);
  record.platform = subject.platform;
  record.actor = {subject.account_id, subject.handle, {}};
  if (!lists.campaign.empty() && data[2] != 0) {
    const CampaignEntry& entry = lists.campaign[data[2] % lists.campaign.size()];
    record.target = {entry.account_id, entry.handle, {}};
  }
  const Contest& contest = lists.contests.front();
  record.time = contest.zone.start_of(contest.determination + std::chrono::days(data[3] % 40));
  record.text = {reinterpret_cast<const char*>(data) + kChoices, size - kChoices};
  const std::optional<PlainFlag> found =
      answers(world.engine, std::span<const Record>(&record, 1), *world.scratch).front();
  CHECK(to_text(found) == to_text(world.plain.flag(record)), "both find the same");
  return 0;
}
