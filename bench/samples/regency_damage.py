"""Lines damaged in every way that a reader must survive, but for a line too long."""

import json

import regency_texts as texts
from regency_acts import Act
from regency_calendar import draw_time
from regency_records import record_of
from regency_wording import say


def without(key):
    return lambda record: json.dumps({k: v for k, v in record.items() if k != key}).encode()


def with_value(key, value):
    return lambda record: json.dumps(record | {key: value}, ensure_ascii=False).encode()


def with_raw(key, raw):
    """A value that json.dumps would not write, such as 1.73E+18."""
    def change(record):
        line = json.dumps(record | {key: "@@"}, ensure_ascii=False)
        return line.replace('"@@"', raw, 1).encode()
    return change


def with_bytes(raw):
    def change(record):
        line = json.dumps(record | {"text": "kabar dari @@ hari ini"}, ensure_ascii=False)
        return line.encode().replace(b"@@", raw, 1)
    return change


def cut(share):
    return lambda record: json.dumps(record).encode()[: int(len(json.dumps(record)) * share)]


def damaged_actor(raw):
    return with_raw("actor", '{"id":%s,"name":"x"}' % raw)


PLATFORMS = ["instagram", "facebook", "x", "tiktok", "bluesky"]
# Each under the reason that a reader must give for its reject.
DAMAGES = [
    # json
    cut(0.5), cut(0.9), cut(0.2),
    lambda record: json.dumps(record).encode()[:-1] + b",}",
    lambda record: str(record).encode(),
    lambda record: json.dumps(record).encode() + b' {"platform":"x"}',
    lambda record: json.dumps(record).replace(":", "", 1).encode(),
    lambda record: b"<html><body>429 Too Many Requests</body></html>",
    lambda record: json.dumps([record]).encode(),
    lambda record: b"null",
    lambda record: json.dumps(record).replace('"kind"', "kind", 1).encode(),
    # utf8
    with_bytes(b"\xff"), with_bytes(b"\xc0\xaf"), with_bytes(b"\xed\xa0\x80"),
    with_bytes(b"\xf0\x9f\x98"),
    # depth
    with_raw("thread", "[" * 70 + "]" * 70), with_raw("thread", '{"in":' * 66 + "1" + "}" * 66),
    # missing:<field>
    without("platform"), without("kind"), without("id"), without("actor"),
    without("created_at"), without("observed_at"), without("target"),
    with_value("actor", {"name": "tanpa akun"}), lambda record: b"{}",
    # kind
    with_value("kind", "reaction"), with_value("kind", "Post"), with_value("kind", "retweet"),
    # time
    with_value("created_at", "2024-02-30T10:00:00Z"), with_value("created_at", "kemarin"),
    with_value("created_at", "2024-10-01T08:00:00"), with_value("created_at", "01/10/2024 08:00"),
    with_value("observed_at", "1727740800"),
    # id_damaged: what a spreadsheet leaves of a long number
    with_raw("id", "1.73E+18"), with_raw("id", '"1.73E+18"'), with_raw("id", "9.7123e+18"),
    damaged_actor("9.99012E+16"), damaged_actor('"9.99012E+16"'),
    # platform
    with_value("platform", "Instagram"), with_value("platform", "face book"),
    with_value("platform", "x.com"),
]


def damaged_lines(world):
    """One line for each damage, each made of a sound comment by a rostered person."""
    rng = world.rng
    lines = []
    for damage in DAMAGES:
        platform = rng.choice(PLATFORMS)
        text = say(rng, texts.EVERYDAY, platform)
        act = Act(platform, "comment", world.rostered_on(platform), world.bystander_on(platform),
                  text, draw_time(rng), "damaged")
        lines.append((platform, damage(record_of(rng, act))))
    return lines
