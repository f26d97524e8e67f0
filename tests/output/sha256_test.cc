#include "pipeline/output/sha256.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace pantau {
namespace {

// FIPS 180-4's examples.
constexpr std::string_view kOfNothing =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr std::string_view kOfAbc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(sha256_hex(""), kOfNothing);
  EXPECT_EQ(sha256_hex({}), kOfNothing);
  EXPECT_EQ(sha256_hex("abc"), kOfAbc);
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PartsAreOneWhole) {
  Sha256 hash;
  hash.update("a");
  hash.update("");
  hash.update("bc");
  EXPECT_EQ(hash.hex(), kOfAbc);
}

TEST(Sha256, BeginsAnewAfterEachHash) {
  Sha256 hash;
  EXPECT_EQ(hash.hex(), kOfNothing);
  hash.update("abc");
  EXPECT_EQ(hash.hex(), kOfAbc);
  EXPECT_EQ(hash.hex(), kOfNothing);
}

TEST(Sha256, MayBeMoved) {
  Sha256 hash;
  hash.update("ab");
  Sha256 other = std::move(hash);
  other.update("c");
  EXPECT_EQ(other.hex(), kOfAbc);
}

TEST(Sha256, Appends) {
  std::string out = "sha256:";
  append_sha256_hex(out, "abc");
  EXPECT_EQ(out, "sha256:" + std::string(kOfAbc));
}

TEST(Sha256, ThreadsDoNotMix) {
  std::vector<std::jthread> threads;
  std::vector<std::string> hashes(4);
  for (std::size_t i = 0; i < hashes.size(); i++) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 1000; round++) hashes[i] = sha256_hex(i % 2 == 0 ? "abc" : "");
    });
  }
  threads.clear();
  for (std::size_t i = 0; i < hashes.size(); i++) {
    EXPECT_EQ(hashes[i], i % 2 == 0 ? kOfAbc : kOfNothing);
  }
}

}  // namespace
}  // namespace pantau
