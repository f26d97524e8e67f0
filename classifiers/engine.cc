#include "classifiers/engine.h"

#include <algorithm>

#include "classifiers/accounts/campaign_index.h"
#include "classifiers/contests/mentions.h"

namespace pantau {
namespace {

// Enough to overlap the waiting for memory, and few enough that none of it is gone from the cache
// again before it is used.
constexpr std::size_t kRecordsAtATime = 64;

std::vector<CandidateHandle> handles_of_candidates(const CampaignList& campaign) {
  std::vector<CandidateHandle> handles;
  for (const CampaignEntry& entry : campaign) {
    if (entry.candidate == kNoCandidate || entry.handle.empty()) continue;
    handles.push_back(
        {entry.contest, entry.candidate, entry.platform, entry.handle, entry.validity});
  }
  return handles;
}

}  // namespace

struct Engine::Compiled {
  explicit Compiled(EngineLists given)
      : lists(std::move(given)),
        campaign(lists.campaign, lists.contests),
        mentions(lists.contests, handles_of_candidates(lists.campaign)) {}

  EngineLists lists;
  CampaignIndex campaign;
  MentionFinder mentions;
  std::unique_ptr<const RuleSet> rules;
};

// A record in which a subject acts, and what is already under way to know whose account its
// target is.
struct Engine::Acting {
  std::uint32_t record = 0;  // position in the batch
  RosterHit subject;
  AccountLookUp target;
};

class Engine::Scratch {
 public:
  explicit Scratch(const RuleSet& rule_set) : rules(rule_set) {}

