// Bags over the API: who may have them made, who may fetch them, what they show, what is noted.
#include <gtest/gtest.h>

#include "pipeline/desk/audit.h"
#include "pipeline/desk/case_file.h"
#include "pipeline/evidence/verify.h"
#include "pipeline/output/sha256.h"
#include "tests/evidence/shell.h"
#include "tests/web/office_world.h"

namespace pantau {
namespace {

using namespace std::chrono_literals;

class Bags : public testing::Test {
 protected:
  void SetUp() override {
    world.hire();
    decide("analyst", "propose");
    decide("second_reviewer", "confirm");
    ASSERT_EQ(handler.sign_in("case_handler").status, 200U);
    const Json cases = Json::parse(handler.get("/cases").body);
    ASSERT_EQ(cases["rows"].size(), 1U) << cases;
    number = cases["rows"][0]["number"];
  }

  // About the first item.
  void decide(const std::string& who, const std::string& action) {
    Browser browser(world);
    ASSERT_EQ(browser.sign_in(who).status, 200U);
    const WebResponse claim = browser.post("/items/1/claim");
    ASSERT_EQ(claim.status, 200U) << claim.body;
    const Json fence = Json::parse(claim.body)["fence"];
    const WebResponse decided = browser.post(
        "/items/1/decide", {{"fence", fence}, {"action", action}, {"note", "rahasia kantor"}});
    ASSERT_EQ(decided.status, 200U) << decided.body;
  }

  Json made(const Json& body) {
    const WebResponse response = handler.post("/cases/" + number + "/export", body);
    EXPECT_EQ(response.status, 200U) << response.body;
    return Json::parse(response.body);
  }
  WebResponse fetched(Browser& browser, const Json& bag) {
    return browser.get(bag["link"].get<std::string>());
  }

  // What a downloaded bag's files hold, by `tar` and our own check.
  std::string unpacked(const std::string& tar, const std::string& name) {
    write_file(folder / "bag.tar", tar);
    const Ran ran = run_in(folder.path(), "rm -rf " + name + " && tar -xf bag.tar");
    EXPECT_EQ(ran.status, 0) << ran.output;
    return folder / name;
  }

  OfficeWorld world;
  Browser handler{world};
  std::string number;
  TemporaryFolder folder{TemporaryFolder::memory()};
};

TEST_F(Bags, AreCopiesUnlessTheWholeIsAskedFor) {
  for (const auto& [body, suffix] :
       std::vector<std::pair<Json, std::string>>{{Json::object(), "-salinan"},
                                                 {{{"masked", true}}, "-salinan"},
                                                 {{{"masked", false}}, ""}}) {
    const Json bag = made(body);
    EXPECT_EQ(bag["masked"], suffix != "");
    EXPECT_EQ(bag["file"], number + suffix + ".tar");
    const WebResponse file = fetched(handler, bag);
    ASSERT_EQ(file.status, 200U) << file.body;
    EXPECT_EQ(file.content_type, "application/x-tar");
    EXPECT_EQ(sha256_hex(file.body), bag["sha256"]);
    EXPECT_EQ(file.body.size(), bag["bytes"]);
    const std::string path = unpacked(file.body, number + suffix);
    VerifyOptions options;
    options.now = world.now;
    const Verified verified = verify_bag(path, options).value();
    for (const Finding& finding : verified.wrong) {
      ADD_FAILURE() << finding.file << ": " << finding.what;
    }
    EXPECT_EQ(std::filesystem::exists(path + "/data/items/0001/received.bin"), suffix.empty());
    const bool tells_notes =
        read_file(path + "/data/decisions.json").find("rahasia kantor") != std::string::npos;
    EXPECT_EQ(tells_notes, suffix.empty());
  }
  EXPECT_EQ(handler.post("/cases/" + number + "/export", {{"masked", "no"}}).status, 422U);
  EXPECT_EQ(handler.post("/cases/" + number + "/export", {{"masked", 0}}).status, 422U);
}

TEST_F(Bags, OfOneCaseAreTheSame) {
  const Json first = made({{"masked", false}});
  handler.get("/cases/" + number);
  world.now += 1h;
  ASSERT_EQ(handler.sign_in("case_handler").status, 200U);
  EXPECT_EQ(made({{"masked", false}})["sha256"], first["sha256"]);
}

TEST_F(Bags, AreForWhoeverHadThemMadeAndForAShortTime) {
  const Json bag = made({{"masked", false}});
  Browser other(world);
  ASSERT_EQ(other.sign_in("other_case_handler").status, 200U);
  EXPECT_EQ(fetched(other, bag).status, 404U);
  EXPECT_EQ(fetched(handler, bag).status, 200U);
  const std::string id =
      bag["link"].get<std::string>().substr(bag["link"].get<std::string>().rfind('/'));
  EXPECT_EQ(handler.get("/cases/999/bag" + id).status, 404U);
  EXPECT_EQ(handler.get("/cases/" + number + "/bag/1").status, 404U);
  for (const char* const role : {"analyst", "second_reviewer", "auditor", "administrator"}) {
    Browser browser(world);
    ASSERT_EQ(browser.sign_in(role).status, 200U);
    EXPECT_EQ(fetched(browser, bag).status, 403U) << role;
    EXPECT_EQ(browser.post("/cases/" + number + "/export").status, 403U) << role;
  }
  world.now += 14min;
  EXPECT_EQ(fetched(handler, bag).status, 200U);
  world.now += 2min;
  ASSERT_EQ(handler.sign_in("case_handler").status, 200U);
  EXPECT_EQ(fetched(handler, bag).status, 404U);
}

TEST_F(Bags, AreNeitherMadeNorFetchedOutOfScope) {
  const Json bag = made({{"masked", false}});
  auto desk = Desk::open(world.url(), TimeZone::utc());
  ASSERT_TRUE(desk.has_value());
  const Done moved = set_scopes(**desk, {world.staff["administrator"], world.now},
                                world.staff["case_handler"], {{"", "11.01"}});
  ASSERT_TRUE(moved.has_value()) << moved.error().message;
  EXPECT_EQ(fetched(handler, bag).status, 404U);
  EXPECT_EQ(handler.post("/cases/" + number + "/export").status, 404U);
}

TEST_F(Bags, AreNotedWithTheirHashes) {
  const Json bag = made({{"masked", false}});
  fetched(handler, bag);
  auto desk = Desk::open(world.url(), TimeZone::utc());
  ASSERT_TRUE(desk.has_value());
  AuditFilter filter;
  filter.object = "case/1";
  const auto rows = list_audit(**desk, {world.staff["auditor"], world.now}, filter, {});
  ASSERT_TRUE(rows.has_value()) << rows.error().message;
  std::map<std::string, Json> details;
  for (const AuditRow& row : rows->rows) {
    if (row.staff == world.staff["case_handler"]) details[row.action] = Json::parse(row.detail);
  }
  EXPECT_EQ(details["export_case"], Json({{"kind", "sealed"}, {"via", "page"}}));
  EXPECT_EQ(details["make_bag"]["tagmanifest_sha256"], bag["tagmanifest_sha256"]);
  EXPECT_EQ(details["fetch_bag"]["sha256"], bag["sha256"]);
  EXPECT_TRUE(check_audit(**desk).value().ok);
}

}  // namespace
}  // namespace pantau
