// The slow twin of the workflow: items, claims and decisions as plain values, and the rules of
// desk/claims.h and desk/decisions.h written down once more, without SQL.
//
// A rule says why an act must be refused; where several forbid it, each is a right answer, because
// which is looked at first is nobody's promise. So an act gives the set of reasons, and is done
// only if that is empty.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pantau {

using Reasons = std::set<std::string>;  // names of Refused; empty: it is done

struct PlainPerson {
  bool is_analyst = false;
  bool is_second = false;
  bool is_reader = false;        // of items: one of these two, or a case handler
  std::set<std::int64_t> scope;  // the items that the person may see
};

struct PlainDecision {
  std::int64_t number = 0, staff = 0, at = 0;  // at: seconds
  std::string action, from, to;
  bool is_undone = false;
};

struct PlainItem {
  std::string state = "open";
  std::optional<std::int64_t> holder;
  std::int64_t fence = 0, until = 0;
  std::vector<PlainDecision> decisions;
  std::int64_t bulk = 0;               // the one it waits for
  std::optional<PlainDecision> blind;  // the dismissal that waits for a blind review
};

struct PlainBulk {
  std::int64_t staff = 0;
  bool is_pending = true;
  std::map<std::int64_t, std::string> before;  // item → its state before it was asked for
};

class PlainWorkflow {
 public:
  static constexpr std::int64_t kLease = 600, kUndo = 10;
  static constexpr std::size_t kBulkMax = 2;

  std::map<std::int64_t, PlainPerson> people;
  std::map<std::int64_t, PlainItem> items;
  std::map<std::int64_t, PlainBulk> bulks;
  std::int64_t now = 0;

  static bool waits(const std::string& state) {
    return state == "open" || state == "needs_info" || state == "returned";
  }

  Reasons claim(std::int64_t staff, std::int64_t number) {
    Reasons why = unseen(staff, number);
    if (!why.empty()) return why;
    PlainItem& item = items.at(number);
    const PlainPerson& person = people.at(staff);
    if (waits(item.state)) {
      if (!person.is_analyst) why.insert("forbidden");
    } else if (item.state == "proposed") {
      if (!person.is_second) why.insert("forbidden");
      if (proposer(item) == staff) why.insert("same_person");
    } else {
      why.insert("conflict");
    }
    if (held_by_another(item, staff)) why.insert("conflict");
    if (why.empty()) take(item, staff);
    return why;
  }

  Reasons renew(std::int64_t staff, std::int64_t number, std::int64_t fence) {
    PlainItem& item = items.at(number);
    if (!holds(item, staff, fence)) return {"late"};
    item.until = now + kLease;
    return {};
  }

  void release(std::int64_t staff, std::int64_t number, std::int64_t fence) {
    PlainItem& item = items.at(number);
    if (item.holder == staff && item.fence == fence) item.holder.reset();
  }

  // `number` of the decision, if it is one.
  Reasons decide(std::int64_t staff, std::int64_t number, std::int64_t fence,
                 const std::string& action, bool has_reason, bool has_note, std::int64_t decision) {
    static const std::map<std::string, std::string> to = {{"dismiss", "dismissed"},
                                                          {"needs_info", "needs_info"},
                                                          {"propose", "proposed"},
                                                          {"confirm", "confirmed"},
                                                          {"return", "returned"}};
    Reasons why = unseen(staff, number);
    const PlainPerson& person = people.at(staff);
    PlainItem& item = items.at(number);
    const bool is_second = action == "confirm" || action == "return";
    if (!(is_second ? person.is_second : person.is_analyst)) why.insert("forbidden");
    if ((action == "dismiss") != has_reason) why.insert("invalid");
    if ((action == "needs_info" || action == "return") && !has_note) why.insert("invalid");
    if (!holds(item, staff, fence)) why.insert("late");
    const bool fits =
        is_second ? item.state == "proposed"
                  : waits(item.state) && !(action == "needs_info" && item.state == "needs_info");
    if (!fits) why.insert("conflict");
    if (is_second && proposer(item) == staff) why.insert("same_person");
    if (why.empty()) {
      move(item, {decision, staff, now, action, item.state, to.at(action)});
      if (action == "dismiss") item.blind = item.decisions.back();
    }
    return why;
  }

  Reasons undo(std::int64_t staff, std::int64_t decision, std::int64_t number) {
    for (auto& [item_number, item] : items) {
      for (PlainDecision& old : item.decisions) {
        if (old.number != decision || old.staff != staff) continue;
        Reasons why = unseen(staff, item_number);
        if (!people.at(staff).is_reader) why.insert("forbidden");
        if (now > old.at + kUndo) why.insert("late");
        const bool is_last = item.decisions.back().number == decision;
        if (!is_last || old.is_undone || old.action == "undo") why.insert("conflict");
        if (!is_undoable(old.action)) why.insert("conflict");
        if (!why.empty()) return why;
        old.is_undone = true;
        if (item.blind && item.blind->number == decision) item.blind.reset();
        const PlainDecision taken_back = old;
        move(item, {number, staff, now, "undo", taken_back.to, taken_back.from});
        return {};
      }
    }
    return {"not_found"};
  }

