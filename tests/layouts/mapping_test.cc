// Mapping files: what they can say, and how mistakes in them are told.
#include "pipeline/layouts/mapping.h"

#include <gtest/gtest.h>
#include <toml++/toml.h>
#include <unistd.h>

#include "pipeline/layouts/mapped_time.h"
#include "tests/layouts/reading_file.h"

namespace pantau {
namespace {

std::unique_ptr<const Layout> mapping_of(const std::string& text) {
  Mistakes mistakes("mapping.toml", text);
  std::unique_ptr<const Layout> layout = read_mapping(text, mistakes);
  EXPECT_TRUE(mistakes.empty()) << mistakes.report();
  return layout;
}

std::string mistakes_of(const std::string& text) {
  Mistakes mistakes("mapping.toml", text);
  EXPECT_EQ(read_mapping(text, mistakes), nullptr);
  return mistakes.report();
}

const std::string kCsv = R"([mapping]
name = "komentar"
rows = "csv"
[constants]
platform = "instagram"
kind = "comment"
[fields]
id = "id"
"actor.handle" = "ownerUsername"
"target.handle" = "post owner"
text = "text"
created_at = "timestamp"
url = "postUrl"
[time]
format = "%d/%m/%Y %H:%M"
zone = "Asia/Jakarta"
)";

class Read : public testing::Test {
 protected:
  Read()
      : path_(std::filesystem::temp_directory_path() /
              ("pantau_mapped_" + std::to_string(::getpid()))) {}
  ~Read() override { std::filesystem::remove(path_); }

  FileReading read(const Layout& layout, const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
    FileReading file = read_whole_file(layout, path_);
    EXPECT_TRUE(file.adds_up());
    EXPECT_EQ(read_whole_file(layout, path_, 1).text, file.text);
    return file;
  }

