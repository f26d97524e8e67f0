// What a client can do to a server by sending bytes, and by not sending them.
#include "pipeline/web/server.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <vector>

#include "tests/web/raw_client.h"

namespace pantau {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr char kGet[] = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

std::string post(std::string_view body) {
  return fmt::format("POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{}", body.size(),
                     body);
}

std::atomic<int> slow_requests = 0;  // begun

// Says what it was asked, so that a test sees where one request ended and the next began.
WebResponse echo(const WebRequest& request) {
  if (request.path == "/slow") {
    slow_requests++;
    std::this_thread::sleep_for(400ms);
  }
  if (request.path == "/throws") throw std::runtime_error("canary-of-an-internal-fault");
  WebResponse response;
  response.content_type = "text/plain";
  response.body = request.method + " " + request.path + " [" + request.body + "]";
  if (request.path == "/large") response.body.assign(64 << 20, 'x');
  return response;
}

ServerOptions quick() {
  ServerOptions options;
  options.limits.header_time_max = 700ms;
  options.limits.body_time_max = 700ms;
  options.limits.write_time_max = 700ms;
  options.limits.idle_time_max = 500ms;
  options.limits.stop_time_max = 2000ms;
  return options;
}

class ServerFaults : public testing::Test {
 protected:
  RunningServer server{quick(), echo};

