#!/usr/bin/env python3
"""Turns a corpus of pantau_corpus into what every contender can read.

    python3 bench/contenders/prepare.py CORPUS OUT --patterns N

Writes into OUT:

    patterns.txt       the first N patterns of the corpus's pack, one a line
    rules.toml         the same as a pack of Pantau: one rule, all of them in its `any`
    zones.csv          contest_id,utc_hours: the zones of contests.toml as plain offsets
    texts.txt          the texts, one a line, for tools that know lines only
    texts.keys         the keys of their records, line by line
"""

import argparse
import json
import tomllib
from pathlib import Path

import reference

# None of them has summer time, so an offset says all.
UTC_HOURS = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}

RULE = """[[rule]]
id = "pembanding"
title = {{ id = "Aturan rekaan untuk pembandingan" }}
kinds = ["post", "comment", "share"]
link = "target"
level = "medium"
proposes = {{ ethics = ["KE-4"], discipline = ["DS-6"] }}
any = [{names}]
"""


def read_patterns(corpus, count):
    """The first `count` (name, expression) of the pack; a pattern has one expression there."""
    pack = tomllib.loads((corpus / "rules.toml").read_text(encoding="utf-8"))
    patterns = [(pattern["name"], *pattern["re"]) for pattern in pack["pattern"]]
    if len(patterns) < count:
        raise SystemExit(f"{corpus}/rules.toml has {len(patterns)} patterns, {count} are wanted")
    return patterns[:count]


def pack_text(patterns):
    parts = ['[pack]\nid = "pembanding"\nversion = "1"\n\n']
    parts += [f"[[pattern]]\nname = \"{name}\"\nre = ['{expression}']\n\n"
              for name, expression in patterns]
    parts.append(RULE.format(names=", ".join(f'"{name}"' for name, _ in patterns)))
    return "".join(parts)


def zones_text(corpus):
    contests = tomllib.loads((corpus / "contests.toml").read_text(encoding="utf-8"))["contest"]
    rows = [f"{contest['id']},{UTC_HOURS[contest['timezone']]}\n" for contest in contests]
    return "contest_id,utc_hours\n" + "".join(rows)



def write_texts(records, out):
    out.mkdir(parents=True, exist_ok=True)
    with (open(records, encoding="utf-8") as lines,
          open(out / "texts.txt", "w", encoding="utf-8") as texts,
          open(out / "texts.keys", "w", encoding="utf-8") as keys):
        for line in lines:
            record = json.loads(line)
            if reference.is_of_job(record):
                # A line end inside a text would make two of it.
                texts.write(record["text"].replace("\n", " ") + "\n")
                keys.write(reference.key_of(record) + "\n")


def write_patterns(corpus, out, count):
    out.mkdir(parents=True, exist_ok=True)
    patterns = read_patterns(corpus, count)
    lines = "".join(f"{expression}\n" for _, expression in patterns)
    (out / "patterns.txt").write_text(lines, encoding="utf-8")
    (out / "rules.toml").write_text(pack_text(patterns), encoding="utf-8")
    (out / "zones.csv").write_text(zones_text(corpus), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--patterns", type=int, required=True)
    args = parser.parse_args()
    write_patterns(args.corpus, args.out, args.patterns)
    write_texts(args.corpus / "records.ndjson", args.out)


if __name__ == "__main__":
    main()
