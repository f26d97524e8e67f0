"""How much of what the sample holds. Change the mixture here.

On each platform three acts of ten are by people of the roster. PLAN says how many of these
look like a breach, by kind of breach: their number is small, as in life, and spread evenly
over the pairs, as a fair sample must be.
"""

SEED = 20241127
SUBJECTS = 3000

# How many records each platform has, repeats and damaged lines not counted.
ROWS = {
    "instagram": 6200,
    "facebook": 6600,
    "x": 3000,
    "tiktok": 1100,
    "bluesky": 2100,
    "youtube": 400,
    "mastodon": 300,
    "telegram": 300,
}
# About how many of them come twice.
REPEATS = 110
ROSTERED_SHARE = 0.30

# How many acts of rostered people look like a breach.
PLAN = {
    "follow campaign": 55, "like campaign": 80, "share campaign": 30, "comment below": 35,
    "comment support": 25, "calls": 40, "support": 30, "victory": 12, "tags": 12,
    "against": 12, "continue": 6, "greeting": 8, "attend": 10, "photo": 10, "team": 6,
    "material": 10, "display": 6, "calls to colleagues": 5, "quiet": 8,
}
