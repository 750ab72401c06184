"""The program's own code in one process, beside C, GRDB and Python that run the very same statements."""
import sqlite3
import subprocess
import sys
import time

from data import open_cases, value
from measuring import Rounds, Run, Timed, instructions, remove
from table import millions, milliseconds


def measure(bench, table, episodes, rounds):
    bench.use(1)
    if bench.peer("ours") is None:
        return table.skip("visits in one process", "the package in Benchmarks was not built")
    db = bench.database(episodes)
    cases = bench.path("cases.txt")
    with open(cases, "w", encoding="utf-8") as file:
        file.write("\n".join(number for number, _ in open_cases(db)[:500]))
    sustained(bench, table, db, cases, rounds)
    crowd(bench, table, db, cases)
    names(bench, table)


def sustained(bench, table, db, cases, rounds, count=1000):
    record = bench.path("visits.record")
    ours, peer = bench.peer("ours"), bench.peer("c-peer")

    def mine(copy, number, *more):
        return [ours, "visits", copy, cases, str(number), *more]

    Run(mine(bench.copy(db, "ours.db"), count, record))
    runners = {
        "ours": lambda: Timed(mine(bench.copy(db, "ours.db"), count)),
        "c": lambda: Timed([peer, bench.copy(db, "peers.db"), record]),
        "python": lambda: Timed([sys.executable, __file__, bench.copy(db, "peers.db"), record]),
    }
    if bench.peer("grdb-peer"):
        runners["grdb"] = lambda: Timed([bench.peer("grdb-peer"), bench.copy(db, "peers.db"), record])
    found = Rounds(rounds, **runners)

    def each(name, field):
        return f"{found.median(name, field) * 1000 / count:.0f} us"

    what = "a visit in one process"
    for field, word in [("wall", "wall"), ("cpu", "CPU")]:
        ratio = found.ratio("ours", "c", field)
        table.add(f"{what} / C, the same statements, {word}", each("ours", field), each("c", field), ratio,
                  "1.15 or less", ratio <= 1.15)
    for name, label in [("grdb", "GRDB"), ("python", "Python's sqlite3")]:
        if name in runners:
            ratio = found.ratio("ours", name, "cpu")
            table.add(f"{what} / {label}, the same statements, CPU", each("ours", "cpu"), each(name, "cpu"), ratio,
                      "below 1.0", ratio < 1)
    counted(bench, table, db, record, mine, peer)


def counted(bench, table, db, record, mine, peer, few=50, many=250):
    """Instructions of what is between two counts of visits: start and end of the processes fall out."""
    scratch = bench.path("callgrind.out")
    costs = []
    for number in (few, many):
        Run(mine(bench.copy(db, "ours.db"), number, record))
        own = instructions(mine(bench.copy(db, "ours.db"), number), scratch)
        if own is None:
            return
        # The peer reads its record before the clock runs; told to leave out every statement, it does nothing else.
        other = [instructions([peer, bench.copy(db, "peers.db"), record, *without], scratch) for without in ([], [""])]
        costs.append((own, other[0] - other[1]))
    own, other = ((costs[1][index] - costs[0][index]) / (many - few) for index in (0, 1))
    table.add("a visit in one process / C, the same statements, instructions", millions(own), millions(other),
              own / other, "1.15 or less", own / other <= 1.15)


def crowd(bench, table, db, cases, processes=8, seconds=5):
    """Eight processes that log visits without a pause."""
    bench.use(len(bench.processors))
    mine = bench.copy(db, "ours.db")
    before = value(mine, "SELECT count(*) FROM visit")
    command = [bench.peer("ours"), "contend", mine, cases, str(seconds)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(processes)]
    ended = [(process.communicate(), process.returncode) for process in running]
    bench.use(1)
    errors = sum(status != 0 for _, status in ended)
    done = [output.split() for (output, _), status in ended if status == 0]
    counts = [int(words[0]) for words in done]
    longest = max(float(words[1]) for words in done) if done else 0
    lost = before + sum(counts) - value(mine, "SELECT count(*) FROM visit")
    what = f"{processes} processes logging at once"
    table.add(f"{what}, lost and errors", f"{lost} and {errors}", f"{sum(counts) / seconds:,.0f} visits/s", None,
              "0 and 0", lost == 0 and errors == 0)
    if done:
        share = min(counts) / max(counts)
        table.add(f"{what}, least / most", f"{min(counts)} / {max(counts)}", "", share, "0.5 or more", share >= 0.5)
        table.add(f"{what}, longest wait", milliseconds(longest), "", None, "below 500 ms", longest < 500)


def names(bench, table, episodes=2000, rounds=5):
    """What the index of names costs: C repeats the statements of an import with those of the index and without."""
    record = bench.path("import.record")
    source = bench.files(episodes)
    remove(bench.path("import.db"))
    empty = bench.new_database("empty.db")
    Run([bench.peer("ours"), "import", bench.copy(empty, "import.db"), source, "1", record])
    peer = bench.peer("c-peer")
    found = Rounds(
        rounds, **{"with": lambda: Timed([peer, bench.copy(empty, "peers.db"), record]),
                   "without": lambda: Timed([peer, bench.copy(empty, "peers.db"), record, "INTO client_name_word"])},
    )
    ratio = found.ratio("with", "without", "cpu")
    table.add("bringing a case in, with / without the index of names, CPU", milliseconds(found.median("with", "cpu")),
              milliseconds(found.median("without", "cpu")), ratio, "1.3 or less", ratio <= 1.3)


def replay(db, record):
    """The peer in Python: the statements of a record, one after the other."""
    steps, texts = [], []
    with open(record, "rb") as file:
        while line := file.readline():
            words = line.split()
            if words[0] == b"S":
                texts.append(file.read(int(words[1])).decode())
                file.read(1)
            else:
                steps.append((texts[int(words[1])], [read_value(file) for _ in range(int(words[2]))]))
    connection = sqlite3.connect(db, isolation_level=None, cached_statements=256)
    for setting in ("foreign_keys = 1", "secure_delete = 1", "cell_size_check = 1", "synchronous = FULL"):
        connection.execute(f"PRAGMA {setting}")
    began, used = time.perf_counter(), time.process_time()
    for text, values in steps:
        for _ in connection.execute(text, values):
            pass
    print((time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000)


def read_value(file):
    kind, _, rest = file.readline().decode().rstrip("\n").partition(" ")
    if kind == "N":
        return None
    if kind in "IF":
        return int(rest) if kind == "I" else float(rest)
    content = file.read(int(rest) * (2 if kind == "B" else 1))
    file.read(1)
    return bytes.fromhex(content.decode()) if kind == "B" else content.decode()


if __name__ == "__main__":
    replay(sys.argv[1], sys.argv[2])
