// Sessions: how they begin, what ends them, and what guessing gets.
#include <gtest/gtest.h>

#include "pipeline/web/totp.h"
#include "tests/web/office_world.h"

namespace pantau {
namespace {

using namespace std::chrono_literals;

class Sessions : public testing::Test {
 protected:
  void SetUp() override { world.hire(); }
  static unsigned status(Browser& of) { return of.get("/session").status; }
  OfficeWorld world;
  Browser browser{world};
};

TEST_F(Sessions, BeginWithNameAndPassword) {
  EXPECT_EQ(status(browser), 401U);
  const WebResponse response = browser.sign_in("analyst");
  ASSERT_EQ(response.status, 200U) << response.body;
  const Json body = Json::parse(response.body);
  EXPECT_EQ(body["staff"]["name"], "analyst");
  EXPECT_EQ(body["roles"], Json({"analyst"}));
  EXPECT_EQ(browser.cookie().size(), 64U) << "256 bits";
  EXPECT_EQ(browser.token().size(), 64U);
  EXPECT_NE(browser.token(), browser.cookie());
  EXPECT_EQ(status(browser), 200U);
}

TEST_F(Sessions, HaveACookieThatNoScriptAndNoOtherSiteGets) {
  const WebResponse response = browser.sign_in("analyst");
  for (const WebField& field : response.fields) {
    if (field.name == "set-cookie") {
      EXPECT_EQ(field.value,
                "__Host-sid=" + browser.cookie() + "; Path=/; Secure; HttpOnly; SameSite=Strict");
    }
  }
  EXPECT_EQ(response.body.find(browser.cookie()), std::string::npos);
}

TEST_F(Sessions, EndAfterAQuarterOfAnHourUnused) {
  browser.sign_in("analyst");
  for (int i = 0; i < 20; i++) {
    world.now += 14min;
    EXPECT_EQ(status(browser), 200U) << i;
  }
  world.now += 15min + 1s;
  EXPECT_EQ(status(browser), 401U);
  EXPECT_EQ(code_of(browser.post("/views", {{"name", "x"}})), "signed_out");
}

TEST_F(Sessions, EndAfterTwelveHoursHoweverUsed) {
  browser.sign_in("analyst");
  for (int i = 0; i < 71; i++) {  // 11 h 50 min
    world.now += 10min;
    ASSERT_EQ(status(browser), 200U) << i;
  }
  world.now += 10min + 1s;
  EXPECT_EQ(status(browser), 401U);
}

TEST_F(Sessions, AreNewWithEachSignInAndTheOldOneEnds) {
  browser.sign_in("analyst");
  Browser thief(world);
  thief.take_over(browser.cookie(), browser.token());
  EXPECT_EQ(status(thief), 200U);
  browser.sign_in("analyst");
  EXPECT_NE(browser.cookie(), thief.cookie());
  EXPECT_EQ(status(browser), 200U);
  EXPECT_EQ(status(thief), 401U);
}

TEST_F(Sessions, CannotBeChosenBySomebodyElse) {
  const std::string planted(64, 'a');
  browser.take_over(planted, "");
  EXPECT_EQ(status(browser), 401U);
  browser.sign_in("analyst");
  EXPECT_NE(browser.cookie(), planted);
}

TEST_F(Sessions, EndAtSignOut) {
  browser.sign_in("analyst");
  Browser thief(world);
  thief.take_over(browser.cookie(), browser.token());
  const WebResponse response = browser.post("/session/end");
  EXPECT_EQ(response.status, 200U);
  EXPECT_EQ(browser.cookie(), "");
  EXPECT_EQ(status(thief), 401U);
}

TEST_F(Sessions, EndWithTheirOwnersAccess) {
  browser.sign_in("analyst");
  Browser administrator(world);
  administrator.sign_in("administrator");
  const std::string path = "/staff/" + std::to_string(world.staff["analyst"]);
  EXPECT_EQ(administrator.post(path + "/end-sessions").status, 200U);
  EXPECT_EQ(status(browser), 401U);
  EXPECT_EQ(browser.sign_in("analyst").status, 200U);
  EXPECT_EQ(administrator.post(path + "/disable").status, 200U);
  EXPECT_EQ(status(browser), 401U);
  const WebResponse disabled = browser.sign_in("analyst");
  EXPECT_EQ(disabled.status, 401U);
  EXPECT_EQ(code_of(disabled), "sign_in_failed");
  EXPECT_EQ(administrator.post(path + "/enable").status, 200U);
  EXPECT_EQ(browser.sign_in("analyst").status, 200U);
}

TEST_F(Sessions, FollowTheRolesOfNow) {
  browser.sign_in("analyst");
  EXPECT_EQ(browser.get("/items").status, 200U);
  Browser administrator(world);
  administrator.sign_in("administrator");
  const std::string path = "/staff/" + std::to_string(world.staff["analyst"]);
  EXPECT_EQ(administrator.post(path + "/roles", {{"roles", {"rule_author"}}}).status, 200U);
  EXPECT_NE(browser.get("/items").status, 200U);
}

TEST_F(Sessions, OutliveTheServer) {
  browser.sign_in("analyst");
  world.open();
  EXPECT_EQ(status(browser), 200U);
}

TEST_F(Sessions, SayTheSameOfWhoeverCannotSignIn) {
  const WebResponse wrong = browser.sign_in("analyst", "not the password at all");
  const WebResponse nobody = browser.sign_in("nobody-of-that-name");
  EXPECT_EQ(wrong.status, 401U);
  EXPECT_EQ(nobody.status, 401U);
  Json a = Json::parse(wrong.body);
  Json b = Json::parse(nobody.body);
  a["error"].erase("id");
  b["error"].erase("id");
  EXPECT_EQ(a, b);
  EXPECT_EQ(wrong.fields.size(), nobody.fields.size());
}

TEST_F(Sessions, CannotBeGuessedAt) {
  unsigned status = 0;
  int guesses = 0;
  for (; guesses < 50 && status != 429U; guesses++) {
    status = browser.sign_in("analyst", "a wrong password " + std::to_string(guesses)).status;
  }
  EXPECT_EQ(status, 429U);
  EXPECT_LE(guesses, 6);
  EXPECT_EQ(browser.sign_in("analyst").status, 429U) << "not even with the right one";
  world.now += 301s;
  EXPECT_EQ(browser.sign_in("analyst").status, 200U);
}

TEST_F(Sessions, NeedTheSecondFactorWhereThereIsOne) {
  browser.sign_in("case_handler");
  const Json made = Json::parse(browser.post("/session/totp").body);
  const std::string url = made["url"];
  const std::string base32 = url.substr(url.find("secret=") + 7, 32);
  const std::string secret = decode_totp_secret(base32).value();
  EXPECT_EQ(browser.post("/session/totp", {{"code", "000000"}}).status, 422U);
  const auto code = [&] { return totp_code(secret, totp_step(world.now)); };
  EXPECT_EQ(browser.post("/session/totp", {{"code", code()}}).status, 200U);
  Browser other(world);
  EXPECT_EQ(code_of(other.sign_in("case_handler", kPassword, code())), "sign_in_failed")
      << "that code was used";
  world.now += 60s;
  EXPECT_EQ(code_of(other.sign_in("case_handler")), "totp_needed");
  EXPECT_EQ(code_of(other.sign_in("case_handler", kPassword, "123")), "sign_in_failed");
  EXPECT_EQ(code_of(other.sign_in("case_handler", "wrong password here", code())),
            "sign_in_failed");
  EXPECT_EQ(other.sign_in("case_handler", kPassword, code()).status, 200U);
  EXPECT_EQ(code_of(Browser(world).sign_in("case_handler", kPassword, code())), "sign_in_failed");
}

TEST_F(Sessions, ChangeTheirPasswordOnlyWithTheOldOne) {
  browser.sign_in("analyst");
  Browser elsewhere(world);
  elsewhere.sign_in("analyst");
  EXPECT_EQ(
      browser.post("/session/password", {{"old", "wrong"}, {"new", "kera naik sepeda"}}).status,
      403U);
  EXPECT_EQ(browser.post("/session/password", {{"old", kPassword}, {"new", "short"}}).status, 422U);
  const std::string before = browser.cookie();
  EXPECT_EQ(
      browser.post("/session/password", {{"old", kPassword}, {"new", "kera naik sepeda"}}).status,
      200U);
  EXPECT_NE(browser.cookie(), before);
  EXPECT_EQ(Browser(world).sign_in("analyst").status, 401U);
  EXPECT_EQ(Browser(world).sign_in("analyst", "kera naik sepeda").status, 200U);
  EXPECT_EQ(status(elsewhere), 401U) << "whoever knew the old password is out";
}

TEST(Setup, MakesOneAdministratorByThePrintedCode) {
  OfficeWorld world;
  Browser browser(world);
  const std::string code = world.office().setup_code();
  ASSERT_EQ(code.size(), 19U);
  EXPECT_EQ(Json::parse(browser.get("/setup").body)["needed"], true);
  Json body = {{"code", "AAAA-AAAA-AAAA-AAAA"},
               {"name", "siti"},
               {"full_name", "Siti Contoh"},
               {"password", kPassword}};
  EXPECT_EQ(browser.post("/setup", body).status, 403U);
  body["code"] = code;
  body["password"] = "short";
  EXPECT_EQ(browser.post("/setup", body).status, 422U);
  body["password"] = kPassword;
  const WebResponse made = browser.post("/setup", body);
  EXPECT_EQ(made.status, 200U) << made.body;
  EXPECT_NE(browser.post("/setup", body).status, 200U);
  EXPECT_EQ(Json::parse(browser.get("/setup").body)["needed"], false);
  EXPECT_EQ(browser.sign_in("siti").status, 200U);
  EXPECT_EQ(browser.get("/staff").status, 200U);
  EXPECT_EQ(browser.get("/items").status, 403U);
  world.open();
  EXPECT_EQ(world.office().setup_code(), "");
}

}  // namespace
}  // namespace pantau
