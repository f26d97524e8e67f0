// The functions behind the routes, one file for each part of the work. Each reads what it needs
// of the request, asks the desk, and writes the answer as JSON.
#pragma once

#include "pipeline/web/routes.h"

namespace pantau {

// A case by its number in the queue, or by the one that people write: "case-2024-000017".
Answer<CaseId> case_of(const Ask& ask);

// api_session.cc
Reply get_setup(Ask& ask);
Reply post_setup(Ask& ask);
Reply post_session(Ask& ask);
Reply get_session(Ask& ask);
Reply post_session_end(Ask& ask);
Reply post_session_password(Ask& ask);
Reply post_session_totp(Ask& ask);
Reply post_session_language(Ask& ask);

// api_items.cc
Reply get_piles(Ask& ask);
Reply get_pile_items(Ask& ask);
Reply get_items(Ask& ask);
Reply get_item(Ask& ask);
Reply get_item_received(Ask& ask);
Reply get_filters(Ask& ask);
Reply get_views(Ask& ask);
Reply post_views(Ask& ask);
Reply post_view_delete(Ask& ask);

// api_decisions.cc
Reply post_claim(Ask& ask);
Reply post_renew(Ask& ask);
Reply post_release(Ask& ask);
Reply post_decide(Ask& ask);
Reply post_undo(Ask& ask);
Reply post_reopen(Ask& ask);
Reply post_facts(Ask& ask);
Reply post_release_held(Ask& ask);
Reply post_bulk_dismiss(Ask& ask);
Reply get_bulks(Ask& ask);
Reply get_bulk_items(Ask& ask);
Reply post_bulk_approve(Ask& ask);
Reply post_bulk_refuse(Ask& ask);
Reply get_blind_next(Ask& ask);
Reply post_blind(Ask& ask);

// api_cases.cc
Reply get_cases(Ask& ask);
Reply get_case(Ask& ask);
Reply post_identity(Ask& ask);
Reply get_identity_evidence(Ask& ask);
Reply post_hand_over(Ask& ask);
Reply post_close_case(Ask& ask);
Reply post_hold(Ask& ask);
Reply post_hold_approve(Ask& ask);
Reply post_hold_release(Ask& ask);

// api_bags.cc
Reply post_export(Ask& ask);
Reply get_bag(Ask& ask);

// api_overview.cc
Reply get_statistics(Ask& ask);
Reply get_graph(Ask& ask);
Reply get_audit(Ask& ask);
Reply get_audit_check(Ask& ask);
Reply get_person_report(Ask& ask);
Reply get_skb(Ask& ask);
Reply get_contests(Ask& ask);

// api_staff.cc
Reply get_staff(Ask& ask);
Reply post_staff(Ask& ask);
Reply post_staff_roles(Ask& ask);
Reply post_staff_scopes(Ask& ask);
Reply post_staff_disable(Ask& ask);
Reply post_staff_enable(Ask& ask);
Reply post_staff_end_sessions(Ask& ask);
Reply post_staff_reset(Ask& ask);
Reply get_settings(Ask& ask);
Reply post_setting(Ask& ask);
Reply get_retention(Ask& ask);
Reply post_retention_run(Ask& ask);
Reply get_lists(Ask& ask);
Reply post_list_roster(Ask& ask);
Reply post_list_campaign(Ask& ask);

// api_packs.cc
Reply get_packs(Ask& ask);
Reply get_pack(Ask& ask);
Reply post_pack(Ask& ask);
Reply post_pack_activate(Ask& ask);
Reply post_pack_check(Ask& ask);

// api_pack_trials.cc
Reply post_pack_try(Ask& ask);
Reply post_pack_diff(Ask& ask);

}  // namespace pantau
