#!/usr/bin/env python3
"""Every vote call among a pack's own examples, in every disguise: each must be found, and at the bytes
of the disguised text that the call's words became.

    python3 data/evaluation/disguises.py             # says what was missed, and fails if anything was
    python3 data/evaluation/disguises.py --program build/bin/pantau --rules data/rules/uu-2023.toml

A disguise is applied to the call's own words, and to all words of the text, names included. Three
things are asked of each: the candidate of the undisguised text is found by a rule that found it there,
the pattern's span covers the same words, and a span begins and ends where characters do.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CALLS = ["ajakan-memilih", "permohonan-dukungan", "perintah-memilih", "larangan-memilih"]
LETTERS_MIN = 3  # nobody spreads "no", and two letters in dots are an abbreviation

CONTEST = """
[[contest]]
id = "pilbup-contoh-2024"
type = "pilbup"
region = "97.01"
timezone = "Asia/Makassar"
registration = 2024-08-27
determination = 2024-09-22
number_draw = 2024-09-23
campaign = [2024-09-25, 2024-11-23]
quiet = [2024-11-24, 2024-11-26]
voting = 2024-11-27
end = 2024-12-16
""" + "".join(f"""
[[contest.candidate]]
id = "{number}"
number = {number}
names = {json.dumps(names)}
hashtags = []
slogans = []
""" for number, names in [(1, ["Badrun"]), (2, ["Ahmad Fulan", "Fulan", "Fulan-Siti"]), (3, ["Zubaidah"])])

SWEEP = """
[sweep]
id = "samaran"
mandate = "Uji samaran dengan teks rekaan"
timezone = "Asia/Makassar"
contests = "contests.toml"
rules = []
roster = "roster.csv"
campaign = "campaign.csv"
queue = "none"
records = []
"""

ROSTER = ("subject_id,name,nip,category,agency,position,region,platform,account_id,handle,ownership,basis,"
          "valid_from,valid_to\nE-1,Orang Rekaan,,pns,Dinas Contoh,staf,97.01,facebook,1,,declared,rekaan,,\n")
CAMPAIGN = "contest_id,candidate_id,platform,account_id,handle,account_type,valid_from,valid_to\n"


# ---- Disguises. One turns a word into a list of strings, one for each letter, "" where it is gone ----

def mapped(table):
    return lambda word: [table.get(c, c) for c in word]


def spread(separator):
    """Letters apart; what stands between belongs to the letter before."""
    return lambda word: [c + separator for c in word[:-1]] + [word[-1]] if len(word) >= LETTERS_MIN else list(word)


def repeated(times):
    def change(word):
        at = next((i for i in range(len(word)) if word[i].lower() in "aiueo"), None)
        return [c * times if i == at else c for i, c in enumerate(word)]
    return change


def inserted(character):
    return lambda word: [word[0] + character] + list(word[1:])


def signs(letters):
    """No two side by side: those are punctuation."""
    table = by_case({"i": "!", "a": "@", "s": "$"})
    return [c if i > 0 and letters[i - 1] in "aiAI" and c in "aiAI" else table.get(c, c) for i, c in enumerate(letters)]


def by_case(small):
    """A table for small letters, and for capitals what Unicode has for them or the same."""
    return {**small, **{c.upper(): v for c, v in small.items()}}


def shifted(first_small, first_capital):
    small = {chr(ord("a") + i): chr(first_small + i) for i in range(26)}
    return {**small, **{chr(ord("A") + i): chr(first_capital + i) for i in range(26)}}


CYRILLIC = {"a": "а", "c": "с", "e": "е", "o": "о", "p": "р", "x": "х", "i": "і", "s": "ѕ", "y": "у", "j": "ј"}
GREEK = {"o": "ο", "i": "ι", "u": "υ", "v": "ν"}
WORD_DISGUISES = {
    "digits": mapped(by_case({"o": "0", "i": "1"})),
    "more digits": mapped(by_case({"o": "0", "i": "1", "e": "3", "a": "4", "s": "5"})),
    "one digit": mapped({"o": "0", "O": "0"}),
    "signs": lambda w: [w[0]] + signs(w[1:-1]) + list(w[1:][-1:]),
    "dots": spread("."), "dashes": spread("-"), "blanks": spread(" "), "wide blanks": spread(" "), "underscores": spread("_"),
    "stars": spread("*"), "slashes": spread("/"), "middle dots": spread("·"), "bars": spread(" | "),
    "three times": repeated(3), "six times": repeated(6),
    "zero width": inserted("\u200b"), "joiner": inserted("\u200d"), "soft hyphen": inserted("\u00ad"),
    "word joiner": inserted("\u2060"), "variation selector": inserted("\ufe0f"),
    "cyrillic": mapped(by_case(CYRILLIC)), "greek": mapped(by_case(GREEK)),
    "full width": lambda w: [chr(ord(c) + 0xFEE0) if 0x20 < ord(c) < 0x7F else c for c in w],
    "bold": mapped(shifted(0x1D41A, 0x1D400)), "sans serif": mapped(shifted(0x1D5BA, 0x1D5A0)),
    "circled": mapped(shifted(0x24D0, 0x24B6)),
    "capitals": lambda w: list(w.upper()), "title": lambda w: list(w.capitalize()),
}

SPREADS = [WORD_DISGUISES[name] for name in ("dots", "dashes", "blanks", "wide blanks", "underscores", "stars", "slashes",
                                             "middle dots", "bars")]

# How numbers are said; the text's phrase is replaced as a whole.
PHRASE = re.compile(r"\b(?:paslon )?(?:nomor|no|paslon)(?: urut)? (?:0?[1-3]|satu|dua|tiga)\b|[1-3]\ufe0f\u20e3",
                    re.IGNORECASE)
SPELLED = {1: ["satu", "siji", "hiji", "ciek"], 2: ["dua", "loro", "duo"], 3: ["tiga", "telu", "tilu", "tigo"]}
ROMAN = {1: "I", 2: "II", 3: "III"}
OTHER_SCRIPTS = {1: ["①", "１", "Ⅰ", "¹", "1️⃣"], 2: ["②", "２", "Ⅱ", "²", "2️⃣"], 3: ["③", "３", "Ⅲ", "³", "3️⃣"]}


def phrases_of(n):
    for sign in ("nomor", "nomer", "no", "no.", "nmr", "nomor urut", "no urut", "nmr urut", "paslon", "paslon no",
                 "paslon nomor urut"):
        for number in [str(n), f"0{n}", *SPELLED[n], ROMAN[n], *OTHER_SCRIPTS[n]]:
            if n == 1 and sign in ("no", "no.") and number in "IⅠ":
                continue  # "no I don't"
            yield f"{sign} {number}"
    yield f"nomor{n}"
    yield f"n0m0r {n}"
    yield f"N.O.M.O.R {n}"
    yield f"paslon 0{n}"


# ---- One case: a text, and where its parts came from ----

def disguised(text, ranges, change, blank):
    """The text with the words in `ranges` changed, and for each character of `text` where it begins now."""
    out, starts = "", []
    position = 0
    for match in re.finditer(r"[A-Za-z]+", text):
        for c in text[position:match.start()]:
            starts.append(len(out))
            out += blank if c == " " else c
        word = match[0]
        inside = any(start <= match.start() and match.end() <= end for start, end in ranges)
        # A word that begins with # or @ is a tag or a handle, and no disguise leaves those alive.
        # The two names of a pair are told apart by their hyphen, which is lost among others.
        is_pair = "-" in (text[match.start() - 1:match.start()], text[match.end():match.end() + 1])
        inside = inside and text[max(0, match.start() - 1)] not in "#@"
        parts = change(word) if inside and not (is_pair and change in SPREADS) else list(word)
        for part in parts:
            starts.append(len(out))
            out += part
        position = match.end()
    for c in text[position:]:
        starts.append(len(out))
        out += c
    starts.append(len(out))
    return out, starts


def byte_at(text, index):
    return len(text[:index].encode())


class World:
    """The program, and lists for it in a folder."""

    def __init__(self, program, rules, folder):
        self.command = [str(program), "match", str(folder / "sweep.toml"), "--format", "pantau",
                        "--rules", str(Path(rules).resolve())]
        for name, text in [("contests.toml", CONTEST), ("sweep.toml", SWEEP), ("roster.csv", ROSTER),
                           ("campaign.csv", CAMPAIGN)]:
            (folder / name).write_text(text, encoding="utf-8")

    def matches_of(self, texts):
        """For each text: {(candidate, pattern): spans}, of rules that hold."""
        records = [{"platform": "facebook", "kind": "post", "id": str(i), "actor": {"id": "1"},
                    "observed_at": "2024-10-15T12:00:00+08:00", "created_at": "2024-10-15T12:00:00+08:00",
                    "text": text} for i, text in enumerate(texts)]
        lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
        done = subprocess.run(self.command, input=lines.encode(), capture_output=True, check=False)
        if done.returncode != 0:
            sys.exit(done.stderr.decode())
        found = [{} for _ in texts]
        for line in done.stdout.splitlines():
            flag = json.loads(line)
            into = found[flag["source"]["line"] - 1]
            for match in flag["matches"]:
                for span in match["spans"]:
                    spans = into.setdefault((match["candidate"], span["pattern"]), set())
                    spans.add((span["start"], span["end"]))
        return found


def calls_of(pack):
    """The examples of the vote calls, each tied to a candidate; written plainly, without disguise."""
    with open(pack, "rb") as file:
        patterns = {p["name"]: p for p in tomllib.load(file)["pattern"]}
    for name in CALLS:
        for text in patterns[name]["matches"]:
            text = {"AYO C0BL0S NOMOR 2": "AYO COBLOS NOMOR 2",
                    "ayo c.o.b.l.o.s Fulan-Siti": "ayo coblos Fulan-Siti"}.get(text, text)
            yield name, text if re.search(r"Fulan|Siti", text) or PHRASE.search(text) else f"{text} Fulan"


def to_characters(text, span):
    data = text.encode()
    return len(data[:span[0]].decode()), len(data[:span[1]].decode())


def cases_of(pattern, text, spans, change_of=WORD_DISGUISES):
    """(name, disguised text, spans of which one is expected)"""
    ranges = [to_characters(text, span) for span in spans]
    for name, change in change_of.items():
        for where, inside in (("call", ranges), ("all", [(0, len(text))])):
            # Nothing tells where one of the two words of a name ends if they are spread with what is around.
            if name == "blanks" and any("Ahmad" in text[start:end] for start, end in inside):
                continue
            changed, starts = disguised(text, inside, change, "   " if name == "wide blanks" else " ")
            if changed == text:
                continue
            # What stands behind the last letter (a blank between spread words) is in no span.
            expected = {(byte_at(changed, starts[a]), byte_at(changed, starts[b - 1]), byte_at(changed, starts[b]))
                        for a, b in ranges}
            yield f"{name} ({where})", changed, expected


def covers(spans, expected):
    """A span that begins where the call begins and ends with its last character."""
    return any(start == first and last < end <= behind for start, end in spans for first, last, behind in expected)


def word_cases(pattern, text, found):
    candidate = "2" if "Fulan" in text else None
    keys = [key for key in found if key[1] == pattern and candidate in (None, key[0])]
    for key in keys:
        for name, changed, expected in cases_of(pattern, text, found[key]):
            yield key, name, changed, expected


def number_cases(pattern, text, found):
    match = PHRASE.search(text)
    if not match:
        return
    n = int(next(iter({key[0] for key in found})))
    for phrase in phrases_of(n):
        yield (str(n), pattern), phrase, text[:match.start()] + phrase + text[match.end():], None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=ROOT / "build/bin/pantau")
    parser.add_argument("--rules", default=ROOT / "data/rules/skb-2022.toml")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        world = World(arguments.program, arguments.rules, Path(folder))
        calls = list(calls_of(arguments.rules))
        plain = world.matches_of([text for _, text in calls])
        problems = [f"not found undisguised: {text}" for (pattern, text), found in zip(calls, plain)
                    if not any(key[1] == pattern for key in found)]
        cases = [case for (pattern, text), found in zip(calls, plain) if any(k[1] == pattern for k in found)
                 for make in (word_cases, number_cases) for case in make(pattern, text, found)]
        answers = world.matches_of([changed for _, _, changed, _ in cases])
    for (key, name, changed, expected), found in zip(cases, answers):
        if key not in found:
            problems.append(f"missed   {name:24} {key[1]:22} {changed}")
        elif expected is not None and not covers(found[key], expected):
            problems.append(f"wrong span {name:22} {key[1]:22} {changed}: {sorted(found[key])}, not {sorted(expected)}")
        elif {candidate for candidate, _ in found} != {key[0]}:
            problems.append(f"others named {name:20} {key[1]:22} {changed}: {sorted(found)}")
    print("\n".join(problems))
    print(f"{len(cases)} disguised calls of {len(calls)}, {len(problems)} problems")
    sys.exit(1 if problems or not cases else 0)


if __name__ == "__main__":
    main()
