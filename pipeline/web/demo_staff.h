// Made-up people for a first look: one for each role, with passwords that are told once.
#pragma once

#include <string>
#include <vector>

#include "pipeline/desk/staff.h"
#include "pipeline/web/password.h"

namespace pantau {

struct DemoPerson {
  std::string name, password, does;
};

// Makes them in a queue where nobody is yet.
Answer<std::vector<DemoPerson>> make_demo_staff(Desk& desk, Instant now, PasswordCost cost);

}  // namespace pantau
