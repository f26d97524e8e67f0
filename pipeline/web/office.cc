#include "pipeline/web/office.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/desk/answer.h"
#include "pipeline/desk/packs.h"
#include "pipeline/output/sha256.h"
#include "pipeline/web/json_fields.h"
#include "pipeline/web/routes.h"

namespace pantau {
namespace {

constexpr std::size_t kTotpSecretsKeptMax = 1000;

unsigned status_of(Refused why) {
  switch (why) {
    case Refused::Invalid:
      return 422;
    case Refused::NotFound:
      return 404;
    case Refused::Forbidden:
    case Refused::SamePerson:
      return 403;
    case Refused::Late:
    case Refused::Conflict:
      return 409;
    case Refused::Storage:
      return 503;
  }
  return 500;
}

WebResponse refused(unsigned status, std::string_view code, std::string_view message) {
  return error_response(status, code, message, new_correlation_id());
}

// What goes to the log is one line, whatever it holds.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return out;
}

bool is_json(std::string_view content_type) {
  std::string small(content_type.substr(0, content_type.find(';')));
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  while (small.ends_with(' ')) small.pop_back();
  return small == "application/json";
}

}  // namespace

Office::Office(OfficeOptions options, Catalogue catalogue, PageFiles page)
    : options_(std::move(options)),
      catalogue_(std::move(catalogue)),
      page_(std::move(page)),
      login_limit_(options_.login_limits) {}

Result<std::unique_ptr<Office>> Office::open(OfficeOptions options, Catalogue catalogue,
                                             PageFiles page) {
  TRY_STATUS(start_crypto());
  std::unique_ptr<Office> office(
      new Office(std::move(options), std::move(catalogue), std::move(page)));
  for (unsigned i = 0; i < office->options_.desks; i++) {
    TRY(std::unique_ptr<Desk> desk, Desk::open(office->options_.queue, office->options_.zone));
    office->desks_.push_back(std::move(desk));
  }
  Desk& desk = *office->desks_.front();
  for (const RulePackText& pack : office->catalogue_.packs) {
    const Done done = import_active_pack(desk, office->now(), pack.pack, pack.version, pack.text);
    if (!done) return fail(Fault::Storage, done.error().message);
  }
  const Answer<bool> needed = needs_setup(desk);
  if (!needed) return fail(Fault::Storage, needed.error().message);
  if (*needed) office->setup_code_ = new_typed_code();
  TRY(office->nobodys_hash_, hash_password(new_secret(), office->options_.password_cost));
  return office;
}

Instant Office::now() const {
  if (options_.now) return options_.now();
  return std::chrono::floor<Instant::duration>(std::chrono::system_clock::now());
}

WebResponse Office::answer(const WebRequest& request) {
  const auto host = request.field("host");
  if (!host || std::ranges::find(options_.hosts, *host) == options_.hosts.end()) {
    return refused(421, "host", "This server does not serve that name.");
  }
  if (request.path == kApiRoot || request.path.starts_with(std::string(kApiRoot) + "/")) {
    return api_answer_to(request);
  }
  return page_answer_to(request);
}

WebResponse Office::page_answer_to(const WebRequest& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    WebResponse response = refused(405, "method", "Only GET is served here.");
    response.fields.push_back({"allow", "GET, HEAD"});
    return response;
  }
  const WebResponse* const file = page_.find(request.path);
  if (file == nullptr) return refused(404, "not_found", "There is no such page.");
  return *file;
}

// A page of another site can make a browser send requests with its owner's cookie. It cannot
// send these: not with this Origin, nor as JSON without asking first, which nothing here allows.
std::optional<WebResponse> Office::cross_site_refusal(const WebRequest& request) const {
  const auto site = request.field("sec-fetch-site");
  if (site && *site != "same-origin" && !(*site == "none" && request.method == "GET")) {
    return refused(403, "cross_site", "Requests of other sites are refused.");
  }
  if (request.method == "GET") return std::nullopt;
  const std::string origin =
      fmt::format("{}://{}", options_.tls ? "https" : "http", request.field("host").value_or(""));
  if (request.field("origin").value_or("") != origin) {
    return refused(403, "cross_site", "Requests of other sites are refused.");
  }
  if (!is_json(request.field("content-type").value_or(""))) {
    return refused(415, "content_type", "Only application/json is read here.");
  }
  return std::nullopt;
}

namespace {

// A desk for the length of one request.
class LentDesk {
 public:
  LentDesk(std::unique_ptr<Desk> desk, std::function<void(std::unique_ptr<Desk>)> give_back)
      : desk_(std::move(desk)), give_back_(std::move(give_back)) {}
  LentDesk(const LentDesk&) = delete;
  LentDesk& operator=(const LentDesk&) = delete;
  ~LentDesk() { give_back_(std::move(desk_)); }
  Desk& operator*() { return *desk_; }

 private:
  std::unique_ptr<Desk> desk_;
  std::function<void(std::unique_ptr<Desk>)> give_back_;
};

WebResponse not_signed_in() {
  return refused(401, "signed_out", "Sign in first.");
}

}  // namespace

