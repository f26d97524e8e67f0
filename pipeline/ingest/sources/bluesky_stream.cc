// What happens on Bluesky while it happens: Jetstream, a stream of the whole network's events,
// or of named accounts only. Public, and without a token.
//
// Where the stream was read up to is a time of its server, to which it is rewound by some seconds
// when it is begun again: servers are known to drop events where they change from the past to the
// present. What is read twice is known by its key. A stream cannot say what it has forgotten, so a
// leap in its time is told to people.
#include <algorithm>
#include <array>
#include <charconv>

#include "pipeline/ingest/sources/bluesky_xrpc.h"
#include "pipeline/ingest/sources/source_keys.h"
#include "pipeline/ingest/sources/to_do_source.h"
#include "pipeline/layouts/bluesky_record.h"
#include "pipeline/layouts/jetstream_event.h"

namespace pantau {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr auto kServers = std::to_array<std::string_view>(
    {"wss://jetstream1.us-east.bsky.network", "wss://jetstream2.us-east.bsky.network",
     "wss://jetstream1.us-west.bsky.network", "wss://jetstream2.us-west.bsky.network"});
constexpr std::string_view kResolver = "https://public.api.bsky.app";
constexpr auto kCollections =
    std::to_array<std::string_view>({kBlueskyPost, kBlueskyLike, kBlueskyRepost, kBlueskyFollow});

constexpr std::size_t kServersMax = 16;
constexpr std::size_t kAccountsMax = 10'000;    // what a server of the first version takes
constexpr std::size_t kAccountsInUrlMax = 150;  // of the second, which is told them in its URL
constexpr std::uint32_t kSilenceSecondsMax = 86'400;
constexpr std::uint32_t kMessageBytesMax = 1'000'000;  // servers leave out what is longer

constexpr seconds kRewind{5};
constexpr seconds kSilenceOfAll{30};       // of the whole network: a broken connection
constexpr minutes kSilenceOfAccounts{15};  // of some accounts: nothing out of the ordinary
// A leap that means that something is missing: the whole network is never silent for so long, and
// servers remember a day and a half.
constexpr minutes kLeapOfAll{10};
constexpr hours kLeapOfAccounts{24};
constexpr hours kQuietBack{12};    // a silent stream is taken to be complete up to so long ago
constexpr hours kRevisionMax{24};  // a revision is believed if it is as close to the server's time

constexpr std::string_view kStream = "stream";  // the task that never ends
constexpr std::string_view kTimeFact = "time:stream";
constexpr std::string_view kSeqFact = "seq:stream";
constexpr std::string_view kAskedFact = "handles-asked-on:";

struct StreamConfig {
  std::vector<std::string> servers;
  bool is_second_version = false;
  std::string resolver;
  std::vector<std::string> accounts;  // ids or handles; none: everybody's events
  std::vector<std::string> campaign_handles;
  seconds silence_max = kSilenceOfAll;

  std::vector<std::string> handles() const {
    std::vector<std::string> handles = campaign_handles;
    std::ranges::copy_if(accounts, std::back_inserter(handles),
                         [](const std::string& account) { return !is_did(account); });
    return handles;
  }
  std::vector<std::string> all() const {
    std::vector<std::string> all = {is_second_version ? "2" : "1", resolver};
    for (const auto& list : {servers, accounts, campaign_handles}) {
      all.insert(all.end(), list.begin(), list.end());
      all.emplace_back();
    }
    return all;
  }
};

std::optional<std::int64_t> integer_of(std::string_view text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || number < 0) return std::nullopt;
  return number;
}

std::optional<Instant> position_of(const ToDo& to_do) {
  const std::optional<std::int64_t> time = integer_of(to_do.fact(kTimeFact));
  if (!time) return std::nullopt;
  return Instant(std::chrono::microseconds(*time));
}

void set_position(Instant position, ToDo& to_do) {
  to_do.facts[std::string(kTimeFact)] = std::to_string(position.time_since_epoch().count());
}

class BlueskyStream final : public ToDoSource {
 public:
  explicit BlueskyStream(StreamConfig config)
      : ToDoSource(config.all()), config_(std::move(config)), handles_(config_.handles()) {}

