"""A small sweep in a folder, for tests that run `pantau ingest`: one contest, a rule for acts towards
candidates' accounts, one for posts that name a candidate."""

from pathlib import Path

RULES = """
[pack]
id = "test"
version = "1"

[[rule]]
id = "towards-candidate"
title = { id = "Tindakan terhadap akun kandidat", en = "An act towards a candidate's account" }
kinds = ["comment", "share", "like", "follow"]
link = "target"
level = "medium"
proposes = { ethics = ["KE-1"], discipline = ["DS-1"] }

[[rule]]
id = "names-candidate"
title = { id = "Menyebut kandidat", en = "Names a candidate" }
kinds = ["post"]
link = "mention"
level = "high"
proposes = { ethics = ["KE-1"], discipline = ["DS-1"] }
"""

CONTESTS = """
[[contest]]
id = "pilbup-contoh-2024"
type = "pilbup"
region = "63.08"
timezone = "Asia/Makassar"
registration = 2024-08-27
determination = 2024-09-22
number_draw = 2024-09-23
campaign = [2024-09-25, 2024-11-23]
quiet = [2024-11-24, 2024-11-26]
voting = 2024-11-27
end = 2024-12-16

[[contest.candidate]]
id = "1"
number = 1
names = ["Ahmad Fulan"]
"""

SWEEP = """
[sweep]
id = "uji"
mandate = "Surat Tugas rekaan"
timezone = "Asia/Makassar"
contests = "contests.toml"
rules = ["rules.toml"]
roster = "roster.csv"
campaign = "campaign.csv"
queue = "sqlite:queue.sqlite"

[[source]]
"""

ROSTER = ("subject_id,name,nip,category,agency,position,region,platform,account_id,handle,ownership,basis,"
          "valid_from,valid_to")
CAMPAIGN = "contest_id,candidate_id,platform,account_id,handle,account_type,valid_from,valid_to"


def write_sweep(folder: Path, platform: str, subjects, candidates, source: str) -> None:
    """`subjects` and `candidates` are pairs of an id and a handle, one of them perhaps empty."""
    roster = [f"S-{number},Nama {number},,pns,Dinas,Staf,63.08.01,{platform},{account},{handle},declared,Surat 1,,"
              for number, (account, handle) in enumerate(subjects)]
    campaign = [f"pilbup-contoh-2024,1,{platform},{account},{handle},registered,," for account, handle in candidates]
    (folder / "roster.csv").write_text("\n".join([ROSTER, *roster, ""]))
    (folder / "campaign.csv").write_text("\n".join([CAMPAIGN, *campaign, ""]))
    (folder / "rules.toml").write_text(RULES)
    (folder / "contests.toml").write_text(CONTESTS)
    (folder / "sweep.toml").write_text(SWEEP + source)
