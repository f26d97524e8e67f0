"""What was collected on each platform: its acts as lines, some of them twice, some damaged."""

from regency_mixture import REPEATS, ROWS
from regency_records import line_of, record_of


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
    """The lines of each platform, with the damaged ones anywhere among them."""
    rng = world.rng
    lines = {}
    for platform, mine in acts.items():
        records = repeat_some(rng, [record_of(rng, act) for act in mine])
        lines[platform] = [line_of(rng, record) for record in records]
    for platform, line in damaged:
        lines[platform].insert(rng.randrange(len(lines[platform])), line)
    return lines
