"""The list of campaign accounts: those of the pairs, and those of nobody in particular."""

from regency_accounts import Account, make_handle, make_id
from regency_calendar import CAMPAIGN
from regency_contests import CANDIDATES, GOVERNOR, REGENT
from regency_dice import weighted

CAMPAIGN_HEADER = ("contest_id candidate_id platform account_id handle account_type valid_from "
                   "valid_to").split()

TYPES_PER_PAIR = (["registered"] * 6 + ["campaign_team"] * 3 + ["supporter"] * 4
                  + ["personal"] * 3 + ["party"] * 2)
OF_NOBODY = (["institution"] * 4 + ["media"] * 4 + ["party"] * 1 + ["supporter"] * 1)
CAMPAIGN_PLATFORMS = ["instagram", "facebook", "tiktok", "x", "bluesky", "youtube"]
PLATFORM_WEIGHTS = [("instagram", 30), ("facebook", 34), ("tiktok", 14), ("x", 10), ("bluesky", 9),
                    ("youtube", 3)]


def campaign_stem(kind, candidate, index):
    if candidate is None:
        word = {"institution": "pemkab", "media": "kabar", "party": "partaicontoh",
                "supporter": "suaraumum"}[kind]
        return f"{word}_hulucontoh{index}"
    tag = candidate.tag.lower()
    word = {"registered": "{}_resmi", "campaign_team": "tim.{}", "supporter": "sahabat_{}",
            "personal": "{}_pribadi", "party": "partaicontoh_{}"}[kind].format(tag)
    return f"{word}{index}"


def campaign_account(rng, kind, candidate, index):
    # The first accounts of each pair cover the platforms, so that every pair can be acted on.
    platform = (CAMPAIGN_PLATFORMS[index] if kind == "registered" and index < 5
                else weighted(rng, PLATFORM_WEIGHTS))
    handle = make_handle(platform, campaign_stem(kind, candidate, index))
    return Account(platform, make_id(rng, platform), handle, handle.split(".contoh")[0],
                   candidate=candidate, type=kind)


def campaign_row(rng, account, contest, index):
    """The account's row; also notes in the account what of it is known, and until when."""
    row = {"contest_id": contest, "candidate_id": account.candidate.id if account.candidate else "",
           "platform": account.platform, "account_id": account.id, "handle": account.handle,
           "account_type": account.type, "valid_from": "", "valid_to": ""}
    if account.type == "registered" and index % 2 == 0:
        # Registered accounts must be closed before the quiet days.
        row["valid_from"], row["valid_to"] = "2024-08-01", CAMPAIGN[1].isoformat()
        account.until = CAMPAIGN[1]
    if rng.random() < 0.2:
        row["account_id"] = ""
    elif rng.random() < 0.1:
        row["handle"], account.knows = "", "id"
    return row


def make_campaign(rng):
    """The rows of campaign.csv, and the account behind each."""
    wanted = [(kind, candidate, candidate.contest, index)
              for candidate in CANDIDATES for index, kind in enumerate(TYPES_PER_PAIR)]
    wanted += [(kind, None, REGENT if index % 2 == 0 else GOVERNOR, index)
               for index, kind in enumerate(OF_NOBODY)]
    rows, accounts = [], []
    for kind, candidate, contest, index in wanted:
        account = campaign_account(rng, kind, candidate, index)
        rows.append(campaign_row(rng, account, contest, index))
        accounts.append(account)
        if candidate:
            candidate.accounts.append(account)
    return rows, accounts
