#!/usr/bin/env python3
"""Makes texts.ndjson, and the lists of the made-up world, from the sentences in sources/.

    python3 data/evaluation/make_texts.py            # writes them
    python3 data/evaluation/make_texts.py --check    # only says whether they are as it would write them

Needs nothing but Python 3. The same sources give the same bytes: each variant is drawn with a
seed made of the sentence's own words, so that a new sentence changes no other's.
"""

import csv
import io
import json
import random
import re
import sys
from datetime import timedelta
from pathlib import Path

import evaluation_world as world
from evaluation_sources import all_sentences
from evaluation_variants import vary

HERE = Path(__file__).parent
SEED = "pantau-evaluation-1"
STAGES = [("before", 12), ("determined", 4), ("campaign", 66), ("quiet", 8), ("voting", 5), ("after", 5)]
PEOPLE = world.subjects()
ACCOUNTS = world.campaign_accounts()
TARGET_TYPES = [("registered", 40), ("campaign_team", 20), ("supporter", 20), ("personal", 14), ("party", 6)]

# How many variants a sentence gets beside the plain one.
VARIANTS_FLAGGED = 1
VARIANTS_OTHER = 1
ACT_REPEATS = 12


def drawn(rng, pairs):
    return rng.choices([value for value, _ in pairs], [weight for _, weight in pairs])[0]


def capital(text):
    return text[:1].upper() + text[1:]


def slots_of(rng, contest, candidate, platform):
    rival = rng.choice([c for c in contest.candidates if c is not candidate])
    handle = next(a.handle for a in ACCOUNTS if (a.contest, a.candidate, a.platform, a.type) ==
                  (contest.id, str(candidate.number), platform, "registered"))
    n = candidate.number
    return {
        "pair": candidate.pair if rng.random() < 0.8 else candidate.pair.replace("-", " "),
        "who": candidate.head, "who2": candidate.deputy, "short": candidate.short,
        "short2": candidate.short2, "short_lc": candidate.short.lower(), "nick": candidate.nick,
        "tag": candidate.tag, "slogan": candidate.slogan,
        "slogan_tag": candidate.slogan.title().replace(" ", ""), "at": "@" + handle,
        "n": n, "nn": f"{n:02}", "n_up": f"NOMOR {n}", "word": world.WORDS[n],
        "keycap": f"{n}\ufe0f\u20e3", "jv_word": world.JAVANESE[n], "su_word": world.SUNDANESE[n],
        "office": contest.office, "office_cap": contest.office.title(),
        "office_tag": contest.office.title().replace(" ", ""), "region": contest.place,
        "region_up": contest.place.upper(), "region_tag": contest.tag,
        "rival": rival.pair, "rival_tag": rival.tag,
        "others": ", ".join(c.pair for c in contest.candidates),
        "party": rng.choice(world.PARTIES), "party_color": rng.choice(world.COLOURS),
        "village": rng.choice(world.VILLAGES), "place": rng.choice(world.PLACES),
        "day": rng.choice(world.DAYS), "name": rng.choice(world.NAMES),
        "number": rng.randrange(11, 98),
    }


def filled(text, slots):
    """Slots filled; one that begins a sentence with a word in lower case gets a capital."""
    text = re.sub(r"\{(\w+)\}", lambda match: str(slots[match[1]]), text)
    return capital(text) if text[:1].isascii() and slots["word"] == text.split(" ")[0] else text


def time_of(rng, contest, sentence):
    stage = drawn(rng, STAGES)
    if sentence.after_draw and stage == "before":
        stage = "campaign"
    first, last = world.days_of(contest, stage)
    day = first + timedelta(days=rng.randrange((last - first).days + 1))
    return f"{day}T{rng.randrange(5, 23):02}:{rng.randrange(60):02}:{rng.randrange(60):02}{contest.offset}"


def target_of(rng, sentence, contest, candidate, platform):
    """The account acted on: of the campaign, or a bystander's."""
    if sentence.link != "target":
        return {"id": f"97{rng.randrange(10**6):06}", "handle": "tetangga.contoh"}, None
    type_ = sentence.account_type or drawn(rng, TARGET_TYPES)
    account = next(a for a in ACCOUNTS if (a.contest, a.candidate, a.platform, a.type) ==
                   (contest.id, str(candidate.number), platform, type_))
    return {"id": account.id, "handle": account.handle}, type_


