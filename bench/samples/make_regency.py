#!/usr/bin/env python3
"""Makes data/samples/regency: a made-up regency during a made-up Pilkada 2024.

    python3 bench/samples/make_regency.py [FOLDER]

Writes roster.csv, campaign.csv, contests.toml, sweep.toml and records/. Everything is
invented: the regency and its code, every person, account, id and sentence. Surnames are
put together from syllables, ids begin with 9 in ranges that no platform has reached,
addresses end in .example, and no NIP can exist (its digit for the sex is 9).

Needs the standard library and the `zstd` command. The same seed gives the same bytes, as
long as the compressors have the same versions. The product never runs this; it is here
so that the sample can be understood and changed.

How the records are mixed (ROWS on each platform):
  - three acts of ten are by people of the roster;
  - PLAN says how many of these look like a breach, by kind of breach. Their number is
    small and equal for all pairs, as in life and as a fair sample must be;
  - all else is everyday talk and what a rule could mistake for a breach: advice on
    neutrality, news, denials, elections of a class or a village, accounts of media;
  - a handful of acts stand at the borders of the stages, one second before local
    midnight and at midnight, written in several time zones;
  - some records come twice, and some lines are damaged in every way that a reader
    must survive.
"""

import bz2
import csv
import gzip
import io
import json
import random
import re
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import regency_texts as texts

SEED = 20241127
SUBJECTS = 3000
REGENCY = "98.08"
PROVINCE = "98"
WITA = timezone(timedelta(hours=8))

ROWS = {
    "instagram": 6200,
    "facebook": 6600,
    "x": 3000,
    "tiktok": 1100,
    "bluesky": 2100,
    "youtube": 400,
    "mastodon": 300,
    "telegram": 300,
}
FILES = {
    "instagram.ndjson.gz": ["instagram"],
    "facebook.ndjson.zst": ["facebook"],
    "x.ndjson.bz2": ["x"],
    "tiktok.ndjson": ["tiktok"],
    "bluesky.ndjson.gz": ["bluesky"],
    "others.ndjson.zst": ["youtube", "mastodon", "telegram"],
}
REPEATS = 110
PLATFORMS_WITH_DAMAGE = ["instagram", "facebook", "x", "tiktok", "bluesky"]
ROSTERED_SHARE = 0.30

# How many acts of rostered people look like a breach.
PLAN = {
    "follow campaign": 55, "like campaign": 80, "share campaign": 30, "comment below": 35,
    "comment support": 25, "calls": 40, "support": 30, "victory": 12, "tags": 12,
    "against": 12, "continue": 6, "greeting": 8, "attend": 10, "photo": 10, "team": 6,
    "material": 10, "display": 6, "calls to colleagues": 5, "quiet": 8,
}
TEXTS_OF_PLAN = {
    "calls": texts.CALLS, "support": texts.SUPPORT, "victory": texts.VICTORY,
    "tags": texts.TAGS, "against": texts.AGAINST, "continue": texts.CONTINUE,
    "greeting": texts.GREETING, "attend": texts.ATTEND, "photo": texts.PHOTO,
    "team": texts.TEAM, "material": texts.MATERIAL, "display": texts.DISPLAY,
    "calls to colleagues": texts.CALLS_TO_COLLEAGUES, "quiet": texts.CALLS,
}

DETERMINATION, DRAW = date(2024, 9, 22), date(2024, 9, 23)
CAMPAIGN = (date(2024, 9, 25), date(2024, 11, 23))
QUIET = (date(2024, 11, 24), date(2024, 11, 26))
VOTING, END = date(2024, 11, 27), date(2024, 12, 16)
# Days from which times are drawn, with weights.
PERIODS = [
    ((date(2024, 8, 1), date(2024, 9, 21)), 16), ((DETERMINATION, date(2024, 9, 24)), 4),
    (CAMPAIGN, 58), (QUIET, 7), ((VOTING, VOTING), 5), ((date(2024, 11, 28), END), 10),
]

# ---- Names ----

