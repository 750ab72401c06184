#!/usr/bin/env python3
"""Measure the program side by side with its peers, and print one table.

    bench.py PROGRAM [--sizes 10000,100000] [--rounds 40] [--heavy-rounds 3] [--only commands,growth,writing,...]
             [--write FILE] [--keep DIR]

PROGRAM is a release build of followup. The data are synthetic and made by it (`followup demo`), in a temporary folder;
the largest size is the one that is compared, all of them show the growth. The peers are the sqlite3 shell with the
same statements or the same rows by SQL, raw C and GRDB and Python with the very statements that ours ran, and
taskwarrior.

Each round runs ours and the peer one after the other on one processor, each on a file of its own that grows alike, so
that what disturbs the machine disturbs both. CPU time is user and system of the whole process; instructions are
counted by valgrind. A number of one machine says little; the ratio of one run does. This is no test: the exit status
is 0 whether a goal is met or missed.
"""
import argparse
import os
import shutil
import sys
import tempfile
import time

# Nothing is left behind, compiled modules included.
sys.dont_write_bytecode = True
import commands  # noqa: E402
import files  # noqa: E402
import peers  # noqa: E402
import performance  # noqa: E402
import writing  # noqa: E402
from data import Bench  # noqa: E402
from table import Table  # noqa: E402

PARTS = ["imports", "commands", "growth", "writing", "exports", "reports"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--sizes", default="10000,100000", help="episodes of the databases, divided by commas")
    parser.add_argument("--rounds", type=int, default=40, help="rounds of the short commands")
    parser.add_argument("--heavy-rounds", type=int, default=3, help="rounds of imports, exports and reports")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, divided by commas")
    parser.add_argument("--write", help="write the table into this page of Markdown")
    parser.add_argument("--peers", help="the folder of the compiled peers, instead of building them")
    parser.add_argument("--keep", help="work in this folder, and leave it there")
    options = parser.parse_args()
    sizes = sorted(int(size) for size in options.sizes.split(","))
    parts = options.only.split(",")
    if unknown := [part for part in parts if part not in PARTS]:
        parser.error(f"--only takes {', '.join(PARTS)}; not {', '.join(unknown)}")
    table = Table()
    peers.install(table)
    built = options.peers or peers.build(table)
    folder = options.keep or tempfile.mkdtemp(prefix="followup-bench-")
    os.makedirs(folder, exist_ok=True)
    began = time.time()
    try:
        bench = Bench(options.program, folder, built)
        short, heavy, largest = options.rounds, options.heavy_rounds, max(sizes)
        measurements = {
            "commands": lambda: commands.measure(bench, table, largest, short),
            "growth": lambda: commands.growth(bench, table, sizes),
            "writing": lambda: writing.measure(bench, table, min(largest, 100_000), max(3, short // 8)),
            "imports": lambda: files.imports(bench, table, sizes, heavy),
            "exports": lambda: files.exports(bench, table, sizes, heavy),
            "reports": lambda: files.reports(bench, table, sizes, heavy),
        }
        for part in PARTS:
            if part in parts:
                print(f"{part}:", flush=True)
                measurements[part]()
        print(f"\nsizes {options.sizes}, {short} rounds of short commands, {heavy} of long ones, "
              f"{(time.time() - began) / 60:.0f} minutes\n")
        table.show()
        if options.write:
            performance.write(options.write, table, options, bench)
    finally:
        if not options.keep:
            shutil.rmtree(folder)


main()
