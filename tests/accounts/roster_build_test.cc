// However the work of building is shared out, a list has one image; and what is looked up in it
// is what a plain walk through the list's rows finds.
#include "classifiers/accounts/roster_build.h"

#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "classifiers/accounts/roster.h"

namespace pantau {
namespace {

const std::string kHeader =
    "subject_id,name,nip,category,agency,position,region,platform,account_id,handle,ownership,"
    "basis,valid_from,valid_to\n";

struct Built {
  RosterBuilt outcome = RosterBuilt::Yes;
  std::string image;
  std::string mistakes;

  bool operator==(const Built&) const = default;
};

Built build(const std::string& csv, std::size_t workers, std::size_t piece_bytes) {
  RosterBuilding building;
  building.piece_bytes = piece_bytes;
  building.workers.count = workers;
  building.workers.run = [workers](const std::function<void(std::size_t)>& work) {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < workers; i++) threads.emplace_back(work, i);
    for (std::thread& thread : threads) thread.join();
  };
  Built built;
  Mistakes mistakes("roster.csv");
  built.outcome = build_roster(
      csv, building, [&](std::string_view bytes) { built.image += bytes; }, mistakes);
  if (built.outcome != RosterBuilt::Yes) built.image.clear();
  built.mistakes = mistakes.report();
  return built;
}

class RandomRoster {
 public:
  explicit RandomRoster(unsigned int seed) : random_(seed) {}

  std::string csv(std::size_t rows, bool with_mistakes) {
    std::string csv = kHeader;
    const std::string line_end = one_of({"\n", "\r\n"});
    for (std::size_t i = 0; i < rows; i++) {
      csv += row(with_mistakes && below(20) == 0) + line_end;
      if (below(40) == 0) csv += line_end;
    }
    return csv;
  }

