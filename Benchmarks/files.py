"""What reads or writes a whole caseload: import, export and report, and how they grow."""
import os
import subprocess
import time

from data import HERE, rows_of, statements
from measuring import Rounds, Run, exponent, instructions, line_count, remove
from reporting import Year, differences
from table import millions, milliseconds

SQL = os.path.join(HERE, "sql")
# The goals of memory, in megabytes.
EXPORT_MEGABYTES, IMPORT_MEGABYTES, REPORT_MEGABYTES = 128, 256, 100


def imports(bench, table, sizes, rounds):
    """The databases that are left serve the other measurements too."""
    bench.use(len(bench.processors))
    used, peaks = [], []
    for size in sizes:
        source = bench.files(size)
        rows = sum(line_count(os.path.join(source, name)) - 1 for name in os.listdir(source))
        found = Rounds(
            # Long runs need no repeating.
            1 if size >= 10**5 else rounds, ours=lambda: import_ours(bench, source),
            peer=lambda: import_raw(bench, source),
        )
        bench.keep("import.db", size)
        used.append(found.median("ours", "cpu"))
        peaks.append(found.memory("ours"))
        speed = rows / found.median("ours", "wall") * 1000
        ratio = found.ratio("ours", "peer", "wall")
        what = f"import, {size:,} episodes, {rows:,} rows"
        is_goal = size == max(sizes)
        table.add(f"{what}, rows a second", f"{speed:,.0f}", "", None, *(["60,000 or more", speed >= 60_000] if is_goal else []))
        table.add(f"{what} / shell's .import, wall", milliseconds(found.median("ours", "wall")),
                  milliseconds(found.median("peer", "wall")), ratio, *(["5 or less", ratio <= 5] if is_goal else []))
        table.add(f"{what}, CPU", milliseconds(used[-1]), milliseconds(found.median("peer", "cpu")),
                  found.ratio("ours", "peer", "cpu"))
        table.add(f"{what}, peak memory", f"{peaks[-1]:.0f} MB", f"{found.memory('peer'):.0f} MB", None,
                  f"{IMPORT_MEGABYTES} MB or less", peaks[-1] <= IMPORT_MEGABYTES)
    grows(table, "import, CPU", sizes, used)


def import_ours(bench, source):
    db = bench.new_database("import.db")
    return Run(bench.ours("import", source, "--create-missing", "--quiet", db=db))


def import_raw(bench, source):
    plain = bench.path("plain.db")
    remove(plain)
    return bench.run_shell(plain, statements("import"), folder=source)


def grows(table, what, sizes, costs):
    if len(sizes) > 1:
        grown = exponent(sizes, costs)
        shown = " -> ".join(milliseconds(cost) for cost in costs)
        table.add(f"{what}, {sizes[0]:,} -> {sizes[-1]:,} episodes", shown, "", None,
                  f"exponent {grown:.3f}, 1.05 or less", grown <= 1.05)


def exports(bench, table, sizes, rounds):
    used = []
    for size in sizes:
        db = bench.database(size)
        command = bench.ours("export", "summary", "--quiet", db=db)
        text = statements("settings", "export_summary")
        bench.use(1)
        one = Rounds(rounds, ours=lambda: Run(command), peer=lambda: bench.run_shell(db, text))
        used.append(one.median("ours", "cpu"))
        if size != max(sizes):
            continue
        what = f"export summary, {size:,} episodes"
        for field, word, goal in [("wall", "wall", ["3 times as fast or more"]), ("cpu", "CPU", [])]:
            times = one.ratio("peer", "ours", field)
            table.add(f"{what}, one processor / shell, {word}", milliseconds(one.median("ours", field)),
                      milliseconds(one.median("peer", field)), times, *goal, *([times >= 3] if goal else []))
        if len(bench.processors) > 1:
            bench.use(2)
            two = Rounds(rounds, ours=lambda: Run(command), peer=lambda: bench.run_shell(db, text))
            times = two.ratio("peer", "ours", "wall")
            table.add(f"{what}, two processors / shell, wall", milliseconds(two.median("ours", "wall")),
                      milliseconds(two.median("peer", "wall")), times, "4.5 times as fast or more", times >= 4.5)
        peak = one.memory("ours")
        table.add(f"{what}, peak memory", f"{peak:.0f} MB", f"{one.memory('peer'):.0f} MB", None,
                  f"{EXPORT_MEGABYTES} MB or less", peak <= EXPORT_MEGABYTES)
        first = first_byte(command)
        table.add(f"{what}, first row", milliseconds(first), "", None, "within 1 s", first <= 1000)
        bench.use(1)
        same_design(bench, table, what, db)
    grows(table, "export summary, CPU", sizes, used)


