"""Ways to hide the telling words of a text from a simple search."""

import re

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
