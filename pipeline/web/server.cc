// Boost.Beast, and all of it that the project has, is in this file: its headers cost a minute.
#include "pipeline/web/server.h"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace pantau {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using Parser = http::request_parser<http::string_body>;
using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;

constexpr std::chrono::milliseconds kStopPoll{50};
constexpr std::chrono::milliseconds kAcceptPause{100};  // no descriptors left: wait for some
constexpr int kIoThreads = 2;                           // run() and its second

// What connections share. Outlives them all.
struct Shared {
  ServerLimits limits;
  WebHandler handle;
  std::atomic<bool> stopping = false;
  std::atomic<std::uint64_t> bodies_bytes = 0;
  std::atomic<std::size_t> requests_waiting = 0;
  std::mutex mutex;                                                    // of `connections`
  std::unordered_map<const void*, std::function<void()>> connections;  // how to end an idle one
  // Last, so that connections which it still holds at the end find the above.
  asio::io_context io{kIoThreads};
  std::unique_ptr<asio::thread_pool> handlers;
};

// A part of what all bodies may hold, given back when it goes out of scope.
class BodyRoom {
 public:
  explicit BodyRoom(Shared& shared) : shared_(shared) {}
  BodyRoom(const BodyRoom&) = delete;
  BodyRoom& operator=(const BodyRoom&) = delete;
  ~BodyRoom() { give_back(); }

  bool take(std::uint64_t bytes) {
    give_back();
    if (shared_.bodies_bytes.fetch_add(bytes) + bytes > shared_.limits.bodies_bytes_max) {
      shared_.bodies_bytes -= bytes;
      return false;
    }
    bytes_ = bytes;
    return true;
  }
  void give_back() { shared_.bodies_bytes -= std::exchange(bytes_, 0); }

 private:
  Shared& shared_;
  std::uint64_t bytes_ = 0;
};

WebResponse refusal(unsigned status, std::string_view code, std::string_view message) {
  return error_response(status, code, message, new_correlation_id());
}

WebResponse bad_request(std::string_view what) {
  return refusal(400, "bad_request", what);
}

// Why a request must not be read on, from its header alone.
std::optional<WebResponse> header_refusal(const Parser& parser, const ServerLimits& limits,
                                          const WebRequest& request) {
  const auto& header = parser.get();
  if (header.version() != 11 && header.version() != 10) {
    return refusal(505, "version", "HTTP/1.1 is spoken here.");
  }
  // A length in one field, told in advance: two ways to tell where a request ends are how one
  // is smuggled past whoever reads it in the other way.
  if (header.count(http::field::transfer_encoding) > 0) {
    return refusal(411, "length_required", "Send a Content-Length and no Transfer-Encoding.");
  }
  if (header.count(http::field::content_length) > 1) return bad_request("Two lengths.");
  if (header.version() == 11 && header.count(http::field::host) != 1) {
    return bad_request("One Host is needed.");
  }
  const std::uint64_t body_max =
      limits.body_bytes_max_of ? limits.body_bytes_max_of(request.path) : limits.body_bytes_max;
  if (parser.content_length().value_or(0) > body_max) {
    return refusal(413, "too_large", fmt::format("At most {} bytes can be sent here.", body_max));
  }
  return std::nullopt;
}

WebResponse guarded(const WebHandler& handle, const WebRequest& request) {
  try {
    return handle(request);
  } catch (const std::exception& fault) {
    const std::string id = new_correlation_id();
    fmt::print(stderr, "pantau serve: {}: internal fault: {}\n", id, fault.what());
    return error_response(500, "internal", "Something went wrong.", id);
  }
}

// The refusal of a request that could not be read, if there is one to send.
std::optional<WebResponse> read_refusal(error_code error) {
  if (error == http::error::header_limit) {
    return refusal(431, "header_too_large", "The header is too large.");
  }
  if (error == http::error::body_limit) return refusal(413, "too_large", "The body is too large.");
  const bool is_parsers = error.category() == make_error_code(http::error::bad_method).category();
  if (is_parsers && error != http::error::end_of_stream && error != http::error::partial_message) {
    return bad_request("The request cannot be read.");
  }
  return std::nullopt;  // gone, or too slow
}

