// A Mastodon server, asked over its API, with or without a token: what was done to campaign
// accounts (who liked, shared or answered their statuses, who follows them), what named accounts
// wrote, shared and whom they follow, and timelines.
//
// Accounts are known by their handle user@server; the numbers that a server gives them are its
// own, and no more than a way to ask. Lists are paged by the links of the answers alone.
// What is not there is called "not found" whether it was deleted or only closed, so this source
// knows of no deletion.
#include <algorithm>
#include <array>

#include "pipeline/ingest/sources/page_objects.h"
#include "pipeline/ingest/sources/source_keys.h"
#include "pipeline/ingest/sources/sources.h"
#include "pipeline/ingest/sources/to_do_source.h"
#include "pipeline/layouts/mastodon_status.h"

namespace pantau {
namespace {

// Every task is KIND, NUMBER, HANDLE, OBJECT and the path of its page, "/api/v1/…".
//   NUMBER: of an account or status on this server; HANDLE: whose; OBJECT: a status's address.
constexpr std::string_view kLookUp = "look-up";         // HANDLE of a campaign account
constexpr std::string_view kLookUpOwn = "look-up-own";  // HANDLE of a named account
constexpr std::string_view kStatuses = "statuses";      // of a campaign account, to ask about each
constexpr std::string_view kOwn = "own";  // statuses of a named account, for themselves
constexpr std::string_view kFollowers = "followers";
constexpr std::string_view kFollowing = "following";
constexpr std::string_view kLikes = "likes";        // of a status
constexpr std::string_view kShares = "shares";      // …
constexpr std::string_view kAnswers = "answers";    // …
constexpr std::string_view kTimeline = "timeline";  // HANDLE is its path, OBJECT the newest status

constexpr auto kKinds =
    std::to_array<std::string_view>({kLookUp, kLookUpOwn, kStatuses, kOwn, kFollowers, kFollowing,
                                     kLikes, kShares, kAnswers, kTimeline});

constexpr std::string_view kNewestFact = "newest:";  // of a timeline's path: its newest status

constexpr std::size_t kKindPart = 0;
constexpr std::size_t kNumber = 1;
constexpr std::size_t kHandle = 2;
constexpr std::size_t kObject = 3;
constexpr std::size_t kPath = 4;
constexpr std::size_t kTaskParts = 5;

Task task_of(std::string_view kind, std::string_view number, std::string_view handle,
             std::string_view object, std::string path) {
  return {std::string(kind), std::string(number), std::string(handle), std::string(object),
          std::move(path)};
}

// The address behind rel="next" of a Link header: <…>; rel="next", <…>; rel="prev".
std::string_view next_link(std::string_view links) {
  while (!links.empty()) {
    const std::size_t begin = links.find('<');
    const std::size_t end = links.find('>', begin == std::string_view::npos ? 0 : begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) return {};
    const std::string_view address = links.substr(begin + 1, end - begin - 1);
    links.remove_prefix(end + 1);
    const std::string_view parameters = links.substr(0, std::min(links.find('<'), links.size()));
    if (parameters.find("rel=\"next\"") != std::string_view::npos) return address;
  }
  return {};
}

// Numbers of statuses grow with time, and are longer than an integer may be.
bool is_newer(std::string_view id, std::string_view other) {
  return id.size() != other.size() ? id.size() > other.size() : id > other;
}

bool is_number(std::string_view text) {
  constexpr std::size_t kNumberBytesMax = 40;  // some servers give letters as well
  return !text.empty() && text.size() <= kNumberBytesMax && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  });
}

// A path of this server's own, so that a link cannot lead elsewhere.
bool is_path(std::string_view path) {
  constexpr std::size_t kPathBytesMax = 4096;
  return path.starts_with("/api/v1/") && path.size() <= kPathBytesMax &&
         path.find("..") == std::string_view::npos && std::ranges::all_of(path, [](char c) {
           return static_cast<unsigned char>(c) > 0x20 && c != '#' && c != '\\';
         });
}

