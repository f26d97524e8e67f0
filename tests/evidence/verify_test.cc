// Whatever is done to a bag is found, by file: to its bytes, its names, its order, its seals.
#include "pipeline/evidence/verify.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <thread>

#include "pipeline/evidence/custody.h"
#include "pipeline/evidence/digest.h"
#include "pipeline/evidence/seal.h"
#include "tests/evidence/made_up_case.h"
#include "tests/evidence/shell.h"
#include "tests/evidence/stamper.h"
#include "tests/support/temporary_folder.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

constexpr long kDay = 86'400;

Instant now() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

// Manifests and oxum anew, as somebody would write them who changes a bag and has no key.
void write_manifests(BagFiles& files) {
  std::size_t bytes = 0;
  std::size_t count = 0;
  for (const auto& [path, content] : files) {
    if (!path.starts_with("data/")) continue;
    bytes += content.size();
    count++;
  }
  std::string& info = files["bag-info.txt"];
  const std::size_t at = info.find("Payload-Oxum: ");
  const std::size_t end = info.find('\n', at);
  info.replace(at, end - at, fmt::format("Payload-Oxum: {}.{}", bytes, count));
  for (const bool of_payload : {true, false}) {
    std::string sha256;
    std::string sha512;
    for (const auto& [path, content] : files) {
      if (path.starts_with("data/") != of_payload || path.starts_with("tagmanifest-")) continue;
      sha256 += sha256_hex(content) + "  " + path + '\n';
      sha512 += sha512_hex(content) + "  " + path + '\n';
    }
    const std::string stem = of_payload ? "manifest-" : "tagmanifest-";
    files[stem + "sha256.txt"] = sha256;
    files[stem + "sha512.txt"] = sha512;
  }
}

const MadeUpAuthority& signer() {
  static const MadeUpAuthority made = made_up_authority("Bawaslu Contoh", -kDay, 365 * kDay);
  return made;
}

Stamper& stamper() {
  static Stamper made(made_up_stamper(-kDay, 365 * kDay));
  return made;
}

// Made once of each kind: drawing the report takes time.
const Bag& plain_bag(BagKind kind = BagKind::Sealed) {
  const auto made = [](BagKind of) {
    return make_bag(made_up_case(), of,
                    {{"signer.pem", signer().certificate}, {"tsa-ca.pem", stamper().certificate()}})
        .value();
  };
  static const Bag sealed = made(BagKind::Sealed);
  static const Bag copy = made(BagKind::Copy);
  return kind == BagKind::Sealed ? sealed : copy;
}

// Small, because each of its bytes is changed: one item, and a page in place of the report.
Bag small_bag() {
  CaseFile file = made_up_case();
  file.items.resize(1);
  file.custody.resize(2);
  Bag bag =
      make_bag(file, BagKind::Sealed,
               {{"signer.pem", signer().certificate}, {"tsa-ca.pem", stamper().certificate()}})
          .value();
  bag.files["data/report.pdf"] = "%PDF-";
  bag.files["data/report.html"] = "<p>";
  bag.files["README-VERIFIKASI.txt"] = "sh verify.sh";
  write_manifests(bag.files);
  return bag;
}

void seal(BagFiles& files) {
  const std::string& data = files.at(std::string(kTagManifest));
  files[std::string(kSignatureFile)] =
      sign_detached(data, signer().key, signer().certificate, "2024-11-24T06:00:00Z").value();
  files[std::string(kTimestampFile)] = stamper().answer(timestamp_request(data).value());
}

VerifyOptions strict() {
  VerifyOptions options;
  options.signer_ca = signer().certificate;
  options.tsa_ca = stamper().certificate();
  options.needs_signature = true;
  options.needs_timestamp = true;
  options.now = now();
  return options;
}

std::string told(const Verified& verified) {
  std::string text;
  for (const Finding& finding : verified.wrong) text += finding.file + ": " + finding.what + '\n';
  return text;
}

std::string wrong_with(const BagFiles& files) {
  VerifyOptions options;
  options.now = now();
  return told(check_bag(files, options));
}

bool tells(const std::string& findings, std::string_view what) {
  return findings.find(what) != std::string::npos;
}

