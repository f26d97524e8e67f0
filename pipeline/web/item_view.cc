#include "pipeline/web/item_view.h"

#include <algorithm>
#include <map>

#include "pipeline/output/utf8.h"
#include "pipeline/web/json_rows.h"
#include "pipeline/web/request_body.h"

namespace pantau {
namespace {

// Offsets of one text, each asked for once: a text may have hundreds of spans.
class Utf16Offsets {
 public:
  Utf16Offsets(std::string_view text, std::vector<std::size_t> wanted) {
    std::ranges::sort(wanted);
    std::size_t byte = 0;
    std::size_t unit = 0;
    for (const std::size_t offset : wanted) {
      while (byte < std::min(offset, text.size())) {
        const Utf8Part part = utf8_part(text.substr(byte));
        byte += part.size;
        unit += part.is_character && part.size == 4 ? 2 : 1;
      }
      offsets_[offset] = unit;
    }
  }
  std::size_t of(std::size_t byte) const { return offsets_.at(byte); }

 private:
  std::map<std::size_t, std::size_t> offsets_;
};

std::size_t offset_of(JsonNode node) {
  return static_cast<std::size_t>(
      std::max<std::int64_t>(0, read_whole_number(node.text()).value_or(0)));
}

Utf16Offsets offsets_of(std::string_view text, JsonNode matches) {
  std::vector<std::size_t> wanted;
  for (const JsonNode match : matches) {
    for (const JsonNode span : match["spans"]) {
      wanted.push_back(offset_of(span["start"]));
      wanted.push_back(offset_of(span["end"]));
    }
  }
  return {text, std::move(wanted)};
}

void put_span(JsonFields& fields, JsonNode span, const Utf16Offsets& offsets) {
  fields.text("pattern", span["pattern"].string());
  fields.count("start", offset_of(span["start"]));
  fields.count("end", offset_of(span["end"]));
  fields.count("start_utf16", offsets.of(offset_of(span["start"])));
  fields.count("end_utf16", offsets.of(offset_of(span["end"])));
}

void put_proposal(JsonFields& fields, std::string_view id, const Catalogue& catalogue) {
  fields.text("id", id);
  const SkbItem* const item = catalogue.skb_item(id);
  if (item == nullptr) return;
  fields.object("wording", [&](JsonFields& wording) {
    wording.text("id", item->wording);
    wording.text("en", item->wording_en);
  });
  fields.text("sanction", item->sanction);
  fields.text("legal_basis", item->legal_basis);
}

void put_match(JsonFields& fields, JsonNode match, const Utf16Offsets& offsets,
               const ItemViewSources& sources) {
  const std::string rule(match["rule"].string());
  const std::string pack(match["pack"].string());
  fields.text("rule", rule);
  fields.text("pack", pack);
  const auto texts = sources.rule_texts.find(sources.desk, pack);
  const auto found = texts ? texts->find(rule) : PackTexts::const_iterator();
  if (texts && found != texts->end()) {
    fields.object("title", [&](JsonFields& title) {
      title.text("id", found->second.title_id);
      title.text("en", found->second.title_en);
    });
    fields.text("level", found->second.level);
    fields.text("link", found->second.link);
    fields.text_or_null("text", found->second.text);
  }
  for (const std::string_view key :
       {"via", "contest", "candidate", "account_type", "stage", "class"}) {
    fields.text_or_null(key, match[key].string());
  }
  std::vector<std::string> proposes;
  for (const JsonNode id : match["proposes"]) proposes.emplace_back(id.string());
  fields.list("proposes", proposes, [&](JsonFields& out, const std::string& id) {
    put_proposal(out, id, sources.catalogue);
  });
  fields.list("spans", match["spans"],
              [&](JsonFields& out, JsonNode span) { put_span(out, span, offsets); });
}

struct RuleSpan {
  JsonNode span;
  std::string_view rule;
};

void put_flag(JsonFields& fields, const ItemView& item, const ItemViewSources& sources) {
  RequestBody flag;  // our own JSON, read by the same reader
  if (!flag.read(item.flag)) return fields.null("flag");
  fields.raw("flag", item.flag);
  const std::string_view text = flag.root()["record"]["text"].string();
  const JsonNode matches = flag.root()["matches"];
  const Utf16Offsets offsets = offsets_of(text, matches);
  fields.text("text", text);
  std::vector<RuleSpan> spans;
  for (const JsonNode match : matches) {
    for (const JsonNode span : match["spans"]) spans.push_back({span, match["rule"].string()});
  }
  fields.list("spans", spans, [&](JsonFields& out, const RuleSpan& span) {
    put_span(out, span.span, offsets);
    out.text("rule", span.rule);
  });
  fields.list("rules", matches,
              [&](JsonFields& out, JsonNode match) { put_match(out, match, offsets, sources); });
}

void put_subject(JsonFields& fields, const ItemView& item) {
  fields.object("subject", [&](JsonFields& out) {
    out.text("id", item.row.subject);
    out.text_or_null("name", item.subject.name);
    out.text_or_null("nip", item.subject.nip);
    out.text("category", item.row.category);
    out.text_or_null("agency", item.row.agency);
    out.text_or_null("position", item.subject.position);
    out.text("region", item.row.region);
    out.text("ownership", item.row.ownership);
    out.text("basis", item.basis);
  });
}

void put_capture(JsonFields& fields, const std::optional<Capture>& capture) {
  if (!capture) return fields.null("captures");
  fields.object("captures", [&](JsonFields& out) {
    out.text("request", capture->request);
    out.number("status", capture->status);
    out.text("headers", capture->headers);
    out.text("received_at", capture->received_at);
    out.text_or_null("server_time", capture->server_time);
    if (capture->clock_ms) {
      out.number("clock_ms", *capture->clock_ms);
    } else {
      out.null("clock_ms");
    }
    out.text("body_sha256", capture->body_sha256);
    out.number("body_bytes", capture->body_bytes);
    out.text("received_sha256", capture->received_sha256);
  });
}

void put_ranking(JsonFields& fields, const std::optional<ItemRanking>& ranking) {
  if (!ranking) return fields.null("ranking");
  fields.object("ranking", [&](JsonFields& out) {
    out.number("version", ranking->version);
    out.real("chance", ranking->chance);
    out.list("reasons", ranking->reasons, [](JsonFields& reason, const RankingWeight& weight) {
      reason.text("feature", weight.feature);
      reason.real("weight", static_cast<double>(weight.weight) / static_cast<double>(kWeightUnit));
    });
  });
}

void put_claim(JsonFields& fields, const std::optional<ClaimRow>& claim, StaffId staff) {
  if (!claim) return fields.null("claim");
  fields.object("claim", [&](JsonFields& out) {
    out.object("staff", [&](JsonFields& who) {
      who.number("id", claim->staff);
      who.text("name", claim->staff_name);
    });
    out.yes_no("mine", claim->staff == staff);
    out.time("until", claim->until);
    // The fence is what a decision is made under: only its holder has a use for it.
    if (claim->staff == staff) out.number("fence", claim->fence);
  });
}

}  // namespace

std::size_t utf16_offset(std::string_view text, std::size_t byte_offset) {
  return Utf16Offsets(text, {byte_offset}).of(byte_offset);
}

void put_item_view(JsonFields& fields, const ItemView& item, const ItemViewSources& sources) {
  fields.number("item", item.row.item);
  fields.text("key", item.row.key);
  fields.text("state", item.row.state);
  fields.text("level", item.row.level);
  fields.text("kind", item.row.kind);
  fields.text("platform", item.row.platform);
  fields.text("sweep", item.sweep);
  fields.text("mandate", item.mandate);
  fields.text("acted_at", item.row.acted_at);
  fields.text("acted_day", item.acted_day);
  fields.text("found_at", item.row.found_at);
  fields.text_or_null("deleted_at", item.row.deleted_at);
  fields.time("due_at", item.row.due_at);
  fields.number("days_left", item.row.days_left);
  fields.count("received_bytes", item.received_bytes);
  put_flag(fields, item, sources);
  put_subject(fields, item);
  put_capture(fields, item.capture);
  fields.list("links", item.links, [](JsonFields& out, const ItemView::Link& link) {
    out.text("contest", link.contest);
    out.text_or_null("candidate", link.candidate);
    out.text("stage", link.stage);
    out.number("pile", link.pile);
  });
  fields.list("events", item.events, [](JsonFields& out, const ItemEvent& event) {
    out.text("event", event.event);
    out.text("at", event.at);
    out.text("observed_at", event.observed_at);
    out.text("note", event.reason);
    out.raw("flag", event.flag);
  });
  fields.list("decisions", item.decisions, put_decision);
  fields.list("facts", item.facts, [](JsonFields& out, const FactRow& fact) {
    out.text("fact", fact.fact);
    out.text_or_null("note", fact.note);
    out.text("staff", fact.staff_name);
    out.time("at", fact.at);
  });
  put_claim(fields, item.claim, sources.staff);
  put_ranking(fields, item.ranking);
  fields.list("others", item.others, put_item_row);
}

}  // namespace pantau
