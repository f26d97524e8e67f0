"""One run of one program: how long, how much of the processor, how much memory, what it said."""

import contextlib
import json
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass

SAMPLED_EVERY_S = 0.01


@dataclass
class Run:
    wall_s: float
    cpu_s: float
    peak_mb: float       # resident at most, mapped files included; sampled
    own_mb: float        # of it not mapped from files
    told: dict           # what the program said of its own phases
    failure: str = ""


def memory_mb(pid):
    """(resident at most, now not from files) of a process and its children.

    Not from wait4: a process inherits the peak of the one that forked it.
    """
    peak = own = 0.0
    with contextlib.suppress(OSError):
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    peak = int(line.split()[1]) / 1024
                elif line.startswith("RssAnon:"):
                    own = int(line.split()[1]) / 1024
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as children:
            for child in children.read().split():
                more_peak, more_own = memory_mb(child)
                peak, own = peak + more_peak, own + more_own
    return peak, own


def end(group):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def wait_for(process):
    """Status and usage, children that it waited for included. Ctrl-C ends it too."""
    try:
        _, status, usage = os.wait4(process.pid, 0)
        return status, usage
    except BaseException:
        end(process.pid)
        raise


class Watch(threading.Thread):
    """Samples the memory of a process, and ends it at its limit."""

    def __init__(self, pid, limit_s):
        super().__init__(daemon=True)
        self.pid = pid
        self.ends = time.monotonic() + limit_s
        self.peak_mb = self.own_mb = 0.0
        self.too_long = False
        self.over = threading.Event()

    def run(self):
        while not self.over.wait(SAMPLED_EVERY_S):
            peak, own = memory_mb(self.pid)
            self.peak_mb, self.own_mb = max(self.peak_mb, peak), max(self.own_mb, own)
            if time.monotonic() > self.ends and not self.too_long:
                self.too_long = True
                end(self.pid)


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
        process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL,
                                   start_new_session=True)
        watch = Watch(process.pid, limit_s)
        watch.start()
        status, usage = wait_for(process)
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
    return Run(wall_s, usage.ru_utime + usage.ru_stime, watch.peak_mb, watch.own_mb, told, failure)