GIVEN = (
    "Aditya Agus Aisyah Akbar Alya Amelia Andi Anisa Ani Arif Aulia Ayu Bagus Bayu Budi Cahya "
    "Citra Dewi Dian Dimas Eka Eko Fajar Farah Fitri Galih Gilang Hadi Hana Hendra Ika Ilham "
    "Indah Intan Irfan Joko Kartika Laila Lestari Lina Lukman Maya Mega Mira Nadia Nanda Nia "
    "Nisa Novi Nur Putra Putri Rahma Rahmat Ratna Reza Rian Rina Rini Rizky Salma Sari Sinta "
    "Slamet Surya Tari Taufik Tia Tono Umar Utami Vina Wahyu Wati Wulan Yani Yoga Yuni Zahra "
    "Zaki"
).split()
HEADS = "Banu Caka Dira Gani Jala Kela Lesta Maru Nara Pala Rama Sada Tira Wana Yuda Kari".split()
TAILS = "ndaru wesi lantara kencari bentala mantara sutala rengganu widara lestanu".split()
TITLES = ["", "", "", "", ", S.Pd.", ", S.E.", ", S.Sos., M.AP.", ", A.Md.Kep.", ", S.Kom."]

VILLAGES = [
    "Danau Jingga", "Muara Rasau", "Sungai Kapuk", "Hulu Rantau", "Pandan Seberang",
    "Teluk Ilung", "Padang Ilir", "Batu Randu", "Simpang Meranti", "Lok Serapat",
]
PLACES = ["Pasar Rabu", "Terminal Hulu", "Alun-alun Contoh", "Taman Jukung", "Dermaga Lama"]
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
FOODS = ["soto", "ketupat kandangan", "lontong", "pisang goreng", "nasi kuning", "wadai"]
AGENCIES = [
    "Dinas Pendidikan", "Dinas Kesehatan", "RSUD Hulu Contoh", "Dinas PUPR", "Dinas Sosial",
    "Sekretariat Daerah", "Badan Kepegawaian", "Satpol PP", "Dinas Pertanian", "Dinas Kominfo",
    "Inspektorat", "Kecamatan Danau Jingga", "Kecamatan Hulu Rantau", "Kecamatan Padang Ilir",
]
POSITIONS = [
    "Guru Ahli Pertama", "Guru Ahli Muda", "Perawat Terampil", "Bidan", "Analis Kebijakan",
    "Pengelola Keuangan", "Pengadministrasi", "Kepala Seksi", "Kepala Bidang", "Sekretaris",
    "Penyuluh", "Pranata Komputer", "Arsiparis", "Dokter",
]

# ---- Candidates (fictitious, like all else) ----


@dataclass
class Candidate:
    contest: str
    office: str
    number: int
    people: list
    pair: str
    tag: str
    slogan: str
    accounts: list = field(default_factory=list)

    @property
    def id(self):
        return str(self.number)


REGENT, GOVERNOR = "pilbup-hulu-contoh-2024", "pilgub-contoh-selatan-2024"
CANDIDATES = [
    Candidate(REGENT, "bupati", 1, ["Ahmad Fulan", "Siti Contohwati"], "Fulan-Siti",
              "FulanSiti", "Banua Maju"),
    Candidate(REGENT, "bupati", 2, ["Badrun Wirakelana", "Nuraini Tirtamala"], "Badrun-Nuraini",
              "BadrunNuraini", "Kerja Nyata Hulu Contoh"),
    Candidate(REGENT, "bupati", 3, ["Gusti Ramandaru", "Hasanah Sukalestanu"],
              "Ramandaru-Hasanah", "RamandaruHasanah", "Bangkit Bersama Rakyat"),
    Candidate(GOVERNOR, "gubernur", 1, ["Idrus Mahabentala", "Yuliana Wanakencari"],
              "Idrus-Yuliana", "IdrusYuliana", "Contoh Selatan Sejahtera"),
    Candidate(GOVERNOR, "gubernur", 2, ["Karta Samudrandaru", "Olivia Palawidara"],
              "Karta-Olivia", "KartaOlivia", "Satu Hati Membangun"),
]
WORDS = {1: "satu", 2: "dua", 3: "tiga"}

# ---- Accounts ----

ALPHABET_OF_DIDS = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass
class Account:
    platform: str
    id: str
    handle: str
    name: str
    knows: str = "both"  # what a record shows of it: both, id, handle
    candidate: Candidate = None
    type: str = ""
    until: date = None  # last day on which the campaign list holds it


def digits(rng, head, count):
    return head + "".join(rng.choice("0123456789") for _ in range(count - len(head)))


