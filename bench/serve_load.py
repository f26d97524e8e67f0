#!/usr/bin/env python3
"""How long lists take when many look at once: `pantau serve` over loopback, as analysts use it.

    bench/serve_load.py --program build/bin/pantau --sweep SWEEP.toml --queue sqlite:PATH [--analysts 50] [--seconds 60]

The queue is one that nobody has signed in to yet (made-up staff are put into it): use a copy. Each
analyst looks at the list, filters it, pages, opens a group, and rests in between as people do
(--rest, seconds; 0: never). Prints the times by kind of request, and the server's memory.
"""
import argparse
import http.client
import json
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

FILTERS = ["", "level=high", "kind=comment", "stage=campaign", "ownership=declared", "days_left_max=3",
           "platform=instagram", "level=high&kind=comment", "q=dukung", "q=pilih+nomor", "state=proposed"]


def start(options, folder):
    (folder / "index.html").write_text("<!doctype html>")
    process = subprocess.Popen([options.program, "serve", options.sweep, "--queue", options.queue, "--port", "0",
                                "--page", folder, "--demo-staff"], stderr=subprocess.PIPE, text=True)
    password = port = None
    for line in process.stderr:
        if found := re.match(r"  analis +(\S+)", line):
            password = found[1]
        if found := re.match(r"The review page: http://127\.0\.0\.1:(\d+)/", line):
            port = int(found[1])
        if line.startswith("Ctrl-C"):
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return process, port, password
    sys.exit("the server did not start (is somebody in the queue already?)")


def memory_peak(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0


class Analyst(threading.Thread):
    def __init__(self, options, port, cookie, seed, until):
        super().__init__()
        self.options, self.port, self.cookie, self.until = options, port, cookie, until
        self.dice, self.times, self.faults = random.Random(seed), [], []

    def get(self, kind, path):
        before = time.monotonic()
        self.connection.request("GET", f"/api/v1{path}", headers={"Cookie": f"__Host-sid={self.cookie}"})
        answer = self.connection.getresponse()
        body = answer.read()
        self.times.append((kind, time.monotonic() - before))
        if answer.status != 200:
            self.faults.append((path, answer.status))
            return {"rows": [], "next": None}
        return json.loads(body)

    def run(self):
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        while time.monotonic() < self.until:
            filters = self.dice.choice(FILTERS)
            kind = "search" if filters.startswith("q=") else "filtered list" if filters else "list"
            page = self.get(kind, f"/piles?limit=50&{filters}")
            for _ in range(self.dice.randrange(3)):
                if page["next"]:
                    page = self.get(f"next page of {kind}", f"/piles?limit=50&{filters}&after={page['next']}")
            if page["rows"]:
                self.get("items of a group", f"/piles/{self.dice.choice(page['rows'])['pile']}/items")
            if self.options.rest:
                time.sleep(self.dice.uniform(0, 2 * self.options.rest))


def sign_in(port, password):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST", "/api/v1/session", json.dumps({"name": "analis", "password": password}),
                       {"Origin": f"http://127.0.0.1:{port}", "Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    return re.match(r"__Host-sid=(\w+);", answer.getheader("Set-Cookie"))[1]


def tell(times):
    times.sort()
    of = lambda share: times[min(len(times) - 1, int(share * len(times)))] * 1000
    return f"{len(times):8}{of(0.5):10.1f}{of(0.95):10.1f}{of(0.99):10.1f}{times[-1] * 1000:10.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--sweep", required=True)
    parser.add_argument("--queue", required=True)
    parser.add_argument("--analysts", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rest", type=float, default=1.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        process, port, password = start(options, pathlib.Path(folder))
        try:
            until = time.monotonic() + options.seconds
            cookie = sign_in(port, password)
            analysts = [Analyst(options, port, cookie, seed, until) for seed in range(options.analysts)]
            for analyst in analysts:
                analyst.start()
            for analyst in analysts:
                analyst.join()
            peak = memory_peak(process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()
    times = [time_ for analyst in analysts for time_ in analyst.times]
    faults = [fault for analyst in analysts for fault in analyst.faults]
    print(f"{'milliseconds':28}{'requests':>8}{'median':>10}{'p95':>10}{'p99':>10}{'most':>10}")
    for kind in sorted({kind for kind, _ in times}):
        print(f"{kind:28}{tell([took for other, took in times if other == kind])}")
    print(f"{'all':28}{tell([took for _, took in times])}")
    print(f"{len(times) / options.seconds:.0f} requests/s, {len(faults)} refused, memory at most {peak:.0f} MiB")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
