// The skimmer against the parser: it may say nothing, but what it says must be right, must be the
// same with every kernel, and must not depend on what it has learned.
#include "pipeline/layouts/skim.h"

#include <gtest/gtest.h>

#include <random>

#include "pipeline/layouts/layout.h"

namespace pantau {
namespace {

struct Said {
  bool skims = false;
  std::string actor;

  friend bool operator==(const Said&, const Said&) = default;
};

std::string padded(std::string_view line) {
  return std::string(line) + std::string(kChunkPaddingBytes, '"');  // the worst to read by mistake
}

Said said_by(LineSkimmer& skimmer, std::string_view line) {
  const std::string bytes = padded(line);
  SkimWalk walk;
  Said said;
  const std::string_view object = object_in(std::string_view(bytes).substr(0, line.size()));
  said.skims = !object.empty() && skimmer.skim(object, walk);
  if (said.skims) {
    const SkimmedActor actor = actor_of(walk);
    said.actor =
        std::string(actor.platform) + '|' + std::string(actor.id) + '|' + std::string(actor.handle);
  }
  return said;
}

// What parsing says; nothing if the line is no act.
std::string parsed(std::string_view line) {
  static const auto reader = *find_layout("pantau")->make_reader("");
  const std::string bytes = padded(line);
  Arena arena;
  Record record;
  const Reading reading =
      reader->read(std::string_view(bytes).substr(0, line.size()), record, arena);
  if (reading.is != Reading::Is::Act) return {};
  return std::string(record.platform) + '|' + std::string(record.actor.id) + '|' +
         std::string(record.actor.handle);
}

void expect_truth(std::string_view line) {
  LineSkimmer fresh;
  const Said said = said_by(fresh, line);
  const std::string truth = parsed(line);
  if (said.skims && !truth.empty()) {
    EXPECT_EQ(said.actor, truth) << line;
  }
}

const std::string kTail =
    R"(,"target":{"id":"9"},"object_id":"5","observed_at":"2024-10-01T08:00:00Z"})";

TEST(Skim, KnowsTheActorOfOrdinaryLines) {
  LineSkimmer skimmer;
  for (int i = 0; i < 3; i++) {
    EXPECT_EQ(
        said_by(skimmer,
                R"({"platform":"x","kind":"like","actor":{"id":"11","handle":"a.b"})" + kTail),
        (Said{true, "x|11|a.b"}));
    EXPECT_EQ(
        said_by(skimmer, R"({"kind":"like", "actor": {"handle": "@C", "id": 12345678901234567890},)"
                         R"( "platform": "ig")" +
                             kTail),
        (Said{true, "ig|12345678901234567890|@C"}));
    EXPECT_EQ(
        said_by(skimmer,
                R"({"platform":"x","actor":{"name":"Añ","id":null,"handle":"q"},"kind":"like")" +
                    kTail),
        (Said{true, "x||q"}));
  }
}

TEST(Skim, SaysNothingWhereParsingCouldSeeSomethingElse) {
  LineSkimmer skimmer;
  for (const char* line : {
           R"({"platform":"x","actor":{"id":"1\u0031"},"kind":"like"})",      // an escape
           R"({"platform":"x","\u0061ctor":{"id":"1"},"actor":{"id":"2"}})",  // a key that spells
                                                                              // actor
           R"({"platform":"x","actor":null,"actor":{"id":"2"}})",             // the first counts
           R"({"platform":"x","actor":{"id":"1","id":"2"}})",                 // twice
           R"({"platform":"x","platform":"y","actor":{"id":"2"}})",
           R"({"platform":"x","media":[{"actor":{"id":"3"}}],"actor":{"id":"2"}})",
           R"({"platform":"x","actor":{"id":-2}})",
           R"({"platform":"x","actor":{"id":1.5}})",
           R"({"platform":"x","actor":{"id":{"id":"1"}},"id":"7"]})",
           R"({"platform":"x","actor":{"id":"1"})",
           R"({"platform":7,"actor":{"id":"1"}})",
           R"(["platform","x"])",
           "",
           "{",
           "}",
       }) {
    const Said said = said_by(skimmer, line);
    if (said.skims) {
      EXPECT_TRUE(parsed(line).empty() || parsed(line) == said.actor) << line;
    }
    expect_truth(line);
  }
  EXPECT_FALSE(
      said_by(skimmer, R"({"platform":"x","actor":{"id":"1\u0031"},"kind":"like"})").skims);
  EXPECT_FALSE(said_by(skimmer, R"({"platform":"x","actor":{"id":"1","id":"2"}})").skims);
}

TEST(Skim, IsNotMisledByAnActorInsideAnotherField) {
  LineSkimmer skimmer;
  EXPECT_EQ(
      said_by(skimmer,
              R"({"platform":"x","origin":{"actor":{"id":"3"}},"actor":{"id":"2"},"kind":"like")" +
                  kTail),
      (Said{true, "x|2|"}));
  EXPECT_EQ(said_by(skimmer, R"({"text":"{\"actor\"","platform":"x","actor":{"id":"2"}})"),
            (Said{true, "x|2|"}));
}

// A no must be certain, wherever in the line the byte is.
TEST(Skim, TellsOfEveryByteBeyondAscii) {
  const std::string line =
      R"({"platform":"x","kind":"post","id":"1","actor":{"id":"11","name":"a name that is)"
      R"( longer than a vector of bytes, so that one has to be followed by another one"},)"
      R"("other":7,"text":"escaped \n text","created_at":"2024-10-01T08:00:00Z"})";
  for (const NamedSkimKernel& kernel : skim_kernels()) {
    LineSkimmer skimmer(kernel.kernel);
    const auto followed = [&](std::string_view bytes) {
      SkimWalk walk;
      const bool whole = skimmer.follow(bytes.data(), bytes.data() + line.size(), walk) &&
                         skimmer.read_on(bytes.substr(0, line.size()), walk);
      return std::pair(whole, walk.beyond_ascii);
    };
    const std::string sound = padded(line);
    SkimWalk walk;
    const std::string_view object = std::string_view(sound).substr(0, line.size());
    ASSERT_TRUE(skimmer.learn(object, walk) && skimmer.read_on(object, walk));
    ASSERT_TRUE(followed(sound).first);
    for (std::size_t at = 0; at < line.size(); at++) {
      std::string changed = sound;
      changed[at] = '\xC3';
      const auto [whole, beyond_ascii] = followed(changed);
      EXPECT_TRUE(!whole || beyond_ascii) << kernel.name << ' ' << at;
    }
  }
}

