#!/usr/bin/env python3
"""`pantau ingest` against a real Bluesky server with fifty made-up accounts.

    ingest_test.py --program build/bin/pantau [--seed N] [--kills 10]

What rostered accounts did must end as flags and as nothing else; what they deleted must be told
as deleted, and nothing besides; and a run that is killed at random moments must leave the same
queue as one that is not. Exits with 77 (skipped) if tests/pds/install.sh was not run.
"""

import argparse
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
SKIPPED = 77
sys.path.insert(0, str(HERE.parent / "ingest" / "sources"))

from small_sweep import write_sweep  # noqa: E402, it is in another folder

class Failure(Exception):
    pass


def check(holds, message):
    if not holds:
        raise Failure(message)


class Server:
    """The test server, as a process of its own that ends with this one."""

    def __init__(self):
        self.process = subprocess.Popen(
            ["node", str(HERE / "server.cjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        line = self.process.stdout.readline()
        check(line.startswith("READY "), "the server did not start")
        self.url = json.loads(line[len("READY ") :])["pds"]
        self.endpoint = self.url.removeprefix("http://")

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


class World:
    def __init__(self, server, folder, seed):
        self.server, self.file, self.seed = server, folder / "world.json", seed

    def step(self, command):
        subprocess.run(
            ["node", str(HERE / "world.cjs"), self.server.url, str(self.file), str(self.seed), command], check=True
        )
        state = json.loads(self.file.read_text())
        self.accounts, self.acts = state["accounts"], state["acts"]

    def of(self, role):
        return [account for account in self.accounts if account["role"] == role]


def key_of(act):
    return f"bluesky/{act['kind']}/{act['uri']}"


def write_world(world, folder):
    """Some accounts are listed by id, some by handle alone."""

    def columns(number, account):
        return (account["did"], "") if number % 2 == 0 else ("", account["handle"])

    subjects = [columns(*one) for one in enumerate(world.of("asn"))]
    accounts = [did or handle for did, handle in subjects]
    candidates = [columns(*one) for one in enumerate(world.of("calon"))]
    source = f"""
name = "akun-asn"
platform = "bluesky"
reads = "accounts"
server = "http://{world.server.endpoint}"
test_server = "{world.server.endpoint}"
requests_per_minute = 6000
accounts = {json.dumps(accounts)}
"""
    write_sweep(folder, "bluesky", subjects, candidates, source)


class Ingest:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def start(self, queue):
        return subprocess.Popen(
            [self.program, "ingest", str(self.folder / "sweep.toml"), "--queue", f"sqlite:{queue}"],
            stderr=subprocess.PIPE, text=True)

    def run(self, queue):
        process = self.start(queue)
        _, told = process.communicate(timeout=300)
        check(process.returncode == 0, f"pantau ingest ended with {process.returncode}:\n{told}")
        return told

    def run_killed(self, queue, kills, dice):
        """Killed at random moments; how often it was killed before its end."""
        killed = 0
        for _ in range(kills):
            process = self.start(queue)
            try:
                process.wait(timeout=dice.uniform(0.02, 0.9))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                killed += 1
            process.communicate()
        self.run(queue)
        return killed


def items_of(queue):
    with sqlite3.connect(queue) as database:
        return {key for (key,) in database.execute("SELECT key FROM item")}


def content_of(queue):
    """All that must not depend on how often a run was interrupted; times of observation do."""
    with sqlite3.connect(queue) as database:
        items = [
            (key, level, subject, json.loads(flag)["matches"])
            for key, level, subject, flag in database.execute("SELECT key, level, subject, flag FROM item ORDER BY key")
        ]
        return items, sorted(deleted_in(database))


def deleted_in(database):
    return {key for (key,) in database.execute(
        "SELECT key FROM item_event JOIN item ON item.seq = item_event.item WHERE event = 'deleted'")}


def deleted_of(queue):
    with sqlite3.connect(queue) as database:
        return deleted_in(database)


def check_equal(got, wanted, what):
    check(got == wanted,
          f"{what}: {len(got - wanted)} too many, {len(wanted - got)} missing\n"
          f"  too many: {sorted(got - wanted)[:3]}\n  missing: {sorted(wanted - got)[:3]}")


def run(arguments, server, folder):
    dice = random.Random(arguments.seed)
    world = World(server, folder, arguments.seed)
    world.step("begin")
    write_world(world, folder)
    ingest = Ingest(arguments.program, folder)
    queue = folder / "queue.sqlite"

    ingest.run(queue)
    first = {key_of(act) for act in world.acts if act["role"] == "asn" and act["flag"]}
    kinds = {key.split("/")[1] for key in first}
    check(kinds == {"post", "comment", "share", "like", "follow"}, f"the world has no acts of some kind: {kinds}")
    check_equal(items_of(queue), first, "flags of the first round")
    check_equal(deleted_of(queue), set(), "deletions of the first round")
    ingest.run(queue)
    check_equal(items_of(queue), first, "flags of a round in which nothing happened")

    killed_first = folder / "killed-first.sqlite"
    kills = ingest.run_killed(killed_first, arguments.kills, dice)
    check(content_of(killed_first) == content_of(queue), "the first round, killed, left another queue")

    before_change = folder / "before-change.sqlite"
    shutil.copy(queue, before_change)
    world.step("change")
    asleep = {account["did"] for account in world.accounts if account.get("asleep")}
    ingest.run(queue)
    after = {key_of(act) for act in world.acts if act["role"] == "asn" and act["flag"]}
    # What was made since and by whoever sleeps now, nobody can see.
    unseen = {key_of(act) for act in world.acts if act["did"] in asleep} - first
    check_equal(items_of(queue), after - unseen, "flags of the second round")
    gone = {key_of(act) for act in world.acts if act["gone"] and act["flag"] and act["did"] not in asleep} & first
    check(len(gone) >= 20, f"the world deleted next to nothing: {len(gone)}")
    check_equal(deleted_of(queue), gone, "deletions of the second round")

    kills += ingest.run_killed(before_change, arguments.kills, dice)
    check(content_of(before_change) == content_of(queue), "the second round, killed, left another queue")
    check(kills >= arguments.kills, f"only {kills} of {2 * arguments.kills} runs were killed before their end")
    print(f"{len(world.accounts)} accounts, {len(world.acts)} acts: {len(after - unseen)} flags, {len(gone)} deletions, "
          f"{kills} kills")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=10)
    arguments = parser.parse_args()
    if not (HERE / "node_modules" / "@atproto" / "pds").is_dir() or shutil.which("node") is None:
        print("skipped: tests/pds/install.sh was not run")
        return SKIPPED
    folder = Path(tempfile.mkdtemp(prefix="pantau-pds-test-"))
    server = Server()
    began = time.monotonic()
    try:
        run(arguments, server, folder)
        print(f"all as it should be, in {time.monotonic() - began:.0f} s")
        shutil.rmtree(folder)
        return 0
    except Failure as failure:
        print(f"FAILED (seed {arguments.seed}, files in {folder}): {failure}")
        return 1
    finally:
        server.stop()


sys.exit(main())
