"""Who takes part, with which command, and how the answer is read. Answers are sets of keys."""

import json
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Setting:
    """Everything that a command may need to know of one comparison."""
    pantau: Path        # the program
    tools: Path         # where install.sh put the packages of npm
    corpus: Path        # lists
    prepared: Path      # patterns.txt and so on, as prepare.py wrote them
    records: Path
    texts: Path           # texts.txt and texts.keys
    kept_lists: Path
    scratch: Path
    threads: int

    def kept(self, name):
        return self.kept_lists / name

    def out(self, name):
        return self.scratch / f"{name}.answer"


@dataclass(frozen=True)
class Contender:
    name: str
    program: str          # pantau, duckdb, clickhouse, python, ripgrep, jq
    says: str             # what it is, in the table
    job: str = "flags"    # flags: with the lists; texts: only which texts a pattern matches
    style: str = "best"
    keeps_lists: bool = False
    is_slow: bool = False  # may be measured over the head of the archive only
    threads: str = "all"   # "one" if it cannot use more

    def command(self, setting):
        return COMMANDS[self.program](self, setting)

    def writes_stdout(self):
        return self.program in ("ripgrep", "jq")

    def answer(self, setting):
        return ANSWERS.get(self.program, read_keys)(setting.out(self.name), setting)


def pantau_command(contender, setting):
    roster = setting.kept("pantau") if contender.keeps_lists else setting.corpus / "roster.csv"
    return [setting.pantau, "sweep", setting.corpus / "sweep.toml",
            "--rules", setting.prepared / "rules.toml", "--roster", roster,
            "--records", setting.records, "--queue", "none", "--progress", "none",
            "--threads", str(setting.threads), "--flags", setting.out(contender.name)]


def node_command(contender, setting, job=None):
    kept = ["--kept", setting.kept(contender.program)] if contender.keeps_lists else []
    return ["node", HERE / f"{contender.program}.mjs", "--tools", setting.tools,
            "--corpus", setting.corpus, "--prepared", setting.prepared,
            "--records", setting.records, "--threads", str(setting.threads),
            "--job", job or contender.job, "--style", contender.style,
            "--out", setting.out(contender.name), *kept]


def python_command(contender, setting):
    return ["/usr/bin/python3", HERE / "contender_python.py", "--corpus", setting.corpus,
            "--prepared", setting.prepared, "--records", setting.records,
            "--job", contender.job, "--out", setting.out(contender.name)]


RIPGREP_GROUPS = {"best": 50, "obvious": 1_000_000}


def ripgrep_command(contender, setting):
    return [HERE / "ripgrep.sh", setting.prepared / "patterns.txt", setting.texts / "texts.txt",
            str(RIPGREP_GROUPS[contender.style])]


JQ = r"""($all | rtrimstr("\n") | split("\n") | map("(?:" + . + ")") | join("|")) as $any
| inputs | select(.text != null) | select(.text | ascii_downcase | test($any))
| "\(.platform)/\(.kind)/\(.id)" """


def jq_command(contender, setting):
    return ["jq", "-n", "-r", "--rawfile", "all", setting.prepared / "patterns.txt", JQ,
            setting.records]


COMMANDS = {"pantau": pantau_command, "duckdb": node_command, "clickhouse": node_command,
            "python": python_command, "ripgrep": ripgrep_command, "jq": jq_command}


def keep_command(program, setting):
    """Makes the lists once, as the program keeps them."""
    if program == "pantau":
        return [setting.pantau, "roster", "build", setting.corpus / "roster.csv",
                "-o", setting.kept("pantau")]
    return node_command(Contender("keep", program, "", keeps_lists=True), setting, job="keep")


def read_keys(path, setting):
    return set(path.read_text(encoding="utf-8").splitlines())


def read_flags(path, setting):
    with open(path, encoding="utf-8") as lines:
        return {json.loads(line)["key"] for line in lines}


def read_line_numbers(path, setting):
    keys = (setting.texts / "texts.keys").read_text(encoding="utf-8").splitlines()
    with open(path, encoding="utf-8", errors="replace") as lines:
        return {keys[int(line.split(":", 1)[0]) - 1] for line in lines}


ANSWERS = {"pantau": read_flags, "ripgrep": read_line_numbers}

PANTAU = Contender("pantau", "pantau", "Pantau, roster from its index", keeps_lists=True)
DUCKDB = Contender("duckdb", "duckdb", "DuckDB, lists kept in its database", keeps_lists=True)
CLICKHOUSE = Contender("clickhouse", "clickhouse", "ClickHouse, multiMatchAny, lists kept",
                       keeps_lists=True)
RIPGREP = Contender("ripgrep", "ripgrep", "ripgrep in groups, texts cut out before", job="texts",
                    threads="one")

WITH_LISTS = [
    PANTAU,
    Contender("pantau-csv", "pantau", "Pantau, roster from the CSV"),
    DUCKDB,
    Contender("duckdb-csv", "duckdb", "DuckDB, lists from the CSVs"),
    Contender("duckdb-obvious", "duckdb", "DuckDB, one alternation", style="obvious", is_slow=True),
    CLICKHOUSE,
    Contender("clickhouse-csv", "clickhouse", "ClickHouse, multiMatchAny, lists from the CSVs"),
    Contender("clickhouse-exact", "clickhouse", "ClickHouse, match() in groups, lists kept",
              style="exact", keeps_lists=True),
    Contender("clickhouse-obvious", "clickhouse", "ClickHouse, one alternation", style="obvious",
              is_slow=True),
    Contender("python", "python", "Python, json and re", is_slow=True, threads="one"),
]

TEXTS_ONLY = [
    Contender("duckdb-texts", "duckdb", "DuckDB, no lists", job="texts"),
    Contender("clickhouse-texts", "clickhouse", "ClickHouse, multiMatchAny, no lists", job="texts"),
    RIPGREP,
    Contender("ripgrep-obvious", "ripgrep", "ripgrep at once, texts cut out before", job="texts",
              style="obvious", is_slow=True, threads="one"),
    Contender("jq", "jq", "jq, no lists", job="texts", is_slow=True, threads="one"),
]
