"""Fills the braces in the sentences of regency_texts.py."""

from regency_contests import CANDIDATES, WORDS
from regency_lists import DAYS, FOODS, GIVEN, PLACES, VILLAGES


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
