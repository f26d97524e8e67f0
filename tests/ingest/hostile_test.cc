// What a network can do to us, as a table: each row is one answer that is not as it should be.
// Whatever it is, it has a name in the log and in the health table, the cursor stays where it
// was, memory stays bounded, and when the server comes to its senses, nothing is missing.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <zlib.h>

#include <fstream>

#include "pipeline/ingest/ingest.h"
#include "tests/ingest/ingest_world.h"
#include "tests/ingest/paged_source.h"
#include "tests/ingest/scripted_server.h"

namespace pantau {
namespace {

using std::chrono::milliseconds;

std::string gzip(std::string_view text, std::size_t times = 1) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed;
  std::string buffer(std::size_t{64} << 10, '\0');
  for (std::size_t i = 0; i < times; i++) {
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    do {
      stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
      stream.avail_out = static_cast<uInt>(buffer.size());
      deflate(&stream, i + 1 == times ? Z_FINISH : Z_NO_FLUSH);
      packed.append(buffer.data(), buffer.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  deflateEnd(&stream);
  return packed;
}

std::string chunk(const std::string& bytes) {
  return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

const std::string kChunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

Reply closing(std::string bytes) {
  return {{{std::move(bytes)}}, false, false};
}
Reply resetting(std::string bytes) {
  return {{{std::move(bytes)}, {"", milliseconds(50)}}, false, true};
}
Reply redirect(const std::string& to, int status = 302) {
  return plain_reply(status, "", "Location: " + to + "\r\n");
}
std::string half(const std::string& text) {
  return text.substr(0, text.size() / 2);
}

struct Hostility {
  std::string name;
  Reply reply;
  std::string told;                        // the reason, as a person reads it
  std::function<Reply()> make_reply = {};  // for one that takes long to make
};

std::ostream& operator<<(std::ostream& out, const Hostility& hostility) {
  return out << hostility.name;
}

std::vector<Hostility> statuses() {
  std::vector<Hostility> rows;
  for (const int status : {408, 425, 500, 501, 502, 503, 504, 507, 520, 599}) {
    rows.push_back({fmt::format("status_{}", status), plain_reply(status, "an error page"),
                    fmt::format("HTTP status {}; trying again", status)});
  }
  for (const int status : {300, 304, 400, 401, 402, 403, 404, 405, 410, 414, 418, 431, 451}) {
    rows.push_back({fmt::format("status_{}", status),
                    plain_reply(status, status == 304 ? "" : "an error page"),
                    fmt::format("stopped: HTTP status {}", status)});
  }
  const std::vector<std::pair<std::string, std::string>> waits = {
      {"429_bare", ""},
      {"429_seconds", "Retry-After: 1\r\n"},
      {"429_date",
       "Retry-After: Wed, 27 Nov 2024 06:00:01 GMT\r\nDate: Wed, 27 Nov 2024 06:00:00 "
       "GMT\r\n"},
      {"429_absurd", "Retry-After: 99999999999999999999\r\n"},
      {"429_negative", "Retry-After: -1\r\n"},
      {"429_nonsense", "Retry-After: tomorrow, perhaps\r\n"},
      {"429_epoch", "RateLimit-Reset: 1732687201\r\nDate: Wed, 27 Nov 2024 06:00:00 GMT\r\n"},
      {"429_past", "RateLimit-Reset: 1000000000\r\n"},
      {"429_iso",
       "X-RateLimit-Reset: 2024-11-27T06:00:01.212100Z\r\nDate: Wed, 27 Nov 2024 "
       "06:00:00 GMT\r\n"},
  };
  for (const auto& [name, headers] : waits) {
    rows.push_back(
        {name, plain_reply(429, "{\"error\":\"RateLimitExceeded\"}", headers), "waiting until"});
  }
  rows.push_back(
      {"503_with_retry_after", plain_reply(503, "", "Retry-After: 1\r\n"), "waiting until"});
  return rows;
}

std::vector<Hostility> bodies() {
  const std::string page = page_text(1);
  const std::string packed = gzip(page);
  const std::string gzipped = "Content-Encoding: gzip\r\n";
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  return {
      {"half_json", plain_reply(200, half(page)), "half an answer"},
      {"no_json", plain_reply(200, "<html>Please log in</html>\n"), "no JSON"},
      {"empty_body", plain_reply(200, ""), "half an answer"},
      {"only_nul", plain_reply(200, std::string(1000, '\0') + "\n"), "no JSON"},
      {"trailing_garbage", plain_reply(200, page + "{}\n"), "more behind the end"},
      {"deep_json", plain_reply(200, std::string(100'000, '[') + "\n"), "no JSON"},
      {"no_content", {{{"HTTP/1.1 204 No Content\r\n\r\n"}}, true, false}, "HTTP status 204"},
      {"short_of_length", closing(http_head(200, page.size() + 10) + page), "answer cut off"},
      {"longer_than_length", closing(http_head(200, page.size() / 2) + page), "half an answer"},
      {"negative_length", closing(ok + "Content-Length: -5\r\n\r\n" + page), "garbled answer"},
      {"two_lengths", closing(ok + "Content-Length: 5\r\nContent-Length: 7\r\n\r\n" + page),
       "half an answer"},
      {"http10_cut", closing("HTTP/1.0 200 OK\r\n\r\n" + half(page)), "half an answer"},
      {"chunks_cut", closing(kChunkedHead + chunk(page)), "answer cut off"},
      {"chunk_size_wrong", closing(kChunkedHead + "zz\r\nhello\r\n0\r\n\r\n"), "answer cut off"},
      {"reset_at_once", resetting(""), "answer cut off"},
      {"reset_in_head", resetting("HTTP/1.1 200 OK\r\nContent-Le"), "answer cut off"},
      {"reset_in_body", resetting(http_head(200, page.size()) + half(page)), "answer cut off"},
      {"closed_at_once", closing(""), "answer cut off"},
      {"not_http", closing("SSH-2.0-OpenSSH_9.2\r\n\r\n"), "garbled answer"},
      {"http_09", closing(page), "garbled answer"},
      {"gzip_cut", plain_reply(200, half(packed), gzipped), "half an answer"},
      {"gzip_broken", plain_reply(200, "\x1f\x8bnot gzip at all", gzipped), "garbled answer"},
      {"gzip_claimed", plain_reply(200, page, gzipped), "garbled answer"},
      {"unknown_encoding", plain_reply(200, page, "Content-Encoding: rot13\r\n"), "garbled answer"},
      {"gzip_bomb",
       {},
       "body too big",
       [=] { return plain_reply(200, gzip(std::string(1 << 20, ' '), 200), gzipped); }},
      {"big_body",
       {{{http_head(200, 1 << 30)}, {std::string(1 << 16, ' '), {}, 1 << 14}}, false, false},
       "body too big"},
      {"endless_chunks",
       {{{kChunkedHead}, {chunk(std::string(4096, 'a')), {}, 1 << 30}}, false, false},
       "body too big"},
      {"endless_line",
       {{{"HTTP/1.1 200 OK\r\nX-Long: "}, {std::string(4096, 'a'), {}, 1 << 30}}, false, false},
       "headers too big"},
      {"endless_headers",
       {{{"HTTP/1.1 200 OK\r\n"}, {"X-Header: " + std::string(1000, 'a') + "\r\n", {}, 1 << 30}},
        false,
        false},
       "headers too big"},
      {"endless_100s",
       {{{"HTTP/1.1 100 Continue\r\n\r\n", {}, 1 << 30}}, false, false},
       "headers too big"},
      {"drip_head",
       {{{"HTTP/1.1 200 OK\r\nX-Slow: "}, {"a", milliseconds(100), 1 << 20}}, false, false},
       "too slow"},
      {"drip_body",
       {{{http_head(200, 1000)}, {"a", milliseconds(100), 1000}}, false, false},
       "too slow"},
      {"silence", {{{"", milliseconds(60'000)}}, false, false}, "too slow"},
      {"silence_in_body",
       {{{http_head(200, 1000) + "{"}, {"", milliseconds(60'000)}}, false, false},
       "too slow"},
  };
}

std::vector<Hostility> redirects() {
  return {
      {"redirect_loop", redirect("/page?n=1"), "bad redirect"},
      {"redirect_metadata", redirect("http://169.254.169.254/latest/meta-data/"),
       "refused address 169.254.169.254:80"},
      {"redirect_private", redirect("http://10.0.0.1/"), "refused address 10.0.0.1:80"},
      {"redirect_other_port", redirect("http://127.0.0.1:1/"), "refused address 127.0.0.1:1"},
      {"redirect_decimal_ip", redirect("http://2852039166/"), "refused address"},
      {"redirect_hex_ip", redirect("http://0xa9fea9fe/"), "refused address"},
      {"redirect_short_ip", redirect("http://127.1:1/", 307), "refused address"},
      {"redirect_v6_loopback", redirect("http://[::1]:1/", 308), "refused address [::1]:1"},
      {"redirect_v6_mapped", redirect("http://[::ffff:169.254.169.254]/"), "refused address"},
      {"redirect_localhost", redirect("http://localhost:1/", 301), "refused address"},
      {"redirect_file", redirect("file:///etc/passwd"), "bad redirect"},
      {"redirect_ftp", redirect("ftp://127.0.0.1/x"), "bad redirect"},
      {"redirect_gopher", redirect("gopher://127.0.0.1:25/x"), "bad redirect"},
      {"redirect_user", redirect("http://user:pass@127.0.0.1:1/"), "bad redirect"},
      {"redirect_nowhere", redirect("http://"), "bad redirect"},
      {"redirect_spaces", redirect("   "), "stopped: HTTP status 302"},
  };
}

std::vector<Hostility> all_hostilities() {
  std::vector<Hostility> all;
  for (auto& rows : {statuses(), bodies(), redirects()}) {
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

// The most memory that this process has had, in bytes, since the kernel was told to forget.
std::size_t peak_memory(bool forget) {
  if (forget) std::ofstream("/proc/self/clear_refs") << "5";
  std::ifstream status("/proc/self/status");
  std::string word;
  std::size_t kilobytes = 0;
  while (status >> word) {
    if (word == "VmHWM:") status >> kilobytes;
  }
  return kilobytes << 10;
}

// How much more one ingest may take than what was there before. A sanitizer keeps what was freed
// for a while, so there the bound says less.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kIsSanitized = true;
#elif defined(__has_feature)
constexpr bool kIsSanitized = __has_feature(address_sanitizer);
#else
constexpr bool kIsSanitized = false;
#endif
constexpr std::size_t kMemoryMax = std::size_t{kIsSanitized ? 400 : 40} << 20;

class Hostile : public testing::TestWithParam<Hostility> {
 protected:
  static IngestOptions options(const IngestWorld& world) {
    IngestOptions options;
    options.file = world.file();
    options.platforms = kTestPlatforms;
    options.http.body_bytes_max = std::size_t{4} << 20;
    options.http.total_time_max = milliseconds(20'000);
    options.http.slow_time_max = std::chrono::seconds(1);
    options.limits.pause_first = milliseconds(1);
    options.limits.rest = milliseconds(1);
    options.limits.faults_until_stop = 2;
    options.limits.wait_first = milliseconds(10);
    options.limits.wait_max = milliseconds(10);
    options.limits.look_every = milliseconds(10);
    return options;
  }
};

TEST_P(Hostile, IsNamedAndKeepsTheCursor) {
  const Reply reply = GetParam().make_reply ? GetParam().make_reply() : GetParam().reply;
  std::atomic<bool> is_sound = false;
  std::atomic<bool> stop = false;
  ScriptedServer server([&](const std::string& head, int nth) {
    if (!is_sound) {
      if (nth > 8) stop = true;  // of those that only wait
      return reply;
    }
    const std::size_t number = head.find("n=");
    return plain_reply(200, page_text(std::stoi(head.substr(number + 2))));
  });
  const IngestWorld world(
      fmt::format("[[source]]\nname = \"hostile\"\nplatform = \"paged\"\n"
                  "server = \"{}\"\ntest_server = \"{}\"\n"
                  "requests_per_minute = 6000\n",
                  server.url(), server.endpoint()));
  IngestOptions options = Hostile::options(world);
  options.stop = &stop;

  const std::size_t before = peak_memory(true);
  testing::internal::CaptureStderr();
  const Result<int> status = run_ingest(world.config(), options);
  const std::string said = testing::internal::GetCapturedStderr();
  ASSERT_TRUE(status) << status.error().message;
  EXPECT_NE(*status, 0);
  EXPECT_NE(said.find("hostile: "), std::string::npos);
  EXPECT_NE(said.find(GetParam().told), std::string::npos) << said;
  EXPECT_LE(peak_memory(false), before + kMemoryMax);

  const auto sources = list_sources(world.url(), "live");
  ASSERT_TRUE(sources);
  EXPECT_EQ(sources->front().cursor, "");
  EXPECT_TRUE(world.keys().empty());

  is_sound = true;
  stop = false;
  testing::internal::CaptureStderr();
  const Result<int> again = run_ingest(world.config(), options);
  const std::string said_again = testing::internal::GetCapturedStderr();
  EXPECT_EQ(again.value_or(-1), 0) << said_again;
  EXPECT_EQ(world.keys(), IngestWorld::all_keys());
}

INSTANTIATE_TEST_SUITE_P(Network, Hostile, testing::ValuesIn(all_hostilities()),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace pantau
