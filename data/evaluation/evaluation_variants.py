"""How one sentence is written in several ways: chat spelling, disguise, emoji, case, company.

All tables here were written for this project. A variant never touches what ties the text to a
candidate (names, hashtags, handles, number phrases), so its expectation is the sentence's own.
"""

import re

# Chat spelling of everyday words; the first column is what the sentences use.
CHAT = {
    "yang": ["yg"], "tidak": ["tdk", "gak", "ga", "nggak", "g"], "jangan": ["jgn", "jng", "jngan"],
    "dengan": ["dgn", "dg"], "saya": ["sy", "sya"], "untuk": ["utk", "tuk", "buat"],
    "semua": ["smua", "smw"], "sudah": ["sdh", "udah", "udh"], "bukan": ["bkn", "bukn"],
    "kita": ["kt", "qta"], "kami": ["kmi"], "dan": ["&", "n"], "bapak": ["bpk"], "ibu": ["bu"],
    "sampai": ["smp", "sampe"], "kalau": ["klo", "kalo", "klw"], "ini": ["ni"],
    "besok": ["bsk"], "lagi": ["lg"], "bisa": ["bs"], "sama": ["sm"], "juga": ["jg"],
    "banyak": ["byk"], "orang": ["org"], "dari": ["dr"], "karena": ["krn", "karna"],
    "lupa": ["lp"], "siapa": ["sapa"], "hanya": ["hny"], "akan": ["akn"], "tetap": ["ttp", "tetep"],
    "pasti": ["psti"], "semoga": ["smoga", "smg"], "mendukung": ["ndukung", "ngedukung", "mndukung"],
    "memilih": ["milih"], "memenangkan": ["menangin"], "mencoblos": ["nyoblos"],
    "bersama": ["brsama", "bareng"], "calon": ["clon"], "belum": ["blm", "blum"],
    "pasangan": ["psangan"], "dukungan": ["dukngan"],
}
TELLING = re.compile(r"\b(coblos|dukung|pilih|menangkan|menang|lanjutkan|tolak|jangan|mendukung|"
                     r"memilih|pilihan|dukungan|hadir|relawan)\b", re.IGNORECASE)
LEET = str.maketrans({"o": "0", "i": "1", "a": "4", "e": "3", "s": "5"})
SIGNS = str.maketrans({"i": "!", "a": "@", "s": "$"})
CYRILLIC = str.maketrans({"a": "а", "c": "с", "e": "е", "o": "о", "p": "р", "x": "х", "i": "і", "s": "ѕ"})
GREEK = str.maketrans({"o": "ο", "i": "ι", "u": "υ", "v": "ν"})
MATHEMATICAL = {c: chr(0x1D41A + ord(c) - ord("a")) for c in "abcdefghijklmnopqrstuvwxyz"}

DISGUISES = [
    ("digits", lambda w, rng: w.translate(LEET)),
    ("signs", lambda w, rng: w[0] + w[1:-1].translate(SIGNS) + w[-1]),
    ("dots", lambda w, rng: ".".join(w)),
    ("dashes", lambda w, rng: "-".join(w)),
    ("blanks", lambda w, rng: " ".join(w)),
    ("underscores", lambda w, rng: "_".join(w)),
    ("stars", lambda w, rng: "*".join(w)),
    ("repeated", lambda w, rng: repeat_vowel(w, rng)),
    ("invisible", lambda w, rng: w[:2] + rng.choice("\u200b\u200c\u2060\u00ad") + w[2:]),
    ("cyrillic", lambda w, rng: w.translate(CYRILLIC)),
    ("greek", lambda w, rng: w.translate(GREEK)),
    ("full width", lambda w, rng: "".join(chr(ord(c) + 0xFEE0) for c in w if ord(c) < 0x7F)),
    ("bold", lambda w, rng: "".join(MATHEMATICAL.get(c, c) for c in w.lower())),
]

EMOJI = ["🔥", "💪", "🙏", "😁", "😂", "❤️", "👍", "😍", "🤝", "🇮🇩", "✊", "😎", "👏", "🙌"]
QUIET_EMOJI = ["🙏", "😁", "😅", "🤲", "😊", "📌", "🗳️", "🙂", "📢"]
OPENINGS = ["Pagi semua.", "Assalamualaikum.", "Met malam gaes.", "Halo semuanya!", "Izin posting min.",
            "Sekadar catatan.", "Sambil ngopi.", "Rabu ceria.", "Hmm.", "Jujur nih,", "Guys,",
            "Bapak ibu,", "Dulur,", "Bestie,", "Alhamdulillah hujan reda."]