TEST(Verify, FindsNothingWrongWithWhatIsWhole) {
  for (const BagKind kind : {BagKind::Sealed, BagKind::Copy}) {
    Bag bag = plain_bag(kind);
    EXPECT_EQ(wrong_with(bag.files), "");
    seal(bag.files);
    const Verified verified = check_bag(bag.files, strict());
    EXPECT_EQ(told(verified), "");
    const TemporaryFolder folder;
    const std::string path = write_bag(bag, folder.path()).value();
    EXPECT_EQ(told(verify_bag(path, strict()).value()), "");
    const Ran script = run_in(path, "sh verify.sh");
    EXPECT_EQ(script.status, 0) << script.output;
    EXPECT_TRUE(tells(script.output, "OK     stempel")) << script.output;
    EXPECT_TRUE(tells(script.output, "OK     tanda tangan")) << script.output;
  }
}

TEST(Verify, OpensslAgrees) {
  const TemporaryFolder folder;
  Bag bag = plain_bag();
  seal(bag.files);
  const std::string path = write_bag(bag, folder.path()).value();
  const Ran stamp = run_in(path,
                           "openssl ts -verify -data tagmanifest-sha256.txt -in "
                           "tagmanifest-sha256.txt.tsr -CAfile certs/tsa-ca.pem");
  EXPECT_EQ(stamp.status, 0) << stamp.output;
  const Ran signature = run_in(path,
                               "openssl cms -verify -binary -inform DER -in "
                               "tagmanifest-sha256.txt.sig -content tagmanifest-sha256.txt -CAfile "
                               "certs/signer.pem -purpose any -out /dev/null");
  EXPECT_EQ(signature.status, 0) << signature.output;
}

TEST(Verify, TheSameBagHasTheSameSignature) {
  const std::string at = "2024-11-24T06:00:00Z";
  EXPECT_EQ(sign_detached("data", signer().key, signer().certificate, at).value(),
            sign_detached("data", signer().key, signer().certificate, at).value());
}

// Each byte of each file, each to another value. The two seals are on no list, so what their
// signatures do not cover is held to its form (seal_form.h).
TEST(Verify, AnyChangedByteIsFound) {
  BagFiles files = small_bag().files;
  seal(files);
  const VerifyOptions options = strict();
  const Verified intact = check_bag(files, options);
  ASSERT_EQ(told(intact), "");
#if defined(__SANITIZE_ADDRESS__) || defined(__clang__)  // sanitized, and slow
  constexpr std::size_t kStep = 29;
#else
  constexpr std::size_t kStep = 1;
#endif
  std::size_t tried = 0;
  std::map<std::string, std::size_t> unfound;
  const BagFiles sealed = files;
  for (const auto& [path, whole] : sealed) {
    // Seals are slow to check, so they are left out where lists alone must find the change.
    const bool needs_seals = path.starts_with("tagmanifest-") || path.starts_with("certs/");
    BagFiles tried_files = sealed;
    if (!needs_seals) {
      tried_files.erase(std::string(kSignatureFile));
      tried_files.erase(std::string(kTimestampFile));
    }
    std::string& content = tried_files.at(path);
    for (std::size_t i = 0; i < content.size(); i += kStep) {
      const char before = content[i];
      content[i] = static_cast<char>(before ^ (1 << (i % 8)));
      const Verified verified = check_bag(tried_files, needs_seals ? options : VerifyOptions());
      if (verified.wrong.empty()) unfound[path]++;
      content[i] = before;
      tried++;
    }
  }
  for (const auto& [path, count] : unfound) ADD_FAILURE() << path << ": " << count << " not found";
  std::printf("%zu bytes changed, one at a time\n", tried);
}

