#!/usr/bin/env bash
# Runs the commands that README.md shows in its `sh` blocks for followup, in a home of their own, and fails when one does.
set -euo pipefail
followup=$(realpath "$1")
readme=$(realpath README.md)
caseload=$(realpath Tests/Caseload/data/make_caseload.py)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/home"
ln -s "$followup" "$folder/bin/followup"
cd "$folder"
python3 "$caseload" spreadsheets --episodes 60 --children 50 --from 2026-09-01 --to 2026-11-01 >/dev/null
export HOME="$folder/home" PATH="$folder/bin:$PATH"
unset FOLLOWUP_DB FOLLOWUP_AS XDG_DATA_HOME
awk '/^```sh followup$/ { on = 1; next } /^```$/ { on = 0 } on' "$readme" >commands.sh
[ -s commands.sh ] || { echo "README.md shows no command" >&2; exit 1; }
bash -euxo pipefail commands.sh >output.txt 2>&1 </dev/null || { cat output.txt >&2; exit 1; }
echo "README.md: $(grep -c . commands.sh) lines of commands run"
