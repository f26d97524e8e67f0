// What Bluesky's two sources share: addresses of its calls, what its refusals mean, and the
// handles that lists use in place of ids.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/ingest/source.h"
#include "pipeline/ingest/sources/to_do.h"

namespace pantau {

struct XrpcParameter {
  std::string_view name;
  std::string_view value;  // left out if empty
};

// GET SERVER/xrpc/METHOD?…
Request xrpc_request(std::string_view server, std::string_view method,
                     std::initializer_list<XrpcParameter> parameters);

// The desk has a Refusal of its own: the linker must not take one for the other.
inline namespace xrpc {
// What an answer that is no 2xx says.
struct Refusal {
  enum class Is : std::uint8_t {
    Verdict,      // of the whole source: wait, try again, stop
    AccountGone,  // the account, repository or post is not there or not open now
    RecordGone,   // in so many words: there is no such record
  };
  Is is = Is::Verdict;
  Verdict verdict;
  std::string_view what;  // a literal, for skip()
};
}  // namespace xrpc

Refusal refusal_of(const Answer& answer);

// A Retry for a 2xx whose body is not what was asked for.
Verdict not_as_asked(std::string_view reason);

// True for did:plc:… and did:web:…; also guards against anything that would not fit into a URL.
bool is_did(std::string_view text);

// Handles in lists stand for ids, which Bluesky's records name alone. They are looked up once and
// kept for ever, as facts: a handle can be given up and taken by somebody else, an id cannot. One
// that is found to be somebody else's when it is looked up again is told, and changes nothing.
class BlueskyHandles {
 public:
  // Those of accounts that have no id of their own.
  explicit BlueskyHandles(std::vector<std::string> handles) : handles_(std::move(handles)) {}

  // A task for each that is not known yet.
  std::vector<Task> tasks(const ToDo& to_do) const;

  // A task for what a new identity of `did` puts in doubt: a handle of the lists that it takes,
  // and those that were found to be its own.
  std::vector<Task> doubtful(std::string_view did, std::string_view handle,
                             const ToDo& to_do) const;

  static bool is_task(const Task& task);
  static Request request(std::string_view server, const Task& task);
  static Verdict read(const Task& task, const Answer& answer, ToDo& to_do, Page& page);

  static std::string_view id_of(std::string_view handle, const ToDo& to_do);

  // Those that are known, by id.
  std::map<std::string_view, std::string_view> by_id(const ToDo& to_do) const;

  // Gives an account that a record names by its id the handle that lists know it by.
  void name(Account& account, const ToDo& to_do, Arena& arena) const;

 private:
  std::vector<std::string> handles_;
};

std::unique_ptr<Source> make_bluesky_accounts(TomlReader& table,
                                              std::span<const CampaignAccount> campaign);
std::unique_ptr<Source> make_bluesky_campaign(TomlReader& table,
                                              std::span<const CampaignAccount> campaign);
std::unique_ptr<Source> make_bluesky_stream(TomlReader& table,
                                            std::span<const CampaignAccount> campaign);

// The key `accounts`: ids, and handles as handle_key().
std::vector<std::string> bluesky_accounts_key(TomlReader& table);

}  // namespace pantau
