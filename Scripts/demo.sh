#!/usr/bin/env bash
# The main job on a synthetic caseload as of today: what is overdue, a visit, the case, the summary.
set -euo pipefail
followup=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

say() { printf '\n$ followup %s\n' "$*"; }
run() { say "$@"; "$followup" "$@"; }

say demo demo-folder
"$followup" demo "$folder" --quiet
export FOLLOWUP_DB="$folder/followup.db"

run overdue --limit 12

# A family that waits for a contact and whose follow-up window is still open.
today=$(TZ=America/New_York date +%F)
case=$("$followup" overdue --kind next-contact --format json |
    sed -n 's/.*"case_number": *"\([^"]*\)".*"window_ends_on": *"\([^"]*\)".*/\2 \1/p' |
    awk -v today="$today" '$1 >= today { print $2; exit }')
[ -n "$case" ] || { echo "no case waits for a contact today" >&2; exit 1; }
before=$("$followup" overdue --count)

say visit log "$case" --mode phone --with youth --minutes 30 --note -
echo "calmer, sleeping better" | "$followup" visit log "$case" --mode phone --with youth --minutes 30 --note -
after=$("$followup" overdue --count)
echo "Overdue before: $before, after: $after."
[ "$after" -lt "$before" ] || { echo "the visit cleared nothing" >&2; exit 1; }

run show "$case"

run export summary -o "$folder/summary.csv"
printf '\n$ head -n 4 summary.csv\n'
head -n 4 "$folder/summary.csv"
