#!/usr/bin/env python3
"""`pantau serve` as a whole, over HTTP: reviewers who race, and a server that is killed.

Everything is made up and on loopback. Run by ctest: serve_test.py --program PANTAU
"""
import argparse
import http.client
import json
import os
import pathlib
import random
import resource
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLE = SOURCE / "data" / "samples" / "regency"
KILLS = 12
FULL = 5
RACES = 25


class Served:
    """A server of its own on a copy of the sample, killed when it is left."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.queue = folder / "queue.sqlite"
        self.page = folder / "page"
        self.people = {}
        self.process = None
        self.port = 0

    def sweep(self):
        self.page.mkdir()
        (self.page / "index.html").write_text("<!doctype html><title>Pantau</title>")
        subprocess.run([self.program, "sweep", SAMPLE / "sweep.toml", "--queue", f"sqlite:{self.queue}",
                        "--progress", "none"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        command = [self.program, "serve", SAMPLE / "sweep.toml", "--queue", f"sqlite:{self.queue}", "--port", "0",
                   "--page", self.page, "--demo-staff"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if person := re.match(r"  (\w+) +([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}) ", line):
                self.people[person[1]] = person[2]
            if place := re.match(r"The review page: http://127\.0\.0\.1:(\d+)/", line):
                self.port = int(place[1])
            if line.startswith("Ctrl-C"):
                threading.Thread(target=self.process.stderr.read, daemon=True).start()
                return
        raise AssertionError(f"the server did not start: {self.process.wait()}")

    def stop(self, how):
        self.process.send_signal(how)
        return self.process.wait(timeout=30)


class Browser:
    def __init__(self, served):
        self.served, self.cookie, self.token = served, "", ""

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=60)
        headers = {"Host": f"127.0.0.1:{self.served.port}", "Sec-Fetch-Site": "same-origin"}
        if self.cookie:
            headers["Cookie"] = f"__Host-sid={self.cookie}"
        if method == "POST":
            headers |= {"Origin": f"http://127.0.0.1:{self.served.port}", "Content-Type": "application/json",
                        "X-Pantau-Token": self.token}
        try:
            connection.request(method, f"/api/v1{path}", None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = re.match(r"__Host-sid=(\w*);", cookie)[1]
        return answer.status, json.loads(text)

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, body=None):
        return self.ask("POST", path, body or {})

    def sign_in(self, name):
        status, answer = self.post("/session", {"name": name, "password": self.served.people[name]})
        assert status == 200, answer
        self.token = answer["token"]
        return self

    def waiting(self, limit=200):
        status, answer = self.get(f"/items?limit={limit}")
        assert status == 200, answer
        return [row["item"] for row in answer["rows"]]


def decisions_in(queue):
    """What the file holds, asked for past the server."""
    with sqlite3.connect(f"file:{queue}?mode=ro", uri=True) as file:
        assert file.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return file.execute("SELECT item, action FROM decision ORDER BY seq").fetchall()


def second_analyst(served):
    administrator = Browser(served).sign_in("admin")
    served.people["analis2"] = "kuda nil berenang jauh"
    status, answer = administrator.post("/staff", {
        "name": "analis2", "full_name": "Analis Kedua", "password": served.people["analis2"],
        "roles": ["analyst"], "scopes": [{"contest": "", "region": ""}]})
    assert status == 200, answer


def try_rules(served):
    """A rule author tries a pack of the size that packs have, and compares it with the one in use."""
    author = Browser(served).sign_in("aturan")
    pack = (SOURCE / "data" / "rules" / "skb-2022.toml").read_text()
    version = re.search(r'^version = "(.+)"$', pack, re.MULTILINE)[1]
    edited = pack.replace(f'"{version}"', f'"{version}-draft"', 1).replace('kinds = ["like"]', 'kinds = ["share"]')
    status, told = author.post("/packs/try", {"text": edited, "record": {"text": "Ayo c0bl0s nomor 2!"}})
    assert status == 200 and told["holds"] and told["undisguised"] == "ayo coblos nomor 2!", told
    assert told["subject"] is None, "nobody of the roster is asked about"
    status, diff = author.post("/packs/diff", {"text": edited})
    assert status == 200, diff
    assert diff["active"] == f"skb-2022@{version}" and diff["all_items"] and diff["unread"] == 0, diff
    with sqlite3.connect(f"file:{served.queue}?mode=ro", uri=True) as file:
        items, likes = file.execute("SELECT count(*), sum(kind = 'like') FROM item").fetchone()
    assert diff["items"] == items, diff["items"]
    assert likes > 0 and diff["lost_count"] == likes, "likes are lost, each of them, and nothing else"
    assert all("/like/" in row["key"] for row in diff["lost"]), diff["lost"]
    assert Browser(served).sign_in("analis").post("/packs/diff", {"text": edited})[0] == 403
    print(f"rules: of {items} items {diff['lost_count']} would be lost, {diff['new_count']} new")


def race(served):
    """Two people decide about the same items at the same moment: each item is decided once."""
    browsers = [Browser(served).sign_in(name) for name in ("analis", "analis2")]
    items = browsers[0].waiting()[:RACES]
    assert len(items) == RACES, "the sample has enough items"
    done = {name: [] for name in range(2)}

    def work(who, start):
        for item in items:
            start.wait()
            status, claim = browsers[who].post(f"/items/{item}/claim")
            if status == 200:
                status, _ = browsers[who].post(f"/items/{item}/decide", {
                    "fence": claim["fence"], "action": "dismiss", "reason": "not_support"})
            if status == 200:
                done[who].append(item)
            else:
                assert status == 409, status

    start = threading.Barrier(2)
    workers = [threading.Thread(target=work, args=(who, start)) for who in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(done[0] + done[1]) == sorted(items), "each was decided by exactly one of them"
    stored = [item for item, _ in decisions_in(served.queue)]
    assert sorted(stored) == sorted(items), "and stands once in the file"
    print(f"race: {len(items)} items, {len(done[0])} to one and {len(done[1])} to the other")


def kill(served, seed):
    """The server dies while decisions come in: what was answered is there, once, after a restart."""
    dice = random.Random(seed)
    answered, asked = [], []
    for round_ in range(KILLS):
        browser = Browser(served).sign_in("analis")
        items = [item for item in browser.waiting() if item not in asked]
        if not items:
            break
        killer = threading.Timer(dice.uniform(0.02, 0.25), lambda: served.process.send_signal(signal.SIGKILL))
        killer.start()
        try:
            for item in items:
                status, claim = browser.post(f"/items/{item}/claim")
                assert status in (200, 409), claim
                if status != 200:
                    continue
                asked.append(item)
                status, _ = browser.post(f"/items/{item}/decide", {
                    "fence": claim["fence"], "action": "needs_info", "note": f"round {round_}"})
                if status == 200:
                    answered.append(item)
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            pass  # it died under our hands
        killer.join()
        served.process.wait(timeout=30)
        served.start()
    stored = [item for item, action in decisions_in(served.queue) if action == "needs_info"]
    assert len(stored) == len(set(stored)), "none is there twice"
    lost = set(answered) - set(stored)
    assert not lost, f"answered, and not there: {lost}"
    assert set(stored) <= set(asked), "none that nobody asked for"
    auditor = Browser(served).sign_in("auditor")
    status, check = auditor.get("/audit/check")
    assert status == 200 and check["ok"], check
    print(f"kill: {KILLS} times, {len(answered)} decisions answered, {len(stored)} stored")


def fill_disk(served):
    """No byte more may be written: decisions are refused, in words, until there is room; none is half there."""
    browser = Browser(served).sign_in("analis")
    items = browser.waiting()[:FULL]
    fences = {}
    for item in items:
        status, claim = browser.post(f"/items/{item}/claim")
        assert status == 200, claim
        fences[item] = claim["fence"]

    def decide(item):
        return browser.post(f"/items/{item}/decide", {"fence": fences[item], "action": "needs_info", "note": "disk"})

    before = len(decisions_in(served.queue))
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    for item in items:
        status, answer = decide(item)
        assert status == 503 and "stor" in json.dumps(answer), (status, answer)
    assert served.process.poll() is None, "the server goes on"
    assert len(decisions_in(served.queue)) == before, "what was refused is not there"
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    for item in items:
        status, answer = decide(item)
        assert status == 200, answer
    assert len(decisions_in(served.queue)) == before + len(items)
    status, check = Browser(served).sign_in("auditor").get("/audit/check")
    assert status == 200 and check["ok"], check
    print(f"full disk: {len(items)} decisions refused, and taken once there was room")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--seed", type=int, default=int(os.environ.get("PANTAU_SEED", "1")))
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pantau-serve-"))
    served = Served(options.program, folder)
    try:
        served.sweep()
        served.start()
        second_analyst(served)
        try_rules(served)
        race(served)
        fill_disk(served)
        kill(served, options.seed)
        assert served.stop(signal.SIGTERM) == 0, "it ends in order"
    finally:
        if served.process and served.process.poll() is None:
            served.process.kill()
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
