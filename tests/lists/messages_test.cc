// Golden messages: what a person is told about a list with mistakes. Each file of
// messages/<kind>/ is loaded as that kind, and what is told must be the text of the .out file
// beside it ("ok" if nothing is). UPDATE_GOLDEN=1 rewrites these; look at the difference.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "classifiers/accounts/campaign_list.h"
#include "pipeline/command_line.h"
#include "pipeline/lists/list_file.h"
#include "pipeline/lists/load.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

const fs::path kMessages = fs::path(PANTAU_SOURCE_DIR) / "tests/lists/messages";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

ContestList contests_for_campaigns() {
  const std::string text = read(kMessages / "contests" / "sound.toml");
  Mistakes mistakes("sound.toml", text);
  ContestList contests;
  read_contests(text, mistakes, contests);
  EXPECT_TRUE(mistakes.empty()) << mistakes.report();
  return contests;
}

// Messages name files as they were named, so each is loaded by its bare name.
std::string told_about(const fs::path& path) {
  const std::string kind = path.parent_path().filename();
  const std::string name = path.filename();
  const std::string text = read(path);
  if (kind == "rules" || kind == "contests") {
    Mistakes mistakes(name, text);
    ContestList contests;
    if (kind == "rules") read_rule_pack(text, mistakes);
    if (kind == "contests") read_contests(text, mistakes, contests);
    return mistakes.empty() ? "ok" : mistakes.report();
  }
  if (kind == "sweep") {
    fs::current_path(path.parent_path());
    CommandLine line;
    line.sweep_file = name;
    const Result<SweepConfig> config = read_sweep_config(line);
    return config ? "ok" : config.error().message;
  }
  Mistakes mistakes(name);
  if (kind == "roster") Roster::build(text, mistakes);
  if (kind == "campaign") read_campaign_csv(text, contests_for_campaigns(), mistakes);
  return mistakes.empty() ? "ok" : mistakes.report();
}

std::vector<fs::path> lists_with_messages() {
  std::vector<fs::path> lists;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kMessages)) {
    if (entry.is_regular_file() && entry.path().extension() != ".out")
      lists.push_back(entry.path());
  }
  std::ranges::sort(lists);
  return lists;
}

class Messages : public testing::TestWithParam<fs::path> {};

TEST_P(Messages, AreThoseOfTheGoldenFile) {
  const std::string told = told_about(GetParam()) + '\n';
  const fs::path golden = GetParam().string() + ".out";
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(golden, std::ios::binary) << told;
  EXPECT_EQ(told, read(golden));
}

std::string test_name(const testing::TestParamInfo<fs::path>& info) {
  std::string name =
      info.param.parent_path().filename().string() + "_" + info.param.stem().string();
  std::ranges::replace_if(
      name, [](char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Lists, Messages, testing::ValuesIn(lists_with_messages()), test_name);

}  // namespace
}  // namespace pantau
