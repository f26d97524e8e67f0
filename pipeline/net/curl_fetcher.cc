#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

#include "classifiers/base/check.h"
#include "pipeline/net/fetcher.h"
#include "pipeline/net/reach.h"

namespace pantau {
namespace {

constexpr char kUserAgent[] = "pantau/0.1";
constexpr char kEncodings[] = "gzip, deflate";
constexpr long kConnectionsPerHostMax = 4;
constexpr long kConnectionsMax = 64;

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

// A transfer while it runs. Callbacks point to it, so it stays where it is.
struct Transfer {
  std::uint64_t ticket = 0;
  HttpRequest request;
  const HttpLimits* limits = nullptr;
  Reach reach;
  std::unique_ptr<CURL, FreeEasy> easy;
  std::unique_ptr<curl_slist, FreeList> headers;
  HttpAnswer answer;
  std::size_t header_bytes = 0;
  std::optional<HttpFault> fault;  // why a callback stopped the transfer
  std::string refused;             // the address, then
  char message[CURL_ERROR_SIZE] = {};
};

std::size_t on_body(char* bytes, std::size_t, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (count > transfer.limits->body_bytes_max - transfer.answer.body.size()) {
    transfer.fault = HttpFault::BodyTooBig;
    return 0;
  }
  transfer.answer.body.append(bytes, count);
  return count;
}

std::size_t on_header(char* bytes, std::size_t, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  transfer.header_bytes += count;
  if (transfer.header_bytes > transfer.limits->header_bytes_max) {
    transfer.fault = HttpFault::HeadersTooBig;
    return 0;
  }
  std::string_view line(bytes, count);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  if (line.starts_with("HTTP/")) {  // of a further answer, after a redirect
    transfer.answer.headers.clear();
    return count;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return count;
  Header header;
  for (const char c : line.substr(0, colon)) {
    header.name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
  header.value = value;
  transfer.answer.headers.push_back(std::move(header));
  return count;
}

curl_socket_t on_socket(void* user, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (!transfer.reach.allows(address->addr)) {
    transfer.fault = HttpFault::Refused;
    transfer.refused = endpoint_text(address->addr);
    return CURL_SOCKET_BAD;
  }
  transfer.fault.reset();  // of an address that was tried before this one
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// A connection that another request has opened is not opened again: so it is looked at here.
int on_request(void* user, char* ip, char*, int port, int) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::string_view host(ip);
  const bool is_six = host.find(':') != std::string_view::npos;
  const std::string endpoint =
      is_six ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
  const std::optional<sockaddr_storage> address = parse_endpoint(endpoint);
  if (address && transfer.reach.allows(as_sockaddr(*address))) return CURL_PREREQFUNC_OK;
  transfer.fault = HttpFault::Refused;
  transfer.refused = endpoint;
  return CURL_PREREQFUNC_ABORT;
}

HttpFault fault_of(CURLcode code) {
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_LOGIN_DENIED:
      return HttpFault::BadUrl;
    case CURLE_COULDNT_RESOLVE_HOST:
      return HttpFault::Unresolved;
    case CURLE_COULDNT_CONNECT:
    case CURLE_SEND_ERROR:
      return HttpFault::Unreachable;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CIPHER:
      return HttpFault::Tls;
    case CURLE_TOO_MANY_REDIRECTS:
      return HttpFault::Redirects;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2_STREAM:
    case CURLE_HTTP2:
      return HttpFault::Truncated;
    case CURLE_OPERATION_TIMEDOUT:
      return HttpFault::TooSlow;
    case CURLE_OUT_OF_MEMORY:  // so it says of a line of a header that has no end
      return HttpFault::HeadersTooBig;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
      return HttpFault::Garbled;
    default:
      return HttpFault::Internal;
  }
}

class CurlFetcher final : public Fetcher {
 public:
  CurlFetcher(const HttpLimits& limits, CURLM* multi) : limits_(limits), multi_(multi) {
    curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, kConnectionsPerHostMax);
    curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, kConnectionsMax);
  }

  ~CurlFetcher() override {
    for (const auto& [easy, transfer] : transfers_) curl_multi_remove_handle(multi_.get(), easy);
  }

