#!/usr/bin/env python3
"""`pantau ingest` against the golden exchanges, over HTTP: replay_test.py --program build/bin/pantau

A server answers as a fixture (PLATFORM/NAME.in) says, one answer after the other. What must be so:
exactly what NAME.out says is asked, in that order, with the token in its place and nowhere else;
and the queue holds what NAME.out says that subjects did to candidates, and nothing besides.
"""

import argparse
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from small_sweep import write_sweep

HERE = Path(__file__).parent
TOKEN = "rahasia-0123456789"

# Each fixture, with who is on the roster (id, handle).
FIXTURES = {
    "bluesky/accounts": [("did:plc:asn1aaaaaaaaaaaaaaaaaaaa", "")],
    "bluesky/accounts_unconfirmed": [("did:plc:asn1aaaaaaaaaaaaaaaaaaaa", "")],
    "bluesky/campaign": [("did:plc:asn1aaaaaaaaaaaaaaaaaaaa", ""), ("", "asn2.example")],
    "mastodon/accounts": [("", "asn_satu@banua.example")],
    "mastodon/campaign": [("", "asn_satu@banua.example"), ("", "asn_dua@kota.example")],
    "youtube/threads": [("UCasnsatuAAAAAAAAAAAAAAA", "")],
}


# The exchanges are of this time, and what a source asks depends on how old a post is. So the times
# in them are moved to now by whole days.
RECORDED_AT = datetime(2024, 11, 20, tzinfo=timezone.utc)
DAYS = (datetime.now(timezone.utc) - RECORDED_AT).days
TIMES = re.compile(r'("(?:createdAt|created_at|indexedAt|publishedAt|updatedAt|edited_at)": ")(\d{4}-\d\d-\d\d)')


def moved(match):
    return match[1] + (date.fromisoformat(match[2]) + timedelta(days=DAYS)).isoformat()


class Failure(Exception):
    pass


def check(holds, message):
    if not holds:
        raise Failure(message)


