"""What is compared: archives, and for each the points at which everybody is measured."""

import os
from dataclasses import dataclass

from contenders import CLICKHOUSE, DUCKDB, PANTAU, RIPGREP, TEXTS_ONLY, WITH_LISTS

PATTERNS_MADE = 10_000  # archives are made for the largest pack; smaller ones are its head
USUAL_PATTERNS = 1000
LEADERS = [PANTAU, DUCKDB, CLICKHOUSE]


@dataclass(frozen=True)
class Scale:
    """How much work one of --quick and --full is."""
    records: int
    roster: int
    other_rosters: tuple
    rounds: int
    point_s: int   # no further round begins at a point after so long
    run_s: int     # a single run is stopped after so long
    slow_s: int    # how long those may take that are measured over a head of the archive


SCALES = {
    "quick": Scale(100_000, 100_000, (10_000,), rounds=2, point_s=25, run_s=40, slow_s=3),
    "full": Scale(2_350_000, 5_000_000, (1_000_000, 100_000), rounds=5, point_s=90, run_s=300,
                  slow_s=15),
}


@dataclass(frozen=True)
class Archive:
    mix: str
    records: int
    roster: int
    patterns: int = PATTERNS_MADE


@dataclass(frozen=True)
class Point:
    job: str
    records: int
    patterns: int
    threads: int
    contenders: tuple


def thread_counts():
    """1, 2, 4, … and all."""
    processors = len(os.sched_getaffinity(0))
    counts = {2**power for power in range(processors.bit_length()) if 2**power <= processors}
    return sorted(counts | {processors})


def table_points(records, patterns):
    threads = thread_counts()[-1]
    return [Point("flags", records, count, threads, tuple(WITH_LISTS)) for count in patterns]


def texts_points(records, patterns, contenders):
    # With one thread: ripgrep has no use for a second one in a single file.
    return [Point("texts", records, count, 1, (PANTAU, *contenders)) for count in patterns]


def points_of(mix, records):
    threads = thread_counts()[-1]
    points = table_points(records, (100, USUAL_PATTERNS))
    points += [Point("flags", records, count, threads, tuple(LEADERS)) for count in (10, 10_000)]
    points += [Point("flags", records // share, USUAL_PATTERNS, threads, tuple(LEADERS))
               for share in (8, 4, 2)]
    points += [Point("flags", records, USUAL_PATTERNS, count, tuple(LEADERS))
               for count in thread_counts()[:-1]]
    if mix == "wall":
        points += texts_points(records, (100, USUAL_PATTERNS), TEXTS_ONLY)
        points += texts_points(records, (10, 10_000), (TEXTS_ONLY[0], RIPGREP))
    return points


def roster_points(records):
    return [Point("flags", records, USUAL_PATTERNS, thread_counts()[-1], tuple(LEADERS))]


def plan(scale):
    """(archive, its points), one after another, so that only one lies on the disk at a time."""
    work = [(Archive(mix, scale.records, scale.roster), points_of(mix, scale.records))
            for mix in ("crowd", "wall")]
    work += [(Archive("crowd", scale.records, roster), roster_points(scale.records))
             for roster in scale.other_rosters]
    return work
