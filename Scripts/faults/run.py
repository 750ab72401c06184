"""Runs every fault program, or those that are named, and closes with their figures.

    run.py PROGRAM DYNAMIC_PROGRAM [NAME ...]

PROGRAM is what ships; DYNAMIC_PROGRAM, made of the same sources by `swift build`, is for what cannot be done to a
statically linked one. What this machine cannot run is said and counted. Ends with 1 when something did not hold.
"""
import os
import subprocess
import sys
import time

# In the order of what they find; the longest at the end.
PROGRAMS = ["zone_data", "lock_errors", "clock", "full_disk", "power_cuts", "endless_reader", "writers", "broken_calls",
            "kills"]
DYNAMIC = {"clock"}
SKIPPED = 77


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, dynamic, names = sys.argv[1], sys.argv[2], sys.argv[3:] or PROGRAMS
    if unknown := set(names) - set(PROGRAMS):
        sys.exit(f"no such fault programs: {', '.join(sorted(unknown))}; there are {', '.join(PROGRAMS)}")
    folder = os.path.dirname(os.path.abspath(__file__))
    figures, failed, skipped = [], [], []
    for name in names:
        print(f"== {name}", flush=True)
        began = time.monotonic()
        words = [sys.executable, os.path.join(folder, f"{name}.py"), dynamic if name in DYNAMIC else program]
        run = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        last = f"figures: {name}: it ended without any"
        for line in run.stdout:
            if line.startswith("figures: "):
                last = line.rstrip()
            else:
                print(line, end="", flush=True)
        status = run.wait()
        if status == SKIPPED:
            skipped.append(name)
        elif status != 0:
            failed.append(name)
        figures.append(f"{last.removeprefix('figures: ')} ({time.monotonic() - began:.0f} s)")
    print("\n== figures")
    for line in figures:
        print(line)
    print(f"faults: {len(names)} programs, {len(failed)} failed, {len(skipped)} skipped "
          f"{' '.join(failed + skipped)}".rstrip())
    sys.exit(1 if failed else 0)


main()
