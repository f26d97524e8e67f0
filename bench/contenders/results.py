"""What was measured, as JSON for programs and as tables for people."""

import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Report:
    scale_name: str
    scale: object
    kept: list
    results: list
    machine: dict
    versions: dict


def output_of(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT,
                              check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return {"processor": models[0] if models else "unknown",
            "processors": len(os.sched_getaffinity(0)),
            "memory_gb": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
            "load": os.getloadavg()[0]}


def version_in(tools, package):
    path = tools / "node_modules" / package / "package.json"
    return json.loads(path.read_text(encoding="utf-8"))["version"]


def versions(tools):
    return {
        "Pantau": output_of("git", "rev-parse", "--short", "HEAD"),
        "DuckDB": version_in(tools, "@duckdb/node-api"),
        "ClickHouse": version_in(tools, "@chdb/lib-linux-x64-gnu"),
        "ripgrep": output_of("rg", "--version").split("\n")[0].removeprefix("ripgrep "),
        "jq": output_of("jq", "--version").removeprefix("jq-"),
        "Python": output_of("/usr/bin/python3", "--version").removeprefix("Python "),
        "Node.js": output_of("node", "--version"),
    }


def seconds(value):
    if value >= 100:
        return f"{value:,.0f} s"
    return f"{value:.1f} s" if value >= 10 else f"{value:.2f} s"


def times(value):
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 2 else f"{value:.2f}"


def answer_of(result):
    """right, or how it is wrong; never empty."""
    if "right" not in result:
        return "not judged"
    if not result["right"]:
        parts = [f"{result[what]:,} {word}" for what, word in
                 (("missing", "missing"), ("extra", "too many")) if result[what]]
        return f"**wrong**: {' and '.join(parts)} (of {result['keys']:,})"
    disguised = f", {result['disguised']:,} in disguise" if result["disguised"] else ""
    return f"right ({result['keys']:,}{disguised})"


def short(result):
    if "wall_s" not in result:
        return f"{result['contender']} {result['failure'][:60]}"
    wrong = {True: "", False: " WRONG"}.get(result.get("right"), " (not judged)")
    return f"{result['contender']} {result['wall_s']:.2f}{wrong}"


def row_of(result):
    if "wall_s" not in result:
        return f"| {result['says']} | {result['failure'].splitlines()[0][:80]} | | | | | |"
    is_head = result["measured_records"] < result["records"]
    mark = "≈ " if is_head else ""
    memory = f"{result['peak_mb']:,.0f} / {result['own_mb']:,.0f}"
    return (f"| {result['says']} | {answer_of(result)} | {mark}{seconds(result['wall_s'])} "
            f"| {mark}{seconds(result['cpu_s'])} | {mark}{times(result['wall_ratio'])} "
            f"| {mark}{times(result['cpu_ratio'])} | {memory} |")


HEADER = ("| | answer | wall | processor | wall, Pantau = 1 | processor, Pantau = 1 "
          "| MB at most / not from files |\n|---|---|---|---|---|---|---|")

MIXES = {"crowd": "gated (`crowd`): 3 of 100 lines are by the roster",
         "wall": "full (`wall`): every text must be searched"}


def grouped(rows):
    """Results of one point stand together, in the order they were taken."""
    groups = []
    for row in rows:
        if row["contender"] == "pantau":
            groups.append([])
        groups[-1].append(row)
    return groups


def title_of(first):
    what = {"flags": "", "texts": ", texts alone"}[first["job"]]
    return (f"{MIXES.get(first['mix'], first['mix'])}{what}, {first['patterns']:,} patterns, "
            f"{first['records']:,} records ({first['bytes'] / 1e9:.2f} GB), "
            f"roster of {first['roster']:,}, {first['threads']} thread"
            f"{'s' if first['threads'] > 1 else ''}")


def markdown(report):
    machine_, versions_ = report.machine, report.versions
    lines = [f"# Contenders, {report.scale_name}", "",
             f"{time.strftime('%Y-%m-%d')}, {machine_['processors']} × {machine_['processor']}, "
             f"{machine_['memory_gb']} GB, load {machine_['load']:.1f} at the end. "
             + ", ".join(f"{name} {version}" for name, version in versions_.items()) + ".", "",
             "Medians over whole processes; ratios are within a round. ≈: measured over the head of",
             "the archive and reckoned up. What the columns mean: `bench/contenders/README.md`.", ""]
    for group in grouped(report.results):
        lines += [f"## {title_of(group[0])}", "", HEADER, *map(row_of, group), ""]
    lines += ["## Lists made once", "", "| | roster | wall | processor | MB at most |",
              "|---|---|---|---|---|"]
    lines += [f"| {one['program']} | {one['roster']:,} | {seconds(one['wall_s'])} "
              f"| {seconds(one['cpu_s'])} | {one['peak_mb']:,.0f} |" for one in report.kept]
    return "\n".join(lines) + "\n"


def write(path, report):
    told = {"scale": report.scale_name, "taken": time.strftime("%Y-%m-%d"),
            "machine": report.machine, "versions": report.versions, "kept": report.kept,
            "results": report.results}
    path.with_suffix(".json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(markdown(report), encoding="utf-8")
