"""The days of the made-up contests, which are those of Pilkada 2024, and times drawn from them."""

from datetime import date, datetime, timedelta, timezone

from regency_dice import weighted

WITA = timezone(timedelta(hours=8))

DETERMINATION, DRAW = date(2024, 9, 22), date(2024, 9, 23)
CAMPAIGN = (date(2024, 9, 25), date(2024, 11, 23))
QUIET = (date(2024, 11, 24), date(2024, 11, 26))
VOTING, END = date(2024, 11, 27), date(2024, 12, 16)

# Days from which times are drawn, with weights.
PERIODS = [
    ((date(2024, 8, 1), date(2024, 9, 21)), 16), ((DETERMINATION, date(2024, 9, 24)), 4),
    (CAMPAIGN, 58), (QUIET, 7), ((VOTING, VOTING), 5), ((date(2024, 11, 28), END), 10),
]
HOURS = range(24)
HOUR_WEIGHTS = [1, 1, 1, 1, 2, 5, 8, 9, 7, 6, 6, 7, 9, 7, 6, 6, 7, 8, 10, 12, 11, 8, 4, 2]


def draw_time(rng, period=None):
    first, last = period or weighted(rng, PERIODS)
    day = first + timedelta(days=rng.randrange((last - first).days + 1))
    hour = rng.choices(HOURS, HOUR_WEIGHTS)[0]
    return datetime(day.year, day.month, day.day, hour, rng.randrange(60), rng.randrange(60),
                    tzinfo=WITA)
