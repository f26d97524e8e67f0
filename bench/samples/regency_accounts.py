"""Accounts, and the names, handles and ids they are given.

Ids begin with 9 in ranges that no platform has reached, and addresses end in .example.
"""

import re
from dataclasses import dataclass
from datetime import date

from regency_contests import Candidate
from regency_dice import digits
from regency_lists import GIVEN, HEADS, TAILS

ALPHABET_OF_DIDS = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass
class Account:
    platform: str
    id: str
    handle: str
    name: str
    knows: str = "both"  # what a record shows of it: both, id, handle
    candidate: Candidate = None
    type: str = ""
    until: date = None  # last day on which the campaign list holds it


def make_id(rng, platform):
    """An id in the platform's shape that it has not reached (or cannot give)."""
    if platform == "bluesky":
        return "did:plc:" + "".join(rng.choice(ALPHABET_OF_DIDS) for _ in range(24))
    if platform == "youtube":
        return "UC00contoh" + digits(rng, "9", 14)
    if platform == "telegram":
        return digits(rng, "99", 13)
    if platform == "x":
        return digits(rng, "97", 19)
    if platform == "tiktok":
        return digits(rng, "98", 19)
    return digits(rng, "9990", 17)


def make_handle(platform, stem):
    if platform == "bluesky":
        return stem.replace("_", "-").replace(".", "-") + ".contoh.example"
    if platform == "mastodon":
        return stem.replace(".", "_") + "@sosial.example"
    if platform == "x":
        return stem.replace(".", "_")
    return stem


def person_name(rng):
    surname = rng.choice(HEADS) + rng.choice(TAILS)
    given = rng.choice(GIVEN)
    return f"{given} {rng.choice(GIVEN)} {surname}" if rng.random() < 0.3 else f"{given} {surname}"


def stem_of(rng, name):
    parts = [part for part in re.sub("[^a-z ]", "", name.lower()).split() if part]
    joint = rng.choice([".", "_", ""])
    return f"{parts[0]}{joint}{parts[-1]}{rng.randrange(10, 9999)}"