def first_byte(command):
    """Milliseconds until the first row is there: the header is not it."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    while process.stdout.read(1) != b"\n":
        pass
    process.stdout.read(1)
    taken = (time.perf_counter() - began) * 1000
    process.stdout.close()
    process.wait()
    return taken


def same_design(bench, table, what, db):
    """C that reads and writes the same in the same way; what both write is compared first."""
    peer = bench.peer("c-export")
    if peer is None:
        return table.skip("export in C of the same design", "the package in Benchmarks was not built")
    now = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
    command = bench.ours("export", "summary", "--quiet", "--as-of", now + "+00:00", db=db)
    seconds = str(int(time.mktime(time.strptime(now + " UTC", "%Y-%m-%dT%H:%M:%S %Z"))) - time.timezone)
    other = [peer, db, seconds]
    written = [subprocess.run(words, capture_output=True, check=True).stdout for words in (command, other)]
    if written[0] != written[1]:
        return table.skip("export in C of the same design", "it does not write the same bytes")
    counts = [instructions(words, bench.path("callgrind.out")) for words in (command, other)]
    if counts[0] is not None:
        ratio = counts[0] / counts[1]
        table.add(f"{what} / C of the same design, the same bytes, instructions", millions(counts[0]),
                  millions(counts[1]), ratio, "1.15 or less", ratio <= 1.15)


def reports(bench, table, sizes, rounds):
    bench.use(len(bench.processors))
    year = Year(time.gmtime().tm_year - (time.gmtime().tm_mon < 8))
    used = []
    if bench.peer("ours") is None:
        table.skip("the figures of reports by SQL", "the package in Benchmarks, which fills their table, was not built")
    for size in sizes:
        db = bench.database(size)
        words = bench.ours("report", "--fiscal-year", str(year.number), "--format", "csv", db=db)
        if size != max(sizes):
            used.append(Rounds(rounds, ours=lambda: Run(words)).median("ours", "cpu"))
            continue
        peers = bench.peer("ours") and bench.copy_with_ended_deadlines(db, "peers.db")
        used.append(report(bench, table, size, peers, year, words, 0, rounds))
        report(bench, table, size, peers, year, words + ["--by", "site"], 1, rounds)
        quarter = bench.ours("report", "--quarter", f"{year.number}Q3", "--format", "csv", db=db)
        every = bench.ours("report", "--from", *days_of_all(db), "--format", "csv", db=db)
        found = Rounds(rounds, quarter=lambda: Run(quarter), year=lambda: Run(words), every=lambda: Run(every))
        for name, whole in [("year", "of the year"), ("every", "of all five years")]:
            ratio = found.ratio("quarter", name, "cpu")
            table.add(f"report of a quarter / {whole}, {size:,} episodes, CPU",
                      milliseconds(found.median("quarter", "cpu")), milliseconds(found.median(name, "cpu")), ratio,
                      "0.2 or less", ratio <= 0.2)
    grows(table, "report of a fiscal year, CPU", sizes, used)


def days_of_all(db):
    """The period of all calls, as options of a report want it after `--from`."""
    first, last = rows_of(db, "SELECT min(call_received_at), max(call_received_at) FROM episode")[0]
    return time.strftime("%Y-%m-%d", time.gmtime(first - 86400)), "--to", time.strftime("%Y-%m-%d", time.gmtime(last))


def report(bench, table, size, peers, year, words, by_site, rounds):
    """Ours beside each way to count the same in SQL, on the peers' file if there is one.

    What they print is compared first. Returns ours' CPU.
    """
    what = "report by site" if by_site else "report of a fiscal year"
    # The one that is written to be quick; the others, a statement for each measure, count in total alone.
    names = ["report"] if by_site else sorted(name[:-4] for name in os.listdir(SQL) if name.startswith("report"))
    names = names if peers else []
    texts = {name: statements("settings", name, by_site=by_site, **year.values(peers)) for name in names}
    for name, text in texts.items():
        equal, different = differences(printed(words), printed(*bench.shell(peers, text)), year)
        print(f"  {what}, {name}.sql: {equal} figures are equal, {len(different)} are not", *different[:10], sep="\n    ")
    runners = {name: lambda text=text: bench.run_shell(peers, text) for name, text in texts.items()}
    found = Rounds(rounds, ours=lambda: Run(words), **runners)
    for name in names:
        for field, word, goal in [("wall", "wall", ["10 times as fast or more"]), ("cpu", "CPU", [])]:
            times = found.ratio(name, "ours", field)
            table.add(f"{what}, {size:,} episodes / sql/{name}.sql, {word}", milliseconds(found.median("ours", field)),
                      milliseconds(found.median(name, field)), times, *goal, *([times >= 10] if goal else []))
    peak = found.memory("ours")
    table.add(f"{what}, {size:,} episodes, peak memory", f"{peak:.0f} MB",
              f"{found.memory(names[0]):.0f} MB" if names else "", None,
              f"below {REPORT_MEGABYTES} MB", peak < REPORT_MEGABYTES)
    return found.median("ours", "cpu")


def printed(arguments, script=os.devnull):
    with open(script, "rb") as stdin:
        return subprocess.run(arguments, stdin=stdin, capture_output=True, check=True, text=True).stdout
