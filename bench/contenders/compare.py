"""One point of the plan: everybody runs, everybody is judged, then it is told how long it took."""

import dataclasses
import itertools
import operator
import statistics
import time
from dataclasses import dataclass

import judge
import prepare
from contenders import PANTAU
from measure import run

SLOW_BEGINS_WITH = 500  # records
wall_of, cpu_of = operator.attrgetter("wall_s"), operator.attrgetter("cpu_s")


class Refuted(Exception):
    """What the contenders agree on is not what reference.py says: no figure can be told."""


def head_of(records, count, folder):
    """The first `count` lines as a file of its own, made once."""
    path = folder / f"head-{count}.ndjson"
    if not path.exists():
        with open(records, "rb") as lines, open(path, "wb") as head:
            head.writelines(itertools.islice(lines, count))
    return path


def run_once(contender, setting, limit_s):
    stdout = setting.out(contender.name) if contender.writes_stdout() else None
    return run([str(part) for part in contender.command(setting)], setting.scratch, limit_s, stdout)


def head_setting(contender, setting, count):
    head = dataclasses.replace(setting, records=head_of(setting.records, count, setting.scratch))
    if contender.program == "ripgrep":
        head = dataclasses.replace(head, texts=setting.scratch / f"texts-{count}")
        prepare.write_texts(head.records, head.texts)
    return head


@dataclass
class Head:
    """Two runs over heads of the archive; what the longer took more is in proportion."""
    setting: object
    records: int
    run: object
    base_records: int
    base_run: object

    def reckoned(self, seconds_of, records):
        base, seconds = seconds_of(self.base_run), seconds_of(self.run)
        if self.records in (self.base_records, records):
            return seconds
        slope = max(0.0, seconds - base) / (self.records - self.base_records)
        return seconds + slope * (records - self.records)


def run_slow(contender, setting, records, scale):
    """Measures over heads of the archive, ever longer ones, until one takes about scale.slow_s."""
    count = min(records, SLOW_BEGINS_WITH)
    base_count, base, longest = count, None, None
    while True:
        head = head_setting(contender, setting, count)
        one = run_once(contender, head, scale.run_s)
        if one.failure and longest is not None:
            return longest
        base = base or one
        longest = Head(head, count, one, base_count, base)
        more_s = one.cpu_s - base.cpu_s  # not of wall: what else the machine does is in that
        if one.failure or count == records or more_s > scale.slow_s / 2:
            return longest
        count = min(records, int(count * min(8, max(2, scale.slow_s / max(more_s, 0.1)))))


def two_of(answers):
    """Two that share nothing but, perhaps, RE2; ClickHouse's own matcher is known to be wrong."""
    programs = ["pantau", "duckdb", "ripgrep"]
    known = sorted((who for who in answers if who.program in programs),
                   key=lambda who: programs.index(who.program))
    second = next((who for who in known if who.program != known[0].program), None)
    return None if second is None else (known[0], second)


class Comparison:
    def __init__(self, point, setting, scale):
        self.point = point
        self.setting = setting
        self.scale = scale
        self.runs = {contender: [] for contender in point.contenders}
        self.heads = {}    # contender -> Head
        self.answers = {}  # contender -> keys

    def measure(self):
        for contender in self.point.contenders:
            if contender.is_slow:
                head = run_slow(contender, self.setting, self.point.records, self.scale)
                self.runs[contender].append(head.run)
                self.heads[contender] = head
                if not head.run.failure:
                    self.answers[contender] = contender.answer(head.setting)
        begin = time.monotonic()
        for _ in range(self.scale.rounds):
            self.one_round()
            if time.monotonic() - begin > self.scale.point_s:
                break

    def one_round(self):
        for contender in self.point.contenders:
            done = self.runs[contender]
            if contender.is_slow or (done and done[-1].failure):
                continue
            done.append(run_once(contender, self.setting, self.scale.run_s))
            if done[-1].failure:
                continue
            answer = contender.answer(self.setting)
            if self.answers.setdefault(contender, answer) != answer:
                done[-1].failure = "another answer than the time before"

    def verdicts(self, pantau_flags):
        """contender -> Verdict. `pantau_flags`: its verdict on the same work as flags, or None."""
        of_job = {who: keys for who, keys in self.answers.items() if who.job == self.point.job}
        whole = {who: keys for who, keys in of_job.items() if who not in self.heads}
        two = two_of(whole)
        if two is None:
            return {}
        one = judge.Judge(self.point.job, self.setting)
        right, disguised = judge.truth_of(*(whole[who] for who in two), one)
        refuted = judge.check_sample(whole, right, disguised, one)
        if refuted:
            raise Refuted(f"{self.point}: {refuted}")
        verdicts = {who: judge.verdict_on(keys, right, disguised) for who, keys in whole.items()}
        for contender, head in self.heads.items():
            if contender in of_job:
                keys = judge.keys_of(head.setting.records)
                verdicts[contender] = judge.verdict_on(of_job[contender], right & keys,
                                                       disguised & keys)
        if PANTAU not in of_job and PANTAU in self.answers:
            verdicts[PANTAU] = pantau_flags
        return verdicts

    def results(self, pantau_flags):
        verdicts = self.verdicts(pantau_flags)
        done = [one for one in self.runs[PANTAU] if not one.failure]
        base, cpu = [one.wall_s for one in done], [one.cpu_s for one in done]
        return [self.result(contender, verdicts.get(contender), base, cpu)
                for contender in self.point.contenders]

    def result(self, contender, verdict, pantau_wall, pantau_cpu):
        done = [one for one in self.runs[contender] if not one.failure]
        result = {"contender": contender.name, "says": contender.says, "job": self.point.job,
                  "records": self.point.records, "patterns": self.point.patterns,
                  "threads": 1 if contender.threads == "one" else self.point.threads,
                  "failure": next((one.failure for one in self.runs[contender] if one.failure), "")}
        if not done:
            return result
        head = self.heads.get(contender)
        walls = [self.over_all(head, one, wall_of) for one in done]
        cpus = [self.over_all(head, one, cpu_of) for one in done]
        result |= {
            "measured_records": head.records if head else self.point.records,
            "rounds": len(done),
            "wall_s": statistics.median(walls), "cpu_s": statistics.median(cpus),
            "lists_s": statistics.median(one.told.get("lists_s", 0) for one in done),
            "peak_mb": max(one.peak_mb for one in done), "own_mb": max(one.own_mb for one in done),
            "all_wall_s": walls, "all_cpu_s": cpus,
            "wall_ratio": paired_ratio(walls, pantau_wall), "cpu_ratio": paired_ratio(cpus, pantau_cpu),
        }
        if verdict is not None:
            result |= {"right": verdict.is_right(), **dataclasses.asdict(verdict)}
        return result

    def over_all(self, head, one, seconds_of):
        return head.reckoned(seconds_of, self.point.records) if head else seconds_of(one)


def paired_ratio(seconds, base):
    """The median of the ratios within a round; against the median, where rounds do not pair."""
    if not base:
        return None
    if len(seconds) == len(base):
        return statistics.median(a / b for a, b in zip(seconds, base))
    return statistics.median(seconds) / statistics.median(base)
