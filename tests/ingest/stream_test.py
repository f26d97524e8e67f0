#!/usr/bin/env python3
"""`pantau ingest` on a stream of Bluesky's events, over a real WebSocket (websocketd): server and
program are killed at random moments, and the server is rude in between. The queue must be what the
events make it, and nothing else.

    stream_test.py --program build/bin/pantau [--seed N] [--kills 10]
"""

import argparse
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "sources"))

from small_sweep import write_sweep  # noqa: E402, it is in another folder

SKIPPED = 77
EVENTS = 4000
STEP_US = 10_000
SUBJECTS = [f"did:plc:asn{number}aaaaaaaaaaaaaaaaaaaa" for number in range(6)]
CANDIDATES = [f"did:plc:calon{number}aaaaaaaaaaaaaaaaaa" for number in range(3)]
STRANGERS = [f"did:plc:orang{number:03}aaaaaaaaaaaaaaaa" for number in range(200)]
KINDS = {"feed.post": "post", "feed.like": "like", "feed.repost": "share", "graph.follow": "follow"}


class Failure(Exception):
    pass


def check(holds, message):
    if not holds:
        raise Failure(message)


def record_of(collection, target, dice, moment):
    created = datetime.fromtimestamp(moment / 1e6, timezone.utc).isoformat().replace("+00:00", "Z")
    subject = {"uri": f"at://{target}/app.bsky.feed.post/3ccc{dice.randrange(9)}", "cid": "bafymadeup"}
    if collection == "graph.follow":
        return {"subject": target, "createdAt": created}, True
    if collection != "feed.post":
        return {"subject": subject, "createdAt": created}, True
    if dice.random() < 0.5:
        return {"text": "Setuju", "createdAt": created, "reply": {"root": subject, "parent": subject}}, True
    names = dice.random() < 0.5
    return {"text": "Pilih Ahmad Fulan" if names else "Selamat pagi", "createdAt": created}, names


class World:
    """Events, and what the queue should hold after them."""

    def __init__(self, seed):
        dice = random.Random(seed)
        self.events, self.flags, self.deleted = [], set(), set()
        own = []  # of subjects, not deleted: (did, collection, rkey, keys)
        moment = int(time.time() * 1e6) - EVENTS * STEP_US
        for number in range(EVENTS):
            moment += dice.choice([0, 0, STEP_US, 2 * STEP_US])
            if own and dice.random() < 0.04:
                did, collection, rkey, key = own.pop(dice.randrange(len(own)))
                self.add(did, moment, "delete", collection, rkey)
                if key in self.flags:
                    self.deleted.add(key)
                continue
            did = dice.choice(SUBJECTS if dice.random() < 0.25 else STRANGERS)
            target = dice.choice(CANDIDATES if dice.random() < 0.6 else STRANGERS)
            collection, rkey = dice.choice(list(KINDS)), f"3l{number:06}"
            record, counts = record_of(collection, target, dice, moment)
            self.add(did, moment, "create", collection, rkey, record)
            if did not in SUBJECTS:
                if dice.random() < 0.05:
                    self.add(did, moment, "delete", collection, rkey)
                continue
            kind = "comment" if "reply" in record else KINDS[collection]
            key = f"bluesky/{kind}/at://{did}/app.bsky.{collection}/{rkey}"
            if counts and (kind == "post" or target in CANDIDATES):
                self.flags.add(key)
            own.append((did, collection, rkey, key))

    def add(self, did, moment, operation, collection, rkey, record=None):
        commit = {"rev": "3lbdm3yqk2s2x", "operation": operation, "collection": f"app.bsky.{collection}", "rkey": rkey}
        if record:
            commit["record"] = record
        self.events.append({"did": did, "time_us": moment, "kind": "commit", "commit": commit})


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A process with all its children, which end with it."""

    def __init__(self, command, **more):
        self.process = subprocess.Popen(command, start_new_session=True, **more)

    def kill(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.communicate()


class Stream:
    def __init__(self, folder, events):
        self.port, self.folder = free_port(), folder
        (folder / "state").write_text("rude")
        with (folder / "events").open("w") as file:
            file.writelines(json.dumps(event) + "\n" for event in events)
        self.server = None
        self.start()

    def start(self):
        self.server = Process(
            ["websocketd", "--address=127.0.0.1", f"--port={self.port}", "--loglevel=fatal", sys.executable,
             str(HERE / "stream_server.py"), str(self.folder / "events"), str(self.folder / "state")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise Failure("websocketd did not start")

    def restart(self):
        self.server.kill()
        self.start()


def content_of(queue):
    if not queue.exists():
        return set(), set()
    with sqlite3.connect(queue) as database:
        try:
            keys = {key for (key,) in database.execute("SELECT key FROM item")}
            gone = [key for (key,) in database.execute(
                "SELECT key FROM item_event JOIN item ON item.seq = item_event.item WHERE event = 'deleted'")]
        except sqlite3.OperationalError:  # not made yet
            return set(), set()
    check(len(gone) == len(set(gone)), "a deletion was told twice")
    return keys, set(gone)


def run(arguments, folder):
    world = World(arguments.seed)
    check(len(world.flags) > 200 and len(world.deleted) > 40, "the world has next to nothing to find")
    stream = Stream(folder, world.events)
    dice = random.Random(arguments.seed)
    write_sweep(folder, "bluesky", [(did, "") for did in SUBJECTS], [(did, "") for did in CANDIDATES], f"""
name = "aliran"
platform = "bluesky"
reads = "stream"
servers = "ws://127.0.0.1:{stream.port}"
test_server = "127.0.0.1:{stream.port}"
requests_per_minute = 6000
silence_seconds = 1
""")
    queue = folder / "queue.sqlite"
    log = (folder / "log").open("w")

    def start():
        return Process([arguments.program, "ingest", str(folder / "sweep.toml"), "--follow"], stderr=log)

    program = start()
    try:
        for _ in range(arguments.kills):
            time.sleep(dice.uniform(0.2, 0.8))
            if dice.random() < 0.5:
                stream.restart()
            program.kill()
            program = start()
        (folder / "state").write_text("stays")
        stream.restart()
        until = time.monotonic() + 90
        while content_of(queue) != (world.flags, world.deleted) and time.monotonic() < until:
            time.sleep(0.1)
        program.process.send_signal(signal.SIGTERM)
        program.process.communicate(timeout=20)
        status = program.process.returncode
    finally:
        program.kill()
        stream.server.kill()
    told = (folder / "log").read_text()
    keys, gone = content_of(queue)
    for what, got, wanted in (("flags", keys, world.flags), ("deletions", gone, world.deleted)):
        check(got == wanted, f"{what}: {len(got - wanted)} too many, {len(wanted - got)} missing\n"
                             f"  {sorted(got - wanted)[:2]} {sorted(wanted - got)[:2]}\n{told[-2000:]}")
    check(status == 130, f"pantau ingest ended with {status}:\n{told[-2000:]}")
    print(f"{len(world.events)} events: {len(keys)} flags, {len(gone)} deletions, {arguments.kills} kills")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=10)
    arguments = parser.parse_args()
    if shutil.which("websocketd") is None:
        print("skipped: there is no websocketd")
        return SKIPPED
    folder = Path(tempfile.mkdtemp(prefix="pantau-stream-test-"))
    began = time.monotonic()
    try:
        run(arguments, folder)
    except Failure as failure:
        print(f"FAILED (seed {arguments.seed}, files in {folder}): {failure}")
        return 1
    print(f"all as it should be, in {time.monotonic() - began:.0f} s")
    shutil.rmtree(folder)
    return 0


sys.exit(main())
