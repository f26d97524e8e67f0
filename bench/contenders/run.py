#!/usr/bin/env python3
"""Pantau and its contenders on the same work; see README.md. Called by run.sh.

    run.py --quick | --full | CORPUS_DIR   [--patterns N …] [--records N] [--roster N] [--work DIR]
"""

import argparse
import dataclasses
import datetime
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import plan
import prepare
import results
from compare import Comparison, head_of
from contenders import PANTAU, Setting, keep_command
from judge import Verdict
from measure import run

ROOT = Path(__file__).resolve().parents[2]


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, nargs="?", help="one that pantau_corpus has made")
    parser.add_argument("--quick", action="store_const", const="quick", dest="scale")
    parser.add_argument("--full", action="store_const", const="full", dest="scale")
    parser.add_argument("--patterns", type=int, nargs="+", default=[100, 1000],
                        help="sizes of pack, for a corpus that is given")
    parser.add_argument("--records", type=int, help="instead of the scale's own")
    parser.add_argument("--roster", type=int, help="instead of the scale's own")
    parser.add_argument("--work", type=Path, help="where corpora may lie; default a temporary folder")
    parser.add_argument("--programs", type=Path, default=ROOT / "build" / "bin")
    parser.add_argument("--tools", type=Path, default=ROOT / "build" / "contenders")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "results")
    args = parser.parse_args()
    if (args.corpus is None) == (args.scale is None):
        parser.error("one of --quick, --full and a corpus is needed")
    return args


def say(text):
    print(f"{datetime.datetime.now():%H:%M:%S} {text}", flush=True)


class Harness:
    def __init__(self, args, scale, work):
        self.args = args
        self.scale = scale
        self.work = work
        self.versions = results.versions(args.tools)
        self.kept = []     # what making the lists once took
        self.results = []
        self.flags_verdicts = {}  # Pantau's, by archive, records and patterns

    def must(self, command):
        one = run([str(part) for part in command], self.work, limit_s=3600)
        if one.failure:
            raise SystemExit(f"{command[0]}: {one.failure}")
        return one

    def make(self, archive):
        corpus = self.work / "corpus"
        say(f"making {archive.mix}: {archive.records:,} records, roster of {archive.roster:,}")
        self.must([self.args.programs / "pantau_corpus", "--mix", archive.mix,
                   "--records", archive.records, "--roster", archive.roster,
                   "--patterns", archive.patterns, "--out", corpus])
        return corpus

    def setting_of(self, corpus):
        return Setting(pantau=self.args.programs / "pantau", tools=self.args.tools, corpus=corpus,
                       prepared=self.work / "prepared", records=corpus / "records.ndjson",
                       texts=self.work / "texts", kept_lists=self.work / "kept",
                       scratch=self.work / "scratch", threads=plan.thread_counts()[-1])

    def compare_over(self, archive, corpus, points):
        setting = self.setting_of(corpus)
        for folder in (setting.kept_lists, setting.scratch):
            folder.mkdir(parents=True)
        prepare.write_patterns(corpus, setting.prepared, points[0].patterns)
        if any(point.job == "texts" for point in points):
            prepare.write_texts(setting.records, setting.texts)
        self.keep_lists(archive, setting)
        for point in points:
            self.compare_at(archive, setting, point)
            results.write(self.work / "so-far", self.report())
        for folder in (setting.kept_lists, setting.scratch, setting.prepared, setting.texts):
            shutil.rmtree(folder, ignore_errors=True)

    def keep_lists(self, archive, setting):
        for program in ("pantau", "duckdb", "clickhouse"):
            one = self.must(keep_command(program, setting))
            self.kept.append({"program": program, "roster": archive.roster, "wall_s": one.wall_s,
                              "cpu_s": one.cpu_s, "peak_mb": one.peak_mb})

    def compare_at(self, archive, setting, point):
        prepare.write_patterns(setting.corpus, setting.prepared, point.patterns)
        records = setting.records
        if point.records < archive.records:
            records = head_of(records, point.records, setting.scratch)
        setting = dataclasses.replace(setting, records=records, threads=point.threads)
        read_through(records)
        comparison = Comparison(point, setting, self.scale)
        comparison.measure()
        work = (archive, point.records, point.patterns)
        told = comparison.results(self.flags_verdicts.get(work))
        for result in told:
            result |= {"mix": archive.mix, "roster": archive.roster,
                       "bytes": records.stat().st_size}
            if result["contender"] == PANTAU.name and point.job == "flags" and "right" in result:
                self.flags_verdicts[work] = Verdict(
                    *(result[field.name] for field in dataclasses.fields(Verdict)))
        self.results += told
        say(f"{archive.mix} {point.job}, {point.records:,} records, {point.patterns:,} patterns, "
            f"{point.threads} threads: " + ", ".join(results.short(result) for result in told))
        shutil.rmtree(setting.scratch)
        setting.scratch.mkdir()

    def report(self):
        return results.Report(self.args.scale or "given", self.scale, self.kept, self.results,
                              results.machine(), self.versions)


def read_through(path):
    """So that the first to run does not pay for the disk."""
    with open(path, "rb") as file:
        while file.read(1 << 22):
            pass


def given_archive(corpus):
    with open(corpus / "records.ndjson", "rb") as lines:
        records = sum(1 for _ in lines)
    with open(corpus / "roster.csv", "rb") as lines:
        roster = sum(1 for _ in lines) - 1
    return plan.Archive(corpus.resolve().name, records, roster)


def compare_everything(args, work):
    scale = plan.SCALES[args.scale or "quick"]
    scale = dataclasses.replace(scale, records=args.records or scale.records,
                                roster=args.roster or scale.roster)
    harness = Harness(args, scale, work)
    if args.corpus is not None:
        archive = given_archive(args.corpus)
        harness.compare_over(archive, args.corpus.resolve(),
                             plan.table_points(archive.records, args.patterns))
        return harness.report()
    for archive, points in plan.plan(scale):
        corpus = harness.make(archive)
        harness.compare_over(archive, corpus, points)
        shutil.rmtree(corpus)
    return harness.report()


def main():
    args = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the folder goes away
    if args.work:
        args.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pantau-contenders-", dir=args.work) as work:
        os.environ["TMPDIR"] = work
        report = compare_everything(args, Path(work))
    name = f"{datetime.date.today()}-contenders-{report.scale_name}"
    results.write(args.out / name, report)
    say(f"written: {args.out / name}.json and .md")
    wrong = [one for one in report.results
             if one["contender"].startswith("pantau") and one.get("right") is False]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
