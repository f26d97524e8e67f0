"""Draws that several modules need. All take the one random generator of the run."""


def weighted(rng, pairs):
    return rng.choices([value for value, _ in pairs], [weight for _, weight in pairs])[0]


def digits(rng, head, count):
    return head + "".join(rng.choice("0123456789") for _ in range(count - len(head)))
