#!/usr/bin/env python3
"""Measure the report of a fiscal year side by side with the sqlite3 shell: ours, one pass in SQL, and plain SQL.

    report_speed.py PROGRAM [--episodes 100000] [--times 10] [--rounds 5] [--keep DIR]

A caseload of five fiscal years is imported and every case of it multiplied, so that the default is a report over a
million episodes (ten minutes, 6 GB of disk). The last year is reported, with the one before it as always. The peers
read the same file: sql/report.sql counts everything in one pass, as quick as SQL can be made; sql/report_plain.sql asks
for each measure by a statement of its own, as an analyst would. What they print is compared with ours, figure by
figure, before anything is timed. Nothing is bound to a processor: ours uses two. Every round runs ours and the peers one
after the other, and a ratio is the median of the rounds' own.
"""
import argparse
import os
import shutil
import statistics
import string
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from measuring import Pair, Run, goal, table  # noqa: E402
from multiplying import multiply  # noqa: E402
from reporting import Year, differences  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(HERE, "..", "Tests", "Caseload", "data", "make_caseload.py")
TIMES_FASTER = 10.0
MEGABYTES = 100
SHARE_OF_QUARTER = 0.2


def database(program, folder, options, year):
    """The multiplied caseload, made once in a folder that is kept."""
    db = os.path.join(folder, "multiplied.db")
    if os.path.exists(db):
        return db
    print("making the data", file=sys.stderr)
    source, small = os.path.join(folder, "years"), os.path.join(folder, "reported.db")
    children = str(max(1, options.episodes * 3 // 4))
    words = ["--episodes", str(options.episodes), "--children", children, "--seed", "7"]
    words += ["--from", f"{year.number - 5}-07-01", "--to", f"{year.number}-06-30"]
    subprocess.run([sys.executable, GENERATOR, source, *words], check=True, stdout=subprocess.DEVNULL)
    Run([program, "init", "--agency", "Bench", "--admin", "admin", "--db", small])
    Run([program, "import", source, "--create-missing", "--quiet", "--db", small, "--as", "admin"])
    shutil.rmtree(source)
    multiply(small, db, options.times)
    return db


def statements(name, folder, values):
    """A file with the statements of the settings and of a peer."""
    path = os.path.join(folder, name + ".sql")
    with open(path, "w", encoding="utf-8") as script:
        for part in ["settings", name]:
            with open(os.path.join(HERE, "sql", part + ".sql"), encoding="utf-8") as file:
                script.write(string.Template(file.read()).substitute(values))
    return path


def output(arguments, stdin=os.devnull):
    with open(stdin, "rb") as file:
        return subprocess.run(arguments, stdin=file, capture_output=True, check=True, text=True).stdout


def measure(program, folder, options):
    year = Year(time.gmtime().tm_year - (time.gmtime().tm_mon < 8))
    db = database(program, folder, options, year)
    report = [program, "report", "--db", db, "--as", "admin", "--format", "csv"]
    whole = report + ["--fiscal-year", str(year.number)]
    quarter = report + ["--quarter", f"{year.number}Q4"]
    values = dict(year.values(db), by_site=0)
    peers = {name: statements(name, folder, values) for name in ["report", "report_plain"]}
    for name, script in peers.items():
        equal, different = differences(output(whole), output(["sqlite3", "-bail", db], script), year)
        print(f"{name}.sql: {equal} figures are equal, {len(different)} are not", *different[:10], sep="\n    ")
    runs = {name: [] for name in ["ours", "quarter", *peers]}
    for round in range(options.rounds):
        print(f"round {round + 1} of {options.rounds}", file=sys.stderr)
        runs["ours"].append(Run(whole))
        runs["quarter"].append(Run(quarter))
        for name, script in peers.items():
            with open(script, "rb") as stdin:
                runs[name].append(Run(["sqlite3", "-bail", db], stdin))
    show(runs, db)


def ratios(above, below, field):
    return statistics.median(getattr(a, field) / getattr(b, field) for a, b in zip(above, below))


def show(runs, db):
    ours, quarter = runs["ours"], runs["quarter"]
    lines = [["what (min / median / max)", "wall ms", "CPU ms", "peak MB", "wall ratio", "CPU ratio", "goal"]]

    def line(what, name, other=None, words=""):
        spreads = [Pair.spread(runs[name], field) for field in ("wall", "cpu")]
        cells = [f"{ratios(*other, field):.2f}" for field in ("wall", "cpu")] if other else ["", ""]
        lines.append([what, *spreads, Pair.memory(runs[name]), *cells, words])

    peak = max(run.memory for run in ours)
    line("report of a fiscal year", "ours", None, goal(peak < MEGABYTES, f"below {MEGABYTES} MB"))
    for what, name in [("SQL, a statement a measure", "report_plain"), ("SQL, one pass", "report")]:
        times = ratios(runs[name], ours, "wall")
        met = goal(times >= TIMES_FASTER, f"{TIMES_FASTER:.0f} times ours in wall time")
        line(what, name, (runs[name], ours), met)
    share = ratios(quarter, ours, "wall")
    met = goal(share <= SHARE_OF_QUARTER, f"{SHARE_OF_QUARTER} of the year")
    line("report of a quarter", "quarter", (quarter, ours), met)
    print(f"{os.path.getsize(db) / 1e6:,.0f} MB, {len(ours)} rounds, load average {os.getloadavg()[0]:.1f}")
    table(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--episodes", type=int, default=100000, help="episodes that are imported, over five years")
    parser.add_argument("--times", type=int, default=10, help="how many times each of them is taken")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", help="work in this folder, and leave it there")
    options = parser.parse_args()
    os.umask(0o077)
    folder = options.keep or tempfile.mkdtemp(prefix="followup-report-")
    os.makedirs(folder, exist_ok=True)
    try:
        measure(os.path.abspath(options.program), folder, options)
    finally:
        if not options.keep:
            shutil.rmtree(folder)


main()
