// What the named Bluesky accounts did themselves: their repositories, read in full. Public, and
// without a token.
//
// A repository is listed only if it has changed since the last round. Its posts, and its acts
// towards campaign accounts, are remembered by their names (a few bytes each); one that is missing
// where a new listing should show it is suspected to be deleted. It counts as deleted only if its
// server says so twice, at two times, and the repository itself is still open after that: a
// server that has lost an account for an hour deletes nothing.
#include <algorithm>
#include <array>

#include "pipeline/ingest/sources/bluesky_memory.h"
#include "pipeline/ingest/sources/bluesky_xrpc.h"
#include "pipeline/ingest/sources/source_keys.h"
#include "pipeline/ingest/sources/to_do_source.h"
#include "pipeline/layouts/bluesky_record.h"

namespace pantau {
namespace {

constexpr std::string_view kResolver = "https://public.api.bsky.app";
constexpr std::string_view kDirectory = "https://plc.directory";

constexpr auto kCollections =
    std::to_array<std::string_view>({kBlueskyPost, kBlueskyLike, kBlueskyRepost, kBlueskyFollow});

// The tasks, by kind, with what follows it.
constexpr std::string_view kLocate = "locate";    // DID: where is the repository?
constexpr std::string_view kCommit = "commit";    // DID: has it changed?
constexpr std::string_view kList = "list";        // DID COLLECTION REVISION CURSOR LAST_KEY
constexpr std::string_view kCheck = "check";      // DID COLLECTION: is the first missing act gone?
constexpr std::string_view kRecheck = "recheck";  // the same, at the end of the round
constexpr std::string_view kAlive = "alive";      // DID COLLECTION: is the repository open?

struct AccountsConfig {
  std::string server;  // empty: each repository is looked for
  std::string directory;
  std::string resolver;
  std::vector<std::string> accounts;  // ids or handles
  std::vector<std::string> campaign_ids;
  std::vector<std::string> campaign_handles;

  std::vector<std::string> handles() const {
    std::vector<std::string> handles = campaign_handles;
    std::ranges::copy_if(accounts, std::back_inserter(handles),
                         [](const std::string& account) { return !is_did(account); });
    return handles;
  }
  std::vector<std::string> all() const {
    std::vector<std::string> all = {server, directory, resolver};
    for (const auto& list : {accounts, campaign_ids, campaign_handles}) {
      all.insert(all.end(), list.begin(), list.end());
      all.emplace_back();
    }
    return all;
  }
};

class BlueskyAccounts final : public ToDoSource {
 public:
  explicit BlueskyAccounts(AccountsConfig config)
      : ToDoSource(config.all()), config_(std::move(config)), handles_(config_.handles()) {}

  std::string_view platform() const override { return "bluesky"; }

 protected:
  void begin(ToDo& to_do) const override {
    forget_suspicions(to_do);
    std::vector<Task> tasks = handles_.tasks(to_do);
    for (const std::string& account : config_.accounts) {
      const std::string_view did =
          is_did(account) ? account : BlueskyHandles::id_of(account, to_do);
      if (!did.empty()) tasks.push_back(first_task_of(did, to_do));
    }
    to_do.push(std::move(tasks));
  }

  bool is_task(const Task& task) const override {
    if (BlueskyHandles::is_task(task)) return true;
    if (task.size() < 2 || !is_did(task[1])) return false;
    if (task[0] == kLocate || task[0] == kCommit) return task.size() == 2;
    if (task.size() < 3 || std::ranges::find(kCollections, task[2]) == kCollections.end()) {
      return false;
    }
    if (task[0] == kList) return task.size() == 6;
    return task.size() == 3 && (task[0] == kCheck || task[0] == kRecheck || task[0] == kAlive);
  }

