#include "pipeline/web/case_bag.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "pipeline/evidence/seal.h"
#include "pipeline/output/json_writer.h"
#include "pipeline/output/sha256.h"
#include "pipeline/web/rule_texts.h"

namespace pantau {
namespace {

constexpr char kProgram[] = "pantau " PANTAU_VERSION;

// A queue that was never served has no rule packs: those of the sweep's files, by name and version.
void add_missing_packs(CaseFile& file, const Catalogue& catalogue) {
  std::set<std::string> there;
  for (const CaseRuleText& rules : file.rules) there.insert(rules.pack + '@' + rules.version);
  std::set<std::string> spoke;
  for (const CaseItem& item : file.items) {
    for (const CaseExplanation& why : item.explanations) spoke.insert(why.pack);
  }
  for (const RulePackText& pack : catalogue.packs) {
    const std::string name = pack.pack + '@' + pack.version;
    if (spoke.contains(name) && there.insert(name).second) {
      file.rules.push_back({pack.pack, pack.version, pack.text});
    }
  }
  std::ranges::sort(file.rules, {},
                    [](const CaseRuleText& rules) { return std::pair(rules.pack, rules.version); });
}

void add_rule_texts(CaseExplanation& why, const std::map<std::string, PackTexts>& packs) {
  const auto pack = packs.find(why.pack);
  if (pack == packs.end()) return;
  const auto rule = pack->second.find(why.rule);
  if (rule == pack->second.end()) return;
  why.title_id = rule->second.title_id;
  why.title_en = rule->second.title_en;
  why.level = rule->second.level;
  why.link = rule->second.link;
}

void add_wordings(CaseExplanation& why, const Catalogue& catalogue) {
  for (CaseProposal& proposal : why.proposes) {
    const SkbItem* const item = catalogue.skb_item(proposal.item);
    if (item == nullptr) continue;
    proposal.wording = item->wording;
    proposal.legal_basis = item->legal_basis;
    proposal.sanction = item->sanction;
  }
}

void add_candidate_name(CaseCandidate& candidate, const Catalogue& catalogue) {
  for (const Contest& contest : catalogue.contests) {
    if (contest.id != candidate.contest) continue;
    for (const Candidate& listed : contest.candidates) {
      if (listed.id == candidate.candidate && !listed.names.empty()) {
        candidate.candidate_name = listed.names.front();
      }
    }
  }
}

void complete(CaseFile& file, const BagSources& sources) {
  add_missing_packs(file, sources.catalogue);
  std::map<std::string, PackTexts> packs;
  for (const CaseRuleText& rules : file.rules) {
    packs[rules.pack + '@' + rules.version] = rule_texts_of(rules.text);
  }
  for (CaseItem& item : file.items) {
    for (CaseExplanation& why : item.explanations) {
      add_rule_texts(why, packs);
      add_wordings(why, sources.catalogue);
    }
  }
  add_candidate_name(file.candidate, sources.catalogue);
  file.office = sources.settings.office;
  file.program_version = kProgram;
}

Result<std::string> timestamp_of(const Bag& bag, const TimestampSettings& settings) {
  TRY(const std::unique_ptr<Fetcher> fetcher, make_curl_fetcher(timestamp_limits()));
  return fetch_timestamp(*fetcher, settings, bag.files.at(std::string(kTagManifest)),
                         std::chrono::floor<Instant::duration>(std::chrono::system_clock::now()));
}

}  // namespace

Result<Bag> make_case_bag(CaseFile file, BagKind kind, const BagSources& sources) {
  complete(file, sources);
  const EvidenceSettings& settings = sources.settings;
  BagFiles certificates;
  if (!settings.certificate.empty()) certificates["signer.pem"] = settings.certificate;
  if (!settings.timestamp.ca.empty()) certificates["tsa-ca.pem"] = settings.timestamp.ca;
  TRY(Bag bag, make_bag(file, kind, certificates));
  if (!settings.key.empty()) {
    TRY(bag.files[std::string(kSignatureFile)],
        sign_detached(bag.files.at(std::string(kTagManifest)), settings.key, settings.certificate,
                      bag.made_at));
  }
  if (!settings.timestamp.url.empty()) {
    TRY(bag.files[std::string(kTimestampFile)], timestamp_of(bag, settings.timestamp));
  }
  return bag;
}

Status check_signing(const EvidenceSettings& settings) {
  if (settings.key.empty()) return Status();
  TRY_STATUS(sign_detached("", settings.key, settings.certificate, "2024-01-01T00:00:00Z"));
  return Status();
}

std::string export_detail(BagKind kind, std::string_view via, const Bag* bag) {
  std::string detail;
  JsonWriter out(detail);
  out.begin_object();
  out.key("kind");
  out.string(kind == BagKind::Sealed ? "sealed" : "copy");
  out.key("via");
  out.string(via);
  if (bag != nullptr) {
    out.key("tagmanifest_sha256");
    out.string(sha256_hex(bag->files.at(std::string(kTagManifest))));
  }
  out.end_object();
  return detail;
}

}  // namespace pantau