  std::vector<Acting> acting;
  FoldedView plain;
  FoldedView undisguised;
  std::vector<std::uint32_t> campaign_entries;
  std::vector<TargetLink> targets;
  std::vector<Mention> mentions;
  RuleSet::Scratch rules;
};

Result<Engine> Engine::make(EngineLists lists, const MakeMatchNominator& make_nominator) {
  auto compiled = std::make_unique<Compiled>(std::move(lists));
  TRY(RuleSet rules,
      RuleSet::compile(compiled->lists.packs, compiled->lists.contests, make_nominator));
  compiled->rules = std::make_unique<const RuleSet>(std::move(rules));
  return Engine(std::move(compiled));
}

Engine::Engine(std::unique_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine::~Engine() = default;

Engine::ScratchPtr Engine::make_scratch() const {
  return {new Scratch(*compiled_->rules), [](Scratch* scratch) { delete scratch; }};
}

const EngineLists& Engine::lists() const {
  return compiled_->lists;
}
std::span<const RuleRef> Engine::rules() const {
  return compiled_->rules->rules();
}
std::span<const std::string_view> Engine::featureless_patterns() const {
  return compiled_->rules->featureless();
}

void Engine::run(std::span<const Record> records, Scratch& scratch, Findings& findings) const {
  const Roster& roster = lists().roster;
  std::vector<AccountLookUp> actors;
  actors.reserve(records.size());
  for (const Record& record : records) {
    begin_actor(record, actors.emplace_back());
    roster.nominate(actors.back());
  }
  run(records, actors, scratch, findings);
}

void Engine::run(std::span<const Record> records, std::span<const AccountLookUp> actors,
                 Scratch& scratch, Findings& findings) const {
  for (std::size_t begin = 0; begin < records.size(); begin += kRecordsAtATime) {
    const std::size_t count = std::min(kRecordsAtATime, records.size() - begin);
    const std::span<const Record> batch = records.subspan(begin, count);
    find_actors(batch, actors.subspan(begin, count), scratch);
    for (const Acting& acting : scratch.acting) {
      findings.subjects.push_back({acting.subject.entry, acting.subject.subject});
      examine(batch[acting.record], static_cast<std::uint32_t>(begin) + acting.record, acting,
              scratch, findings);
    }
  }
}

// Which of the records are subjects' acts. What the campaign list says of their targets is asked
// for as well, so that it comes from memory all at once.
void Engine::find_actors(std::span<const Record> records, std::span<const AccountLookUp> actors,
                         Scratch& scratch) const {
  const EngineLists& lists = compiled_->lists;
  const CampaignIndex& campaign = compiled_->campaign;
  scratch.acting.clear();
  for (std::size_t i = 0; i < records.size(); i++) {
    if (actors[i].nominees.count == 0) continue;
    const Record& record = records[i];
    const std::optional<RosterHit> hit =
        lists.roster.find(actors[i], record.platform, record.actor, record.time, lists.zone);
    if (!hit) continue;
    Acting& acting = scratch.acting.emplace_back();
    acting.record = static_cast<std::uint32_t>(i);
    acting.subject = *hit;
    if (record.target.known()) {
      campaign.begin(actors[i].probe.platform, record.target, acting.target);
    }
  }
  for (const Acting& acting : scratch.acting) campaign.ask_slots(acting.target);
  for (Acting& acting : scratch.acting) campaign.nominate(acting.target);
}

void Engine::examine(const Record& record, std::uint32_t position, const Acting& acting,
                     Scratch& scratch, Findings& findings) const {
  find_targets(record, acting, scratch);
  const RuleSet& rules = *compiled_->rules;
  const bool reads_text =
      !record.text.empty() && (rules.wants_mentions(record.kind) ||
                               (!scratch.targets.empty() && rules.wants_target_text(record.kind)));
  Act act;
  act.kind = record.kind;
  act.time = record.time;
  if (reads_text) {
    read_text(record, compiled_->lists.roster.region(acting.subject), scratch, act);
  }
  act.targets = scratch.targets;
  Flag flag;
  flag.record = position;
  flag.entry = acting.subject.entry;
  flag.matches_begin = static_cast<std::uint32_t>(findings.matches.size());
  if (!rules.evaluate(act, scratch.rules, findings)) return;
  flag.matches_end = static_cast<std::uint32_t>(findings.matches.size());
  for (std::uint32_t match = flag.matches_begin; match < flag.matches_end; match++) {
    const RuleRef& ref = rules.rules()[findings.matches[match].rule];
    flag.level = std::max(flag.level, compiled_->lists.packs[ref.pack].rules[ref.rule].level);
  }
  findings.flags.push_back(flag);
}

void Engine::read_text(const Record& record, std::string_view region, Scratch& scratch,
                       Act& act) const {
  fold(record.text, scratch.plain);
  const bool differs = undisguise(scratch.plain, scratch.undisguised);
  act.views = {&scratch.plain, differs ? &scratch.undisguised : nullptr};
  const MentionContext context{record.platform, region, record.time};
  compiled_->mentions.find(scratch.plain, act.views.undisguised, context, scratch.mentions);
  act.mentions = scratch.mentions;
}

void Engine::explain(const Record& record, std::string_view region, Scratch& scratch,
                     Explanation& explanation) const {
  explanation = {};
  const EngineLists& lists = compiled_->lists;
  Acting acting;
  if (const auto hit = lists.roster.find(record.platform, record.actor, record.time, lists.zone)) {
    acting.subject = *hit;
    explanation.entry = hit->entry;
    region = lists.roster.region(*hit);
  }
  explanation.region = region;
  if (record.target.known()) {
    AccountLookUp actor;
    begin_actor(record, actor);
    compiled_->campaign.begin(actor.probe.platform, record.target, acting.target);
    compiled_->campaign.nominate(acting.target);
  }
  find_targets(record, acting, scratch);
  Act act;
  act.kind = record.kind;
  act.time = record.time;
  act.targets = scratch.targets;
  if (!record.text.empty()) read_text(record, region, scratch, act);
  compiled_->rules->explain(act, scratch.rules, explanation.rules);
  describe(act, explanation);
}

// What an act was found to be, in the explanation's own words.
void Engine::describe(const Act& act, Explanation& explanation) const {
  std::vector<bool> concerned(lists().contests.size());
  for (const TargetLink& target : act.targets) {
    explanation.targets.push_back({target.contest, target.candidate, target.type});
    concerned[target.contest] = true;
  }
  for (const Mention& mention : act.mentions) {
    explanation.mentions.push_back({mention.contest, mention.candidate, mention.slogan,
                                    mention.kind, act.views.plain->source_of(mention.plain)});
    concerned[mention.contest] = true;
  }
  for (ContestIndex contest = 0; contest < concerned.size(); contest++) {
    if (!concerned[contest]) continue;
    explanation.stages.push_back({contest, compiled_->rules->stage_at(contest, act.time)});
  }
  if (act.views.plain == nullptr) return;
  explanation.plain = act.views.plain->text();
  if (act.views.undisguised != nullptr) explanation.undisguised = act.views.undisguised->text();
}

void Engine::find_targets(const Record& record, const Acting& acting, Scratch& scratch) const {
  scratch.targets.clear();
  if (acting.target.nominees.count == 0) return;
  compiled_->campaign.find(acting.target, record.platform, record.target, record.time,
                           scratch.campaign_entries);
  for (const std::uint32_t position : scratch.campaign_entries) {
    const CampaignEntry& entry = compiled_->lists.campaign[position];
    scratch.targets.push_back({entry.contest, entry.candidate, entry.type});
  }
}

}  // namespace pantau
