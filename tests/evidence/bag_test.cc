// A bag as others see it: coreutils, the script that goes along, and whoever reads a copy.
#include "pipeline/evidence/bag.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "pipeline/evidence/report.h"
#include "tests/evidence/made_up_case.h"
#include "tests/evidence/shell.h"
#include "tests/support/temporary_folder.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

Bag bag_of(const CaseFile& file, BagKind kind) {
  Result<Bag> bag = make_bag(file, kind, {});
  if (!bag) {
    ADD_FAILURE() << bag.error().message;
    return {};
  }
  return *std::move(bag);
}

std::string written(const Bag& bag, const std::string& folder) {
  const Result<std::string> path = write_bag(bag, folder);
  EXPECT_TRUE(path) << (path ? "" : path.error().message);
  return path.value_or("");
}

TEST(Bag, HasAllThatWasGathered) {
  const Bag bag = bag_of(made_up_case(), BagKind::Sealed);
  const CaseFile file = made_up_case();
  EXPECT_EQ(bag.name, "case-2024-000123");
  EXPECT_EQ(bag.files.at("data/items/0001/received.bin"), file.items[0].received);
  EXPECT_EQ(bag.files.at("data/items/0001/record.json"), file.items[0].record + '\n');
  EXPECT_EQ(bag.files.at("data/items/0001/response.headers"), file.items[0].capture->headers);
  EXPECT_EQ(bag.files.at("data/items/0002/event-0001-received.bin"), "edited bytes\n");
  EXPECT_EQ(bag.files.at("data/rules/skb-2022@2024.1.toml"), file.rules[0].text);
  EXPECT_EQ(bag.files.at("data/identity/0001-evidence.bin"), file.identity[0].evidence);
  EXPECT_EQ(bag.files.at("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  EXPECT_NE(bag.files.at("bag-info.txt").find("Bagging-Date: 2024-11-24\n"), std::string::npos);
  EXPECT_NE(bag.files.at("data/case.json").find("Budi Santosa Karyadi"), std::string::npos);
}

TEST(Bag, IsCheckedByCoreutilsAndItsOwnScript) {
  const TemporaryFolder folder;
  for (const BagKind kind : {BagKind::Sealed, BagKind::Copy}) {
    const std::string path = written(bag_of(made_up_case(), kind), folder.path());
    const Ran sums = run_in(path,
                            "sha256sum -c --strict manifest-sha256.txt && "
                            "sha512sum -c --strict manifest-sha512.txt && "
                            "sha256sum -c --strict tagmanifest-sha256.txt && "
                            "sha512sum -c --strict tagmanifest-sha512.txt");
    EXPECT_EQ(sums.status, 0) << sums.output;
    const Ran script = run_in("/", "sh '" + path + "/verify.sh'");
    EXPECT_EQ(script.status, 0) << script.output;
    EXPECT_NE(script.output.find("UTUH"), std::string::npos) << script.output;
  }
}

TEST(Bag, TheScriptFindsWhatWasChangedAddedAndTakenAway) {
  const TemporaryFolder folder;
  const std::string path = written(bag_of(made_up_case(), BagKind::Sealed), folder.path());
  const std::string item = path + "/data/items/0001/received.bin";
  const std::string bytes = read_file(item);
  const auto script = [&path] { return run_in(path, "sh verify.sh").status; };

  std::string changed = bytes;
  changed[5] = static_cast<char>(changed[5] ^ 1);
  write_file(item, changed);
  EXPECT_EQ(script(), 1);
  fs::remove(item);
  EXPECT_EQ(script(), 1);
  write_file(item, bytes);
  EXPECT_EQ(script(), 0);
  write_file(path + "/data/one more", "");
  EXPECT_EQ(script(), 1);
  fs::remove(path + "/data/one more");
  fs::create_symlink("/etc/hostname", path + "/data/link");
  EXPECT_EQ(script(), 1);
  fs::remove(path + "/data/link");
  write_file(path + "/bag-info.txt", "Payload-Oxum: 1.1\n");
  EXPECT_EQ(script(), 1);
}

TEST(Bag, SameCaseSameBytesWhereverItIsMade) {
  const Bag first = bag_of(made_up_case(), BagKind::Sealed);
  const Result<std::string> tar = bag_as_tar(first);
  ASSERT_TRUE(tar);
  ::setenv("TZ", "Asia/Jayapura", 1);
  ::setenv("LC_ALL", "C.UTF-8", 1);
  ::tzset();
  const Bag second = bag_of(made_up_case(), BagKind::Sealed);
  EXPECT_EQ(first.files, second.files);
  EXPECT_EQ(*tar, bag_as_tar(second).value());
  ::unsetenv("TZ");
  ::unsetenv("LC_ALL");
  ::tzset();
}

TEST(Bag, TheArchiveUnpacksToTheSameFolder) {
  const TemporaryFolder folder;
  const Bag bag = bag_of(made_up_case(), BagKind::Sealed);
  written(bag, folder.path());
  write_file(folder.path() + "/bag.tar", bag_as_tar(bag).value());
  const Ran ran = run_in(folder.path(),
                         "mkdir out && tar -xf bag.tar -C out && diff -r out/case-2024-000123 "
                         "case-2024-000123");
  EXPECT_EQ(ran.status, 0) << ran.output;
}

// Whoever has only the copy must not learn who it is about.
TEST(Bag, ACopyNamesNobody) {
  const Bag bag = bag_of(made_up_case(), BagKind::Copy);
  EXPECT_EQ(bag.name, "case-2024-000123-salinan");
  const CaseFile file = made_up_case();
  for (const auto& [path, content] : bag.files) {
    for (const std::string& secret :
         {std::string("Budi"), std::string("Santosa"), std::string("Karyadi"),
          std::string("budi.karyadi"), std::string("770011"), std::string("198001012005011003"),
          std::string("tetangga"), std::string("9001"), std::string("Kepala Bidang"),
          std::string("istri calon"), std::string("sumpah")}) {
      if (path.starts_with("data/") && !path.ends_with(".pdf")) {
        EXPECT_EQ(content.find(secret), std::string::npos) << path << " has " << secret;
      }
    }
  }
  EXPECT_EQ(bag.files.count("data/items/0001/received.bin"), 0U);
  EXPECT_EQ(bag.files.count("data/items/0001/response.headers"), 0U);
  EXPECT_EQ(bag.files.count("data/identity/0001-evidence.bin"), 0U);
  // What was matched stays where it was, and the hash ties the copy to the original.
  const std::string& why = bag.files.at("data/explanations/0001.json");
  EXPECT_NE(why.find("Ayo coblos nomor 1 @ahmad.fulan"), std::string::npos) << why;
  EXPECT_NE(why.find("kata @************ dan ****"), std::string::npos) << why;
  EXPECT_NE(bag.files.at("data/case.json").find(sha256_hex(file.items[0].received)),
            std::string::npos);
}

// Of a comment under a listed account's post the account may be told; under a neighbour's not.
TEST(Bag, ACopyKeepsAccountsOfTheCampaign) {
  CaseFile file = made_up_case();
  file.items[0].explanations[0].account_type = "team";
  file.items[0].explanations[0].via = "target";
  const Bag bag = bag_of(file, BagKind::Copy);
  EXPECT_NE(bag.files.at("data/items/0001/record.json").find("tetangga.ria"), std::string::npos);
  EXPECT_EQ(bag.files.at("data/items/0002/record.json").find("tetangga.ria"), std::string::npos);
}

TEST(Bag, ThePdfOfACopyNamesNobody) {
  const TemporaryFolder folder;
  write_file(folder.path() + "/copy.pdf",
             bag_of(made_up_case(), BagKind::Copy).files.at("data/report.pdf"));
  write_file(folder.path() + "/whole.pdf",
             bag_of(made_up_case(), BagKind::Sealed).files.at("data/report.pdf"));
  const Ran copy = run_in(folder.path(), "pdftotext -layout copy.pdf -");
  const Ran whole = run_in(folder.path(), "pdftotext -layout whole.pdf -");
  ASSERT_EQ(copy.status, 0) << copy.output;
  EXPECT_NE(whole.output.find("Budi Santosa Karyadi"), std::string::npos) << whole.output;
  EXPECT_NE(whole.output.find("coblos nomor 1"), std::string::npos) << whole.output;
  EXPECT_NE(whole.output.find("[U+1F44D]"), std::string::npos) << whole.output;
  EXPECT_NE(copy.output.find("Dugaan"), std::string::npos) << copy.output;
  for (const char* const secret : {"Budi", "Karyadi", "198001", "tetangga"}) {
    EXPECT_EQ(copy.output.find(secret), std::string::npos) << secret << "\n" << copy.output;
  }
}

TEST(Bag, IsNeverWrittenOverAnother) {
  const TemporaryFolder folder;
  const Bag bag = bag_of(made_up_case(), BagKind::Sealed);
  const std::string path = written(bag, folder.path());
  const Result<std::string> again = write_bag(bag, folder.path());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().fault, Fault::Config);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
}

TEST(Bag, NothingIsLeftIfItCannotBeWritten) {
  const TemporaryFolder folder;
  Bag bag = bag_of(made_up_case(), BagKind::Sealed);
  bag.files["data"] = "a file where a folder must be";
  const Result<std::string> path = write_bag(bag, folder.path());
  ASSERT_FALSE(path);
  EXPECT_EQ(path.error().fault, Fault::Storage);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

// What contradicts itself does not become evidence.
TEST(Bag, RefusesWhatCannotBeTrue) {
  const auto refused = [](auto&& change, std::string_view why) {
    CaseFile file = made_up_case();
    change(file);
    const Result<Bag> bag = make_bag(file, BagKind::Sealed, {});
    ASSERT_FALSE(bag) << why;
    EXPECT_NE(bag.error().message.find(why), std::string::npos) << bag.error().message;
    EXPECT_EQ(bag.error().fault, Fault::Config);
  };
  refused([](CaseFile& f) { f.number = "../../etc"; }, "no name for a folder");
  refused([](CaseFile& f) { f.number = ""; }, "no name for a folder");
  refused([](CaseFile& f) { f.exported_at = "yesterday"; }, "is no time");
  refused([](CaseFile& f) { f.items.clear(); }, "no items");
  refused([](CaseFile& f) { f.items[0].received += 'x'; }, "not those that were captured");
  refused([](CaseFile& f) { f.identity[0].evidence += 'x'; }, "not what was recorded");
  refused([](CaseFile& f) { f.items[1].explanations[0].spans[0].end = 99; }, "outside the text");
  refused([](CaseFile& f) { f.rules.push_back(f.rules[0]); }, "there twice");
  refused([](CaseFile& f) { f.items.resize(kBagItemsMax + 1); }, "more than 9999 items");
}

TEST(Report, ShowsHostileWordsAsWords) {
  CaseFile file = made_up_case();
  file.subject.name = "\"><img src=x onerror=alert(1)>";
  file.items[0].text =
      "a\xE2\x80\xAE"
      "b\x01\xFF</blockquote><script>alert(2)</script>\n'&";
  file.items[0].explanations[0].spans = {{"ajakan", 0, 1}};
  const std::string html = report_html(make_report(file, BagKind::Sealed));
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("<img"), std::string::npos);
  EXPECT_NE(html.find("<mark>a</mark>[U+202E]b\xEF\xBF\xBD\xEF\xBF\xBD&lt;/blockquote&gt;"),
            std::string::npos);
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
  const Result<std::string> pdf = report_pdf(make_report(file, BagKind::Sealed));
  ASSERT_TRUE(pdf);
  EXPECT_TRUE(pdf->starts_with("%PDF-"));
}

// Forms and headings speak of suspicion; no field says that somebody did wrong.
TEST(Report, SpeaksOfSuspicionOnly) {
  const std::string html = report_html(make_report(made_up_case(), BagKind::Sealed));
  EXPECT_NE(html.find("Rabu, 20 November 2024"), std::string::npos) << html;
  EXPECT_NE(html.find("dugaan, bukan putusan"), std::string::npos);
  EXPECT_EQ(html.find("terbukti melanggar"), std::string::npos);
  EXPECT_EQ(html.find("pelaku"), std::string::npos);
}

// However long a text is, the printed report has an end, and says that it was cut.
TEST(Report, ALongTextIsCutInPrint) {
  CaseFile file = made_up_case();
  file.items[0].text = std::string(2'000'000, 'x');
  const Result<std::string> pdf = report_pdf(make_report(file, BagKind::Sealed));
  ASSERT_TRUE(pdf);
  const TemporaryFolder folder;
  write_file(folder.path() + "/long.pdf", *pdf);
  const Ran text = run_in(folder.path(), "pdfinfo long.pdf; pdftotext -f 495 long.pdf -");
  EXPECT_NE(text.output.find("berhenti di sini"), std::string::npos)
      << text.output.substr(text.output.size() - std::min<std::size_t>(500, text.output.size()));
}

}  // namespace
}  // namespace pantau
