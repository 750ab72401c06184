#!/usr/bin/env python3
"""Measure the main jobs side by side with the sqlite3 shell that runs the same statements.

    bench.py PROGRAM [--rounds 60] [--imports 5] [--episodes 13328] [--flight 10000] [--instructions] [--keep DIR]
    bench.py PROGRAM --only-report --reported 1000000        the report at full size: half an hour, 10 GB of disk

PROGRAM is a release build of followup; nothing is built here. The data are synthetic, made in a temporary folder.

Each round runs ours and the peer one after the other on one processor, each on a file of its own that grows alike, so
that what disturbs the machine disturbs both. The goals are about CPU time (user and system of the whole process): wall
time is mostly the disk's. A number of one machine says little; the ratio of one run does. This is no test: the exit
status is 0 whether a goal is met or missed.
"""
import argparse
import os
import shutil
import sqlite3
import statistics
import string
import subprocess
import sys
import tempfile
import time

# Nothing is left behind, compiled modules included.
sys.dont_write_bytecode = True
from measuring import Pair, Run, goal, line_count, remove, table  # noqa: E402
from reporting import Year, differences  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(HERE, "..", "Tests", "Caseload", "data", "make_caseload.py")

# The goals: rows a second of an import, and CPU time as a multiple of the peer's.
ROWS_A_SECOND = 15_000
TIMES_THE_PEER = 2.0
# The goals of the report: how many times the peer takes as long, and megabytes.
TIMES_FASTER = 10.0
REPORT_MEGABYTES = 100


def statements(*names, **values):
    """The text of files of sql/, in order, with values in place of $names."""
    texts = []
    for name in names:
        with open(os.path.join(HERE, "sql", name + ".sql"), encoding="utf-8") as file:
            texts.append(string.Template(file.read()).substitute(values))
    return "".join(texts)


