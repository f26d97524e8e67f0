// Rule packs as versions: drafts, and the one that a second person made active.
//
// Here are texts and who answers for them; whether a pack is sound and what it would change is
// found out by whoever has the rules' reader (the caller checks before it saves).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/desk/desk.h"

namespace pantau {

struct PackRow {
  std::int64_t id = 0;
  std::string pack, version;
  std::string state;  // draft, active, retired
  std::string sha256;
  std::string author, activated_by;
  Instant saved_at;
  std::optional<Instant> activated_at;
};
inline constexpr std::size_t kPackBytesMax = 2 << 20;

Answer<std::vector<PackRow>> list_packs(Desk& desk, const Caller& caller);
Answer<std::string> pack_text(Desk& desk, std::int64_t id);
// Of a pack's version, so that a flag's "skb-2022@2024.1" can be explained; nothing: not here.
Answer<std::optional<std::string>> pack_text_of(Desk& desk, const std::string& pack,
                                                const std::string& version);
// A new draft. Conflict if the version exists with another text. Rule authors.
Answer<std::int64_t> save_pack(Desk& desk, const Caller& caller, const std::string& pack,
                               const std::string& version, const std::string& text);
// The packs of the sweep's files, as they are in use: active, by nobody. Called at start.
Done import_active_pack(Desk& desk, Instant now, const std::string& pack,
                        const std::string& version, const std::string& text);
// By another rule author; the version that was active is retired.
Done activate_pack(Desk& desk, const Caller& caller, std::int64_t id);
struct ActivePack {
  std::string pack, version, text;
};
Answer<std::vector<ActivePack>> active_packs(Desk& desk);  // by pack

// Items on which versions of a pack can be compared, those with a decision first, of one state the
// newest first. Rule authors, within their scope; audited as one read, with what is compared
// (`detail`, a JSON object).
struct DecidedItem {
  ItemSeq item = 0;
  std::string key, state, flag;
};
struct DecidedItems {
  std::vector<DecidedItem> rows;
  bool is_all =
      true;  // false: there are more than kComparedItemsMax, or kComparedBytesMax of flags
};
inline constexpr std::size_t kComparedItemsMax = 5000;
inline constexpr std::size_t kComparedBytesMax = 64 << 20;
Answer<DecidedItems> items_for_comparison(Desk& desk, const Caller& caller,
                                          const std::string& detail);

}  // namespace pantau
