#!/usr/bin/env bash
# Runs the whole suite under the address sanitizer, then under the thread sanitizer, each built in a folder of its own.
#
# Usage: sanitize.sh [address|thread]
set -euo pipefail
kinds=("$@")
[ ${#kinds[@]} -gt 0 ] || kinds=(address thread)
# Seconds that one run of the suite may take; arbitrary, several times what it took on two cores.
most=5400

# Leaks are looked for by fuzzing, whose inputs are repeated in one process: Swift keeps what it made once for good.
export ASAN_OPTIONS=detect_leaks=0:malloc_context_size=8
export TSAN_OPTIONS=halt_on_error=0:exitcode=66

# What cannot run under a sanitizer: the name of the test, a colon, and why.
memory="a large file is sealed and opened in the memory of a few chunks: it measures memory, of which a sanitizer takes more"
crash="a crash says no value of the record: a sanitizer tells of a crash in its own way, slowly"
skipped_address=("$memory" "$crash")
skipped_thread=("$memory" "$crash")

failed=()
for kind in "${kinds[@]}"; do
    case $kind in address) scratch=.build-asan ;; thread) scratch=.build-tsan ;; *) echo "address or thread" >&2; exit 64 ;; esac
    log=$scratch/tests.log
    declare -n skipped="skipped_$kind"
    swift build --build-tests --sanitize="$kind" --scratch-path "$scratch"
    skip=()
    for test in "${skipped[@]}"; do
        echo "sanitize: SKIPPED under the $kind sanitizer: $test" >&2
        skip+=(--skip "${test%%:*}")
    done
    status=0
    timeout $most swift test --skip-build --sanitize="$kind" --scratch-path "$scratch" "${skip[@]}" >"$log" 2>&1 || status=$?
    grep -E '^(✘|.*recorded an issue)|ERROR: AddressSanitizer|WARNING: ThreadSanitizer|^SUMMARY' "$log" | sort | uniq -c || true
    reports=$(grep -cE 'ERROR: AddressSanitizer|WARNING: ThreadSanitizer' "$log" || true)
    tail -n 1 "$log"
    echo "sanitize: $kind: $reports reports, ${#skipped[@]} tests skipped, status $status"
    [ "$status" -eq 0 ] && [ "$reports" -eq 0 ] || failed+=("$kind")
done
if [ ${#failed[@]} -gt 0 ]; then
    echo "sanitize: something was found under ${failed[*]}; see tests.log in .build-asan, .build-tsan" >&2
    exit 1
fi
