"""Short commands as whole processes: beside the shell, beside taskwarrior, and how they grow with the archive."""
import json
import os
import shutil
import subprocess

from data import open_cases, overdue_statements, rows_of, value, visit_statements
from measuring import Rounds, Run, exponent, instructions
from table import millions, milliseconds

VISIT = ["--mode", "phone", "--with", "youth", "--minutes", "20", "--note", "calmer, sleeping better"]


def measure(bench, table, episodes, rounds):
    bench.use(1)
    version(bench, table, rounds)
    overdue(bench, table, episodes, rounds)
    visits(bench, table, episodes, rounds)
    syncs(bench, table, episodes)
    task(bench, table, episodes, rounds)
    find(bench, table, episodes, rounds)


def compare(table, what, found, field, goal, most):
    ratio = found.ratio("ours", "peer", field)
    table.noise.append(found.noise("ours", field))
    word = {"cpu": "CPU", "wall": "wall"}[field]
    shown = [milliseconds(found.median(name, field)) for name in ("ours", "peer")]
    table.add(f"{what}, {word}", *shown, ratio, goal, ratio <= most)


def version(bench, table, rounds):
    found = Rounds(
        rounds, ours=lambda: Run([bench.program, "--version"]), peer=lambda: Run(["sqlite3", "-version"])
    )
    compare(table, "--version / sqlite3 -version", found, "cpu", "2.0 or less", 2.0)
    size = os.path.getsize(bench.program) / 1e6
    linked = b"not a dynamic" in subprocess.run(["ldd", bench.program], capture_output=True).stderr
    table.add("the program, one file", f"{size:.1f} MB{', static' if linked else ', dynamic'}", "", None,
              "20 MB or less, static", size <= 20 and linked)


def overdue(bench, table, episodes, rounds):
    db = bench.database(episodes)
    mine, peers = bench.copy(db, "ours.db"), bench.copy(db, "peers.db")
    numbers = iter(range(10**6))
    found = Rounds(
        rounds, ours=lambda: Run(bench.ours("overdue", "--limit", "50", db=mine)),
        peer=lambda: bench.run_shell(peers, overdue_statements(peers, next(numbers))),
    )
    what = f"overdue --limit 50, {episodes:,} episodes / shell"
    compare(table, what, found, "cpu", "1.5 or less", 1.5)
    compare(table, what, found, "wall", "1.0 or less", 1.0)


def visits(bench, table, episodes, rounds):
    db = bench.database(episodes)
    mine, peers = bench.copy(db, "ours.db"), bench.copy(db, "peers.db")
    cases = open_cases(peers)
    ours, shell = iter(range(10**6)), iter(range(10**6))

    def log():
        return Run(bench.ours("visit", "log", cases[next(ours) % len(cases)][0], *VISIT, db=mine))

    def peer():
        number = next(shell)
        return bench.run_shell(peers, visit_statements(peers, cases[number % len(cases)][1], number))

    found = Rounds(rounds, ours=log, peer=peer)
    what = f"visit log, {episodes:,} episodes / shell"
    compare(table, what, found, "cpu", "1.0 or less", 1.0)
    ratio = found.ratio("ours", "peer", "wall")
    table.add(f"{what}, wall", *(milliseconds(found.median(name, "wall")) for name in ("ours", "peer")), ratio)


def syncs(bench, table, episodes):
    if shutil.which("strace") is None:
        return table.skip("syncs of a visit log", "strace is not installed")
    mine = bench.copy(bench.database(episodes), "ours.db")
    case = open_cases(mine)[0][0]
    log = bench.ours("visit", "log", case, *VISIT, db=mine)
    Run(log)
    traced = subprocess.run(
        ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync,sync_file_range", *log], capture_output=True, text=True
    )
    if traced.returncode != 0:
        return table.skip("syncs of a visit log", "strace may not trace here")
    # Of a log that it opens SQLite also syncs the folder, which holds no data.
    synced = [line for line in traced.stderr.splitlines() if " = 0" in line and f"<{bench.folder}>" not in line]
    table.add("visit log, syncs of data once the log file is there", str(len(synced)), "", None, "1", len(synced) == 1)


