// Setting up, signing in and out, one's own password and second factor.
#include <fmt/format.h>

#include "pipeline/output/sha256.h"
#include "pipeline/web/handlers.h"
#include "pipeline/web/json_fields.h"
#include "pipeline/web/office.h"
#include "pipeline/web/totp.h"

namespace pantau {
namespace {

constexpr std::string_view kSetupAccount = "(setup)";  // no staff name has brackets

WebResponse refused(unsigned status, std::string_view code, std::string_view message) {
  return error_response(status, code, message, new_correlation_id());
}

WebResponse too_often(std::chrono::seconds wait) {
  WebResponse response =
      refused(429, "too_often", fmt::format("Too many attempts. Wait {} s.", wait.count()));
  response.fields.push_back({"retry-after", std::to_string(wait.count())});
  return response;
}

WebResponse too_many_now() {
  WebResponse response = refused(503, "busy", "Too many sign in now. Try again soon.");
  response.fields.push_back({"retry-after", "2"});
  return response;
}

// The same words whatever was wrong: whether there is such a person is nobody's affair.
WebResponse sign_in_failed() {
  return refused(401, "sign_in_failed", "The name, the password or the code is wrong.");
}

std::string cookie(std::string_view token) {
  return fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Strict{}", kSessionCookie, token,
                     token.empty() ? "; Max-Age=0" : "");
}

Answer<WebResponse> session_answer(Ask& ask, const std::string& csrf) {
  TRY(const StaffMember member, staff_member(ask.desk, ask.caller.staff));
  return json_answer([&](JsonFields& fields) {
    fields.object("staff", [&](JsonFields& staff) {
      staff.number("id", member.id);
      staff.text("name", member.name);
      staff.text("full_name", member.full_name);
    });
    std::vector<std::string> roles;
    for (const Role role : member.roles) roles.emplace_back(name_of(role));
    fields.texts("roles", roles);
    fields.text("token", csrf);
    fields.text("language", member.language);
    fields.yes_no("has_totp", member.has_totp);
  });
}

// A session of its own for every sign-in; the one before it ends.
Reply begin_new_session(Ask& ask, StaffId staff) {
  if (!ask.session_hash.empty()) {
    static_cast<void>(end_session(ask.desk, ask.caller, ask.session_hash));
  }
  ask.caller.staff = staff;
  const std::string token = new_secret();
  const std::string csrf = new_secret();
  TRY_STATUS(begin_session(ask.desk, ask.caller, sha256_hex(token), csrf));
  TRY(WebResponse response, session_answer(ask, csrf));
  response.fields.push_back({"set-cookie", cookie(token)});
  return response;
}

// The code of the second factor, if there is one: nothing if it is right.
Answer<std::optional<WebResponse>> totp_refusal(Ask& ask, const Credentials& credentials) {
  if (credentials.totp_secret.empty()) return std::nullopt;
  std::string code;
  for (const char c : ask.body.text("totp")) {
    if (c != ' ') code += c;
  }
  if (code.empty()) return refused(401, "totp_needed", "The code of the second factor is needed.");
  const auto secret = decode_totp_secret(credentials.totp_secret);
  const auto step =
      secret ? match_totp(*secret, code, ask.caller.now, credentials.totp_step) : std::nullopt;
  if (!step) return sign_in_failed();
  TRY(const bool is_first_use, use_totp_step(ask.desk, credentials.staff, *step));
  if (!is_first_use) return sign_in_failed();
  return std::nullopt;
}

}  // namespace

Reply get_setup(Ask& ask) {
  TRY(const bool needed, needs_setup(ask.desk));
  return json_answer([&](JsonFields& fields) { fields.yes_no("needed", needed); });
}

Reply post_setup(Ask& ask) {
  LoginLimit& limit = ask.office.login_limit();
  const std::string& peer = ask.request.peer;
  if (const auto wait = limit.begin_attempt(kSetupAccount, peer, ask.caller.now)) {
    return too_often(*wait);
  }
  TRY(const std::string code, ask.body.needed_text("code"));
  NewStaff staff;
  TRY(staff.name, ask.body.needed_text("name"));
  TRY(staff.full_name, ask.body.needed_text("full_name"));
  TRY(const std::string password, ask.body.needed_text("password"));
  TRY(staff.password_hash, ask.office.new_password_hash(password, staff.name));
  staff.roles = {Role::Administrator};
  if (!ask.office.use_setup_code(code)) {
    return refused(403, "setup_code", "That is not the code that the server printed.");
  }
  const Answer<StaffId> made = create_first_administrator(ask.desk, ask.caller.now, staff);
  if (!made) {
    if (made.error().why != Refused::Conflict) ask.office.restore_setup_code(code);
    return tl::make_unexpected(made.error());
  }
  limit.succeeded(kSetupAccount, peer);
  return done_answer();
}

