#!/usr/bin/env bash
# Fails when groff has anything to say about a manual page. Without groff it says that it did not look.
set -euo pipefail
if ! command -v groff >/dev/null; then
    echo "SKIPPED: the manual page was not checked, groff is not installed" >&2
    exit 0
fi
warnings=$(groff -man -ww -Tutf8 "$1" 2>&1 >/dev/null)
[ -z "$warnings" ] || { echo "$warnings" >&2; exit 1; }
