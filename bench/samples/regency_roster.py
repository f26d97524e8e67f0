"""The roster: civil servants and others who must be neutral, and their accounts."""

from datetime import date, timedelta

from regency_accounts import Account, make_handle, make_id, person_name, stem_of
from regency_contests import REGENCY
from regency_dice import weighted
from regency_lists import AGENCIES, POSITIONS, TITLES
from regency_mixture import SUBJECTS

ROSTER_HEADER = ("subject_id name nip category agency position region platform account_id handle "
                 "ownership basis valid_from valid_to").split()

PLATFORM_SHARES = [("instagram", 34), ("facebook", 36), ("x", 9), ("tiktok", 11), ("bluesky", 6),
                   ("youtube", 2), ("mastodon", 1), ("telegram", 1)]
CATEGORIES = [("pns", 60), ("pppk", 32), ("kepala_desa", 4), ("polri", 3), ("tni", 1)]
BASES = {
    "declared": "BA penyerahan data akun nomor {n}/BKPSDM-HC/2024",
    "confirmed": "BA klarifikasi nomor {n}/KLAR/HC/2024",
    "known": "Catatan pengawas kelurahan/desa nomor {n}/PKD/2024",
    "probable": "Kecocokan nama dan foto, catatan nomor {n}/HC/2024",
}


def make_nip(rng, category):
    """Eighteen digits as in life, but for the sex, which is 1 or 2 in a real one."""
    if category in ("kepala_desa", "tni", "polri"):
        return ""
    born = date(1966, 1, 1) + timedelta(days=rng.randrange(12500))
    since = date(born.year + 24, rng.randrange(1, 13), 1)
    return f"{born:%Y%m%d}{since:%Y%m}9{rng.randrange(1, 40):03d}"


def make_subject(rng, index):
    category = weighted(rng, CATEGORIES)
    region = REGENCY
    if category == "kepala_desa" or rng.random() < 0.1:
        region = f"{REGENCY}.{rng.randrange(1, 11):02d}"
    elif rng.random() < 0.02:
        region = "98.09"  # lives next door: the regent's ballot numbers do not concern them
    name = person_name(rng)
    return {
        "subject_id": f"S-{index:06d}", "name": name + rng.choice(TITLES),
        "nip": make_nip(rng, category), "category": category,
        "agency": "Pemerintah Desa" if category == "kepala_desa" else rng.choice(AGENCIES),
        "position": "Kepala Desa" if category == "kepala_desa" else rng.choice(POSITIONS),
        "region": region, "plain_name": name,
    }


def show_account(rng, row, account):
    """What the roster knows of the account, and what records will show of it."""
    listed = weighted(rng, [("both", 55), ("handle", 33), ("id", 12)])
    row["account_id"] = account.id if listed != "handle" else ""
    row["handle"] = account.handle if listed != "id" else ""
    account.knows = {"both": weighted(rng, [("both", 80), ("id", 12), ("handle", 8)]),
                     "handle": weighted(rng, [("both", 75), ("handle", 25)]),
                     "id": weighted(rng, [("both", 70), ("id", 30)])}[listed]


def add_validity(rng, row):
    row["valid_from"], row["valid_to"] = "", ""
    if rng.random() < 0.06:
        row["valid_from"] = rng.choice(["2023-01-01", "2024-03-01", "2024-10-01"])
    if rng.random() < 0.04:
        row["valid_to"] = rng.choice(["2024-10-31", "2024-12-31", "2025-06-30"])


def make_entry(rng, subject, platform):
    """One roster row and the account behind it."""
    account = Account(platform, make_id(rng, platform),
                      make_handle(platform, stem_of(rng, subject["plain_name"])),
                      subject["plain_name"])
    ownership = weighted(rng, [("declared", 55), ("confirmed", 8), ("known", 22), ("probable", 15)])
    row = {key: subject[key] for key in ROSTER_HEADER[:7]}
    row |= {"platform": platform, "ownership": ownership,
            "basis": BASES[ownership].format(n=rng.randrange(1, 900))}
    show_account(rng, row, account)
    add_validity(rng, row)
    return row, account


def draw_platforms(rng):
    platforms = []
    for _ in range(weighted(rng, [(1, 72), (2, 21), (3, 7)])):
        platform = weighted(rng, PLATFORM_SHARES)
        if platform not in platforms:
            platforms.append(platform)
    return platforms


def make_roster(rng):
    """The rows of roster.csv, and the account behind each."""
    rows, accounts = [], []
    for index in range(1, SUBJECTS + 1):
        subject = make_subject(rng, index)
        for platform in draw_platforms(rng):
            row, account = make_entry(rng, subject, platform)
            rows.append(row)
            accounts.append(account)
    return rows, accounts