struct MastodonConfig {
  std::string server;
  KindSet kinds;
  std::optional<std::chrono::days> posts_days_max;
  std::vector<std::string> campaign;   // handles
  std::vector<std::string> accounts;   // handles
  std::vector<std::string> timelines;  // paths

  std::vector<std::string> all() const {
    std::vector<std::string> all = {server, kinds.text()};
    for (const auto& list : {campaign, accounts, timelines}) {
      all.insert(all.end(), list.begin(), list.end());
      all.emplace_back();
    }
    return all;
  }
};

class Mastodon final : public ToDoSource {
 public:
  explicit Mastodon(MastodonConfig config) : ToDoSource(config.all()), config_(std::move(config)) {}

  std::string_view platform() const override { return "mastodon"; }

 protected:
  void begin(ToDo& to_do) const override {
    std::vector<Task> tasks;
    const auto look_up = [&](std::string_view kind, const std::string& handle) {
      tasks.push_back(
          task_of(kind, "", handle, "", "/api/v1/accounts/lookup?acct=" + percent_encoded(handle)));
    };
    for (const std::string& handle : config_.campaign) look_up(kLookUp, handle);
    for (const std::string& handle : config_.accounts) look_up(kLookUpOwn, handle);
    for (const std::string& path : config_.timelines) {
      tasks.push_back(task_of(kTimeline, "", path, "", path));
    }
    to_do.push(std::move(tasks));
  }

  bool is_task(const Task& task) const override {
    return task.size() == kTaskParts &&
           std::ranges::find(kKinds, task[kKindPart]) != kKinds.end() && is_path(task[kPath]);
  }

  Request request(const Task& task, const ToDo&) const override {
    Request request;
    request.url = config_.server + task[kPath];
    request.token = TokenUse::Bearer;
    return request;
  }