// A seal's bytes to every other value, by the checks of the seals alone.
TEST(Verify, AnyOtherByteOfASealIsFound) {
  const std::string data = "what was sealed";
  const std::string& signer_ca = signer().certificate;
  const std::string stamp_ca = stamper().certificate();
  std::string signature =
      sign_detached(data, signer().key, signer_ca, "2024-11-24T06:00:00Z").value();
  std::string stamp = stamper().answer(timestamp_request(data).value());
  const Instant at = now();
  ASSERT_TRUE(check_signature(data, signature, signer_ca, at));
  ASSERT_TRUE(check_timestamp(data, stamp, stamp_ca));
  // Each byte to its neighbours in value: by that 1.1.1 (RSA) becomes 1.1.2 and so on.
  const auto each = [](std::string& bytes, auto&& holds) {
#if defined(__SANITIZE_ADDRESS__) || defined(__clang__)  // sanitized, and slow
    constexpr std::size_t kStep = 7;
#else
    constexpr std::size_t kStep = 1;
#endif
    for (std::size_t i = 0; i < bytes.size(); i += kStep) {
      const char before = bytes[i];
      for (const int change : {1, 10}) {
        bytes[i] = static_cast<char>(before + change);
        EXPECT_FALSE(holds()) << "byte " << i << " of " << bytes.size() << " by " << change;
      }
      bytes[i] = before;
    }
  };
  each(signature, [&] { return check_signature(data, signature, signer_ca, at).has_value(); });
  each(stamp, [&] { return check_timestamp(data, stamp, stamp_ca).has_value(); });
}

TEST(Verify, FilesTakenAwayRenamedOrDoubledAreNamed) {
  const BagFiles whole = plain_bag().files;
  for (const auto& [path, content] : whole) {
    BagFiles files = whole;
    files.erase(path);
    EXPECT_TRUE(tells(wrong_with(files), path)) << path << " taken away: " << wrong_with(files);
    files[path + "2"] = content;
    const std::string renamed = wrong_with(files);
    EXPECT_TRUE(tells(renamed, path + "2")) << renamed;
    files[path] = content;
    EXPECT_TRUE(tells(wrong_with(files), path + "2: is not listed")) << wrong_with(files);
  }
  BagFiles files = whole;
  files["data/elsewhere.bin"] = files.at("data/items/0001/received.bin");
  files.erase("data/items/0001/received.bin");
  EXPECT_TRUE(
      tells(wrong_with(files),
            "data/items/0001/received.bin: is missing; its content is in data/elsewhere.bin"))
      << wrong_with(files);
}

// Even when whoever did it wrote new manifests.
TEST(Verify, WhatDoesNotAgreeInsideIsFoundWithNewManifests) {
  const auto after = [](auto&& change) {
    BagFiles files = plain_bag().files;
    change(files);
    write_manifests(files);
    return wrong_with(files);
  };
  EXPECT_EQ(after([](BagFiles&) {}), "");
  EXPECT_TRUE(tells(after([](BagFiles& f) {
                      for (const char* const name : {"record.json", "flag.json", "received.bin"}) {
                        std::swap(f["data/items/0001/" + std::string(name)],
                                  f["data/items/0002/" + std::string(name)]);
                      }
                      std::swap(f["data/explanations/0001.json"], f["data/explanations/0002.json"]);
                    }),
                    "data/items/0001/received.bin: is not what case.json has the hash of"));
  EXPECT_TRUE(tells(after([](BagFiles& f) { f["data/items/0001/received.bin"] += ' '; }),
                    "received.bin: is not what"));
  EXPECT_TRUE(tells(after([](BagFiles& f) { f.erase("data/items/0001/received.bin"); }),
                    "received.bin: is missing"));
  EXPECT_TRUE(tells(after([](BagFiles& f) { f["data/items/0003/record.json"] = "{}"; }),
                    "belongs to no item"));
  EXPECT_TRUE(tells(after([](BagFiles& f) { f["data/rules/skb-2022@2024.1.toml"] += "#"; }),
                    "skb-2022@2024.1.toml: is not what"));
  EXPECT_TRUE(tells(after([](BagFiles& f) { f["data/identity/0001-evidence.bin"] += "x"; }),
                    "is not what was recorded"));
  EXPECT_TRUE(tells(after([](BagFiles& f) { f["data/case.json"] = "{"; }), "is no case of format"));
  const auto replaced = [&after](const std::string& path, const std::string& from,
                                 const std::string& to) {
    return after([&](BagFiles& f) {
      std::string& text = f.at(path);
      const std::size_t at = text.find(from);
      ASSERT_NE(at, std::string::npos) << path << " lacks " << from;
      text.replace(at, from.size(), to);
    });
  };
  EXPECT_TRUE(tells(replaced("data/explanations/0001.json", "\"end\": 18", "\"end\": 999"),
                    "lies outside the text"));
  EXPECT_TRUE(tells(replaced("data/explanations/0001.json", "\"end\": 31", "\"end\": 33"),
                    "or in a character"));
  EXPECT_TRUE(
      tells(replaced("data/explanations/0001.json", "Ayo", "Ayu"), "is not that of record"));
  EXPECT_TRUE(tells(replaced("data/decisions.json", "\"joko\"", "\"rini\""),
                    "the same person proposed and confirmed"));
  EXPECT_TRUE(tells(
      replaced("data/items/0001/capture.json", "received_sha256\": \"", "received_sha256\": \"0"),
      "is not about the bytes"));
  EXPECT_TRUE(tells(replaced("data/items/0002/flag.json", "comment/9002", "comment/9003"),
                    "is of another item"));
  EXPECT_TRUE(tells(replaced("bag-info.txt", "000123", "000124"), "is of another case"));
}