def make_id(rng, platform):
    """An id in the platform's shape that it has not reached (or cannot give)."""
    if platform == "bluesky":
        return "did:plc:" + "".join(rng.choice(ALPHABET_OF_DIDS) for _ in range(24))
    if platform == "youtube":
        return "UC00contoh" + digits(rng, "9", 14)
    if platform == "telegram":
        return digits(rng, "99", 13)
    if platform == "x":
        return digits(rng, "97", 19)
    if platform == "tiktok":
        return digits(rng, "98", 19)
    return digits(rng, "9990", 17)


def make_handle(platform, stem):
    if platform == "bluesky":
        return stem.replace("_", "-").replace(".", "-") + ".contoh.example"
    if platform == "mastodon":
        return stem.replace(".", "_") + "@sosial.example"
    if platform == "x":
        return stem.replace(".", "_")
    return stem


def person_name(rng):
    surname = rng.choice(HEADS) + rng.choice(TAILS)
    given = rng.choice(GIVEN)
    return f"{given} {rng.choice(GIVEN)} {surname}" if rng.random() < 0.3 else f"{given} {surname}"


def stem_of(rng, name):
    parts = [part for part in re.sub("[^a-z ]", "", name.lower()).split() if part]
    joint = rng.choice([".", "_", ""])
    return f"{parts[0]}{joint}{parts[-1]}{rng.randrange(10, 9999)}"


# ---- The roster ----

PLATFORM_SHARES = [("instagram", 34), ("facebook", 36), ("x", 9), ("tiktok", 11), ("bluesky", 6),
                   ("youtube", 2), ("mastodon", 1), ("telegram", 1)]
CATEGORIES = [("pns", 60), ("pppk", 32), ("kepala_desa", 4), ("polri", 3), ("tni", 1)]
BASES = {
    "declared": "BA penyerahan data akun nomor {n}/BKPSDM-HC/2024",
    "confirmed": "BA klarifikasi nomor {n}/KLAR/HC/2024",
    "known": "Catatan pengawas kelurahan/desa nomor {n}/PKD/2024",
    "probable": "Kecocokan nama dan foto, catatan nomor {n}/HC/2024",
}
ROSTER_HEADER = ("subject_id name nip category agency position region platform account_id handle "
                 "ownership basis valid_from valid_to").split()


def weighted(rng, pairs):
    return rng.choices([value for value, _ in pairs], [weight for _, weight in pairs])[0]


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


def make_entry(rng, subject, platform):
    """One roster row and the account behind it."""
    account = Account(platform, make_id(rng, platform),
                      make_handle(platform, stem_of(rng, subject["plain_name"])),
                      subject["plain_name"])
    ownership = weighted(rng, [("declared", 55), ("confirmed", 8), ("known", 22), ("probable", 15)])
    row = {key: subject[key] for key in ROSTER_HEADER[:7]}
    row |= {"platform": platform, "ownership": ownership, "valid_from": "", "valid_to": "",
            "basis": BASES[ownership].format(n=rng.randrange(1, 900))}
    listed = weighted(rng, [("both", 55), ("handle", 33), ("id", 12)])
    row["account_id"] = account.id if listed != "handle" else ""
    row["handle"] = account.handle if listed != "id" else ""
    account.knows = {"both": weighted(rng, [("both", 80), ("id", 12), ("handle", 8)]),
                     "handle": weighted(rng, [("both", 75), ("handle", 25)]),
                     "id": weighted(rng, [("both", 70), ("id", 30)])}[listed]
    if rng.random() < 0.06:
        row["valid_from"] = rng.choice(["2023-01-01", "2024-03-01", "2024-10-01"])
    if rng.random() < 0.04:
        row["valid_to"] = rng.choice(["2024-10-31", "2024-12-31", "2025-06-30"])
    return row, account


def make_roster(rng):
    rows, accounts = [], []
    for index in range(1, SUBJECTS + 1):
        subject = make_subject(rng, index)
        platforms = []
        for _ in range(weighted(rng, [(1, 72), (2, 21), (3, 7)])):
            platform = weighted(rng, PLATFORM_SHARES)
            if platform not in platforms:
                platforms.append(platform)
        for platform in platforms:
            row, account = make_entry(rng, subject, platform)
            rows.append(row)
            accounts.append(account)
    return rows, accounts


# ---- The campaign accounts ----

CAMPAIGN_HEADER = ("contest_id candidate_id platform account_id handle account_type valid_from "
                   "valid_to").split()
TYPES_PER_PAIR = (["registered"] * 6 + ["campaign_team"] * 3 + ["supporter"] * 4
                  + ["personal"] * 3 + ["party"] * 2)