class Server(ThreadingHTTPServer):
    def __init__(self, answers, servers):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.servers, self.asked = answers, servers, []
        self.address = f"127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        server = self.server
        self.close_connection = True
        number = len(server.asked)
        server.asked.append((self.path, self.headers.get("authorization", "")))
        if number >= len(server.answers):
            # The next round: what is not recorded is not there for now.
            return self.send(503, {}, b"")
        answer = server.answers[number]
        body = TIMES.sub(moved, json.dumps(answer["body"])) if "body" in answer else answer["text"]
        headers = {name: value.replace(*server.servers) for name, value in answer.get("headers", {}).items()
                   if not name.startswith("x-ratelimit")}
        return self.send(answer["status"], headers, body.encode())

    def send(self, status, headers, body):
        self.send_response(status)
        for name, value in {**headers, "content-type": "application/json", "content-length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def acts_of(text):
    """The blocks "act PLATFORM KIND" of a golden file, as (platform, kind, fields)."""
    for block in re.findall(r"^act (\w+) (\w+)\n((?:  .*\n)*)", text, re.M):
        yield block[0], block[1], dict(line[2:].split(": ", 1) for line in block[2].splitlines())


def removals_of(text):
    return set(re.findall(r"^removal .*\n  id: (.*)$", text, re.M))


def account_key(fields, side):
    return fields.get(f"{side}.id") or "@" + fields.get(f"{side}.handle", "").removeprefix("@").lower()


def wanted_flags(text, subjects, candidates):
    """The keys of acts of a subject towards a candidate, or that name one."""

    def is_among(accounts, fields, side):
        ids = {fields.get(f"{side}.id"), fields.get(f"{side}.handle")} - {None}
        return any(account in ids or handle.removeprefix("@").lower() in ids for account, handle in accounts)

    keys = set()
    for platform, kind, fields in acts_of(text):
        names = kind == "post" and "Ahmad Fulan" in fields.get("text", "")
        if not is_among(subjects, fields, "actor"):
            continue
        if names or (kind != "post" and is_among(candidates, fields, "target")):
            act = fields.get("id") or f"{account_key(fields, 'actor')}/" + (
                fields.get("object_id") or account_key(fields, "target"))
            keys.add(f"{platform}/{kind}/{act}")
    return keys


def source_of(head, server):
    lines = [line for line in head["source"].splitlines() if not line.startswith("server")]
    lines += ['name = "uji"', f'server = "http://{server}"', f'test_server = "{server}"',
              'requests_per_minute = 6000', 'token_env = "PANTAU_TEST_TOKEN"']
    return "\n".join(lines) + "\n"


def run_round(program, sweep, server):
    """To its end, or until it asks for more than was recorded: then all that was is stored."""
    process = subprocess.Popen([program, "ingest", str(sweep)], stderr=subprocess.PIPE, text=True,
                               env={**os.environ, "PANTAU_TEST_TOKEN": TOKEN})
    until = time.monotonic() + 60
    while process.poll() is None and len(server.asked) <= len(server.answers) and time.monotonic() < until:
        time.sleep(0.01)
    was_ended = process.poll() is None
    if was_ended:
        process.kill()
    _, told = process.communicate()
    check(was_ended or process.returncode == 0, f"pantau ingest ended with {process.returncode}:\n{told}")
    return told


def replay(program, fixture, subjects, folder):
    head, *answers = map(json.loads, (HERE / f"{fixture}.in").read_text().splitlines())
    golden = (HERE / f"{fixture}.out").read_text()
    candidates = [(account.get("id", ""), account.get("handle", "")) for account in head.get("campaign", [])]
    server = Server(answers, ("https://banua.example", "http://ADDRESS"))
    server.servers = ("https://banua.example", f"http://{server.address}")
    write_sweep(folder, fixture.split("/")[0], subjects, candidates, source_of(head, server.address))
    told = ""
    for _ in range(1 + golden.count("== the round is over\nGET")):
        told += run_round(program, folder / "sweep.toml", server)
    server.shutdown()
    check(len(server.asked) >= len(answers), f"{len(server.asked)} of {len(answers)} answers were asked for:\n{told}")

    asked = [re.sub(r"[?&]key=[^&]*", "", path) for path, _ in server.asked[: len(answers)]]
    wanted = [re.sub(r"^https://[^/]+", "", url) for url in re.findall(r"^GET (\S+)", golden, re.M)][: len(answers)]
    check(asked == wanted, f"asked otherwise:\n{asked}\nthan\n{wanted}")
    uses = {"(token)": any(header == f"Bearer {TOKEN}" for _, header in server.asked),
            "(key)": any(f"key={TOKEN}" in path for path, _ in server.asked)}
    for mark, was_used in uses.items():
        check(was_used == (mark in golden), f"the token was used otherwise than as {mark}")

    with sqlite3.connect(folder / "queue.sqlite") as database:
        keys = {key for (key,) in database.execute("SELECT key FROM item")}
        deleted = {key.split("/", 2)[2] for (key,) in database.execute(
            "SELECT key FROM item_event JOIN item ON item.seq = item_event.item WHERE event = 'deleted'")}
    flags = wanted_flags(golden, subjects, candidates)
    check(keys == flags, f"the queue holds {sorted(keys)} and not {sorted(flags)}")
    check(flags, "the fixture has nothing to flag")
    check(deleted == {act for act in removals_of(golden) if any(key.endswith(act) for key in flags)},
          f"deleted: {sorted(deleted)}")
    kept = b"".join(file.read_bytes() for file in folder.glob("queue.sqlite*"))
    check(TOKEN.encode() not in kept and TOKEN not in told, "the token was kept or told")
    return len(answers), len(flags), len(deleted)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program
    failed = False
    for fixture, subjects in FIXTURES.items():
        with tempfile.TemporaryDirectory(prefix="pantau-replay-") as folder:
            try:
                answers, flags, deleted = replay(program, fixture, subjects, Path(folder))
                print(f"{fixture}: {answers} answers, {flags} flags, {deleted} deletions")
            except Failure as failure:
                failed = True
                print(f"FAILED {fixture}: {failure}")
    return 1 if failed else 0


sys.exit(main())