def row_of(sentence, index):
    rng = random.Random(f"{SEED}|{sentence.id}|{index}")
    contest = rng.choice(world.CONTESTS)
    candidate = rng.choice(contest.candidates)
    platform = rng.choice(world.PLATFORMS)
    kind = rng.choice(sentence.kinds)
    wordless = sentence.text == "-"
    text, variation = sentence.text, "plain"
    if index > 0 and not wordless:
        text, variation = vary(rng, text, sentence.expected)
    slots = slots_of(rng, contest, candidate, platform)
    target, account_type = target_of(rng, sentence, contest, candidate, platform)
    people = [p for p in PEOPLE if contest.type in ("pilgub", "pilpres") or p.region == contest.region]
    return {
        "id": f"{sentence.id}-{index}", "sentence": sentence.id, "class": sentence.class_,
        "expected": sentence.expected, "contest": contest.id, "candidate": str(candidate.number),
        "clear": sentence.clear, "language": sentence.language, "split": sentence.split,
        "relation": sentence.link, "account_type": account_type, "variation": variation,
        "kind": kind, "platform": platform, "subject": rng.choice(people).id,
        "target": None if kind == "post" else target, "time": time_of(rng, contest, sentence),
        "text": None if wordless else filled(text, slots),
    }


def rows_of(sentence):
    if sentence.account_type:
        count = ACT_REPEATS
    else:
        count = 1 + (VARIANTS_FLAGGED if sentence.expected else VARIANTS_OTHER)
    rows = [row_of(sentence, index) for index in range(count)]
    if sentence.text == "-":
        return rows
    return [row for i, row in enumerate(rows) if i == 0 or row["variation"] != "plain"]


def csv_text(header, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def roster():
    header = ["subject_id", "name", "nip", "category", "agency", "position", "region", "platform",
              "account_id", "handle", "ownership", "basis", "valid_from", "valid_to"]
    return csv_text(header, [
        [p.id, f"Orang Rekaan {p.id}", "", "pns" if i % 3 else "pppk", "Dinas Contoh", "staf", p.region,
         platform, account, "", "declared", "Daftar rekaan untuk evaluasi", "", ""]
        for i, p in enumerate(PEOPLE) for platform, account in p.accounts.items()])


def campaign():
    header = ["contest_id", "candidate_id", "platform", "account_id", "handle", "account_type",
              "valid_from", "valid_to"]
    return csv_text(header, [[a.contest, a.candidate, a.platform, a.id, a.handle, a.type, "", ""]
                             for a in ACCOUNTS])


def contests():
    parts = ["# Made by make_texts.py: contests that never were. The days are those of 2024's elections."]
    for c in world.CONTESTS:
        parts.append(f'''
[[contest]]
id = "{c.id}"
type = "{c.type}"
region = "{c.region}"
timezone = "{c.zone}"
registration = {c.registration}
determination = {c.determination}
number_draw = {c.draw}
campaign = [{c.campaign[0]}, {c.campaign[1]}]
quiet = [{c.quiet[0]}, {c.quiet[1]}]
voting = {c.voting}
end = {c.end}''')
        for k in c.candidates:
            names = json.dumps([k.head, k.deputy, k.pair, k.short, k.short2, k.nick])
            parts.append(f'''
[[contest.candidate]]
id = "{k.number}"
number = {k.number}
names = {names}
hashtags = ["{k.tag}"]
slogans = ["{k.slogan}"]''')
    return "\n".join(parts) + "\n"


def main():
    rows = [row for sentence in all_sentences() for row in rows_of(sentence)]
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    made = {"texts.ndjson": "\n".join(lines) + "\n", "roster.csv": roster(), "campaign.csv": campaign(),
            "contests.toml": contests()}
    if sys.argv[1:] == ["--check"]:
        stale = [name for name, text in made.items() if (HERE / name).read_text("utf-8") != text]
        sys.exit(f"not as make_texts.py makes them: {', '.join(stale)}" if stale else 0)
    for name, text in made.items():
        (HERE / name).write_text(text, encoding="utf-8")
    print(f"{len(rows)} texts of {len({row['sentence'] for row in rows})} sentences")


if __name__ == "__main__":
    main()
