// A made-up office: a queue with items, and people of every role.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/desk/audit.h"
#include "pipeline/desk/cases.h"
#include "pipeline/desk/claims.h"
#include "pipeline/desk/decisions.h"
#include "pipeline/desk/desk.h"
#include "pipeline/desk/listing.h"
#include "pipeline/desk/staff.h"
#include "pipeline/review/sqlite.h"
#include "tests/review/queue_fixture.h"

// Filters and requests are written here with the fields that matter alone.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

namespace pantau {

template <class T>
T must_answer(Answer<T> answer) {
  if (!answer) {
    ADD_FAILURE() << answer.error().message;
    throw std::runtime_error(answer.error().message);
  }
  return *std::move(answer);
}

// Why it was refused; "" if it was not.
template <class T>
std::string refusal_of(const Answer<T>& answer) {
  return answer ? "" : std::string(name_of(answer.error().why));
}

inline constexpr std::string_view kFoundAt = "2024-12-02T00:00:00Z";

// Item `i`: of every third person, of two regencies, candidates and kinds in turn.
inline ReviewItem office_item(int i) {
  ReviewItem item = make_item("x/post/" + std::to_string(i));
  const bool is_like = i % 4 == 3;
  item.subject = "S-" + std::to_string(i % 3);
  item.region = i % 3 == 2 ? "64.71" : "63.08";
  item.ownership = i % 3 == 1 ? "known" : "declared";
  item.platform = "x";
  item.kind = is_like ? "like" : "post";
  item.rules = {{is_like ? "suka" : "ajakan", 0}};
  item.candidates = {{"c", i % 2 == 0 ? "1" : "2", "campaign"}};
  item.flag = R"({"key":")" + item.key +
              R"(","record":{"platform":"x","kind":"post","actor":{"id":"a)" +
              std::to_string(i % 3) +
              R"("},"target":{"handle":"@Paslon"},"text":"ayo dukung nomor )" + std::to_string(i) +
              R"("},"matches":[{"contest":"c","stage":"campaign","proposes":["DS-2","DS-6"]}]})";
  return item;
}

class Office : public testing::Test {
 protected:
  void SetUp() override {
    QueueHooks hooks;
    hooks.now = [] { return *parse_rfc3339(kFoundAt); };
    const auto queue = must(open_review_queue(url_, hooks));
    const pantau::Run run = must(queue->begin_run(make_run()));
    std::vector<ReviewItem> items;
    for (int i = 0; i < 12; i++) items.push_back(office_item(i));
    must(queue->commit(run.id, items, {}, {"", ""}));
    desk_ = open_desk();
    admin_ =
        must_answer(create_first_administrator(*desk_, now_, {"admin", "Admin", "hash", {}, {}}));
    ana_ = hire("ana", {Role::Analyst}, {{"", ""}});
    adi_ = hire("adi", {Role::Analyst}, {{"", ""}});
    sri_ = hire("sri", {Role::SecondReviewer}, {{"", ""}});
    both_ = hire("both", {Role::Analyst, Role::SecondReviewer}, {{"", ""}});
    kasus_ = hire("kasus", {Role::CaseHandler}, {{"", ""}});
    hukum_ = hire("hukum", {Role::CaseHandler}, {{"", ""}});
    audit_ = hire("audit", {Role::Auditor}, {});
    far_ = hire("far", {Role::Analyst, Role::SecondReviewer, Role::CaseHandler}, {{"c", "64"}});
  }

  std::unique_ptr<Desk> open_desk() { return must(Desk::open(url_, TimeZone::utc())); }
  Caller as(StaffId staff, int seconds = 0) const {
    return {staff, now_ + std::chrono::seconds(seconds)};
  }
  StaffId hire(const std::string& name, std::vector<Role> roles, std::vector<Scope> scopes) {
    return must_answer(create_staff(*desk_, as(admin_),
                                    {name, name, "hash", std::move(roles), std::move(scopes)}));
  }
  void set(const std::string& name, const std::string& value) {
    must_answer(set_setting(*desk_, as(admin_), name, value));
  }
  std::string query(const char* sql) {
    return must(must(Database::open(path_, std::chrono::seconds(5)))->text(sql));
  }
  // What the file itself says to a statement of a program that knows no rules.
  std::string past_the_desk(const char* sql) {
    const auto database = must(Database::open(path_, std::chrono::seconds(5)));
    const Status status = database->execute(sql);
    return status ? "" : status.error().message.substr(path_.size() + 2);
  }
  std::string state_of(ItemSeq item) {
    return query(("SELECT state FROM item WHERE seq = " + std::to_string(item)).c_str());
  }

  Answer<DecisionOutcome> claim_and(StaffId staff, ItemSeq item, DecisionRequest request,
                                    int seconds = 0) {
    const Answer<Claim> claim = claim_item(*desk_, as(staff, seconds), item);
    if (!claim) return tl::unexpected<Refusal>(claim.error());
    request.item = item;
    request.fence = claim->fence;
    return decide(*desk_, as(staff, seconds), request);
  }
  Answer<DecisionOutcome> dismiss(StaffId staff, ItemSeq item) {
    DecisionRequest request;
    request.action = "dismiss";
    request.reason = "not_support";
    return claim_and(staff, item, request);
  }
  Answer<DecisionOutcome> act(StaffId staff, ItemSeq item, const std::string& action) {
    DecisionRequest request;
    request.action = action;
    request.note = "because";
    return claim_and(staff, item, request);
  }

  TemporaryFolder folder_{TemporaryFolder::memory()};
  std::string path_ = folder_ / "queue.sqlite";
  std::string url_ = "sqlite:" + path_;
  Instant now_ = *parse_rfc3339("2024-12-03T08:00:00Z");
  std::unique_ptr<Desk> desk_;
  StaffId admin_ = 0, ana_ = 0, adi_ = 0, sri_ = 0, both_ = 0, kasus_ = 0, hukum_ = 0, audit_ = 0,
          far_ = 0;
};

}  // namespace pantau
