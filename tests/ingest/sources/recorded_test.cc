// What real servers once answered, read by the sources: nothing of it may be rejected, and every
// act that stands in it must come out. The recordings are not part of the project; where they are
// missing, the tests say so and are skipped.
#include <cstdlib>
#include <deque>

#include "tests/ingest/sources/replay.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

fs::path data_folder() {
  const char* const shared = std::getenv("PANTAU_SHARED_DATA");
  return shared != nullptr ? fs::path(shared) : fs::path(PANTAU_SOURCE_DIR) / "../shared/data";
}

struct Recorded {
  std::string body;
  std::vector<Header> headers;
};

// Recorded pages by a part of the address that they answer; each is given once.
using Recordings = std::map<std::string, std::deque<Recorded>>;

struct Seen {
  std::map<std::string, std::size_t> acts;  // by kind
  std::uint64_t rejected = 0;
  std::string wrong;
};

// Asks until the source has no more to ask. What was not recorded is refused with `missing`.
Seen seen_by(const Source& source, Recordings recordings, int missing_status,
             const std::string& missing) {
  Seen seen;
  std::string cursor;
  constexpr int kRequestsMax = 500;
  for (int i = 0; i < kRequestsMax; i++) {
    const std::optional<Request> request = source.next(cursor);
    if (!request) return seen;
    int status = missing_status;
    Recorded answer{missing, {}};
    for (auto& [part, pages] : recordings) {
      if (request->url.find(part) == std::string::npos || pages.empty()) continue;
      status = 200;
      answer = pages.front();
      pages.pop_front();
      break;
    }
    const OwnedAnswer owned(status, answer.headers, answer.body,
                            *parse_rfc3339("2026-11-22T03:00:00Z"));
    Page page;
    const Verdict verdict = source.read(cursor, owned.answer(), page);
    if (verdict.is != Verdict::Is::Page) seen.wrong += request->url + " " + text_of(verdict);
    if (verdict.is != Verdict::Is::Page) return seen;
    for (const SourcedAct& act : page.acts) seen.acts[std::string(name_of(act.record.kind))]++;
    for (const auto& [reason, count] : page.rejected) seen.rejected += count;
    cursor = page.cursor;
  }
  seen.wrong += "it never ends";
  return seen;
}

std::deque<Recorded> pages_of(const fs::path& path, const std::string& member,
                              std::size_t& elements) {
  std::deque<Recorded> pages;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const Json exchange = Json::parse(line);
    elements += exchange["body"][member].size();
    pages.push_back({exchange["body"].dump(), {}});
  }
  return pages;
}

std::size_t answers_below(const Json& thread) {
  std::size_t answers = 0;
  if (!thread.contains("replies")) return 0;
  for (const Json& reply : thread["replies"]) {
    if (reply.contains("post")) answers += 1 + answers_below(reply);
  }
  return answers;
}

TEST(RecordedAnswers, OfABlueskyAppView) {
  const fs::path folder = data_folder() / "atproto_local_capture";
  if (!fs::exists(folder)) GTEST_SKIP() << "no " << folder;
  std::size_t likes = 0;
  std::size_t reposts = 0;
  std::size_t followers = 0;
  std::size_t posts = 0;
  Recordings recordings;
  recordings["getLikes"] = pages_of(folder / "getLikes.pages.ndjson", "likes", likes);
  recordings["getRepostedBy"] =
      pages_of(folder / "getRepostedBy.pages.ndjson", "repostedBy", reposts);
  recordings["getFollowers"] =
      pages_of(folder / "getFollowers.pages.ndjson", "followers", followers);
  recordings["getAuthorFeed"] = pages_of(folder / "getAuthorFeed.pages.ndjson", "feed", posts);
  std::ifstream thread_file(folder / "getPostThread.json");
  const Json thread = Json::parse(thread_file);
  recordings["getPostThread"].push_back({thread.dump(), {}});
  const std::string owner = std::string(thread["thread"]["post"]["author"]["did"]);

  const MadeSource made = make_source(
      "platform = \"bluesky\"\nreads = \"campaign\"\nserver = \"https://view.example\"\n",
      {{owner, ""}});
  ASSERT_NE(made.source, nullptr) << made.mistakes;
  Seen seen = seen_by(*made.source, recordings, 400, R"({"error":"NotFound","message":"x"})");
  EXPECT_EQ(seen.wrong, "");
  EXPECT_EQ(seen.rejected, 0u);
  EXPECT_GT(likes, 100u);
  EXPECT_EQ(seen.acts["like"], likes);
  EXPECT_EQ(seen.acts["share"], reposts);
  EXPECT_EQ(seen.acts["follow"], followers);
  EXPECT_EQ(seen.acts["comment"], answers_below(thread["thread"]));
}

