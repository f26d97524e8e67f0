// What was done to campaign accounts on Bluesky, by whomever: who liked, reposted, quoted or
// answered their posts, and who follows them, as an app view tells. Public, and without a token.
//
// Every round reads all of it again: an act that is known is known by its key. An app view tells
// of likes, reposts and follows who acted, but not under which name the act is kept, so these have
// no id and their deletion is not noticed; who wants that names the accounts (bluesky_accounts.cc).
#include <algorithm>
#include <array>
#include <chrono>

#include "pipeline/ingest/sources/bluesky_xrpc.h"
#include "pipeline/ingest/sources/source_keys.h"
#include "pipeline/ingest/sources/to_do_source.h"
#include "pipeline/layouts/bluesky_record.h"

namespace pantau {
namespace {

constexpr std::string_view kAppView = "https://public.api.bsky.app";

// The tasks, each with the page's cursor at its end.
constexpr std::string_view kFeed = "feed";            // DID: its posts
constexpr std::string_view kLikes = "likes";          // URI of a post
constexpr std::string_view kReposts = "reposts";      // …
constexpr std::string_view kQuotes = "quotes";        // …
constexpr std::string_view kThread = "thread";        // …; has one page
constexpr std::string_view kFollowers = "followers";  // DID

// How a task is asked, and what the list in its answer is called.
struct Call {
  std::string_view task;
  std::string_view method;
  std::string_view subject;  // the parameter that names what it is about
  std::string_view list;
};
constexpr auto kCalls = std::to_array<Call>({
    {kFeed, "app.bsky.feed.getAuthorFeed", "actor", "feed"},
    {kLikes, "app.bsky.feed.getLikes", "uri", "likes"},
    {kReposts, "app.bsky.feed.getRepostedBy", "uri", "repostedBy"},
    {kQuotes, "app.bsky.feed.getQuotes", "uri", "posts"},
    {kFollowers, "app.bsky.graph.getFollowers", "actor", "followers"},
});

// An answer within an answer takes two levels of JSON, of the 64 that are read.
constexpr std::string_view kThreadDepth = "20";

struct Actor {
  JsonField whole;
  JsonField did;
  JsonField handle;

  void take(JsonValue& value) {
    value.take_object(whole, [this](std::string_view key, JsonValue& field) {
      if (key == "did") field.take(did);
      if (key == "handle") field.take(handle);
    });
  }
};

// A post as app views show it.
struct PostView {
  JsonField whole;
  JsonField uri;
  Actor author;
  JsonField indexed_at;
  JsonField record;
  BlueskyFields fields;
  std::string_view written;

  void take(JsonValue& value) {
    value.take_object(whole, [this](std::string_view key, JsonValue& field) {
      if (key == "uri") field.take(uri);
      if (key == "author") author.take(field);
      if (key == "indexedAt") field.take(indexed_at);
      if (key != "record") return;
      field.take_object(
          record, [this](std::string_view inner, JsonValue& part) { fields.take(inner, part); });
    });
    if (whole.type == JsonType::Object) written = value.written();
  }
};

// The account itself, or "did" and "handle" of its "actor".
struct ListedActor {
  JsonField whole;
  Actor inner;
  JsonField did;
  JsonField handle;
  JsonField created_at;

  void take(JsonValue& value) {
    value.take_object(whole, [this](std::string_view key, JsonValue& field) {
      if (key == "actor") inner.take(field);
      if (key == "did") field.take(did);
      if (key == "handle") field.take(handle);
      if (key == "createdAt") field.take(created_at);
    });
  }
};

// App views show one and the same handle for all accounts whose own does not lead back to them.
std::string_view usable_handle(const JsonField& handle) {
  return handle.string() == "handle.invalid" ? "" : handle.string();
}

struct CampaignConfig {
  std::string server;
  KindSet kinds;
  std::optional<std::chrono::days> posts_days_max;
  std::vector<std::string> ids;
  std::vector<std::string> handles;

  std::vector<std::string> all() const {
    std::vector<std::string> all = {server, kinds.text(),
                                    posts_days_max ? std::to_string(posts_days_max->count()) : ""};
    all.insert(all.end(), ids.begin(), ids.end());
    all.emplace_back();
    all.insert(all.end(), handles.begin(), handles.end());
    return all;
  }
};

class BlueskyCampaign final : public ToDoSource {
 public:
  explicit BlueskyCampaign(CampaignConfig config)
      : ToDoSource(config.all()), config_(std::move(config)), handles_(config_.handles) {}

  std::string_view platform() const override { return "bluesky"; }

 protected:
  void begin(ToDo& to_do) const override {
    std::vector<Task> tasks = handles_.tasks(to_do);
    const auto add = [&](std::string_view did) {
      for (Task& task : tasks_of_account(did)) tasks.push_back(std::move(task));
    };
    for (const std::string& id : config_.ids) add(id);
    for (const std::string& handle : config_.handles) {
      const std::string_view did = BlueskyHandles::id_of(handle, to_do);
      if (!did.empty()) add(did);
    }
    to_do.push(std::move(tasks));
  }

