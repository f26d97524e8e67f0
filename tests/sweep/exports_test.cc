// Sweeps over what platforms export: documents, lines of many acts, and items that do not fit.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "pipeline/output/summary.h"
#include "tests/sweep/regency.h"

namespace pantau {
namespace {

std::string comment(int number, const std::string& channel) {
  return R"({"kind":"youtube#commentThread","id":"Ug)" + std::to_string(number) +
         R"(","snippet":{"videoId":"v","channelId":"UCkanal","topLevelComment":{"id":"Ug)" +
         std::to_string(number) + R"(","snippet":{"authorChannelId":{"value":")" + channel +
         R"("},"textDisplay":"hm [{ \" )" + std::to_string(number) +
         R"(","publishedAt":"2024-10-01T08:00:00Z"}}}})";
}

std::string page(int comments, std::string_view line_end) {
  std::string text = "{\"kind\":\"youtube#commentThreadListResponse\"," + std::string(line_end) +
                     "\"items\":[" + std::string(line_end);
  for (int i = 0; i < comments; i++) {
    text += comment(i, i % 3 == 0 ? "" : "UC" + std::to_string(i)) + (i + 1 < comments ? "," : "");
    text += line_end;
  }
  return text + "]}";
}

nlohmann::json summary_of(SweepConfig config, const Folder& folder) {
  config.summary = folder / "summary.json";
  const Left left = sweep_to(config, folder);
  EXPECT_EQ(left.status, 0) << left.error;
  return nlohmann::json::parse(read_file(config.summary));
}

TEST(Exports, CountsOfPagesAndDocumentsAddUp) {
  Folder folder;
  write_file(folder / "document.json", page(300, "\n"));
  write_file(folder / "lines.ndjson",
             page(9, "") + "\n" + page(3, "") + "\n\n" + page(0, "") + "\n");
  SweepConfig config = regency_config();
  config.records = {folder / "document.json", folder / "lines.ndjson"};
  for (const std::size_t chunk_bytes : {512U * 1024U, 300U}) {
    config.chunk_limits.chunk_bytes = chunk_bytes;
    const nlohmann::json summary = summary_of(config, folder);
    EXPECT_EQ(summary["records"], 208);
    EXPECT_EQ(summary["rejected"], (nlohmann::json{{"missing:actor", 104}}));
    EXPECT_EQ(summary["unmapped"],
              (nlohmann::json{{"youtube comment.snippet.authorChannelId.value: empty", 104}}));
    EXPECT_EQ(summary["not_acts"], (nlohmann::json{{"empty", 1}}));
    EXPECT_EQ(summary["lines"], 304);
    EXPECT_EQ(summary["blank"], 1);
    EXPECT_EQ(summary["further"], 10);
  }
}

TEST(Exports, AnItemThatDoesNotFitIsKept) {
  Folder folder;
  write_file(folder / "document.json", page(2, "\n"));
  SweepConfig config = regency_config();
  config.records = {folder / "document.json"};
  const Left left = sweep_to(config, folder);
  const auto reject = nlohmann::json::parse(left.rejects);
  EXPECT_EQ(reject["line"], 3);
  EXPECT_EQ(reject["reason"], "missing:actor");
  EXPECT_EQ(reject["unmapped"], "youtube comment.snippet.authorChannelId.value: empty");
  EXPECT_EQ(reject["item"], comment(0, ""));
  EXPECT_EQ(page(2, "\n").find(comment(0, "")), reject["offset"]);
  EXPECT_LE(reject["sample"].get<std::string>().size(), 200u);
}

// Whoever collected is not told of, neither in the rejects nor in the queue.
TEST(Exports, TheCollectorsSessionIsNotKept) {
  Folder folder;
  const std::string envelope =
      R"({"nav_index":"1","timestamp_collected":1727769600000,"source_platform":"tiktok.com",)"
      R"("source_url" : "https://e.example/?msToken=SECRET\"&x","user_agent":"SECRET","data":)";
  write_file(folder / "collected.ndjson",
             envelope + R"({"id":"1","desc":"x","createTime":1727769600,"author":null}})" + "\n");
  SweepConfig config = regency_config();
  config.records = {folder / "collected.ndjson"};
  const Left left = sweep_to(config, folder);
  EXPECT_EQ(left.status, 0) << left.error;
  EXPECT_NE(left.rejects.find("zeeschuimer data.author: null"), std::string::npos) << left.rejects;
  EXPECT_EQ(left.rejects.find("SECRET"), std::string::npos) << left.rejects;
}

}  // namespace
}  // namespace pantau