  Verdict read_task(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const override;

 private:
  std::vector<Task> tasks_of_account(const Task& task, std::string_view number) const;
  std::vector<Task> tasks_of_status(const Task& task, JsonNode status, Page& page) const;
  Verdict read_account(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const;
  Verdict read_answers(const Task& task, const Answer& answer, Page& page) const;
  Verdict read_list(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const;
  void read_statuses_item(const Task& task, const ListedObject& item, const Answer& answer,
                          Page& page) const;
  void read_account_item(const Task& task, const ListedObject& item, const Answer& answer,
                         Page& page) const;
  std::string next_path(const Answer& answer, Page& page) const;

  MastodonConfig config_;
};

Verdict Mastodon::read_task(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const {
  if (answer.status == 404 || answer.status == 410) {
    page.skip(answer.status == 410 ? "account suspended" : "not found, or not open");
    return Verdict::page();
  }
  if (answer.status == 401) return Verdict::stop("the server wants a token, or a better one");
  if (answer.status == 422) return Verdict::stop("the server wants a token for this");
  if (answer.status != 200) return judge_status(answer);
  if (task[kKindPart] == kLookUp || task[kKindPart] == kLookUpOwn) {
    return read_account(task, answer, to_do, page);
  }
  if (task[kKindPart] == kAnswers) return read_answers(task, answer, page);
  return read_list(task, answer, to_do, page);
}

Verdict Mastodon::read_account(const Task& task, const Answer& answer, ToDo& to_do,
                               Page& page) const {
  JsonTree tree;
  if (!tree.read(answer.body, page.arena).empty()) return Verdict::retry("no whole account");
  const std::string_view number = tree.root()["id"].string();
  if (!is_number(number)) return Verdict::retry("an account without a number");
  to_do.push(tasks_of_account(task, number));
  return Verdict::page();
}

std::vector<Task> Mastodon::tasks_of_account(const Task& task, std::string_view number) const {
  const std::string account = "/api/v1/accounts/" + std::string(number);
  std::vector<Task> tasks;
  const auto ask = [&](std::string_view kind, std::string_view rest) {
    tasks.push_back(task_of(kind, number, task[kHandle], "", account + std::string(rest)));
  };
  if (task[kKindPart] == kLookUpOwn) {
    ask(kOwn, "/statuses?limit=40");
    if (config_.kinds.has(Kind::Follow)) ask(kFollowing, "/following?limit=80");
    return tasks;
  }
  if (config_.kinds.has(Kind::Follow)) ask(kFollowers, "/followers?limit=80");
  if (config_.kinds.has(Kind::Like) || config_.kinds.has(Kind::Share) ||
      config_.kinds.has(Kind::Comment)) {
    ask(kStatuses, "/statuses?limit=40&exclude_reblogs=true");
  }
  return tasks;
}

// What is to be asked about a campaign account's status. What nobody did needs no question.
std::vector<Task> Mastodon::tasks_of_status(const Task& task, JsonNode status, Page& page) const {
  const std::string_view number = id_text(status["id"]);
  const std::string_view address = status["uri"].string();
  if (!is_number(number) || address.empty()) {
    page.reject("missing:id");
    return {};
  }
  std::vector<Task> tasks;
  const auto ask = [&](Kind act, std::string_view kind, std::string_view count,
                       std::string_view rest) {
    if (!config_.kinds.has(act) || status[count].text() == "0") return;
    tasks.push_back(task_of(kind, task[kNumber], task[kHandle], address,
                            "/api/v1/statuses/" + std::string(number) + std::string(rest)));
  };
  ask(Kind::Like, kLikes, "favourites_count", "/favourited_by?limit=80");
  ask(Kind::Share, kShares, "reblogs_count", "/reblogged_by?limit=80");
  ask(Kind::Comment, kAnswers, "replies_count", "/context");
  return tasks;
}

// Statuses that are read for themselves.
void Mastodon::read_statuses_item(const Task& task, const ListedObject& item, const Answer& answer,
                                  Page& page) const {
  const std::size_t before = page.acts.size();
  Acts acts;
  read_mastodon_status(item.node, acts, page.arena);
  add_acts(acts, item.written, item.node["edited_at"].string(), answer, page);
  if (page.acts.size() == before || task[kNumber].empty()) return;
  // An answer to an account that it does not mention names it by its number alone.
  Record& record = page.acts[before].record;
  if (record.kind == Kind::Comment && !record.target.known() &&
      id_text(item.node["in_reply_to_account_id"]) == task[kNumber]) {
    record.target.handle = page.arena.keep(task[kHandle]);
  }
}

// Somebody of a list of accounts, and what being on it says.
void Mastodon::read_account_item(const Task& task, const ListedObject& item, const Answer& answer,
                                 Page& page) const {
  const Account somebody = read_mastodon_account(item.node, page.arena);
  if (!somebody.known()) return page.reject("missing:actor");
  SourcedAct act{record_of("mastodon", answer, page.arena), item.written, {}};
  Account named;
  named.handle = page.arena.keep(task[kHandle]);
  const bool is_own = task[kKindPart] == kFollowing;
  act.record.actor = is_own ? named : somebody;
  act.record.target = is_own ? somebody : named;
  act.record.kind = Kind::Follow;
  if (task[kKindPart] == kLikes || task[kKindPart] == kShares) {
    act.record.kind = task[kKindPart] == kLikes ? Kind::Like : Kind::Share;
    act.record.object_id = page.arena.keep(task[kObject]);
  }
  page.acts.push_back(act);
}

Verdict Mastodon::read_answers(const Task& task, const Answer& answer, Page& page) const {
  ListAnswer list(page);
  const bool is_list = list.walk(answer.body, "descendants", [&](const ListedObject& item) {
    read_statuses_item(task, item, answer, page);
  });
  return is_list ? Verdict::page() : Verdict::retry("no whole context of a status");
}

std::string Mastodon::next_path(const Answer& answer, Page& page) const {
  const std::string_view link = next_link(answer.header("link"));
  if (link.empty()) return {};
  std::string_view path = link;
  if (link.starts_with(config_.server)) path.remove_prefix(config_.server.size());
  if (!is_path(path)) {
    page.skip("link to another server");
    return {};
  }
  return std::string(path);
}

Verdict Mastodon::read_list(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const {
  const std::string_view kind = task[kKindPart];
  const bool is_of_statuses = kind == kStatuses || kind == kOwn || kind == kTimeline;
  const std::string known = kind == kTimeline
                                ? std::string(to_do.fact(std::string(kNewestFact) + task[kHandle]))
                                : std::string();
  std::string newest = task[kObject];
  std::size_t items = 0;
  bool reached_old = false;
  std::vector<Task> next;
  ListAnswer list(page);
  const bool is_list = list.walk(answer.body, "", [&](const ListedObject& item) {
    items++;
    if (!is_of_statuses) return read_account_item(task, item, answer, page);
    const std::string_view number = id_text(item.node["id"]);
    const std::string_view made = item.node["created_at"].string();
    // A pinned status stands first, however old it is.
    const bool is_old = is_too_old(made, config_.posts_days_max, answer);
    reached_old = is_old || (kind == kTimeline && !known.empty() && !is_newer(number, known));
    if (reached_old) return;
    if (kind == kTimeline && is_newer(number, newest)) newest = number;
    if (kind != kStatuses) return read_statuses_item(task, item, answer, page);
    for (Task& question : tasks_of_status(task, item.node, page)) {
      next.push_back(std::move(question));
    }
  });
  if (!is_list) return Verdict::retry("no whole list: " + std::string(kind));
  std::string path = items == 0 || reached_old ? std::string() : next_path(answer, page);
  if (!path.empty() && path != task[kPath]) {
    const std::string& object = kind == kTimeline ? newest : task[kObject];
    next.push_back(task_of(kind, task[kNumber], task[kHandle], object, std::move(path)));
  } else if (kind == kTimeline && is_newer(newest, known)) {
    to_do.facts[std::string(kNewestFact) + task[kHandle]] = newest;
  }
  to_do.push(std::move(next));
  return Verdict::page();
}

void read_timelines(TomlReader& table, MastodonConfig& config) {
  for (const PlacedText& tag : table.texts("tags")) {
    const std::string name = tag.text.substr(tag.text.starts_with('#') ? 1 : 0);
    if (name.empty()) table.mistake(tag.place, "an empty tag");
    config.timelines.push_back("/api/v1/timelines/tag/" + percent_encoded(name) + "?limit=40");
  }
  if (const auto timeline = table.text("public")) {
    if (timeline->text == "local") {
      config.timelines.emplace_back("/api/v1/timelines/public?limit=40&local=true");
    } else if (timeline->text == "all") {
      config.timelines.emplace_back("/api/v1/timelines/public?limit=40");
    } else {
      table.mistake(timeline->place, "public must be \"local\" or \"all\"");
    }
  }
}

// Acts name accounts in full, so a list that does not would match none.
bool is_whole_handle(std::string_view handle) {
  const std::size_t at = handle.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < handle.size() &&
         handle.find_first_of(" /\t\n") == std::string_view::npos;
}

std::unique_ptr<Source> make(TomlReader& table, std::span<const CampaignAccount> campaign) {
  MastodonConfig config;
  config.server = server_key(table, "server", "");
  config.kinds = kinds_key(table, {Kind::Like, Kind::Share, Kind::Comment, Kind::Follow});
  config.posts_days_max = posts_days_max_key(table);
  for (const CampaignAccount& account : campaign) {
    if (is_whole_handle(account.handle)) {
      config.campaign.push_back(account.handle);
    } else {
      table.mistake(table.place(),
                    "the campaign list has an account of platform mastodon without "
                    "a whole handle (user@server)");
    }
  }
  for (const PlacedText& account : table.texts("accounts")) {
    config.accounts.push_back(handle_key(account.text));
    if (!is_whole_handle(config.accounts.back())) {
      table.mistake(account.place, "no whole handle (user@server)");
    }
  }
  read_timelines(table, config);
  if (config.campaign.empty() && config.accounts.empty() && config.timelines.empty()) {
    table.mistake(
        table.place(),
        "there are neither 'accounts', 'tags' nor 'public' nor, in the campaign list, handles");
  }
  return std::make_unique<Mastodon>(std::move(config));
}

}  // namespace

const Platform& mastodon_platform() {
  static const Platform platform = {"mastodon", make};
  return platform;
}

}  // namespace pantau
