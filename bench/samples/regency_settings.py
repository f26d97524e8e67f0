"""The text of contests.toml and sweep.toml."""

import json

from regency_contests import CANDIDATES, GOVERNOR, PROVINCE, REGENCY, REGENT

CONTESTS_HEAD = """\
# Two contests of a made-up province and regency. The days are those of Pilkada 2024;
# the codes 98 and 98.08 belong to no region, and no candidate here exists.
"""
CONTEST = """
[[contest]]
id = "{id}"
type = "{type}"
region = "{region}"
timezone = "Asia/Makassar"
registration = 2024-08-27
determination = 2024-09-22
number_draw = 2024-09-23
campaign = [2024-09-25, 2024-11-23]
quiet = [2024-11-24, 2024-11-26]
voting = 2024-11-27
end = 2024-12-16
"""
CANDIDATE = """
[[contest.candidate]]
id = "{id}"
number = {number}
names = {names}
hashtags = ["{tag}"]
slogans = ["{slogan}"]
"""
SWEEP = """\
# A sweep over the made-up regency: `pantau sweep data/samples/regency/sweep.toml`.
[sweep]
id = "hulu-contoh-pilkada-2024"
mandate = "Surat Tugas Nomor 001/ST/CONTOH/2024 (rekaan untuk contoh)"
timezone = "Asia/Makassar"
contests = "contests.toml"
# The second pack shows every comment on an account of the campaign, whatever it says.
rules = ["../../rules/skb-2022.toml", "../../rules/semua-komentar.toml"]
roster = "roster.csv"
campaign = "campaign.csv"
queue = "sqlite:../../../build/demo/queue.sqlite"
records = ["records"]
"""


def contests_text():
    text = CONTESTS_HEAD
    for contest, kind, region in ((REGENT, "pilbup", REGENCY), (GOVERNOR, "pilgub", PROVINCE)):
        text += CONTEST.format(id=contest, type=kind, region=region)
        for candidate in CANDIDATES:
            if candidate.contest == contest:
                names = json.dumps(candidate.people + [candidate.pair])
                text += CANDIDATE.format(id=candidate.id, number=candidate.number, names=names,
                                         tag=candidate.tag, slogan=candidate.slogan)
    return text