  void start(std::uint64_t ticket, HttpRequest request) override {
    auto transfer = std::make_unique<Transfer>();
    transfer->ticket = ticket;
    transfer->request = std::move(request);
    transfer->limits = &limits_;
    if (const std::optional<HttpFault> fault = prepare(*transfer)) {
      done_.push_back({ticket, std::nullopt, *fault, transfer->message});
      return;
    }
    CURL* const easy = transfer->easy.get();
    if (curl_multi_add_handle(multi_.get(), easy) != CURLM_OK) {
      done_.push_back({ticket, std::nullopt, HttpFault::Internal, "the HTTP library is full"});
      return;
    }
    transfers_.emplace(easy, std::move(transfer));
  }

  std::vector<Fetched> wait(std::chrono::milliseconds longest) override {
    int running = 0;
    if (done_.empty()) {
      curl_multi_perform(multi_.get(), &running);
      collect();
    }
    if (done_.empty()) {
      curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(longest.count()), nullptr);
      curl_multi_perform(multi_.get(), &running);
      collect();
    }
    return std::exchange(done_, {});
  }

  void wake() override { curl_multi_wakeup(multi_.get()); }

 private:
  // Sets everything up; a fault and a message if the request is none.
  std::optional<HttpFault> prepare(Transfer& transfer) {
    transfer.easy.reset(curl_easy_init());
    if (transfer.easy == nullptr) return HttpFault::Internal;
    const std::optional<Reach> reach = Reach::make(transfer.request.reach);
    if (!reach) {
      say(transfer, "the test server is no ADDRESS:PORT");
      return HttpFault::BadUrl;
    }
    transfer.reach = *reach;
    if (!set_url(transfer) || !set_headers(transfer)) return HttpFault::BadUrl;
    set_body(transfer);
    set_limits(transfer);
    set_callbacks(transfer);
    return std::nullopt;
  }

  static void say(Transfer& transfer, std::string_view what) {
    const std::size_t size = std::min(what.size(), sizeof transfer.message - 1);
    std::copy_n(what.data(), size, transfer.message);
    transfer.message[size] = '\0';
  }

  static bool set_url(Transfer& transfer) {
    CURL* const easy = transfer.easy.get();
    const HttpRequest& request = transfer.request;
    // The library that checks the URL is the one that goes there.
    const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
    if (url == nullptr || has_control_character(request.url) ||
        curl_url_set(url.get(), CURLUPART_URL, request.url.c_str(), CURLU_DISALLOW_USER) !=
            CURLUE_OK) {
      say(transfer, "not a URL that can be asked");
      return false;
    }
    if (!request.key_parameter.empty()) {
      const std::string parameter = "key=" + request.key_parameter;
      curl_url_set(url.get(), CURLUPART_QUERY, parameter.c_str(),
                   CURLU_APPENDQUERY | CURLU_URLENCODE);
    }
    char* whole = nullptr;
    if (curl_url_get(url.get(), CURLUPART_URL, &whole, 0) != CURLUE_OK) return false;
    curl_easy_setopt(easy, CURLOPT_URL, whole);
    curl_free(whole);
    const char* const protocols = transfer.reach.allows_plain() ? "https,http" : "https";
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    return true;
  }

