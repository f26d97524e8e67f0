"""Reads the hand-written sentences of sources/*.txt.

A line is a sentence with slots in braces, perhaps behind marks in brackets: [jv], [su], [bjn],
[min], [mix] name its language (Indonesian if none does), [?] says that people would not agree
what to expect. "# " begins a comment, "@" a setting that holds from there on:

  @class NAME       the class of the texts
  @expect flag      or none
  @link mention     how the text is tied to a candidate: mention, number (a ballot number alone),
                    target (an account of the campaign), none, unseen (a tie that no list can name)
  @kinds post …     kinds of act to draw from
  @after-draw       only dates on which ballot numbers count
  @acts             the lines are acts without words: kind, account type, expectation
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"
LANGUAGES = {"jv", "su", "bjn", "min", "mix"}
TEST_SHARE = 40  # of a hundred sentences
NUMBER_SLOTS = re.compile(r"\{(n|nn|word|keycap|n_up|jv_word|su_word)\}")


@dataclass
class Sentence:
    id: str
    class_: str
    text: str
    expected: bool
    clear: bool
    language: str
    link: str
    kinds: list
    after_draw: bool
    account_type: str = ""

    @property
    def split(self):
        return "test" if int(self.id[-8:], 16) % 100 < TEST_SHARE else "dev"


def id_of(class_, text):
    return f"{class_}-{hashlib.sha256(f'{class_}|{text}'.encode()).hexdigest()[:8]}"


def sentence_of(line, settings, repeats):
    clear, language, text = True, "id", line
    while mark := re.match(r"\[(\?|\w+)\] ", text):
        if mark[1] == "?":
            clear = False
        elif mark[1] in LANGUAGES:
            language = mark[1]
        else:
            break
        text = text[mark.end():]
    if settings["acts"]:
        kind, account_type, expected = text.split()
        return Sentence(id_of(settings["class"], text), settings["class"], "-", expected == "flag",
                        True, "-", "target", [kind], False, account_type)
    class_ = settings["class"]
    repeats[text] = repeats.get(text, 0) + 1
    key = text if repeats[text] == 1 else f"{text}|{repeats[text]}"
    after_draw = settings["after-draw"] or bool(NUMBER_SLOTS.search(text))
    return Sentence(id_of(class_, key), class_, text, settings["expect"] == "flag", clear, language,
                    settings["link"], settings["kinds"], after_draw)


def read_file(path):
    settings = {"class": "", "expect": "none", "link": "mention", "kinds": ["post"],
                "after-draw": False, "acts": False}
    repeats = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("# "):
            continue
        setting = re.match(r"@(class|expect|link|kinds|after-draw|acts)\b ?(.*)", line)
        if setting is None:
            yield sentence_of(line.strip(), settings, repeats)
        elif setting[1] == "kinds":
            settings["kinds"] = setting[2].split()
        elif setting[1] in ("after-draw", "acts"):
            settings[setting[1]] = True
        else:
            settings[setting[1]] = setting[2].strip()


def all_sentences():
    sentences = [s for path in sorted(SOURCES.glob("*.txt")) for s in read_file(path)]
    ids = [s.id for s in sentences]
    doubles = {i for i in ids if ids.count(i) > 1}
    if doubles:
        raise SystemExit(f"sentences with one id: {sorted(doubles)}")
    return sentences
