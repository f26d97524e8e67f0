#!/usr/bin/env python3
"""Runs the evaluation texts through the program and says how well a rule pack does.

    python3 data/evaluation/evaluate.py                      # development split
    python3 data/evaluation/evaluate.py --split test         # the figures to quote
    python3 data/evaluation/evaluate.py --errors             # and every mistake (development only)
    python3 data/evaluation/evaluate.py --ordinary FILE…     # how many plain texts, one a line, are flagged
    python3 data/evaluation/evaluate.py --split all --at-least precision=98 recall=93 let-alone=97

Intervals are Wilson's at 95 %. They speak of texts drawn like these; data/evaluation/README.md
says why that is not yet the world.
"""

import argparse
import json
import math
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import evaluation_world as world

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
Z = 1.959964  # of the normal distribution: 95 % on both sides together
UNSEEN = "unseen"  # the relation that no list can name: counted apart
PEOPLE = {p.id: p for p in world.subjects()}


def wilson(hits, of):
    """The interval of a share in which `hits` of `of` are seen; none of nothing."""
    if of == 0:
        return (0.0, 1.0)
    share, z2 = hits / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return (max(0.0, middle - half), min(1.0, middle + half))


def percent(hits, of):
    if of == 0:
        return f"{'-':>6} {'':>15}"
    low, high = wilson(hits, of)
    return f"{100 * hits / of:6.1f} {f'[{100 * low:.1f}, {100 * high:.1f}]':>15}"


def record_of(row):
    subject = PEOPLE[row["subject"]]
    record = {"platform": row["platform"], "kind": row["kind"], "id": row["id"],
              "actor": {"id": subject.accounts[row["platform"]]}, "observed_at": row["time"]}
    if row["kind"] != "follow":
        record["created_at"] = row["time"]
        record["object_id"] = "o-" + row["id"]
    if row["target"] is not None:
        record["target"] = row["target"]
    if row["text"] is not None:
        record["text"] = row["text"]
    return record


def flags_of(program, rules, records):
    """The flags by number of the record, from 0."""
    command = [str(program), "match", str(HERE / "sweep.toml"), "--format", "pantau"]
    if rules:
        command += ["--rules", *rules]
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    done = subprocess.run(command, input=lines.encode(), capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr.decode())
    flags = {}
    for line in done.stdout.splitlines():
        flag = json.loads(line)
        flags[flag["source"]["line"] - 1] = flag
    return flags


class Tally:
    """Of some texts: how many should be flagged, how many were."""

    def __init__(self):
        self.hit = self.missed = self.false = self.right = self.other_candidate = 0

    def add(self, row, flag):
        if row["expected"]:
            self.hit += flag is not None
            self.missed += flag is None
            self.other_candidate += flag is not None and not names_candidate(flag, row)
        else:
            self.false += flag is not None
            self.right += flag is None

    def precision(self):
        return percent(self.hit, self.hit + self.false)

    def recall(self):
        return percent(self.hit, self.hit + self.missed)

    def unflagged(self):
        return percent(self.right, self.right + self.false)

    def shares(self):
        """Shares in percent, by the names that --at-least knows."""
        return {"precision": 100 * self.hit / max(1, self.hit + self.false),
                "recall": 100 * self.hit / max(1, self.hit + self.missed),
                "let-alone": 100 * self.right / max(1, self.right + self.false)}

    def f1(self):
        return 2 * self.hit / max(1, 2 * self.hit + self.false + self.missed)


def names_candidate(flag, row):
    return any(m["contest"] == row["contest"] and m["candidate"] == row["candidate"]
               for m in flag["matches"])


def print_classes(rows, flags):
    by_class = defaultdict(Tally)
    for i, row in enumerate(rows):
        if row["clear"] and row["relation"] != UNSEEN:
            by_class[(not row["expected"], row["class"])].add(row, flags.get(i))
    print(f"\n{'class':22}{'texts':>7}  {'flagged, as it should be':>25}")
    for (_, name), tally in sorted(by_class.items()):
        if tally.hit + tally.missed:
            print(f"{name:22}{tally.hit + tally.missed:7}  {tally.recall()}")
    print(f"\n{'class':22}{'texts':>7}  {'let alone, as it should be':>25}")
    for (_, name), tally in sorted(by_class.items()):
        if tally.right + tally.false:
            print(f"{name:22}{tally.right + tally.false:7}  {tally.unflagged()}")


def print_shares(title, rows, flags, key):
    """How many of the texts to be flagged were, by what `key` says of them; None is left out."""
    found, all_ = Counter(), Counter()
    for i, row in enumerate(rows):
        name = key(row)
        if row["clear"] and row["expected"] and row["relation"] != UNSEEN and name:
            all_[name] += 1
            found[name] += i in flags
    print(f"\n{title:22}{'texts':>7}  {'flagged, as it should be':>25}")
    for name, of in sorted(all_.items()):
        print(f"{name:22}{of:7}  {percent(found[name], of)}")