  static bool set_headers(Transfer& transfer) {
    CURL* const easy = transfer.easy.get();
    std::vector<Header> headers = transfer.request.headers;
    if (!transfer.request.body_type.empty()) {
      headers.push_back({"content-type", transfer.request.body_type});
    }
    for (const Header& header : headers) {
      const std::string line = header.name + ": " + header.value;
      if (has_control_character(line)) {
        say(transfer, "a header holds a control character");
        return false;
      }
      curl_slist* const longer = curl_slist_append(transfer.headers.get(), line.c_str());
      CHECK(longer != nullptr, "a list of some headers fits into memory");
      static_cast<void>(transfer.headers.release());
      transfer.headers.reset(longer);
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
    curl_easy_setopt(easy, CURLOPT_USERAGENT, kUserAgent);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, kEncodings);
    if (!transfer.request.bearer.empty()) {
      curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
      curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, transfer.request.bearer.c_str());
    }
    return true;
  }

  static void set_body(Transfer& transfer) {
    CURL* const easy = transfer.easy.get();
    const HttpRequest& request = transfer.request;
    if (request.body_type.empty()) return;
    // Not copied: the transfer keeps it. It goes where it was sent to, or nowhere.
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  }

  void set_limits(Transfer& transfer) {
    CURL* const easy = transfer.easy.get();
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, limits_.redirects_max);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(limits_.connect_time_max.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits_.total_time_max.count()));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, limits_.slow_bytes_per_second);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME,
                     static_cast<long>(limits_.slow_time_max.count()));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!transfer.request.reach.ca_file.empty()) {
      curl_easy_setopt(easy, CURLOPT_CAINFO, transfer.request.reach.ca_file.c_str());
      curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    }
  }

  static void set_callbacks(Transfer& transfer) {
    CURL* const easy = transfer.easy.get();
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.message);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, &transfer);
  }

  void collect() {
    int left = 0;
    while (const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      const auto found = transfers_.find(message->easy_handle);
      CHECK(found != transfers_.end(), "every running transfer is known");
      curl_multi_remove_handle(multi_.get(), found->first);
      done_.push_back(outcome_of(*found->second, code));
      transfers_.erase(found);
    }
  }

  static Fetched outcome_of(Transfer& transfer, CURLcode code) {
    Fetched fetched;
    fetched.ticket = transfer.ticket;
    if (code == CURLE_OK) {
      long status = 0;
      curl_easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &status);
      transfer.answer.status = static_cast<int>(status);
      transfer.answer.body.reserve(transfer.answer.body.size() + kHttpPaddingBytes);
      fetched.answer = std::move(transfer.answer);
      return fetched;
    }
    long redirects = 0;
    curl_easy_getinfo(transfer.easy.get(), CURLINFO_REDIRECT_COUNT, &redirects);
    fetched.fault = transfer.fault.value_or(fault_of(code));
    long connections = 0;
    curl_easy_getinfo(transfer.easy.get(), CURLINFO_NUM_CONNECTS, &connections);
    if (fetched.fault == HttpFault::BadUrl) {
      // A protocol that is not allowed may be that of a redirect, or what the server talks.
      if (redirects > 0) {
        fetched.fault = HttpFault::Redirects;
      } else if (connections > 0) {
        fetched.fault = HttpFault::Garbled;
      }
    }
    fetched.detail = name_of(fetched.fault);
    if (fetched.fault == HttpFault::Refused) {
      fetched.detail += ' ' + transfer.refused;
    } else if (!transfer.fault && fetched.fault != HttpFault::BadUrl &&
               fetched.fault != HttpFault::Redirects) {
      // The library's own words; those about URLs could repeat one that holds a key.
      fetched.detail += fmt::format(": {}", curl_easy_strerror(code));
    }
    return fetched;
  }

  HttpLimits limits_;
  std::unique_ptr<CURLM, FreeMulti> multi_;
  std::map<CURL*, std::unique_ptr<Transfer>> transfers_;
  std::vector<Fetched> done_;
};

}  // namespace

std::string_view name_of(HttpFault fault) {
  switch (fault) {
    case HttpFault::BadUrl:
      return "bad URL";
    case HttpFault::Unresolved:
      return "unknown host";
    case HttpFault::Refused:
      return "refused address";
    case HttpFault::Unreachable:
      return "no connection";
    case HttpFault::Tls:
      return "no trustworthy connection";
    case HttpFault::Redirects:
      return "bad redirect";
    case HttpFault::HeadersTooBig:
      return "headers too big";
    case HttpFault::BodyTooBig:
      return "body too big";
    case HttpFault::Truncated:
      return "answer cut off";
    case HttpFault::TooSlow:
      return "too slow";
    case HttpFault::Garbled:
      return "garbled answer";
    case HttpFault::Internal:
      break;
  }
  return "fault of the HTTP library";
}

Result<std::unique_ptr<Fetcher>> make_curl_fetcher(const HttpLimits& limits) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  CURLM* const multi = ready == CURLE_OK ? curl_multi_init() : nullptr;
  if (multi == nullptr) return fail(Fault::Source, "the HTTP library cannot be set up");
  return std::make_unique<CurlFetcher>(limits, multi);
}

}  // namespace pantau
