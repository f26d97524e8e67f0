// Rule packs: checked, kept as drafts, and activated by a second person.
#include "classifiers/base/mistakes.h"
#include "classifiers/rules/pack.h"
#include "pipeline/desk/packs.h"
#include "pipeline/web/handlers.h"
#include "pipeline/web/json_fields.h"
#include "pipeline/web/request_body.h"

namespace pantau {
namespace {

constexpr std::string_view kPackName = "pack";

struct ToldMistake {
  std::size_t line = 0, column = 0;
  std::string message;
};

// A report's "pack:LINE:COLUMN: error: …" as line, column and words; what stands between (the
// line and its caret) is at hand in the page already.
std::vector<ToldMistake> told(std::string_view report) {
  std::vector<ToldMistake> mistakes;
  const std::string start = std::string(kPackName) + ":";
  while (!report.empty()) {
    const std::size_t end = std::min(report.find('\n'), report.size());
    std::string_view line = report.substr(0, end);
    report.remove_prefix(std::min(end + 1, report.size()));
    if (!line.starts_with(start)) continue;
    line.remove_prefix(start.size());
    ToldMistake mistake;
    for (std::size_t* const place : {&mistake.line, &mistake.column}) {
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos) break;
      const auto number = read_whole_number(line.substr(0, colon));
      if (!number) break;
      *place = static_cast<std::size_t>(*number);
      line.remove_prefix(colon + 1);
    }
    constexpr std::string_view kError = "error: ";
    const std::size_t words = line.find(kError);
    mistake.message = words == std::string_view::npos ? line : line.substr(words + kError.size());
    mistakes.push_back(std::move(mistake));
  }
  return mistakes;
}

void put_pack(JsonFields& fields, const PackRow& row) {
  fields.number("id", row.id);
  fields.text("pack", row.pack);
  fields.text("version", row.version);
  fields.text("state", row.state);
  fields.text("sha256", row.sha256);
  fields.text_or_null("author", row.author);
  fields.text_or_null("activated_by", row.activated_by);
  fields.time("at", row.saved_at);
  if (row.activated_at) {
    fields.time("activated_at", *row.activated_at);
  } else {
    fields.null("activated_at");
  }
}

WebResponse mistakes_answer(const Mistakes& mistakes) {
  return json_answer([&](JsonFields& fields) {
    fields.yes_no("ok", mistakes.empty());
    fields.list("mistakes", told(mistakes.report()), [](JsonFields& out, const ToldMistake& told) {
      out.count("line", told.line);
      out.count("column", told.column);
      out.text("message", told.message);
    });
  });
}

}  // namespace

Reply get_packs(Ask& ask) {
  TRY(const std::vector<PackRow> packs, list_packs(ask.desk, ask.caller));
  return rows_answer(packs, put_pack);
}

Reply get_pack(Ask& ask) {
  TRY(const std::optional<std::string> text, pack_text_of(ask.desk, ask.places[0], ask.places[1]));
  if (!text) return refuse(Refused::NotFound, "There is no such version.");
  return json_answer([&](JsonFields& fields) {
    fields.text("pack", ask.places[0]);
    fields.text("version", ask.places[1]);
    fields.text("text", *text);
  });
}

Reply post_pack_check(Ask& ask) {
  TRY(const std::string text, ask.body.needed_text("text"));
  Mistakes mistakes{std::string(kPackName), text};
  read_rule_pack(text, mistakes);
  return mistakes_answer(mistakes);
}

Reply post_pack(Ask& ask) {
  TRY(const std::string text, ask.body.needed_text("text"));
  Mistakes mistakes{std::string(kPackName), text};
  const RulePack pack = read_rule_pack(text, mistakes);
  if (!mistakes.empty()) return refuse(Refused::Invalid, mistakes.report());
  TRY(const std::int64_t id, save_pack(ask.desk, ask.caller, pack.id, pack.version, text));
  return json_answer([&](JsonFields& fields) { fields.number("id", id); });
}

Reply post_pack_activate(Ask& ask) {
  TRY(const std::int64_t id, ask.number_at(0));
  TRY_STATUS(activate_pack(ask.desk, ask.caller, id));
  return done_answer();
}

}  // namespace pantau
