// Live ingest against real servers: TLS as OpenSSL speaks it, and nginx when it has had enough.
#include <gtest/gtest.h>

#include <csignal>

#include "pipeline/ingest/ingest.h"
#include "tests/ingest/ingest_world.h"
#include "tests/ingest/paged_source.h"
#include "tests/ingest/scripted_server.h"

namespace pantau {
namespace {

using std::chrono::milliseconds;

// A port that was free a moment ago.
int free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(fd, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(fd);
  return ntohs(address.sin_port);
}

bool accepts(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  const bool connected = ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return connected;
}

// A server process that is ended with its test.
class Server {
 public:
  Server(const std::string& command, int port, const Folder& folder)
      : started_({"/bin/sh", "-c", "exec " + command}, folder) {
    for (int i = 0; i < 500 && !accepts(port); i++) std::this_thread::sleep_for(milliseconds(20));
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() {
    started_.signal(SIGTERM);
    started_.wait();
  }

 private:
  Started started_;
};

struct Outcome {
  int status = -1;
  std::string said;
};

Outcome ingest_from(const IngestWorld& world) {
  IngestOptions options;
  options.file = world.file();
  options.platforms = kTestPlatforms;
  options.limits.pause_first = milliseconds(1);
  options.limits.faults_until_stop = 2;
  options.limits.wait_first = milliseconds(100);
  testing::internal::CaptureStderr();
  const Result<int> status = run_ingest(world.config(), options);
  return {status.value_or(-1), testing::internal::GetCapturedStderr()};
}

// Certificates of an authority of our own: a good one, and what can be wrong with one.
class Tls : public testing::Test {
 protected:
  void SetUp() override {
    const std::string script = R"(cd ')" + (folder_ / "") + R"(' || exit 1
authority() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9 \
  -subj "/CN=$1" -keyout $1.key -out $1.pem; }
certificate() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=test \
  -keyout $1.key -out $1.csr && printf "subjectAltName=$2\n" > $1.ext &&
  openssl x509 -req -in $1.csr -CA $3.pem -CAkey $3.key -days $4 -extfile $1.ext -out $1.pem; }
authority ours && authority theirs &&
certificate good IP:127.0.0.1 ours 9 && certificate elsewhere DNS:other.example ours 9 &&
certificate expired IP:127.0.0.1 ours -1 && certificate unknown IP:127.0.0.1 theirs 9
)";
    const Ended ended = run_program({"/bin/sh", "-c", script}, folder_);
    ASSERT_EQ(ended.status, 0) << ended.err;
    for (int page = 1; page <= kPages; page++) {
      write_file(folder_ / ("page?n=" + std::to_string(page)), page_text(page));
    }
  }

  // What becomes of an ingest from a server with this certificate.
  Outcome outcome(const std::string& certificate, const std::string& more = "",
                  const std::string& scheme = "https") {
    const int port = free_port();
    const Server server(
        fmt::format("openssl s_server -WWW -quiet -accept 127.0.0.1:{} -cert {}.pem -key {}.key {}",
                    port, certificate, certificate, more),
        port, folder_);
    world_.emplace(fmt::format(
        "[[source]]\nname = \"tls\"\nplatform = \"paged\"\nserver = \"{}://127.0.0.1:{}\"\n"
        "test_server = \"127.0.0.1:{}\"\nca_file = \"{}\"\nrequests_per_minute = 6000\n",
        scheme, port, port, folder_ / "ours.pem"));
    return ingest_from(*world_);
  }

  void expect_refused(const Outcome& outcome) {
    EXPECT_EQ(outcome.status, 4);
    EXPECT_NE(outcome.said.find("no trustworthy connection"), std::string::npos) << outcome.said;
    EXPECT_TRUE(world_->keys().empty());
  }

  Folder folder_;
  std::optional<IngestWorld> world_;
  std::string home_ = std::filesystem::current_path();
};

TEST_F(Tls, OnlyATrustworthyServerIsRead) {
  std::filesystem::current_path(folder_ / "");  // s_server serves the folder it stands in
  const Outcome good = outcome("good");
  EXPECT_EQ(good.status, 0) << good.said;
  EXPECT_EQ(world_->keys(), IngestWorld::all_keys());
  for (const char* const certificate : {"elsewhere", "expired", "unknown", "theirs"}) {
    SCOPED_TRACE(certificate);
    expect_refused(outcome(certificate));
  }
  expect_refused(outcome("good", "-tls1_1 -cipher DEFAULT@SECLEVEL=0"));
  expect_refused(outcome("good", "-tls1_2 -cipher aNULL@SECLEVEL=0"));
  std::filesystem::current_path(home_);
}

TEST(Nginx, IsReadAsFastAsItLets) {
  const Folder folder;
  const int port = free_port();
  for (int page = 1; page <= kPages; page++) {
    write_file(folder / ("page" + std::to_string(page)), page_text(page));
  }
  write_file(
      folder / "nginx.conf",
      fmt::format("daemon off; master_process off; pid {0}nginx.pid; error_log stderr;\n"
                  "events {{}}\n"
                  "http {{\n"
                  "  access_log off;\n"
                  "  client_body_temp_path {0}b; proxy_temp_path {0}p; fastcgi_temp_path {0}f;"
                  " uwsgi_temp_path {0}u; scgi_temp_path {0}s;\n"
                  "  limit_req_zone $binary_remote_addr zone=all:1m rate=2r/s;\n"
                  "  limit_req_status 429;\n"
                  "  server {{ listen 127.0.0.1:{1}; root {0};\n"
                  "    location = /page {{ limit_req zone=all; try_files /page$arg_n =404; }}\n"
                  "  }}\n"
                  "}}\n",
                  folder / "", port));
  const Server server(fmt::format("/usr/sbin/nginx -p {0} -c {0}nginx.conf", folder / ""), port,
                      folder);
  const IngestWorld world(fmt::format(
      "[[source]]\nname = \"nginx\"\nplatform = \"paged\"\nserver = \"http://127.0.0.1:{0}\"\n"
      "test_server = \"127.0.0.1:{0}\"\nrequests_per_minute = 6000\n",
      port));
  const Outcome outcome = ingest_from(world);
  EXPECT_EQ(outcome.status, 0) << outcome.said;
  EXPECT_NE(outcome.said.find("(HTTP status 429)"), std::string::npos) << outcome.said;
  EXPECT_EQ(world.keys(), IngestWorld::all_keys());
}

}  // namespace
}  // namespace pantau
