#!/usr/bin/env bash
# Says whether the program that was built for shipping is what it should be: one file, without Foundation, not too large.
#
#     check.sh PROGRAM
set -u
program=$1
most=20000000
failed=0
complain() {
    echo "$program: $*" >&2
    failed=1
}
size=$(stat -c %s "$program")
[ "$size" -le "$most" ] || complain "has $size bytes, more than $most"
# The overlay has no effect where ArgumentParser's file has moved: see docs/decisions/0011.
! grep -q FoundationEssentials "$program" || complain "Foundation is in it"
! readelf -l "$program" | grep -q INTERP || complain "it is not one file: it needs shared libraries"
exit $failed
