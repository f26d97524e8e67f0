#include "pipeline/ingest/sources/bluesky_xrpc.h"

#include <algorithm>
#include <array>

#include "pipeline/layouts/json_line.h"

namespace pantau {
namespace {

constexpr std::string_view kResolve = "resolve";
constexpr std::string_view kIdFact = "id:";

struct ErrorName {
  std::string_view name;
  Refusal::Is is;
  std::string_view what;
};

// The names that a server gives to what is not there. A repository that is closed for a while
// (deactivated, suspended, taken down) has lost nothing.
constexpr auto kErrorNames = std::to_array<ErrorName>({
    {"RecordNotFound", Refusal::Is::RecordGone, "record not found"},
    {"NotFound", Refusal::Is::AccountGone, "post not found"},
    {"RepoNotFound", Refusal::Is::AccountGone, "account not found"},
    {"RepoTakendown", Refusal::Is::AccountGone, "account taken down"},
    {"RepoSuspended", Refusal::Is::AccountGone, "account suspended"},
    {"RepoDeactivated", Refusal::Is::AccountGone, "account deactivated"},
    {"AccountTakedown", Refusal::Is::AccountGone, "account taken down"},
    {"AccountDeactivated", Refusal::Is::AccountGone, "account deactivated"},
    {"AccountNotFound", Refusal::Is::AccountGone, "account not found"},
    {"BlockedActor", Refusal::Is::AccountGone, "account not open"},
    {"BlockedByActor", Refusal::Is::AccountGone, "account not open"},
});

// What an InvalidRequest says if it is about the thing asked for, and not about how it was asked.
constexpr auto kNotThere = std::to_array<std::string_view>({
    "Could not find repo",
    "Unable to resolve handle",
    "Profile not found",
    "Actor not found",
    "Could not resolve identity",
});

struct ErrorBody {
  JsonField error;
  JsonField message;
};

// Whatever of it could be read; a proxy's HTML page has neither.
ErrorBody error_body(const Answer& answer, Arena& arena) {
  ErrorBody body;
  JsonLine json;
  const bool is_json = json.read(answer.body, arena,
                                 [&](std::string_view key, JsonValue& value) {
                                   if (key == "error") value.take(body.error);
                                   if (key == "message") value.take(body.message);
                                 })
                           .empty();
  return is_json ? body : ErrorBody();
}

}  // namespace

Request xrpc_request(std::string_view server, std::string_view method,
                     std::initializer_list<XrpcParameter> parameters) {
  Request request;
  request.url = std::string(server) + "/xrpc/" + std::string(method);
  char separator = '?';
  for (const XrpcParameter& parameter : parameters) {
    if (parameter.value.empty()) continue;
    request.url += separator;
    request.url += parameter.name;
    request.url += '=';
    request.url += percent_encoded(parameter.value);
    separator = '&';
  }
  return request;
}

Refusal refusal_of(const Answer& answer) {
  Arena arena;
  const ErrorBody body = error_body(answer, arena);
  const std::string_view error = body.error.string();
  if (answer.status == 400 || answer.status == 401 || answer.status == 404) {
    const auto named = std::ranges::find(kErrorNames, error, &ErrorName::name);
    if (named != kErrorNames.end()) return {named->is, {}, named->what};
    const auto is_said = [&](std::string_view what) {
      return body.message.string().starts_with(what);
    };
    if (error == "InvalidRequest" && std::ranges::any_of(kNotThere, is_said)) {
      return {Refusal::Is::AccountGone, {}, "account not found"};
    }
  }
  // The server does not know the call: it will not know it in a minute either.
  if (answer.status == 501) {
    return {Refusal::Is::Verdict, Verdict::stop("the server does not know the call"), {}};
  }
  return {Refusal::Is::Verdict, judge_status(answer), {}};
}

Verdict not_as_asked(std::string_view reason) {
  return Verdict::retry("an answer that is not as documented: " + std::string(reason));
}

bool is_did(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' ||
           c == '.' || c == '-' || c == '_' || c == '%';
  };
  constexpr std::size_t kDidBytesMax = 2048;
  return (text.starts_with("did:plc:") || text.starts_with("did:web:")) && text.size() > 8 &&
         text.size() <= kDidBytesMax && std::ranges::all_of(text, fits);
}