class Bench:
    def __init__(self, program, folder):
        self.program = os.path.abspath(program)
        self.folder = folder
        self.environment()

    def environment(self):
        """One processor for all that is measured, and no settings of whoever runs it."""
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        for name in [name for name in os.environ if name.startswith("FOLLOWUP_")]:
            del os.environ[name]
        os.environ["HOME"] = self.folder
        # The program reads no database that others may read; the copies that SQLite makes are such.
        os.umask(0o077)

    def path(self, name):
        return os.path.join(self.folder, name)

    def ours(self, *words, db):
        return [self.program, *words, "--db", db, "--as", "admin"]

    def shell(self, db, text):
        """The peer on a file, and the statements it is fed."""
        script = self.path("script.sql")
        with open(script, "w", encoding="utf-8") as file:
            file.write(text)
        return ["sqlite3", "-bail", db], script

    def run_shell(self, db, text, folder=None):
        arguments, script = self.shell(db, text)
        with open(script, "rb") as stdin:
            return Run(arguments, stdin, folder)

    def caseload(self, name, *options):
        subprocess.run([sys.executable, GENERATOR, self.path(name), *options], check=True, stdout=subprocess.DEVNULL)
        return self.path(name)

    def new_database(self, name):
        db = self.path(name)
        remove(db)
        Run([self.program, "init", "--agency", "Bench", "--admin", "admin", "--db", db])
        return db

    def imports(self, source, count):
        pair = Pair("import")
        rows = sum(line_count(os.path.join(source, name)) - 1 for name in os.listdir(source) if name.endswith(".csv"))
        for _ in range(count):
            db = self.new_database("import.db")
            pair.ours.append(Run(self.ours("import", source, "--create-missing", "--quiet", db=db)))
            plain = self.path("plain.db")
            remove(plain)
            pair.peer.append(self.run_shell(plain, statements("import"), folder=source))
        return pair, rows

    def overdue(self, db, count):
        pair = Pair("overdue --limit 50")
        mine, peers = self.copies(db)
        actor = value(peers, "SELECT id FROM staff WHERE login = 'admin'")
        for round in range(count):
            text = statements(
                "settings", "log_in", "overdue", now=int(time.time()), actor=actor, hash=f"{round:064x}"
            )
            pair.ours.append(Run(self.ours("overdue", "--limit", "50", db=mine)))
            pair.peer.append(self.run_shell(peers, text))
        return pair

    def visits(self, db, count):
        pair = Pair("visit log")
        mine, peers = self.copies(db)
        cases = open_cases(peers)
        for round in range(count):
            number, values = cases[round % len(cases)]
            values = dict(values, **waiting(peers, values["episode"]))
            values.update(now=int(time.time()), visit=10**15 + round, hash=f"{round:064x}")
            text = statements("settings", "log_in", "visit_log", **values)
            words = ["visit", "log", number, "--mode", "phone", "--with", "youth", "--minutes", "20"]
            words += ["--note", "calmer, sleeping better"]
            pair.ours.append(Run(self.ours(*words, db=mine)))
            pair.peer.append(self.run_shell(peers, text))
        return pair

    def summaries(self, db, count):
        pair = Pair("export summary")
        mine, peers = self.copies(db)
        for _ in range(count):
            pair.ours.append(Run(self.ours("export", "summary", "-o", self.path("summary.csv"), db=mine)))
            os.unlink(self.path("summary.csv"))
            pair.peer.append(self.run_shell(peers, statements("settings", "export_summary")))
        return pair

    def reports(self, db, year, count):
        """The report of a fiscal year, in total and by site; what both print is compared before anything is timed."""
        pairs = []
        for what, words, by_site in [("report of a fiscal year", [], 0), ("report by site", ["--by", "site"], 1)]:
            arguments = self.ours("report", "--fiscal-year", str(year.number), "--format", "csv", *words, db=db)
            text = statements("settings", "report", by_site=by_site, **year.values(db))
            equal, different = differences(self.output(arguments), self.output(*self.shell(db, text)), year)
            print(f"{what}: {equal} figures are equal, {len(different)} are not", *different[:10], sep="\n    ")
            pair = Pair(what)
            for _ in range(count):
                pair.ours.append(Run(arguments))
                pair.peer.append(self.run_shell(db, text))
            pairs.append(pair)
        return pairs

    def output(self, arguments, script=os.devnull):
        with open(script, "rb") as stdin:
            return subprocess.run(arguments, stdin=stdin, capture_output=True, check=True, text=True).stdout

    def copies(self, db):
        """Two copies of a database, made by SQLite: what its log holds is in them."""
        copies = [self.path("ours.db"), self.path("peers.db")]
        for copy in copies:
            remove(copy)
            with sqlite3.connect(db) as connection:
                connection.execute("VACUUM INTO ?", (copy,))
            connection.close()
            with sqlite3.connect(copy) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
            connection.close()
        return copies

    def instructions(self, db):
        """Instructions of one run of each, counted by valgrind: they do not depend on what else the machine does."""
        mine, peers = self.copies(db)
        actor = value(peers, "SELECT id FROM staff WHERE login = 'admin'")
        number, values = open_cases(peers)[0]
        values = dict(values, **waiting(peers, values["episode"]), now=int(time.time()), visit=10**15, hash="0" * 64)
        overdue = statements("settings", "log_in", "overdue", now=int(time.time()), actor=actor, hash="0" * 64)
        words = ["visit", "log", number, "--mode", "phone", "--with", "youth", "--minutes", "20", "--note", "calmer"]
        visit = statements("settings", "log_in", "visit_log", **values)
        limited = self.ours("overdue", "--limit", "50", db=mine)
        return [
            ("overdue --limit 50", self.count(limited), self.count_shell(peers, overdue)),
            ("visit log", self.count(self.ours(*words, db=mine)), self.count_shell(peers, visit)),
        ]

    def count_shell(self, db, text):
        arguments, script = self.shell(db, text)
        return self.count(arguments, script)

    def count(self, arguments, script=os.devnull):
        valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=" + self.path("callgrind.out")]
        with open(script, "rb") as stdin:
            result = subprocess.run(valgrind + arguments, stdin=stdin, capture_output=True, check=True)
        line = next(line for line in result.stderr.decode().splitlines() if "Collected" in line)
        return int(line.split(":")[1])