CLOSINGS = ["Sehat selalu semuanya.", "Selamat beraktivitas.", "Wassalam.", "Hehe.", "Wkwkwk",
            "Terima kasih.", "Salam dari {village}.", "Begitu saja.", "Sekian.", "Yuk ngopi.",
            "Hujan lagi di {village}.", "ya kan?", "hehehe", "gitu aja sih", "oke?"]
# No side is taken by these.
HASHTAGS = ["#Pilkada2024", "#{region_tag}", "#PestaDemokrasi", "#Rabu", "#fyp", "#InfoWarga", "#viral"]


def repeat_vowel(word, rng):
    vowels = [i for i, c in enumerate(word) if c in "aiueoAIUEO"]
    at = rng.choice(vowels)
    return word[:at] + word[at] * rng.randrange(3, 6) + word[at + 1:]


def outside_slots(text, change):
    """Applies `change` to the parts of a template that are not slots."""
    parts = re.split(r"(\{\w+\}|[@#]\S+)", text)
    return "".join(part if i % 2 else change(part) for i, part in enumerate(parts))


def chat(rng, text):
    def one(match):
        word = match[0].lower()
        return rng.choice(CHAT[word]) if word in CHAT and rng.random() < 0.7 else match[0]
    return outside_slots(text, lambda part: re.sub(r"[A-Za-z]+", one, part))


def disguise(rng, text):
    """Returns the text and the name of the disguise; None if it has no telling word."""
    name, change = rng.choice(DISGUISES)
    changed = outside_slots(text, lambda part: TELLING.sub(lambda m: change(m[0], rng), part))
    return (changed, name) if changed != text else None


def typo(rng, text):
    def one(match):
        word = match[0]
        at = rng.randrange(1, len(word) - 1)
        if rng.random() < 0.5:
            return word[:at] + word[at + 1:]
        return word[:at - 1] + word[at] + word[at - 1] + word[at + 1:] if at > 1 else word + word[-1]
    return outside_slots(text, lambda part: TELLING.sub(one, part))


def with_emoji(rng, text, partisan):
    emoji = "".join(rng.choice(EMOJI if partisan else QUIET_EMOJI) for _ in range(rng.randrange(1, 4)))
    where = rng.random()
    if where < 0.7:
        return f"{text} {emoji}"
    return f"{emoji} {text}" if where < 0.85 else f"{emoji}{text}{emoji}"


def in_company(rng, text):
    """With an everyday sentence before or behind it."""
    if rng.random() < 0.5:
        return f"{rng.choice(OPENINGS)} {text}"
    return f"{text} {rng.choice(CLOSINGS)}" if text[-1] in ".!?" else f"{text}. {rng.choice(CLOSINGS)}"


def punctuation(rng, text):
    if rng.random() < 0.5:
        return outside_slots(text, lambda part: re.sub(r"[.,!?:;\"']", "", part))
    return text.rstrip(".!") + "!" * rng.randrange(2, 5)


def case(rng, text):
    change = rng.choice([str.upper, str.lower, str.title])
    return outside_slots(text, change)


def tagged(rng, text):
    return f"{text} {' '.join(rng.sample(HASHTAGS, rng.randrange(1, 3)))}"


# (name, weight where partisan, weight elsewhere)
KINDS = [("chat", 24, 28), ("disguise", 22, 3), ("emoji", 16, 18), ("company", 14, 20),
         ("punctuation", 8, 12), ("case", 8, 12), ("tagged", 5, 7), ("typo", 3, 0)]


def vary(rng, text, partisan):
    """One variant of a template: its text, still with slots, and what was done."""
    weights = [partisan_weight if partisan else other for _, partisan_weight, other in KINDS]
    kind = rng.choices([name for name, _, _ in KINDS], weights)[0]
    if kind == "disguise":
        changed = disguise(rng, text)
        return (changed[0], f"disguise: {changed[1]}") if changed else (text, "plain")
    if kind == "emoji":
        return with_emoji(rng, text, partisan), kind
    change = {"chat": chat, "company": in_company, "punctuation": punctuation, "case": case,
              "tagged": tagged, "typo": typo}[kind]
    changed = change(rng, text)
    return changed, kind if changed != text else "plain"