  std::string id() { return one_of({"", "1", "22", "1234567890123456789", "UCab", "did:plc:x"}); }
  std::string handle() {
    return one_of({"", "ani", "@Ani", "budi.s_99", "cici@contoh.example", "Dédé", "a"});
  }
  std::string platform() { return one_of({"x", "x", "facebook", "instagram"}); }
  Instant instant() {
    return Instant(std::chrono::days(19'990 + below(20)) + std::chrono::hours(below(24)));
  }

 private:
  std::size_t below(std::size_t count) { return random_() % count; }
  std::string one_of(std::initializer_list<const char*> choices) {
    return *(choices.begin() + below(choices.size()));
  }
  std::string date() { return below(3) == 0 ? "2024-09-" + std::to_string(10 + below(20)) : ""; }

  std::string row(bool is_mistake) {
    std::string account = id();
    std::string handle_cell = handle();
    if (account.empty() && handle_cell.empty()) account = "7";
    const std::string from = date();
    const std::string to = from.empty() ? date() : "";
    const std::string name = one_of({"Nama", "\"Nama\nlain, S.\"", "\"a \"\"b\"\" c\"", "\"\""});
    return "S" + std::to_string(below(30)) + "," + name + ",1," + one_of({"pns", "pppk", "tni"}) +
           ",D,P," + one_of({"63.08", "11", ""}) + "," + platform() + "," + account + "," +
           handle_cell + "," + (is_mistake ? "perhaps" : one_of({"declared", "known"})) + "," +
           one_of({"SK 1", "\"SK \"\"2\"\"\"", "BA 3"}) + "," + from + "," + to;
  }

  std::mt19937 random_;
};

TEST(RosterBuild, TheImageIsTheSameHoweverTheWorkIsSharedOut) {
  for (unsigned int seed = 0; seed < 60; seed++) {
    RandomRoster random(seed);
    const std::string csv = random.csv(150, seed % 4 == 3);
    const Built whole = build(csv, 1, csv.size());
    ASSERT_EQ(whole.outcome == RosterBuilt::Yes, seed % 4 != 3) << whole.mistakes;
    for (const std::size_t piece_bytes : {1U, 50U, 333U, 4000U}) {
      ASSERT_TRUE(build(csv, 1, piece_bytes) == whole) << seed << ' ' << piece_bytes;
      ASSERT_TRUE(build(csv, 3, piece_bytes) == whole) << seed << ' ' << piece_bytes;
    }
  }
}

TEST(RosterBuild, AQuoteThatIsNeverClosedInAnyPieceIsTheSameMistake) {
  RandomRoster random(1);
  const std::string sound = random.csv(40, false);
  for (std::size_t line = kHeader.size(); line < sound.size(); line += 97) {
    std::string csv = sound;
    csv.insert(std::min(csv.find('\n', line), csv.size() - 1) + 1, "\"never,closed\n");
    const Built whole = build(csv, 1, csv.size());
    for (const std::size_t piece_bytes : {20U, 300U}) {
      ASSERT_TRUE(build(csv, 2, piece_bytes) == whole) << line << ' ' << piece_bytes;
    }
  }
}

// CONTRACT.md §5, row by row.
std::string plain_find(const std::vector<std::pair<std::string, RosterRow>>& rows,
                       const std::string& platform, const Account& account, Day day) {
  for (const auto& [subject, row] : rows) {
    if (row.platform != platform || !row.validity.holds_on(day)) continue;
    const bool by_id = !account.id.empty() && !row.account_id.empty();
    const std::string handle = handle_key(account.handle);
    if (by_id ? account.id == row.account_id : !handle.empty() && handle == handle_key(row.handle))
      return subject;
  }
  return "-";
}

TEST(RosterBuild, FindsWhatAPlainWalkThroughTheRowsFinds) {
  for (unsigned int seed = 0; seed < 60; seed++) {
    RandomRoster random(seed);
    const std::string csv = random.csv(1 + seed * 3, false);
    Mistakes mistakes("roster.csv");
    const auto image = std::make_shared<const std::string>(Roster::build(csv, mistakes));
    ASSERT_TRUE(mistakes.empty()) << mistakes.report();
    const Roster roster = *Roster::open(*image, image);
    std::vector<std::unique_ptr<std::string>> kept;
    std::vector<std::pair<std::string, RosterRow>> rows;
    const auto keep = [&](std::string_view text) -> std::string_view {
      return *kept.emplace_back(std::make_unique<std::string>(text));
    };
    read_roster_csv(csv, mistakes, [&](const RosterRow& row) {
      RosterRow copy = row;
      copy.platform = keep(row.platform);
      copy.account_id = keep(row.account_id);
      copy.handle = keep(row.handle);
      rows.emplace_back(std::string(row.subject_id), copy);
    });
    ASSERT_EQ(roster.entries(), rows.size());
    for (int i = 0; i < 300; i++) {
      const std::string id = random.id();
      const std::string handle = random.handle();
      const std::string platform = random.platform();
      const Instant time = random.instant();
      const Account account{id, handle, {}};
      const auto found = roster.find(platform, account, time, TimeZone::utc());
      const std::string subject =
          found ? std::string(roster.entry(found->entry).subject_id) : std::string("-");
      ASSERT_EQ(subject, plain_find(rows, platform, account, TimeZone::utc().day_of(time)))
          << seed << ' ' << platform << ' ' << id << ' ' << handle;
    }
  }
}

TEST(RosterBuild, ManyRowsUnderOneHandleAreAList) {
  std::string csv = kHeader;
  for (int i = 0; i < 50'000; i++) {
    csv +=
        "S" + std::to_string(i) + ",N,1,pns,D,P,63,x," + std::to_string(i + 1) + ",-,known,SK,,\n";
  }
  const Built built = build(csv, 2, 100'000);
  ASSERT_EQ(built.mistakes, "");
  const auto image = std::make_shared<const std::string>(built.image);
  const Roster roster = *Roster::open(*image, image);
  const auto subject_of = [&](const Account& account) {
    const auto found = roster.find("x", account, Instant(), TimeZone::utc());
    return found ? std::string(roster.entry(found->entry).subject_id) : std::string("-");
  };
  EXPECT_EQ(subject_of({"", "-", {}}), "S0");
  EXPECT_EQ(subject_of({"49999", "-", {}}), "S49998");
  EXPECT_EQ(subject_of({"50001", "-", {}}), "-");
  EXPECT_EQ(roster.subjects(), 50'000U);
}

// Whatever stands in an image, nothing is read outside of it (under the sanitizers).
TEST(RosterBuild, AForgedImageIsRefusedOrHarmless) {
  RandomRoster random(5);
  const std::string image = build(random.csv(40, false), 1, 1000).image;
  std::mt19937 bits(7);
  for (std::size_t at = 0; at < image.size(); at++) {
    auto forged = std::make_shared<std::string>(image);
    const auto change = static_cast<unsigned char>(1 + bits() % 255);
    (*forged)[at] = static_cast<char>(static_cast<unsigned char>((*forged)[at]) ^ change);
    const Result<Roster> roster = Roster::open(*forged, forged);
    if (!roster) continue;
    for (const Account& account : {Account{"1", "ani", {}}, Account{"", "@Ani", {}},
                                   Account{"did:plc:x", "", {}}, Account{"", "a", {}}}) {
      roster->find("x", account, Instant(), TimeZone::utc());
    }
    for (std::uint32_t entry = 0; entry < image.size(); entry += 13) roster->entry(entry);
  }
}

}  // namespace
}  // namespace pantau