OF_NOBODY = (["institution"] * 4 + ["media"] * 4 + ["party"] * 1 + ["supporter"] * 1)
CAMPAIGN_PLATFORMS = ["instagram", "facebook", "tiktok", "x", "bluesky", "youtube"]


def campaign_stem(rng, kind, candidate, index):
    if candidate is None:
        word = {"institution": "pemkab", "media": "kabar", "party": "partaicontoh",
                "supporter": "suaraumum"}[kind]
        return f"{word}_hulucontoh{index}"
    tag = candidate.tag.lower()
    word = {"registered": "{}_resmi", "campaign_team": "tim.{}", "supporter": "sahabat_{}",
            "personal": "{}_pribadi", "party": "partaicontoh_{}"}[kind].format(tag)
    return f"{word}{index}"


def make_campaign_row(rng, kind, candidate, contest, index):
    weights = [("instagram", 30), ("facebook", 34), ("tiktok", 14), ("x", 10), ("bluesky", 9),
               ("youtube", 3)]
    # The first accounts of each pair cover the platforms, so that every pair can be acted on.
    platform = (CAMPAIGN_PLATFORMS[index] if kind == "registered" and index < 5
                else weighted(rng, weights))
    handle = make_handle(platform, campaign_stem(rng, kind, candidate, index))
    account = Account(platform, make_id(rng, platform), handle, handle.split(".contoh")[0],
                      candidate=candidate, type=kind)
    row = {"contest_id": contest, "candidate_id": candidate.id if candidate else "",
           "platform": platform, "account_id": account.id, "handle": handle,
           "account_type": kind, "valid_from": "", "valid_to": ""}
    if kind == "registered" and index % 2 == 0:
        # Registered accounts must be closed before the quiet days.
        row["valid_from"], row["valid_to"] = "2024-08-01", CAMPAIGN[1].isoformat()
        account.until = CAMPAIGN[1]
    if rng.random() < 0.2:
        row["account_id"] = ""
    elif rng.random() < 0.1:
        row["handle"], account.knows = "", "id"
    return row, account


def make_campaign(rng):
    rows, accounts = [], []
    for candidate in CANDIDATES:
        for index, kind in enumerate(TYPES_PER_PAIR):
            row, account = make_campaign_row(rng, kind, candidate, candidate.contest, index)
            rows.append(row)
            accounts.append(account)
            candidate.accounts.append(account)
    for index, kind in enumerate(OF_NOBODY):
        contest = REGENT if index % 2 == 0 else GOVERNOR
        row, account = make_campaign_row(rng, kind, None, contest, index)
        rows.append(row)
        accounts.append(account)
    return rows, accounts


# ---- Texts ----


def everyday_words(rng):
    return {"village": rng.choice(VILLAGES), "place": rng.choice(PLACES), "day": rng.choice(DAYS),
            "food": rng.choice(FOODS), "name": rng.choice(GIVEN), "number": rng.randrange(4, 98)}


def account_on(rng, candidate, platform):
    own = [a for a in candidate.accounts if a.platform == platform and a.type != "party"
           and a.knows == "both"]
    return "@" + rng.choice(own).handle if own else candidate.pair


def words_of(rng, candidate, platform):
    pairs = [other.pair for other in CANDIDATES if other.contest == candidate.contest]
    pair = candidate.pair if rng.random() < 0.8 else candidate.pair.replace("-", " ")
    return everyday_words(rng) | {
        "pair": pair, "who": rng.choice(candidate.people), "tag": candidate.tag,
        "n": candidate.number, "word": WORDS[candidate.number], "office": candidate.office,
        "keycap": f"{candidate.number}\ufe0f\u20e3", "slogan": candidate.slogan,
        "at": account_on(rng, candidate, platform), "others": ", ".join(pairs),
    }


def say(rng, templates, platform, candidate=None):
    candidate = candidate or rng.choice(CANDIDATES)
    return rng.choice(templates).format_map(words_of(rng, candidate, platform))


# Ways to hide a word from a simple search.
LEET = str.maketrans("oia", "01@")
CYRILLIC = str.maketrans("aceopxy", "асеорху")


def full_width(word):
    return "".join(chr(ord(c) + 0xFEE0) for c in word)