  bool is_task(const Task& task) const override {
    if (BlueskyHandles::is_task(task)) return true;
    if (task.size() != 3) return false;
    if (task[0] == kFeed || task[0] == kFollowers) return is_did(task[1]);
    const auto is_asked = [&](const Call& call) { return call.task == task[0]; };
    if (task[0] != kThread && std::ranges::none_of(kCalls, is_asked)) return false;
    return is_did(bluesky_address_of(task[1]).did);
  }

  Request request(const Task& task, const ToDo&) const override {
    if (BlueskyHandles::is_task(task)) return BlueskyHandles::request(config_.server, task);
    if (task[0] == kThread) {
      return xrpc_request(config_.server, "app.bsky.feed.getPostThread",
                          {{"uri", task[1]}, {"depth", kThreadDepth}, {"parentHeight", "0"}});
    }
    const Call& call = *std::ranges::find(kCalls, std::string_view(task[0]), &Call::task);
    const std::string_view filter = task[0] == kFeed ? "posts_with_replies" : "";
    return xrpc_request(
        config_.server, call.method,
        {{call.subject, task[1]}, {"limit", "100"}, {"filter", filter}, {"cursor", task[2]}});
  }

  Verdict read_task(const Task& task, const Answer& answer, ToDo& to_do,
                    Page& page) const override {
    if (BlueskyHandles::is_task(task)) {
      Verdict verdict = BlueskyHandles::read(task, answer, to_do, page);
      const std::string_view did = BlueskyHandles::id_of(task[1], to_do);
      if (!did.empty()) to_do.push(tasks_of_account(did));
      return verdict;
    }
    if (answer.status != 200) {
      const Refusal refusal = refusal_of(answer);
      if (refusal.is == Refusal::Is::Verdict) return refusal.verdict;
      page.skip(refusal.what);
      return Verdict::page();
    }
    return task[0] == kThread ? read_thread(task, answer, to_do, page)
                              : read_list(task, answer, to_do, page);
  }

 private:
  std::vector<Task> tasks_of_account(std::string_view did) const {
    std::vector<Task> tasks;
    if (config_.kinds.has(Kind::Follow)) {
      tasks.push_back({std::string(kFollowers), std::string(did), ""});
    }
    if (config_.kinds.has(Kind::Like) || config_.kinds.has(Kind::Share) ||
        config_.kinds.has(Kind::Comment)) {
      tasks.push_back({std::string(kFeed), std::string(did), ""});
    }
    return tasks;
  }

