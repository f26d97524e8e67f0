"""Whose answer is right. No time is told before this has been asked.

What Pantau and DuckDB agree on is taken to be right: they share no code but RE2. Whatever they
differ on is decided record by record by reference.py, and so is a sample of what others find
or miss against both.
"""

import json
import random
from dataclasses import dataclass, field

import reference

SAMPLE = 40  # of what one contender says against all others
EXAMPLES = 5


@dataclass
class Verdict:
    keys: int = 0
    missing: int = 0      # right, but not found
    extra: int = 0        # found, but not right
    disguised: int = 0    # found under a disguise, which only Pantau looks under
    examples: list = field(default_factory=list)

    def is_right(self):
        return self.missing == 0 and self.extra == 0


def records_of(keys, records):
    """The records with these keys."""
    found = {}
    ids = {key.rsplit("/", 1)[1] for key in keys}
    with open(records, "rb") as lines:
        for line in lines:
            if not keys or len(found) == len(keys):
                break
            record = json.loads(line)
            if "id" in record and str(record["id"]) in ids:
                key = reference.key_of(record)
                if key in keys:
                    found.setdefault(key, record)
    return found


def keys_of(records):
    with open(records, "rb") as lines:
        return {reference.key_of(record) for record in map(json.loads, lines)
                if reference.is_of_job(record)}


class Judge:
    def __init__(self, job, setting):
        self.job = job
        self.setting = setting

    def decide(self, keys):
        """key -> "right", "disguised" or "wrong", for each of `keys`."""
        if not keys:
            return {}
        records = records_of(keys, self.setting.records)
        texts = reference.Texts(reference.read_patterns(self.setting.prepared))
        lists = self.read_lists(records.values()) if self.job == "flags" else None
        return {key: self.decide_one(records.get(key), texts, lists) for key in keys}

    def read_lists(self, records):
        names = set()
        for record in records:
            names |= reference.names_of(record["platform"], record["actor"])
        return (reference.read_roster(self.setting.corpus, names),
                reference.read_campaign(self.setting.corpus, self.setting.prepared))

    def decide_one(self, record, texts, lists):
        if record is None or not reference.is_of_job(record):
            return "wrong"
        if lists is not None and not reference.is_tied(record, *lists):
            return "wrong"
        if texts.match(record["text"]):
            return "right"
        return "disguised" if texts.match_disguised(record["text"]) else "wrong"


def truth_of(first, second, judge):
    """From two independent answers: what is right, and what is right under a disguise only."""
    decided = judge.decide(first ^ second)
    right = (first & second) | {key for key, how in decided.items() if how == "right"}
    return right, {key for key, how in decided.items() if how == "disguised"}


def verdict_on(answer, right, disguised):
    missing, extra = right - answer, answer - right - disguised
    return Verdict(len(answer), len(missing), len(extra), len(answer & disguised),
                   sorted(missing | extra)[:EXAMPLES])


def check_sample(answers, right, disguised, judge):
    """Asks reference.py about some of what stands against the truth; returns what it refutes."""
    against = set().union(*answers.values()) - right - disguised
    for answer in answers.values():
        against |= right - answer
    sample = random.Random(1).sample(sorted(against), min(SAMPLE, len(against)))
    decided = judge.decide(set(sample))
    return [key for key in sample if (decided[key] == "right") != (key in right)]