TEST(Verify, TheCustodyLogCannotBeReordered) {
  const std::vector<CustodyRow> rows = made_up_case().custody;
  for (const CustodyDetail detail : {CustodyDetail::Whole, CustodyDetail::LeftOut}) {
    const std::string log = custody_log(rows, detail);
    EXPECT_TRUE(check_custody_log(log).empty());
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < log.size(); at = log.find('\n', at) + 1) {
      lines.push_back(log.substr(at, log.find('\n', at) + 1 - at));
    }
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_FALSE(check_custody_log(lines[1] + lines[0] + lines[2]).empty());
    EXPECT_FALSE(check_custody_log(lines[0] + lines[2]).empty());
    EXPECT_FALSE(check_custody_log(lines[1] + lines[2]).empty());
    EXPECT_FALSE(check_custody_log(lines[0] + lines[0] + lines[1] + lines[2]).empty());
    EXPECT_FALSE(check_custody_log(log.substr(0, log.size() - 1)).empty());
  }
  // With a new chain the rows' own hashes still tell.
  std::vector<CustodyRow> changed = rows;
  changed[0].object = "item:2";
  EXPECT_FALSE(check_custody_log(custody_log(changed, CustodyDetail::Whole)).empty());
  changed = rows;
  changed[0].canonical += ' ';
  EXPECT_FALSE(check_custody_log(custody_log(changed, CustodyDetail::Whole)).empty());
  changed = rows;
  changed[1].prev = std::string(kSha256HexSize, 'c');
  EXPECT_FALSE(check_custody_log(custody_log(changed, CustodyDetail::LeftOut)).empty());
  changed = rows;
  std::swap(changed[0], changed[2]);
  EXPECT_FALSE(check_custody_log(custody_log(changed, CustodyDetail::LeftOut)).empty());
}

TEST(Verify, SealsOfOtherDataOrOtherPeopleDoNotHold) {
  BagFiles files = plain_bag().files;
  seal(files);
  const auto wrong = [](const BagFiles& f, const VerifyOptions& o) {
    return told(check_bag(f, o));
  };
  BagFiles other = files;
  other[std::string(kTimestampFile)] = stamper().answer(timestamp_request("other data").value());
  EXPECT_TRUE(tells(wrong(other, strict()), ".tsr: the time stamp: it does not hold"));
  other = files;
  other[std::string(kSignatureFile)] =
      sign_detached("other data", signer().key, signer().certificate, "2024-11-24T06:00:00Z")
          .value();
  EXPECT_TRUE(tells(wrong(other, strict()), ".sig: the signature: it does not hold"));
  VerifyOptions options = strict();
  options.signer_ca = made_up_authority("Bawaslu Contoh", -kDay, kDay).certificate;
  EXPECT_TRUE(tells(wrong(files, options), ".sig: the signature: it does not hold"));
  options = strict();
  options.tsa_ca = made_up_stamper(-kDay, kDay).certificate;
  EXPECT_TRUE(tells(wrong(files, options), ".tsr: the time stamp: it does not hold"));
  files.erase(std::string(kSignatureFile));
  files.erase(std::string(kTimestampFile));
  EXPECT_TRUE(tells(wrong(files, strict()), "a signature is asked for"));
  EXPECT_TRUE(tells(wrong(files, strict()), "a time stamp is asked for"));
}