TEST(RecordedAnswers, OfYoutube) {
  const fs::path folder = data_folder() / "youtube_v3";
  if (!fs::exists(folder)) GTEST_SKIP() << "no " << folder;
  std::size_t comments = 0;
  Recordings recordings;
  const auto add = [&](const std::string& part, const std::string& file) {
    std::ifstream text(folder / (file + ".json"));
    const Json page = Json::parse(text);
    comments += page["items"].size();
    recordings[part].push_back({page.dump(), {}});
  };
  add("commentThreads", "comment_threads__comment_threads_by_video_paged_1");
  add("commentThreads", "comment_threads__comment_threads_by_video_paged_2");
  add("/comments?", "comments__comments_by_parent_paged_1");
  add("/comments?", "comments__comments_by_parent_paged_2");
  const MadeSource made = make_source("platform = \"youtube\"\nvideos = [\"video\"]\n", {});
  ASSERT_NE(made.source, nullptr) << made.mistakes;
  Seen seen = seen_by(*made.source, recordings, 404,
                      R"({"error":{"errors":[{"reason":"commentNotFound"}]}})");
  EXPECT_EQ(seen.wrong, "");
  EXPECT_EQ(seen.rejected, 0u);
  EXPECT_EQ(seen.acts["comment"], comments);
}

// The server's own Link headers, and its accounts and statuses.
TEST(RecordedAnswers, OfMastodon) {
  const fs::path folder = data_folder() / "mastodon_http";
  if (!fs::exists(folder)) GTEST_SKIP() << "no " << folder;
  std::size_t accounts = 0;
  std::size_t statuses = 0;
  Recordings recordings;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (!entry.path().string().ends_with(".exchanges.ndjson")) continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      const Json exchange = Json::parse(line);
      const std::string uri = exchange["uri"];
      if (exchange["method"] != "GET" || exchange["status"] != 200) continue;
      const bool is_likes = uri.find("/favourited_by") != std::string::npos;
      if (!is_likes && uri.find("/timelines/public") == std::string::npos) continue;
      Recorded page{exchange["body"], {}};
      const Json elements = Json::parse(page.body);
      if (is_likes) page.headers = {{"link", exchange["headers"].value("link", "")}};
      (is_likes ? accounts : statuses) += elements.size();
      recordings[is_likes ? "/favourited_by" : "/timelines/public"].push_back(page);
    }
  }
  ASSERT_GT(accounts, 0u);
  // A campaign account with one status that somebody liked, to get there.
  recordings["/lookup"].push_back({R"({"id":"7"})", {}});
  recordings["/accounts/7/statuses"].push_back(
      {R"([{"id":"8","uri":"https://s.example/8","favourites_count":1,"reblogs_count":0}])", {}});
  std::deque<Recorded> timelines = std::move(recordings["/timelines/public"]);
  recordings.erase("/timelines/public");
  const MadeSource made = make_source(
      "platform = \"mastodon\"\nserver = \"http://localhost:3000\"\nkinds = [\"like\"]\n",
      {{"", "calon@s.example"}});
  ASSERT_NE(made.source, nullptr) << made.mistakes;
  Seen likes = seen_by(*made.source, recordings, 404, R"({"error":"Record not found"})");
  EXPECT_EQ(likes.wrong, "");
  EXPECT_EQ(likes.rejected, 0u);
  EXPECT_EQ(likes.acts["like"], accounts);

  const MadeSource timeline = make_source(
      "platform = \"mastodon\"\nserver = \"http://localhost:3000\"\npublic = \"all\"\n", {});
  std::size_t acts = 0;
  for (const Recorded& page : timelines) {
    Seen seen = seen_by(*timeline.source, {{"/timelines/public", {page}}}, 404, "{}");
    EXPECT_EQ(seen.wrong, "");
    EXPECT_EQ(seen.rejected, 0u);
    for (const auto& [kind, count] : seen.acts) acts += count;
  }
  EXPECT_GE(acts, statuses);
  EXPECT_GT(statuses, 0u);
}

}  // namespace
}  // namespace pantau
