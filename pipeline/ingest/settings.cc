#include "pipeline/ingest/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "classifiers/base/toml_reader.h"
#include "pipeline/lists/list_file.h"
#include "pipeline/net/token.h"

namespace pantau {
namespace {

// [a-z0-9_-]+: it stands in tables and in front of messages.
bool is_source_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

std::vector<CampaignAccount> accounts_of(std::string_view platform, const CampaignList& campaign) {
  std::vector<CampaignAccount> accounts;
  for (const CampaignEntry& entry : campaign) {
    if (entry.platform != platform) continue;
    CampaignAccount account{entry.account_id, entry.handle};
    if (std::ranges::find(accounts, account) == accounts.end()) {
      accounts.push_back(std::move(account));
    }
  }
  return accounts;
}

std::string beside(const std::string& file, const std::string& path) {
  return (std::filesystem::path(file).parent_path() / path).lexically_normal().string();
}

class SettingsReader {
 public:
  SettingsReader(const std::string& file, const CampaignList& campaign,
                 std::span<const Platform* const> platforms)
      : file_(file), campaign_(campaign), platforms_(platforms) {}

  SourceSetting read_source(TomlReader& table) {
    SourceSetting setting;
    setting.name = table.required_text("name");
    if (!setting.name.empty() && !is_source_name(setting.name)) {
      table.mistake(table.place("name"), "a source's name is made of a-z, 0-9, - and _");
    }
    if (!names_.insert(setting.name).second) {
      table.mistake(table.place("name"), "another source has this name");
    }
    read_token(table, setting);
    read_reach(table, setting);
    if (const auto rate = table.number("requests_per_minute")) {
      setting.requests_per_minute = *rate;
      if (*rate == 0 || *rate > kRequestsPerMinuteMax) {
        table.mistake(table.place("requests_per_minute"),
                      fmt::format("expected 1 to {}", kRequestsPerMinuteMax));
      }
    }
    make_source(table, setting);
    table.finish();
    return setting;
  }

 private:
  void read_token(TomlReader& table, SourceSetting& setting) {
    const auto variable = table.text("token_env");
    const auto path = table.text("token_file");
    if (variable && path) {
      table.mistake(path->place, "there is a 'token_env' as well: name one of them");
    } else if (variable) {
      take_token(table, variable->place, token_from_environment(variable->text), setting);
    } else if (path) {
      take_token(table, path->place, token_from_file(beside(file_, path->text)), setting);
    }
  }

  static void take_token(TomlReader& table, Place place, Result<std::string> token,
                         SourceSetting& setting) {
    if (token) {
      setting.token = *std::move(token);
    } else {
      table.mistake(place, token.error().message);
    }
  }

  void read_reach(TomlReader& table, SourceSetting& setting) {
    if (const auto server = table.text("test_server")) {
      setting.reach.test_server = server->text;
      if (!parse_endpoint(server->text)) {
        table.mistake(server->place, "expected an address and a port, \"127.0.0.1:8080\"");
      }
    }
    if (const auto file = table.text("ca_file")) {
      setting.reach.ca_file = beside(file_, file->text);
    }
  }

  void make_source(TomlReader& table, SourceSetting& setting) {
    const std::string name = table.required_text("platform");
    if (name.empty()) return;
    std::string known;
    for (const Platform* platform : platforms_) {
      if (platform->name == name) {
        setting.source = platform->make(table, accounts_of(name, campaign_));
        return;
      }
      known += (known.empty() ? "" : ", ") + std::string(platform->name);
    }
    table.mistake(table.place("platform"),
                  fmt::format("unknown platform '{}'; there are: {}", name, known));
  }

  const std::string& file_;
  const CampaignList& campaign_;
  std::span<const Platform* const> platforms_;
  std::set<std::string> names_;
};

void read_ingest_table(const toml::table& table, Mistakes& mistakes, IngestSettings& settings) {
  TomlReader ingest(table, "ingest", mistakes);
  settings.follow = ingest.boolean("follow").value_or(false);
  if (const auto seconds = ingest.number("round_seconds")) {
    settings.round_every = std::chrono::seconds(*seconds);
    if (*seconds == 0) ingest.mistake(ingest.place("round_seconds"), "expected 1 or more");
  }
  ingest.finish();
}

}  // namespace

Result<IngestSettings> read_ingest_settings(const std::string& file, const CampaignList& campaign,
                                            std::span<const Platform* const> platforms) {
  TRY(const std::string text, read_list_file(file));
  Mistakes mistakes(file, text);
  const std::optional<toml::table> root = parse_toml(text, mistakes);
  if (!root) return mistakes.failure();
  TomlReader reader(*root, "file", mistakes);
  IngestSettings settings;
  if (const toml::table* const table = reader.table("ingest")) {
    read_ingest_table(*table, mistakes, settings);
  }
  SettingsReader sources(file, campaign, platforms);
  for (const toml::table* const table : reader.tables("source")) {
    TomlReader source(*table, "source", mistakes);
    settings.sources.push_back(sources.read_source(source));
  }
  if (settings.sources.empty() && mistakes.empty()) {
    mistakes.add({}, "there is no [[source]] to read from");
  }
  if (settings.sources.size() > kSourcesMax) {
    mistakes.add({}, fmt::format("more than {} sources", kSourcesMax));
  }
  if (!mistakes.empty()) return mistakes.failure();
  return settings;
}

}  // namespace pantau