DISGUISES = [
    lambda word: word.translate(LEET),
    lambda word: ".".join(word),
    lambda word: "-".join(word),
    lambda word: word.replace("u", "uuu").replace("o", "ooo"),
    lambda word: word[:2] + "\u200b" + word[2:],
    lambda word: word.translate(CYRILLIC),
    full_width,
    lambda word: word.upper(),
]
TELLING = re.compile(r"\b(coblos|dukung|menangkan|pilih)\b")


def disguise(rng, text):
    change = rng.choice(DISGUISES)
    return TELLING.sub(lambda match: change(match[0]), text)


# ---- Acts ----


@dataclass
class Act:
    platform: str
    kind: str
    actor: Account
    target: Account
    text: str
    at: datetime
    purpose: str


def draw_time(rng, period=None):
    first, last = period or weighted(rng, PERIODS)
    day = first + timedelta(days=rng.randrange((last - first).days + 1))
    hour = rng.choices(range(24), [1, 1, 1, 1, 2, 5, 8, 9, 7, 6, 6, 7, 9, 7, 6, 6, 7, 8, 10, 12, 11,
                                   8, 4, 2])[0]
    return datetime(day.year, day.month, day.day, hour, rng.randrange(60), rng.randrange(60),
                    tzinfo=WITA)


