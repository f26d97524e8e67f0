#include "pipeline/desk/staff.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/desk/state.h"

namespace pantau {
namespace {

constexpr std::string_view kRoleNames[] = {"analyst",     "second_reviewer", "case_handler",
                                           "rule_author", "auditor",         "administrator"};

std::string object_of(StaffId staff) {
  return fmt::format("staff/{}", staff);
}

bool is_sign_in_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= kStaffNameBytesMax && std::ranges::all_of(name, fits);
}

Done write_roles(DeskState& state, StaffId staff, const std::vector<Role>& roles) {
  TRY_STATUS(state.run("DELETE FROM staff_role WHERE staff = $1", staff));
  for (const Role role : roles) {
    TRY_STATUS(state.run("INSERT INTO staff_role VALUES ($1, $2) ON CONFLICT DO NOTHING", staff,
                         name_of(role)));
  }
  return std::monostate{};
}

Done write_scopes(DeskState& state, StaffId staff, const std::vector<Scope>& scopes) {
  TRY_STATUS(state.run("DELETE FROM staff_scope WHERE staff = $1", staff));
  for (const Scope& scope : scopes) {
    TRY_STATUS(state.run("INSERT INTO staff_scope VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                         staff, scope.contest, scope.region));
  }
  return std::monostate{};
}

std::string names_of(const std::vector<Role>& roles) {
  std::string names;
  for (const Role role : roles) names += (names.empty() ? "" : " ") + std::string(name_of(role));
  return names;
}

Answer<StaffId> write_staff(DeskState& state, const Caller& caller, const NewStaff& staff) {
  if (!is_sign_in_name(staff.name)) {
    return refuse(Refused::Invalid, "a name for sign-in is made of a-z, 0-9, '.', '_' and '-'");
  }
  if (staff.password_hash.empty()) return refuse(Refused::Invalid, "a password is missing");
  TRY(const auto id,
      state.integer("INSERT INTO staff (name, full_name, password, created_at)"
                    " VALUES ($1, $2, $3, $4) RETURNING id",
                    staff.name, staff.full_name, staff.password_hash, to_micros(caller.now)));
  TRY_STATUS(write_roles(state, *id, staff.roles));
  TRY_STATUS(write_scopes(state, *id, staff.scopes));
  TRY_STATUS(audit(state, caller, "create_staff", object_of(*id),
                   json_object({{"name", staff.name}, {"roles", names_of(staff.roles)}})));
  return *id;
}

// What every change of somebody's account has in common: the administrator, the audit row, and
// that there is such a person.
template <class Change>
Done administer(Desk& desk, const Caller& caller, StaffId staff,
                const std::pair<std::string_view, std::string>& what, Change change) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::Administrator}));
  TRY(const auto found, state.integer("SELECT 1 FROM staff WHERE id = $1", staff));
  if (!found) return refuse(Refused::NotFound, "no such person");
  TRY_STATUS(change(state));
  // Without an administrator nobody could ever change anything again.
  TRY(const auto administrators,
      state.integer("SELECT count(*) FROM staff_role AS r JOIN staff AS s ON s.id = r.staff"
                    " WHERE r.role = 'administrator' AND s.active = 1"));
  if (administrators == 0) return refuse(Refused::Conflict, "one administrator must stay");
  TRY_STATUS(audit(state, caller, what.first, object_of(staff), what.second));
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

Done end_sessions(DeskState& state, StaffId staff, Instant now) {
  TRY_STATUS(
      state.run("UPDATE staff_session SET ended_at = $1 WHERE staff = $2"
                " AND ended_at IS NULL",
                to_micros(now), staff));
  return std::monostate{};
}

// A change to one's own account.
template <class... Values>
Done change_own(Desk& desk, const Caller& caller, std::string_view action, const std::string& sql,
                const Values&... values) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY(const int changed, state.run(sql, values..., caller.staff));
  if (changed == 0) return refuse(Refused::NotFound, "no such person");
  TRY_STATUS(audit(state, caller, action, object_of(caller.staff)));
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

Done read_members(DeskState& state, const std::string& where, const std::vector<SqlValue>& values,
                  std::vector<StaffMember>& members) {
  TRY_STATUS(state.each_with(
      "SELECT s.id, s.name, s.full_name, s.active, s.totp_secret <> '', s.language, s.created_at,"
      " coalesce((SELECT group_concat(role, ' ') FROM staff_role WHERE staff = s.id), '')"
      " FROM staff AS s" +
          where + " ORDER BY s.id",
      [&](const Rows& rows) {
        StaffMember member;
        member.id = rows.integer(0);
        member.name = rows.text(1);
        member.full_name = rows.text(2);
        member.is_active = rows.integer(3) == 1;
        member.has_totp = rows.integer(4) == 1;
        member.language = rows.text(5);
        member.created_at = from_micros(rows.integer(6));
        const std::string roles = ' ' + rows.text(7) + ' ';
        for (const Role role : kRoles) {
          if (roles.find(fmt::format(" {} ", name_of(role))) != std::string::npos) {
            member.roles.push_back(role);
          }
        }
        members.push_back(std::move(member));
      },
      values));
  for (StaffMember& member : members) {
    TRY_STATUS(state.each(
        "SELECT contest, region FROM staff_scope WHERE staff = $1",
        [&](const Rows& rows) {
          member.scopes.push_back({rows.text(0), rows.text(1)});
        },
        member.id));
  }
  return std::monostate{};
}

}  // namespace