Reply post_session(Ask& ask) {
  TRY(const std::string name, ask.body.needed_text("name"));
  const std::string password = ask.body.text("password");
  if (password.size() > kPasswordBytesMax || name.size() > kStaffNameBytesMax) {
    return sign_in_failed();
  }
  LoginLimit& limit = ask.office.login_limit();
  if (const auto wait = limit.begin_attempt(name, ask.request.peer, ask.caller.now)) {
    return too_often(*wait);
  }
  TRY(const std::optional<Credentials> credentials, credentials_of(ask.desk, name));
  const bool may_sign_in = credentials && credentials->is_active;
  const auto fits =
      ask.office.check_password(may_sign_in ? credentials->password_hash : "", password);
  if (!fits) return too_many_now();
  if (!*fits) {
    TRY_STATUS(record_failed_sign_in(ask.desk, ask.caller.now, name, "password"));
    return sign_in_failed();
  }
  TRY(std::optional<WebResponse> refusal, totp_refusal(ask, *credentials));
  if (refusal) {
    TRY_STATUS(record_failed_sign_in(ask.desk, ask.caller.now, name, "totp"));
    return *std::move(refusal);
  }
  limit.succeeded(name, ask.request.peer);
  return begin_new_session(ask, credentials->staff);
}

Reply get_session(Ask& ask) {
  return session_answer(ask, ask.csrf);
}

Reply post_session_end(Ask& ask) {
  TRY_STATUS(end_session(ask.desk, ask.caller, ask.session_hash));
  WebResponse response = done_answer();
  response.fields.push_back({"set-cookie", cookie("")});
  response.fields.push_back({"clear-site-data", "\"cache\", \"cookies\", \"storage\""});
  return response;
}

Reply post_session_password(Ask& ask) {
  TRY(const std::string old_password, ask.body.needed_text("old"));
  TRY(const std::string new_password, ask.body.needed_text("new"));
  TRY(const StaffMember member, staff_member(ask.desk, ask.caller.staff));
  LoginLimit& limit = ask.office.login_limit();
  if (const auto wait = limit.begin_attempt(member.name, ask.request.peer, ask.caller.now)) {
    return too_often(*wait);
  }
  TRY(const std::optional<Credentials> credentials, credentials_of(ask.desk, member.name));
  const auto fits =
      ask.office.check_password(credentials ? credentials->password_hash : "", old_password);
  if (!fits) return too_many_now();
  if (!*fits) return refused(403, "wrong_password", "That is not your password.");
  limit.succeeded(member.name, ask.request.peer);
  TRY(const std::string hash, ask.office.new_password_hash(new_password, member.name));
  TRY_STATUS(set_password(ask.desk, ask.caller, hash));
  return begin_new_session(ask, ask.caller.staff);
}

// {} makes a secret and tells it; {code} proves that it was taken over, and puts it into use;
// {off: true, password} takes it off.
Reply post_session_totp(Ask& ask) {
  TRY(const StaffMember member, staff_member(ask.desk, ask.caller.staff));
  const std::string code = ask.body.text("code");
  if (ask.body.is_true("off")) {
    TRY(const std::optional<Credentials> credentials, credentials_of(ask.desk, member.name));
    const auto fits = ask.office.check_password(credentials ? credentials->password_hash : "",
                                                ask.body.text("password"));
    if (!fits) return too_many_now();
    if (!*fits) return refused(403, "wrong_password", "That is not your password.");
    TRY_STATUS(set_totp(ask.desk, ask.caller, ""));
    return done_answer();
  }
  if (code.empty()) {
    const std::string secret = new_totp_secret();
    ask.office.keep_totp_secret(member.id, secret);
    return json_answer(
        [&](JsonFields& fields) { fields.text("url", totp_address(secret, member.name)); });
  }
  const std::string kept = ask.office.kept_totp_secret(member.id);
  const auto secret = decode_totp_secret(kept);
  const auto step = secret ? match_totp(*secret, code, ask.caller.now, 0) : std::nullopt;
  if (!step) return refused(422, "wrong_code", "That is not the code of now.");
  TRY_STATUS(set_totp(ask.desk, ask.caller, kept));
  ask.office.keep_totp_secret(member.id, "");
  TRY(const bool is_first_use, use_totp_step(ask.desk, member.id, *step));
  static_cast<void>(is_first_use);
  return done_answer();
}

Reply post_session_language(Ask& ask) {
  TRY(const std::string language, ask.body.needed_text("language"));
  TRY_STATUS(set_language(ask.desk, ask.caller, language));
  return done_answer();
}

}  // namespace pantau
