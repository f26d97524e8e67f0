// Lines whose fields are not where, or not what, a quick look would take them for.
#include "tests/sweep/hostile_line.h"

namespace pantau {
namespace {

using HostileFields = HostileLine;

TEST_F(HostileFields, AnActorInsideOfAnotherObjectIsNotTheActor) {
  for (const std::string& hull :
       {std::string(R"("origin":{"actor":%})"), std::string(R"("origin":[{"actor":%}])"),
        std::string(R"("actors":[%,%])"), std::string(R"("a":{"b":{"c":{"d":{"actor":%}}}})"),
        std::string(R"("a":{"b":{"c":{"d":{"e":{"f":{"actor":%}}}}}})"),
        std::string(R"("a":[[[[[{"platform":"x","actor":%}]]]]])"), std::string(R"("Actor":%)"),
        std::string(R"("actor ":%)"), std::string(R"("target ":%)")}) {
    const auto around = [&](const std::string& actor) {
      std::string text = hull;
      for (std::size_t at = text.find('%'); at != std::string::npos; at = text.find('%')) {
        text.replace(at, 1, actor);
      }
      return text;
    };
    expect("{" + around(kSubject) + "," + post_of(kStranger).substr(1), "");
    expect("{" + around(kStranger) + "," + post_of(kSubject).substr(1), kFlagged);
    expect(post_of(kStranger, "," + around(kSubject)), "");
    expect(post_of(kSubject, "," + around(kStranger)), kFlagged);
  }
}

TEST_F(HostileFields, AnActorInsideOfTheActorIsNotTheActor) {
  expect(post_of(R"({"actor":{"id":"7"},"id":"8"})"), "");
  expect(post_of(R"({"actor":{"id":"8"},"id":"7"})"), kFlagged);
  expect(post_of(R"({"id":"8","more":{"id":"7","handle":"guru"}})"), "");
  expect(post_of(R"({"more":[{"id":"8"}],"id":"7"})"), kFlagged);
}

TEST_F(HostileFields, KeysInsideOfStringsAreText) {
  const std::string subject = R"(\"actor\":{\"id\":\"7\"})";
  const std::string stranger = R"(\"actor\":{\"id\":\"8\"})";
  expect(R"({"note":"{)" + subject + R"(}",)" + post_of(kStranger).substr(1), "");
  expect(R"({"note":"{)" + stranger + R"(}",)" + post_of(kSubject).substr(1), kFlagged);
  expect(R"({"note":",\"platform\":\"x\",)" + subject + R"(",)" + post_of(kStranger).substr(1), "");
  expect(post_of(kSubject, R"(,"note":"},{)" + stranger + R"(")"), kFlagged);
  expect(R"({"\"actor\":{\"id\":\"7\"}":1,)" + post_of(kStranger).substr(1), "");
}

TEST_F(HostileFields, OfTwoActorsTheFirstCounts) {
  const auto with_two = [](const std::string& first, const std::string& second) {
    return R"({"actor":)" + first + "," + post_of(second).substr(1);
  };
  expect(with_two(kSubject, kStranger), kFlagged);
  expect(with_two(kStranger, kSubject), "");
  expect(with_two(R"({"handle":"guru"})", R"({"id":"8","handle":"lain"})"), kFlagged);
  expect_of_stranger(with_two("null", kSubject), "rejected: missing:actor");
  expect_of_stranger(with_two("{}", kSubject), "rejected: missing:actor");
  expect_of_stranger(with_two(R"("7")", kSubject), "rejected: missing:actor");
  expect(post_of(kSubject, R"(,"actor":{"id":"8"})"), kFlagged);
  expect(post_of(kStranger, R"(,"actor":{"id":"7"})"), "");
}

TEST_F(HostileFields, OfTwoIdsOfTheActorTheFirstCounts) {
  expect(post_of(R"({"id":"7","id":"8"})"), kFlagged);
  expect(post_of(R"({"id":"8","id":"7"})"), "");
  expect(post_of(R"({"id":null,"id":"7","handle":"siapa"})"), "");
  expect(post_of(R"({"id":null,"handle":"guru","id":"8"})"), kFlagged);
  expect(post_of(R"({"handle":"tanpa.id","handle":"siapa"})"), kFlagged);
  expect(post_of(R"({"handle":"siapa","handle":"tanpa.id"})"), "");
}

TEST_F(HostileFields, OfOtherFieldsToldTwiceTheFirstCounts) {
  expect(post_of(kSubject, R"(,"text":"lain","id":"2","kind":"like","target":{"id":"98"})"),
         kFlagged);
  expect(R"({"text":"pertama",)" + post_of(kSubject).substr(1), "flag x/post/1: pertama");
  expect(R"({"id":5,)" + post_of(kSubject).substr(1), "flag x/post/5: halo");
  expect(R"({"platform":"x","platform":"y",)" + post_of(kSubject).substr(16), kFlagged);
  expect(R"({"platform":"y",)" + post_of(kSubject).substr(1), "");
  expect(R"({"text":null,)" + post_of(kSubject).substr(1), "flag x/post/1: -");
  expect(R"({"kind":"share",)" + post_of(kSubject).substr(1), "flag x/share/1: halo");
}

TEST_F(HostileFields, AnEscapedKeyIsTheKeyItSpells) {
  const std::string rest = post_of(kStranger).substr(1);
  const std::string subjects = post_of(kSubject).substr(1);
  for (const std::string key : {R"("\u0061ctor")", R"("acto\u0072")", R"("\u0061\u0063tor")"}) {
    expect("{" + key + R"(:{"id":"7"},)" + rest, kFlagged);
    expect("{" + key + R"(:{"id":"8"},)" + subjects, "");
  }
  expect(R"({"platfor\u006d":"y",)" + subjects, "");
  expect(R"({"platform":"x","kind":"post","id":"1","\u0061ctor":{"\u0069d":"7"},"target":)"
         R"({"id":"99"},"text":"halo","created_at":"2024-10-01T08:00:00Z","observed_at":)"
         R"("2024-10-01T09:00:00Z"})",
         kFlagged);
  expect(R"({"te\u0078t":"pertama",)" + subjects, "flag x/post/1: pertama");
  expect(R"({"actor\u0000":{"id":"7"},)" + rest, "");
  expect(post_of(R"({"\u0069d":"7","id":"8"})"), kFlagged);
  expect(post_of(R"({"\u0069d":"8","id":"7"})"), "");
}

TEST_F(HostileFields, AnEscapedValueIsTheValueItSpells) {
  expect(post_of(R"({"id":"\u0037"})"), kFlagged);
  expect(post_of(R"({"id":"\u0038"})"), "");
  expect(post_of(R"({"handle":"tanpa\u002eid"})"), kFlagged);
  expect(post_of(R"({"handle":"\u0040TANPA.ID"})"), kFlagged);
  expect(post_of(R"({"id":"8\/7"})"), "");
  expect(post_of(R"({"id":"7\u0000"})"), "");
  expect(R"({"platform":"\u0078",)" + post_of(kSubject).substr(16), kFlagged);
  expect(R"({"platform":"x","target":{"id":"9\u0039"},"kind":"p\u006fst",)" +
             post_of(kSubject).substr(30),
         kFlagged);
}

TEST_F(HostileFields, IdsAsNumbersAreRightToTheLastDigit) {
  expect(post_of(R"({"id":7})"), kFlagged);
  expect(post_of(R"({"id": 7 })"), kFlagged);
  expect(post_of(R"({"id":18446744073709551615})"), kFlagged);
  expect(post_of(R"({"id":"18446744073709551615"})"), kFlagged);
  expect(post_of(R"({"id":18446744073709551614})"), "");
  expect(post_of(R"({"id":-7})"), "");
  expect(post_of(R"({"id":"07"})"), "");
  expect(post_of(R"({"id":"+7"})"), "");
  expect(post_of(R"({"id":" 7"})"), "");
  expect(post_of(R"({"id":0})"), "");
  for (const char* number :
       {"07", "+7", "7.", ".7", "0x7", "7_", "- 7", "--7", "00", "7e", "7e+"}) {
    expect_of_stranger(post_of(std::string(R"({"id":)") + number + "}"), kJson);
    expect(post_of(kSubject, std::string(R"(,"number":)") + number), kJson);
  }
  for (const char* number :
       {"7.0", "7e0", "7E+0", "70e-1", "1.73E+18", "18446744073709551616", "1e400", R"("7.0")",
        R"("7e0")", R"("1.73E+18")", R"("1,73E+18")", "true", "[7]", R"({"id":7})"}) {
    expect_of_stranger(post_of(std::string(R"({"id":)") + number + "}"), "rejected: id_damaged");
    expect(R"({"object_id":)" + std::string(number) + "," + post_of(kSubject).substr(1),
           "rejected: id_damaged");
  }
}

TEST_F(HostileFields, AValueOfAnotherTypeIsNotTakenForTheUsualOne) {
  expect_of_stranger(post_of("7"), "rejected: missing:actor");
  expect_of_stranger(post_of(R"(["7"])"), "rejected: missing:actor");
  expect_of_stranger(post_of(R"([{"id":"7"}])"), "rejected: missing:actor");
  expect_of_stranger(post_of("{}"), "rejected: missing:actor");
  expect_of_stranger(post_of(R"({"name":"Guru"})"), "rejected: missing:actor");
  expect_of_stranger(post_of(R"({"handle":7})"), "rejected: missing:actor");
  expect(post_of(R"({"id":"7","handle":7,"name":[]})"), kFlagged);
  expect(post_of(R"({"id":"","handle":"guru"})"), kFlagged);
  expect(post_of(R"({"id":null,"handle":"guru"})"), kFlagged);
  const std::string rest = post_of(kSubject).substr(16);
  expect_of_stranger(R"({"platform":7,)" + rest, "rejected: platform");
  expect_of_stranger(R"({"platform":["x"],)" + rest, "rejected: platform");
  expect_of_stranger(R"({"platform":null,)" + rest, "rejected: missing:platform");
  expect_of_stranger(R"({"platform":"X",)" + rest, "rejected: platform");
  expect(R"({"text":7,)" + post_of(kSubject).substr(1), kJson);
  expect(R"({"text":{"text":"a"},)" + post_of(kSubject).substr(1), kJson);
  expect(R"({"kind":7,)" + post_of(kSubject).substr(1), "rejected: kind");
  expect(R"({"created_at":7,)" + post_of(kSubject).substr(1), "rejected: time");
  expect(R"({"observed_at":"kemarin",)" + post_of(kSubject).substr(1), "rejected: time");
}

TEST_F(HostileFields, EmptyAndVeryLongKeysAreKeys) {
  expect(R"({"":{"actor":{"id":"8"}},)" + post_of(kSubject).substr(1), kFlagged);
  expect(R"({"":7,"":8,)" + post_of(kStranger).substr(1), "");
  expect(post_of(R"({"":"8","id":"7"})"), kFlagged);
  for (const std::size_t size :
       {15U, 16U, 17U, 30U, 31U, 32U, 33U, 34U, 63U, 64U, 65U, 66U, 255U, 256U, 257U, 70'000U}) {
    const std::string key(size, 'k');
    expect("{\"" + key + "\":\"v\"," + post_of(kSubject).substr(1), kFlagged);
    expect("{\"" + key + "\":\"v\"," + post_of(kStranger).substr(1), "");
    expect(post_of("{\"" + key + R"(":null,"id":"7"})"), kFlagged);
    expect(post_of(kSubject, ",\"" + key + "\":{}"), kFlagged);
  }
}

TEST_F(HostileFields, AHundredThousandKeysAreRead) {
  std::string many;
  for (int i = 0; i < 100'000; i++) many += "\"k" + std::to_string(i) + "\":0,";
  for (const std::string& actor : {kSubject, kStranger}) {
    const std::string expected = actor == kSubject ? kFlagged : "";
    const std::string before = "{" + many + post_of(actor).substr(1);
    std::string behind = post_of(actor, "," + many);
    behind.erase(behind.rfind(','), 1);
    const std::string inside = post_of("{" + many + actor.substr(1));
    for (const std::string& line : {before, behind, inside}) {
      for (const Validate validate : {Validate::All, Validate::Subjects}) {
        const Fates fates =
            read_file_bytes(engine_of_lines(), post_of(kStranger) + "\n" + line + "\n",
                            {validate, ChunkLimits().chunk_bytes});
        EXPECT_EQ(fates.of(2), expected);
      }
    }
  }
}

}  // namespace
}  // namespace pantau
