"""What happens in the regency: who does what, to whom, when, and in which words.

Beside everyday talk and the acts of PLAN there are some at the borders of the stages, one
second before local midnight and at midnight, and some by impostors of rostered people.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import regency_texts as texts
from regency_accounts import Account, make_id
from regency_calendar import CAMPAIGN, DETERMINATION, DRAW, QUIET, VOTING, WITA, draw_time
from regency_contests import CANDIDATES
from regency_dice import weighted
from regency_disguises import disguise
from regency_mixture import PLAN, ROSTERED_SHARE, ROWS
from regency_wording import say

KINDS = [("post", 30), ("comment", 26), ("share", 10), ("like", 22), ("follow", 12)]
TALK = [(texts.EVERYDAY, 62), (texts.NEUTRAL, 14), (texts.NEWS, 7), (texts.GUIDANCE, 6),
        (texts.DENIAL, 3), (texts.ELSEWHERE, 8)]
PARTISAN = [texts.CALLS, texts.SUPPORT, texts.VICTORY, texts.TAGS, texts.AGAINST, texts.CONTINUE,
            texts.GREETING, texts.ATTEND, texts.PHOTO, texts.MATERIAL]

# How each purpose of PLAN shows: by its kind of act, or by its words.
KINDS_OF_PLAN = {"follow campaign": "follow", "like campaign": "like", "share campaign": "share",
                 "comment below": "comment", "comment support": "comment"}
TEXTS_OF_PLAN = {
    "calls": texts.CALLS, "support": texts.SUPPORT, "victory": texts.VICTORY,
    "tags": texts.TAGS, "against": texts.AGAINST, "continue": texts.CONTINUE,
    "greeting": texts.GREETING, "attend": texts.ATTEND, "photo": texts.PHOTO,
    "team": texts.TEAM, "material": texts.MATERIAL, "display": texts.DISPLAY,
    "calls to colleagues": texts.CALLS_TO_COLLEAGUES, "quiet": texts.CALLS,
}
PLANNED_ON = [("facebook", 40), ("instagram", 32), ("tiktok", 9), ("x", 11), ("bluesky", 8)]

NUMBERS_AT_DRAW = "Ayo coblos nomor urut {n}!"


@dataclass
class Act:
    platform: str
    kind: str
    actor: Account
    target: Account
    text: str
    at: datetime
    purpose: str


def talk(rng, kind, platform, partisan):
    if partisan:
        return say(rng, rng.choice(PARTISAN), platform)
    if kind == "comment" and rng.random() < 0.7:
        return say(rng, texts.REMARKS, platform)
    return say(rng, weighted(rng, TALK), platform)


def everyday_act(world, platform, by_roster):
    """Everyday talk and clicks. Only strangers take sides here: they are free to."""
    rng = world.rng
    kind = weighted(rng, KINDS)
    at = draw_time(rng)
    actor = world.rostered_on(platform) if by_roster else world.stranger_on(platform)
    target, text = None, None
    if kind != "post":
        target = world.bystander_on(platform)
        if not by_roster and rng.random() < 0.15:
            choice = world.campaign_on(platform, rng.choice(CANDIDATES), at)
            target = rng.choice(choice) if choice else target
    if kind in ("post", "comment") or (kind == "share" and rng.random() < 0.4):
        text = talk(rng, kind, platform, not by_roster and rng.random() < 0.12)
    return Act(platform, kind, actor, target, text, at, "everyday")


def planned_text(rng, purpose, platform, candidate):
    if purpose == "comment below":
        return say(rng, texts.BELOW_CAMPAIGN, platform, candidate)
    if purpose == "comment support":
        return say(rng, texts.SUPPORT_BELOW_CAMPAIGN, platform, candidate)
    if purpose == "share campaign":
        return say(rng, texts.SUPPORT, platform, candidate) if rng.random() < 0.25 else None
    if purpose not in TEXTS_OF_PLAN:
        return None
    text = say(rng, TEXTS_OF_PLAN[purpose], platform, candidate)
    return disguise(rng, text) if rng.random() < 0.35 else text


def planned_place(world, purpose, candidate):
    """Platform, time, and the accounts of `candidate` that can be acted on there and then."""
    while True:
        platform = weighted(world.rng, PLANNED_ON)
        at = draw_time(world.rng, QUIET if purpose == "quiet" else None)
        if platform == "x" and purpose == "like campaign":
            continue  # nobody sees likes on X any more
        choice = world.campaign_on(platform, candidate, at)
        if choice or purpose not in KINDS_OF_PLAN:
            return platform, at, choice


def planned_act(world, purpose, candidate):
    """One act that looks like a breach, towards `candidate`."""
    rng = world.rng
    platform, at, choice = planned_place(world, purpose, candidate)
    kind = KINDS_OF_PLAN.get(purpose) or weighted(rng, [("post", 7), ("comment", 3)])
    if purpose in ("attend", "photo"):
        kind = "post"
    target = rng.choice(choice) if purpose in KINDS_OF_PLAN else None
    if target is None and kind == "comment":
        target = world.bystander_on(platform)
    text = planned_text(rng, purpose, platform, candidate)
    return Act(platform, kind, world.rostered_on(platform), target, text, at, purpose)


def border_acts(world):
    """Pairs of posts on both sides of each border between stages."""
    acts = []
    for day in (DETERMINATION, DRAW, CAMPAIGN[0], QUIET[0], VOTING, date(2024, 11, 28)):
        midnight = datetime(day.year, day.month, day.day, tzinfo=WITA)
        for index, at in enumerate((midnight - timedelta(seconds=1), midnight)):
            candidate = CANDIDATES[(day.day + index) % 3]
            template = NUMBERS_AT_DRAW if day == DRAW else "Ayo dukung {pair}, {slogan}"
            text = say(world.rng, [template], "facebook", candidate)
            acts.append(Act("facebook", "post", world.rostered_on("facebook"), None, text, at,
                            "border"))
    return acts


def impostor_acts(world):
    """Another account under a rostered handle: another id, so nobody of the roster."""
    acts = []
    known = [a for a, row in zip(world.rostered, world.roster_rows)
             if row["account_id"] and row["handle"] and a.platform == "instagram"]
    for account in world.rng.sample(known, 6):
        double = Account("instagram", make_id(world.rng, "instagram"), account.handle, account.name)
        text = say(world.rng, texts.CALLS, "instagram")
        acts.append(Act("instagram", "post", double, None, text, draw_time(world.rng), "impostor"))
    return acts


def all_acts(world):
    """The acts of each platform, in the order of time."""
    planned = [planned_act(world, purpose, CANDIDATES[index % len(CANDIDATES)])
               for purpose, count in PLAN.items() for index in range(count)]
    planned += border_acts(world) + impostor_acts(world)
    acts = {}
    for platform, rows in ROWS.items():
        mine = [act for act in planned if act.platform == platform]
        by_roster = max(0, int(rows * ROSTERED_SHARE) - len(mine))
        for index in range(rows - len(mine)):
            mine.append(everyday_act(world, platform, index < by_roster))
        acts[platform] = sorted(mine, key=lambda act: act.at)
    return acts
