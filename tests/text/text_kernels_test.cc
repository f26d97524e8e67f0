// Every kernel that this processor can run, against the plain one; and that one against the rule.
#include "classifiers/text/text_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "classifiers/text/disguise_scan.h"
#include "classifiers/text/fold.h"
#include "tests/support/dice.h"

namespace pantau {
namespace {

std::vector<const TextKernel*> kernels() {
  std::vector<const TextKernel*> all = {&plain_text_kernel};
#if defined(__x86_64__)
  all.push_back(&sse2_text_kernel);
  if (__builtin_cpu_supports("avx2")) all.push_back(&avx2_text_kernel);
#endif
  return all;
}

// Mostly letters, and now and then one of `odd`.
std::string random_bytes(Dice& dice, std::size_t size, std::string_view odd) {
  const std::size_t odd_percent = dice.below(4);
  std::string text;
  while (text.size() < size) {
    text +=
        dice.percent(odd_percent) ? odd[dice.below(odd.size())] : "abKlmnOuiyZ, "[dice.below(13)];
  }
  return text;
}

std::size_t simple_bytes(std::string_view text, bool after_blank) {
  for (std::size_t i = 0; i < text.size(); i++) {
    const bool blank = text[i] == ' ';
    if (text[i] < 0x20 || text[i] >= 0x7F || (blank && after_blank)) return i;
    after_blank = blank;
  }
  return text.size();
}

// Both places are just as big as promised, for the sanitizers to see more.
void expect_simple_stretch(const TextKernel& kernel, std::string_view text, bool after_blank) {
  const std::vector<char> from(text.begin(), text.end());
  std::vector<char> to(std::max<std::size_t>(text.size(), 16));
  const std::size_t size =
      kernel.fold_simple_stretch(from.data(), from.size(), after_blank, to.data());
  ASSERT_EQ(size, simple_bytes(text, after_blank)) << kernel.name << " \"" << text << "\"";
  std::string small(text.substr(0, size));
  std::ranges::transform(small, small.begin(), [](char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  ASSERT_EQ(std::string(to.data(), size), small) << kernel.name;
}

TEST(TextKernels, FoldSimpleStretches) {
  Dice dice(1);
  for (int i = 0; i < 20'000; i++) {
    const std::string text = random_bytes(dice, dice.below(150),
                                          std::string_view("  \n\0\x1F\x7F\x80\xC3\xFF@[`{~!", 16));
    for (const TextKernel* kernel : kernels()) {
      expect_simple_stretch(*kernel, text, dice.percent(50));
      if (HasFatalFailure()) return;
    }
  }
}

TEST(TextKernels, FoldEveryByte) {
  constexpr std::array<std::size_t, 12> kSizes = {1, 3, 4, 8, 15, 16, 17, 31, 32, 33, 64, 65};
  for (int byte = 0; byte < 256; byte++) {
    for (const std::size_t size : kSizes) {
      std::string text(size, 'x');
      text[size / 2] = static_cast<char>(byte);
      for (const TextKernel* kernel : kernels()) {
        expect_simple_stretch(*kernel, text, false);
        if (HasFatalFailure()) return;
      }
    }
  }
}

struct Scanned {
  std::vector<std::uint64_t> tokens;
  bool any = false;
  bool spread = false;

  friend bool operator==(const Scanned&, const Scanned&) = default;
};

Scanned scanned(const TextKernel& kernel, std::string_view text) {
  Scanned all;
  ScanState state;
  for (std::size_t from = 0; from <= text.size(); from += kScanBlocks * kBlockBytes) {
    DisguisePlaces places;
    const bool found = kernel.scan_for_disguises(text.data(), text.size(), from, state, places);
    EXPECT_EQ(found, places.any || places.spread);
    all.tokens.insert(all.tokens.end(), places.tokens, places.tokens + places.blocks);
    all.any = all.any || places.any;
    all.spread = all.spread || places.spread;
  }
  return all;
}

// That nothing is missed, plain_fold_test.cc knows.
TEST(TextKernels, ScanAlike) {
  Dice dice(2);
  FoldedView view;
  for (int i = 0; i < 20'000; i++) {
    const std::size_t size = dice.percent(10) ? dice.below(4000) : dice.below(300);
    fold(random_bytes(dice, size, "aoiubb0123!@$|_. -x"), view);
    const Scanned plain = scanned(plain_text_kernel, view.text());
    for (const TextKernel* kernel : kernels()) {
      ASSERT_EQ(scanned(*kernel, view.text()), plain)
          << kernel->name << " \"" << view.text() << "\"";
    }
  }
}

// What most texts have does not make them suspicious.
TEST(TextKernels, OrdinaryTextsAreOfNoInterest) {
  FoldedView view;
  for (const char* text :
       {"", "Selamat pagi, semuanya!", "maaf saat tanggal 17, jam 10.30 ya @budi_12",
        "nomor 2, rp 15.000 dan 1!", "a b", "https://contoh.example/b/12345", "s.h. dan m.h."}) {
    fold(text, view);
    const Scanned found = scanned(text_kernel(), view.text());
    EXPECT_FALSE(found.any) << text;
    EXPECT_FALSE(found.spread) << text;
  }
}

}  // namespace
}  // namespace pantau
