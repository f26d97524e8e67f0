"""What the right answer is, as plainly as Python can say it. See README.md, "The work".

The judge asks this about every record that two contenders disagree on, and
contender_python.py is nothing else over a whole archive.
"""

import csv
import datetime
import itertools
import re
import unicodedata
from collections import defaultdict

KINDS = {"post", "comment", "share"}
TYPES_LEFT_OUT = {"institution", "media"}
ROSTER_UTC_HOURS = 7  # the zone of the sweep, Asia/Jakarta
ALWAYS = (float("-inf"), float("inf"))
DIGITS_FOR_LETTERS = str.maketrans("0134578@!$", "oieastbais")


def fold_handle(handle):
    return handle.lower().removeprefix("@") if handle else ""


def first_second_of(day, utc_hours):
    midnight = datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.timezone.utc)
    return midnight.timestamp() - utc_hours * 3600


def validity(row, utc_hours):
    """[begin, end) of a row's valid_from .. valid_to, whose days are inclusive and local."""
    begins, ends = ALWAYS
    if row["valid_from"]:
        begins = first_second_of(row["valid_from"], utc_hours)
    if row["valid_to"]:
        ends = first_second_of(row["valid_to"], utc_hours) + 86_400
    return begins, ends


class Accounts:
    """A list of accounts. A row with an id is found by it, a row without by its handle."""

    def __init__(self):
        self.by_id = defaultdict(list)
        self.by_handle = defaultdict(list)

    def add(self, row, when):
        if row["account_id"]:
            self.by_id[row["platform"], row["account_id"]].append(when)
        else:
            self.by_handle[row["platform"], fold_handle(row["handle"])].append(when)

    def has(self, platform, account, second):
        found = itertools.chain(
            self.by_id.get((platform, str(account.get("id"))), ()),
            self.by_handle.get((platform, fold_handle(account.get("handle"))), ()))
        return any(begins <= second < ends for begins, ends in found)


def read_roster(corpus, platforms_and_names=None):
    """Of the roster, or of those accounts of it that are named; see names_of."""
    roster = Accounts()
    with open(corpus / "roster.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if platforms_and_names is not None and platforms_and_names.isdisjoint(
                    {(row["platform"], row["account_id"]),
                     (row["platform"], fold_handle(row["handle"]))}):
                continue
            roster.add(row, validity(row, ROSTER_UTC_HOURS))
    return roster


def names_of(platform, account):
    return {(platform, str(account.get("id"))), (platform, fold_handle(account.get("handle")))}


def read_campaign(corpus, prepared):
    with open(prepared / "zones.csv", encoding="utf-8", newline="") as file:
        hours = {row["contest_id"]: int(row["utc_hours"]) for row in csv.DictReader(file)}
    campaign = Accounts()
    with open(corpus / "campaign.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["account_type"] not in TYPES_LEFT_OUT:
                campaign.add(row, validity(row, hours[row["contest_id"]]))
    return campaign


def read_patterns(prepared):
    return (prepared / "patterns.txt").read_text(encoding="utf-8").splitlines()


class Texts:
    """Which texts a pattern matches. One alternation; its classes are ASCII, as RE2's are."""

    def __init__(self, patterns):
        alternation = "|".join(f"(?:{pattern})" for pattern in patterns)
        self.expression = re.compile(alternation, re.ASCII)

    def match(self, text):
        return self.expression.search(text.lower()) is not None

    def match_disguised(self, text):
        """Roughly what Pantau undoes: of width and white space, of c0blos, K E R E N, belii."""
        plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
        for undone in itertools.product((False, True), repeat=3):
            view = plain
            if undone[0]:
                view = re.sub(r"\b(\w)[ .](?=\w\b)", r"\1", view)
            if undone[1]:
                view = view.translate(DIGITS_FOR_LETTERS)
            if undone[2]:
                view = re.sub(r"([a-z])\1+", r"\1", view)
            if self.expression.search(view):
                return True
        return False


def is_of_job(record):
    return record["kind"] in KINDS and bool(record.get("text"))


def is_tied(record, roster, campaign):
    when = record.get("created_at") or record["observed_at"]
    second = datetime.datetime.fromisoformat(when).timestamp()
    return (roster.has(record["platform"], record["actor"], second)
            and campaign.has(record["platform"], record.get("target") or {}, second))


def key_of(record):
    return f"{record['platform']}/{record['kind']}/{record['id']}"