class World:
    """Who there is, and who acts on what."""

    def __init__(self, rng):
        self.rng = rng
        self.roster_rows, self.rostered = make_roster(rng)
        self.campaign_rows, self.campaign = make_campaign(rng)
        self.strangers = {p: [self.stranger(p) for _ in range(max(60, n // 4))]
                          for p, n in ROWS.items()}

    def stranger(self, platform):
        name = person_name(self.rng)
        return Account(platform, make_id(self.rng, platform),
                       make_handle(platform, stem_of(self.rng, name)), name,
                       weighted(self.rng, [("both", 80), ("id", 10), ("handle", 10)]))

    def rostered_on(self, platform):
        """Some people write far more than others: the first of the list do."""
        own = [account for account in self.rostered if account.platform == platform]
        return own[min(int(self.rng.expovariate(4 / len(own))), len(own) - 1)]

    def stranger_on(self, platform):
        own = self.strangers[platform]
        return own[min(int(self.rng.expovariate(4 / len(own))), len(own) - 1)]

    def bystander_on(self, platform):
        """A target that is no campaign account: anybody, a colleague, media, an office."""
        idle = [a for a in self.campaign
                if a.platform == platform and a.type in ("institution", "media")]
        roll = self.rng.random()
        if idle and roll < 0.12:
            return self.rng.choice(idle)
        return self.rostered_on(platform) if roll < 0.4 else self.stranger_on(platform)

    def campaign_on(self, platform, candidate, at):
        return [a for a in self.campaign if a.platform == platform and a.candidate is candidate
                and a.type not in ("institution", "media")
                and (a.until is None or at.date() <= a.until)]


KINDS = [("post", 30), ("comment", 26), ("share", 10), ("like", 22), ("follow", 12)]
KINDS_OF_PLAN = {"follow campaign": "follow", "like campaign": "like", "share campaign": "share",
                 "comment below": "comment", "comment support": "comment"}
TALK = [(texts.EVERYDAY, 62), (texts.NEUTRAL, 14), (texts.NEWS, 7), (texts.GUIDANCE, 6),
        (texts.DENIAL, 3), (texts.ELSEWHERE, 8)]
PARTISAN = [texts.CALLS, texts.SUPPORT, texts.VICTORY, texts.TAGS, texts.AGAINST, texts.CONTINUE,
            texts.GREETING, texts.ATTEND, texts.PHOTO, texts.MATERIAL]
NUMBERS_AT_DRAW = "Ayo coblos nomor urut {n}!"


def talk(world, kind, platform, partisan):
    rng = world.rng
    if partisan:
        return say(rng, rng.choice(PARTISAN), platform)
    if kind == "comment" and rng.random() < 0.7:
        return say(rng, texts.REMARKS, platform)
    return say(rng, weighted(rng, TALK), platform)


def everyday_act(world, platform, by_roster):
    rng = world.rng
    kind = weighted(rng, KINDS)
    at = draw_time(rng)
    actor = world.rostered_on(platform) if by_roster else world.stranger_on(platform)
    target, text = None, None
    if kind != "post":
        target = world.bystander_on(platform)
        if not by_roster and rng.random() < 0.15:
            choice = world.campaign_on(platform, rng.choice(CANDIDATES), at)
            target = rng.choice(choice) if choice else target
    if kind in ("post", "comment") or (kind == "share" and rng.random() < 0.4):
        text = talk(world, kind, platform, not by_roster and rng.random() < 0.12)
    return Act(platform, kind, actor, target, text, at, "everyday")


def planned_text(world, purpose, kind, platform, candidate, at):
    rng = world.rng
    if purpose == "comment below":
        return say(rng, texts.BELOW_CAMPAIGN, platform, candidate)
    if purpose == "comment support":
        return say(rng, texts.SUPPORT_BELOW_CAMPAIGN, platform, candidate)
    if purpose == "share campaign":
        return say(rng, texts.SUPPORT, platform, candidate) if rng.random() < 0.25 else None
    if purpose not in TEXTS_OF_PLAN:
        return None
    text = say(rng, TEXTS_OF_PLAN[purpose], platform, candidate)
    return disguise(rng, text) if rng.random() < 0.35 else text


PLANNED_ON = [("facebook", 40), ("instagram", 32), ("tiktok", 9), ("x", 11), ("bluesky", 8)]


def planned_act(world, purpose, candidate):
    """One act that looks like a breach, towards `candidate`."""
    rng = world.rng
    period = QUIET if purpose == "quiet" else None
    on_account = purpose in KINDS_OF_PLAN
    while True:
        platform = weighted(rng, PLANNED_ON)
        at = draw_time(rng, period)
        if platform == "x" and purpose == "like campaign":
            continue  # nobody sees likes on X any more
        choice = world.campaign_on(platform, candidate, at)
        if not on_account or choice:
            break
    kind = KINDS_OF_PLAN.get(purpose) or weighted(rng, [("post", 7), ("comment", 3)])
    if purpose in ("attend", "photo"):
        kind = "post"
    target = rng.choice(choice) if on_account else None
    if target is None and kind == "comment":
        target = world.bystander_on(platform)
    text = planned_text(world, purpose, kind, platform, candidate, at)
    return Act(platform, kind, world.rostered_on(platform), target, text, at, purpose)


def border_acts(world):
    """Pairs of posts on both sides of each border between stages."""
    acts = []
    for day in (DETERMINATION, DRAW, CAMPAIGN[0], QUIET[0], VOTING, date(2024, 11, 28)):
        midnight = datetime(day.year, day.month, day.day, tzinfo=WITA)
        for index, at in enumerate((midnight - timedelta(seconds=1), midnight)):
            candidate = CANDIDATES[(day.day + index) % 3]
            template = NUMBERS_AT_DRAW if day == DRAW else "Ayo dukung {pair}, {slogan}"
            text = say(world.rng, [template], "facebook", candidate)
            acts.append(Act("facebook", "post", world.rostered_on("facebook"), None, text, at,
                            "border"))
    return acts


def impostor_acts(world):
    """Another account under a rostered handle: another id, so nobody of the roster."""
    acts = []
    known = [a for a, row in zip(world.rostered, world.roster_rows)
             if row["account_id"] and row["handle"] and a.platform == "instagram"]
    for account in world.rng.sample(known, 6):
        double = Account("instagram", make_id(world.rng, "instagram"), account.handle, account.name)
        text = say(world.rng, texts.CALLS, "instagram")
        acts.append(Act("instagram", "post", double, None, text, draw_time(world.rng), "impostor"))
    return acts


def all_acts(world):
    """The acts of each platform, in the order of time."""
    planned = [planned_act(world, purpose, CANDIDATES[index % len(CANDIDATES)])
               for purpose, count in PLAN.items() for index in range(count)]
    planned += border_acts(world) + impostor_acts(world)
    acts = {}
    for platform, rows in ROWS.items():
        mine = [act for act in planned if act.platform == platform]
        by_roster = max(0, int(rows * ROSTERED_SHARE) - len(mine))
        for index in range(rows - len(mine)):
            mine.append(everyday_act(world, platform, index < by_roster))
        acts[platform] = sorted(mine, key=lambda act: act.at)
    return acts


# ---- Records ----

ZONES = [(WITA, 40), (timezone.utc, 45), (timezone(timedelta(hours=7)), 10),
         (timezone(timedelta(hours=9)), 5)]
HAS_NO_ID = {"like", "follow"}


def written_time(rng, at):
    local = at.astimezone(weighted(rng, ZONES))
    text = local.strftime("%Y-%m-%dT%H:%M:%S")
    if rng.random() < 0.3:
        text += f".{rng.randrange(1000):03d}"
    offset = local.strftime("%z")
    return text + ("Z" if local.tzinfo is timezone.utc else f"{offset[:3]}:{offset[3:]}")


def written_id(rng, value):
    """Some exports write ids as numbers, far above 2^53."""
    return int(value) if value.isdigit() and rng.random() < 0.25 else value


def written_account(rng, account):
    shown = {}
    if account.knows in ("both", "id"):
        shown["id"] = written_id(rng, account.id)
    if account.knows in ("both", "handle"):
        handle = account.handle
        if rng.random() < 0.08:
            handle = "@" + handle.title()
        shown["handle"] = handle
    if rng.random() < 0.35:
        shown["name"] = account.name
    return shown


def post_id(rng, platform, owner):
    if platform == "facebook":
        return f"{owner.id}_{digits(rng, '99', 15)}"
    if platform == "bluesky":
        return "3kc" + "".join(rng.choice(ALPHABET_OF_DIDS) for _ in range(10))
    if platform == "youtube":
        return "Ugz9contoh" + "".join(rng.choice(ALPHABET_OF_DIDS) for _ in range(12))
    return digits(rng, "99", 19)


def add_extras(rng, record):
    """What exports hold beyond the format: readers pass over it."""
    if rng.random() < 0.12:
        record["lang"] = "id"
    if rng.random() < 0.08:
        record["counts"] = {"likes": rng.randrange(500), "replies": rng.randrange(40)}
    if rng.random() < 0.05:
        record["media"] = [{"type": "photo", "size": [1080, 1350], "alt": None}]


def record_of(rng, act):
    record = {"platform": act.platform, "kind": act.kind}
    has_id = act.kind not in HAS_NO_ID or act.platform == "bluesky"
    if has_id:
        record["id"] = written_id(rng, post_id(rng, act.platform, act.actor))
    record["actor"] = written_account(rng, act.actor)
    if act.target is not None:
        record["target"] = written_account(rng, act.target)
        if act.kind != "follow":
            record["object_id"] = written_id(rng, post_id(rng, act.platform, act.target))
    if act.text is not None:
        record["text"] = act.text
    seen = act.at
    if has_id:
        record["created_at"] = written_time(rng, act.at)
        seen += timedelta(minutes=rng.randrange(5, 4000))
    record["observed_at"] = seen.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if has_id and rng.random() < 0.15:
        record["url"] = f"https://{act.platform}.example/p/{record['id']}"
    if rng.random() < 0.5:
        record["provenance"] = weighted(rng, [("export", 6), ("capture", 3), ("informant", 1)])
    if act.platform in ("bluesky", "mastodon"):
        record["provenance"] = "api"
    add_extras(rng, record)
    return record


def line_of(rng, record):
    if rng.random() < 0.1:
        record = dict(rng.sample(list(record.items()), len(record)))
    escaped = rng.random() < 0.15
    separators = (", ", ": ") if rng.random() < 0.05 else (",", ":")
    line = json.dumps(record, ensure_ascii=escaped, separators=separators)
    if rng.random() < 0.05:
        line = line.replace("/", "\\/")
    return line.encode()


# ---- Damage ----


def without(key):
    return lambda record: json.dumps({k: v for k, v in record.items() if k != key}).encode()


def with_value(key, value):
    return lambda record: json.dumps(record | {key: value}, ensure_ascii=False).encode()


def with_raw(key, raw):
    """A value that json.dumps would not write, such as 1.73E+18."""
    def change(record):
        line = json.dumps(record | {key: "@@"}, ensure_ascii=False)
        return line.replace('"@@"', raw, 1).encode()
    return change


def with_bytes(raw):
    def change(record):
        line = json.dumps(record | {"text": "kabar dari @@ hari ini"}, ensure_ascii=False)
        return line.encode().replace(b"@@", raw, 1)
    return change


def cut(share):
    return lambda record: json.dumps(record).encode()[: int(len(json.dumps(record)) * share)]


def damaged_actor(raw):
    return lambda record: with_raw("actor", '{"id":%s,"name":"x"}' % raw)(record)


DAMAGES = [
    # json
    cut(0.5), cut(0.9), cut(0.2),
    lambda record: json.dumps(record).encode()[:-1] + b",}",
    lambda record: str(record).encode(),
    lambda record: json.dumps(record).encode() + b' {"platform":"x"}',
    lambda record: json.dumps(record).replace(":", "", 1).encode(),
    lambda record: b"<html><body>429 Too Many Requests</body></html>",
    lambda record: json.dumps([record]).encode(),
    lambda record: b"null",
    lambda record: json.dumps(record).replace('"kind"', "kind", 1).encode(),
    # utf8
    with_bytes(b"\xff"), with_bytes(b"\xc0\xaf"), with_bytes(b"\xed\xa0\x80"),
    with_bytes(b"\xf0\x9f\x98"),
    # depth
    with_raw("thread", "[" * 70 + "]" * 70), with_raw("thread", '{"in":' * 66 + "1" + "}" * 66),
    # missing:<field>
    without("platform"), without("kind"), without("id"), without("actor"),
    without("created_at"), without("observed_at"), without("target"),
    with_value("actor", {"name": "tanpa akun"}), lambda record: b"{}",
    # kind
    with_value("kind", "reaction"), with_value("kind", "Post"), with_value("kind", "retweet"),
    # time
    with_value("created_at", "2024-02-30T10:00:00Z"), with_value("created_at", "kemarin"),
    with_value("created_at", "2024-10-01T08:00:00"), with_value("created_at", "01/10/2024 08:00"),
    with_value("observed_at", "1727740800"),
    # id_damaged: what a spreadsheet leaves of a long number
    with_raw("id", "1.73E+18"), with_raw("id", '"1.73E+18"'), with_raw("id", "9.7123e+18"),
    damaged_actor("9.99012E+16"), damaged_actor('"9.99012E+16"'),
    # platform
    with_value("platform", "Instagram"), with_value("platform", "face book"),
    with_value("platform", "x.com"),
]


def damaged_lines(world, platforms):
    """One line for each damage, each made of a sound comment by a rostered person."""
    rng = world.rng
    lines = []
    for damage in DAMAGES:
        platform = rng.choice(platforms)
        text = say(rng, texts.EVERYDAY, platform)
        act = Act(platform, "comment", world.rostered_on(platform), world.bystander_on(platform),
                  text, draw_time(rng), "damaged")
        lines.append((platform, damage(record_of(rng, act))))
    return lines


# ---- Files ----


def repeat_some(rng, records):
    """Adds records that were collected twice, later in the same file."""
    chosen = set(rng.sample(range(len(records)), REPEATS * len(records) // sum(ROWS.values())))
    again = []
    for index, record in enumerate(records):
        again.append((float(index), record))
        if index in chosen:
            again.append((index + rng.uniform(1, 400), record))
    return [record for _, record in sorted(again, key=lambda pair: pair[0])]


def platform_lines(world, acts, damaged):
    rng = world.rng
    lines = {}
    for platform, mine in acts.items():
        records = repeat_some(rng, [record_of(rng, act) for act in mine])
        lines[platform] = [line_of(rng, record) for record in records]
    for platform, line in damaged:
        lines[platform].insert(rng.randrange(len(lines[platform])), line)
    return lines


def compressed(name, content):
    if name.endswith(".gz"):
        buffer = io.BytesIO()
        with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=9, mtime=0) as file:
            file.write(content)
        return buffer.getvalue()
    if name.endswith(".bz2"):
        return bz2.compress(content)
    if name.endswith(".zst"):
        return subprocess.run(["zstd", "-19", "-q", "-c"], input=content, capture_output=True,
                              check=True).stdout
    return content


def write_csv(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)  # ends lines with CRLF, as RFC 4180 has it
        writer.writeheader()
        writer.writerows(rows)


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
rules = ["../../rules/skb-2022.toml"]
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


def main():
    default = Path(__file__).resolve().parents[2] / "data" / "samples" / "regency"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    world = World(random.Random(SEED))
    acts = all_acts(world)
    lines = platform_lines(world, acts, damaged_lines(world, PLATFORMS_WITH_DAMAGE))
    (folder / "records").mkdir(parents=True, exist_ok=True)
    write_csv(folder / "roster.csv", ROSTER_HEADER, world.roster_rows)
    write_csv(folder / "campaign.csv", CAMPAIGN_HEADER, world.campaign_rows)
    (folder / "contests.toml").write_text(contests_text(), encoding="utf-8")
    (folder / "sweep.toml").write_text(SWEEP, encoding="utf-8")
    for name, platforms in FILES.items():
        content = b"".join(line + b"\n" for p in platforms for line in lines[p])
        (folder / "records" / name).write_bytes(compressed(name, content))


if __name__ == "__main__":
    main()
