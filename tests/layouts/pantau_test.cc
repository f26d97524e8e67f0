#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "pipeline/layouts/layouts.h"
#include "tests/layouts/reading_text.h"

namespace pantau {
namespace {

// A good comment, and what comes of it when one field is another. `changes` are
// pairs of a key and its JSON; "" leaves the field out.
using Changes = std::vector<std::pair<std::string, std::string>>;

std::string line_with(const Changes& changes) {
  Changes fields = {{"platform", R"("instagram")"},
                    {"kind", R"("comment")"},
                    {"id", R"("17890")"},
                    {"actor", R"({"id":"501","handle":"@Ayu_99","name":"Ayu"})"},
                    {"target", R"({"id":"77"})"},
                    {"object_id", R"("4001")"},
                    {"text", R"("Mantap")"},
                    {"created_at", R"("2024-11-01T10:00:00+08:00")"},
                    {"observed_at", R"("2024-11-02T10:00:00Z")"}};
  for (const auto& change : changes) {
    const auto found = std::ranges::find(fields, change.first, &Changes::value_type::first);
    if (found == fields.end()) {
      fields.push_back(change);
    } else {
      found->second = change.second;
    }
  }
  std::string line = "{";
  for (const auto& [key, json] : fields) {
    if (json.empty()) continue;
    if (line.size() > 1) line += ',';
    line += '"' + key + "\":" + json;
  }
  return line + "}";
}

class PantauLayout : public testing::Test {
 protected:
  std::string reason(const Changes& changes) { return reason_of(lines_, line_with(changes)); }
  std::string reason(std::string_view line) { return reason_of(lines_, line); }

  const Record& read(const Changes& changes) {
    EXPECT_EQ(reason(changes), "") << line_with(changes);
    return lines_.record();
  }