def print_rules(rows, flags):
    right, wrong, unclear = Counter(), Counter(), Counter()
    for i, flag in flags.items():
        for rule in {m["rule"] for m in flag["matches"]}:
            if not rows[i]["clear"]:
                unclear[rule] += 1
            elif rows[i]["expected"]:
                right[rule] += 1
            else:
                wrong[rule] += 1
    print(f"\n{'rule':38}{'right':>6}{'wrong':>6}{'unclear':>8}  {'precision':>10}")
    for rule in sorted(set(right) | set(wrong) | set(unclear)):
        print(f"{rule:38}{right[rule]:6}{wrong[rule]:6}{unclear[rule]:8}  "
              f"{percent(right[rule], right[rule] + wrong[rule])}")


def print_headline(rows, flags):
    total, unseen, unclear = Tally(), Tally(), Tally()
    for i, row in enumerate(rows):
        tally = unclear if not row["clear"] else unseen if row["relation"] == UNSEEN else total
        tally.add(row, flags.get(i))
    print(f"clear texts: {total.hit + total.missed} to be flagged, {total.right + total.false} to be let alone")
    print(f"precision    {total.precision()}")
    print(f"recall       {total.recall()}")
    print(f"F1           {100 * total.f1():6.1f}")
    print(f"let alone    {total.unflagged()}")
    print(f"flagged for another candidate than the one meant: {total.other_candidate}")
    print(f"unclear texts, where people would differ: {unclear.hit + unclear.false} of "
          f"{unclear.hit + unclear.missed + unclear.right + unclear.false} flagged")
    print(f"texts whose tie no list can name: {unseen.hit} of {unseen.hit + unseen.missed} flagged")
    return total


def expect_at_least(total, floors):
    """Ends the program if a share is below what was asked for."""
    shares = total.shares()
    for floor in floors:
        name, _, least = floor.partition("=")
        if shares[name] < float(least):
            sys.exit(f"{name} is {shares[name]:.2f} %, less than {least} %")


def print_errors(rows, flags):
    print("\nmistakes")
    for i, row in enumerate(rows):
        if not row["clear"] or row["relation"] == UNSEEN or row["expected"] == (i in flags):
            continue
        rules = ",".join(m["rule"] for m in flags[i]["matches"]) if i in flags else "-"
        print(f"{'missed' if row['expected'] else 'WRONG':7}{row['class']:20}{row['variation']:22}"
              f"{row['kind']:8}{rules:40} {row['text']}")


def ordinary_rows(paths):
    """Texts of files, one a line, as posts and comments of civil servants in mid-campaign."""
    people = list(PEOPLE.values())
    rows = []
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8", errors="replace").splitlines():
            if not line.strip():
                continue
            number = len(rows)
            rows.append({"id": f"ordinary-{number}", "kind": "post" if number % 2 else "comment",
                         "platform": world.PLATFORMS[number % 4], "subject": people[number % 80].id,
                         "target": None if number % 2 else {"handle": "tetangga.contoh"},
                         "time": "2024-10-15T12:00:00+08:00", "text": line.strip()})
    return rows


def run_ordinary(arguments):
    rows = ordinary_rows(arguments.ordinary)
    flags = flags_of(arguments.program, arguments.rules, [record_of(row) for row in rows])
    print(f"{len(flags)} of {len(rows)} ordinary texts flagged")
    for i, flag in flags.items():
        print(f"  {','.join(m['rule'] for m in flag['matches'])}: {rows[i]['text']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=ROOT / "build/bin/pantau")
    parser.add_argument("--rules", nargs="+", help="packs to judge; default: those of sweep.toml")
    parser.add_argument("--split", choices=["dev", "test", "all"], default="dev")
    parser.add_argument("--texts", default=HERE / "texts.ndjson")
    parser.add_argument("--errors", action="store_true", help="list every mistake")
    parser.add_argument("--at-least", nargs="+", metavar="SHARE=PERCENT", default=[],
                        help="fail below these; shares: precision, recall, let-alone")
    parser.add_argument("--ordinary", nargs="+", metavar="FILE", help="plain texts, one a line")
    arguments = parser.parse_args()
    if arguments.ordinary:
        run_ordinary(arguments)
        return
    if arguments.errors and arguments.split != "dev":
        parser.error("--errors is for the development split: whoever reads the test split's mistakes spoils it")
    with open(arguments.texts, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    rows = [row for row in rows if arguments.split in (row["split"], "all")]
    flags = flags_of(arguments.program, arguments.rules, [record_of(row) for row in rows])
    print(f"split {arguments.split}: {len(rows)} texts, {len({r['sentence'] for r in rows})} sentences")
    total = print_headline(rows, flags)
    print_classes(rows, flags)
    print_shares("language", rows, flags, lambda row: row["language"])
    print_shares("variation", rows, flags, lambda row: row["variation"])
    print_rules(rows, flags)
    if arguments.errors:
        print_errors(rows, flags)
    expect_at_least(total, arguments.at_least)


if __name__ == "__main__":
    main()
