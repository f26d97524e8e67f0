// Streams from a server that is well-behaved or rude, over a real WebSocket.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>

#include "pipeline/net/stream_url.h"
#include "pipeline/net/streaming_fetcher.h"
#include "tests/ingest/scripted_server.h"

namespace pantau {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr unsigned kText = 1;
constexpr unsigned kBinary = 2;
constexpr unsigned kClose = 8;
constexpr unsigned kPing = 9;
constexpr unsigned kMore = 0;  // of a message whose beginning was sent

std::string frame(unsigned opcode, std::string_view bytes, bool is_last = true) {
  std::string text;
  text += static_cast<char>((is_last ? 0x80U : 0U) | opcode);
  const std::size_t size = bytes.size();
  if (size < 126) {
    text += static_cast<char>(size);
  } else {
    const int count = size < 65'536 ? 2 : 8;
    text += static_cast<char>(count == 2 ? 126 : 127);
    for (int i = count - 1; i >= 0; i--) text += static_cast<char>(size >> (8 * i) & 0xFF);
  }
  return text.append(bytes);
}

// The head that turns a connection into a WebSocket (RFC 6455, 4.2.2).
std::string upgrade(const std::string& head) {
  constexpr std::string_view kName = "Sec-WebSocket-Key: ";
  const std::size_t at = head.find(kName) + kName.size();
  const std::string key =
      head.substr(at, head.find('\r', at) - at) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  unsigned char hash[SHA_DIGEST_LENGTH];
  ::SHA1(reinterpret_cast<const unsigned char*>(key.data()), key.size(), hash);
  unsigned char accept[64];
  ::EVP_EncodeBlock(accept, hash, SHA_DIGEST_LENGTH);
  return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Date: Wed, 20 Nov 2024 03:00:00 GMT\r\nX-Made-Up: yes\r\nSec-WebSocket-Accept: " +
         std::string(reinterpret_cast<const char*>(accept)) + "\r\n\r\n";
}

// After the upgrade `steps` are sent; then the server says nothing, or hangs up.
Reply stream_of(const std::string& head, std::vector<Step> steps, bool keep = true) {
  steps.insert(steps.begin(), {upgrade(head), milliseconds(0), 1});
  return {std::move(steps), keep, false};
}

std::string told(std::initializer_list<std::string_view> messages) {
  std::string text;
  for (const std::string_view message : messages) {
    text += kMessageBegin + std::string(message) + kMessageEnd;
  }
  return text;
}

class Streams : public testing::Test {
 protected:
  void SetUp() override {
    limits_.message_bytes_max = 10'000;
    limits_.linger = milliseconds(100);
    limits_.connect_time_max = milliseconds(5'000);
    limits_.deaf_time_max = milliseconds(30'000);
  }

  void make_fetcher() {
    Result<std::unique_ptr<Fetcher>> plain = make_curl_fetcher({});
    ASSERT_TRUE(plain);
    fetcher_ = make_streaming_fetcher(*std::move(plain), limits_);
  }

  static HttpRequest request_to(const ScriptedServer& server) {
    HttpRequest request;
    request.url = "ws://" + server.endpoint() + "/a?cursor=1";
    request.reach.test_server = server.endpoint();
    request.stream.emplace();
    request.stream->subscription = "a";
    request.stream->silence_max = seconds(20);
    return request;
  }

  Fetched ask(const HttpRequest& request) {
    if (fetcher_ == nullptr) make_fetcher();
    fetcher_->start(7, request);
    for (int i = 0; i < 600; i++) {
      std::vector<Fetched> done = fetcher_->wait(milliseconds(50));
      if (done.empty()) continue;
      EXPECT_EQ(done.size(), 1u);
      EXPECT_EQ(done.front().ticket, 7u);
      return std::move(done.front());
    }
    ADD_FAILURE() << "no answer";
    return {};
  }

  // What comes of a stream whose server sends this.
  Fetched outcome_of(std::vector<Step> steps, bool keep = true) {
    ScriptedServer server(
        [&](const std::string& head, int) { return stream_of(head, steps, keep); });
    const Fetched fetched = ask(request_to(server));
    fetcher_.reset();
    return fetched;
  }

  StreamLimits limits_;
  std::unique_ptr<Fetcher> fetcher_;
};

TEST_F(Streams, MessagesComeInOrderOverOneConnection) {
  std::string hello;
  ScriptedServer server([&](const std::string& head, int nth) {
    if (nth > 0) return Reply{{}, true, false};
    return stream_of(head, {{frame(kText, "one") + frame(kPing, "x") + frame(kText, "two")},
                            {frame(kText, "thr", false), milliseconds(400)},
                            {frame(kMore, "ee"), milliseconds(10)}});
  });
  HttpRequest request = request_to(server);
  const Fetched first = ask(request);
  ASSERT_TRUE(first.answer);
  EXPECT_EQ(first.answer->status, kStreamStatus);
  EXPECT_EQ(first.answer->body, told({"one", "two"}));
  // The clock of the moment of connecting is not that of the messages.
  EXPECT_NE(std::ranges::find(first.answer->headers, Header{"x-made-up", "yes"}),
            first.answer->headers.end());
  EXPECT_EQ(std::ranges::find(first.answer->headers, "date", &Header::name),
            first.answer->headers.end());
  request.url += "2";  // the position has moved on, the connection stays
  EXPECT_EQ(ask(request).answer->body, told({"three"}));
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(Streams, AnotherSubscriptionIsAnotherConnection) {
  ScriptedServer server([&](const std::string& head, int) {
    return stream_of(head, {{frame(kText, head.substr(0, head.find(' ', 4)))}});
  });
  HttpRequest request = request_to(server);
  EXPECT_EQ(ask(request).answer->body, told({"GET /a?cursor=1"}));
  request.stream->subscription = "b";
  request.url = "ws://" + server.endpoint() + "/b";
  EXPECT_EQ(ask(request).answer->body, told({"GET /b"}));
}

TEST_F(Streams, MirrorsAreTakenInTurn) {
  ScriptedServer server([&](const std::string& head, int) {
    return stream_of(head, {{frame(kText, head.substr(4, 2))}}, false);
  });
  HttpRequest request = request_to(server);
  request.stream->mirrors = {"ws://" + server.endpoint() + "/b"};
  for (const std::string_view path : {"/a", "/b", "/a"}) {
    EXPECT_EQ(ask(request).answer->body, told({path}));
    EXPECT_EQ(ask(request).fault, HttpFault::Truncated);
  }
}

TEST_F(Streams, AMessageAboveTheLimitIsLeftOut) {
  const Fetched fetched = outcome_of({{frame(kText, std::string(500'000, 'x'))},
                                      {frame(kText, std::string(9'999, 'y'), false)},
                                      {frame(kMore, "zz")},
                                      {frame(kText, "small")}});
  ASSERT_TRUE(fetched.answer);
  EXPECT_EQ(fetched.answer->body, told({"", "", "small"}));
}

TEST_F(Streams, BrokenStreamsEndWithTheirFault) {
  struct Case {
    const char* what;
    std::vector<Step> steps;
    HttpFault fault;
  };
  const std::string masked("\x81\x83\x01\x02\x03\x04xyz", 9);
  const Case cases[] = {
      {"hangs up", {}, HttpFault::Truncated},
      {"half a frame", {{frame(kText, "half of it").substr(0, 6)}}, HttpFault::Truncated},
      {"half a message", {{frame(kText, "half of it", false)}}, HttpFault::Truncated},
      {"closes in order", {{frame(kClose, "\x03\xE9")}}, HttpFault::Truncated},
      {"invalid UTF-8", {{frame(kText, "\xC3\x28")}}, HttpFault::Garbled},
      {"UTF-8 cut off", {{frame(kText, "\xE2\x82")}}, HttpFault::Garbled},
      {"binary", {{frame(kBinary, "zstd?")}}, HttpFault::Garbled},
      {"masked", {{masked}}, HttpFault::Garbled},
      {"reserved bits", {{"\xF1\x02hi"}}, HttpFault::Garbled},
      {"unknown frame", {{frame(5, "hi")}}, HttpFault::Garbled},
      {"goes on with nothing", {{frame(kMore, "hi")}}, HttpFault::Garbled},
      {"ping too long", {{frame(kPing, std::string(126, 'x'))}}, HttpFault::Garbled},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    const Fetched fetched = outcome_of(one.steps, one.fault == HttpFault::Garbled);
    EXPECT_FALSE(fetched.answer);
    EXPECT_EQ(name_of(fetched.fault), name_of(one.fault)) << fetched.detail;
  }
}

TEST_F(Streams, AnEndlessMessageIsCutOff) {
  const Fetched fetched =
      outcome_of({{frame(kText, "", false)},
                  {frame(kMore, std::string(1 << 20, 'x'), false), milliseconds(0), 100}});
  EXPECT_FALSE(fetched.answer);
  EXPECT_EQ(fetched.fault, HttpFault::BodyTooBig);
}

TEST_F(Streams, WhatWasHeardBeforeTheEndCounts) {
  ScriptedServer server([&](const std::string& head, int) {
    return stream_of(head, {{frame(kText, "last words") + frame(kText, "\xFF")}});
  });
  EXPECT_EQ(ask(request_to(server)).answer->body, told({"last words"}));
  EXPECT_EQ(ask(request_to(server)).fault, HttpFault::Garbled);
  EXPECT_EQ(ask(request_to(server)).answer->body, told({"last words"}));
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(Streams, SilenceIsToldAndEndsTheConnection) {
  const std::string half = frame(kText, "half", false);
  const std::string endless("\x81\x7F\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10);  // 2^63 bytes to come
  ScriptedServer server([&](const std::string& head, int nth) {
    if (nth == 1) return stream_of(head, {{endless}});
    return stream_of(head, {{half}, {frame(kPing, ""), milliseconds(300), 50}});
  });
  HttpRequest request = request_to(server);
  request.stream->silence_max = seconds(1);
  for (int i = 1; i <= 2; i++) {
    const Fetched fetched = ask(request);
    ASSERT_TRUE(fetched.answer) << fetched.detail;
    EXPECT_EQ(fetched.answer->status, kStreamStatus);
    EXPECT_EQ(fetched.answer->body, "");
    EXPECT_EQ(server.connections(), i);
  }
}

TEST_F(Streams, AServerThatAnswersNoPingIsDeaf) {
  limits_.deaf_time_max = milliseconds(400);
  const Fetched fetched = outcome_of({});
  EXPECT_EQ(fetched.fault, HttpFault::TooSlow) << fetched.detail;
}

TEST_F(Streams, AnUpgradeThatDoesNotComeIsTooSlow) {
  limits_.connect_time_max = milliseconds(300);
  ScriptedServer server([](const std::string&, int) { return Reply{{}, true, false}; });
  EXPECT_EQ(ask(request_to(server)).fault, HttpFault::TooSlow);
  fetcher_.reset();
}

TEST_F(Streams, ARefusalIsAnAnswer) {
  ScriptedServer server([](const std::string&, int nth) {
    if (nth == 0) return plain_reply(429, "later", "Retry-After: 30\r\n");
    if (nth == 1) return plain_reply(302, "", "Location: ws://127.0.0.1:1/\r\n");
    return Reply{{{"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                   "Connection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n"}},
                 true,
                 false};
  });
  const Fetched later = ask(request_to(server));
  ASSERT_TRUE(later.answer);
  EXPECT_EQ(later.answer->status, 429);
  EXPECT_EQ(later.answer->body, "later");
  EXPECT_NE(std::ranges::find(later.answer->headers, Header{"retry-after", "30"}),
            later.answer->headers.end());
  EXPECT_EQ(ask(request_to(server)).answer->status, 302);  // not followed
  EXPECT_EQ(ask(request_to(server)).fault, HttpFault::Garbled);
}

TEST_F(Streams, OnlyTheTestServerIsReachedInTheHouse) {
  ScriptedServer server([](const std::string& head, int) { return stream_of(head, {}); });
  HttpRequest request = request_to(server);
  request.reach.test_server.clear();
  EXPECT_EQ(ask(request).fault, HttpFault::BadUrl);  // not without TLS
  for (const std::string host : {"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433"}) {
    SCOPED_TRACE(host);
    const std::string port = server.endpoint().substr(server.endpoint().find(':'));
    request.url = "wss://" + host + port + "/";
    const Fetched fetched = ask(request);
    EXPECT_FALSE(fetched.answer);
    EXPECT_EQ(name_of(fetched.fault), name_of(HttpFault::Refused)) << fetched.detail;
  }
  request.url = "ws://" + server.endpoint() + "/";
  request.reach.test_server = "127.0.0.1:1";
  EXPECT_EQ(ask(request).fault, HttpFault::Refused);
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(Streams, AServerThatSendsFasterThanIsReadHasToWait) {
  limits_.batch_bytes_max = 100'000;
  limits_.batches_waiting_max = 3;
  constexpr int kMessages = 4'000;
  ScriptedServer server([](const std::string& head, int) {
    std::vector<Step> steps;
    for (int i = 0; i < kMessages; i++) {
      steps.push_back({frame(kText, std::to_string(i) + std::string(9'000, ' '))});
    }
    return stream_of(head, std::move(steps));
  });
  int next = 0;
  while (next < kMessages) {
    const Fetched fetched = ask(request_to(server));
    ASSERT_TRUE(fetched.answer) << fetched.detail;
    const std::string& body = fetched.answer->body;
    EXPECT_LE(body.size(), limits_.batch_bytes_max + limits_.message_bytes_max);
    for (std::size_t at = 0; at < body.size(); at = body.find(kMessageBegin, at + 1)) {
      ASSERT_EQ(std::stoi(body.substr(at + 1)), next++);
    }
    if (next == 1) std::this_thread::sleep_for(milliseconds(300));
  }
}

TEST(StreamUrl, PartsAreFoundAndNonsenseIsNot) {
  const auto url = parse_stream_url("wss://[2001:db8::1]:8443/a/b?c=d%20e");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->is_tls);
  EXPECT_EQ(url->host, "2001:db8::1");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->authority, "[2001:db8::1]:8443");
  EXPECT_EQ(url->target, "/a/b?c=d%20e");
  EXPECT_EQ(parse_stream_url("ws://host.example")->port, 80);
  EXPECT_EQ(parse_stream_url("wss://host.example")->target, "/");
  for (const std::string text :
       {"", "wss://", "https://host.example/", "wss://user@host.example/", "wss://host:0/",
        "wss://host:99999/", "wss://host/a b", "wss://host/\r\nX: y", "file:///etc/passwd"}) {
    EXPECT_FALSE(parse_stream_url(text)) << text;
  }
}

}  // namespace
}  // namespace pantau
