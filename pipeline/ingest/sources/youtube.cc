// YouTube's comments, through its Data API with a key: those below all videos of the campaign's
// channels, and below single videos. The API tells nobody who liked, shared or subscribed.
//
// Every request costs one unit of a daily quota that begins anew at midnight in California. What
// was used is counted, by the day there, in the cursor; the request that takes the last unit is
// answered with a wait until then, so the platform need never refuse us.
//
// The first round reads all threads. Later ones stop at threads that are older than
// `threads_days_max`: an answer in an older thread is missed then, for the quota's sake.
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "pipeline/ingest/sources/page_objects.h"
#include "pipeline/ingest/sources/source_keys.h"
#include "pipeline/ingest/sources/sources.h"
#include "pipeline/ingest/sources/to_do_source.h"
#include "pipeline/layouts/youtube_objects.h"

namespace pantau {
namespace {

constexpr std::string_view kServer = "https://www.googleapis.com";
constexpr std::uint32_t kUnitsPerDay = 10'000;
constexpr std::uint32_t kUnitsPerDayMax = 100'000'000;
constexpr std::uint32_t kThreadsDays = 14;
constexpr std::uint32_t kThreadsDaysMax = 36'500;

// The tasks, each with the page's token at its end.
constexpr std::string_view kChannel = "channel";  // ID: the threads below all its videos
constexpr std::string_view kVideo = "video";      // ID: the threads below it
constexpr std::string_view kReplies = "replies";  // ID of a thread with more replies than it shows

constexpr std::string_view kQuotaFact = "quota";  // "2024-11-20 17": the day there, units used
constexpr std::string_view kReadFact = "read:";   // KIND/ID: it was read to its end once

// What a refusal's reason means.
enum class Meaning : std::uint8_t { Skip, Tomorrow, Wait, Retry, Stop };
struct Reason {
  std::string_view name;
  Meaning meaning;
  std::string_view what;
};
constexpr auto kReasons = std::to_array<Reason>({
    {"commentsDisabled", Meaning::Skip, "comments switched off"},
    {"videoNotFound", Meaning::Skip, "video not found"},
    {"channelNotFound", Meaning::Skip, "channel not found"},
    {"commentThreadNotFound", Meaning::Skip, "thread not found"},
    {"commentNotFound", Meaning::Skip, "comment not found"},
    {"forbidden", Meaning::Skip, "not open"},
    {"quotaExceeded", Meaning::Tomorrow, "the day's quota is used"},
    {"dailyLimitExceeded", Meaning::Tomorrow, "the day's quota is used"},
    {"rateLimitExceeded", Meaning::Wait, "too fast"},
    {"userRateLimitExceeded", Meaning::Wait, "too fast"},
    {"processingFailure", Meaning::Retry, "processingFailure"},
    {"backendError", Meaning::Retry, "backendError"},
    {"accessNotConfigured", Meaning::Stop, "the key's project may not use this API"},
    {"keyInvalid", Meaning::Stop, "the key is not good"},
    {"keyExpired", Meaning::Stop, "the key is no longer good"},
    {"ipRefererBlocked", Meaning::Stop, "the key is not for this address"},
    {"authError", Meaning::Stop, "the key is not good"},
    {"accountClosed", Meaning::Stop, "the key's account is closed"},
});

bool is_id(std::string_view id) {
  constexpr std::size_t kIdBytesMax = 200;
  return !id.empty() && id.size() <= kIdBytesMax && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

// The first reason that the answer's error names; "" if none.
std::string_view reason_of(const Answer& answer, Arena& arena) {
  JsonTree tree;
  if (!tree.read(answer.body, arena).empty()) return {};
  return tree.root()["error"]["errors"].first()["reason"].string();
}

struct YoutubeConfig {
  std::string server;
  std::uint32_t units_per_day = kUnitsPerDay;
  std::chrono::days threads_days_max{kThreadsDays};
  std::vector<std::string> channels;
  std::vector<std::string> videos;

  std::vector<std::string> all() const {
    std::vector<std::string> all = {server};
    all.insert(all.end(), channels.begin(), channels.end());
    all.emplace_back();
    all.insert(all.end(), videos.begin(), videos.end());
    return all;
  }
};

class Youtube final : public ToDoSource {
 public:
  Youtube(YoutubeConfig config, TimeZone california)
      : ToDoSource(config.all()), config_(std::move(config)), california_(california) {}

  std::string_view platform() const override { return "youtube"; }

 protected:
  void begin(ToDo& to_do) const override {
    std::vector<Task> tasks;
    for (const std::string& id : config_.channels) {
      tasks.push_back({std::string(kChannel), id, ""});
    }
    for (const std::string& id : config_.videos) tasks.push_back({std::string(kVideo), id, ""});
    to_do.push(std::move(tasks));
  }

  bool is_task(const Task& task) const override {
    return task.size() == 3 && is_id(task[1]) &&
           (task[0] == kChannel || task[0] == kVideo || task[0] == kReplies);
  }

  Request request(const Task& task, const ToDo&) const override {
    const bool is_replies = task[0] == kReplies;
    Request request;
    request.token = TokenUse::Parameter;
    request.url = config_.server;
    request.url += is_replies ? "/youtube/v3/comments?part=snippet&parentId="
                   : task[0] == kVideo
                       ? "/youtube/v3/commentThreads?part=snippet,replies&order=time&videoId="
                       : "/youtube/v3/commentThreads?part=snippet,replies&order=time"
                         "&allThreadsRelatedToChannelId=";
    request.url += percent_encoded(task[1]) + "&maxResults=100&textFormat=plainText";
    if (!task[2].empty()) request.url += "&pageToken=" + percent_encoded(task[2]);
    return request;
  }

  Verdict read_task(const Task& task, const Answer& answer, ToDo& to_do,
                    Page& page) const override {
    if (answer.status != 200) {
      Verdict verdict = refuse(task, answer, to_do, page);
      if (verdict.is == Verdict::Is::Page) use_unit(answer, to_do);
      return verdict;
    }
    if (!use_unit(answer, to_do)) {
      return Verdict::wait("the day's quota is used but for this request", tomorrow(answer));
    }
    return read_list(task, answer, to_do, page);
  }

 private:
  Verdict refuse(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const;
  Verdict read_list(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const;
  bool use_unit(const Answer& answer, ToDo& to_do) const;

  Instant tomorrow(const Answer& answer) const {
    return california_.start_of(california_.day_of(answer.received_at) + std::chrono::days(1));
  }

  YoutubeConfig config_;
  TimeZone california_;
};

Verdict Youtube::refuse(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const {
  const std::string_view name = reason_of(answer, page.arena);
  // A page of a list that has changed since: the list is read again from its beginning, and what
  // is known is known by its key. Without a page there is nothing that could have changed.
  if (name == "invalidPageToken" && !task[2].empty()) {
    page.skip("list begun again");
    to_do.push({{task[0], task[1], ""}});
    return Verdict::page();
  }
  const auto reason = std::ranges::find(kReasons, name, &Reason::name);
  if (reason == kReasons.end()) return judge_status(answer);
  switch (reason->meaning) {
    case Meaning::Skip:
      page.skip(reason->what);
      return Verdict::page();
    case Meaning::Tomorrow:
      return Verdict::wait(std::string(reason->what), tomorrow(answer));
    case Meaning::Wait:
      return Verdict::wait(std::string(reason->what));
    case Meaning::Retry:
      return Verdict::retry(std::string(reason->what));
    case Meaning::Stop:
      break;
  }
  return Verdict::stop(std::string(reason->what));
}

// False if this answer took the day's last unit.
bool Youtube::use_unit(const Answer& answer, ToDo& to_do) const {
  const std::string day = format_day(california_.day_of(answer.received_at));
  const std::vector<std::string> before = words_of(to_do.fact(kQuotaFact));
  std::uint32_t used = 0;
  if (before.size() == 2 && before[0] == day) {
    std::from_chars(before[1].data(), before[1].data() + before[1].size(), used);
  }
  if (used + 1 >= config_.units_per_day) return false;
  to_do.facts[std::string(kQuotaFact)] = day + " " + std::to_string(used + 1);
  return true;
}

Verdict Youtube::read_list(const Task& task, const Answer& answer, ToDo& to_do, Page& page) const {
  const bool is_replies = task[0] == kReplies;
  const std::string read_fact = std::string(kReadFact) + task[0] + "/" + task[1];
  bool all_are_old = !is_replies && !to_do.fact(read_fact).empty();
  std::vector<Task> next;
  ListAnswer list(page);
  Acts acts;
  const bool is_list = list.walk(answer.body, "items", [&](const ListedObject& item) {
    acts.clear();
    if (is_replies) {
      read_youtube_comment(item.node, acts, page.arena);
    } else {
      read_youtube_thread(item.node, acts, page.arena);
    }
    // A like changes a comment's updatedAt too, so that says nothing of an edit.
    add_acts(acts, item.written, "", answer, page);
    if (is_replies) return;
    const JsonNode snippet = item.node["snippet"];
    if (!is_too_old(snippet["topLevelComment"]["snippet"]["publishedAt"].string(),
                    config_.threads_days_max, answer)) {
      all_are_old = false;
    }
    const JsonNode shown = item.node["replies"]["comments"];
    const auto count = std::to_string(std::distance(shown.begin(), shown.end()));
    const std::string_view total = snippet["totalReplyCount"].text();
    const std::string_view id = item.node["id"].string();
    const bool are_all_shown = total.empty() || total == "0" || total == count;
    if (!are_all_shown && is_id(id)) next.push_back({std::string(kReplies), std::string(id), ""});
  });
  if (!is_list) return Verdict::retry("an answer that is not as documented: " + task[0]);
  const std::string_view token = list.next_page();
  if (!token.empty() && token != task[2] && !all_are_old) {
    next.push_back({task[0], task[1], std::string(token)});
  } else if (!is_replies) {
    to_do.facts[read_fact] = "yes";
  }
  to_do.push(std::move(next));
  return Verdict::page();
}

std::unique_ptr<Source> make(TomlReader& table, std::span<const CampaignAccount> campaign) {
  YoutubeConfig config;
  config.server = server_key(table, "server", kServer);
  config.units_per_day = table.number("units_per_day").value_or(kUnitsPerDay);
  if (config.units_per_day < 2 || config.units_per_day > kUnitsPerDayMax) {
    table.mistake(table.place("units_per_day"), "'units_per_day' must be from 2 to 100000000");
  }
  const std::uint32_t days = table.number("threads_days_max").value_or(kThreadsDays);
  config.threads_days_max = std::chrono::days(std::clamp(days, 1U, kThreadsDaysMax));
  if (days < 1 || days > kThreadsDaysMax) {
    table.mistake(table.place("threads_days_max"), "'threads_days_max' must be from 1 to 36500");
  }
  for (const PlacedText& video : table.texts("videos")) {
    if (!is_id(video.text)) table.mistake(video.place, "no id of a video");
    config.videos.push_back(video.text);
  }
  for (const CampaignAccount& account : campaign) {
    if (is_id(account.id)) config.channels.push_back(account.id);
  }
  if (config.channels.empty() && config.videos.empty()) {
    table.mistake(
        table.place(),
        "there are neither 'videos' nor, in the campaign list, channels by their id (UC…)");
  }
  const Result<TimeZone> california = TimeZone::find("America/Los_Angeles");
  if (!california) {
    table.mistake(table.place(), california.error().message);
    return nullptr;
  }
  return std::make_unique<Youtube>(std::move(config), *california);
}

}  // namespace

const Platform& youtube_platform() {
  static const Platform platform = {"youtube", make};
  return platform;
}

}  // namespace pantau