WebResponse Office::api_answer_to(const WebRequest& request) {
  std::vector<std::string> places;
  bool other_method = false;
  const Route* const route = find_route(
      request.method, std::string_view(request.path).substr(kApiRoot.size()), places, other_method);
  if (route == nullptr && other_method) return refused(405, "method", "Not with that method.");
  if (route == nullptr) return refused(404, "not_found", "There is no such thing.");
  if (auto refusal = cross_site_refusal(request)) return *std::move(refusal);

  LentDesk desk(take_desk(), [this](std::unique_ptr<Desk> lent) { give_desk(std::move(lent)); });
  Ask ask{request, *this, *desk, {kNobody, now()}, {}, {}, {}, {}, std::move(places)};
  if (const auto token = request.cookie(kSessionCookie)) {
    ask.session_hash = sha256_hex(*token);
    const Answer<Session> session =
        use_session(*desk, ask.caller.now, ask.session_hash, options_.session_limits);
    if (session) {
      ask.caller.staff = session->staff;
      ask.roles = session->roles;
      ask.csrf = session->csrf;
    } else if (session.error().why != Refused::NotFound) {
      return refusal_answer(session.error());
    }
  }
  const bool has_session = ask.caller.staff != kNobody;
  if (route->access.needs_session() && !has_session) return not_signed_in();
  if (!route->access.allows(ask.roles)) {
    return refused(403, "forbidden", "Your roles do not allow that.");
  }
  if (request.method == "POST") {
    // Who is signed in proves with each change that the page itself asks for it.
    if (route->access.needs_session() &&
        !same_secret(request.field("x-pantau-token").value_or(""), ask.csrf)) {
      return refused(403, "token", "The session's token is missing or wrong.");
    }
    if (!ask.body.read(request.body.empty() ? "{}" : request.body)) {
      return refused(400, "json", "The body is no JSON object.");
    }
  }
  Reply reply = route->handle(ask);
  if (!reply) return refusal_answer(reply.error());
  return *std::move(reply);
}

WebResponse Office::refusal_answer(const Refusal& refusal) const {
  const std::string id = new_correlation_id();
  if (refusal.why != Refused::Storage) {
    return error_response(status_of(refusal.why), name_of(refusal.why), refusal.message, id);
  }
  fmt::print(stderr, "pantau serve: {}: {}\n", id, one_line(refusal.message));
  return error_response(status_of(refusal.why), name_of(refusal.why),
                        "The queue could not be read or written. Nothing was changed.", id);
}

std::unique_ptr<Desk> Office::take_desk() {
  std::unique_lock lock(mutex_);
  desk_is_free_.wait(lock, [this] { return !desks_.empty(); });
  std::unique_ptr<Desk> desk = std::move(desks_.back());
  desks_.pop_back();
  lock.unlock();
  // If the disk is still sick, the request's own transaction says so.
  static_cast<void>(desk->mend());
  return desk;
}

void Office::give_desk(std::unique_ptr<Desk> desk) {
  {
    const std::lock_guard lock(mutex_);
    desks_.push_back(std::move(desk));
  }
  desk_is_free_.notify_one();
}

bool Office::use_setup_code(std::string_view code) {
  const auto plain = [](std::string_view text) {  // however it was typed
    std::string out;
    for (const char c : text) {
      if (c != '-' && c != ' ') out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
  };
  const std::lock_guard lock(mutex_);
  if (setup_code_.empty() || !same_secret(plain(setup_code_), plain(code))) return false;
  setup_code_.clear();
  return true;
}

void Office::restore_setup_code(const std::string& code) {
  const std::lock_guard lock(mutex_);
  setup_code_ = code;
}

// One of the few who may have a password looked at, at a time: each takes much memory.
class Office::PasswordTurn {
 public:
  explicit PasswordTurn(Office& office) : office_(office) {
    const std::lock_guard lock(office_.mutex_);
    has_ = office_.passwords_under_way_ < kPasswordsAtATimeMax;
    if (has_) office_.passwords_under_way_++;
  }
  PasswordTurn(const PasswordTurn&) = delete;
  PasswordTurn& operator=(const PasswordTurn&) = delete;
  ~PasswordTurn() {
    const std::lock_guard lock(office_.mutex_);
    if (has_) office_.passwords_under_way_--;
  }
  explicit operator bool() const { return has_; }

 private:
  Office& office_;
  bool has_ = false;
};

std::optional<bool> Office::check_password(std::string_view hash, std::string_view password) {
  const PasswordTurn turn(*this);
  if (!turn) return std::nullopt;
  const bool is_somebodys = !hash.empty();
  const bool fits = is_password(is_somebodys ? hash : nobodys_hash_, password);
  return fits && is_somebodys;
}

Answer<std::string> Office::new_password_hash(std::string_view password, std::string_view name) {
  const std::string_view mistake = password_mistake(password, name);
  if (!mistake.empty()) return refuse(Refused::Invalid, std::string(mistake));
  const PasswordTurn turn(*this);
  if (!turn) return refuse(Refused::Conflict, "Too many sign in now. Try again soon.");
  TRY(std::string hash, hash_password(password, options_.password_cost));
  return hash;
}

void Office::keep_totp_secret(StaffId staff, std::string secret) {
  const std::lock_guard lock(mutex_);
  std::erase_if(totp_secrets_, [&](const auto& kept) { return kept.first == staff; });
  if (totp_secrets_.size() >= kTotpSecretsKeptMax) totp_secrets_.erase(totp_secrets_.begin());
  if (!secret.empty()) totp_secrets_.emplace_back(staff, std::move(secret));
}

std::string Office::kept_totp_secret(StaffId staff) {
  const std::lock_guard lock(mutex_);
  const auto found =
      std::ranges::find(totp_secrets_, staff, &std::pair<StaffId, std::string>::first);
  return found == totp_secrets_.end() ? std::string() : found->second;
}

}  // namespace pantau
