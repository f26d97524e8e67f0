#include <set>

#include "classifiers/accounts/list_reader.h"
#include "classifiers/accounts/roster_csv.h"
#include "pipeline/desk/desk.h"

namespace pantau {

std::vector<SubjectDetail> read_subject_details(std::string_view csv) {
  // In the order of CONTRACT.md §3; the first five are a person's, beside the account.
  constexpr std::size_t kSubject = 0;
  constexpr std::size_t kName = 1;
  constexpr std::size_t kNip = 2;
  constexpr std::size_t kAgency = 4;
  constexpr std::size_t kPosition = 5;
  Mistakes mistakes("roster");
  ListReader list(csv, roster_columns(), mistakes);
  std::vector<SubjectDetail> details;
  std::set<std::string> seen;
  while (list.next()) {
    std::string subject(list.cell(kSubject));
    if (subject.empty() || !seen.insert(subject).second) continue;
    details.push_back({std::move(subject), std::string(list.cell(kName)),
                       std::string(list.cell(kNip)), std::string(list.cell(kAgency)),
                       std::string(list.cell(kPosition))});
  }
  return details;
}

}  // namespace pantau
