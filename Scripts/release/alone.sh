#!/usr/bin/env bash
# Shows that the program needs nothing beside it: in a folder that holds the program and the rules of two time zones, and
# is all the machine it sees, it makes a caseload, lists what is overdue, exports the summary and checks the database.
#
#     alone.sh PROGRAM
set -euo pipefail
program=$1
# The kernel's /proc is the machine's, not Swift's: the run-time library asks there for its own path.
inside='mount -t proc proc "$0/proc" && exec env -i PATH="$PATH" USER=root FOLLOWUP_DB=/made/followup.db chroot "$0" "$@"'
world=$(mktemp -d)
trap 'rm -rf "$world"' EXIT
alone() { unshare --map-root-user --mount --pid --fork sh -c "$inside" "$world" "$@"; }

mkdir -p "$world/proc" "$world/usr/share/zoneinfo/America"
cp "$program" "$world/followup"
if ! unshare --map-root-user --mount --pid --fork mount -t proc proc "$world/proc" 2>/dev/null; then
    echo "SKIPPED: this machine allows no user name space: whether the program runs alone was not tried" >&2
    exit 0
fi
alone /followup --version >/dev/null || { echo "$program: does not start alone" >&2; exit 1; }
cp /usr/share/zoneinfo/UTC "$world/usr/share/zoneinfo/"
cp /usr/share/zoneinfo/America/New_York "$world/usr/share/zoneinfo/America/"
alone /followup demo /made --quiet >/dev/null
alone /followup overdue --limit 3 >/dev/null
alone /followup export summary -o /made/summary.csv --quiet
[ "$(wc -l <"$world/made/summary.csv")" -gt 1 ]
# A database without a backup is a finding of its own, with a status of its own.
alone /followup backup /made/copy.db --quiet >/dev/null
alone /followup check >"$world/checked" || { echo "$program: check, alone:" >&2; cat "$world/checked" >&2; exit 1; }
echo "The program runs where there is nothing but itself and the rules of time zones."