  Reasons reopen(std::int64_t staff, std::int64_t number, bool has_note, std::int64_t decision) {
    Reasons why = unseen(staff, number);
    PlainItem& item = items.at(number);
    if (!has_note) why.insert("invalid");
    if (!people.at(staff).is_second) why.insert("forbidden");
    if (item.state != "dismissed") why.insert("conflict");
    if (dismisser(item) == staff) why.insert("same_person");
    if (!why.empty()) return why;
    move(item, {decision, staff, now, "reopen", item.state, "open"});
    item.blind.reset();
    return {};
  }

  // The items that are skipped are told; `first` is the number of the first decision.
  Reasons bulk(std::int64_t staff, std::int64_t bulk, const std::vector<std::int64_t>& numbers,
               std::int64_t first, std::set<std::int64_t>& skipped) {
    if (!people.at(staff).is_analyst) return {"forbidden"};
    const bool is_pending = numbers.size() > kBulkMax;
    PlainBulk made{staff, is_pending, {}};
    for (const std::int64_t number : numbers) {
      PlainItem& item = items.at(number);
      if (!unseen(staff, number).empty() || !waits(item.state) || held_by_another(item, staff)) {
        skipped.insert(number);
        continue;
      }
      take(item, staff);
      made.before[number] = item.state;
      item.bulk = bulk;
      move(item, {first, staff, now, is_pending ? "ask_dismissal" : "dismiss", item.state,
                  is_pending ? "pending_dismissal" : "dismissed"});
      if (!is_pending) item.blind = item.decisions.back();
      first++;
    }
    if (made.before.empty()) return {"conflict"};
    bulks[bulk] = made;
    return {};
  }

  Reasons end_bulk(std::int64_t staff, std::int64_t number, bool is_approved, std::int64_t first) {
    if (!people.at(staff).is_second) return {"forbidden"};
    const auto bulk = bulks.find(number);
    if (bulk == bulks.end() || !bulk->second.is_pending) return {"not_found"};
    Reasons why;
    if (bulk->second.staff == staff) why.insert("same_person");
    std::vector<std::int64_t> asked;
    for (const auto& [item, before] : bulk->second.before) {
      const PlainItem& asked_for = items.at(item);
      if (asked_for.state != "pending_dismissal" || asked_for.bulk != number)
        continue;  // taken back
      asked.push_back(item);
      if (!unseen(staff, item).empty()) why.insert("not_found");
    }
    if (!why.empty()) return why;
    bulk->second.is_pending = false;
    for (const std::int64_t each : asked) {
      PlainItem& item = items.at(each);
      move(item, {first, staff, now, is_approved ? "approve" : "refuse", item.state,
                  is_approved ? "dismissed" : bulk->second.before.at(each)});
      if (is_approved) item.blind = item.decisions.back();
      if (is_approved) item.blind->staff = bulk->second.staff;
      first++;
    }
    return {};
  }

  Reasons blind(std::int64_t staff, std::int64_t number, bool agrees, std::int64_t decision) {
    if (!people.at(staff).is_second) return {"forbidden"};
    PlainItem& item = items.at(number);
    if (!unseen(staff, number).empty() || !item.blind || item.blind->staff == staff) {
      return {"not_found"};
    }
    if (!agrees) {
      if (dismisser(item) == staff) return {"same_person"};
      move(item, {decision, staff, now, "reopen", item.state, "open"});
    }
    item.blind.reset();
    return {};
  }

 private:
  Reasons unseen(std::int64_t staff, std::int64_t number) const {
    const PlainPerson& person = people.at(staff);
    return person.is_reader && person.scope.contains(number) ? Reasons() : Reasons{"not_found"};
  }
  bool holds(const PlainItem& item, std::int64_t staff, std::int64_t fence) const {
    return item.holder == staff && item.fence == fence && item.until > now;
  }
  bool held_by_another(const PlainItem& item, std::int64_t staff) const {
    return item.holder && *item.holder != staff && item.until > now;
  }
  void take(PlainItem& item, std::int64_t staff) const {
    if (item.holder != staff || item.until <= now) item.fence++;
    item.holder = staff;
    item.until = now + kLease;
  }
  static void move(PlainItem& item, PlainDecision decision) {
    item.state = decision.to;
    item.holder.reset();
    item.decisions.push_back(std::move(decision));
  }
  static std::optional<std::int64_t> last_of(const PlainItem& item,
                                             const std::set<std::string>& of) {
    std::optional<std::int64_t> staff;
    for (const PlainDecision& decision : item.decisions) {
      if (!decision.is_undone && of.contains(decision.action)) staff = decision.staff;
    }
    return staff;
  }
  static std::optional<std::int64_t> proposer(const PlainItem& item) {
    return last_of(item, {"propose"});
  }
  static std::optional<std::int64_t> dismisser(const PlainItem& item) {
    return last_of(item, {"dismiss", "ask_dismissal"});
  }
  // What ended a bulk ended it for all of its items.
  static bool is_undoable(const std::string& action) {
    return action != "approve" && action != "refuse";
  }
};

}  // namespace pantau
