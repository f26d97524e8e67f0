#include "pipeline/ingest/page_examiner.h"

#include <chrono>

#include "pipeline/ingest/waits.h"
#include "pipeline/output/sha256.h"
#include "pipeline/sweep/found_flag.h"

namespace pantau {
namespace {

std::string edit_time(std::string_view edited_at, Instant received_at) {
  return format_rfc3339(parse_rfc3339(edited_at).value_or(received_at));
}

// Cookies are the session's and prove nothing.
std::string header_lines(const Answer& answer) {
  std::string lines;
  for (const Header& header : answer.headers) {
    if (header.name == "set-cookie") continue;
    lines += header.name + ": " + header.value + '\n';
  }
  return lines;
}

}  // namespace

PageExaminer::PageExaminer(const Engine& engine, SweepName sweep)
    : engine_(engine), sweep_(std::move(sweep)), scratch_(engine.make_scratch()) {}

PageFindings PageExaminer::examine(Page& page, const Origin& origin) {
  PageFindings found;
  capture_.reset();
  records_.clear();
  const std::string_view observed_at = page.arena.keep(format_rfc3339(origin.answer.received_at));
  for (SourcedAct& act : page.acts) {
    act.record.provenance = Provenance::Api;
    if (act.record.observed_at.empty()) act.record.observed_at = observed_at;
    if (act.record.created_at.empty()) {
      act.record.time = parse_rfc3339(act.record.observed_at).value_or(origin.answer.received_at);
    }
    records_.push_back(act.record);
  }
  findings_.clear();
  engine_.run(records_, *scratch_, findings_);
  flagged_.assign(records_.size(), false);
  for (const Flag& flag : findings_.flags) keep_flag(flag, page, origin, found);
  keep_edits_without_flag(page, origin, found);
  for (const Removal& removal : page.removals) {
    append_deletion(engine_.lists(), removal.record, removal.reason, found.deletions);
  }
  return found;
}

void PageExaminer::keep_flag(const Flag& flag, const Page& page, const Origin& origin,
                             PageFindings& found) {
  const SourcedAct& act = page.acts[flag.record];
  const SourceLine source{origin.request.url, flag.record + 1, act.received};
  const FlagContext context{engine_, findings_, sweep_};
  ReviewItem item = found_flag(context, flag, act.record, source, true).item;
  ItemCapture capture = capture_of(origin);
  capture.received_sha256 = sha256_hex(act.received);
  if (origin.request.stream) {  // the message is all of what was received at once
    capture.status = 0;
    capture.body_sha256 = capture.received_sha256;
    capture.body_bytes = act.received.size();
  }
  flagged_[flag.record] = true;
  if (!act.edited_at.empty()) {
    found.edits.push_back({item.key, edit_time(act.edited_at, origin.answer.received_at),
                           "edited, and still flagged", item.flag, item.received});
  }
  found.items.push_back(std::move(item));
  found.captures.push_back(std::move(capture));
}

// An edit may take away what was flagged: then the item must say so. Whether there is an item,
// the store knows; edits of strangers are not even told to it.
void PageExaminer::keep_edits_without_flag(const Page& page, const Origin& origin,
                                           PageFindings& found) {
  const EngineLists& lists = engine_.lists();
  for (std::size_t i = 0; i < page.acts.size(); i++) {
    const SourcedAct& act = page.acts[i];
    if (act.edited_at.empty() || flagged_[i]) continue;
    const Record& record = act.record;
    if (!lists.roster.find(record.platform, record.actor, record.time, lists.zone)) continue;
    found.edits.push_back({key_of(record),
                           edit_time(act.edited_at, origin.answer.received_at),
                           "edited, and no longer flagged",
                           {},
                           {}});
  }
}

const ItemCapture& PageExaminer::capture_of(const Origin& origin) {
  if (capture_) return *capture_;
  const Answer& answer = origin.answer;
  capture_.emplace();
  capture_->request = origin.request.url;
  capture_->status = answer.status;
  capture_->headers = header_lines(answer);
  capture_->received_at = format_rfc3339(answer.received_at);
  if (const std::optional<Instant> time = server_time(answer)) {
    capture_->server_time = format_rfc3339(*time);
    capture_->clock_ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(*time - answer.received_at).count();
  }
  capture_->body_sha256 = sha256_hex(answer.body);
  capture_->body_bytes = answer.body.size();
  return *capture_;
}

}  // namespace pantau
