#!/usr/bin/env bash
# Runs the tests with coverage, prints the line coverage of each module, and fails when one of those that hold the
# practice or the record has less than it should. What only a process of the program runs is not counted, because its
# process is not the tests': the figures are what the tests of the module itself reach, and of `followup` say little.
#
# Usage: coverage.sh [--report|--held]    --report reads the last run again; --held leaves out followupTests, which take
# most of the time and start the program: for the modules that are held it says nearly the same, for the others nothing
set -euo pipefail
build=(--enable-code-coverage --scratch-path .build-coverage)
run=()
[ "${1:-}" != --held ] || run=(--skip followupTests)
if [ "${1:-}" != --report ]; then
    swift build --build-tests "${build[@]}"
    folder=$(dirname "$(swift test "${build[@]}" --show-codecov-path)")
    rm -f "$folder"/*.profraw
    log=.build-coverage/tests.log
    swift test --skip-build "${build[@]}" "${run[@]}" >$log 2>&1 || { tail -n 40 $log >&2; exit 1; }
    tail -n 1 $log
    # Where the program's own processes leave their counts.
    rm -f default.profraw
fi
python3 - "$(swift test "${build[@]}" --show-codecov-path)" <<'PYTHON'
import collections
import json
import sys

LEAST = 95.0
HELD = {"CrisisCare", "Services", "Storage", "SQLite", "CSV", "CivilTime"}

lines = collections.Counter()
covered = collections.Counter()
for file in json.load(open(sys.argv[1]))["data"][0]["files"]:
    path = file["filename"]
    if "/Sources/" not in path or "/.build" in path:
        continue
    module = path.split("/Sources/")[1].split("/")[0]
    lines[module] += file["summary"]["lines"]["count"]
    covered[module] += file["summary"]["lines"]["covered"]
low = []
for module in sorted(lines):
    share = 100 * covered[module] / lines[module]
    held = module in HELD
    print(f"{module:12} {share:6.2f} %  of {lines[module]:5} lines" + (f"  (at least {LEAST:.0f})" if held else ""))
    if held and share < LEAST:
        low.append(module)
low += sorted(HELD - set(lines))
if low:
    sys.exit(f"coverage: below {LEAST:.0f} %, or not seen at all: {', '.join(low)}")
print("coverage: as it should be")
PYTHON
