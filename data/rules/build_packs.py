#!/usr/bin/env python3
"""Makes the rule packs of this folder from what they share, in parts/.

    python3 data/rules/build_packs.py            # writes the packs
    python3 data/rules/build_packs.py --check    # only says whether they are as it would write them

The packs are what the program reads and what people should read; parts/ spares us from writing the
same pattern four times, and the same list of words a hundred times:

  words.toml        lists of words; <name> in a pattern stands for one of the list, <!name> for a word
                    that is none of it. And how chats spell everyday words: every pattern knows that
  patterns.toml.in  the patterns, in the packs' own format but for <name>
  rules.toml.in     the rules; `proposes` names an act of laws.toml, "<name>" a set of patterns there
  laws.toml         the packs: id, version, and which items each act may be
"""

import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
PARTS = HERE / "parts"
EXPRESSION_CHARACTERS_MAX = 4096  # the program's own limit
BETWEEN_WORDS = r"\W+"


def loaded(name):
    with open(PARTS / name, "rb") as file:
        return tomllib.load(file)


def alternatives(words):
    """One expression for a list of words; a blank is anything between two words. An apostrophe would
    end the literal string that the expression stands in."""
    spaced = (re.sub(r" (?!\?)", lambda _: BETWEEN_WORDS, word) for word in words)
    return "|".join(word.replace("'", r"\x27") for word in spaced)


def ways_from(words):
    """What may follow where the words read so far are heads of `words`: a letter that none of them
    has there, or one that some have, and then something that parts from those. A word that ends
    in * stands for all words that begin so: from there nothing parts any more."""
    heads = sorted({word[0] for word in words if word})
    ways = [f"[^\\W{''.join(heads).replace('-', '')}]\\w*"] if heads else [r"\w+"]
    for head in heads:
        rest = [word[1:] for word in words if word.startswith(head)]
        if "*" in rest:
            continue
        ends = [] if "" in rest else [r"\b"]
        ways.append(f"{head}(?:{'|'.join(ways_from(rest) + ends)})")
    return ways


def word_but(words):
    """An expression for any word but these. RE2 cannot look ahead, so it says letter by letter how a
    word may part from all of them."""
    return f"\\b(?:{'|'.join(ways_from(words))})"


def in_chat_spelling(expression, spellings):
    """Everyday words also as chats spell them, where they stand as words of their own in the expression."""
    words = "|".join(sorted(spellings, key=len, reverse=True))
    whole = rf"(?<![\w\\\-\]])((?:\\b)?)({words})(?=[|)\\ ])(?!\\w)"
    return re.sub(whole, lambda m: f"{m[1]}(?:{'|'.join([m[2], *spellings[m[2]]])})", expression)


def expanded(expression, lists, line):
    def one(match):
        if match[1] in lists["expressions"]:
            return lists["expressions"][match[1]]
        if match[1].lstrip("!") not in lists["words"]:
            sys.exit(f"patterns.toml.in:{line}: no list of words is called <{match[1]}>")
        if match[1].startswith("!"):
            return word_but(lists["words"][match[1][1:]])
        return f"(?:{alternatives(lists['words'][match[1]])})"
    before = None
    while before != expression:
        before, expression = expression, re.sub(r"(?<!\?P)<(!?[a-z-]+)>", one, expression)
    # An expression with long lists stays as it is: the lists have the spellings that matter.
    spelled = in_chat_spelling(expression, lists["spellings"])
    if len(spelled) <= EXPRESSION_CHARACTERS_MAX:
        expression = spelled
    if len(expression) > EXPRESSION_CHARACTERS_MAX:
        sys.exit(f"patterns.toml.in:{line}: {len(expression)} characters, more than {EXPRESSION_CHARACTERS_MAX}")
    return expression


def patterns(lists):
    """patterns.toml.in with the lists of words written out, in the literal strings alone."""
    lines = []
    for number, line in enumerate((PARTS / "patterns.toml.in").read_text("utf-8").splitlines(), 1):
        if line.lstrip().startswith("'"):
            line = expanded(line, lists, number)
        lines.append(line)
    return "\n".join(lines) + "\n"


def inline(items):
    def listed(codes):
        return "[" + ", ".join(f'"{code}"' for code in codes) + "]"
    return f"{{ ethics = {listed(items['ethics'])}, discipline = {listed(items['discipline'])} }}"


def rules(sets, items):
    def set_of(match):
        return ", ".join(f'"{pattern}"' for pattern in sets[match[1]])
    text = (PARTS / "rules.toml.in").read_text("utf-8")
    text = re.sub(r'"<([\w-]+)>"', set_of, text)
    return re.sub(r'^proposes = "(.+)"$', lambda m: f"proposes = {inline(items[m[1]])}", text, flags=re.M)


def comment(text):
    return "\n".join(f"# {line}".rstrip() for line in text.strip().splitlines())


def pack_text(pack, laws, lists):
    head = (PARTS / "head.txt").read_text("utf-8")
    return (f"{comment(pack['head'])}\n#\n{comment(head)}\n\n[pack]\nid = \"{pack['id']}\"\n"
            f"version = \"{pack['version']}\"\n\n{patterns(lists)}\n{rules(laws['sets'], pack['items'])}")


def main():
    laws, lists = loaded("laws.toml"), loaded("words.toml")
    stale = []
    for pack in laws["pack"]:
        path, text = HERE / pack["file"], pack_text(pack, laws, lists)
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(pack["file"])
        if "--check" not in sys.argv[1:]:
            path.write_text(text, "utf-8")
    if stale:
        print(("not as build_packs.py makes them: " if "--check" in sys.argv[1:] else "written: ") + ", ".join(stale))
    sys.exit(1 if stale and "--check" in sys.argv[1:] else 0)


if __name__ == "__main__":
    main()
