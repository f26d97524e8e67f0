#include "classifiers/rules/syntax.h"

#include <algorithm>

#include "classifiers/rules/character_class.h"
#include "classifiers/text/words.h"

namespace pantau {
namespace {

// How large a program RE2 may make of an expression that is certain to compile, about, in
// instructions: far below what fits into the memory that it is given, and so small that its
// limit for nested repetitions (1000) cannot be reached.
constexpr std::size_t kCertainSizeMax = 900;
constexpr std::size_t kSizeOfSet = 12;          // of ranges of UTF-8
constexpr int kTimesMax = 1000;                 // RE2 refuses more
constexpr std::size_t kSizeEnough = 1'000'000;  // sums stop here, long before they overflow

class Parser {
 public:
  explicit Parser(std::string_view expression) : at_(expression) {}

  std::optional<Syntax> parse() {
    Syntax syntax;
    if (!alternation(syntax.root, 0) || !at_.rest().empty()) return std::nullopt;
    syntax.is_certain =
        certain_ && size(syntax.root) <= kCertainSizeMax && length_min(syntax.root) > 0;
    return syntax;
  }

 private:
  using Kind = SyntaxNode::Kind;

  // Each reads what its name says into `node`; false: give up.
  bool alternation(SyntaxNode& node, int depth) {
    if (depth > kSyntaxDepthMax) return false;
    const bool ignores_case = ignores_case_;
    node.kind = Kind::Alternation;
    do {
      if (!sequence(node.parts.emplace_back(), depth)) return false;
    } while (at_.take('|'));
    ignores_case_ = ignores_case;
    if (node.parts.size() == 1) {
      SyntaxNode only = std::move(node.parts.front());
      node = std::move(only);
    }
    return true;
  }

  bool sequence(SyntaxNode& node, int depth) {
    node.kind = Kind::Sequence;
    while (!at_.rest().empty() && at_.peek() != '|' && at_.peek() != ')') {
      SyntaxNode part;
      bool is_flags = false;
      if (!atom(part, is_flags, depth)) return false;
      if (is_flags) {
        if (is_repetition(at_.rest())) return false;
        continue;
      }
      if (!repetition(part)) return false;
      append(std::move(part), node);
    }
    return true;
  }

  static void append(SyntaxNode part, SyntaxNode& sequence) {
    std::vector<SyntaxNode>& parts = sequence.parts;
    if (part.kind == Kind::Text && !parts.empty() && parts.back().kind == Kind::Text) {
      parts.back().text += part.text;
    } else {
      parts.push_back(std::move(part));
    }
  }

  static bool is_repetition(std::string_view rest) {
    return !rest.empty() && std::string_view("*+?{").find(rest.front()) != std::string_view::npos;
  }

  bool repetition(SyntaxNode& node) {
    if (!is_repetition(at_.rest())) return true;
    if (node.kind == Kind::Border) return false;
    SyntaxNode repeated;
    repeated.kind = Kind::Repetition;
    if (!times(repeated)) return false;
    at_.take('?');  // as few as possible: the same texts
    if (is_repetition(at_.rest())) return false;
    if (length_min(node) == 0) certain_ = false;
    repeated.parts.push_back(std::move(node));
    node = std::move(repeated);
    return true;
  }

  bool times(SyntaxNode& node) {
    node.times_min = 0;
    node.times_max = SyntaxNode::kNoLimit;
    if (at_.take('*')) return true;
    if (at_.take('+')) {
      node.times_min = 1;
      return true;
    }
    if (at_.take('?')) {
      node.times_max = 1;
      return true;
    }
    at_.take('{');
    if (!number(node.times_min)) return false;
    if (!at_.take(',')) {
      node.times_max = node.times_min;
    } else if (at_.peek() != '}' && (!number(node.times_max) || node.times_max < node.times_min)) {
      return false;
    }
    return at_.take('}');
  }

  bool number(int& number) {
    number = 0;
    std::size_t digits = 0;
    for (; is_ascii_digit(at_.peek()); digits++) {
      number = number * 10 + (at_.peek() - '0');
      if (number > kTimesMax) return false;
      at_.skip(1);
    }
    return digits > 0;
  }