TEST(Skim, DoesNotReadBeyondTheLine) {
  LineSkimmer skimmer;
  const std::string line = R"({"platform":"x","actor":{"id":"11"},"kind":"like"})";
  ASSERT_TRUE(said_by(skimmer, line).skims);
  for (std::size_t size = 0; size < line.size(); size++) {
    const Said said = said_by(skimmer, std::string_view(line).substr(0, size));
    EXPECT_FALSE(said.skims && size < line.find("},")) << size;
  }
}

// A line of random writers, mostly sound, at times damaged.
class RandomLines {
 public:
  explicit RandomLines(std::uint64_t seed) : random_(seed) {}

  std::string next() {
    std::vector<std::string> fields = {
        R"("platform")" + colon() + pick({R"("x")", R"("ig")", "null", "3"}),
        R"("kind")" + colon() + R"("like")", R"("actor")" + colon() + account(),
        R"("target")" + colon() + account(),
        R"("observed_at")" + colon() + R"("2024-10-01T08:00:00Z")"};
    if (chance(30))
      fields.push_back(R"("extra")" + colon() +
                       pick({"1", "true", "[1,{}]", account(), "\"é\\n\""}));
    if (chance(5)) fields.push_back(R"("actor")" + colon() + account());
    if (chance(40)) std::shuffle(fields.begin(), fields.end(), random_);
    std::string line = "{";
    for (std::size_t i = 0; i < fields.size(); i++) line += (i > 0 ? comma_ : "") + fields[i];
    line += "}";
    if (chance(10)) line[random_() % line.size()] = "\"\\{}:,1x\x01"[random_() % 9];
    if (chance(3)) line.resize(random_() % line.size());
    comma_ = chance(95) ? "," : ", ";
    return line;
  }

 private:
  bool chance(unsigned percent) { return random_() % 100 < percent; }
  std::string pick(std::vector<std::string> of) { return of[random_() % of.size()]; }
  std::string colon() { return chance(90) ? ":" : " : "; }

  std::string account() {
    std::string fields =
        R"("id")" + colon() +
        pick({"\"1\"", "\"22\"", "333", "-4", "null", "\"\\u0031\"", "\"\"", "1e3"});
    if (chance(60))
      fields += comma_ + R"("handle")" + colon() + pick({"\"a\"", "\"@B\"", "null", "7"});
    if (chance(30))
      fields = R"("name")" + colon() +
               pick({"\"N\"", "\"\\\"q\"", "\"" + std::string(100, 'n') + "\""}) + comma_ + fields;
    if (chance(5)) fields += comma_ + R"("id":"9")";
    return "{" + fields + "}";
  }

  std::mt19937_64 random_;
  std::string comma_ = ",";
};

TEST(Skim, AgreesWithTheParserAndWithEveryKernelOnRandomLines) {
  constexpr std::uint64_t kSeed = 20241127;
  RandomLines lines(kSeed);
  std::vector<LineSkimmer> learned;
  for (const NamedSkimKernel& kernel : skim_kernels()) learned.emplace_back(kernel.kernel);
  int skimmed = 0;
  for (int i = 0; i < 50'000; i++) {
    const std::string line = lines.next();
    LineSkimmer fresh;
    const Said said = said_by(fresh, line);
    for (LineSkimmer& skimmer : learned) {
      ASSERT_EQ(said_by(skimmer, line), said) << "line " << i << ": " << line;
    }
    const std::string truth = parsed(line);
    if (said.skims && !truth.empty()) {
      ASSERT_EQ(said.actor, truth) << "line " << i << ": " << line;
      skimmed++;
    }
  }
  EXPECT_GT(skimmed, 3'000);
}

}  // namespace
}  // namespace pantau