  std::string_view platform() const override { return "bluesky"; }

 protected:
  void begin(ToDo& to_do) const override {
    std::vector<Task> tasks = handles_.tasks(to_do);
    tasks.push_back({std::string(kStream)});
    to_do.push(std::move(tasks));
  }

  bool is_task(const Task& task) const override {
    return BlueskyHandles::is_task(task) || (task.size() == 1 && task[0] == kStream);
  }

  Request request(const Task& task, const ToDo& to_do) const override {
    if (BlueskyHandles::is_task(task)) return BlueskyHandles::request(config_.resolver, task);
    return config_.is_second_version ? second_request(to_do) : first_request(to_do);
  }

  Verdict read_task(const Task& task, const Answer& answer, ToDo& to_do,
                    Page& page) const override {
    if (BlueskyHandles::is_task(task)) return read_handle(task, answer, to_do, page);
    to_do.push({task});
    if (answer.status != kStreamStatus) return read_refusal(answer, to_do, page);
    if (answer.body.empty()) return read_silence(answer, to_do);
    return read_messages(answer, to_do, page);
  }

 private:
  bool is_of_all() const { return config_.accounts.empty(); }

  std::vector<std::string_view> ids(const ToDo& to_do) const {
    std::vector<std::string_view> ids;
    for (const std::string& account : config_.accounts) {
      const std::string_view id =
          is_did(account) ? std::string_view(account) : BlueskyHandles::id_of(account, to_do);
      if (!id.empty()) ids.push_back(id);
    }
    return ids;
  }

  Request with_servers(const std::string& path, const std::string& position,
                       std::string hello) const {
    Request request;
    request.stream.emplace();
    request.stream->subscription = path + '\n' + hello;
    request.stream->hello = std::move(hello);
    request.stream->silence_max = config_.silence_max;
    request.url = config_.servers.front() + path + position;
    for (std::size_t i = 1; i < config_.servers.size(); i++) {
      std::string url = config_.servers[i];
      url += path;
      url += position;
      request.stream->mirrors.push_back(std::move(url));
    }
    return request;
  }

  Request first_request(const ToDo& to_do) const {
    std::string path = "/subscribe?";
    for (const std::string_view name : kCollections) {
      path += "wantedCollections=" + std::string(name) + '&';
    }
    path += "maxMessageSizeBytes=" + std::to_string(kMessageBytesMax);
    std::string hello;
    if (!is_of_all()) {  // too many for a URL
      path += "&requireHello=true";
      hello = hello_text(to_do);
    }
    std::string position;
    if (const std::optional<Instant> time = position_of(to_do)) {
      position = "&cursor=" + std::to_string((*time - kRewind).time_since_epoch().count());
    }
    return with_servers(path, position, std::move(hello));
  }

  std::string hello_text(const ToDo& to_do) const {
    const auto quoted = [](const auto& texts) {
      std::string list;
      for (const std::string_view text : texts) {
        list += list.empty() ? "\"" : ",\"";
        list += text;
        list += '"';
      }
      return list;
    };
    return R"({"type":"options_update","payload":{"wantedCollections":[)" + quoted(kCollections) +
           R"(],"wantedDids":[)" + quoted(ids(to_do)) + R"(],"maxMessageSizeBytes":)" +
           std::to_string(kMessageBytesMax) + "}}";
  }

  Request second_request(const ToDo& to_do) const {
    std::string path =
        "/xrpc/network.bsky.jetstream.subscribeEvents?kinds=commit&kinds=identity&kinds=account";
    for (const std::string_view name : kCollections) path += "&collections=" + std::string(name);
    for (const std::string_view id : ids(to_do)) path += "&dids=" + percent_encoded(id);
    const std::string_view seq = to_do.fact(kSeqFact);
    return with_servers(path, seq.empty() ? "" : "&cursor=" + std::string(seq), {});
  }

