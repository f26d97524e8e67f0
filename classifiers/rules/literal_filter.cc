#include "classifiers/rules/literal_filter.h"

#include <re2/filtered_re2.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "classifiers/base/check.h"

namespace pantau {
namespace {

// About how often a letter stands in Indonesian text, in thousandths. Only the order of
// literals by rarity depends on it, never an answer.
double frequency_of(char c) {
  constexpr std::array<int, 26> kLetters = {180, 25, 6,  42, 80, 3,  35, 24, 78, 7, 48, 32, 40,
                                            90,  20, 28, 1,  46, 42, 55, 50, 2,  5, 1,  16, 1};
  if (c >= 'a' && c <= 'z') return kLetters[static_cast<std::size_t>(c - 'a')] / 1000.0;
  return c == ' ' ? 0.15 : 0.002;
}

double frequency_of(std::string_view text) {
  return std::accumulate(text.begin(), text.end(), 1.0,
                         [](double product, char c) { return product * frequency_of(c); });
}

// One expression's literals, and whether it could match with some of them present.
class Requirement {
 public:
  explicit Requirement(std::string_view expression) : filter_(kLiteralBytesMin) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    int id = 0;
    CHECK(filter_.Add(expression, options, &id) == re2::RE2::NoError, "it compiled before");
    filter_.Compile(&atoms_);
  }

  const std::vector<std::string>& atoms() const { return atoms_; }

  bool could_match_with(const std::vector<int>& present) {
    potentials_.clear();
    filter_.AllPotentials(present, &potentials_);
    return !potentials_.empty();
  }

 private:
  re2::FilteredRE2 filter_;
  std::vector<std::string> atoms_;
  std::vector<int> potentials_;
};

// The fewest and rarest literals without all of which the expression cannot match: the commonest
// are dropped as long as the others suffice. Empty if there are no such literals.
std::vector<std::string> necessary_literals(std::string_view expression) {
  Requirement requirement(expression);
  const std::vector<std::string>& atoms = requirement.atoms();
  std::vector<int> dropped;
  if (atoms.empty() || requirement.could_match_with(dropped)) return {};
  std::vector<int> by_frequency(atoms.size());
  std::iota(by_frequency.begin(), by_frequency.end(), 0);
  std::ranges::sort(by_frequency, [&](int a, int b) {
    const auto of = [&](int atom) { return frequency_of(atoms[static_cast<std::size_t>(atom)]); };
    return of(a) != of(b) ? of(a) > of(b) : a < b;
  });
  std::vector<std::string> kept;
  for (const int atom : by_frequency) {
    dropped.push_back(atom);
    if (requirement.could_match_with(dropped)) {
      dropped.pop_back();
      kept.push_back(atoms[static_cast<std::size_t>(atom)]);
    }
  }
  return kept;
}

}  // namespace

LiteralFilter::LiteralFilter(std::span<const std::string_view> expressions)
    : first_(1U << kHashBits, kNone), bits_((1U << kHashBits) / 64) {
  for (std::uint32_t i = 0; i < expressions.size(); i++) {
    std::vector<std::string> literals = necessary_literals(expressions[i]);
    if (literals.empty()) always_.push_back(i);
    for (std::string& literal : literals) add(std::move(literal), i);
  }
}

void LiteralFilter::add(std::string literal, std::uint32_t expression) {
  const std::uint32_t size = std::min<std::uint32_t>(4, static_cast<std::uint32_t>(literal.size()));
  CHECK(size >= kLiteralBytesMin, "FilteredRE2 was asked for no shorter ones");
  std::uint32_t window_at = 0;
  double rarest = 2;
  for (std::uint32_t at = 0; at + size <= literal.size(); at++) {
    const double frequency = frequency_of(std::string_view(literal).substr(at, size));
    if (frequency < rarest) {
      rarest = frequency;
      window_at = at;
    }
  }
  std::uint32_t bytes = load_three(literal.data() + window_at);
  if (size == 4) {
    bytes |= std::uint32_t{static_cast<unsigned char>(literal[window_at + 3])} << 24;
  }
  const std::uint32_t slot = hash(bytes, size);
  bits_[slot >> 6] |= std::uint64_t{1} << (slot & 63);
  literals_.push_back({std::move(literal), window_at, expression, first_[slot]});
  first_[slot] = static_cast<std::uint32_t>(literals_.size() - 1);
}

}  // namespace pantau
