// All of Boost.Beast that there is: its headers take long to compile, so nobody else includes them.
#include "pipeline/net/web_socket.h"

#include <fmt/format.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <cctype>
#include <exception>

#include "pipeline/net/reach.h"
#include "pipeline/net/stream_url.h"

namespace pantau {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using beast::error_code;
using std::chrono::steady_clock;

// Streams of our own type, so that the end of a connection can be ours as well: Beast would wait
// for the server to hang up first, and a rude one never does.
struct Plain : beast::tcp_stream {
  using beast::tcp_stream::tcp_stream;
};
struct Secure : beast::ssl_stream<beast::tcp_stream> {
  using beast::ssl_stream<beast::tcp_stream>::ssl_stream;
};

template <class Done>
void hang_up(beast::tcp_stream& stream, Done&& done) {
  stream.close();
  asio::post(stream.get_executor(),
             beast::bind_front_handler(std::forward<Done>(done), error_code()));
}
template <class Done>
void async_teardown(beast::role_type, Plain& stream, Done&& done) {
  hang_up(stream, std::forward<Done>(done));
}
template <class Done>
void async_teardown(beast::role_type, Secure& stream, Done&& done) {
  hang_up(stream.next_layer(), std::forward<Done>(done));
}

constexpr char kUserAgent[] = "pantau/0.1";
constexpr std::chrono::milliseconds kLookEvery{50};  // whether anybody wants it still
constexpr std::size_t kReadBytes = std::size_t{64} << 10;
constexpr std::size_t kLeftOutBytesMax = std::size_t{64} << 20;  // of a message above the limit

Fetched failed(HttpFault fault, std::string_view why = {}) {
  Fetched fetched;
  fetched.fault = fault;
  fetched.detail = name_of(fault);
  if (!why.empty()) fetched.detail += fmt::format(": {}", why);
  return fetched;
}

// The fault of a connection that was made. The library's words, none of the server's.
Fetched failed_reading(const error_code& ec) {
  if (ec == beast::error::timeout) return failed(HttpFault::TooSlow, "no sign of life");
  if (ec == beast::http::error::header_limit) return failed(HttpFault::HeadersTooBig);
  if (ec == beast::http::error::body_limit) return failed(HttpFault::BodyTooBig);
  const bool is_http = ec.category() == beast::http::make_error_code({}).category();
  const bool is_cut =
      ec == beast::http::error::end_of_stream || ec == beast::http::error::partial_message;
  if (ec == websocket::condition::protocol_violation ||
      ec == websocket::condition::handshake_failed || (is_http && !is_cut)) {
    return failed(HttpFault::Garbled, ec.message());
  }
  return failed(HttpFault::Truncated, "the stream was cut off");
}

std::vector<Header> headers_of(const websocket::response_type& response) {
  std::vector<Header> headers;
  for (const auto& field : response) {
    Header header{{}, std::string(field.value())};
    for (const char c : field.name_string()) {
      header.name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    headers.push_back(std::move(header));
  }
  return headers;
}

class WebSocketReader {
 public:
  WebSocketReader(const HttpRequest& request, const StreamUrl& url, const StreamLimits& limits,
                  StreamMailbox& mailbox)
      : request_(request),
        url_(url),
        limits_(limits),
        mailbox_(mailbox),
        connect_until_(steady_clock::now() + limits.connect_time_max) {}

  // Returns how it ended.
  Fetched read() {
    const std::optional<Reach> reach = Reach::make(request_.reach);
    if (!reach || (!url_.is_tls && !reach->allows_plain())) return failed(HttpFault::BadUrl);
    Plain tcp(io_);
    if (const auto fault = connect(*reach, tcp)) return *fault;
    if (!url_.is_tls) {
      websocket::stream<Plain> socket(std::move(tcp));
      return converse(socket);
    }
    asio::ssl::context context(asio::ssl::context::tls_client);
    if (!prepare(context)) return failed(HttpFault::Tls, "no certificates to trust");
    websocket::stream<Secure> socket(static_cast<beast::tcp_stream&&>(tcp), context);
    if (const auto fault = secure(socket.next_layer())) return *fault;
    return converse(socket);
  }

 private:
  // Runs what `begin` starts with a handler; `cancel` ends it when its time is up or nobody wants
  // it any more.
  template <class Begin, class Cancel>
  error_code finish(steady_clock::time_point until, Begin&& begin, Cancel&& cancel) {
    std::optional<error_code> result;
    begin([&result](error_code ec, auto&&...) { result = ec; });
    bool is_late = false;
    bool is_cancelled = false;
    while (!result) {
      io_.run_one_for(kLookEvery);
      if (result || is_cancelled) continue;
      is_late = steady_clock::now() >= until;
      is_cancelled = is_late || mailbox_.is_abandoned();
      if (is_cancelled) cancel();
    }
    return is_late ? error_code(beast::error::timeout) : *result;
  }

  // To the first address that may be reached and answers. What is looked at is what is connected
  // to, so a name that means something else a moment later changes nothing.
  std::optional<Fetched> connect(const Reach& reach, Plain& tcp) {
    using Resolver = asio::ip::tcp::resolver;
    Resolver resolver(io_);
    Resolver::results_type found;
    const error_code resolved = finish(
        connect_until_,
        [&](auto done) {
          resolver.async_resolve(url_.host, std::to_string(url_.port),
                                 [&found, done](error_code ec, Resolver::results_type results) {
                                   found = std::move(results);
                                   done(ec);
                                 });
        },
        [&] { resolver.cancel(); });
    if (resolved == beast::error::timeout) return failed(HttpFault::TooSlow);
    if (resolved) return failed(HttpFault::Unresolved);
    std::string refused;
    for (const auto& entry : found) {
      const asio::ip::tcp::endpoint endpoint = entry.endpoint();
      if (!reach.allows(*endpoint.data())) {
        refused = endpoint_text(*endpoint.data());
        continue;
      }
      const error_code ec = finish(
          connect_until_, [&](auto done) { tcp.async_connect(endpoint, done); },
          [&] { tcp.close(); });
      if (!ec) return std::nullopt;
      if (ec == beast::error::timeout) return failed(HttpFault::TooSlow);
    }
    if (refused.empty()) return failed(HttpFault::Unreachable);
    Fetched fault = failed(HttpFault::Refused);
    fault.detail += ' ' + refused;
    return fault;
  }

  bool prepare(asio::ssl::context& context) const {
    error_code ec;
    ::SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    context.set_verify_mode(asio::ssl::verify_peer, ec);
    if (ec) return false;
    if (request_.reach.ca_file.empty()) {
      context.set_default_verify_paths(ec);
    } else {
      context.load_verify_file(request_.reach.ca_file, ec);
    }
    return !ec;
  }

  std::optional<Fetched> secure(Secure& stream) {
    error_code ec;
    stream.set_verify_callback(asio::ssl::host_name_verification(url_.host), ec);
    // An address is no name that could be asked for.
    const bool is_name =
        !parse_endpoint(url_.authority.starts_with('[') ? fmt::format("[{}]:1", url_.host)
                                                        : fmt::format("{}:1", url_.host));
    if (is_name) SSL_set_tlsext_host_name(stream.native_handle(), url_.host.c_str());
    if (!ec) {
      ec = finish(
          connect_until_,
          [&](auto done) { stream.async_handshake(asio::ssl::stream_base::client, done); },
          [&] { stream.next_layer().close(); });
    }
    if (!ec) return std::nullopt;
    if (ec == beast::error::timeout) return failed(HttpFault::TooSlow);
    return failed(HttpFault::Tls, ec.message());
  }

  void decorate(websocket::request_type& upgrade) const {
    upgrade.set(beast::http::field::user_agent, kUserAgent);
    for (const Header& header : request_.headers) upgrade.set(header.name, header.value);
    if (!request_.bearer.empty()) {
      upgrade.set(beast::http::field::authorization, "Bearer " + request_.bearer);
    }
  }

  template <class Socket>
  Fetched converse(Socket& socket) {
    const auto close = [&] { beast::get_lowest_layer(socket).close(); };
    websocket::stream_base::timeout times{};
    times.handshake_timeout = websocket::stream_base::none();  // connect_until_ is for all of it
    times.idle_timeout = limits_.deaf_time_max;
    times.keep_alive_pings = true;
    socket.set_option(times);
    socket.set_option(websocket::stream_base::decorator(
        [this](websocket::request_type& upgrade) { decorate(upgrade); }));
    socket.read_message_max(0);  // read_messages() counts by itself
    websocket::response_type response;
    error_code ec = finish(
        connect_until_,
        [&](auto done) { socket.async_handshake(response, url_.authority, url_.target, done); },
        close);
    if (ec == websocket::error::upgrade_declined) return refusal(response);
    if (ec) return failed_reading(ec);
    mailbox_.open(headers_of(response), steady_clock::now());
    if (request_.stream && !request_.stream->hello.empty()) {
      socket.text(true);
      ec = finish(
          connect_until_,
          [&](auto done) { socket.async_write(asio::buffer(request_.stream->hello), done); },
          close);
      if (ec) return failed_reading(ec);
    }
    return read_messages(socket);
  }

  // A message above the limit is left out, and an empty one stands for it: to end the connection
  // would be of no use, since it would come again after every new beginning.
  template <class Socket>
  Fetched read_messages(Socket& socket) {
    const auto close = [&] { beast::get_lowest_layer(socket).close(); };
    beast::flat_buffer buffer;
    std::size_t left_out = 0;
    while (true) {
      const error_code ec = finish(
          steady_clock::time_point::max(),
          [&](auto done) { socket.async_read_some(buffer, kReadBytes, done); }, close);
      if (ec == websocket::error::closed) {
        return failed(HttpFault::Truncated,
                      fmt::format("the server closed the stream (code {})",
                                  static_cast<unsigned>(socket.reason().code)));
      }
      if (ec) return failed_reading(ec);
      if (!socket.got_text()) return failed(HttpFault::Garbled, "a message that is no text");
      if (left_out > 0 || buffer.size() > limits_.message_bytes_max) {
        left_out += buffer.size();
        buffer.clear();
        if (left_out > kLeftOutBytesMax) return failed(HttpFault::BodyTooBig, "an endless message");
      }
      if (!socket.is_message_done()) continue;
      const auto bytes = buffer.cdata();
      const std::string_view message(static_cast<const char*>(bytes.data()), bytes.size());
      if (!mailbox_.put(message, steady_clock::now())) return {};
      buffer.clear();
      left_out = 0;
    }
  }

  // Not a stream, but an answer: a source reads from it why.
  static Fetched refusal(const websocket::response_type& response) {
    Fetched fetched;
    fetched.answer =
        HttpAnswer{static_cast<int>(response.result_int()), headers_of(response), response.body()};
    if (fetched.answer->status == kStreamStatus) return failed(HttpFault::Garbled, "no upgrade");
    return fetched;
  }

  const HttpRequest& request_;
  const StreamUrl& url_;
  const StreamLimits& limits_;
  StreamMailbox& mailbox_;
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  steady_clock::time_point connect_until_;
};

}  // namespace

void read_web_socket(const HttpRequest& request, const std::string& url, const StreamLimits& limits,
                     StreamMailbox& mailbox) {
  const std::optional<StreamUrl> parts = parse_stream_url(url);
  if (!parts) return mailbox.end(failed(HttpFault::BadUrl, "not a URL that can be asked"));
  try {
    WebSocketReader reader(request, *parts, limits, mailbox);
    mailbox.end(reader.read());
  } catch (const std::exception& exception) {  // out of memory, or of file descriptors
    mailbox.end(failed(HttpFault::Internal, exception.what()));
  }
}

}  // namespace pantau