std::string_view name_of(Role role) {
  return kRoleNames[static_cast<std::size_t>(role)];
}

std::optional<Role> role_named(std::string_view name) {
  for (const Role role : kRoles) {
    if (name_of(role) == name) return role;
  }
  return std::nullopt;
}

Answer<bool> needs_setup(Desk& desk) {
  TRY(const auto found, desk.state().integer("SELECT 1 FROM staff LIMIT 1"));
  return !found.has_value();
}

Answer<StaffId> create_first_administrator(Desk& desk, Instant now, const NewStaff& staff) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY(const bool is_first, needs_setup(desk));
  if (!is_first) return refuse(Refused::Conflict, "there is an administrator already");
  NewStaff first = staff;
  first.roles = {Role::Administrator};
  first.scopes.clear();
  TRY(const StaffId id, write_staff(state, {kNobody, now}, first));
  TRY_STATUS(transaction->commit());
  return id;
}

Answer<StaffId> create_staff(Desk& desk, const Caller& caller, const NewStaff& staff) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::Administrator}));
  TRY(const StaffId id, write_staff(state, caller, staff));
  TRY_STATUS(transaction->commit());
  return id;
}

Answer<std::vector<StaffMember>> list_staff(Desk& desk, const Caller& caller) {
  TRY_STATUS(need_role(desk.state(), caller, {Role::Administrator}));
  std::vector<StaffMember> members;
  TRY_STATUS(read_members(desk.state(), "", {}, members));
  return members;
}

Answer<StaffMember> staff_member(Desk& desk, StaffId staff) {
  std::vector<StaffMember> members;
  TRY_STATUS(read_members(desk.state(), " WHERE s.id = $1", {staff}, members));
  if (members.empty()) return refuse(Refused::NotFound, "no such person");
  return std::move(members.front());
}

Done set_roles(Desk& desk, const Caller& caller, StaffId staff, const std::vector<Role>& roles) {
  return administer(desk, caller, staff, {"set_roles", json_object({{"roles", names_of(roles)}})},
                    [&](DeskState& state) { return write_roles(state, staff, roles); });
}

Done set_scopes(Desk& desk, const Caller& caller, StaffId staff, const std::vector<Scope>& scopes) {
  std::string text;
  for (const Scope& scope : scopes) text += fmt::format("{}:{} ", scope.contest, scope.region);
  return administer(desk, caller, staff, {"set_scopes", json_object({{"scopes", text}})},
                    [&](DeskState& state) { return write_scopes(state, staff, scopes); });
}

Done set_active(Desk& desk, const Caller& caller, StaffId staff, bool is_active) {
  return administer(desk, caller, staff, {is_active ? "enable_staff" : "disable_staff", "{}"},
                    [&](DeskState& state) -> Done {
                      TRY_STATUS(state.run("UPDATE staff SET active = $1 WHERE id = $2",
                                           std::int64_t{is_active}, staff));
                      return std::monostate{};
                    });
}

Done end_sessions_of(Desk& desk, const Caller& caller, StaffId staff) {
  return administer(desk, caller, staff, {"end_sessions", "{}"},
                    [&](DeskState& state) { return end_sessions(state, staff, caller.now); });
}

Done reset_credentials(Desk& desk, const Caller& caller, StaffId staff,
                       const std::string& password_hash) {
  return administer(
      desk, caller, staff, {"reset_credentials", "{}"}, [&](DeskState& state) -> Done {
        TRY_STATUS(state.run("UPDATE staff SET password = $1, totp_secret = '' WHERE id = $2",
                             password_hash, staff));
        return end_sessions(state, staff, caller.now);
      });
}

Done set_password(Desk& desk, const Caller& caller, const std::string& password_hash) {
  TRY_STATUS(change_own(desk, caller, "set_password",
                        "UPDATE staff SET password = $1 WHERE id = $2", password_hash));
  // Whoever knew the old one is out.
  return end_sessions(desk.state(), caller.staff, caller.now);
}

Done set_totp(Desk& desk, const Caller& caller, const std::string& secret) {
  return change_own(desk, caller, secret.empty() ? "totp_off" : "totp_on",
                    "UPDATE staff SET totp_secret = $1 WHERE id = $2", secret);
}

Done set_language(Desk& desk, const Caller& caller, const std::string& language) {
  return change_own(desk, caller, "set_language", "UPDATE staff SET language = $1 WHERE id = $2",
                    language);
}

}  // namespace pantau
