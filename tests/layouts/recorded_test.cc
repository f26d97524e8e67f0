// What real servers and programs have written, through the layouts that are meant for it. Their
// files are outside the project: where they are not, the tests skip and say so.
#include <gtest/gtest.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tests/layouts/reading_file.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

class Recorded : public testing::Test {
 protected:
  Recorded() : copy_(fs::temp_directory_path() / ("pantau_recorded_" + std::to_string(getpid()))) {}
  ~Recorded() override {
    std::error_code ignored;
    fs::remove(copy_, ignored);
  }

  // Nothing is lost, whatever the chunks.
  static FileReading read(const fs::path& path, std::string_view layout_name) {
    const Layout* const layout = find_layout(layout_name);
    const FileReading file = read_whole_file(*layout, path);
    EXPECT_TRUE(file.adds_up()) << path;
    EXPECT_EQ(read_whole_file(*layout, path, 1000).text, file.text) << path;
    return file;
  }

  FileReading read_text(const std::string& text, std::string_view layout_name) {
    std::ofstream(copy_, std::ios::binary) << text;
    return read(copy_, layout_name);
  }

  fs::path copy_;
};

std::vector<fs::path> files_of(std::string_view folder, std::string_view extension) {
  std::vector<fs::path> paths;
  std::error_code absent;
  for (const fs::directory_entry& entry : fs::directory_iterator(shared_data() / folder, absent)) {
    if (entry.path().extension() == extension) paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

#define FILES_OR_SKIP(paths, folder, extension)                    \
  const std::vector<fs::path> paths = files_of(folder, extension); \
  if (paths.empty()) GTEST_SKIP() << "no " << (shared_data() / folder)

TEST_F(Recorded, Youtube) {
  FILES_OR_SKIP(paths, "youtube_v3", ".json");
  std::uint64_t acts = 0;
  for (const fs::path& path : paths) {
    EXPECT_EQ(recognised(path).name(), "youtube") << path;
    const FileReading file = read(path, "youtube");
    EXPECT_EQ(FileReading::total(file.rejected), 0u) << path << "\n" << file.text;
    acts += file.acts;
  }
  EXPECT_GT(acts, 90u);
}

// The exchanges' bodies, as somebody would have saved them.
TEST_F(Recorded, Mastodon) {
  FILES_OR_SKIP(paths, "mastodon_http", ".ndjson");
  FileReading sum;
  for (const fs::path& path : paths) {
    std::ifstream lines(path);
    for (std::string line; std::getline(lines, line);) {
      const auto exchange = nlohmann::json::parse(line);
      const auto body = exchange.at("body").get<std::string>();
      if (!nlohmann::json::accept(body)) continue;  // an event stream
      const FileReading file = read_text(body, "mastodon");
      EXPECT_EQ(FileReading::total(file.rejected), 0u) << file.text << body.substr(0, 2000);
      const bool has_statuses = body.find("\"favourites_count\"") != std::string::npos;
      EXPECT_EQ(
          has_statuses,
          file.acts + file.not_acts.count("not_public") + file.not_acts.count("deleted_draft") > 0)
          << file.text << body.substr(0, 2000);
      if (has_statuses) {
        EXPECT_EQ(recognised(copy_).name(), "mastodon") << body.substr(0, 500);
      }
      sum.acts += file.acts;
    }
  }
  EXPECT_GT(sum.acts, 350u);
}

// Nearly all of its messages have a number and an instant; what has not is told.
TEST_F(Recorded, Telegram) {
  FILES_OR_SKIP(paths, "telegram_export", ".json");
  for (const fs::path& path : paths) {
    EXPECT_EQ(recognised(path).name(), "telegram") << path;
    const FileReading file = read(path, "telegram");
    const bool is_big = path.filename().string().starts_with("BIG");
    EXPECT_EQ(file.rows, is_big ? 5475u : 8u) << path;
    EXPECT_EQ(file.acts, is_big ? 5475u : 0u) << path;  // the other is a conversation of two
  }
}

// The documentation's examples name no authors.
TEST_F(Recorded, TiktokResearch) {
  FILES_OR_SKIP(paths, "tiktok_research", ".json");
  for (const fs::path& path : paths) {
    const FileReading file = read(path, "tiktok-research");
    const bool is_answer = path.filename().string().find("resp") != std::string::npos;
    EXPECT_EQ(recognised(path).name(), is_answer ? "tiktok-research" : "pantau") << path;
    EXPECT_EQ(file.acts, 0u);
    EXPECT_GT(file.rows, 0u);
  }
}

// Every layout bears every file: none is its own, so little is read, but nothing is lost.
TEST_F(Recorded, AnyLayoutBearsAnyFile) {
  std::vector<fs::path> all;
  for (const std::string_view folder : {"youtube_v3", "mastodon_http", "telegram_export",
                                        "tiktok_research", "atproto_local_capture"}) {
    for (const std::string_view extension : {".json", ".ndjson", ".bin"}) {
      for (fs::path& path : files_of(folder, extension)) all.push_back(std::move(path));
    }
  }
  if (all.empty()) GTEST_SKIP() << "no " << shared_data();
  for (const fs::path& path : all) {
    for (const Layout* const layout : all_layouts()) {
      if (layout->framing() == Framing::Csv) continue;  // needs its header
      EXPECT_TRUE(read_whole_file(*layout, path, 4000).adds_up()) << path << layout->name();
    }
  }
}

}  // namespace
}  // namespace pantau
