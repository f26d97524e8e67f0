"""The made-up world in which the evaluation texts are said: contests, candidates, accounts,
civil servants. No person, party, region or account here exists; regions have codes that no
region has (97).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

PLATFORMS = ["facebook", "instagram", "x", "tiktok"]
WORDS = {1: "satu", 2: "dua", 3: "tiga", 4: "empat"}
JAVANESE = {1: "siji", 2: "loro", 3: "telu", 4: "papat"}
SUNDANESE = {1: "hiji", 2: "dua", 3: "tilu", 4: "opat"}
PARTIES = ["Partai Contoh Sejahtera", "Partai Rekaan Bersatu", "Partai Gotong Contoh"]
COLOURS = ["hijau", "oranye", "putih", "ungu"]
VILLAGES = ["Telaga Contoh", "Muara Rekaan", "Padang Misal", "Simpang Andai", "Karang Umpama",
            "Sungai Tamsil", "Lubuk Teladan", "Bukit Patokan", "Tanjung Ibarat", "Rawa Perumpamaan"]
PLACES = ["Pasar Sentra", "lapangan Merdeka", "GOR kota", "alun-alun", "stadion mini", "taman kota"]
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"]
NAMES = ["Rina", "Dewi", "Agus", "Yanto", "Lilis", "Bambang", "Sri", "Udin"]


@dataclass
class Candidate:
    number: int
    head: str
    deputy: str
    short: str
    short2: str
    nick: str
    tag: str
    slogan: str

    @property
    def pair(self):
        return f"{self.short}-{self.short2}"


@dataclass
class Contest:
    id: str
    type: str
    region: str
    zone: str
    offset: str
    place: str
    office: str
    tag: str  # of the place
    registration: date
    determination: date
    draw: date
    campaign: tuple
    quiet: tuple
    voting: date
    end: date
    candidates: list = field(default_factory=list)


def regional(id_, type_, region, place, office, tag, candidates):
    """A contest with the days of Pilkada 2024."""
    return Contest(id_, type_, region, "Asia/Makassar", "+08:00", place, office, tag,
                   date(2024, 8, 27), date(2024, 9, 22), date(2024, 9, 23),
                   (date(2024, 9, 25), date(2024, 11, 23)), (date(2024, 11, 24), date(2024, 11, 26)),
                   date(2024, 11, 27), date(2024, 12, 16), candidates)


CONTESTS = [
    regional("pilbup-tanah-rekaan-2024", "pilbup", "97.01", "Tanah Rekaan", "bupati", "TanahRekaan", [
        Candidate(1, "Rahmadi Wirabentala", "Salmah Tirtaningsari", "Rahmadi", "Salmah", "RAMSA",
                  "RahmadiSalmah", "Bersama Membangun Rekaan"),
        Candidate(2, "Junaidi Kertapalawa", "Murniati Samudraloka", "Junaidi", "Murniati", "JUMAT BERSERI",
                  "JunaidiMurniati", "Rekaan Berseri"),
        # An acronym that is an everyday word too, as happens.
        Candidate(3, "Karyadi Lintangbuana", "Hasanatun Pelitawangi", "Karyadi", "Hasanatun", "BERKAH",
                  "KaryadiHasanatun", "Rakyat Dulu Baru Kita"),
    ]),
    regional("pilwali-kota-misal-2024", "pilwali", "97.71", "Kota Misal", "wali kota", "KotaMisal", [
        Candidate(1, "Denny Hartabuana", "Lusiana Cakrawening", "Denny", "Lusiana", "DELUNA",
                  "DennyLusiana", "Kota Nyaman Warga Senang"),
        Candidate(2, "Hendra Gunabaktiraya", "Fitriani Awanbiru", "Hendra", "Fitriani", "HEFI",
                  "HendraFitriani", "Misal Melompat"),
        Candidate(3, "Sabaruddin Teguhrasa", "Ratnawati Embunpagi", "Sabaruddin", "Ratnawati", "SABRA",
                  "SabaruddinRatnawati", "Beres dari Gang Sendiri"),
        Candidate(4, "Yohanes Padangbulan", "Maimunah Kertalangit", "Yohanes", "Maimunah", "YOMAI",
                  "YohanesMaimunah", "Satu Kota Seribu Asa"),
    ]),
    regional("pilgub-rekaan-raya-2024", "pilgub", "97", "Rekaan Raya", "gubernur", "RekaanRaya", [
        Candidate(1, "Soleman Ranubaya", "Katarina Lembayungsari", "Soleman", "Katarina", "SOLKA",
                  "SolemanKatarina", "Rekaan Raya Berdikari"),
        Candidate(2, "Zulkarnaen Bumiraksa", "Ningrum Arutala", "Zulkarnaen", "Ningrum", "ZUNI",
                  "ZulkarnaenNingrum", "Terang sampai Desa"),
        Candidate(3, "Bahtiar Segarapura", "Yosefina Taliawan", "Bahtiar", "Yosefina", "BAYOS",
                  "BahtiarYosefina", "Maju Tanpa Tertinggal"),
    ]),
    Contest("pilpres-contoh-2024", "pilpres", "", "Asia/Jakarta", "+07:00", "negeri ini", "presiden",
            "Nusantara", date(2023, 10, 19), date(2023, 11, 13), date(2023, 11, 14),
            (date(2023, 11, 28), date(2024, 2, 10)), (date(2024, 2, 11), date(2024, 2, 13)),
            date(2024, 2, 14), date(2024, 3, 20), [
        Candidate(1, "Satria Mandalajati", "Dewanti Kusumaloka", "Satria", "Dewanti", "SADEWA",
                  "SatriaDewanti", "Negeri Tangguh"),
        Candidate(2, "Wiryawan Adhisegara", "Malik Purnabaya", "Wiryawan", "Malik", "WIMA",
                  "WiryawanMalik", "Adil untuk Semua"),
    ]),
]

# Account types of a candidate on each platform, and how a handle of that type is made.
ACCOUNTS = [("registered", "{stem}.resmi"), ("campaign_team", "tim.{stem}"),
            ("supporter", "sahabat.{stem}"), ("personal", "{stem}.pribadi"),
            ("party", "dpc.{stem}"), ("institution", "humas.{stem}"), ("media", "kabar.{stem}")]


@dataclass
class Account:
    contest: str
    candidate: str
    platform: str
    id: str
    handle: str
    type: str


def campaign_accounts():
    accounts = []
    for contest in CONTESTS:
        for candidate in contest.candidates:
            stem = candidate.tag.lower()
            for platform in PLATFORMS:
                for type_, handle in ACCOUNTS:
                    accounts.append(Account(contest.id, str(candidate.number), platform,
                                            f"99{len(accounts):06}", handle.format(stem=stem), type_))
    return accounts


@dataclass
class Subject:
    id: str
    region: str
    accounts: dict  # platform -> id


def subjects():
    """Forty civil servants in each of the two regencies; each on all platforms."""
    people = []
    for index in range(80):
        region = "97.01" if index % 2 == 0 else "97.71"
        people.append(Subject(f"E-{index:04}", region,
                              {p: f"98{index:04}{k}" for k, p in enumerate(PLATFORMS)}))
    return people


def days_of(contest, stage):
    """The first and the last day of a stage, as far as texts are dated in it."""
    day = timedelta(days=1)
    return {
        "before": (contest.registration, contest.determination - day),
        "determined": (contest.draw, contest.campaign[0] - day),
        "campaign": contest.campaign,
        "quiet": contest.quiet,
        "voting": (contest.voting, contest.voting),
        "after": (contest.voting + day, contest.end),
    }[stage]
