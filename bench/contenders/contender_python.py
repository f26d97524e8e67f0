#!/usr/bin/env python3
"""Python's standard library: json and re, a record at a time. For the options see contender.mjs."""

import argparse
import json
import time
from pathlib import Path

import reference


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("corpus", "prepared", "records", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--job", choices=("flags", "texts"), required=True)
    return parser.parse_args()


def main():
    args = options()
    begin = time.perf_counter()
    texts = reference.Texts(reference.read_patterns(args.prepared))
    if args.job == "flags":
        roster = reference.read_roster(args.corpus)
        campaign = reference.read_campaign(args.corpus, args.prepared)
    lists_s = time.perf_counter() - begin
    with open(args.records, "rb") as lines, open(args.out, "w", encoding="utf-8") as answer:
        for line in lines:
            record = json.loads(line)
            if not reference.is_of_job(record):
                continue
            if args.job == "flags" and not reference.is_tied(record, roster, campaign):
                continue
            if texts.match(record["text"]):
                answer.write(reference.key_of(record) + "\n")
    print(json.dumps({"lists_s": lists_s, "query_s": time.perf_counter() - begin - lists_s}))


if __name__ == "__main__":
    main()