std::vector<Task> BlueskyHandles::tasks(const ToDo& to_do) const {
  std::vector<Task> tasks;
  for (const std::string& handle : handles_) {
    if (id_of(handle, to_do).empty()) tasks.push_back({std::string(kResolve), handle});
  }
  return tasks;
}

bool BlueskyHandles::is_task(const Task& task) {
  return task.size() == 2 && task[0] == kResolve;
}

Request BlueskyHandles::request(std::string_view server, const Task& task) {
  return xrpc_request(server, "com.atproto.identity.resolveHandle", {{"handle", task[1]}});
}

Verdict BlueskyHandles::read(const Task& task, const Answer& answer, ToDo& to_do, Page& page) {
  if (answer.status != 200) {
    const Refusal refusal = refusal_of(answer);
    if (refusal.is == Refusal::Is::Verdict) return refusal.verdict;
    page.skip("handle not resolved");  // asked again in the next round
    return Verdict::page();
  }
  JsonLine json;
  JsonField did;
  const std::string_view reason =
      json.read(answer.body, page.arena, [&](std::string_view key, JsonValue& value) {
        if (key == "did") value.take(did);
      });
  if (!reason.empty() || !is_did(did.string())) return not_as_asked("resolveHandle");
  const std::string_view known = id_of(task[1], to_do);
  if (known.empty()) {
    to_do.facts[std::string(kIdFact) + task[1]] = did.text;
  } else if (known != did.string()) {
    page.skip("handle has another account now");
    page.notices.push_back("the handle " + task[1] + " of the lists has another account now (" +
                           std::string(did.text) + "); " + std::string(known) +
                           " is watched still: put the right id into the lists");
  }
  return Verdict::page();
}

std::vector<Task> BlueskyHandles::doubtful(std::string_view did, std::string_view handle,
                                           const ToDo& to_do) const {
  std::vector<Task> tasks;
  for (const std::string& listed : handles_) {
    if (id_of(listed, to_do) == did || handle_key(handle) == listed) {
      tasks.push_back({std::string(kResolve), listed});
    }
  }
  return tasks;
}

std::map<std::string_view, std::string_view> BlueskyHandles::by_id(const ToDo& to_do) const {
  std::map<std::string_view, std::string_view> handles;
  for (const std::string& handle : handles_) {
    if (const std::string_view id = id_of(handle, to_do); !id.empty()) handles[id] = handle;
  }
  return handles;
}

std::string_view BlueskyHandles::id_of(std::string_view handle, const ToDo& to_do) {
  return to_do.fact(std::string(kIdFact) + std::string(handle));
}

void BlueskyHandles::name(Account& account, const ToDo& to_do, Arena& arena) const {
  if (account.id.empty()) return;
  for (const std::string& handle : handles_) {
    if (id_of(handle, to_do) == account.id) account.handle = arena.keep(handle);
  }
}

std::vector<std::string> bluesky_accounts_key(TomlReader& table) {
  std::vector<std::string> accounts;
  for (const PlacedText& account : table.texts("accounts")) {
    const bool is_handle = account.text.find('.') != std::string::npos &&
                           account.text.find_first_of(" :/\t\n") == std::string::npos;
    if (!is_did(account.text) && !is_handle) {
      table.mistake(account.place, "neither an id (did:plc:…) nor a handle (name.bsky.social)");
    }
    accounts.push_back(is_did(account.text) ? account.text : handle_key(account.text));
  }
  return accounts;
}

}  // namespace pantau
