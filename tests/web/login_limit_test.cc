#include "pipeline/web/login_limit.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace pantau {
namespace {

using namespace std::chrono_literals;

class Guesser {
 public:
  explicit Guesser(LoginLimits limits = {}) : limit_(limits) {}
  // True if an attempt may be made now.
  bool may(std::string_view account, std::string_view address) {
    return !limit_.begin_attempt(account, address, now_);
  }
  std::chrono::seconds wait(std::string_view account, std::string_view address) {
    return limit_.begin_attempt(account, address, now_).value_or(0s);
  }
  void pass(std::chrono::seconds time) { now_ += time; }
  LoginLimit& limit() { return limit_; }

 private:
  LoginLimit limit_;
  Instant now_{std::chrono::seconds(1'700'000'000)};
};

TEST(LoginLimit, MakesAnAccountWaitLongerAndLonger) {
  Guesser guesser;
  for (int i = 0; i < 5; i++) EXPECT_TRUE(guesser.may("siti", "192.0.2.1")) << i;
  std::chrono::seconds before = 0s;
  for (int i = 0; i < 8; i++) {
    const std::chrono::seconds wait = guesser.wait("siti", "192.0.2.1");
    EXPECT_GT(wait, before) << i;
    before = wait;
    guesser.pass(wait - 1s);
    EXPECT_FALSE(guesser.may("siti", "192.0.2.1")) << i;
    guesser.pass(1s);
    EXPECT_TRUE(guesser.may("siti", "192.0.2.1")) << i;
  }
  EXPECT_EQ(before, 128s);
}

TEST(LoginLimit, NeverLocksAnAccountForGood) {
  Guesser guesser;
  for (int i = 0; i < 60; i++) {
    const std::chrono::seconds wait = guesser.wait("siti", "192.0.2.1");
    EXPECT_LE(wait, 300s);
    guesser.pass(wait);
  }
  guesser.pass(3601s);
  for (int i = 0; i < 5; i++) EXPECT_TRUE(guesser.may("siti", "192.0.2.1")) << i;
}

TEST(LoginLimit, WaitsDoNotDependOnWhetherThereIsSuchAPerson) {
  Guesser guesser;  // it is not told, so it cannot
  for (int i = 0; i < 5; i++) EXPECT_TRUE(guesser.may("nobody", "192.0.2.1"));
  EXPECT_FALSE(guesser.may("nobody", "198.51.100.1"));
  EXPECT_TRUE(guesser.may("siti", "198.51.100.1"));
}

TEST(LoginLimit, CountsANetworkWhateverTheAccounts) {
  Guesser guesser;
  for (int i = 0; i < 20; i++) {
    EXPECT_TRUE(guesser.may(fmt::format("account-{}", i), fmt::format("192.0.2.{}", i)));
  }
  EXPECT_FALSE(guesser.may("another", "192.0.2.200"));
  EXPECT_TRUE(guesser.may("another", "192.0.3.200"));
  Guesser wide;
  for (int i = 0; i < 20; i++) {
    EXPECT_TRUE(wide.may(fmt::format("account-{}", i), fmt::format("2001:db8:7:{}::1", i)));
  }
  EXPECT_FALSE(wide.may("another", "2001:db8:7:ffff::1"));
  EXPECT_TRUE(wide.may("another", "2001:db8:8::1"));
}

TEST(LoginLimit, CountsEverybodyTogether) {
  Guesser guesser;
  for (int i = 0; i < 200; i++) {
    EXPECT_TRUE(guesser.may(fmt::format("account-{}", i), fmt::format("10.{}.0.1", i)));
  }
  EXPECT_FALSE(guesser.may("another", "172.16.0.1"));
}

TEST(LoginLimit, ASuccessClearsTheAccountAndNotTheNetwork) {
  Guesser guesser;
  for (int i = 0; i < 4; i++) EXPECT_TRUE(guesser.may("siti", "192.0.2.1"));
  EXPECT_TRUE(guesser.may("siti", "192.0.2.1"));
  guesser.limit().succeeded("siti", "192.0.2.1");
  for (int i = 0; i < 5; i++) EXPECT_TRUE(guesser.may("siti", "192.0.2.1")) << i;
  // One's own account does not make room for guessing others'.
  Guesser mixed;
  int guesses = 0;
  for (int i = 0; i < 200; i++) {
    if (mixed.may("own", "192.0.2.1")) mixed.limit().succeeded("own", "192.0.2.1");
    if (mixed.may(fmt::format("account-{}", i), "192.0.2.1")) guesses++;
  }
  EXPECT_LE(guesses, 21);
}

TEST(LoginLimit, RemembersNoMoreThanItsLimit) {
  Guesser guesser({.free_of_network = 1 << 20, .free_of_all = 1 << 20, .keys_max = 100});
  int made = 0;
  for (int i = 0; i < 1000; i++) made += guesser.may(fmt::format("a{}", i), "192.0.2.1") ? 1 : 0;
  EXPECT_LT(made, 100);  // full: refused, rather than forgotten
  guesser.pass(3601s);
  EXPECT_TRUE(guesser.may("siti", "192.0.2.1"));
}

}  // namespace
}  // namespace pantau