  // What comes of these bytes, the sender then being silent.
  std::string answer_to(std::string_view bytes) const {
    const RawClient client = server.client();
    client.send(bytes);
    return client.read_to_end();
  }
  void expect_alive() const {
    RawClient client = server.client();
    EXPECT_TRUE(client.send(kGet));
    EXPECT_TRUE(client.read_answer().ends_with("GET /a []"));
  }
};

TEST_F(ServerFaults, AnswersRequestsOfOneConnectionInTheirOrder) {
  RawClient client = server.client();
  client.send(std::string(kGet) + post("one") + kGet + post("two") + kGet);  // all at once
  EXPECT_TRUE(client.read_answer().ends_with("GET /a []"));
  EXPECT_TRUE(client.read_answer().ends_with("POST /p [one]"));
  EXPECT_TRUE(client.read_answer().ends_with("GET /a []"));
  EXPECT_TRUE(client.read_answer().ends_with("POST /p [two]"));
  EXPECT_TRUE(client.read_answer().ends_with("GET /a []"));
}

TEST_F(ServerFaults, TellsALengthWithoutABodyToHead) {
  RawClient client = server.client();
  client.send("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string answer = client.read_to_end();
  EXPECT_NE(answer.find("Content-Length: 10\r\n"), std::string::npos) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(ServerFaults, RefusesWhatCouldBeReadInTwoWays) {
  const std::vector<std::pair<std::string, std::string>> smuggled = {
      {"length and chunks",
       "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
       "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"},
      {"chunks",
       "POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"},
      {"chunks, hidden",
       "POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\nContent-Length: "
       "3\r\n\r\nabc"},
      {"chunks with a blank",
       "POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\nContent-Length: "
       "3\r\n\r\nabc"},
      {"two lengths",
       "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 30\r\n\r\nabc"},
      {"a list of lengths", "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 30\r\n\r\nabc"},
      {"a length with a sign", "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc"},
      {"a negative length", "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: -3\r\n\r\nabc"},
      {"a hexadecimal length", "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 0x3\r\n\r\nabc"},
      {"an enormous length",
       "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\nabc"},
      {"two hosts", "GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"},
      {"no host", "GET /a HTTP/1.1\r\n\r\n"},
      {"a line without its return", "GET /a HTTP/1.1\nHost: x\n\n"},
      {"a NUL", std::string("GET /a HTTP/1.1\r\nHost: x\0y\r\n\r\n", 30)},
      {"a blank before a name", "GET /a HTTP/1.1\r\n Host: x\r\n\r\n"},
      {"another version", "GET /a HTTP/9.1\r\nHost: x\r\n\r\n"},
      {"an old version's request", "GET /a\r\n\r\n"},
      {"a whole address", "GET http://x/a HTTP/1.1\r\nHost: x\r\n\r\n"},
      {"a step up", "GET /a/../b HTTP/1.1\r\nHost: x\r\n\r\n"},
      {"a step up in disguise", "GET /a/%2e%2e/b HTTP/1.1\r\nHost: x\r\n\r\n"},
      {"an encoded NUL", "GET /a%00 HTTP/1.1\r\nHost: x\r\n\r\n"},
      {"another protocol", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"},
  };
  for (const auto& [what, bytes] : smuggled) {
    const std::string answer = answer_to(bytes);
    EXPECT_EQ(answer.find("HTTP/1.1 2"), std::string::npos) << what << ": " << answer;
    EXPECT_EQ(answer.find("smuggled"), std::string::npos) << what << ": " << answer;
    EXPECT_LE(answer.size(), 2000U) << what;
  }
  expect_alive();
}

TEST_F(ServerFaults, RefusesWhatIsTooLarge) {
  const std::string field(20'000, 'f');
  EXPECT_TRUE(answer_to("GET /a HTTP/1.1\r\nHost: x\r\nf: " + field + "\r\n\r\n")
                  .starts_with("HTTP/1.1 431"));
  EXPECT_TRUE(
      answer_to("GET /" + field + " HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 4"));
  EXPECT_TRUE(answer_to(post(std::string((64 << 10) + 1, 'b'))).starts_with("HTTP/1.1 413"));
  // Not a byte of the body has to come for that.
  EXPECT_TRUE(answer_to("POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n")
                  .starts_with("HTTP/1.1 413"));
  expect_alive();
}

TEST(Server, TakesAsLargeABodyAsThePathMayHave) {
  ServerOptions options = quick();
  options.limits.body_bytes_max_of = [](std::string_view path) -> std::uint64_t {
    return path == "/p" ? 300'000 : 10;
  };
  RunningServer server(options, echo);
  const auto answer_to = [&](std::string_view bytes) {
    RawClient client = server.client();
    client.send(bytes);
    return client.read_answer();
  };
  EXPECT_TRUE(answer_to(post(std::string(300'000, 'b'))).ends_with("bbb]"));
  EXPECT_TRUE(answer_to(post(std::string(300'001, 'b'))).starts_with("HTTP/1.1 413"));
  EXPECT_TRUE(answer_to("POST /q HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n12345678901")
                  .starts_with("HTTP/1.1 413"));
}

TEST_F(ServerFaults, CutsOffWhoIsTooSlow) {
  for (const std::string_view bytes :
       {"", "GET /a HT", "GET /a HTTP/1.1\r\nHost: x\r\n",
        "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf"}) {
    const auto start = Clock::now();
    EXPECT_EQ(answer_to(bytes), "") << bytes;
    EXPECT_LT(Clock::now() - start, 5s) << bytes;
  }
  // A byte at a time gains nothing: the whole header has its time.
  const RawClient client = server.client();
  const auto start = Clock::now();
  const std::string header = "GET /a HTTP/1.1\r\nHost: x\r\nf: " + std::string(200, 'f');
  for (const char c : header) {
    if (!client.send({&c, 1})) break;
    std::this_thread::sleep_for(20ms);
    if (Clock::now() - start > 5s) break;
  }
  EXPECT_LT(Clock::now() - start, 5s);
  expect_alive();
}

TEST_F(ServerFaults, CutsOffWhoDoesNotReadTheAnswer) {
  RawClient client = server.client();
  client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(1500ms);
  EXPECT_LT(client.read_to_end().size(), std::size_t{64} << 20);
  expect_alive();
}

TEST_F(ServerFaults, EndsIdleConnections) {
  RawClient client = server.client();
  client.send(kGet);
  EXPECT_FALSE(client.read_answer().empty());
  const auto start = Clock::now();
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_LT(Clock::now() - start, 5s);
}

TEST_F(ServerFaults, TellsNothingOfAnInternalFault) {
  const std::string answer = answer_to("GET /throws HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 500")) << answer;
  EXPECT_EQ(answer.find("canary"), std::string::npos);
  EXPECT_NE(answer.find("\"id\":\""), std::string::npos);
}

TEST_F(ServerFaults, PutsItsFieldsOnEveryAnswerEvenOnesThatItRefuses) {
  const std::string field(20'000, 'f');
  for (const std::string& bytes :
       {std::string(kGet), std::string("GET /throws HTTP/1.1\r\nHost: x\r\n\r\n"),
        std::string("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n"), std::string("nonsense\r\n\r\n"),
        "GET /a HTTP/1.1\r\nHost: x\r\nf: " + field + "\r\n\r\n",
        post(std::string((64 << 10) + 1, 'b')), std::string("GET /a HTTP/1.1\r\n\r\n"),
        std::string("POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")}) {
    const std::string answer = answer_to(bytes);
    for (const WebField& wanted : security_fields(false)) {
      EXPECT_NE(answer.find(wanted.name + ": " + wanted.value + "\r\n"), std::string::npos)
          << wanted.name << " is not in " << answer;
    }
  }
}

TEST(Server, ServesBesideAThousandSilentConnections) {
  ServerOptions options;
  options.limits.header_time_max = 20s;
  RunningServer server(options, echo);
  std::vector<RawClient> silent;
  for (int i = 0; i < 1000; i++) {
    silent.push_back(server.client());
    ASSERT_TRUE(silent.back().connected()) << i;
    silent.back().send(i % 2 == 0 ? "" : "GET /a HTTP/1.1\r\n");
  }
  RawClient client = server.client();
  client.send(kGet);
  EXPECT_TRUE(client.read_answer().ends_with("GET /a []"));
  // Those that begun are answered as soon as they end.
  for (int i = 1; i < 1000; i += 2) silent[static_cast<std::size_t>(i)].send("Host: x\r\n\r\n");
  for (int i = 1; i < 1000; i += 2) {
    ASSERT_TRUE(silent[static_cast<std::size_t>(i)].read_answer().ends_with("GET /a []")) << i;
  }
}

TEST(Server, RefusesConnectionsAndRequestsBeyondItsLimits) {
  ServerOptions options = quick();
  options.limits.connections_max = 3;
  options.limits.requests_per_connection_max = 2;
  options.limits.header_time_max = 5s;
  RunningServer server(options, echo);
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; i++) {
    clients.push_back(server.client());
    clients.back().send(kGet);
    EXPECT_FALSE(clients.back().read_answer().empty());
  }
  const RawClient fourth = server.client();
  fourth.send(kGet);
  EXPECT_EQ(fourth.read_to_end(), "");
  clients[0].send(std::string(kGet) + kGet);
  const std::string last = clients[0].read_to_end();
  EXPECT_NE(last.find("Connection: close"), std::string::npos) << last;
  EXPECT_EQ(last.find("GET /a []"), last.rfind("GET /a []"));
}

TEST(Server, HoldsNoMoreBodiesThanItsLimit) {
  ServerOptions options = quick();
  options.limits.body_time_max = 3s;
  options.limits.bodies_bytes_max = 100'000;
  RunningServer server(options, echo);
  const RawClient first = server.client();  // has been given room for what it announced
  first.send("POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n");
  std::this_thread::sleep_for(500ms);
  const RawClient second = server.client();
  second.send("POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n");
  EXPECT_TRUE(second.read_to_end().starts_with("HTTP/1.1 503"));
  EXPECT_EQ(first.read_to_end(), "");  // too slow, and its room is free again
  bool answered = false;
  for (int attempt = 0; attempt < 50 && !answered;
       attempt++) {  // its end is seen before its room is
    RawClient third = server.client();
    third.send(post(std::string(60'000, 'b')));
    answered = third.read_answer().starts_with("HTTP/1.1 200");
    if (!answered) std::this_thread::sleep_for(100ms);
  }
  EXPECT_TRUE(answered);
}

TEST(Server, EndsInOrder) {
  auto server = std::make_unique<RunningServer>(quick(), echo);
  RawClient idle = server->client();
  idle.send(kGet);
  EXPECT_FALSE(idle.read_answer().empty());
  const RawClient silent = server->client();
  RawClient busy = server->client();
  busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  while (slow_requests == 0) std::this_thread::sleep_for(1ms);
  const auto start = Clock::now();
  server->stop();
  EXPECT_LT(Clock::now() - start, 10s);
  const std::string answer = busy.read_to_end();  // what was begun is answered
  EXPECT_TRUE(answer.ends_with("GET /slow []")) << answer;
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_EQ(silent.read_to_end(), "");
}

TEST(Server, TellsWhyItCannotListen) {
  ServerOptions options;
  options.address = "not-an-address";
  EXPECT_FALSE(Server::open(options, echo).has_value());
  options.address = "127.0.0.1";
  RunningServer server(options, echo);
  options.port = server.port();
  const auto taken = Server::open(options, echo);
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(taken.error().fault, Fault::Config);
  EXPECT_NE(taken.error().message.find("in use"), std::string::npos) << taken.error().message;
}

}  // namespace
}  // namespace pantau
