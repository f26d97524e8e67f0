// Any bytes as a platform's answers, for every platform: the first byte picks a source, the rest
// are answers one after the other, split at \x02, the first byte of each its status. At \x01 the
// bytes before are a cursor to begin at.
//
// What must hold: reading is the same whenever it is done; what was received is a slice of the
// answer; what is to be asked next is an address of the source's own server, and goes into a URL;
// a cursor stays below its limit; and another round can begin anywhere.
#include <cstdint>
#include <string>
#include <vector>

#include "classifiers/base/check.h"
#include "tests/ingest/sources/replay.h"

namespace pantau {
namespace {

constexpr int kStatuses[] = {200, 400, 401, 403, 404, 410, 429, 500, 501, 503, kStreamStatus};
constexpr std::size_t kAnswersMax = 24;

const std::vector<std::unique_ptr<Source>>& sources() {
  static const auto made = [] {
    const std::vector<CampaignAccount> campaign = {{"did:plc:calon1aaaaaaaaaaaaaaaaaa", ""},
                                                   {"", "calon2.example"}};
    const std::vector<CampaignAccount> handles = {{"", "calon@banua.example"}};
    const std::vector<CampaignAccount> channels = {{"UCcalonAAAAAAAAAAAAAAAAA", ""}};
    std::vector<std::unique_ptr<Source>> all;
    all.push_back(make_source("platform = \"bluesky\"\nreads = \"accounts\"\n"
                              "server = \"https://server.example\"\n"
                              "accounts = [\"did:plc:asn1aaaaaaaaaaaaaaaaaaaa\"]\n",
                              campaign)
                      .source);
    all.push_back(make_source("platform = \"bluesky\"\nreads = \"campaign\"\n"
                              "server = \"https://server.example\"\nposts_days_max = 30\n",
                              campaign)
                      .source);
    all.push_back(make_source("platform = \"mastodon\"\nserver = \"https://server.example\"\n"
                              "tags = [\"pilkada\"]\naccounts = [\"asn@banua.example\"]\n",
                              handles)
                      .source);
    all.push_back(make_source("platform = \"youtube\"\nserver = \"https://server.example\"\n"
                              "videos = [\"vid\"]\nunits_per_day = 9\n",
                              channels)
                      .source);
    all.push_back(
        make_source("platform = \"bluesky\"\nreads = \"stream\"\n"
                    "servers = \"wss://server.example\"\n"
                    "resolver = \"https://server.example\"\n"
                    "accounts = [\"did:plc:asn1aaaaaaaaaaaaaaaaaaaa\", \"asn2.example\"]\n",
                    campaign)
            .source);
    for (const auto& source : all) CHECK(source != nullptr, "the tables are right");
    return all;
  }();
  return made;
}

void check_request(const Request& request) {
  const std::string_view server =
      request.stream ? "wss://server.example/" : "https://server.example/";
  CHECK(request.url.starts_with(server), "only its own server is asked");
  for (const char c : request.url) {
    CHECK(static_cast<unsigned char>(c) > 0x20, "a URL has no blanks and no control characters");
  }
}

void check_page(const Page& page, const Answer& answer) {
  for (const SourcedAct& act : page.acts) {
    const char* const end = act.received.data() + act.received.size();
    CHECK(
        act.received.data() >= answer.body.data() && end <= answer.body.data() + answer.body.size(),
        "what was received is of the answer");
    CHECK(act.record.actor.known(), "somebody acted");
  }
  for (const Removal& removal : page.removals) {
    CHECK(!removal.record.id.empty() && removal.record.actor.known(), "it says what is gone");
  }
}

std::string read_once(const Source& source, const std::string& cursor, const Answer& answer,
                      Verdict& verdict, Page& page) {
  verdict = source.read(cursor, answer, page);
  if (verdict.is != Verdict::Is::Page) return text_of(verdict);
  CHECK(page.cursor.size() <= kCursorBytesMax, "a cursor has its limit");
  check_page(page, answer);
  return text_of(page) + page.cursor;
}

void read_answer(const Source& source, std::string_view text, Instant at, std::string& cursor) {
  const auto status = static_cast<unsigned char>(text.front()) % std::size(kStatuses);
  const OwnedAnswer answer(kStatuses[status],
                           {{"link", "<https://server.example/api/v1/x>; rel=\"next\""}},
                           std::string(text.substr(1)), at);
  Verdict verdict;
  Page page;
  const std::string first = read_once(source, cursor, answer.answer(), verdict, page);
  Verdict same_verdict;
  Page same_page;
  CHECK(first == read_once(source, cursor, answer.answer(), same_verdict, same_page),
        "reading is the same whenever it is done");
  if (verdict.is == Verdict::Is::Page) cursor = page.cursor;
}

std::string_view take_answer(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\x02'), rest.size());
  const std::string_view answer = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return answer;
}

}  // namespace
}  // namespace pantau

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pantau;
  if (size < 1) return 0;
  const Source& source = *sources()[data[0] % sources().size()];
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::string cursor;
  if (const std::size_t end = rest.find('\x01'); end != std::string_view::npos) {
    cursor = rest.substr(0, end);
    rest.remove_prefix(end + 1);
  }
  Instant at = Instant(std::chrono::hours(24 * 365 * 54));
  for (std::size_t i = 0; i < kAnswersMax && !rest.empty(); i++) {
    std::optional<Request> request = source.next(cursor);
    if (!request) {
      cursor = source.again(cursor);
      request = source.next(cursor);
    }
    CHECK(request.has_value(), "another round asks something");
    check_request(*request);
    const std::string_view answer = take_answer(rest);
    at += std::chrono::minutes(1);
    if (!answer.empty()) read_answer(source, answer, at, cursor);
  }
  return 0;
}
