#!/usr/bin/env python3
"""Makes data/samples/regency: a made-up regency during a made-up Pilkada 2024.

    python3 bench/samples/make_regency.py [FOLDER]

Writes roster.csv, campaign.csv, contests.toml, sweep.toml and records/. Everything is
invented: the regency and its code, every person, account, id and sentence.

Needs the standard library and the `zstd` command. The same seed gives the same bytes, as
long as the compressors have the same versions and nobody changes the order of the draws:
all of them come from one generator. The product never runs this; it is here so that the
sample can be understood and changed. Its parts, from what is said to what is written:

    regency_mixture     how much of what
    regency_dice        weighted draws and digits
    regency_calendar    days, and times drawn from them
    regency_lists       names, villages, offices
    regency_texts       the sentences
    regency_contests    contests and candidates
    regency_accounts    accounts with names, handles and ids
    regency_roster      roster.csv
    regency_campaign    campaign.csv
    regency_wording     sentences filled in
    regency_disguises   telling words hidden
    regency_world       who there is, and who acts on what
    regency_acts        who does what
    regency_records     acts as lines
    regency_damage      lines that must be rejected
    regency_collection  all lines of a platform
    regency_settings    contests.toml and sweep.toml
    regency_files       CSV and compressed files
"""

import random
import sys
from pathlib import Path

from regency_acts import all_acts
from regency_campaign import CAMPAIGN_HEADER
from regency_collection import platform_lines
from regency_damage import damaged_lines
from regency_files import write_csv, write_records
from regency_mixture import SEED
from regency_roster import ROSTER_HEADER
from regency_settings import SWEEP, contests_text
from regency_world import World

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "data" / "samples" / "regency"


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
    world = World(random.Random(SEED))
    acts = all_acts(world)
    damaged = damaged_lines(world)
    lines = platform_lines(world, acts, damaged)

    write_records(folder / "records", lines)
    write_csv(folder / "roster.csv", ROSTER_HEADER, world.roster_rows)
    write_csv(folder / "campaign.csv", CAMPAIGN_HEADER, world.campaign_rows)
    (folder / "contests.toml").write_text(contests_text(), encoding="utf-8")
    (folder / "sweep.toml").write_text(SWEEP, encoding="utf-8")


if __name__ == "__main__":
    main()
