// Mastodon's objects as records: for its exports and for what a server answers.
//
// A status has another number on every server that shows it, and so has an account. So acts have
// their address (uri) as id, and accounts are known by the handle user@server alone; a local
// account's server is that of its own address.
#pragma once

#include "pipeline/layouts/item_fields.h"

namespace pantau {

// A status, and the one that it shares or quotes, if that is in it. Statuses that are not public
// are no public acts.
void read_mastodon_status(JsonNode status, Acts& acts, Arena& arena);

// A notification: a like or share of a status, or a status that names somebody.
void read_mastodon_notification(JsonNode notification, Acts& acts, Arena& arena);

// "@ayu" on example.org as ayu@example.org. Nothing is known of an object that is no account.
Account read_mastodon_account(JsonNode account, Arena& arena);

// Any object of its API that may hold acts: the two above, and pages of them (a context, the
// results of a search, grouped notifications). What it cannot place is rejected.
void read_mastodon_object(JsonNode object, Acts& acts, Arena& arena);

bool is_mastodon_status(JsonNode object);
bool is_mastodon_notification(JsonNode object);

}  // namespace pantau
