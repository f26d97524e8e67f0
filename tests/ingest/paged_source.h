// A platform for tests, as simple as a live source can be: pages of lines in the record format,
// then a line {"next": N} that says which page follows; 0: none. A line {"deleted": …} tells a
// removal, and "edited_at" in a record an edit.
#pragma once

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "pipeline/ingest/source.h"
#include "pipeline/layouts/layout.h"

namespace pantau {

class PagedSource final : public Source {
 public:
  PagedSource(std::string server, TokenUse token) : server_(std::move(server)), token_(token) {}

  std::string_view platform() const override { return "paged"; }

  std::optional<Request> next(std::string_view cursor) const override {
    if (cursor.starts_with("end")) return std::nullopt;
    Request request;
    request.url = fmt::format("{}/page?n={}", server_, cursor.empty() ? "1" : cursor);
    request.token = token_;
    return request;
  }

  Verdict read(std::string_view, const Answer& answer, Page& page) const override {
    if (answer.status != 200) return judge_status(answer);
    std::string_view body = answer.body;
    const auto reader = *find_layout("pantau")->make_reader("");
    while (!body.empty()) {
      const std::size_t end = body.find('\n');
      if (end == std::string_view::npos) return Verdict::retry("half an answer");
      const std::string_view line = body.substr(0, end);
      body.remove_prefix(end + 1);
      const nlohmann::json json = nlohmann::json::parse(line, nullptr, false);
      if (!json.is_object()) return Verdict::retry("no JSON");
      if (json.contains("next")) {
        const int next = json["next"].get<int>();
        page.cursor = next == 0 ? "end" : std::to_string(next);
        return body.empty() ? Verdict::page() : Verdict::retry("more behind the end");
      }
      read_line(json, line, *reader, page);
    }
    return Verdict::retry("half an answer");
  }

 private:
  static void read_line(const nlohmann::json& json, std::string_view line, LineReader& reader,
                        Page& page) {
    Record record;
    if (json.contains("deleted")) {
      const nlohmann::json& deleted = json["deleted"];
      record.platform = "paged";
      record.kind = *kind_named(deleted["kind"].get<std::string>());
      record.id = page.arena.keep(deleted["id"].get<std::string>());
      record.actor.id = page.arena.keep(deleted["actor"].get<std::string>());
      record.time = *parse_rfc3339(deleted["at"].get<std::string>());
      page.removals.push_back({record, "deleted by its author"});
      return;
    }
    // The line is read as a view, and what comes behind it is the body.
    const Reading reading = reader.read(line, record, page.arena);
    if (reading.is != Reading::Is::Act) return page.reject(reading.reason);
    SourcedAct act{record, line, {}};
    if (json.contains("edited_at")) {
      act.edited_at = page.arena.keep(json["edited_at"].get<std::string>());
    }
    page.acts.push_back(act);
  }

  std::string server_;
  TokenUse token_;
};

inline std::unique_ptr<Source> make_paged_source(TomlReader& table,
                                                 std::span<const CampaignAccount>) {
  TokenUse use = TokenUse::None;
  if (const auto token = table.text("token")) {
    use = token->text == "bearer" ? TokenUse::Bearer : TokenUse::Parameter;
  }
  return std::make_unique<PagedSource>(table.required_text("server"), use);
}

inline constexpr Platform kPagedPlatform{"paged", make_paged_source};
inline constexpr const Platform* kTestPlatforms[] = {&kPagedPlatform};

}  // namespace pantau