  Request request(const Task& task, const ToDo& to_do) const override {
    if (BlueskyHandles::is_task(task)) return BlueskyHandles::request(config_.resolver, task);
    if (task[0] == kLocate) return locate_request(task[1]);
    const std::string server = server_of(task[1], to_do);
    if (task[0] == kCommit || task[0] == kAlive) {
      return xrpc_request(server, "com.atproto.sync.getLatestCommit", {{"did", task[1]}});
    }
    if (task[0] == kList) {
      return xrpc_request(
          server, "com.atproto.repo.listRecords",
          {{"repo", task[1]}, {"collection", task[2]}, {"limit", "100"}, {"cursor", task[4]}});
    }
    const std::string key = first_name(to_do, task[0] == kCheck ? kMissingFact : kGoneFact, task);
    return xrpc_request(server, "com.atproto.repo.getRecord",
                        {{"repo", task[1]}, {"collection", task[2]}, {"rkey", key}});
  }

  Verdict read_task(const Task& task, const Answer& answer, ToDo& to_do,
                    Page& page) const override {
    if (BlueskyHandles::is_task(task)) return read_handle(task, answer, to_do, page);
    if (task[0] == kLocate) return read_location(task, answer, to_do, page);
    if (task[0] == kCommit) return read_commit(task, answer, to_do, page);
    if (task[0] == kList) return read_listing(task, answer, to_do, page);
    if (task[0] == kAlive) return read_alive(task, answer, to_do, page);
    return read_check(task, answer, to_do, page);
  }

 private:
  static Task task_of(std::string_view kind, std::string_view did) {
    return {std::string(kind), std::string(did)};
  }

  Task first_task_of(std::string_view did, const ToDo& to_do) const {
    return task_of(server_of(did, to_do).empty() ? kLocate : kCommit, did);
  }

  std::string server_of(std::string_view did, const ToDo& to_do) const {
    return config_.server.empty() ? std::string(to_do.fact(fact_name(kServerFact, did)))
                                  : config_.server;
  }

  Request locate_request(std::string_view did) const {
    constexpr std::string_view kWeb = "did:web:";
    Request request;
    request.url = did.starts_with(kWeb)
                      ? "https://" + std::string(did.substr(kWeb.size())) + "/.well-known/did.json"
                      : config_.directory + "/" + std::string(did);
    return request;
  }

