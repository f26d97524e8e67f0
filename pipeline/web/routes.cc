#include "pipeline/web/routes.h"

#include <algorithm>
#include <array>

#include "pipeline/desk/cases.h"
#include "pipeline/desk/imports.h"
#include "pipeline/desk/packs.h"
#include "pipeline/web/handlers.h"

namespace pantau {
namespace {

constexpr Access kAnybody = Access::anybody();
constexpr Access kSignedIn = Access::signed_in();
constexpr Access kAnalysts = Access::roles(Role::Analyst);
constexpr Access kReviewers = Access::roles(Role::SecondReviewer);
constexpr Access kDeciders = Access::roles(Role::Analyst, Role::SecondReviewer);
constexpr Access kReaders = Access::roles(Role::Analyst, Role::SecondReviewer, Role::CaseHandler);
constexpr Access kHandlers = Access::roles(Role::CaseHandler);
constexpr Access kCaseReaders = Access::roles(Role::CaseHandler, Role::SecondReviewer);
constexpr Access kManagers =
    Access::roles(Role::Analyst, Role::SecondReviewer, Role::CaseHandler, Role::Auditor);
constexpr Access kAuthors = Access::roles(Role::RuleAuthor);
constexpr Access kAuditors = Access::roles(Role::Auditor);
constexpr Access kAdministrators = Access::roles(Role::Administrator);

// JSON writes some bytes with more: room for an upload in its envelope.
constexpr std::uint64_t kListBodyMax = kImportBytesMax + kImportBytesMax / 4;
constexpr std::uint64_t kEvidenceBodyMax = kIdentityEvidenceBytesMax * 3 / 2;
constexpr std::uint64_t kPackBodyMax = kPackBytesMax * 3 / 2;

constexpr std::array kRoutes = {
    Route{"GET", "/setup", kAnybody, get_setup},
    Route{"POST", "/setup", kAnybody, post_setup},
    Route{"POST", "/session", kAnybody, post_session},
    Route{"GET", "/session", kSignedIn, get_session},
    Route{"POST", "/session/end", kSignedIn, post_session_end},
    Route{"POST", "/session/password", kSignedIn, post_session_password},
    Route{"POST", "/session/totp", kSignedIn, post_session_totp},
    Route{"POST", "/session/language", kSignedIn, post_session_language},

    Route{"GET", "/piles", kReaders, get_piles},
    Route{"GET", "/piles/{pile}/items", kReaders, get_pile_items},
    Route{"GET", "/items", kReaders, get_items},
    Route{"GET", "/items/{item}", kReaders, get_item},
    Route{"GET", "/items/{item}/received", kReaders, get_item_received},
    Route{"GET", "/filters", kReaders, get_filters},
    Route{"GET", "/views", kSignedIn, get_views},
    Route{"POST", "/views", kSignedIn, post_views},
    Route{"POST", "/views/{view}/delete", kSignedIn, post_view_delete},

    Route{"POST", "/items/{item}/claim", kDeciders, post_claim},
    Route{"POST", "/items/{item}/renew", kDeciders, post_renew},
    Route{"POST", "/items/{item}/release", kDeciders, post_release},
    Route{"POST", "/items/{item}/decide", kDeciders, post_decide},
    Route{"POST", "/items/{item}/reopen", kReviewers, post_reopen},
    Route{"POST", "/items/{item}/facts", kDeciders, post_facts},
    Route{"POST", "/items/release-held", kReviewers, post_release_held},
    Route{"POST", "/decisions/{decision}/undo", kDeciders, post_undo},
    Route{"POST", "/bulk/dismiss", kAnalysts, post_bulk_dismiss},
    Route{"GET", "/bulk", kDeciders, get_bulks},
    Route{"GET", "/bulk/{bulk}/items", kDeciders, get_bulk_items},
    Route{"POST", "/bulk/{bulk}/approve", kReviewers, post_bulk_approve},
    Route{"POST", "/bulk/{bulk}/refuse", kReviewers, post_bulk_refuse},
    Route{"GET", "/blind/next", kReviewers, get_blind_next},
    Route{"POST", "/blind/{item}", kReviewers, post_blind},

    Route{"GET", "/cases", kCaseReaders, get_cases},
    Route{"GET", "/cases/{case}", kCaseReaders, get_case},
    Route{"POST", "/cases/{case}/identity", kHandlers, post_identity, kEvidenceBodyMax},
    Route{"GET", "/cases/{case}/identity/{step}", kHandlers, get_identity_evidence},
    Route{"POST", "/cases/{case}/hand-over", kHandlers, post_hand_over},
    Route{"POST", "/cases/{case}/close", kHandlers, post_close_case},
    Route{"POST", "/cases/{case}/export", kHandlers, post_export},
    Route{"GET", "/cases/{case}/bag/{bag}", kHandlers, get_bag},
    Route{"POST", "/cases/{case}/hold", kHandlers, post_hold},
    Route{"POST", "/cases/{case}/hold/approve", kHandlers, post_hold_approve},
    Route{"POST", "/cases/{case}/hold/release", kHandlers, post_hold_release},

    Route{"GET", "/statistics", kManagers, get_statistics},
    Route{"GET", "/graph", kReaders, get_graph},
    Route{"GET", "/audit", kAuditors, get_audit},
    Route{"GET", "/audit/check", kAuditors, get_audit_check},
    Route{"GET", "/people/{subject}/report", kAuditors, get_person_report},
    Route{"GET", "/skb", kSignedIn, get_skb},
    Route{"GET", "/contests", kSignedIn, get_contests},

    Route{"GET", "/packs", kAuthors, get_packs},
    Route{"GET", "/packs/{pack}/{version}", kAuthors, get_pack},
    Route{"POST", "/packs", kAuthors, post_pack, kPackBodyMax},
    Route{"POST", "/packs/check", kAuthors, post_pack_check, kPackBodyMax},
    Route{"POST", "/packs/try", kAuthors, post_pack_try, kPackBodyMax},
    Route{"POST", "/packs/diff", kAuthors, post_pack_diff, kPackBodyMax},
    Route{"POST", "/packs/{id}/activate", kAuthors, post_pack_activate},

    Route{"GET", "/staff", kAdministrators, get_staff},
    Route{"POST", "/staff", kAdministrators, post_staff},
    Route{"POST", "/staff/{staff}/roles", kAdministrators, post_staff_roles},
    Route{"POST", "/staff/{staff}/scopes", kAdministrators, post_staff_scopes},
    Route{"POST", "/staff/{staff}/disable", kAdministrators, post_staff_disable},
    Route{"POST", "/staff/{staff}/enable", kAdministrators, post_staff_enable},
    Route{"POST", "/staff/{staff}/end-sessions", kAdministrators, post_staff_end_sessions},
    Route{"POST", "/staff/{staff}/reset", kAdministrators, post_staff_reset},
    Route{"GET", "/settings", kAdministrators, get_settings},
    Route{"POST", "/settings", kAdministrators, post_setting},
    Route{"GET", "/retention", kAdministrators, get_retention},
    Route{"POST", "/retention/run", kAdministrators, post_retention_run},
    Route{"GET", "/lists", kAdministrators, get_lists},
    Route{"POST", "/lists/roster", kAdministrators, post_list_roster, kListBodyMax},
    Route{"POST", "/lists/campaign", kAdministrators, post_list_campaign, kListBodyMax},
};

// The next part of a path, taken off it.
std::string_view take_part(std::string_view& path) {
  path.remove_prefix(1);  // the slash
  const std::string_view part = path.substr(0, path.find('/'));
  path.remove_prefix(part.size());
  return part;
}

bool matches(std::string_view pattern, std::string_view path, std::vector<std::string>& places) {
  places.clear();
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = take_part(pattern);
    const std::string_view part = take_part(path);
    if (wanted.starts_with('{')) {
      if (part.empty()) return false;
      places.emplace_back(part);
    } else if (wanted != part) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

}  // namespace

bool Access::allows(std::span<const Role> roles) const {
  if (!needs_role()) return true;
  return std::ranges::any_of(roles, [this](Role role) { return has(role); });
}

std::span<const Route> all_routes() {
  return kRoutes;
}

const Route* find_route(std::string_view method, std::string_view path,
                        std::vector<std::string>& places, bool& other_method) {
  other_method = false;
  for (const Route& route : kRoutes) {
    if (!matches(route.path, path, places)) continue;
    if (route.method == method) return &route;
    other_method = true;
  }
  return nullptr;
}

Answer<std::int64_t> Ask::number_at(std::size_t place) const {
  const auto number = read_whole_number(places.at(place));
  if (!number) return refuse(Refused::NotFound, "There is no such thing.");
  return *number;
}

Answer<Page> Ask::page() const {
  Page page;
  page.after = parameter("after");
  const std::string limit = parameter("limit");
  if (limit.empty()) return page;
  const auto number = read_whole_number(limit);
  if (!number || *number < 1 || *number > static_cast<std::int64_t>(kPageRowsMax)) {
    return refuse(Refused::Invalid, "\"limit\" is no number of rows that can be asked for.");
  }
  page.limit = static_cast<std::size_t>(*number);
  return page;
}

}  // namespace pantau