  Verdict read_handle(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const {
    const bool is_known = !BlueskyHandles::id_of(task[1], to_do).empty();
    Verdict verdict = BlueskyHandles::read(task, answer, to_do, page);
    if (verdict.is != Verdict::Is::Page) {
      if (!is_known) return verdict;
      page.skip("handle not looked up again");  // no reason to hold up the stream
    }
    to_do.facts[std::string(kAskedFact)] = day_of(answer);
    const bool is_last = to_do.tasks.back().front() == kStream;
    if (is_last && !is_of_all() && ids(to_do).empty()) {
      return Verdict::stop("none of its accounts is known to " + config_.resolver);
    }
    return Verdict::page();
  }

  static std::string day_of(const Answer& answer) {
    return format_rfc3339(answer.received_at).substr(0, 10);
  }

  // Of the second version, which says when it has forgotten what was asked for.
  Verdict read_refusal(const Answer& answer, ToDo& to_do, Page& page) const {
    const bool is_too_old = answer.status == 400 &&
                            answer.body.find("CursorTooOld") != std::string_view::npos &&
                            !to_do.fact(kSeqFact).empty();
    if (!is_too_old) return judge_status(answer);
    to_do.facts.erase(std::string(kSeqFact));
    page.skip("gap");
    page.notices.push_back("the stream has forgotten what was after " + position_text(to_do) +
                           "; going on from now");
    return Verdict::page();
  }

  static std::string position_text(const ToDo& to_do) {
    const std::optional<Instant> position = position_of(to_do);
    return position ? format_rfc3339(*position) : "its beginning";
  }

  Verdict read_silence(const Answer& answer, ToDo& to_do) const {
    if (is_of_all()) return Verdict::retry("the stream fell silent");
    const Instant sure = answer.received_at - kQuietBack;
    if (position_of(to_do).value_or(sure) <= sure) set_position(sure, to_do);
    return Verdict::page();
  }

  // What events are read with.
  struct Around {
    const Answer& answer;
    ToDo& to_do;
    Page& page;
    std::map<std::string_view, std::string_view> handles;  // by id
    std::vector<Task> doubtful;
  };

  Verdict read_messages(const Answer& answer, ToDo& to_do, Page& page) const {
    JetstreamEvents events;
    // Facts about handles do not change while messages are read.
    Around around{answer, to_do, page, handles_.by_id(to_do), {}};
    std::string_view body = answer.body;
    while (!body.empty()) {
      const std::size_t end = std::min(body.find(kMessageBegin, 1), body.size());
      std::string_view message = body.substr(0, end);
      body.remove_prefix(end);
      if (message.starts_with(kMessageBegin)) message.remove_prefix(1);
      if (message.ends_with(kMessageEnd)) message.remove_suffix(1);
      if (message.empty()) {
        page.reject("too_long");  // the connection's reader has left it out
      } else {
        read_message(message, events, around);
      }
    }
    std::ranges::sort(around.doubtful);
    around.doubtful.erase(std::unique(around.doubtful.begin(), around.doubtful.end()),
                          around.doubtful.end());
    to_do.push(std::move(around.doubtful));
    look_up_anew(answer, to_do);
    return Verdict::page();
  }

  // Handles that were nobody's may be somebody's on another day.
  void look_up_anew(const Answer& answer, ToDo& to_do) const {
    const std::string_view asked = to_do.fact(kAskedFact);
    if (!asked.empty() && asked != day_of(answer)) to_do.push(handles_.tasks(to_do));
  }

  void read_message(std::string_view message, JetstreamEvents& events, Around& around) const {
    Page& page = around.page;
    JetstreamEvent event;
    const Reading reading = events.read(message, event, page.arena);
    if (event.time) move_on(event, around);
    switch (reading.is) {
      case Reading::Is::Act:
        return add_act(message, event, around);
      case Reading::Is::Deletion:
        name(event.record.actor, around);
        event.record.provenance = Provenance::Api;
        page.removals.push_back({event.record, "deleted by its author"});
        return;
      case Reading::Is::NotAnAct:
        return read_other(reading.reason, event, around);
      case Reading::Is::Rejected:
        return page.reject(reading.reason);
    }
  }

  // Never beyond now: from a position in the future nothing would be heard any more.
  void move_on(const JetstreamEvent& event, Around& around) const {
    ToDo& to_do = around.to_do;
    const Instant time = std::min(*event.time, around.answer.received_at);
    const std::optional<Instant> before = position_of(to_do);
    if (before && time - *before > leap()) {
      around.page.skip("gap");
      around.page.notices.push_back("nothing was received of what happened between " +
                                    format_rfc3339(*before) + " and " + format_rfc3339(time));
    }
    if (!before || time > *before) set_position(time, to_do);
    if (config_.is_second_version && integer_of(event.seq)) {
      to_do.facts[std::string(kSeqFact)] = event.seq;
    }
  }

  Instant::duration leap() const {
    return is_of_all() ? Instant::duration(kLeapOfAll) : Instant::duration(kLeapOfAccounts);
  }

  static void name(Account& account, const Around& around) {
    const auto found = around.handles.find(account.id);
    if (found != around.handles.end()) account.handle = around.page.arena.keep(found->second);
  }

  static void add_act(std::string_view message, JetstreamEvent& event, Around& around) {
    SourcedAct act{event.record, message, {}};
    act.record.provenance = Provenance::Api;
    name(act.record.actor, around);
    name(act.record.target, around);
    if (event.is_update) act.edited_at = around.page.arena.keep(format_rfc3339(edit_time(event)));
    around.page.acts.push_back(act);
  }

  // The same from every server, so that an edit that is heard of twice is one.
  static Instant edit_time(const JetstreamEvent& event) {
    const std::optional<Instant> made = time_of_revision(event.revision);
    const bool is_close =
        made && *made < *event.time + kRevisionMax && *event.time < *made + kRevisionMax;
    return is_close ? *made : *event.time;
  }

  void read_other(std::string_view what, const JetstreamEvent& event, Around& around) const {
    around.page.skip(what == "account" && event.is_inactive ? "account closed" : what);
    if (what != "identity") return;
    std::vector<Task> doubtful = handles_.doubtful(event.did, event.handle, around.to_do);
    around.doubtful.insert(around.doubtful.end(), doubtful.begin(), doubtful.end());
  }

  StreamConfig config_;
  BlueskyHandles handles_;
};

void read_servers(TomlReader& table, StreamConfig& config) {
  for (const PlacedText& server : table.texts("servers", true)) {
    if (!is_server_address(server.text, "wss")) {
      table.mistake(server.place,
                    "not the address of a server: \"wss://host\", without a '/' behind it");
    }
    config.servers.push_back(server.text);
  }
  if (config.servers.empty()) config.servers.assign(kServers.begin(), kServers.end());
  if (config.servers.size() > kServersMax) {
    table.mistake(table.place("servers"), "more than 16 servers");
  }
  if (config.is_second_version && config.servers.size() > 1) {
    table.mistake(table.place("servers"),
                  "version 2 needs exactly one server: positions are its own");
  }
}

}  // namespace

