#!/usr/bin/env python3
"""Fills a review queue with as many items as a big office has: copies of a swept queue's items.

    build/bin/pantau sweep data/samples/regency/sweep.toml --queue sqlite:/tmp/queue.sqlite
    bench/many_items.py /tmp/queue.sqlite 1000000 [--people 200000] [--days 10]

Each copy has a key and a person of its own choosing and was found within the last days; all else
(text, rules, candidates) is the original's. They are written as a sweep writes them, so the file's
triggers count them. The same options give the same items, but for the day.
"""
import argparse
import datetime
import json
import random
import sqlite3

BATCH = 20_000
ITEM = ("run, level, category, region, ownership, basis, platform, kind, acted_at, acted_day, flag, received, seq, key")


def originals(database):
    items = []
    for row in database.execute(f"SELECT {ITEM} FROM item"):
        *values, seq, key = row
        rules = [rule for (rule,) in database.execute("SELECT rule FROM item_rule WHERE item = ?", (seq,))]
        candidates = database.execute("SELECT contest, candidate, stage FROM item_candidate WHERE item = ?", (seq,)).fetchall()
        items.append((values, key, rules, candidates))
    return items


def add(database, number, original, dice, options, now):
    values, key, rules, candidates = original
    run, level, category, region, ownership, basis, platform, kind, acted_at, acted_day, flag, received = values
    person = f"S-{dice.randrange(options.people):07d}"
    found = now - datetime.timedelta(seconds=dice.randrange(options.days * 86_400))
    told = json.loads(flag)
    told["key"] = f"{key}-{number}"
    told["subject"]["id"] = person
    seq = database.execute(
        "INSERT INTO item (key, run, state, level, subject, category, region, ownership, basis, platform, kind, acted_at,"
        " acted_day, found_at, flag, received) VALUES (?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (told["key"], run, level, person, category, region, ownership, basis, platform, kind, acted_at, acted_day,
         found.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n", received)).lastrowid
    database.executemany("INSERT INTO item_rule (item, rule) VALUES (?, ?)", [(seq, rule) for rule in rules])
    database.executemany("INSERT INTO item_candidate (item, contest, candidate, stage) VALUES (?, ?, ?, ?)",
                         [(seq, *candidate) for candidate in candidates])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queue", help="the queue's file, filled by a sweep")
    parser.add_argument("items", type=int, help="so many are added")
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--days", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    database = sqlite3.connect(options.queue, isolation_level=None)
    # A file for measuring: should the machine fail, it is made anew.
    database.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;")
    dice = random.Random(options.seed)
    now = datetime.datetime.now(datetime.timezone.utc)
    templates = originals(database)
    for first in range(0, options.items, BATCH):
        database.execute("BEGIN")
        for number in range(first, min(first + BATCH, options.items)):
            add(database, number, dice.choice(templates), dice, options, now)
        database.execute("COMMIT")
        print(f"{min(first + BATCH, options.items)} items", flush=True)


if __name__ == "__main__":
    main()
