// Sign-in, sessions and settings: what the web checks a visitor against.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "pipeline/desk/audit.h"
#include "pipeline/desk/staff.h"
#include "pipeline/desk/state.h"

namespace pantau {
namespace {

struct KnownSetting {
  std::string_view name;
  std::string_view standard;
  std::int64_t least, most;  // of a number; both 0: not a number
};
constexpr KnownSetting kSettings[] = {{"clock", "calendar", 0, 0},
                                      {"clock_days", "7", 1, 60},
                                      {"holidays", "", 0, 0},
                                      {"lease_seconds", "600", 30, 86'400},
                                      {"undo_seconds", "10", 0, 600},
                                      {"bulk_max", "20", 0, 1000},
                                      {"blind_percent", "5", 0, 100},
                                      {"precision_min", "60", 0, 100},
                                      {"unreviewed_days", "90", 1, 3650},
                                      {"dismissed_days", "30", 1, 3650}};

const KnownSetting* setting_named(std::string_view name) {
  const auto found = std::ranges::find(kSettings, name, &KnownSetting::name);
  return found == std::end(kSettings) ? nullptr : found;
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool are_days(std::string_view text) {
  constexpr std::size_t kDaySize = 10;
  for (std::size_t at = 0; at < text.size(); at += kDaySize + 1) {
    if (!parse_day(text.substr(at, kDaySize))) return false;
    if (at + kDaySize < text.size() && text[at + kDaySize] != ',') return false;
  }
  return text.empty() || text.back() != ',';
}

bool makes_sense(const KnownSetting& setting, std::string_view value) {
  if (setting.name == "clock") return value == "calendar" || value == "working";
  if (setting.name == "holidays") return are_days(value);
  const auto number = number_in(value);
  return number && *number >= setting.least && *number <= setting.most;
}

}  // namespace

Answer<std::optional<Credentials>> credentials_of(Desk& desk, std::string_view name) {
  std::optional<Credentials> found;
  TRY_STATUS(desk.state().each(
      "SELECT id, password, totp_secret, totp_step, active FROM staff WHERE name = $1",
      [&](const Rows& rows) {
        found = Credentials{rows.integer(0), rows.text(1), rows.text(2), rows.integer(3),
                            rows.integer(4) == 1};
      },
      name));
  return found;
}

Answer<bool> use_totp_step(Desk& desk, StaffId staff, std::int64_t step) {
  TRY(const int changed,
      desk.state().run("UPDATE staff SET totp_step = $1 WHERE id = $2 AND totp_step < $3", step,
                       staff, step));
  return changed == 1;
}

Done record_failed_sign_in(Desk& desk, Instant now, std::string_view name, std::string_view why) {
  const std::string_view shown = name.substr(0, kStaffNameBytesMax);
  return add_audit(desk, {kNobody, now}, "sign_in_failed", "staff",
                   json_object({{"name", shown}, {"why", why}}));
}

Done begin_session(Desk& desk, const Caller& caller, const std::string& token_hash,
                   const std::string& csrf) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY(const int made,
      state.run("INSERT INTO staff_session (token_hash, staff, csrf, created_at, used_at)"
                " SELECT $1, id, $2, $3, $4 FROM staff WHERE id = $5 AND active = 1",
                token_hash, csrf, to_micros(caller.now), to_micros(caller.now), caller.staff));
  if (made == 0) return refuse(Refused::NotFound, "no such person");
  TRY_STATUS(audit(state, caller, "sign_in", fmt::format("staff/{}", caller.staff)));
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

Answer<Session> use_session(Desk& desk, Instant now, const std::string& token_hash,
                            const SessionLimits& limits) {
  DeskState& state = desk.state();
  std::optional<Session> found;
  std::int64_t used_at = 0;
  TRY_STATUS(state.each(
      "SELECT t.staff, t.csrf, t.created_at, t.used_at FROM staff_session AS t"
      " JOIN staff AS s ON s.id = t.staff AND s.active = 1"
      " WHERE t.token_hash = $1 AND t.ended_at IS NULL AND t.created_at > $2 AND t.used_at > $3",
      [&](const Rows& rows) {
        found = Session{rows.integer(0), rows.text(1), from_micros(rows.integer(2)), {}};
        used_at = rows.integer(3);
      },
      token_hash, to_micros(now - limits.whole), to_micros(now - limits.idle)));
  if (!found) return refuse(Refused::NotFound, "the session is over");
  TRY_STATUS(state.each(
      "SELECT role FROM staff_role WHERE staff = $1",
      [&](const Rows& rows) {
        if (const auto role = role_named(rows.text(0))) found->roles.push_back(*role);
      },
      found->staff));
  // Once in so long is enough: every use a write would be a sync for every request.
  constexpr auto kNoted = std::chrono::seconds(30);
  if (now - from_micros(used_at) > kNoted) {
    TRY_STATUS(
        state.run("UPDATE staff_session SET used_at = $1 WHERE token_hash = $2"
                  " AND ended_at IS NULL AND used_at < $3",
                  to_micros(now), token_hash, to_micros(now)));
  }
  return *std::move(found);
}

Done end_session(Desk& desk, const Caller& caller, const std::string& token_hash) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY(const int ended, state.run("UPDATE staff_session SET ended_at = $1 WHERE token_hash = $2"
                                 " AND staff = $3 AND ended_at IS NULL",
                                 to_micros(caller.now), token_hash, caller.staff));
  if (ended == 0) return std::monostate{};
  TRY_STATUS(audit(state, caller, "sign_out", fmt::format("staff/{}", caller.staff)));
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

Answer<std::string> setting(DeskState& state, std::string_view name) {
  TRY(const auto value, state.text("SELECT value FROM setting WHERE name = $1", name));
  if (value) return *value;
  const KnownSetting* const known = setting_named(name);
  return std::string(known == nullptr ? "" : known->standard);
}

Answer<std::int64_t> number_setting(DeskState& state, std::string_view name) {
  TRY(const std::string value, setting(state, name));
  return number_in(value).value_or(0);
}

Answer<std::vector<Setting>> list_settings(Desk& desk) {
  std::vector<Setting> settings;
  for (const KnownSetting& known : kSettings) {
    TRY(std::string value, setting(desk.state(), known.name));
    settings.push_back({std::string(known.name), std::move(value), std::string(known.standard)});
  }
  return settings;
}

Done set_setting(Desk& desk, const Caller& caller, const std::string& name,
                 const std::string& value) {
  DeskState& state = desk.state();
  TRY(const auto transaction, Transaction::begin(*state.database));
  TRY_STATUS(need_role(state, caller, {Role::Administrator}));
  const KnownSetting* const known = setting_named(name);
  if (known == nullptr) return refuse(Refused::Invalid, fmt::format("no setting \"{}\"", name));
  if (!makes_sense(*known, value)) {
    return refuse(Refused::Invalid, fmt::format("the setting \"{}\" cannot be that", name));
  }
  TRY(const std::string before, setting(state, name));
  TRY_STATUS(
      state.run("INSERT INTO setting VALUES ($1, $2)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                name, value));
  TRY_STATUS(audit(state, caller, "set_setting", "setting/" + name,
                   json_object({{"before", before}, {"after", value}})));
  TRY_STATUS(transaction->commit());
  return std::monostate{};
}

}  // namespace pantau