PlainStream& tcp_of(PlainStream& stream) {
  return stream;
}
PlainStream& tcp_of(TlsStream& stream) {
  return stream.next_layer();
}

template <class Stream>
class Connection : public std::enable_shared_from_this<Connection<Stream>> {
 public:
  template <class... Arguments>
  Connection(Shared& shared, asio::ip::tcp::socket socket, Arguments&... arguments)
      : shared_(shared), room_(shared), stream_(std::move(socket), arguments...) {
    error_code error;
    const auto peer = tcp().socket().remote_endpoint(error);
    if (!error) peer_ = peer.address().to_string();
  }
  ~Connection() {
    const std::lock_guard lock(shared_.mutex);
    shared_.connections.erase(this);
  }

  void start() {
    {
      const std::lock_guard lock(shared_.mutex);
      shared_.connections[this] = [weak = this->weak_from_this()] {
        if (const auto self = weak.lock()) {
          asio::post(self->stream_.get_executor(), [self] {
            if (self->is_idle_) self->tcp().socket().close();
          });
        }
      };
    }
    asio::dispatch(stream_.get_executor(), [self = this->shared_from_this()] { self->begin(); });
  }

 private:
  static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;

  PlainStream& tcp() { return tcp_of(stream_); }

  void begin() {
    if constexpr (kTls) {
      tcp().expires_after(shared_.limits.handshake_time_max);
      stream_.async_handshake(asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](error_code error) {
                                if (!error) self->read_header(true);
                              });
    } else {
      read_header(true);
    }
  }

  // Waits for a request's first byte as long as a connection may be idle; from then on the
  // header has its own time.
  void read_header(bool first) {
    if (shared_.stopping) return close();
    parser_.emplace();
    parser_->header_limit(shared_.limits.header_bytes_max);
    parser_->body_limit(boost::none);  // how long one may be depends on the path: header_refusal()
    if (buffer_.size() > 0 || first) return read_rest_of_header();
    is_idle_ = true;
    tcp().expires_after(shared_.limits.idle_time_max);
    stream_.async_read_some(buffer_.prepare(kFirstBytes),
                            [self = this->shared_from_this()](error_code error, std::size_t size) {
                              self->is_idle_ = false;
                              if (error) return self->close();
                              self->buffer_.commit(size);
                              self->read_rest_of_header();
                            });
  }

  void read_rest_of_header() {
    is_idle_ = requests_ == 0;  // nothing is lost with a connection that has asked nothing yet
    tcp().expires_after(shared_.limits.header_time_max);
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = this->shared_from_this()](error_code error, std::size_t) {
                              self->is_idle_ = false;
                              if (error) return self->refuse(read_refusal(error));
                              self->header_was_read();
                            });
  }

  void header_was_read() {
    request_ = {};
    const auto& header = parser_->get();
    request_.method = std::string(header.method_string());
    request_.peer = peer_;
    request_.tls = kTls;
    for (const auto& field : header) {
      std::string name(field.name_string());
      for (char& c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      }
      request_.fields.push_back({std::move(name), std::string(field.value())});
    }
    if (!read_target({header.target().data(), header.target().size()}, request_)) {
      return refuse(bad_request("The target cannot be read."));
    }
    if (auto refusal = header_refusal(*parser_, shared_.limits, request_)) return refuse(refusal);
    const std::uint64_t length = parser_->content_length().value_or(0);
    if (!room_.take(length)) return refuse(refusal(503, "busy", "Try again soon."));
    parser_->body_limit(length);
    tcp().expires_after(shared_.limits.body_time_max);
    http::async_read(stream_, buffer_, *parser_,
                     [self = this->shared_from_this()](error_code error, std::size_t) {
                       if (error) return self->refuse(read_refusal(error));
                       self->answer();
                     });
  }

  // Handlers wait for the disk, so they have threads of their own.
  void answer() {
    requests_++;
    keep_alive_ = parser_->get().keep_alive() && !shared_.stopping &&
                  requests_ < shared_.limits.requests_per_connection_max;
    request_.body = std::move(parser_->get().body());
    tcp().expires_never();
    if (shared_.requests_waiting.fetch_add(1) >= shared_.limits.requests_waiting_max) {
      shared_.requests_waiting--;
      return refuse(refusal(503, "busy", "Try again soon."));
    }
    asio::post(*shared_.handlers, [self = this->shared_from_this()] {
      WebResponse response = guarded(self->shared_.handle, self->request_);
      self->shared_.requests_waiting--;
      asio::post(self->stream_.get_executor(), [self, response = std::move(response)]() mutable {
        self->request_.body = {};
        self->room_.give_back();
        self->send(std::move(response));
      });
    });
  }

  // Answers what could not be read, if there is an answer, and ends the connection: where the
  // next request begins is not known.
  void refuse(std::optional<WebResponse> response) {
    if (!response) return close();
    keep_alive_ = false;
    send(*std::move(response));
  }

  void send(WebResponse response) {
    response_ = {};
    response_.result(response.status);
    response_.version(11);
    response_.keep_alive(keep_alive_);
    for (const auto& field : security_fields(kTls)) response_.set(field.name, field.value);
    response_.set(http::field::content_type, response.content_type);
    for (const auto& field : response.fields) response_.insert(field.name, field.value);
    response_.content_length(response.body.size());
    if (request_.method != "HEAD") response_.body() = std::move(response.body);
    tcp().expires_after(shared_.limits.write_time_max);
    http::async_write(stream_, response_,
                      [self = this->shared_from_this()](error_code error, std::size_t) {
                        self->response_.body() = {};
                        if (error || !self->keep_alive_) return self->close();
                        self->read_header(false);
                      });
  }

  // Ends it so that the last answer arrives: a socket closed on unread bytes resets the
  // connection, and the answer with it.
  void close() {
    if (is_closing_) return;
    is_closing_ = true;
    is_idle_ = true;
    room_.give_back();
    error_code ignored;
    tcp().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    tcp().expires_after(kLingerTime);
    drain();
  }

  void drain() {
    tcp().async_read_some(asio::buffer(drained_),
                          [self = this->shared_from_this()](error_code error, std::size_t size) {
                            self->drained_bytes_ += size;
                            if (error || self->drained_bytes_ > kDrainedBytesMax) return;
                            self->drain();
                          });
  }

  static constexpr std::size_t kFirstBytes = 4096;
  static constexpr std::chrono::milliseconds kLingerTime{1000};
  static constexpr std::size_t kDrainedBytesMax = 4 << 20;

  Shared& shared_;
  BodyRoom room_;
  Stream stream_;
  std::string peer_;
  beast::flat_buffer buffer_{std::size_t{1} << 20};
  std::optional<Parser> parser_;
  WebRequest request_;
  http::response<http::string_body> response_;
  std::size_t requests_ = 0;
  bool keep_alive_ = false;
  bool is_idle_ = false;
  bool is_closing_ = false;
  std::array<char, 4096> drained_{};
  std::size_t drained_bytes_ = 0;
};

