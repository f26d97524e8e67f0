"""One run of one program: how long, how much of the processor, how much memory, what it said."""

import json
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass

ANONYMOUS_EVERY_S = 0.01


@dataclass
class Run:
    wall_s: float
    cpu_s: float
    peak_mb: float       # resident at most, mapped files included
    own_mb: float        # of it not mapped from files, sampled
    told: dict           # what the program said of its own phases
    failure: str = ""


def anonymous_mb(pid):
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
            for line in status:
                if line.startswith("RssAnon:"):
                    return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


class Watch(threading.Thread):
    """Samples the memory of a process that is not mapped from files, and ends it at its limit."""

    def __init__(self, pid, limit_s):
        super().__init__(daemon=True)
        self.pid = pid
        self.ends = time.monotonic() + limit_s
        self.own_mb = 0.0
        self.too_long = False
        self.over = threading.Event()

    def run(self):
        while not self.over.wait(ANONYMOUS_EVERY_S):
            self.own_mb = max(self.own_mb, anonymous_mb(self.pid))
            if time.monotonic() > self.ends and not self.too_long:
                self.too_long = True
                os.kill(self.pid, signal.SIGKILL)


def told_by(output):
    for line in output.splitlines():
        if line.startswith("{"):
            try:
                return json.loads(line)
            except ValueError:
                pass
    return {}


def run(command, folder, limit_s, stdout=None):
    """Runs `command`; its standard output goes to the file `stdout`, or is read for a line of JSON."""
    output, errors = folder / "stdout", folder / "stderr"
    with open(stdout or output, "wb") as out, open(errors, "wb") as err:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        watch = Watch(process.pid, limit_s)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - begin
        watch.over.set()
        process.returncode = os.waitstatus_to_exitcode(status)
    watch.join()
    failure = ""
    if watch.too_long:
        failure = f"stopped after {limit_s} s"
    elif process.returncode != 0:
        failure = f"failed: {errors.read_text(errors='replace').strip()[-400:]}"
    told = {} if stdout else told_by(output.read_text(errors="replace"))
    return Run(wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
               max(watch.own_mb, 0.0), told, failure)
