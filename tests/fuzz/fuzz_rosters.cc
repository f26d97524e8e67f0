// Rosters and campaign lists: whatever the CSV, reading ends with entries or mistakes, and every
// entry that was read is found again. The same bytes as an index are refused or used safely.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "classifiers/accounts/campaign_list.h"
#include "classifiers/accounts/roster.h"
#include "classifiers/accounts/roster_image.h"
#include "classifiers/base/check.h"

namespace {

using namespace pantau;

void find_all_rows(std::string_view csv, const Roster& roster) {
  Mistakes mistakes("roster.csv");
  read_roster_csv(csv, mistakes, [&](const RosterRow& row) {
    Account account;
    account.id = row.account_id;
    account.handle = row.handle;
    if (!row.validity.always()) return;
    CHECK(roster.find(row.platform, account, Instant(), TimeZone::utc()).has_value(),
          "a row without dates is found by its own account");
  });
}

// An index whose header is sound as far as it can be, and whose rest is anything.
void open_forged(std::string_view bytes) {
  std::string image(bytes);
  image.resize((image.size() + 7) / 8 * 8);
  const auto owner = std::make_shared<const std::string>(std::move(image));
  const Result<Roster> roster = Roster::open(*owner, owner);
  if (!roster) return;
  Account account;
  account.id = "1";
  account.handle = "a";
  roster->find("x", account, Instant(), TimeZone::utc());
  for (std::uint32_t i = 0; i < bytes.size(); i++) roster->entry(i);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  open_forged(text);

  Mistakes mistakes("roster.csv");
  const auto image = std::make_shared<const std::string>(Roster::build(text, mistakes));
  CHECK(mistakes.empty() != image->empty(), "there is an image if there are no mistakes");
  if (mistakes.empty()) {
    const Result<Roster> roster = Roster::open(*image, image);
    CHECK(roster.has_value(), "what build() makes, open() takes");
    find_all_rows(text, *roster);
  }

  Mistakes in_campaign("campaign.csv");
  read_campaign_csv(text, {}, in_campaign);
  return 0;
}