  bool atom(SyntaxNode& node, bool& is_flags, int depth) {
    switch (at_.peek()) {
      case '(':
        return group(node, is_flags, depth);
      case '[':
        return characters(node, at_.read_class(node.set, ignores_case_));
      case '.':
        at_.skip(1);
        node.set.ascii.set();
        node.set.beyond = true;
        return characters(node, true);
      case '^':
      case '$':
        at_.skip(1);
        node.kind = Kind::Border;
        return true;
      case '\\':
        return escape(node);
      case '*':
      case '+':
      case '?':
      case '{':
        return false;
      default:
        return characters(node, at_.read_literal(node.set, ignores_case_));
    }
  }

  // A set of one word character is a text.
  bool characters(SyntaxNode& node, bool is_read) {
    if (!is_read) return false;
    certain_ = certain_ && at_.is_certain();
    node.kind = Kind::Characters;
    if (node.set.beyond || node.set.ascii.count() != 1) return true;
    for (unsigned c = 0; c < node.set.ascii.size(); c++) {
      if (!node.set.ascii.test(c) || !is_syntax_word(c)) continue;
      node.kind = Kind::Text;
      node.text.assign(1, static_cast<char>(c));
    }
    return true;
  }

  bool escape(SyntaxNode& node) {
    const std::string_view rest = at_.rest();
    const char what = rest.size() < 2 ? '\0' : rest[1];
    if (what != 'b' && what != 'B' && what != 'A' && what != 'z') {
      return characters(node, at_.read_escape(node.set, ignores_case_));
    }
    at_.skip(2);
    // What \B says is of no use, but it must not be repeated either.
    if (what == 'B' && is_repetition(at_.rest())) return false;
    node.kind = what == 'B' ? Kind::Nothing : Kind::Border;
    return true;
  }

  bool group(SyntaxNode& node, bool& is_flags, int depth) {
    at_.take('(');
    const bool ignores_case = ignores_case_;
    if (at_.take('?')) {
      if (!flags()) return false;
      if (at_.take(')')) {
        is_flags = true;
        return true;
      }
      if (!at_.take(':')) return false;
    }
    const bool is_read = alternation(node, depth + 1) && at_.take(')');
    ignores_case_ = ignores_case;
    return is_read;
  }

  // "i", "-i", "s", "is-…", or none before a colon. Whether '.' matches a line's end makes no
  // difference here.
  bool flags() {
    if (at_.peek() == ':') return true;
    bool sets = true;
    std::size_t count = 0;
    for (;; at_.skip(1)) {
      const char flag = at_.peek();
      if (flag == '-' && sets) {
        sets = false;
        count = 0;
      } else if (flag == 'i' || flag == 's') {
        if (flag == 'i') ignores_case_ = sets;
        count++;
      } else {
        return count > 0;
      }
    }
  }

  static std::size_t size(const SyntaxNode& node) {
    std::size_t sum = 1 + node.text.size();
    if (node.kind == Kind::Characters) sum += kSizeOfSet;
    for (const SyntaxNode& part : node.parts) sum += size(part);
    if (node.kind == Kind::Repetition) {
      sum *= static_cast<std::size_t>(std::max({1, node.times_min, node.times_max}));
    }
    return std::min(sum, kSizeEnough);
  }

  // At least so many characters has whatever matches.
  static std::size_t length_min(const SyntaxNode& node) {
    std::size_t sum = node.text.size();
    if (node.kind == Kind::Characters) sum = 1;
    for (std::size_t i = 0; i < node.parts.size(); i++) {
      const std::size_t length = length_min(node.parts[i]);
      const bool shortest = node.kind == Kind::Alternation && i > 0;
      sum = shortest ? std::min(sum, length) : sum + length;
    }
    if (node.kind == Kind::Repetition) sum *= static_cast<std::size_t>(node.times_min);
    return std::min(sum, kSizeEnough);
  }

  CharacterReader at_;
  bool ignores_case_ = false;
  bool certain_ = true;
};

}  // namespace

std::optional<Syntax> parse_syntax(std::string_view expression) {
  return Parser(expression).parse();
}

}  // namespace pantau