def rows_of(db, query, *values):
    connection = sqlite3.connect(db)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def value(db, query):
    return rows_of(db, query)[0][0]


def open_cases(db):
    """Open cases whose window is running and that wait for a contact, with the values of the peer's statements."""
    rows = rows_of(
        db,
        """
        SELECT e.case_order, e.id, e.site, e.clinician, e.program, e.window_ends_on, s.id FROM episode AS e
        JOIN staff AS s ON s.login = 'admin'
        WHERE e.discharged_at IS NULL AND e.window_ends_on >= unixepoch() / 86400
            AND EXISTS (
                SELECT 1 FROM deadline AS d WHERE d.episode = e.id AND d.ended_at IS NULL
                    AND d.kind IN ('first-contact', 'next-contact')
            )
        ORDER BY e.call_received_at DESC
        """,
    )
    names = ("case_order", "episode", "site", "clinician", "program", "window_ends_on", "actor")
    return [(f"{row[0] // 10**9}-{row[0] % 10**9:05d}", dict(zip(names, row))) for row in rows]


def waiting(db, episode):
    """The deadline that the next contact of an episode will meet; any of its contact clocks when none is open."""
    row = rows_of(
        db,
        """
        SELECT kind, started_by, started_at, due_at FROM deadline
        WHERE episode = ? AND kind IN ('first-contact', 'next-contact') ORDER BY ended_at IS NOT NULL, due_at LIMIT 1
        """,
        episode,
    )[0]
    return dict(zip(("met_kind", "met_started_by", "met_started_at", "met_due_at"), row))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=60, help="pairs of the short commands")
    parser.add_argument("--imports", type=int, default=5, help="pairs of imports and of exports")
    parser.add_argument("--episodes", type=int, default=13328, help="episodes of the imported year")
    parser.add_argument("--flight", type=int, default=10000, help="episodes behind the short commands, 1 %% open")
    parser.add_argument("--reported", type=int, default=100000, help="episodes behind the report, over five years")
    parser.add_argument("--reports", type=int, default=3, help="pairs of reports")
    parser.add_argument("--only-report", action="store_true", help="measure nothing but the report")
    parser.add_argument("--instructions", action="store_true", help="count instructions too; needs valgrind")
    parser.add_argument("--keep", help="work in this folder, and leave it there")
    options = parser.parse_args()
    for tool in ["sqlite3"] + (["valgrind"] if options.instructions else []):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is not installed: it is what the program is measured with")
    folder = options.keep or tempfile.mkdtemp(prefix="followup-bench-")
    os.makedirs(folder, exist_ok=True)
    try:
        bench = Bench(options.program, folder)
        if not options.only_report:
            measure(bench, options)
            print()
        measure_report(bench, options)
    finally:
        if not options.keep:
            shutil.rmtree(folder)


