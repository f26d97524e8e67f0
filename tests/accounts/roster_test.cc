#include "classifiers/accounts/roster.h"

#include <gtest/gtest.h>

namespace pantau {
namespace {

const std::string kHeader =
    "subject_id,name,nip,category,agency,position,region,platform,account_id,handle,ownership,"
    "basis,valid_from,valid_to\n";

std::shared_ptr<const std::string> image_of(const std::string& rows) {
  Mistakes mistakes("roster.csv");
  auto image = std::make_shared<const std::string>(Roster::build(kHeader + rows, mistakes));
  EXPECT_TRUE(mistakes.empty()) << mistakes.report();
  return image;
}

Roster roster_of(const std::string& rows) {
  const auto image = image_of(rows);
  return *Roster::open(*image, image);
}

std::string row(const std::string& subject, const std::string& account,
                const std::string& dates = ",") {
  return subject + ",Nama,1,pns,D,P,63.08,x," + account + ",declared,SK 1," + dates + "\n";
}

std::string found(const Roster& roster, std::string_view id, std::string_view handle,
                  std::string_view platform = "x", const char* time = "2024-10-01T00:00:00Z") {
  Account account;
  account.id = id;
  account.handle = handle;
  const TimeZone zone = *TimeZone::find("Asia/Makassar");
  const auto entry = roster.find(platform, account, *parse_rfc3339(time), zone);
  AccountLookUp look_up;
  roster.begin(platform, id, handle, look_up);
  EXPECT_TRUE(roster.nominate(look_up) || !entry) << "what is found is nominated";
  return entry ? std::string(roster.entry(entry->entry).subject_id) : "-";
}

RosterHit hit_of(const Roster& roster, std::string_view id) {
  Account account;
  account.id = id;
  return roster.find("x", account, Instant(), TimeZone::utc()).value();
}

TEST(Roster, FindsByIdWhenBothHaveOneElseByHandle) {
  const Roster roster = roster_of(row("A", "1,ani") + row("B", ",@Budi") + row("C", "3,"));
  EXPECT_EQ(found(roster, "1", ""), "A");
  EXPECT_EQ(found(roster, "1", "other"), "A");
  EXPECT_EQ(found(roster, "2", "ani"), "-");  // two ids under one handle are two accounts
  EXPECT_EQ(found(roster, "", "@ANI"), "A");
  EXPECT_EQ(found(roster, "9", "budi"), "B");
  EXPECT_EQ(found(roster, "", "BUDI"), "B");
  EXPECT_EQ(found(roster, "3", "anything"), "C");
  EXPECT_EQ(found(roster, "1", "", "facebook"), "-");
  EXPECT_EQ(found(roster, "", ""), "-");
}

TEST(Roster, TheFirstEntryOfTheListStands) {
  const Roster roster = roster_of(row("A", ",ani") + row("B", "1,") + row("C", "1,ani"));
  EXPECT_EQ(found(roster, "1", "ani"), "A");
  EXPECT_EQ(found(roster, "1", ""), "B");
}

TEST(Roster, AHandleTooLongForAListIsNobodys) {
  const Roster roster = roster_of(row("A", "1,ani") + row("B", "," + std::string(4096, 'b')));
  EXPECT_EQ(found(roster, "", std::string(4096, 'B')), "B");
  EXPECT_EQ(found(roster, "", '@' + std::string(4096, 'B')), "B");
  EXPECT_EQ(found(roster, "", std::string(4097, 'b')), "-");
  EXPECT_EQ(found(roster, std::string(5000, '1'), "ani"), "-");
}

TEST(Roster, EntriesHoldOnTheirDaysInTheSweepsZone) {
  const Roster roster =
      roster_of(row("A", "1,", "2024-09-22,2024-09-23") + row("B", "1,", "2024-09-24,"));
  EXPECT_EQ(found(roster, "1", "", "x", "2024-09-21T15:59:59Z"), "-");
  EXPECT_EQ(found(roster, "1", "", "x", "2024-09-21T16:00:00Z"), "A");
  EXPECT_EQ(found(roster, "1", "", "x", "2024-09-23T15:59:59Z"), "A");
  EXPECT_EQ(found(roster, "1", "", "x", "2024-09-23T16:00:00Z"), "B");
}

TEST(Roster, CountsPersonsAndAccounts) {
  const Roster roster = roster_of(row("A", "1,") + row("B", "2,") + row("A", "3,"));
  EXPECT_EQ(roster.entries(), 3U);
  EXPECT_EQ(roster.subjects(), 2U);
  EXPECT_EQ(hit_of(roster, "1").subject, hit_of(roster, "3").subject);
  EXPECT_NE(hit_of(roster, "1").subject, hit_of(roster, "2").subject);
}

TEST(Roster, AnImageHoldsNeitherNameNorNip) {
  Mistakes mistakes("roster.csv");
  const std::string image = Roster::build(
      kHeader + "S-1,Nama Rahasia,198001012005011001,pns,Dinas,Guru,63.08,x,1,a,declared,SK 1,,\n",
      mistakes);
  EXPECT_EQ(image.find("Rahasia"), std::string::npos);
  EXPECT_EQ(image.find("198001012005011001"), std::string::npos);
  EXPECT_NE(image.find("S-1"), std::string::npos);
}

TEST(Roster, AnyChangedByteIsFound) {
  const auto image = image_of(row("A", "1,ani") + row("B", ",budi"));
  for (std::size_t at = 0; at < image->size(); at++) {
    std::string damaged = *image;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    RosterVerifier verifier;
    for (std::size_t part = 0; part < damaged.size(); part += 7) {
      verifier.add(std::string_view(damaged).substr(part, 7));
    }
    const auto owner = std::make_shared<const std::string>(std::move(damaged));
    EXPECT_TRUE(!Roster::open(*owner, owner).has_value() || !verifier.result().has_value())
        << "byte " << at;
  }
}

TEST(Roster, AnImageCutAnywhereIsRefused) {
  const auto image = image_of(row("A", "1,ani"));
  for (std::size_t size = 0; size < image->size(); size++) {
    const auto cut = std::make_shared<const std::string>(image->substr(0, size));
    EXPECT_FALSE(Roster::open(*cut, cut).has_value()) << size;
  }
}

TEST(Roster, AnImageOfAnotherVersionIsRefusedAsSuch) {
  auto image = std::make_shared<std::string>(*image_of(row("A", "1,")));
  (*image)[8]++;
  const auto roster = Roster::open(*image, image);
  ASSERT_FALSE(roster.has_value());
  EXPECT_NE(roster.error().message.find("build it again"), std::string::npos);
}

}  // namespace
}  // namespace pantau
