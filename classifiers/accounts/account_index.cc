#include "classifiers/accounts/account_index.h"

namespace pantau {

void AccountIndexView::begin(PlatformHash hash, std::string_view id, std::string_view handle,
                             AccountLookUp& look_up) const {
  AccountProbe& probe = look_up.probe;
  probe.platform = hash;
  probe.count = 0;
  look_up.nominees.count = 0;
  const auto has = [this](AccountKeyKind kind) {
    return !tables[static_cast<std::size_t>(kind)].empty();
  };
  const auto add = [&](AccountKeyKind kind, AccountHash key) {
    probe.kinds[probe.count] = kind;
    probe.hashes[probe.count++] = key;
    __builtin_prefetch(&tables[static_cast<std::size_t>(kind)].word_of(key));
  };
  const bool by_id = !id.empty();
  if (by_id && id.size() <= kAccountKeyBytesMax && has(AccountKeyKind::Id)) {
    add(AccountKeyKind::Id, hash(id));
  }
  const bool among_handles = has(AccountKeyKind::HandleWithoutId);
  const bool among_ids = !by_id && has(AccountKeyKind::HandleWithId);
  if (handle.empty() || !(among_handles || among_ids)) return;
  const FoldedHandle folded(handle);
  if (folded.key().empty()) return;
  const AccountHash by_handle = hash(folded.key());
  if (among_handles) add(AccountKeyKind::HandleWithoutId, by_handle);
  if (among_ids) add(AccountKeyKind::HandleWithId, by_handle);
}

void AccountIndex::Builder::add(std::uint32_t ref, std::string_view platform, std::string_view id,
                                std::string_view handle_key) {
  const PlatformHash hash(platform);
  const auto add = [&](AccountKeyKind kind, std::string_view key) {
    keys_[static_cast<std::size_t>(kind)].emplace_back(hash(key), ref);
  };
  if (!id.empty()) add(AccountKeyKind::Id, id);
  if (handle_key.empty()) return;
  add(id.empty() ? AccountKeyKind::HandleWithoutId : AccountKeyKind::HandleWithId, handle_key);
}

AccountIndex::AccountIndex(const Builder& builder) {
  for (std::size_t kind = 0; kind < kAccountKeyKinds; kind++) {
    const AccountKeyRun run{builder.keys_[kind], 0};
    tables_.push_back(std::make_unique<AccountTableBuilder>(run.keys.size(), 1,
                                                            std::pmr::get_default_resource()));
    tables_.back()->fill(0, {&run, 1});
    tables_.back()->finish(lists_);
    view_.tables[kind] = tables_.back()->view();
  }
  view_.lists = lists_;
}

}  // namespace pantau