  Verdict read_handle(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const {
    Verdict verdict = BlueskyHandles::read(task, answer, to_do, page);
    const std::string_view did = BlueskyHandles::id_of(task[1], to_do);
    if (!did.empty() && std::ranges::find(config_.accounts, task[1]) != config_.accounts.end()) {
      to_do.push({first_task_of(did, to_do)});
    }
    return verdict;
  }

  Verdict read_location(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const;
  Verdict read_commit(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const;
  Verdict read_listing(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const;
  Verdict read_check(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const;
  Verdict read_alive(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const;

  // What a record is read with.
  struct Around {
    const Answer& answer;
    const ToDo& to_do;
    Page& page;
  };
  void read_record(const Task& task, JsonValue& element, const Around& around,
                   BlueskyListing& listing) const;
  bool is_to_be_known(const Record& record, const ToDo& to_do) const;

  AccountsConfig config_;
  BlueskyHandles handles_;
};

// The service of a DID document whose id ends in #atproto_pds.
Verdict BlueskyAccounts::read_location(const Task& task, const Answer& answer, ToDo& to_do,
                                       Page& page) const {
  if (answer.status == 404 || answer.status == 410) {
    page.skip("account not found");
    return Verdict::page();
  }
  if (answer.status != 200) return judge_status(answer);
  JsonLine json;
  JsonField services;
  std::string endpoint;
  const std::string_view reason =
      json.read(answer.body, page.arena, [&](std::string_view key, JsonValue& value) {
        if (key != "service") return;
        value.take_array(services, [&](JsonValue& element) {
          JsonField whole;
          JsonField id;
          JsonField address;
          element.take_object(whole, [&](std::string_view inner, JsonValue& field) {
            if (inner == "id") field.take(id);
            if (inner == "serviceEndpoint") field.take(address);
          });
          if (id.string().ends_with("#atproto_pds")) endpoint = address.string();
        });
      });
  if (!reason.empty()) return not_as_asked("DID document");
  while (endpoint.ends_with('/')) endpoint.pop_back();
  if (!endpoint.starts_with("https://") && !endpoint.starts_with("http://")) {
    page.skip("account has no server");
    return Verdict::page();
  }
  to_do.facts[fact_name(kServerFact, task[1])] = endpoint;
  to_do.push({task_of(kCommit, task[1])});
  return Verdict::page();
}

Verdict BlueskyAccounts::read_commit(const Task& task, const Answer& answer, ToDo& to_do,
                                     Page& page) const {
  if (answer.status != 200) {
    const Refusal refusal = refusal_of(answer);
    if (refusal.is == Refusal::Is::Verdict) return refusal.verdict;
    page.skip(refusal.what);
    // It may have moved to another server, which the next round looks for.
    to_do.facts.erase(fact_name(kServerFact, task[1]));
    return Verdict::page();
  }
  JsonLine json;
  JsonField revision;
  const std::string_view reason =
      json.read(answer.body, page.arena, [&](std::string_view key, JsonValue& value) {
        if (key == "rev") value.take(revision);
      });
  if (!reason.empty() || revision.string().empty()) return not_as_asked("getLatestCommit");
  if (to_do.fact(fact_name(kRevisionFact, task[1])) == revision.string()) {
    page.skip("account unchanged");
    return Verdict::page();
  }
  std::vector<Task> lists;
  lists.reserve(kCollections.size());
  for (const std::string_view collection : kCollections) {
    lists.push_back(
        {std::string(kList), task[1], std::string(collection), std::string(revision.text), "", ""});
  }
  to_do.push(std::move(lists));
  return Verdict::page();
}

bool BlueskyAccounts::is_to_be_known(const Record& record, const ToDo& to_do) const {
  if (record.kind != Kind::Like && record.kind != Kind::Follow && !record.text.empty()) return true;
  const auto is_target = [&](std::string_view id) { return id == record.target.id; };
  return std::ranges::any_of(config_.campaign_ids, is_target) ||
         std::ranges::any_of(config_.campaign_handles, [&](const std::string& handle) {
           return is_target(BlueskyHandles::id_of(handle, to_do));
         });
}

void BlueskyAccounts::read_record(const Task& task, JsonValue& element, const Around& around,
                                  BlueskyListing& listing) const {
  const auto& [answer, to_do, page] = around;
  JsonField whole;
  JsonField uri;
  JsonField value;
  BlueskyFields fields;
  element.take_object(whole, [&](std::string_view key, JsonValue& field) {
    if (key == "uri") field.take(uri);
    if (key != "value") return;
    field.take_object(value,
                      [&](std::string_view inner, JsonValue& part) { fields.take(inner, part); });
  });
  const BlueskyAddress address = bluesky_address_of(uri.string());
  if (address.did != task[1] || address.collection != task[2] || !is_record_key(address.rkey)) {
    return page.reject("missing:id");
  }
  listing.keys.emplace_back(address.rkey);
  if (value.type != JsonType::Object) return page.reject("missing:record");
  SourcedAct act{record_of("bluesky", answer, page.arena), element.written(), {}};
  read_bluesky_address(address, act.record, page.arena);
  const std::string_view reason = read_bluesky_record(fields, address, act.record, page.arena);
  if (!reason.empty()) return page.reject(reason);
  handles_.name(act.record.actor, to_do, page.arena);
  handles_.name(act.record.target, to_do, page.arena);
  if (is_to_be_known(act.record, to_do)) listing.known.emplace_back(address.rkey);
  page.acts.push_back(act);
}

Verdict BlueskyAccounts::read_listing(const Task& task, const Answer& answer, ToDo& to_do,
                                      Page& page) const {
  if (answer.status != 200) {
    const Refusal refusal = refusal_of(answer);
    if (refusal.is == Refusal::Is::Verdict) return refusal.verdict;
    page.skip(refusal.what);
    std::erase_if(to_do.tasks,
                  [&](const Task& other) { return other[0] == kList && other[1] == task[1]; });
    return Verdict::page();
  }
  JsonLine json;
  JsonField records;
  JsonField next;
  BlueskyListing listing;
  listing.before = task[5];
  const std::string_view reason =
      json.read(answer.body, page.arena, [&](std::string_view key, JsonValue& value) {
        if (key == "cursor") value.take(next);
        if (key != "records") return;
        value.take_array(records, [&](JsonValue& element) {
          read_record(task, element, {answer, to_do, page}, listing);
        });
      });
  if (!reason.empty() || records.type != JsonType::Array) return not_as_asked("listRecords");

  // The end is a page without cursor. One that says to go on where it stands would never end.
  const std::string_view cursor = next.string();
  listing.is_last = cursor.empty() || cursor == task[4];
  if (!listing.is_last) {
    const std::string last = listing.keys.empty() ? task[5] : listing.keys.back();
    to_do.push({{std::string(kList), task[1], task[2], task[3], std::string(cursor), last}});
  } else if (task[2] == kCollections.back() && to_do.fact(fact_name(kDoubtFact, task[1])).empty()) {
    to_do.facts[fact_name(kRevisionFact, task[1])] = task[3];
  }
  if (compare_with_known(task, listing, to_do, page)) {
    to_do.push({{std::string(kCheck), task[1], task[2]}});
  }
  remember_known(task, listing, to_do, page);
  return Verdict::page();
}

// Of kCheck and kRecheck: the server is asked for one act by its name.
Verdict BlueskyAccounts::read_check(const Task& task, const Answer& answer, ToDo& to_do,
                                    Page& page) const {
  const bool is_first = task[0] == kCheck;
  BlueskyNames suspects(to_do, is_first ? kMissingFact : kGoneFact, task);
  const std::string name = suspects.take_first();
  if (answer.status == 429) return judge_status(answer);
  const bool is_gone =
      answer.status != 200 && refusal_of(answer).is == Refusal::Is::RecordGone && !name.empty();
  if (is_gone) {
    BlueskyNames confirmed(to_do, is_first ? kGoneFact : kTwiceGoneFact, task);
    confirmed->push_back(name);
    const Task recheck = {std::string(kRecheck), task[1], task[2]};
    if (is_first && confirmed->size() == 1) to_do.tasks.insert(to_do.tasks.begin(), recheck);
    if (!is_first && confirmed->size() == 1) {
      to_do.push({{std::string(kAlive), task[1], task[2]}});
    }
  } else if (answer.status != 200) {
    // Not there, but for a reason of its own: it is looked for again in the next round.
    page.skip("deletion not confirmed");
    doubt(task[1], to_do);
  } else {
    page.skip("not deleted");
  }
  if (!suspects->empty()) to_do.push({task});
  return Verdict::page();
}

Verdict BlueskyAccounts::read_alive(const Task& task, const Answer& answer, ToDo& to_do,
                                    Page& page) const {
  BlueskyNames gone(to_do, kTwiceGoneFact, task);
  const std::vector<std::string> names = std::move(*gone);
  gone->clear();
  if (answer.status != 200) {
    const Refusal refusal = refusal_of(answer);
    if (refusal.is == Refusal::Is::Verdict) return refusal.verdict;
    page.skip(refusal.what);
    doubt(task[1], to_do);
    return Verdict::page();
  }
  BlueskyNames known(to_do, kKnownFact, task);
  for (const std::string& name : names) {
    Removal removal{record_of("bluesky", answer, page.arena), "deleted by its author"};
    const BlueskyAddress address = {page.arena.keep(task[1]), page.arena.keep(task[2]),
                                    page.arena.keep(name)};
    read_bluesky_address(address, removal.record, page.arena);
    handles_.name(removal.record.actor, to_do, page.arena);
    page.removals.push_back(removal);
    std::erase(*known, name);
  }
  return Verdict::page();
}

}  // namespace

std::unique_ptr<Source> make_bluesky_accounts(TomlReader& table,
                                              std::span<const CampaignAccount> campaign) {
  AccountsConfig config;
  if (table.has("server")) config.server = server_key(table, "server", "-");
  config.directory = server_key(table, "directory", kDirectory);
  config.resolver =
      server_key(table, "resolver", config.server.empty() ? kResolver : config.server);
  config.accounts = bluesky_accounts_key(table);
  if (config.accounts.empty()) table.missing("accounts");
  for (const CampaignAccount& account : campaign) {
    if (account.id.empty()) {
      config.campaign_handles.push_back(account.handle);
    } else {
      config.campaign_ids.push_back(account.id);
    }
  }
  return std::make_unique<BlueskyAccounts>(std::move(config));
}

}  // namespace pantau
