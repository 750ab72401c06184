#!/usr/bin/env bash
# Prints the line coverage of each module from the last `swift test --enable-code-coverage`.
set -euo pipefail
json=$(swift test --show-codecov-path)
python3 - "$json" <<'PYTHON'
import collections
import json
import sys

lines = collections.Counter()
covered = collections.Counter()
for file in json.load(open(sys.argv[1]))["data"][0]["files"]:
    path = file["filename"]
    if "/Sources/" not in path or "/.build" in path:
        continue
    module = path.split("/Sources/")[1].split("/")[0]
    lines[module] += file["summary"]["lines"]["count"]
    covered[module] += file["summary"]["lines"]["covered"]
for module in sorted(lines):
    print(f"{module:12} {100 * covered[module] / lines[module]:6.1f} %  of {lines[module]} lines")
PYTHON
