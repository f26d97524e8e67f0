// An office with made-up people and items, asked without a network, at a time that tests turn.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "pipeline/review/review_queue.h"
#include "pipeline/web/office.h"
#include "pipeline/web/routes.h"
#include "tests/review/queue_fixture.h"

namespace pantau {

using Json = nlohmann::json;

inline constexpr char kHost[] = "127.0.0.1:8080";
inline constexpr char kOrigin[] = "http://127.0.0.1:8080";
inline constexpr char kPassword[] = "kuda nil berenang jauh";
inline constexpr PasswordCost kCheapPassword{1, 64 << 10};

inline ReviewItem web_item(const std::string& id, const std::string& region) {
  ReviewItem item = make_item("instagram/comment/" + id);
  item.region = region;
  item.subject = "S-" + region;
  item.flag =
      Json({{"key", item.key},
            {"record",
             {{"platform", "instagram"},
              {"kind", "comment"},
              {"text", "Ayo 😀 coblos nomor 2! \"; DROP TABLE item; --"}}},
            {"matches",
             Json::array(
                 {{{"rule", "ajakan"},
                   {"pack", "skb-2022@2024.1"},
                   {"contest", "pilbup-hsu-2024"},
                   {"candidate", "1"},
                   {"via", "mention"},
                   {"stage", "campaign"},
                   {"class", "discipline"},
                   {"proposes", {"DS-2"}},
                   {"spans",
                    Json::array({{{"pattern", "ajakan-memilih"}, {"start", 9}, {"end", 15}}})}}})}})
          .dump();
  return item;
}

// Items 1 … kOwnItems lie in region 63.08, which the people may see; the rest do not.
inline constexpr int kOwnItems = 30;

class OfficeWorld {
 public:
  OfficeWorld() {
    url_ = "sqlite:" + (folder_ / "queue.sqlite");
    std::vector<ReviewItem> items;
    for (int i = 1; i <= kOwnItems; i++) items.push_back(web_item(std::to_string(i), "63.08"));
    items.push_back(web_item("foreign", "11.01"));
    auto queue = open_review_queue(url_);
    EXPECT_TRUE(queue.has_value()) << queue.error().message;
    auto run = (*queue)->begin_run(make_run());
    EXPECT_TRUE(run.has_value());
    EXPECT_TRUE((*queue)->commit(run->id, items, {}, {}).has_value());
    std::filesystem::create_directories(folder_ / "page");
    std::ofstream(folder_ / "page/index.html") << "<!doctype html><title>Pantau</title>";
    open();
  }

  // Opens it, or opens it again as after a restart.
  void open() {
    office_.reset();
    OfficeOptions options;
    options.queue = url_;
    options.hosts = {kHost};
    options.desks = 2;
    options.password_cost = kCheapPassword;
    options.login_limits = limits;
    options.now = [this] { return now; };
    auto page = PageFiles::load(folder_ / "page");
    EXPECT_TRUE(page.has_value());
    auto office = Office::open(std::move(options), catalogue, *std::move(page));
    ASSERT_TRUE(office.has_value()) << office.error().message;
    office_ = *std::move(office);
  }

  WebResponse ask(WebRequest request) {
    WebResponse response = office_->answer(request);
    return response;
  }
  Office& office() { return *office_; }
  const std::string& url() const { return url_; }

  // A person of each role, by its name; "other_…": a second one.
  void hire() {
    auto desk = Desk::open(url_, TimeZone::utc());
    ASSERT_TRUE(desk.has_value());
    const auto hash = hash_password(kPassword, kCheapPassword);
    NewStaff person{"administrator", "Orang Contoh", *hash, {Role::Administrator}, {}};
    const auto first = create_first_administrator(**desk, now, person);
    ASSERT_TRUE(first.has_value()) << first.error().message;
    staff["administrator"] = *first;
    for (const Role role : kRoles) {
      for (const std::string prefix : {"", "other_"}) {
        person.name = prefix + std::string(name_of(role));
        if (staff.contains(person.name)) continue;
        person.roles = {role};
        person.scopes = {{"", "63.08"}};
        if (role == Role::Administrator || role == Role::Auditor) person.scopes.clear();
        const auto made = create_staff(**desk, {*first, now}, person);
        ASSERT_TRUE(made.has_value()) << person.name << ": " << made.error().message;
        staff[person.name] = *made;
      }
    }
    while (true) {
      const auto done = (*desk)->catch_up();
      ASSERT_TRUE(done.has_value());
      if (*done == 0) break;
    }
  }

  Instant now{std::chrono::seconds(1'732'700'000)};
  LoginLimits limits;
  Catalogue catalogue;
  std::map<std::string, StaffId> staff;

 private:
  TemporaryFolder folder_{TemporaryFolder::memory()};
  std::string url_;
  std::unique_ptr<Office> office_;
};

// A browser on the page: sends what a page of the same site sends.
class Browser {
 public:
  explicit Browser(OfficeWorld& world) : world_(world) {}

  WebRequest request(const std::string& method, const std::string& target,
                     const std::string& body = "") const {
    WebRequest request;
    request.method = method;
    request.peer = peer;
    EXPECT_TRUE(read_target(target, request)) << target;
    request.fields = {{"host", kHost}, {"sec-fetch-site", "same-origin"}};
    if (!cookie_.empty()) request.fields.push_back({"cookie", "__Host-sid=" + cookie_});
    if (method == "POST") {
      request.fields.push_back({"origin", kOrigin});
      request.fields.push_back({"content-type", "application/json"});
      if (!token_.empty()) request.fields.push_back({"x-pantau-token", token_});
      request.body = body;
    }
    return request;
  }

  WebResponse get(const std::string& path) { return send("GET", path); }
  WebResponse post(const std::string& path, const Json& body = Json::object()) {
    return send("POST", path, body.dump());
  }
  WebResponse send(const std::string& method, const std::string& path,
                   const std::string& body = "") {
    WebResponse response = world_.ask(request(method, "/api/v1" + path, body));
    for (const WebField& field : response.fields) {
      if (field.name != "set-cookie") continue;
      const std::size_t start = field.value.find('=') + 1;
      cookie_ = field.value.substr(start, field.value.find(';') - start);
    }
    return response;
  }

  WebResponse sign_in(const std::string& name, const std::string& password = kPassword,
                      const std::string& totp = "") {
    WebResponse response =
        post("/session", {{"name", name}, {"password", password}, {"totp", totp}});
    if (response.status == 200) token_ = Json::parse(response.body)["token"];
    return response;
  }

  const std::string& cookie() const { return cookie_; }
  const std::string& token() const { return token_; }
  void take_over(const std::string& cookie, const std::string& token) {
    cookie_ = cookie;
    token_ = token;
  }
  std::string peer = "127.0.0.1";

 private:
  OfficeWorld& world_;
  std::string cookie_;
  std::string token_;
};

inline std::string code_of(const WebResponse& response) {
  const Json body = Json::parse(response.body, nullptr, false);
  return body.is_object() && body.contains("error") ? body["error"]["code"] : "";
}

}  // namespace pantau