tl::unexpected<Error> unusable(std::string_view what, std::string_view why) {
  return fail(Fault::Config, fmt::format("{}: {}", what, why));
}

// TLS 1.2 and 1.3, with forward secrecy and authenticated encryption only.
Result<std::unique_ptr<asio::ssl::context>> tls_context(const TlsFiles& files) {
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX* const handle = context->native_handle();
  if (SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_cipher_list(handle, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1) {
    return unusable("TLS", "OpenSSL cannot do TLS 1.2 here");
  }
  SSL_CTX_set_options(
      handle, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  struct stat key {};
  if (stat(files.key.c_str(), &key) == 0 && (key.st_mode & S_IRWXO) != 0) {
    return unusable(files.key, "others may read this key: chmod o-rwx");
  }
  error_code error;
  context->use_certificate_chain_file(files.certificate, error);
  if (error) return unusable(files.certificate, error.message());
  context->use_private_key_file(files.key, asio::ssl::context::pem, error);
  if (error) return unusable(files.key, error.message());
  if (SSL_CTX_check_private_key(handle) != 1) {
    return unusable(files.key, "is not the key of the certificate");
  }
  return context;
}

class BeastServer final : public Server {
 public:
  BeastServer(ServerOptions options, WebHandler handle)
      : options_(std::move(options)),
        strand_(asio::make_strand(shared_.io)),
        acceptor_(strand_),
        timer_(strand_),
        pause_(strand_) {
    shared_.limits = options_.limits;
    shared_.handle = std::move(handle);
  }

  Status bind() {
    if (options_.tls) {
      TRY(tls_, tls_context(*options_.tls));
    }
    error_code error;
    const auto address = asio::ip::make_address(options_.address, error);
    if (error) return unusable(options_.address, "is no IP address");
    const asio::ip::tcp::endpoint endpoint(address, options_.port);
    const std::string where = fmt::format("{} port {}", options_.address, options_.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) return unusable(where, error.message());
    port_ = acceptor_.local_endpoint(error).port();
    make_room_for_connections();
    return std::monostate{};
  }

  std::uint16_t port() const override { return port_; }

  void run(const std::atomic<bool>& stop) override {
    shared_.handlers = std::make_unique<asio::thread_pool>(options_.handler_threads);
    asio::post(strand_, [this, &stop] {
      accept();
      watch(stop);
    });
    std::thread second([this] { shared_.io.run(); });
    shared_.io.run();
    second.join();
    shared_.handlers->join();
  }

 private:
  // Each connection is a descriptor, and 1,024 is what a shell gives.
  void make_room_for_connections() const {
    constexpr rlim_t kOtherDescriptors = 256;
    const rlim_t wanted = options_.limits.connections_max + kOtherDescriptors;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    setrlimit(RLIMIT_NOFILE, &limit);
  }

  void accept() {
    acceptor_.async_accept(asio::make_strand(shared_.io),
                           [this](error_code error, asio::ip::tcp::socket socket) {
                             if (!acceptor_.is_open()) return;
                             if (error) return accept_later();
                             begin(std::move(socket));
                             accept();
                           });
  }

  void accept_later() {
    pause_.expires_after(kAcceptPause);
    pause_.async_wait([this](error_code error) {
      if (!error && acceptor_.is_open()) accept();
    });
  }

  void begin(asio::ip::tcp::socket socket) {
    {
      const std::lock_guard lock(shared_.mutex);
      if (shared_.connections.size() >= shared_.limits.connections_max) return;  // closes it
    }
    error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    if (tls_) {
      std::make_shared<Connection<TlsStream>>(shared_, std::move(socket), *tls_)->start();
    } else {
      std::make_shared<Connection<PlainStream>>(shared_, std::move(socket))->start();
    }
  }

  // A signal's handler can only set a flag, so it is looked at from time to time.
  void watch(const std::atomic<bool>& stop) {
    timer_.expires_after(kStopPoll);
    timer_.async_wait([this, &stop](error_code) {
      if (stop && !shared_.stopping) begin_to_stop();
      if (shared_.stopping && stopped_or_late()) return shared_.io.stop();
      watch(stop);
    });
  }

  void begin_to_stop() {
    shared_.stopping = true;
    stop_before_ = std::chrono::steady_clock::now() + options_.limits.stop_time_max;
    error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
  }

  bool stopped_or_late() {
    // Asked to end outside of the lock: whoever holds a connection last takes the lock to remove
    // it.
    std::vector<std::function<void()>> ends;
    {
      const std::lock_guard lock(shared_.mutex);
      for (const auto& [connection, end] : shared_.connections) ends.push_back(end);
    }
    for (const auto& end : ends) end();
    return ends.empty() || std::chrono::steady_clock::now() >= stop_before_;
  }

  ServerOptions options_;
  Shared shared_;
  std::unique_ptr<asio::ssl::context> tls_;
  // Accepting, and the timers beside it, run one after the other.
  asio::strand<asio::io_context::executor_type> strand_;
  asio::ip::tcp::acceptor acceptor_;
  asio::steady_timer timer_;
  asio::steady_timer pause_;
  std::uint16_t port_ = 0;
  std::chrono::steady_clock::time_point stop_before_;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::open(ServerOptions options, WebHandler handle) {
  auto server = std::make_unique<BeastServer>(std::move(options), std::move(handle));
  TRY_STATUS(server->bind());
  return server;
}

}  // namespace pantau
