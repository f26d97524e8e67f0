// Every route × every role × own and foreign objects; every change × every forgery; and the
// written description. A route that nobody has thought about here fails.
#include "pipeline/web/routes.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "tests/web/office_world.h"

namespace pantau {
namespace {

// What a route is tried with. `path` names an object that the people may see, `foreign` one that
// they may not; `takes`: what a request that is allowed may be answered with.
struct Trial {
  std::string path;
  std::string foreign;  // "": the route names no object with a scope
  Json body;
  std::set<unsigned> takes = {200};
};

const std::string kForeign = std::to_string(kOwnItems + 1);

const std::map<std::string, Trial>& trials() {
  static const std::map<std::string, Trial> all = {
      {"GET /setup", {"/setup", "", {}}},
      {"POST /setup", {"/setup", "", {}, {422}}},
      {"POST /session", {"/session", "", {{"name", "nobody"}, {"password", "x"}}, {401, 429}}},
      {"GET /session", {"/session", "", {}}},
      {"POST /session/end", {"/session/end", "", {}}},
      {"POST /session/password", {"/session/password", "", {}, {422}}},
      {"POST /session/totp", {"/session/totp", "", {{"code", "1"}}, {422}}},
      {"POST /session/language", {"/session/language", "", {{"language", "en"}}}},
      {"GET /piles", {"/piles", "", {}}},
      {"GET /piles/{pile}/items", {"/piles/1/items", "/piles/2/items", {}}},
      {"GET /items", {"/items", "", {}}},
      {"GET /items/{item}", {"/items/1", "/items/" + kForeign, {}}},
      {"GET /items/{item}/received", {"/items/1/received", "/items/" + kForeign + "/received", {}}},
      {"GET /filters", {"/filters", "", {}}},
      {"GET /views", {"/views", "", {}}},
      {"POST /views", {"/views", "", {{"name", "n"}, {"query", "q"}}}},
      {"POST /views/{view}/delete", {"/views/999/delete", "", {}, {200, 404}}},
      {"POST /items/{item}/claim",
       {"/items/2/claim", "/items/" + kForeign + "/claim", {}, {200, 403, 409}}},
      {"POST /items/{item}/renew",
       {"/items/2/renew", "/items/" + kForeign + "/renew", {{"fence", 1}}, {200, 409}}},
      {"POST /items/{item}/release",
       {"/items/2/release", "/items/" + kForeign + "/release", {{"fence", 1}}, {200, 409}}},
      {"POST /items/{item}/decide",
       {"/items/3/decide",
        "/items/" + kForeign + "/decide",
        {{"fence", 1}, {"action", "propose"}},
        {403, 409}}},
      {"POST /items/{item}/reopen",
       {"/items/3/reopen", "/items/" + kForeign + "/reopen", {{"note", "n"}}, {409, 422}}},
      {"POST /items/{item}/facts",
       {"/items/3/facts",
        "/items/" + kForeign + "/facts",
        {{"fact", "duty"}, {"note", "n"}},
        {200, 409}}},
      {"POST /items/release-held", {"/items/release-held", "", {{"items", {4}}}, {200, 409}}},
      {"POST /decisions/{decision}/undo", {"/decisions/999/undo", "", {}, {404}}},
      {"POST /bulk/dismiss",
       {"/bulk/dismiss", "", {{"items", {5, 6}}, {"reason", "sarcasm"}, {"note", "n"}}}},
      {"GET /bulk", {"/bulk?state=pending", "", {}}},
      {"GET /bulk/{bulk}/items", {"/bulk/999/items", "", {}, {200, 404}}},
      {"POST /bulk/{bulk}/approve", {"/bulk/999/approve", "", {}, {404}}},
      {"POST /bulk/{bulk}/refuse", {"/bulk/999/refuse", "", {{"note", "n"}}, {404}}},
      {"GET /blind/next", {"/blind/next", "", {}}},
      {"POST /blind/{item}",
       {"/blind/7", "/blind/" + kForeign, {{"verdict", "propose"}, {"note", "n"}}, {404, 409}}},
      {"GET /cases", {"/cases", "", {}}},
      {"GET /cases/{case}", {"/cases/999", "", {}, {404}}},
      {"POST /cases/{case}/identity",
       {"/cases/999/identity",
        "",
        {{"platform", "x"},
         {"account", "a"},
         {"description", "d"},
         {"evidence_base64", "YQ=="},
         {"media_type", "text/plain"}},
        {404}}},
      {"GET /cases/{case}/identity/{step}", {"/cases/999/identity/1", "", {}, {404}}},
      {"POST /cases/{case}/hand-over",
       {"/cases/999/hand-over", "", {{"to", "t"}, {"number", "n"}}, {404}}},
      {"POST /cases/{case}/close", {"/cases/999/close", "", {{"note", "n"}}, {404}}},
      {"POST /cases/{case}/hold", {"/cases/999/hold", "", {{"reason", "r"}}, {404}}},
      {"POST /cases/{case}/hold/approve", {"/cases/999/hold/approve", "", {{"hold", 1}}, {404}}},
      {"POST /cases/{case}/hold/release",
       {"/cases/999/hold/release", "", {{"hold", 1}, {"note", "n"}}, {404}}},
      {"POST /cases/{case}/export", {"/cases/999/export", "", {}, {404}}},
      {"GET /cases/{case}/bag/{bag}", {"/cases/999/bag/x", "", {}, {404}}},
      {"GET /statistics", {"/statistics", "", {}}},
      {"GET /graph", {"/graph", "", {}}},
      {"GET /audit", {"/audit", "", {}}},
      {"GET /audit/check", {"/audit/check", "", {}}},
      {"GET /people/{subject}/report", {"/people/S-63.08/report", "", {}}},
      {"GET /skb", {"/skb", "", {}}},
      {"GET /contests", {"/contests", "", {}}},
      {"GET /packs", {"/packs", "", {}}},
      {"GET /packs/{pack}/{version}", {"/packs/none/1", "", {}, {404}}},
      {"POST /packs", {"/packs", "", {{"text", "broken"}}, {422}}},
      {"POST /packs/check", {"/packs/check", "", {{"text", "broken"}}}},
      {"POST /packs/try",
       {"/packs/try", "", {{"text", "broken"}, {"record", Json::object()}}, {200, 422}}},
      {"POST /packs/diff", {"/packs/diff", "", {{"text", "broken"}}, {200, 422}}},
      {"POST /packs/{id}/activate", {"/packs/999/activate", "", {}, {404}}},
      {"GET /staff", {"/staff", "", {}}},
      {"POST /staff", {"/staff", "", {{"name", "x"}}, {422}}},
      {"POST /staff/{staff}/roles", {"/staff/999/roles", "", {{"roles", {"analyst"}}}, {404}}},
      {"POST /staff/{staff}/scopes", {"/staff/999/scopes", "", {{"scopes", Json::array()}}, {404}}},
      {"POST /staff/{staff}/disable", {"/staff/999/disable", "", {}, {404}}},
      {"POST /staff/{staff}/enable", {"/staff/999/enable", "", {}, {404}}},
      {"POST /staff/{staff}/end-sessions", {"/staff/999/end-sessions", "", {}, {200, 404}}},
      {"POST /staff/{staff}/reset", {"/staff/999/reset", "", {{"password", kPassword}}, {404}}},
      {"GET /settings", {"/settings", "", {}}},
      {"POST /settings",
       {"/settings", "", {{"name", "no such setting"}, {"value", "1"}}, {404, 422}}},
      {"GET /retention", {"/retention", "", {}}},
      {"POST /retention/run", {"/retention/run", "", {}}},
      {"GET /lists", {"/lists", "", {}}},
      {"POST /lists/roster",
       {"/lists/roster", "", {{"csv", "broken"}, {"basis", "b"}, {"dry_run", true}}, {200, 422}}},
      {"POST /lists/campaign",
       {"/lists/campaign", "", {{"csv", "broken"}, {"basis", "b"}, {"dry_run", true}}, {200, 422}}},
  };
  return all;
}

std::string name_of(const Route& route) {
  return fmt::format("{} {}", route.method, route.path);
}

const Trial& trial_of(const Route& route) {
  static const Trial none;
  const auto found = trials().find(name_of(route));
  EXPECT_NE(found, trials().end()) << name_of(route) << " has no trial: add one";
  return found == trials().end() ? none : found->second;
}

WebResponse try_route(Browser& browser, const Route& route, const std::string& path) {
  const std::string body = trial_of(route).body.is_null() ? "{}" : trial_of(route).body.dump();
  return browser.send(std::string(route.method), path, route.method == "POST" ? body : "");
}

TEST(Routes, AnswerOnlyTheirRolesAndOnlyAboutOwnObjects) {
  for (const Role role : kRoles) {
    OfficeWorld world;
    world.hire();
    for (const Route& route : all_routes()) {
      SCOPED_TRACE(fmt::format("{} as {}", name_of(route), pantau::name_of(role)));
      Browser browser(world);
      ASSERT_EQ(browser.sign_in(std::string(pantau::name_of(role))).status, 200U);
      const Trial& trial = trial_of(route);
      const bool allowed = !route.access.needs_role() || route.access.has(role);
      const WebResponse own = try_route(browser, route, trial.path);
      if (!allowed) {
        EXPECT_EQ(own.status, 403U) << own.body;
        EXPECT_EQ(code_of(own), "forbidden");
        continue;
      }
      EXPECT_TRUE(trial.takes.contains(own.status)) << own.status << " " << own.body;
      if (trial.foreign.empty()) continue;
      // What is not the person's is answered as what does not exist: not even that it is there.
      std::string missing = trial.foreign;
      const std::size_t number = missing.find_first_of("0123456789");
      missing.replace(number, missing.find_first_not_of("0123456789", number) - number, "999999");
      ASSERT_EQ(browser.sign_in(std::string(pantau::name_of(role))).status, 200U);
      const WebResponse foreign = try_route(browser, route, trial.foreign);
      const WebResponse none = try_route(browser, route, missing);
      EXPECT_EQ(foreign.status, none.status) << foreign.body << none.body;
      EXPECT_EQ(code_of(foreign), code_of(none));
      EXPECT_EQ(foreign.body.find("11.01"), std::string::npos) << foreign.body;
      if (route.method == "GET" && route.path != "/piles/{pile}/items") {
        EXPECT_EQ(foreign.status, 404U) << foreign.body;
      }
    }
  }
}

TEST(Routes, AnswerNobodyWithoutASessionButWhatBeginsOne) {
  OfficeWorld world;
  world.hire();
  std::set<std::string> open;
  for (const Route& route : all_routes()) {
    Browser browser(world);
    const WebResponse response = try_route(browser, route, trial_of(route).path);
    if (!route.access.needs_session()) {
      open.insert(name_of(route));
      continue;
    }
    EXPECT_EQ(response.status, 401U) << name_of(route) << " " << response.body;
    browser.take_over(std::string(64, 'f'), std::string(64, 'f'));
    EXPECT_EQ(try_route(browser, route, trial_of(route).path).status, 401U) << name_of(route);
  }
  EXPECT_EQ(open, (std::set<std::string>{"GET /setup", "POST /setup", "POST /session"}));
}

// Who has all roles that go together, so that only the forgery stands in the way.
TEST(Routes, RefuseEveryForgedChange) {
  OfficeWorld world;
  world.hire();
  using Change = void (*)(WebRequest&);
  const auto replace = [](WebRequest& request, const char* name, const char* value) {
    std::erase_if(request.fields, [&](const WebField& field) { return field.name == name; });
    if (value != nullptr) request.fields.push_back({name, value});
  };
  static const auto replace_field = replace;
  const std::pair<const char*, Change> forgeries[] = {
      {"no token", [](WebRequest& r) { replace_field(r, "x-pantau-token", nullptr); }},
      {"wrong token",
       [](WebRequest& r) { replace_field(r, "x-pantau-token", "0000000000000000"); }},
      {"two tokens",
       [](WebRequest& r) {
         r.fields.push_back({"x-pantau-token", "0"});
       }},
      {"another origin", [](WebRequest& r) { replace_field(r, "origin", "https://evil.example"); }},
      {"origin null", [](WebRequest& r) { replace_field(r, "origin", "null"); }},
      {"another port", [](WebRequest& r) { replace_field(r, "origin", "http://127.0.0.1:9"); }},
      {"no origin", [](WebRequest& r) { replace_field(r, "origin", nullptr); }},
      {"cross-site", [](WebRequest& r) { replace_field(r, "sec-fetch-site", "cross-site"); }},
      {"same-site", [](WebRequest& r) { replace_field(r, "sec-fetch-site", "same-site"); }},
      {"typed", [](WebRequest& r) { replace_field(r, "sec-fetch-site", "none"); }},
      {"text/plain", [](WebRequest& r) { replace_field(r, "content-type", "text/plain"); }},
      {"a form",
       [](WebRequest& r) {
         replace_field(r, "content-type", "application/x-www-form-urlencoded");
       }},
      {"no type", [](WebRequest& r) { replace_field(r, "content-type", nullptr); }},
      {"another host", [](WebRequest& r) { replace_field(r, "host", "evil.example:8080"); }},
  };
  int tried = 0;
  for (const Route& route : all_routes()) {
    if (route.method != "POST") continue;
    Role role = Role::Analyst;
    for (const Role each : kRoles) role = route.access.has(each) ? each : role;
    Browser browser(world);
    ASSERT_EQ(browser.sign_in(std::string(pantau::name_of(role))).status, 200U);
    for (const auto& [what, forge] : forgeries) {
      const bool is_about_token = std::string_view(what).find("token") != std::string_view::npos;
      if (is_about_token && !route.access.needs_session()) continue;
      WebRequest request =
          browser.request("POST", "/api/v1" + trial_of(route).path, trial_of(route).body.dump());
      forge(request);
      const WebResponse response = world.ask(request);
      EXPECT_TRUE(response.status == 403 || response.status == 415 || response.status == 421)
          << name_of(route) << ", " << what << ": " << response.status << response.body;
      tried++;
    }
    EXPECT_EQ(browser.get("/session").status, 200U) << "nothing was done, not even signed out";
  }
  EXPECT_GT(tried, 400);
}

TEST(Routes, ChangeNothingByGet) {
  for (const Route& route : all_routes()) {
    EXPECT_TRUE(route.method == "GET" || route.method == "POST") << name_of(route);
  }
  OfficeWorld world;
  world.hire();
  Browser browser(world);
  browser.sign_in("analyst");
  EXPECT_EQ(browser.get("/items/1/claim").status, 405U);
  EXPECT_EQ(browser.send("DELETE", "/items/1").status, 405U);
  EXPECT_EQ(browser.send("PUT", "/views").status, 405U);
  EXPECT_EQ(browser.get("/no/such/thing").status, 404U);
  EXPECT_EQ(browser.get("").status, 404U);
}

TEST(Routes, AnswerHostilePathsAndParametersInOrder) {
  OfficeWorld world;
  world.hire();
  Browser browser(world);
  browser.sign_in("analyst");
  for (const std::string path :
       {"/items/1%27%20OR%201=1", "/items/-1", "/items/99999999999999999999", "/items/1%0a",
        "/items/%F0%9F%98%80", "/piles/1%3BDROP%20TABLE%20item/items"}) {
    EXPECT_EQ(browser.get(path).status, 404U) << path;
  }
  for (const std::string query : {"q=%27%20OR%201=1--",
                                  "q=%22",
                                  "q=*",
                                  "q=NEAR(",
                                  "q=a%20AND%20(",
                                  "q=%00",
                                  "contest=%27",
                                  "rule=%27;DROP%20TABLE%20item",
                                  "after=garbage",
                                  "after=%27%20OR%201=1",
                                  "limit=0",
                                  "limit=-1",
                                  "limit=1e9",
                                  "limit=201",
                                  "days_left_max=x",
                                  "sort=evil",
                                  "state=nonsense",
                                  "region=%25",
                                  "agency=%25_",
                                  "candidate="}) {
    WebRequest request;
    if (!read_target("/api/v1/items?" + query, request)) continue;  // refused by the server
    for (const std::string list : {"/items?", "/piles?"}) {
      const WebResponse response = browser.get(list + query);
      EXPECT_TRUE(response.status == 200 || response.status == 422)
          << list << query << " " << response.status << response.body;
    }
  }
  for (const std::string body :
       {"", "[]", "null", "{", "\xFF", "{\"name\":\xFF}", "\"text\"", "{}{}"}) {
    const WebResponse response = browser.send("POST", "/views", body);
    EXPECT_TRUE(response.status == 400 || response.status == 422) << body << response.status;
  }
  EXPECT_EQ(browser.send("POST", "/views", std::string(1000, '[') + std::string(1000, ']')).status,
            400U);
  EXPECT_EQ(browser.get("/items/1").status, 200U) << "all is still there";
}

TEST(Routes, ShowTheAdministratorNoItems) {
  OfficeWorld world;
  world.hire();
  Browser browser(world);
  browser.sign_in("administrator");
  for (const Route& route : all_routes()) {
    if (!route.access.needs_role() || !route.access.has(Role::Administrator)) continue;
    const WebResponse response = try_route(browser, route, trial_of(route).path);
    EXPECT_EQ(response.body.find("coblos"), std::string::npos) << name_of(route);
  }
}

TEST(Routes, ShowAnItemWithOffsetsForBytesAndForBrowsers) {
  OfficeWorld world;
  world.hire();
  Browser browser(world);
  browser.sign_in("analyst");
  const WebResponse response = browser.get("/items/1");
  ASSERT_EQ(response.status, 200U) << response.body;
  const Json item = Json::parse(response.body);
  EXPECT_EQ(item["text"], "Ayo 😀 coblos nomor 2! \"; DROP TABLE item; --");
  const Json span = item["spans"][0];
  EXPECT_EQ(span["start"], 9);
  EXPECT_EQ(span["end"], 15);
  EXPECT_EQ(span["start_utf16"], 7);
  EXPECT_EQ(span["end_utf16"], 13);
  EXPECT_EQ(span["rule"], "ajakan");
  EXPECT_EQ(item["rules"][0]["proposes"][0]["id"], "DS-2");
}

// pipeline/web/openapi.yaml, of which only its own plain style is read.
std::map<std::string, std::string> described_routes() {
  std::ifstream file(std::string(PANTAU_SOURCE_DIR) + "/pipeline/web/openapi.yaml");
  std::map<std::string, std::string> routes;
  std::string line;
  std::string path;
  std::string method;
  while (std::getline(file, line)) {
    if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
    if (line == "    get:") method = "GET";
    if (line == "    post:") method = "POST";
    const std::string_view roles = "      x-roles: ";
    if (line.starts_with(roles)) routes[method + " " + path] = line.substr(roles.size());
  }
  return routes;
}

TEST(Routes, AreDescribedWithTheirRoles) {
  const std::map<std::string, std::string> described = described_routes();
  std::map<std::string, std::string> ours;
  for (const Route& route : all_routes()) {
    std::set<std::string> roles;
    for (const Role role : kRoles) {
      if (route.access.has(role)) roles.insert(std::string(pantau::name_of(role)));
    }
    ours[name_of(route)] =
        !route.access.needs_session() ? "anybody" : fmt::format("[{}]", fmt::join(roles, ", "));
  }
  std::map<std::string, std::string> sorted;
  for (const auto& [name, text] : described) {
    std::set<std::string> roles;
    std::string role;
    for (const char c : text + ",") {
      if (c == ',' || c == ']') {
        if (!role.empty()) roles.insert(role);
        role.clear();
      } else if (c != '[' && c != ' ') {
        role += c;
      }
    }
    sorted[name] = text == "anybody" ? text : fmt::format("[{}]", fmt::join(roles, ", "));
  }
  EXPECT_EQ(sorted, ours);
}

}  // namespace
}  // namespace pantau
