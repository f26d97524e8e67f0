"""Acts as records, and records as lines, with the variety that exports of platforms show:
several time zones, ids as numbers, accounts known by half, keys in any order.
"""

import json
from datetime import timedelta, timezone

from regency_accounts import ALPHABET_OF_DIDS
from regency_calendar import WITA
from regency_dice import digits, weighted

ZONES = [(WITA, 40), (timezone.utc, 45), (timezone(timedelta(hours=7)), 10),
         (timezone(timedelta(hours=9)), 5)]
HAS_NO_ID = {"like", "follow"}


def written_time(rng, at):
    local = at.astimezone(weighted(rng, ZONES))
    text = local.strftime("%Y-%m-%dT%H:%M:%S")
    if rng.random() < 0.3:
        text += f".{rng.randrange(1000):03d}"
    offset = local.strftime("%z")
    return text + ("Z" if local.tzinfo is timezone.utc else f"{offset[:3]}:{offset[3:]}")


def written_id(rng, value):
    """Some exports write ids as numbers, far above 2^53."""
    return int(value) if value.isdigit() and rng.random() < 0.25 else value


def written_account(rng, account):
    shown = {}
    if account.knows in ("both", "id"):
        shown["id"] = written_id(rng, account.id)
    if account.knows in ("both", "handle"):
        handle = account.handle
        if rng.random() < 0.08:
            handle = "@" + handle.title()
        shown["handle"] = handle
    if rng.random() < 0.35:
        shown["name"] = account.name
    return shown


def post_id(rng, platform, owner):
    if platform == "facebook":
        return f"{owner.id}_{digits(rng, '99', 15)}"
    if platform == "bluesky":
        return "3kc" + "".join(rng.choice(ALPHABET_OF_DIDS) for _ in range(10))
    if platform == "youtube":
        return "Ugz9contoh" + "".join(rng.choice(ALPHABET_OF_DIDS) for _ in range(12))
    return digits(rng, "99", 19)


def add_extras(rng, record):
    """What exports hold beyond the format: readers pass over it."""
    if rng.random() < 0.12:
        record["lang"] = "id"
    if rng.random() < 0.08:
        record["counts"] = {"likes": rng.randrange(500), "replies": rng.randrange(40)}
    if rng.random() < 0.05:
        record["media"] = [{"type": "photo", "size": [1080, 1350], "alt": None}]


def add_target(rng, record, act):
    if act.target is None:
        return
    record["target"] = written_account(rng, act.target)
    if act.kind != "follow":
        record["object_id"] = written_id(rng, post_id(rng, act.platform, act.target))


def add_times(rng, record, act):
    """What has no id has no time of its own either: only when it was seen is known."""
    seen = act.at
    if "id" in record:
        record["created_at"] = written_time(rng, act.at)
        seen += timedelta(minutes=rng.randrange(5, 4000))
    record["observed_at"] = seen.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def add_source(rng, record, platform):
    if "id" in record and rng.random() < 0.15:
        record["url"] = f"https://{platform}.example/p/{record['id']}"
    if rng.random() < 0.5:
        record["provenance"] = weighted(rng, [("export", 6), ("capture", 3), ("informant", 1)])
    if platform in ("bluesky", "mastodon"):
        record["provenance"] = "api"


def record_of(rng, act):
    record = {"platform": act.platform, "kind": act.kind}
    if act.kind not in HAS_NO_ID or act.platform == "bluesky":
        record["id"] = written_id(rng, post_id(rng, act.platform, act.actor))
    record["actor"] = written_account(rng, act.actor)
    add_target(rng, record, act)
    if act.text is not None:
        record["text"] = act.text
    add_times(rng, record, act)
    add_source(rng, record, act.platform)
    add_extras(rng, record)
    return record


def line_of(rng, record):
    if rng.random() < 0.1:
        record = dict(rng.sample(list(record.items()), len(record)))
    escaped = rng.random() < 0.15
    separators = (", ", ": ") if rng.random() < 0.05 else (",", ":")
    line = json.dumps(record, ensure_ascii=escaped, separators=separators)
    if rng.random() < 0.05:
        line = line.replace("/", "\\/")
    return line.encode()