  Verdict read_list(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const;
  Verdict read_thread(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const;

  // Each reads one element of its list.
  void read_feed_item(const Task& task, JsonValue& element, const Answer& answer,
                      std::vector<Task>& next) const;
  void read_actor(const Task& task, JsonValue& element, const Answer& answer, const ToDo& to_do,
                  Page& page) const;
  void read_answers(JsonValue& thread, const Answer& answer, const ToDo& to_do, bool is_root,
                    Page& page) const;
  void add_post(const PostView& post, const Answer& answer, const ToDo& to_do, Page& page) const;

  CampaignConfig config_;
  BlueskyHandles handles_;
};

Verdict BlueskyCampaign::read_list(const Task& task, const Answer& answer, ToDo& to_do,
                                   Page& page) const {
  const Call& call = *std::ranges::find(kCalls, std::string_view(task[0]), &Call::task);
  JsonLine json;
  JsonField list;
  JsonField cursor;
  std::vector<Task> next;
  std::size_t elements = 0;
  const std::string_view reason =
      json.read(answer.body, page.arena, [&](std::string_view key, JsonValue& value) {
        if (key == "cursor") value.take(cursor);
        if (key != call.list) return;
        value.take_array(list, [&](JsonValue& element) {
          elements++;
          if (task[0] == kFeed) return read_feed_item(task, element, answer, next);
          if (task[0] != kQuotes) return read_actor(task, element, answer, to_do, page);
          PostView post;
          post.take(element);
          add_post(post, answer, to_do, page);
        });
      });
  if (!reason.empty() || list.type != JsonType::Array) return not_as_asked(call.method);
  // The end is a page without cursor or, here, one without anything on it.
  const bool is_last = elements == 0 || cursor.string().empty() || cursor.string() == task[2];
  if (!is_last) next.push_back({task[0], task[1], std::string(cursor.text)});
  to_do.push(std::move(next));
  return Verdict::page();
}

// What is to be asked about a post of the campaign account's own.
void BlueskyCampaign::read_feed_item(const Task& task, JsonValue& element, const Answer& answer,
                                     std::vector<Task>& next) const {
  JsonField whole;
  PostView post;
  element.take_object(whole, [&](std::string_view key, JsonValue& field) {
    if (key == "post") post.take(field);
  });
  const std::string_view uri = post.uri.string();
  if (bluesky_address_of(uri).did != task[1]) return;  // it reposted somebody else's
  if (is_too_old(post.indexed_at.string(), config_.posts_days_max, answer)) return;
  const auto ask = [&](Kind kind, std::string_view what) {
    if (config_.kinds.has(kind)) next.push_back({std::string(what), std::string(uri), ""});
  };
  ask(Kind::Like, kLikes);
  ask(Kind::Share, kReposts);
  ask(Kind::Share, kQuotes);
  ask(Kind::Comment, kThread);
}

void BlueskyCampaign::read_actor(const Task& task, JsonValue& element, const Answer& answer,
                                 const ToDo& to_do, Page& page) const {
  ListedActor listed;
  listed.take(element);
  const bool is_inner = task[0] == kLikes;
  const std::string_view did = (is_inner ? listed.inner.did : listed.did).string();
  if (!is_did(did)) return page.reject("missing:actor");
  SourcedAct act{record_of("bluesky", answer, page.arena), element.written(), {}};
  Record& record = act.record;
  record.actor.id = did;
  record.actor.handle = usable_handle(is_inner ? listed.inner.handle : listed.handle);
  if (task[0] == kFollowers) {
    record.kind = Kind::Follow;
    record.target.id = page.arena.keep(task[1]);
  } else {
    record.kind = is_inner ? Kind::Like : Kind::Share;
    record.object_id = page.arena.keep(task[1]);
    record.target = bluesky_owner_of(record.object_id);
  }
  // createdAt of an account is when the account was made.
  const std::optional<Instant> made =
      is_inner ? parse_rfc3339(listed.created_at.string()) : std::nullopt;
  if (made) {
    record.created_at = listed.created_at.text;
    record.time = *made;
  }
  handles_.name(record.target, to_do, page.arena);
  page.acts.push_back(act);
}

void BlueskyCampaign::add_post(const PostView& post, const Answer& answer, const ToDo& to_do,
                               Page& page) const {
  const BlueskyAddress address = bluesky_address_of(post.uri.string());
  if (!is_did(address.did)) return page.reject("missing:id");
  if (post.record.type != JsonType::Object) return page.reject("missing:record");
  SourcedAct act{record_of("bluesky", answer, page.arena), post.written, {}};
  read_bluesky_address(address, act.record, page.arena);
  const std::string_view reason = read_bluesky_record(post.fields, address, act.record, page.arena);
  if (!reason.empty()) return page.reject(reason);
  act.record.actor.handle = usable_handle(post.author.handle);
  handles_.name(act.record.target, to_do, page.arena);
  page.acts.push_back(act);
}

Verdict BlueskyCampaign::read_thread(const Task&, const Answer& answer, ToDo& to_do,
                                     Page& page) const {
  JsonLine json;
  JsonField thread;
  const std::string_view reason =
      json.read(answer.body, page.arena, [&](std::string_view key, JsonValue& value) {
        if (key != "thread" || thread.type != JsonType::Absent) return;
        thread.type = JsonType::Object;
        read_answers(value, answer, to_do, true, page);
      });
  if (!reason.empty() || thread.type != JsonType::Object) return not_as_asked("getPostThread");
  return Verdict::page();
}

// A post and all answers below it; those that are blocked or not there have no "post".
void BlueskyCampaign::read_answers(JsonValue& thread, const Answer& answer, const ToDo& to_do,
                                   bool is_root, Page& page) const {
  JsonField whole;
  JsonField replies;
  PostView post;
  thread.take_object(whole, [&](std::string_view key, JsonValue& field) {
    if (key == "post") post.take(field);
    if (key != "replies") return;
    field.take_array(replies,
                     [&](JsonValue& reply) { read_answers(reply, answer, to_do, false, page); });
  });
  if (post.whole.type != JsonType::Object) return page.skip("post not open");
  if (!is_root) add_post(post, answer, to_do, page);
}

}  // namespace

std::unique_ptr<Source> make_bluesky_campaign(TomlReader& table,
                                              std::span<const CampaignAccount> campaign) {
  CampaignConfig config;
  config.server = server_key(table, "server", kAppView);
  config.kinds = kinds_key(table, {Kind::Like, Kind::Share, Kind::Comment, Kind::Follow});
  config.posts_days_max = posts_days_max_key(table);
  for (const CampaignAccount& account : campaign) {
    if (is_did(account.id)) {
      config.ids.push_back(account.id);
    } else if (account.id.empty()) {
      config.handles.push_back(account.handle);
    } else {
      table.mistake(table.place(),
                    "the campaign list has an account of platform bluesky whose id is no did:…");
    }
  }
  if (config.ids.empty() && config.handles.empty()) {
    table.mistake(table.place(), "the campaign list has no account of platform bluesky");
  }
  return std::make_unique<BlueskyCampaign>(std::move(config));
}

}  // namespace pantau
