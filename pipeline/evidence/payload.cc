// What stands in a bag's data/.
#include <fmt/format.h>

#include "pipeline/evidence/bag.h"
#include "pipeline/evidence/custody.h"
#include "pipeline/evidence/mask.h"
#include "pipeline/evidence/report.h"
#include "pipeline/output/json_writer.h"
#include "pipeline/output/sha256.h"

namespace pantau {
namespace {

std::string numbered(std::size_t index) {
  return fmt::format("{:04}", index + 1);
}

// What is there behind a key; "" stands for what is not known.
void put(JsonWriter& out, std::string_view key, std::string_view value) {
  out.key(key);
  if (value.empty()) out.null();
  if (!value.empty()) out.string(value);
}

void put(JsonWriter& out, std::string_view key, std::uint64_t value) {
  out.key(key);
  out.number(value);
}

template <class Texts>
void put_texts(JsonWriter& out, std::string_view key, const Texts& texts) {
  out.key(key);
  out.begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

class Payload {
 public:
  Payload(const CaseFile& file, BagKind kind)
      : file_(file),
        kind_(kind),
        is_sealed_(kind == BagKind::Sealed),
        mask_(is_sealed_ ? Mask() : Mask(file)) {}

  Result<BagFiles> make() {
    for (std::size_t i = 0; i < file_.items.size(); i++) add_item(i);
    for (std::size_t i = 0; i < file_.identity.size(); i++) add_identity(i);
    for (const CaseRuleText& rules : file_.rules) {
      files_[rules_file(rules)] = rules.text;
    }
    add_decisions();
    files_["data/log/custody.jsonl"] =
        custody_log(file_.custody, is_sealed_ ? CustodyDetail::Whole : CustodyDetail::LeftOut);
    add_case();
    const Report report = make_report(file_, kind_);
    files_["data/report.html"] = report_html(report);
    TRY(files_["data/report.pdf"], report_pdf(report));
    return std::move(files_);
  }

 private:
  static std::string rules_file(const CaseRuleText& rules) {
    return "data/rules/" + file_name_of(rules.pack + '@' + rules.version) + ".toml";
  }

  std::string& start(const std::string& path) { return files_[path]; }

  void add_item(std::size_t index) {
    const CaseItem& item = file_.items[index];
    const std::string folder = "data/items/" + numbered(index) + '/';
    files_[folder + "record.json"] = mask_.json(item.record, item) + '\n';
    files_[folder + "flag.json"] = mask_.json(item.flag, item) + '\n';
    if (is_sealed_) files_[folder + "received.bin"] = item.received;
    if (item.capture) add_capture(folder, *item.capture);
    if (!item.events.empty()) add_events(folder, item);
    add_explanations(index);
  }

  void add_capture(const std::string& folder, const CaseCapture& capture) {
    if (is_sealed_) {
      files_[folder + "response.headers"] = capture.headers;
      JsonWriter request(start(folder + "request.json"), JsonStyle::Pretty);
      request.begin_object();
      put(request, "url", capture.request);
      request.end_object();
      files_[folder + "request.json"] += '\n';
    }
    JsonWriter out(start(folder + "capture.json"), JsonStyle::Pretty);
    out.begin_object();
    out.key("status");
    out.number(capture.status);
    put(out, "received_at", capture.received_at);
    put(out, "server_time", capture.server_time);
    out.key("clock_ms");
    if (capture.clock_ms) out.number(*capture.clock_ms);
    if (!capture.clock_ms) out.null();
    put(out, "body_sha256", capture.body_sha256);
    put(out, "body_bytes", capture.body_bytes);
    put(out, "received_sha256", capture.received_sha256);
    out.end_object();
    files_[folder + "capture.json"] += '\n';
  }

  void add_events(const std::string& folder, const CaseItem& item) {
    std::string json;
    JsonWriter out(json, JsonStyle::Pretty);
    out.begin_array();
    for (std::size_t i = 0; i < item.events.size(); i++) {
      const CaseEvent& event = item.events[i];
      out.begin_object();
      put(out, "event", event.event);
      put(out, "at", event.at);
      put(out, "observed_at", event.observed_at);
      put(out, "reason", mask_.whole(event.reason));
      put(out, "received_sha256", event.received.empty() ? "" : sha256_hex(event.received));
      out.end_object();
      if (!is_sealed_) continue;
      const std::string stem = folder + "event-" + numbered(i);
      if (!event.flag.empty()) files_[stem + "-flag.json"] = event.flag + '\n';
      if (!event.received.empty()) files_[stem + "-received.bin"] = event.received;
    }
    out.end_array();
    files_[folder + "events.json"] = json + '\n';
  }

  void add_explanations(std::size_t index) {
    const CaseItem& item = file_.items[index];
    std::string& json = start("data/explanations/" + numbered(index) + ".json");
    JsonWriter out(json, JsonStyle::Pretty);
    out.begin_object();
    put(out, "n", numbered(index));
    put(out, "text", mask_.act(item.text, spans_of(item)));
    out.key("rules");
    out.begin_array();
    for (const CaseExplanation& explanation : item.explanations) put_explanation(out, explanation);
    out.end_array();
    out.end_object();
    json += '\n';
  }

  static void put_explanation(JsonWriter& out, const CaseExplanation& explanation) {
    out.begin_object();
    put(out, "rule", explanation.rule);
    put(out, "pack", explanation.pack);
    put(out, "title_id", explanation.title_id);
    put(out, "title_en", explanation.title_en);
    put(out, "level", explanation.level);
    put(out, "link", explanation.link);
    put(out, "via", explanation.via);
    put(out, "contest", explanation.contest);
    put(out, "candidate", explanation.candidate);
    put(out, "account_type", explanation.account_type);
    put(out, "stage", explanation.stage);
    put(out, "class", explanation.stage_class);
    out.key("proposes");
    out.begin_array();
    for (const CaseProposal& proposal : explanation.proposes) {
      out.begin_object();
      put(out, "item", proposal.item);
      put(out, "wording", proposal.wording);
      put(out, "legal_basis", proposal.legal_basis);
      put(out, "sanction", proposal.sanction);
      out.end_object();
    }
    out.end_array();
    out.key("spans");
    out.begin_array();
    for (const CaseSpan& span : explanation.spans) {
      out.begin_object();
      put(out, "pattern", span.pattern);
      put(out, "start", span.start);
      put(out, "end", span.end);
      out.end_object();
    }
    out.end_array();
    out.end_object();
  }

  void add_decisions() {
    std::string& json = start("data/decisions.json");
    JsonWriter out(json, JsonStyle::Pretty);
    out.begin_array();
    for (std::size_t i = 0; i < file_.items.size(); i++) {
      out.begin_object();
      put(out, "n", numbered(i));
      out.key("decisions");
      out.begin_array();
      for (const CaseDecision& decision : file_.items[i].decisions) put_decision(out, decision);
      out.end_array();
      out.key("facts");
      out.begin_array();
      for (const CaseFact& fact : file_.items[i].facts) {
        out.begin_object();
        put(out, "fact", fact.fact);
        put(out, "note", mask_.whole(fact.note));
        put(out, "staff", fact.staff);
        put(out, "at", fact.at);
        out.end_object();
      }
      out.end_array();
      out.end_object();
    }
    out.end_array();
    json += '\n';
  }

  void put_decision(JsonWriter& out, const CaseDecision& decision) const {
    out.begin_object();
    put(out, "seq", decision.seq);
    put(out, "at", decision.at);
    put(out, "staff", decision.staff);
    put(out, "action", decision.action);
    put(out, "reason", decision.reason);
    put(out, "note", mask_.whole(decision.note));
    put_texts(out, "proposes", decision.proposes);
    put(out, "proposes_reason", mask_.whole(decision.proposes_reason));
    put(out, "undone_at", decision.undone_at);
    out.end_object();
  }

  void add_identity(std::size_t index) {
    const CaseIdentityStep& step = file_.identity[index];
    const std::string stem = "data/identity/" + numbered(index);
    std::string& json = start(stem + ".json");
    JsonWriter out(json, JsonStyle::Pretty);
    out.begin_object();
    put(out, "platform", step.platform);
    put(out, "account", mask_.whole(step.account));
    put(out, "description", mask_.whole(step.description));
    put(out, "staff", step.staff);
    put(out, "at", step.at);
    put(out, "media_type", step.media_type);
    put(out, "evidence_sha256", step.evidence_sha256);
    out.end_object();
    json += '\n';
    if (is_sealed_) files_[stem + "-evidence.bin"] = step.evidence;
  }

  void add_case() {
    std::string& json = start("data/case.json");
    JsonWriter out(json, JsonStyle::Pretty);
    out.begin_object();
    put(out, "format", "pantau-case/1");
    put(out, "kind", is_sealed_ ? "sealed" : "copy");
    put(out, "number", file_.number);
    put(out, "state", file_.state);
    put(out, "opened_at", file_.opened_at);
    put(out, "mandate", file_.mandate);
    put(out, "timezone", file_.timezone);
    put_people(out);
    out.key("items");
    out.begin_array();
    for (std::size_t i = 0; i < file_.items.size(); i++) put_item(out, i);
    out.end_array();
    put_rules(out);
    put(out, "identity_steps", file_.identity.size());
    put_handover(out);
    put(out, "custody_rows", file_.custody.size());
    put(out, "program", file_.program_version);
    put(out, "exported_by", file_.exported_by);
    put(out, "exported_at", file_.exported_at);
    out.end_object();
    json += '\n';
  }

  void put_people(JsonWriter& out) const {
    const CaseSubject& subject = file_.subject;
    out.key("subject");
    out.begin_object();
    put(out, "id", subject.id);
    put(out, "name", mask_.whole(subject.name));
    put(out, "nip", mask_.whole(subject.nip));
    put(out, "category", subject.category);
    put(out, "agency", subject.agency);
    put(out, "position", mask_.whole(subject.position));  // there may be one such post only
    put(out, "region", subject.region);
    out.end_object();
    const CaseCandidate& candidate = file_.candidate;
    out.key("candidate");
    out.begin_object();
    put(out, "contest", candidate.contest);
    put(out, "contest_title", candidate.contest_title);
    put(out, "candidate", candidate.candidate);
    put(out, "candidate_name", candidate.candidate_name);
    out.end_object();
    out.key("office");
    out.begin_object();
    put(out, "organisation", file_.office.organisation);
    put(out, "address", file_.office.address);
    put(out, "assignment", file_.office.assignment);
    put(out, "place", file_.office.place);
    out.end_object();
    out.key("staff");
    out.begin_array();
    for (const CaseStaff& staff : file_.staff) {
      out.begin_object();
      put(out, "staff", staff.staff);
      put(out, "full_name", staff.full_name);
      put_texts(out, "roles", staff.roles);
      out.end_object();
    }
    out.end_array();
  }

  void put_item(JsonWriter& out, std::size_t index) const {
    const CaseItem& item = file_.items[index];
    out.begin_object();
    put(out, "n", numbered(index));
    put(out, "item", item.item);
    put(out, "key", mask_.whole(item.key));
    put(out, "state", item.state);
    put(out, "level", item.level);
    put(out, "platform", item.platform);
    put(out, "kind", item.kind);
    put(out, "acted_at", item.acted_at);
    put(out, "found_at", item.found_at);
    put(out, "due_at", item.due_at);
    put(out, "deleted_at", item.deleted_at);
    put(out, "sweep", item.sweep);
    put(out, "mandate", item.mandate);
    put(out, "ownership", item.ownership);
    put(out, "basis", item.basis);
    put(out, "received_bytes", item.received.size());
    put(out, "received_sha256", sha256_hex(item.received));
    put(out, "record_sha256", sha256_hex(item.record));
    out.end_object();
  }

  void put_rules(JsonWriter& out) const {
    out.key("rules");
    out.begin_array();
    for (const CaseRuleText& rules : file_.rules) {
      out.begin_object();
      put(out, "pack", rules.pack);
      put(out, "version", rules.version);
      put(out, "file", rules_file(rules));
      put(out, "sha256", sha256_hex(rules.text));
      out.end_object();
    }
    out.end_array();
  }

  void put_handover(JsonWriter& out) const {
    out.key("handover");
    if (!file_.handover) return out.null();
    out.begin_object();
    put(out, "to", file_.handover->to);
    put(out, "number", file_.handover->number);
    put(out, "staff", file_.handover->staff);
    put(out, "at", file_.handover->at);
    out.end_object();
  }

  const CaseFile& file_;
  BagKind kind_;
  bool is_sealed_;
  Mask mask_;
  BagFiles files_;
};

}  // namespace

std::string file_name_of(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '@' || (c == '.' && !name.empty());
    name += safe ? c : '_';
  }
  return name;
}

Result<BagFiles> bag_payload(const CaseFile& file, BagKind kind) {
  return Payload(file, kind).make();
}

}  // namespace pantau