  OneLine lines_{pantau_layout()};
};

TEST_F(PantauLayout, ReadsARecord) {
  const Record& record = read({{"url", R"("https://example.org/p")"}, {"provenance", R"("api")"}});
  EXPECT_EQ(text_of(record),
            "  id: 17890\n"
            "  actor.id: 501\n"
            "  actor.handle: @Ayu_99\n"
            "  actor.name: Ayu\n"
            "  target.id: 77\n"
            "  object_id: 4001\n"
            "  text: Mantap\n"
            "  created_at: 2024-11-01T10:00:00+08:00\n"
            "  observed_at: 2024-11-02T10:00:00Z\n"
            "  time: 2024-11-01T02:00:00Z\n"
            "  url: https://example.org/p\n"
            "  provenance: api\n");
  EXPECT_EQ(record.platform, "instagram");
  EXPECT_EQ(record.kind, Kind::Comment);
}

TEST_F(PantauLayout, IsJsonFromEndToEnd) {
  const std::string good = line_with({});
  EXPECT_EQ(reason("  " + good + " \t\r"), "");
  for (const std::string& line :
       {std::string(), std::string(" "), good + "x", good + good, good + ",", "[" + good + "]",
        good.substr(0, good.size() - 1), good.substr(1), std::string("{}}"), std::string("{"),
        std::string("\"text\""), std::string("{\"a\"}"), std::string("{\"a\":}"),
        std::string("{\"a\":1,}"), std::string("{a:1}"), std::string("\xEF\xBB\xBF") + good}) {
    EXPECT_EQ(reason(line), "json") << line;
  }
  EXPECT_EQ(reason("{}"), "missing:platform");
}

TEST_F(PantauLayout, EveryCutOffLineIsRejected) {
  const std::string good = line_with({{"more", R"({"a":[1,{"b":"c\n"}]})"}});
  for (std::size_t size = 1; size < good.size(); size++) {
    EXPECT_EQ(reason(good.substr(0, size)), "json") << good.substr(0, size);
  }
}

TEST_F(PantauLayout, ChecksWhatItIgnores) {
  for (const char* json :
       {"1", "-0.5e+7", "1e400", "123456789012345678901234567890", "[]", "{}", "[1,[2,{\"a\":[]}]]",
        "true", "false", "null", R"("\u00e9\n\"\\\/")", R"("\ud83d")", R"("\udc00x")"}) {
    EXPECT_EQ(reason({{"unknown", json}}), "") << json;
    EXPECT_EQ(reason({{"actor", std::string(R"({"id":"1","more":)") + json + "}"}}), "") << json;
  }
  for (const char* json :
       {"01",      "1.",          ".5",        "+1",       "1e",   "--1",        "tru",
        "nulll",   "NaN",         "'a'",       "[1 2]",    "[1,]", "{\"a\"}",    "[",
        R"("\x")", R"("\u12g4")", R"("\u12")", "\"a\tb\"", "1 2",  "\"a\" \"b\""}) {
    EXPECT_EQ(reason({{"unknown", json}}), "json") << json;
    EXPECT_EQ(reason({{"actor", std::string(R"({"id":"1","more":)") + json + "}"}}), "json")
        << json;
  }
}

TEST_F(PantauLayout, Utf8IsCheckedFirst) {
  EXPECT_EQ(reason({{"text", "\"a\xFF\""}}), "utf8");
  EXPECT_EQ(reason({{"unknown", "\"a\xED\xA0\x80\""}}), "utf8");  // a surrogate
  EXPECT_EQ(reason({{"text", "\"a\xC3\""}}), "utf8");
  EXPECT_EQ(reason(std::string("{\"a\":\xFF")), "utf8");
  EXPECT_EQ(reason(std::string(200, '[') + "\xFF"), "utf8");
  EXPECT_EQ(reason(line_with({}) + "\xC3"), "utf8");
}

std::string nested(int depth, char open, char close) {
  const auto count = static_cast<std::size_t>(depth);
  std::string text;
  for (int i = 0; i < depth; i++) text += open == '{' ? std::string("{\"a\":") : std::string("[");
  return text + "1" + std::string(count, close);
}

TEST_F(PantauLayout, NestingHasALimit) {
  EXPECT_EQ(reason({{"unknown", nested(63, '[', ']')}}), "");
  EXPECT_EQ(reason({{"unknown", nested(64, '[', ']')}}), "depth");
  EXPECT_EQ(reason({{"unknown", nested(63, '{', '}')}}), "");
  EXPECT_EQ(reason({{"unknown", nested(64, '{', '}')}}), "depth");
  EXPECT_EQ(reason({{"actor", nested(64, '{', '}')}}), "depth");
  EXPECT_EQ(reason({{"text", nested(64, '[', ']')}}), "depth");
  EXPECT_EQ(reason(std::string(100000, '[')), "depth") << "and not json";
  EXPECT_EQ(reason(std::string("{\"a\":tru,\"b\":") + nested(70, '[', ']') + "}"), "depth");
  EXPECT_EQ(reason({{"text", '"' + std::string(1000, '[') + '"'}}), "");
}

TEST_F(PantauLayout, NeedsAPlatformAndAKind) {
  EXPECT_EQ(reason({{"platform", ""}}), "missing:platform");
  EXPECT_EQ(reason({{"platform", "null"}}), "missing:platform");
  EXPECT_EQ(reason({{"platform", R"("")"}}), "missing:platform");
  EXPECT_EQ(reason({{"platform", R"("X")"}}), "platform");
  EXPECT_EQ(reason({{"platform", R"("face book")"}}), "platform");
  EXPECT_EQ(reason({{"platform", "7"}}), "platform");
  EXPECT_EQ(reason({{"kind", ""}}), "missing:kind");
  EXPECT_EQ(reason({{"kind", "null"}}), "missing:kind");
  EXPECT_EQ(reason({{"kind", R"("Post")"}}), "kind");
  EXPECT_EQ(reason({{"kind", "[]"}}), "kind");
}

TEST_F(PantauLayout, NeedsAnId) {
  for (const char* nothing : {"", "null", R"("")"}) {
    EXPECT_EQ(reason({{"id", nothing}}), "missing:id");
    EXPECT_EQ(reason({{"kind", R"("post")"}, {"id", nothing}}), "missing:id");
    EXPECT_EQ(reason({{"kind", R"("share")"}, {"id", nothing}}), "");
    EXPECT_EQ(reason({{"kind", R"("like")"}, {"id", nothing}}), "");
    EXPECT_EQ(reason({{"kind", R"("follow")"}, {"id", nothing}}), "");
  }
}

TEST_F(PantauLayout, IntegersKeepEveryDigit) {
  for (const char* digits : {"0", "9007199254740993", "18446744073709551615",
                             "-9223372036854775808", "17891234567890123456"}) {
    EXPECT_EQ(read({{"id", digits}}).id, digits);
    EXPECT_EQ(read({{"object_id", digits}}).object_id, digits);
    EXPECT_EQ(read({{"actor", std::string("{\"id\":") + digits + "}"}}).actor.id, digits);
  }
}

TEST_F(PantauLayout, DamagedIdsAreNeverKeyedOn) {
  for (const char* id : {"1.73E+18", "1e3", "1.0", "-1.5", R"("1.73E+18")", R"("1,73E+18")",
                         R"("12.0")", "18446744073709551616", "-9223372036854775809",
                         "123456789012345678901234567890", "true", "[]", R"({"id":"1"})"}) {
    EXPECT_EQ(reason({{"id", id}}), "id_damaged") << id;
    EXPECT_EQ(reason({{"object_id", id}}), "id_damaged") << id;
    EXPECT_EQ(reason({{"actor", std::string("{\"id\":") + id + "}"}}), "id_damaged") << id;
    EXPECT_EQ(reason({{"target", std::string("{\"id\":") + id + "}"}}), "id_damaged") << id;
  }
  EXPECT_EQ(read({{"id", R"("12e4567890")"}}).id, "12e4567890");
}

TEST_F(PantauLayout, NeedsAnActor) {
  for (const char* actor : {"", "null", "{}", R"("ayu")", "[]", R"({"name":"Ayu"})",
                            R"({"id":null,"handle":""})", R"({"handle":7})"}) {
    EXPECT_EQ(reason({{"actor", actor}}), "missing:actor") << actor;
  }
  EXPECT_EQ(read({{"actor", R"({"handle":"ayu"})"}}).actor.handle, "ayu");
}

TEST_F(PantauLayout, NeedsATarget) {
  for (const char* target : {"", "null", "{}", R"("ayu")", "[]", R"({"id":null,"name":""})"}) {
    for (const char* kind : {R"("comment")", R"("share")", R"("like")", R"("follow")"}) {
      EXPECT_EQ(reason({{"kind", kind}, {"target", target}}), "missing:target") << target;
    }
    EXPECT_EQ(reason({{"kind", R"("post")"}, {"target", target}}), "") << target;
  }
}

TEST_F(PantauLayout, ATargetWithANameAloneNeedsAnotherKey) {
  const std::string named = R"({"name":"Tim Fulan"})";
  EXPECT_EQ(reason({{"target", named}}), "");
  EXPECT_EQ(reason({{"kind", R"("like")"}, {"target", named}, {"id", ""}}), "");
  EXPECT_EQ(reason({{"kind", R"("like")"}, {"target", named}, {"id", ""}, {"object_id", ""}}),
            "missing:target");
}

TEST_F(PantauLayout, TextIsAStringOrNothing) {
  EXPECT_EQ(read({{"text", "null"}}).text, "");
  EXPECT_EQ(read({{"text", ""}}).text, "");
  for (const char* text : {"1", "true", "[]", "{}", R"(["a"])"}) {
    EXPECT_EQ(reason({{"text", text}}), "json") << text;
  }
}

TEST_F(PantauLayout, NeedsTimes) {
  EXPECT_EQ(reason({{"created_at", ""}}), "missing:created_at");
  EXPECT_EQ(reason({{"created_at", "null"}}), "missing:created_at");
  EXPECT_EQ(reason({{"kind", R"("share")"}, {"created_at", ""}}), "missing:created_at");
  for (const char* kind : {R"("like")", R"("follow")"}) {
    EXPECT_EQ(format_rfc3339(read({{"kind", kind}, {"created_at", ""}}).time),
              "2024-11-02T10:00:00Z");
    EXPECT_EQ(reason({{"kind", kind}, {"created_at", R"("yesterday")"}}), "time");
  }
  for (const char* time : {R"("2024-11-01")", R"("2024-11-01T10:00:00")",
                           R"("2024-13-01T10:00:00Z")", "1730426400", "true", "{}"}) {
    EXPECT_EQ(reason({{"created_at", time}}), "time") << time;
    EXPECT_EQ(reason({{"observed_at", time}}), "time") << time;
  }
  EXPECT_EQ(reason({{"observed_at", ""}}), "missing:observed_at");
  EXPECT_EQ(reason({{"observed_at", R"("")"}}), "missing:observed_at");
}

// One line, one reason: the first of the list at the top of pantau.cc.
TEST_F(PantauLayout, TellsTheFirstOfSeveralMistakes) {
  Changes changes = {{"platform", ""},     {"kind", ""},       {"id", ""},
                     {"object_id", "1.5"}, {"actor", ""},      {"target", ""},
                     {"text", "1"},        {"created_at", ""}, {"observed_at", ""}};
  const Changes mended = {{"platform", R"("x")"},
                          {"kind", R"("comment")"},
                          {"id", "1"},
                          {"object_id", "2"},
                          {"actor", R"({"id":"3"})"},
                          {"target", R"({"id":"4"})"},
                          {"text", R"("a")"},
                          {"created_at", R"("2024-11-01T10:00:00Z")"},
                          {"observed_at", R"("2024-11-01T10:00:00Z")"}};
  const char* const reasons[] = {
      "missing:platform",   "missing:kind",   "missing:id", "id_damaged",
      "missing:actor",      "missing:target", "json",       "missing:created_at",
      "missing:observed_at"};
  for (std::size_t i = 0; i < mended.size(); i++) {
    EXPECT_EQ(reason(changes), reasons[i]);
    changes[i] = mended[i];
  }
  EXPECT_EQ(reason(changes), "");
}

TEST_F(PantauLayout, WhatOnlyDescribesCostsNoRecord) {
  EXPECT_EQ(read({{"url", "7"}}).url, "");
  EXPECT_EQ(read({{"provenance", R"("rumour")"}}).provenance, Provenance::Export);
  EXPECT_EQ(read({{"provenance", "7"}}).provenance, Provenance::Export);
  EXPECT_EQ(read({{"provenance", R"("informant")"}}).provenance, Provenance::Informant);
  EXPECT_EQ(read({{"actor", R"({"id":"1","handle":7,"name":[]})"}}).actor.handle, "");
}

TEST_F(PantauLayout, OfDuplicateKeysTheFirstCounts) {
  const std::string good = line_with({});
  const std::string head = good.substr(0, good.size() - 1);
  EXPECT_EQ(reason(head + R"(,"id":"2","kind":"post","actor":{"id":"9"}})"), "");
  EXPECT_EQ(lines_.record().id, "17890");
  EXPECT_EQ(lines_.record().kind, Kind::Comment);
  EXPECT_EQ(lines_.record().actor.id, "501");
  EXPECT_EQ(reason(head + R"(,"id":2.5})"), "");
  EXPECT_EQ(reason(head + R"(,"id":2.})"), "json") << "checked all the same";
  EXPECT_EQ(reason({{"id", R"(null,"id":"7")"}}), "missing:id");
  EXPECT_EQ(read({{"actor", R"({"id":"1","id":"2"})"}}).actor.id, "1");
}

TEST_F(PantauLayout, AnEscapedKeyIsTheKeyItSpells) {
  EXPECT_EQ(read({{"actor", ""}, {"\\u0061ctor", R"({"\u0069d":"8"})"}}).actor.id, "8");
  EXPECT_EQ(reason({{"bad\\key", "1"}}), "json");
  EXPECT_EQ(reason({{"quoted\\\"key", "1"}}), "");
}

TEST_F(PantauLayout, UnescapesStrings) {
  EXPECT_EQ(read({{"text", R"("a\"\\\/\b\f\n\r\tz")"}}).text, "a\"\\/\b\f\n\r\tz");
  EXPECT_EQ(read({{"text", R"("\u0041\u00e9\u20AC\ud83d\uDE00")"}}).text, "Aé€😀");
  EXPECT_EQ(read({{"text", R"("\u0000")"}}).text, std::string_view("\0", 1));
  EXPECT_EQ(read({{"id", R"("\u0031")"}}).id, "1");
  EXPECT_EQ(read({{"kind", R"("\u0063omment")"}}).kind, Kind::Comment);
}

TEST_F(PantauLayout, ALoneSurrogateIsOneBrokenLetter) {
  EXPECT_EQ(read({{"text", R"("a\ud83d")"}}).text, "a\uFFFD");
  EXPECT_EQ(read({{"text", R"("\ude00z")"}}).text, "\uFFFDz");
  EXPECT_EQ(read({{"text", R"("\ud83d\ud83d\ude00")"}}).text, "\uFFFD😀");
  EXPECT_EQ(read({{"text", R"("\ud83dA")"}}).text, "\uFFFDA");
  EXPECT_EQ(read({{"text", R"("\ud83d\n")"}}).text, "\uFFFD\n");
  EXPECT_EQ(reason({{"text", R"("\ud83d\u12")"}}), "json");
}

// A record may not change when the reader goes on to the next line.
TEST(PantauReader, LeavesEarlierRecordsAlone) {
  const auto reader = std::move(pantau_layout().make_reader("").value());
  Arena arena;
  std::vector<std::string> texts;
  std::vector<Record> records(300);
  for (std::size_t i = 0; i < records.size(); i++) {
    texts.push_back(line_with({{"id", std::to_string(i)},
                               {"text", "\"\\u0041 " + std::string(i, 'x') + "\""}}) +
                    std::string(kChunkPaddingBytes, ' '));
  }
  for (std::size_t i = 0; i < records.size(); i++) {
    const std::string_view line = texts[i];
    ASSERT_EQ(reader->read(line.substr(0, line.size() - kChunkPaddingBytes), records[i], arena).is,
              Reading::Is::Act);
  }
  for (std::size_t i = 0; i < records.size(); i++) {
    EXPECT_EQ(records[i].id, std::to_string(i));
    EXPECT_EQ(records[i].text, "A " + std::string(i, 'x'));
  }
}

TEST_F(PantauLayout, ALineOfMegabytesIsRead) {
  const std::string text(5u << 20, 'x');
  EXPECT_EQ(read({{"text", '"' + text + '"'}}).text.size(), text.size());
  EXPECT_EQ(read({}).text, "Mantap");
}

// Whatever becomes of a line, it may not depend on the bytes behind it, and what
// is accepted must be so for a reason: deleting any bracket or quote breaks it.
TEST_F(PantauLayout, RandomDamageIsNoticed) {
  std::mt19937 random(6);
  const std::string good = line_with({{"more", R"([{"a":[1,2,{"b":{}}]},"c",true])"}});
  for (int i = 0; i < 20000; i++) {
    std::string line = good;
    const std::size_t at = random() % line.size();
    if (random() % 2 == 0) {
      const bool is_structure = std::string_view("{}[]").find(line[at]) != std::string_view::npos;
      line.erase(at, 1);
      if (is_structure) {
        EXPECT_EQ(reason(line), "json") << line;
      }
    } else {
      line[at] = "{}[],:\"\\ 1x"[random() % 11];
    }
    const std::string expected = reason_of(lines_, line, '\n');
    EXPECT_EQ(reason_of(lines_, line, "{}[],:\"\\ 1x"[random() % 11]), expected) << line;
  }
}

TEST(Layouts, AreFoundByName) {
  EXPECT_EQ(all_layouts().front(), find_layout("pantau"));
  for (const Layout* const layout : all_layouts()) EXPECT_EQ(find_layout(layout->name()), layout);
  EXPECT_EQ(find_layout("nonsense"), nullptr);
}

TEST(Layouts, AStrangersFileIsReadAsRecords) {
  EXPECT_EQ(recognise_layout("").name(), "pantau");
  EXPECT_EQ(recognise_layout("{\"a\":1}\n").name(), "pantau");
  EXPECT_EQ(recognise_layout("a,b,c\n1,2,3\n").name(), "pantau");
}

TEST(Layouts, AreRecognisedBehindADamagedLine) {
  const std::string event = R"({"did":"did:plc:a","time_us":1,"kind":"identity"})";
  EXPECT_EQ(recognise_layout("{broken\n\n" + event + "\n{\"did\":\"cut o").name(), "jetstream");
  EXPECT_EQ(recognise_layout(line_with({}) + "\n").name(), "pantau");
}

}  // namespace
}  // namespace pantau