def measure(bench, options):
    print("making the data", file=sys.stderr)
    children = str(max(1, options.episodes * 3 // 4))
    year = bench.caseload("year", "--episodes", str(options.episodes), "--children", children)
    # Yesterday, so that nothing is in the agency's future whatever zone the machine is in.
    today = time.localtime(time.time() - 86400)
    flight = bench.caseload(
        "flight", "--episodes", str(options.flight), "--children", str(max(1, options.flight * 4 // 5)), "--seed", "7",
        "--from", f"{today.tm_year - 4}-{today.tm_mon:02d}-01", "--to", time.strftime("%Y-%m-%d", today),
        "--as-of", time.strftime("%Y-%m-%dT09:00", today),
    )
    db = bench.new_database("flight.db")
    Run(bench.ours("import", flight, "--create-missing", "--quiet", db=db))
    print("measuring", file=sys.stderr)
    imports, rows = bench.imports(year, options.imports)
    overdue = bench.overdue(db, options.rounds)
    visits = bench.visits(db, options.rounds)
    summaries = bench.summaries(db, options.imports)
    report(imports, rows, [overdue, visits], summaries)
    if options.instructions:
        print()
        lines = [["instructions (millions)", "ours", "peer", "ratio"]]
        for what, ours, peer in bench.instructions(db):
            lines.append([what, f"{ours / 1e6:.1f}", f"{peer / 1e6:.1f}", f"{ours / peer:.2f}"])
        table(lines)


def measure_report(bench, options):
    """Five fiscal years; the last is reported, with the one before it as always."""
    year = Year(time.gmtime().tm_year - (time.gmtime().tm_mon < 8))
    db = bench.path("reported.db")
    if not os.path.exists(db):
        print("making the years of the report", file=sys.stderr)
        children = str(max(1, options.reported * 3 // 4))
        years = ["--from", f"{year.number - 5}-07-01", "--to", f"{year.number}-06-30", "--seed", "7"]
        source = bench.caseload("years", "--episodes", str(options.reported), "--children", children, *years)
        Run(bench.ours("import", source, "--create-missing", "--quiet", db=bench.new_database("reported.db")))
        shutil.rmtree(source)
    print("measuring the report", file=sys.stderr)
    pairs = bench.reports(db, year, options.reports)
    lines = [["what (min / median / max)", "ours", "peer: sqlite3 shell", "peer/ours", "goal"]]
    for pair in pairs:
        times = 1 / pair.ratio()
        met = goal(times >= TIMES_FASTER, f"{TIMES_FASTER:.0f} times as fast")
        for field, unit, cells in [("cpu", "CPU ms", [f"{times:.2f}", met]), ("wall", "wall ms", ["", ""])]:
            spreads = [Pair.spread(pair.ours, field), Pair.spread(pair.peer, field)]
            lines.append([f"{pair.what}, {unit}", *spreads, *cells])
        met = goal(max(run.memory for run in pair.ours) < REPORT_MEGABYTES, f"below {REPORT_MEGABYTES} MB")
        lines.append([f"{pair.what}, peak MB", Pair.memory(pair.ours), Pair.memory(pair.peer), "", met])
    print(f"{value(db, 'SELECT count(*) FROM episode'):,} episodes, {options.reports} pairs, one after the other")
    table(lines)


def report(imports, rows, commands, summaries):
    def speeds(runs, field):
        return [rows / getattr(run, field) * 1000 for run in runs]

    def spread(field, runs):
        values = speeds(runs, field)
        return f"{min(values):,.0f} / {statistics.median(values):,.0f} / {max(values):,.0f}"

    def times(pair, field, unit):
        return [f"{pair.what}, {unit}", Pair.spread(pair.ours, field), Pair.spread(pair.peer, field)]

    lines = [["what (min / median / max)", "ours", "peer: sqlite3 shell", "ratio", "goal"]]
    # Whatever else the machine does only slows a round down, so the best one tells what the program can do.
    best = max(speeds(imports.ours, "wall"))
    met = goal(best >= ROWS_A_SECOND, f"{ROWS_A_SECOND:,} or more in the best round")
    for field, unit, cell in [("wall", "second", met), ("cpu", "CPU second", "")]:
        what = f"{imports.what}, rows a {unit}"
        lines.append([what, spread(field, imports.ours), spread(field, imports.peer), "", cell])
    lines.append(times(imports, "cpu", "CPU ms") + [f"{imports.ratio():.2f}", "none: the peer checks nothing"])
    lines.append([f"{imports.what}, peak MB", Pair.memory(imports.ours), Pair.memory(imports.peer), "", ""])
    for pair in commands:
        ratio = pair.ratio()
        met = goal(ratio <= TIMES_THE_PEER, f"{TIMES_THE_PEER:.0f} times or less")
        lines.append(times(pair, "cpu", "CPU ms") + [f"{ratio:.2f}", met])
        lines.append(times(pair, "wall", "wall ms") + ["", ""])
    lines.append(times(summaries, "cpu", "CPU ms") + [f"{summaries.ratio():.2f}", "none: the peer knows no rules"])
    print(f"{rows:,} rows imported, {len(imports.ours)} times; the commands {len(commands[0].ours)} times")
    print("ratio: the median of the rounds' own ratios of CPU time")
    table(lines)


main()