  std::filesystem::path path_;
};

TEST_F(Read, RowsOfCsv) {
  const auto layout = mapping_of(kCsv);
  const FileReading file = read(
      *layout,
      "\xEF\xBB\xBF text,id,ownerUsername,post owner,timestamp,postUrl,extra\r\n"
      "\"Ayo \"\"coblos\"\"\nnomor 2\",c1,ayu.ig,fulan,01/11/2024 17:00,https://e.example/1,x\r\n"
      "x,1.7E+18,ayu.ig,,01/11/2024 17:00,,\r\nx,c3,,,01/11/2024 17:00,,\r\nx,c4,ayu.ig\r\n"
      "x,c5,ayu.ig,,31/11/2024 17:00,,\r\n\"x,c6\r\n");
  EXPECT_EQ(file.text,
            "2: act instagram comment\n  id: c1\n  actor.handle: ayu.ig\n  target.handle: fulan\n"
            "  text: Ayo \"coblos\"\\nnomor 2\n  created_at: 2024-11-01T10:00:00Z\n"
            "  time: 2024-11-01T10:00:00Z\n  url: https://e.example/1\n"
            "4: rejected: id_damaged (id rounded)\n"
            "5: rejected: missing:actor (ownerUsername missing or empty)\n"
            "6: rejected: missing:created_at (timestamp missing or empty)\n"
            "7: rejected: time (timestamp no time)\n8: rejected: csv\n");
}

TEST_F(Read, ObjectsOfJsonInLinesArraysAndPages) {
  const auto layout = mapping_of(R"([mapping]
name = "suka"
rows = "json"
items = ["data.likes[]"]
[constants]
platform = "facebook"
[fields]
kind = "what"
id = "/node/id"
"actor.id" = "/node/by/id"
"target.id" = "/page"
created_at = "/at"
text = "/node/say"
[time]
format = "unix"
)");
  const std::string post =
      R"({"what":"post","node":{"id":12345678901234567,"by":{"id":"9"},"say":"\u00e9"},"at":1730455200})";
  const std::string like = R"({"what":"like","page":7,"node":{"by":{"id":8}},"at":"1730455200"})";
  const std::string odd = R"({"what":["post"],"node":3,"at":{}})";
  const std::string floating = R"({"what":"post","node":{"id":1.5e3,"by":{"id":"9"}},"at":1})";
  const std::string wanted = read(*layout, post + "\n" + like + "\n").text;
  EXPECT_EQ(wanted,
            "1: act facebook post\n  id: 12345678901234567\n  actor.id: 9\n  text: é\n"
            "  created_at: 2024-11-01T10:00:00Z\n  time: 2024-11-01T10:00:00Z\n"
            "2: act facebook like\n  actor.id: 8\n  target.id: 7\n"
            "  created_at: 2024-11-01T10:00:00Z\n  time: 2024-11-01T10:00:00Z\n");
  EXPECT_EQ(read(*layout, "[" + post + ",\n" + like + "]").text, wanted);
  EXPECT_EQ(read(*layout, "{\"data\":\n{\"likes\":[\n" + post + "," + like + "]}}").acts, 2u);
  EXPECT_EQ(read(*layout, "{\"data\":{\"likes\":[" + post + "," + like + "]}}\n").further, 1u);
  EXPECT_EQ(read(*layout, odd + "\n" + floating + "\n").text,
            "1: rejected: kind (what no kind of act)\n"
            "2: rejected: id_damaged (/node/id rounded)\n");
}

TEST(Mapping, TellsEveryMistakeAtItsPlace) {
  const std::string told = mistakes_of(
      "[mapping]\nname = \"x\"\nrows = \"xml\"\nitems = [\"data\"]\n[constants]\nkind = \"shout\"\n"
      "[fields]\nactor = \"a\"\n[time]\nformat = \"%Q\"\nzone = \"Mars/Olympus\"\n");
  for (const std::string_view part :
       {"mapping.toml:3:", "mapping.toml:4:", "mapping.toml:8:", "mapping.toml:10:",
        "mapping.toml:11:", "'shout' is no kind", "'platform'", "'actor.id'", "'created_at'"}) {
    EXPECT_NE(told.find(part), std::string::npos) << part << "\n" << told;
  }
  EXPECT_NE(mistakes_of("[mapping").find("mapping.toml:1:"), std::string::npos);
}

TEST(Mapping, AHeaderThatLacksAColumnIsTold) {
  const auto reader = mapping_of(kCsv)->make_reader("id,text\n");
  ASSERT_FALSE(reader.has_value());
  EXPECT_NE(reader.error().message.find("'ownerUsername'"), std::string::npos);
}

TEST(Mapping, NamesTellTwoFilesApart) {
  EXPECT_NE(mapping_of(kCsv)->name(), mapping_of(kCsv + "# more\n")->name());
}

std::string time_of(const std::string& settings, const std::string& text) {
  Mistakes mistakes("time");
  const toml::table table = toml::parse(settings);
  const MappedTime time = MappedTime::read(table, mistakes);
  EXPECT_TRUE(mistakes.empty()) << mistakes.report();
  Arena arena;
  return std::string(time.to_rfc3339(text, arena));
}

TEST(MappedTimes, InFormatsAndZones) {
  EXPECT_EQ(time_of("", "2024-11-01T10:00:00+0700"), "2024-11-01T10:00:00+07:00");
  EXPECT_EQ(time_of("zone = 'Asia/Makassar'", "2024-11-01 10:00:00"), "2024-11-01T02:00:00Z");
  EXPECT_EQ(time_of("format = '%d %b %Y'", "1 Agustus 2024"), "2024-08-01T00:00:00Z");
  EXPECT_EQ(time_of("format = '%d %b %Y %H.%M'\nzone = 'Asia/Jayapura'", "5 Oct 2024 07.30"),
            "2024-10-04T22:30:00Z");
  EXPECT_EQ(time_of("format = '%y%m%d %z'", "241101 +0700"), "2024-11-01T00:00:00+07:00");
  EXPECT_EQ(time_of("format = 'unix'", "1730455200"), "2024-11-01T10:00:00Z");
  EXPECT_EQ(time_of("format = 'unix'", "1730455200123"), "2024-11-01T10:00:00.123Z");
  EXPECT_EQ(time_of("format = '%d/%m/%Y'", "31/02/2024"), "");
  EXPECT_EQ(time_of("format = '%d/%m/%Y'", "01/02/2024 x"), "");
}

}  // namespace
}  // namespace pantau