std::unique_ptr<Source> make_bluesky_stream(TomlReader& table,
                                            std::span<const CampaignAccount> campaign) {
  StreamConfig config;
  const std::uint32_t version = table.number("version").value_or(1);
  if (version != 1 && version != 2) table.mistake(table.place("version"), "expected 1 or 2");
  config.is_second_version = version == 2;
  read_servers(table, config);
  config.resolver = server_key(table, "resolver", kResolver);
  config.accounts = bluesky_accounts_key(table);
  if (config.accounts.size() > (config.is_second_version ? kAccountsInUrlMax : kAccountsMax)) {
    table.mistake(table.place("accounts"),
                  "more accounts than a stream can be asked for (10000; 150 with version 2): "
                  "leave them out, and all events are read and matched here");
  }
  if (!config.accounts.empty()) config.silence_max = kSilenceOfAccounts;
  if (const std::optional<std::uint32_t> silence = table.number("silence_seconds")) {
    config.silence_max = seconds(*silence);
    if (*silence == 0 || *silence > kSilenceSecondsMax) {
      table.mistake(table.place("silence_seconds"), "expected 1 to 86400");
    }
  }
  for (const CampaignAccount& account : campaign) {
    if (account.id.empty()) config.campaign_handles.push_back(account.handle);
  }
  return std::make_unique<BlueskyStream>(std::move(config));
}

}  // namespace pantau