def task(bench, table, episodes, rounds):
    if shutil.which("task") is None:
        return
    mine = bench.copy(bench.database(episodes), "ours.db")
    cases = open_cases(mine)
    data = bench.path("task")
    shutil.rmtree(data, ignore_errors=True)
    os.makedirs(data)
    rc = os.path.join(data, "taskrc")
    with open(rc, "w", encoding="utf-8") as file:
        file.write(f"data.location={data}\nconfirmation=no\nverbose=nothing\n")
    tasks = [{"description": f"visit case {index}", "due": "20260101T120000Z", "status": "pending"}
             for index in range(value(mine, "SELECT count(*) FROM deadline"))]
    with open(os.path.join(data, "tasks.json"), "w", encoding="utf-8") as file:
        json.dump(tasks, file)
    base = ["task", f"rc:{rc}"]
    Run([*base, "import", os.path.join(data, "tasks.json")])
    ours = iter(range(10**6))
    for what, command, peer in [
        ("--version / task --version", lambda: [bench.program, "--version"], ["task", "--version"]),
        (f"overdue --limit 50 / task list, {len(tasks):,} open",
         lambda: bench.ours("overdue", "--limit", "50", db=mine), [*base, "list", "limit:50"]),
        (f"visit log / task add, {len(tasks):,} open",
         lambda: bench.ours("visit", "log", cases[next(ours) % len(cases)][0], *VISIT, db=mine),
         [*base, "add", "visit", "due:tomorrow"]),
    ]:
        found = Rounds(max(5, rounds // 4), ours=lambda: Run(command()), peer=lambda: Run(peer))
        compare(table, what, found, "cpu", "1.0 or less", 1.0)


def find(bench, table, episodes, rounds):
    db = bench.database(episodes)
    last, first = rows_of(db, "SELECT last_name, first_name FROM client ORDER BY id DESC LIMIT 1")[0]
    names = value(db, "SELECT count(*) FROM client")
    for what, text in [("a prefix", last[:4]), ("two words", f"{first} {last}")]:
        words = bench.ours("client", "find", text, "--limit", "20", db=db)
        found = Rounds(max(5, rounds // 4), ours=lambda: Run(words))
        cpu = found.median("ours", "cpu")
        table.add(f"client find, {what}, {names:,} names, CPU", milliseconds(cpu), "", None, "10 ms or less", cpu <= 10)


def growth(bench, table, sizes):
    """Instructions of the commands whose cost should follow what they show and not what is stored."""
    if shutil.which("valgrind") is None or len(sizes) < 2:
        return table.skip("growth of short commands", "valgrind is not installed, or one size alone was asked for")
    largest, smallest = max(sizes), min(sizes)
    same = growing(bench, sizes, lambda size: bench.database(size), LISTS)
    # Lists of one person's work are as long as that work: here as many cases are open in every archive.
    held = growing(bench, [smallest, largest],
                   lambda size: bench.database(size, 2 * smallest / size), WORK)
    for costs, measured, most in [(same, sizes, 0.05), (held, [smallest, largest], 0.10)]:
        for what, counts in costs.items():
            grown = exponent(measured, counts)
            shown = " -> ".join(millions(count) for count in counts)
            table.add(f"{what}, instructions, {measured[0]:,} -> {measured[-1]:,} episodes", shown, "",
                      None, f"exponent {grown:.3f}, {most:.2f} or less", grown <= most)


# The limits are such that the smallest archive fills each list: a shorter list would cost less for being short.
LISTS = {
    "overdue --limit 50": (["overdue", "--limit", "50"], "admin"),
    "overdue --limit 50 --program": (["overdue", "--limit", "50", "--program", "youth mobile crisis"], "admin"),
    "overdue --limit 5 --site": (["overdue", "--limit", "5", "--site", "Hartford"], "admin"),
    "overdue --limit 5 --kind": (["overdue", "--limit", "5", "--kind", "close"], "admin"),
    "overdue --limit 1 --clinician": (["overdue", "--limit", "1", "--clinician", "{clinician}"], "admin"),
    "overdue --limit 5, a site's clinician": (["overdue", "--limit", "5"], "{clinician}"),
    "overdue --limit 5, a site's supervisor": (["overdue", "--limit", "5"], "site-supervisor"),
    "overdue --limit 5, two sites' supervisor": (["overdue", "--limit", "5"], "two-sites"),
    "episode list --limit 5": (["episode", "list", "--limit", "5"], "admin"),
    "show CASE": (["show", "{case}"], "admin"),
}
WORK = {
    "today, a clinician": (["today"], "{clinician}"),
    "overdue": (["overdue"], "admin"),
    "caseload": (["caseload"], "admin"),
    "calendar, a clinician": (["calendar"], "{clinician}"),
    "client find, two words": (["client", "find", "{name}", "--limit", "20"], "admin"),
    "visit log": (["visit", "log", "{case}", *VISIT], "admin"),
}


def growing(bench, sizes, database, commands):
    costs = {what: [] for what in commands}
    for size in sizes:
        db = bench.copy(database(size), "grown.db")
        supervise(bench, db)
        clinician = value(
            db,
            """
            SELECT s.login FROM episode AS e JOIN staff AS s ON s.id = e.clinician
            WHERE e.discharged_at IS NULL AND e.site = (SELECT id FROM site WHERE name = 'Hartford')
            GROUP BY s.id ORDER BY count(*) DESC, s.login LIMIT 1
            """,
        )
        last, first = rows_of(db, "SELECT last_name, first_name FROM client ORDER BY id DESC LIMIT 1")[0]
        known = {"clinician": clinician, "case": open_cases(db)[0][0], "name": f"{first} {last}"}
        for what, (words, login) in commands.items():
            words = [word.format(**known) for word in words]
            command = bench.ours(*words, db=db, login=login.format(**known))
            costs[what].append(instructions(command, bench.path("callgrind.out")))
    return costs


def supervise(bench, db):
    for login, roles in [("site-supervisor", ["supervisor@Hartford"]),
                         ("two-sites", ["supervisor@Hartford", "supervisor@Meriden"])]:
        grants = [word for role in roles for word in ("--role", role)]
        Run(bench.ours("staff", "add", login, "--name", login, *grants, db=db))
