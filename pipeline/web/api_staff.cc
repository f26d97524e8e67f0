// What an administrator does: people, settings, retention, lists. None of it shows an item.
#include <fmt/format.h>

#include "pipeline/desk/imports.h"
#include "pipeline/desk/retention.h"
#include "pipeline/web/handlers.h"
#include "pipeline/web/json_fields.h"
#include "pipeline/web/office.h"

namespace pantau {
namespace {

constexpr std::size_t kScopesMax = 1000;

Answer<std::vector<Role>> roles_of(const RequestBody& body) {
  TRY(const std::vector<std::string> names, body.texts("roles"));
  std::vector<Role> roles;
  for (const std::string& name : names) {
    const auto role = role_named(name);
    if (!role) return refuse(Refused::Invalid, "There is no such role.");
    roles.push_back(*role);
  }
  return roles;
}

Answer<std::vector<Scope>> scopes_of(const RequestBody& body) {
  std::vector<Scope> scopes;
  const JsonNode list = body.root()["scopes"];
  if (list.is_absent()) return scopes;
  if (!list.is_array()) return refuse(Refused::Invalid, "\"scopes\" is no list.");
  for (const JsonNode node : list) {
    if (!node.is_object() || scopes.size() == kScopesMax) {
      return refuse(Refused::Invalid, "\"scopes\" is no list of contests and regions.");
    }
    scopes.push_back({std::string(node["contest"].string()), std::string(node["region"].string())});
  }
  return scopes;
}

void put_member(JsonFields& fields, const StaffMember& member) {
  fields.number("id", member.id);
  fields.text("name", member.name);
  fields.text("full_name", member.full_name);
  std::vector<std::string> roles;
  for (const Role role : member.roles) roles.emplace_back(name_of(role));
  fields.texts("roles", roles);
  fields.list("scopes", member.scopes, [](JsonFields& out, const Scope& scope) {
    out.text("contest", scope.contest);
    out.text("region", scope.region);
  });
  fields.yes_no("disabled", !member.is_active);
  fields.yes_no("totp", member.has_totp);
  fields.text("language", member.language);
  fields.time("created_at", member.created_at);
}

WebResponse plan_answer(const RetentionPlan& plan, bool is_done) {
  struct Row {
    std::string_view state;
    std::int64_t items;
  };
  const Row rows[] = {{"unreviewed", plan.unreviewed},
                      {"dismissed", plan.dismissed},
                      {"held_back", plan.held_back},
                      {"sessions", plan.sessions}};
  return json_answer([&](JsonFields& fields) {
    fields.list("rows", rows, [](JsonFields& out, const Row& row) {
      out.text("state", row.state);
      out.number("due", row.items);
    });
    if (is_done) fields.number("removed", plan.unreviewed + plan.dismissed);
  });
}

Reply import_answer(Ask& ask, ListKind list) {
  ImportRequest request;
  request.list = list;
  TRY(request.csv, ask.body.needed_text("csv"));
  request.basis = ask.body.text("basis");
  request.dry_run = ask.body.is_true("dry_run");
  TRY(const ImportOutcome outcome,
      import_list(ask.desk, ask.caller, request, ask.office.catalogue().contests_toml));
  if (list == ListKind::Roster && outcome.id != 0) {
    const std::vector<SubjectDetail> details = read_subject_details(request.csv);
    TRY(const std::size_t filled, fill_subject_details(ask.desk, details));
    static_cast<void>(filled);
  }
  return json_answer([&](JsonFields& fields) {
    fields.number("id", outcome.id);
    fields.count("rows", outcome.rows);
    fields.count("errors_in_all", outcome.errors_in_all);
    fields.list("errors", outcome.errors, [](JsonFields& out, const RowError& error) {
      out.count("line", error.line);
      out.count("column", error.column);
      out.text("reason", error.reason);
    });
  });
}

}  // namespace

Reply get_staff(Ask& ask) {
  TRY(const std::vector<StaffMember> staff, list_staff(ask.desk, ask.caller));
  return rows_answer(staff, put_member);
}

Reply post_staff(Ask& ask) {
  NewStaff staff;
  TRY(staff.name, ask.body.needed_text("name"));
  TRY(staff.full_name, ask.body.needed_text("full_name"));
  TRY(const std::string password, ask.body.needed_text("password"));
  TRY(staff.roles, roles_of(ask.body));
  TRY(staff.scopes, scopes_of(ask.body));
  TRY(staff.password_hash, ask.office.new_password_hash(password, staff.name));
  TRY(const StaffId id, create_staff(ask.desk, ask.caller, staff));
  return json_answer([&](JsonFields& fields) { fields.number("id", id); });
}

Reply post_staff_roles(Ask& ask) {
  TRY(const std::int64_t staff, ask.number_at(0));
  TRY(const std::vector<Role> roles, roles_of(ask.body));
  TRY_STATUS(set_roles(ask.desk, ask.caller, staff, roles));
  return done_answer();
}

Reply post_staff_scopes(Ask& ask) {
  TRY(const std::int64_t staff, ask.number_at(0));
  TRY(const std::vector<Scope> scopes, scopes_of(ask.body));
  TRY_STATUS(set_scopes(ask.desk, ask.caller, staff, scopes));
  return done_answer();
}

Reply post_staff_disable(Ask& ask) {
  TRY(const std::int64_t staff, ask.number_at(0));
  TRY_STATUS(set_active(ask.desk, ask.caller, staff, false));
  return done_answer();
}

Reply post_staff_enable(Ask& ask) {
  TRY(const std::int64_t staff, ask.number_at(0));
  TRY_STATUS(set_active(ask.desk, ask.caller, staff, true));
  return done_answer();
}

Reply post_staff_end_sessions(Ask& ask) {
  TRY(const std::int64_t staff, ask.number_at(0));
  TRY_STATUS(end_sessions_of(ask.desk, ask.caller, staff));
  return done_answer();
}

Reply post_staff_reset(Ask& ask) {
  TRY(const std::int64_t staff, ask.number_at(0));
  TRY(const std::string password, ask.body.needed_text("password"));
  TRY(const StaffMember member, staff_member(ask.desk, staff));
  TRY(const std::string hash, ask.office.new_password_hash(password, member.name));
  TRY_STATUS(reset_credentials(ask.desk, ask.caller, staff, hash));
  return done_answer();
}

Reply get_settings(Ask& ask) {
  TRY(const std::vector<Setting> settings, list_settings(ask.desk));
  return rows_answer(settings, [](JsonFields& fields, const Setting& setting) {
    fields.text("name", setting.name);
    fields.text("value", setting.value);
    fields.text("standard", setting.standard);
  });
}

Reply post_setting(Ask& ask) {
  TRY(const std::string name, ask.body.needed_text("name"));
  TRY_STATUS(set_setting(ask.desk, ask.caller, name, ask.body.text("value")));
  return done_answer();
}

Reply get_retention(Ask& ask) {
  TRY(const RetentionPlan plan, plan_retention(ask.desk, ask.caller));
  return plan_answer(plan, false);
}

Reply post_retention_run(Ask& ask) {
  TRY(const RetentionPlan plan, run_retention(ask.desk, ask.caller));
  return plan_answer(plan, true);
}

Reply get_lists(Ask& ask) {
  TRY(const std::vector<ImportRow> imports, list_imports(ask.desk, ask.caller));
  return rows_answer(imports, [](JsonFields& fields, const ImportRow& row) {
    fields.number("id", row.id);
    fields.text("list", row.list == ListKind::Roster ? "roster" : "campaign");
    fields.text("sha256", row.sha256);
    fields.text("basis", row.basis);
    fields.text("staff", row.staff_name);
    fields.time("at", row.at);
    fields.count("rows", row.rows);
  });
}

Reply post_list_roster(Ask& ask) {
  return import_answer(ask, ListKind::Roster);
}
Reply post_list_campaign(Ask& ask) {
  return import_answer(ask, ListKind::Campaign);
}

}  // namespace pantau
