#include "pipeline/web/demo_staff.h"

namespace pantau {
namespace {

struct Part {
  const char* name;
  const char* full_name;
  Role role;
  const char* does;
};
constexpr Part kAdministrator = {"admin", "Admin Contoh", Role::Administrator,
                                 "staff, lists and settings; sees no items"};
constexpr Part kParts[] = {
    {"analis", "Analis Contoh", Role::Analyst, "goes through the queue and decides first"},
    {"penelaah", "Penelaah Contoh", Role::SecondReviewer, "confirms or returns what was proposed"},
    {"perkara", "Pengelola Perkara Contoh", Role::CaseHandler, "cases, and their evidence"},
    {"aturan", "Penulis Aturan Contoh", Role::RuleAuthor, "writes rule packs"},
    {"aturan2", "Penulis Aturan Kedua", Role::RuleAuthor, "activates what the other one wrote"},
    {"auditor", "Auditor Contoh", Role::Auditor, "reads the audit log"},
};

}  // namespace

Answer<std::vector<DemoPerson>> make_demo_staff(Desk& desk, Instant now, PasswordCost cost) {
  std::vector<DemoPerson> people;
  const auto new_staff = [&](const Part& part) -> Answer<NewStaff> {
    people.push_back({part.name, new_typed_code(), part.does});
    NewStaff staff;
    staff.name = part.name;
    staff.full_name = part.full_name;
    staff.roles = {part.role};
    if (part.role != Role::Administrator && part.role != Role::Auditor) staff.scopes = {{"", ""}};
    TRY(staff.password_hash, hash_password(people.back().password, cost));
    return staff;
  };
  TRY(const NewStaff administrator, new_staff(kAdministrator));
  TRY(const StaffId administrator_id, create_first_administrator(desk, now, administrator));
  for (const Part& part : kParts) {
    TRY(const NewStaff staff, new_staff(part));
    TRY(const StaffId id, create_staff(desk, {administrator_id, now}, staff));
    static_cast<void>(id);
  }
  return people;
}

}  // namespace pantau