// A stamp outlives the certificate that it was given with; it must only have been valid then.
TEST(Verify, AnExpiredAuthorityStampedInTime) {
  Stamper brief(made_up_stamper(-kDay, 4));
  const std::string answer = brief.answer(timestamp_request("data").value());
  EXPECT_TRUE(check_timestamp("data", answer, brief.certificate()));
  std::this_thread::sleep_for(std::chrono::seconds(5));
  EXPECT_TRUE(check_timestamp("data", answer, brief.certificate()));
  // One that was expired when it stamped.
  const std::string late = brief.answer(timestamp_request("data").value());
  EXPECT_FALSE(check_timestamp("data", late, brief.certificate()));
}

TEST(Verify, ACertificateForOtherThingsStampsNothing) {
  // `openssl ts` refuses to stamp with it, so its certificate is put in place of a good one's.
  const std::string answer = stamper().answer(timestamp_request("data").value());
  EXPECT_FALSE(check_timestamp("data", answer, signer().certificate));
  EXPECT_FALSE(check_timestamp("data", answer + '\0', stamper().certificate()));
  EXPECT_FALSE(check_timestamp("data", "", stamper().certificate()));
}

TEST(Verify, KeysThatCannotSignAreRefused) {
  const std::string at = "2024-11-24T06:00:00Z";
  EXPECT_FALSE(sign_detached("data", "no key", signer().certificate, at));
  EXPECT_FALSE(sign_detached("data", signer().key, "no certificate", at));
  EXPECT_FALSE(sign_detached("data", signer().key, stamper().certificate(), at));
  EXPECT_FALSE(sign_detached("data", signer().key, signer().certificate, "some time"));
}

TEST(Verify, AFolderCannotLeadOutOfItself) {
  const TemporaryFolder folder;
  const std::string path = write_bag(plain_bag(), folder.path()).value();
  VerifyOptions options;
  options.now = now();
  fs::create_symlink("/etc/hostname", path + "/data/items/0001/link");
  fs::create_directory_symlink("/etc", path + "/data/etc");
  ::mkfifo((path + "/data/pipe").c_str(), 0600);
  const std::string found = told(verify_bag(path, options).value());
  EXPECT_TRUE(tells(found, "data/items/0001/link: is no plain file")) << found;
  EXPECT_TRUE(tells(found, "data/etc: is no plain file")) << found;
  EXPECT_TRUE(tells(found, "data/pipe: is no plain file")) << found;

  VerifyLimits limits;
  limits.files_max = 5;
  EXPECT_TRUE(tells(verify_bag(path, options, limits).error().message, "more than 5 files"));
  limits = {};
  limits.bytes_max = 1000;
  EXPECT_TRUE(tells(verify_bag(path, options, limits).error().message, "more than 1000 bytes"));
  limits = {};
  limits.depth_max = 2;
  EXPECT_TRUE(tells(verify_bag(path, options, limits).error().message, "more than 2 folders"));
  EXPECT_EQ(verify_bag(folder / "nowhere", options).error().fault, Fault::Source);
}

TEST(Verify, ManifestsAreReadInOneFormOnly) {
  const std::string hash = sha256_hex("x");
  for (const std::string& line :
       {hash + "  ../outside\n", hash + "  /etc/passwd\n", hash + "  data/../../x\n",
        hash + " data/x\n", hash + " *data/x\n", hash + "  data//x\n", hash + "  data/./x\n",
        hash + "  data/a%0Ab\n", hash + "  data\\x\n", hash + "  ~/x\n", hash + "  data/x",
        std::string("DEAD") + hash.substr(4) + "  data/x\n", hash + "  \n", std::string("\n"),
        hash.substr(1) + "  data/x\n", hash + "  data/x\r\n", "\xEF\xBB\xBF" + hash + "  data/x\n",
        hash + "  data/x\n" + hash + "  data/x\n", hash + "  data/y\n" + hash + "  data/x\n"}) {
    BagFiles files = plain_bag(BagKind::Copy).files;
    files["manifest-sha256.txt"] = line;
    EXPECT_TRUE(tells(wrong_with(files), "manifest-sha256.txt: line ")) << line;
  }
}

}  // namespace
}  // namespace pantau
