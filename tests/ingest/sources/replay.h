// A source and recorded answers, from a fixture: what it asks, what it makes of the answers.
//
// A fixture is NDJSON. Its first line says which source: {"source": TOML of its [[source]] table,
// "campaign": [{"id"?, "handle"?}]}. Every other line is an answer: {"status", "headers"?, "body"
// (JSON), "text", or of a stream "messages" (JSON, or as they are), "at"?}; `at` is when it came,
// else a minute after the one before.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "pipeline/archive/chunk.h"
#include "pipeline/ingest/source.h"
#include "tests/layouts/reading_text.h"

namespace pantau {

using Json = nlohmann::ordered_json;

// Made from the text of a table, with the keys that the caller of make() reads; null and the
// mistakes if it is none.
struct MadeSource {
  std::unique_ptr<Source> source;
  std::string mistakes;
};

inline MadeSource make_source(const std::string& toml,
                              const std::vector<CampaignAccount>& campaign) {
  MadeSource made;
  Mistakes mistakes("source.toml", toml);
  const std::optional<toml::table> table = parse_toml(toml, mistakes);
  if (!table) return {nullptr, mistakes.report()};
  TomlReader reader(*table, "source", mistakes);
  const std::string name = reader.required_text("platform");
  for (const Platform* const platform : all_platforms()) {
    if (platform->name == name) made.source = platform->make(reader, campaign);
  }
  reader.finish();
  made.mistakes = mistakes.report();
  if (!mistakes.empty()) made.source.reset();
  return made;
}

inline std::vector<CampaignAccount> campaign_of(const Json& head) {
  std::vector<CampaignAccount> accounts;
  if (!head.contains("campaign")) return accounts;
  for (const Json& account : head["campaign"]) {
    accounts.push_back({account.value("id", ""), handle_key(account.value("handle", ""))});
  }
  return accounts;
}

// An answer that owns its bytes, padded as sources may expect.
class OwnedAnswer {
 public:
  OwnedAnswer(int status, std::vector<Header> headers, std::string body, Instant at)
      : headers_(std::move(headers)), body_(std::move(body)) {
    const std::size_t size = body_.size();
    body_.append(kChunkPaddingBytes, '"');
    answer_.status = status;
    answer_.headers = headers_;
    answer_.body = std::string_view(body_).substr(0, size);
    answer_.received_at = at;
  }
  OwnedAnswer(const OwnedAnswer&) = delete;
  OwnedAnswer& operator=(const OwnedAnswer&) = delete;

  const Answer& answer() const { return answer_; }

 private:
  std::vector<Header> headers_;
  std::string body_;
  Answer answer_;
};

// What a page holds, as text; its cursor is left to whoever asks.
inline std::string text_of(const Page& page) {
  std::string text;
  for (const SourcedAct& act : page.acts) {
    text += "act " + std::string(act.record.platform) + " " +
            std::string(name_of(act.record.kind)) + "\n" + text_of(act.record);
    add_field(text, "edited_at", act.edited_at);
  }
  for (const Removal& removal : page.removals) {
    text += "removal (" + std::string(removal.reason) + ") of " +
            std::string(name_of(removal.record.kind)) + "\n" + text_of(removal.record);
  }
  for (const auto& [what, count] : page.not_acts) {
    text += "skipped " + std::to_string(count) + ": " + std::string(what) + "\n";
  }
  for (const auto& [what, count] : page.rejected) {
    text += "rejected " + std::to_string(count) + ": " + std::string(what) + "\n";
  }
  for (const std::string& notice : page.notices) text += "notice: " + notice + "\n";
  return text;
}

inline std::string text_of(const Verdict& verdict) {
  constexpr std::string_view kNames[] = {"page", "wait", "retry", "stop"};
  std::string text(kNames[static_cast<std::size_t>(verdict.is)]);
  if (verdict.until) text += " until " + format_rfc3339(*verdict.until);
  if (!verdict.reason.empty()) text += ": " + verdict.reason;
  return text + "\n";
}

inline std::string text_of(const Request& request) {
  std::string text = "GET " + request.url;
  if (request.token == TokenUse::Bearer) text += " (token)";
  if (request.token == TokenUse::Parameter) text += " (key)";
  text += '\n';
  for (const Header& header : request.headers) text += header.name + ": " + header.value + "\n";
  if (!request.stream) return text;
  for (const std::string& url : request.stream->mirrors) text += "or " + url + "\n";
  if (!request.stream->hello.empty()) text += "hello: " + request.stream->hello + "\n";
  text += "silent for " + std::to_string(request.stream->silence_max.count()) + " s at most\n";
  return text;
}

}  // namespace pantau
