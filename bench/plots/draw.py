#!/usr/bin/env python3
"""Draws time against rules, roster, file size and threads, from what contenders/run.py wrote.

    /usr/bin/python3 bench/plots/draw.py RESULTS.json OUT_FOLDER      (Debian's python3-matplotlib)
"""

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "pantau"  # the same figures give the same bytes
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import FuncFormatter, LogLocator  # noqa: E402

LOOKS = {  # a colour for everybody that colour-blind people tell apart, and a mark of its own
    "pantau": ("Pantau", "#0072B2", "o"),
    "duckdb": ("DuckDB", "#D55E00", "s"),
    "clickhouse": ("ClickHouse (multiMatchAny)", "#E69F00", "^"),
    "duckdb-texts": ("DuckDB, texts alone, 1 thread", "#CC79A7", "v"),
    "ripgrep": ("ripgrep, texts alone, 1 thread", "#009E73", "D"),
}
PANELS = {"crowd": "gated: 3 % of lines by the roster", "wall": "full: every text searched"}
TEXTS_ALONE = ("duckdb-texts", "ripgrep")


def usual(results):
    """The setting around which one thing at a time is varied."""
    flags = [one for one in results if one["job"] == "flags"]
    return {"patterns": 1000, **{name: max(one[name] for one in flags)
                                 for name in ("records", "roster", "threads")}}


def series(results, mix, contender, varied, base):
    """[(value, median, least, most, is_right)] of one line."""
    fixed = {name: value for name, value in base.items() if name != varied}
    if contender in TEXTS_ALONE:
        fixed["threads"] = 1
    points = {}
    for one in results:
        at_base = all(one[name] == value for name, value in fixed.items())
        of_texts = one["job"] == "texts"
        if (one["mix"] == mix and one["contender"] == contender and at_base and "wall_s" in one
                and of_texts == (contender in TEXTS_ALONE)):
            points[one[varied]] = (one["wall_s"], min(one["all_wall_s"]), max(one["all_wall_s"]),
                                   one.get("right", False))
    return [(value, *points[value]) for value in sorted(points)]


def draw_line(axes, points, look):
    label, colour, mark = look
    xs = [point[0] for point in points]
    axes.plot(xs, [point[1] for point in points], color=colour, marker=mark, label=label)
    axes.fill_between(xs, [point[2] for point in points], [point[3] for point in points],
                      color=colour, alpha=0.15, linewidth=0)
    wrong = [point for point in points if not point[4]]
    axes.plot([point[0] for point in wrong], [point[1] for point in wrong], linestyle="none",
              marker="x", markersize=11, color="black")


def draw_panel(axes, results, mix, varied, base):
    for contender, look in LOOKS.items():
        if contender in TEXTS_ALONE and varied != "patterns":
            continue
        points = series(results, mix, contender, varied, base)
        if points:
            draw_line(axes, points, look)
    axes.set_title(PANELS.get(mix, mix), fontsize=10)
    axes.set_xscale("log", base=2 if varied == "threads" else 10)
    axes.set_yscale("log")
    axes.grid(True, which="major", alpha=0.3)
    ticks = sorted({one[varied] for one in results if one["job"] == "flags" and one["mix"] == mix})
    axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks], fontsize=8)
    axes.minorticks_off()
    axes.yaxis.set_major_locator(LogLocator(base=10, subs=(1, 2, 5)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))


def draw(told, varied, title, label, mixes, path):
    base = usual(told["results"])
    figure, panels = plt.subplots(1, len(mixes), figsize=(4.8 * len(mixes), 4.2), sharey=True,
                                  squeeze=False)
    for axes, mix in zip(panels[0], mixes):
        draw_panel(axes, told["results"], mix, varied, base)
        axes.set_xlabel(label)
    panels[0][0].set_ylabel("seconds (band: all runs)")
    handles, labels = panels[0][-1].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncol=3, fontsize=8, frameon=False)
    fixed = {"patterns": f"{base['patterns']:,} patterns", "records": f"{base['records']:,} records",
             "roster": f"roster {base['roster']:,}", "threads": f"{base['threads']} threads"}
    about = ", ".join(text for name, text in fixed.items() if name != varied)
    figure.suptitle(f"{title}\n{about}\n{told['taken']}, commit {told['versions']['Pantau']}; "
                    "✕: wrong answer", fontsize=9)
    figure.tight_layout(rect=(0, 0.11, 1, 1))
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def main():
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    out = Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    both = ("crowd", "wall")
    draw(told, "patterns", "Time against patterns", "patterns", both, out / "patterns.svg")
    draw(told, "roster", "Time against the roster", "accounts", ("crowd",), out / "roster.svg")
    draw(told, "records", "Time against the archive", "records", both, out / "size.svg")
    draw(told, "threads", "Time against threads", "threads", both, out / "threads.svg")


if __name__ == "__main__":
    main()
