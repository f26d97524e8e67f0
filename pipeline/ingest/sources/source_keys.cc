#include "pipeline/ingest/sources/source_keys.h"

#include <algorithm>

namespace pantau {

bool is_server_address(std::string_view url, std::string_view scheme) {
  const std::size_t end = url.find("://");
  if (end == std::string_view::npos) return false;
  const std::string_view given = url.substr(0, end);
  const std::string_view rest = url.substr(end + 3);
  const bool is_plain = std::ranges::none_of(rest, [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == '?' || c == '#' || c == '@' || c == '\\';
  });
  return (given == scheme || given == scheme.substr(0, scheme.size() - 1)) && is_plain &&
         !rest.empty() && !rest.starts_with('/') && !rest.ends_with('/');
}

std::string server_key(TomlReader& table, std::string_view key, std::string_view otherwise) {
  const std::optional<PlacedText> given = table.text(key);
  if (!given) {
    if (otherwise.empty()) table.missing(key);
    return std::string(otherwise);
  }
  if (!is_server_address(given->text, "https")) {
    table.mistake(given->place,
                  "not the address of a server: \"https://host\", without a '/' behind it");
  }
  return given->text;
}

std::optional<std::chrono::days> posts_days_max_key(TomlReader& table) {
  constexpr std::uint32_t kDaysMax = 36'500;
  const std::optional<std::uint32_t> days = table.number("posts_days_max");
  if (!days) return std::nullopt;
  if (*days == 0 || *days > kDaysMax) {
    table.mistake(table.place("posts_days_max"), "'posts_days_max' must be from 1 to 36500");
    return std::nullopt;
  }
  return std::chrono::days(*days);
}

bool is_too_old(std::string_view created_at, const std::optional<std::chrono::days>& days_max,
                const Answer& answer) {
  const std::optional<Instant> created = parse_rfc3339(created_at);
  return created && days_max && *created < answer.received_at - *days_max;
}

Record record_of(std::string_view platform, const Answer& answer, Arena& arena) {
  Record record;
  record.provenance = Provenance::Api;
  record.platform = platform;
  record.observed_at = arena.keep(format_rfc3339(answer.received_at));
  record.time = answer.received_at;
  return record;
}

KindSet kinds_key(TomlReader& table, std::initializer_list<Kind> possible) {
  KindSet kinds;
  const std::vector<PlacedText> named = table.texts("kinds");
  for (const PlacedText& name : named) {
    const std::optional<Kind> kind = kind_named(name.text);
    if (kind && std::ranges::find(possible, *kind) != possible.end()) {
      kinds.add(*kind);
    } else {
      table.mistake(name.place, "no kind that this source can be asked for");
    }
  }
  if (!table.has("kinds")) {
    for (const Kind kind : possible) kinds.add(kind);
  }
  return kinds;
}

}  // namespace pantau
