// A pack that is being edited: tried on a text, and compared with the version in use over the
// items at hand. Neither keeps anything.
//
// A rule author does not read items: answers name keys, states and rules, never a text. Nor can a
// roster be asked about by trying handles: what is tried is always as if some subject acted.
#include <algorithm>
#include <optional>

#include "classifiers/base/mistakes.h"
#include "classifiers/engine.h"
#include "classifiers/rules/pack.h"
#include "pipeline/desk/packs.h"
#include "pipeline/output/sha256.h"
#include "pipeline/rule_tools/act_explanation.h"
#include "pipeline/rule_tools/stored_diff.h"
#include "pipeline/rule_tools/tried_act.h"
#include "pipeline/web/handlers.h"
#include "pipeline/web/json_fields.h"
#include "pipeline/web/office.h"
#include "pipeline/web/request_body.h"

namespace pantau {
namespace {

constexpr std::size_t kDifferencesListedMax = 100;  // of each change

class TrialTurn {
 public:
  explicit TrialTurn(Office& office) : office_(office), has_(office.pack_trials().try_acquire()) {}
  TrialTurn(const TrialTurn&) = delete;
  TrialTurn& operator=(const TrialTurn&) = delete;
  ~TrialTurn() {
    if (has_) office_.pack_trials().release();
  }
  explicit operator bool() const { return has_; }

 private:
  Office& office_;
  bool has_;
};

tl::unexpected<Refusal> too_many_trials() {
  return refuse(Refused::Conflict, "Too many packs are being tried now. Try again soon.");
}

Answer<RulePack> read_pack(const std::string& name, const std::string& text) {
  Mistakes mistakes(name, text);
  RulePack pack = read_rule_pack(text, mistakes);
  if (!mistakes.empty()) return refuse(Refused::Invalid, mistakes.report());
  return pack;
}

// What makes no sense together, such as two rules of one id, is the author's to mend.
template <class Value>
Answer<Value> or_invalid(Result<Value> result) {
  if (!result) return refuse(Refused::Invalid, result.error().message);
  return *std::move(result);
}

EngineLists lists_of(const Office& office) {
  EngineLists lists;
  lists.zone = office.options().zone;
  lists.contests = office.catalogue().contests;
  lists.campaign = office.catalogue().campaign;
  return lists;
}

// The record's fields are those of the record format; what is not given, try_act() makes up.
Answer<TriedAct> act_of(const Ask& ask) {
  const JsonNode record = ask.body.root()["record"];
  if (!record.is_object()) return refuse(Refused::Invalid, "\"record\" is missing.");
  TriedAct act;
  act.text = record["text"].string();
  if (!record["kind"].is_absent()) act.kind = record["kind"].text();
  if (!record["platform"].is_absent()) act.platform = record["platform"].text();
  act.target_id = record["target"]["id"].text();
  act.target = record["target"]["handle"].string();
  act.at = record["created_at"].text();
  if (ask.body.has("region")) act.region = ask.body.text("region");
  return act;
}

void put_difference(JsonFields& fields, const Difference& difference, const DecidedItem& item) {
  fields.number("item", item.item);
  fields.text("key", item.key);
  fields.text("state", item.state);
  fields.text("rule", difference.rule);
  fields.texts("what", {difference.what.begin(), difference.what.end()});
}

void put_differences(JsonFields& fields, const PackDiff& diff, const DecidedItems& items,
                     Change change) {
  const std::string name(name_of(change));
  std::vector<const Difference*> listed;
  for (const Difference& difference : diff.differences) {
    if (difference.change == change) listed.push_back(&difference);
  }
  fields.count(name + "_count", diff.total_of(change));
  fields.list(name, listed, [&](JsonFields& out, const Difference* difference) {
    put_difference(out, *difference, items.rows.at(difference->act.line));
  });
}

WebResponse diff_answer(const PackDiff& diff, const DecidedItems& items) {
  return json_answer([&](JsonFields& fields) {
    fields.text_or_null("active", diff.before);
    fields.text("edited", diff.after);
    fields.count("items", diff.run.records);
    fields.count("unread", diff.run.rejected);
    fields.yes_no("all_items", items.is_all && !diff.run.was_stopped);
    // Acts that no rule flagged were never kept.
    fields.yes_no("new_beyond_items_unknown", true);
    for (const Change change : kAllChanges) put_differences(fields, diff, items, change);
    fields.count("same_count", diff.same());
    fields.list("rules", diff.rules, [](JsonFields& out, const RuleDifferences& rule) {
      out.text("rule", rule.rule);
      for (const Change change : kAllChanges) out.count(name_of(change), rule.of(change));
      out.count("same", rule.same);
    });
  });
}

// The version in use of the pack, if there is one.
Answer<std::optional<RulePack>> active_version(Desk& desk, const std::string& pack) {
  TRY(const std::vector<ActivePack> packs, active_packs(desk));
  const auto found = std::ranges::find(packs, pack, &ActivePack::pack);
  if (found == packs.end()) return std::optional<RulePack>();
  TRY(RulePack active, read_pack(found->pack + '@' + found->version, found->text));
  return std::optional<RulePack>(std::move(active));
}

}  // namespace

Reply post_pack_try(Ask& ask) {
  TRY(const std::string text, ask.body.needed_text("text"));
  TRY(const TriedAct act, act_of(ask));
  const TrialTurn turn(ask.office);
  if (!turn) return too_many_trials();
  TRY(RulePack edited, read_pack("pack", text));
  TRY(const std::vector<ActivePack> packs, active_packs(ask.desk));
  EngineLists lists = lists_of(ask.office);
  for (const ActivePack& pack : packs) {
    if (pack.pack == edited.id) continue;
    TRY(RulePack active, read_pack(pack.pack + '@' + pack.version, pack.text));
    lists.packs.push_back(std::move(active));
  }
  lists.packs.insert(lists.packs.begin(), std::move(edited));
  TRY(const Engine engine, or_invalid(Engine::make(std::move(lists))));
  TRY(const Tried tried, or_invalid(try_act(engine, act)));
  WebResponse response;
  response.body = explanation_json(engine, tried.record, tried.explanation);
  return response;
}

Reply post_pack_diff(Ask& ask) {
  TRY(const std::string text, ask.body.needed_text("text"));
  const TrialTurn turn(ask.office);
  if (!turn) return too_many_trials();
  TRY(RulePack edited, read_pack("pack", text));
  TRY(std::optional<RulePack> active, active_version(ask.desk, edited.id));
  std::string what;
  JsonWriter json(what);
  json.begin_object();
  JsonFields detail(json);
  detail.text_or_null("active", active ? active->name() : "");
  detail.text("edited", edited.name());
  detail.text("sha256", sha256_hex(text));
  json.end_object();
  TRY(const DecidedItems items, items_for_comparison(ask.desk, ask.caller, what));
  std::vector<StoredFlag> flags;
  flags.reserve(items.rows.size());
  for (const DecidedItem& item : items.rows) flags.push_back({item.key, item.flag});
  TRY(const PackDiff diff,
      or_invalid(diff_over_stored(lists_of(ask.office), std::move(active), std::move(edited), flags,
                                  {kDifferencesListedMax, kPackTrialTimeMax})));
  return diff_answer(diff, items);
}

}  // namespace pantau
