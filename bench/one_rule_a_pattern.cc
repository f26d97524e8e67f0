#include "bench/one_rule_a_pattern.h"

#include "bench/patterns.h"

namespace pantau::bench {

Expressions make_expressions(std::uint64_t seed, std::uint32_t count) {
  Expressions expressions;
  expressions.reserve(count);
  for (std::uint32_t i = 0; i < count; i++) {
    expressions.push_back(make_pattern(seed, i).expression);
  }
  return expressions;
}

RulePack pack_of(const Expressions& expressions) {
  RulePack pack;
  pack.id = "bench";
  for (std::uint32_t i = 0; i < expressions.size(); i++) {
    Pattern pattern;
    pattern.name = std::to_string(i);
    pattern.expressions = {expressions[i]};
    pack.patterns.push_back(std::move(pattern));
    Rule rule;
    rule.id = std::to_string(i);
    rule.kinds.set();
    rule.stages.set();
    rule.target_types.set();
    rule.any = {i};
    pack.rules.push_back(std::move(rule));
  }
  return pack;
}

}  // namespace pantau::bench
