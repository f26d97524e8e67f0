// Who works here: people, their roles and scopes, their sessions, and settings.
//
// Passwords, tokens and codes are made and checked by the web; here are only their hashes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/desk/desk.h"

namespace pantau {

enum class Role : std::uint8_t {
  Analyst,         // triage and first decisions
  SecondReviewer,  // confirms, returns, blind reviews, approves bulk dismissals
  CaseHandler,     // cases, identity steps, exports
  RuleAuthor,      // rule packs
  Auditor,         // audit log, reports about people, statistics
  Administrator,   // staff, settings, retention, imports; reads no items
};
inline constexpr Role kRoles[] = {Role::Analyst,    Role::SecondReviewer, Role::CaseHandler,
                                  Role::RuleAuthor, Role::Auditor,        Role::Administrator};
std::string_view name_of(Role role);  // "analyst", "second_reviewer" …
std::optional<Role> role_named(std::string_view name);

// Which items a person may see: "" stands for all. A region stands for what is below it too.
struct Scope {
  std::string contest;
  std::string region;

  friend bool operator==(const Scope&, const Scope&) = default;
};

struct StaffMember {
  StaffId id = 0;
  std::string name;
  std::string full_name;
  std::vector<Role> roles;
  std::vector<Scope> scopes;  // none: sees no items
  bool is_active = true;
  bool has_totp = false;
  std::string language;  // "id" or "en"
  Instant created_at;
};

struct NewStaff {
  std::string name;  // for sign-in: a-z 0-9 . _ -, kStaffNameBytesMax at most
  std::string full_name;
  std::string password_hash;
  std::vector<Role> roles;
  std::vector<Scope> scopes;
};
inline constexpr std::size_t kStaffNameBytesMax = 64;

// True as long as nobody has ever been made administrator.
Answer<bool> needs_setup(Desk& desk);
// The first administrator; refused (Conflict) unless needs_setup().
Answer<StaffId> create_first_administrator(Desk& desk, Instant now, const NewStaff& staff);

// The following need the role of administrator. An administrator or auditor cannot also have a
// role that reads items as part of the work (the file's triggers say so).
Answer<StaffId> create_staff(Desk& desk, const Caller& caller, const NewStaff& staff);
Answer<std::vector<StaffMember>> list_staff(Desk& desk, const Caller& caller);
Done set_roles(Desk& desk, const Caller& caller, StaffId staff, const std::vector<Role>& roles);
Done set_scopes(Desk& desk, const Caller& caller, StaffId staff, const std::vector<Scope>& scopes);
// A disabled person's sessions end at once, and claims are given back.
Done set_active(Desk& desk, const Caller& caller, StaffId staff, bool is_active);
Done end_sessions_of(Desk& desk, const Caller& caller, StaffId staff);
// Sets somebody's password anew (forgotten) and takes the second factor off; ends their sessions.
Done reset_credentials(Desk& desk, const Caller& caller, StaffId staff,
                       const std::string& password_hash);

// One's own account.
Answer<StaffMember> staff_member(Desk& desk, StaffId staff);
Done set_password(Desk& desk, const Caller& caller, const std::string& password_hash);
Done set_totp(Desk& desk, const Caller& caller, const std::string& secret);  // "": off
Done set_language(Desk& desk, const Caller& caller, const std::string& language);

// What a sign-in is checked against.
struct Credentials {
  StaffId staff = 0;
  std::string password_hash;
  std::string totp_secret;     // "": none
  std::int64_t totp_step = 0;  // the last step that was used: a code counts once
  bool is_active = false;
};
Answer<std::optional<Credentials>> credentials_of(Desk& desk, std::string_view name);
// Remembers a code's step as used; false if it, or a later one, was used already.
Answer<bool> use_totp_step(Desk& desk, StaffId staff, std::int64_t step);
// Sign-ins that failed, for the audit log. `name` may be nobody's, so it is cut to
// kStaffNameBytesMax and never holds a password by mistake of the form: callers pass only names.
Done record_failed_sign_in(Desk& desk, Instant now, std::string_view name, std::string_view why);

struct SessionLimits {
  std::chrono::seconds idle = std::chrono::minutes(15);
  std::chrono::seconds whole = std::chrono::hours(12);
};
struct Session {
  StaffId staff = 0;
  std::string csrf;
  Instant created_at;
  std::vector<Role> roles;  // as they are now
};
// `token_hash`: SHA-256 of the token in hex. The token itself is nowhere in the file.
Done begin_session(Desk& desk, const Caller& caller, const std::string& token_hash,
                   const std::string& csrf);
// The session if it is alive, and marks it as used. NotFound if it ended, ran out, or its owner
// was disabled.
Answer<Session> use_session(Desk& desk, Instant now, const std::string& token_hash,
                            const SessionLimits& limits = {});
Done end_session(Desk& desk, const Caller& caller, const std::string& token_hash);

// What may be set by an administrator, with its meaning; unknown names and values that make no
// sense are refused.
//   clock              calendar | working
//   clock_days         7
//   holidays           days without work, "2024-12-25,2024-12-26"
//   lease_seconds      600
//   undo_seconds       10
//   bulk_max           20: above it, a bulk dismissal waits for a second person
//   blind_percent      5: share of dismissals that a second person judges blind
//   precision_min      60: percent; rules whose interval lies below are warned about
//   unreviewed_days    90      dismissed_days  30      (retention)
struct Setting {
  std::string name;
  std::string value;
  std::string standard;  // what it is if nobody sets it
};
Answer<std::vector<Setting>> list_settings(Desk& desk);
Done set_setting(Desk& desk, const Caller& caller, const std::string& name,
                 const std::string& value);

}  // namespace pantau
