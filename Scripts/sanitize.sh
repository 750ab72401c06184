#!/usr/bin/env bash
# Runs the whole suite under the address sanitizer, then under the thread sanitizer, each built in a folder of its own.
# Every report of every process counts, the program's own included: the tests start it by the hundred, and its reports
# go to files, because what it writes is read by a test.
#
# Usage: sanitize.sh [--filter NAME] [address|thread]    --filter runs only the tests with that name
set -euo pipefail
only=()
if [ "${1:-}" = --filter ]; then
    only=(--filter "$2")
    shift 2
fi
kinds=("$@")
[ ${#kinds[@]} -gt 0 ] || kinds=(address thread)
# Seconds that one run of the suite may take; arbitrary, three times what it took on two cores that were busy otherwise.
most=5400
# Optimized, as what ships is, because it runs sooner. A failed `precondition` and an overflow still trap, and the
# program has no `assert`. The tests see what is internal.
build=(-c release -Xswiftc -enable-testing)

# What cannot run under a sanitizer: the name of the test, a colon, and why.
memory="a large file is sealed and opened in the memory of a few chunks: it measures memory, of which a sanitizer takes more"
crash="a crash says no value of the record: a sanitizer tells of a crash in its own way, slowly"
nameless="without its command line the program says so: a sanitizer reads the file that the test breaks, and before the program"
limited="a statement for which there is no memory says so: a sanitizer has taken more than any limit leaves"
threadless="an import that gets no second thread is refused: the sanitizer starts a thread of its own"
skipped_address=("$memory" "$crash" "$nameless" "$limited")
skipped_thread=("$memory" "$crash" "$nameless" "$limited" "$threadless")

# Swift's own, which knows how Swift calls.
clang=$(swiftc -print-target-info |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["paths"]["runtimeResourcePath"])')/../../bin/clang

failed=()
for kind in "${kinds[@]}"; do
    case $kind in
    address) short=asan ;;
    thread) short=tsan ;;
    *) echo "sanitize.sh [--filter NAME] [address|thread]" >&2; exit 64 ;;
    esac
    scratch=$PWD/.build-$short
    log=$scratch/tests.log
    reports=$scratch/reports
    run=("${build[@]}" --sanitize="$kind" --scratch-path "$scratch")
    if [ "$kind" = thread ]; then
        mkdir -p "$scratch"
        "$clang" -O2 -Wall -Werror -c Scripts/sanitize_mutex.c -o "$scratch/mutex.o"
        run+=(-Xlinker "$scratch/mutex.o")
    fi
    # The linker's warnings are about functions of the sanitizer's own.
    swift build --build-tests "${run[@]}" 2>&1 | grep -v 'Cannot export local symbol'
    program=$(swift build "${run[@]}" --show-bin-path)/followup
    nm "$program" | grep -c " __${short}_init$" >/dev/null || {
        echo "sanitize: NOTHING WAS RUN: $program is not built with the $kind sanitizer" >&2
        exit 1
    }

    rm -rf "$reports"
    # Open to all: some tests run the program as a user with fewer rights, whose reports count as well.
    mkdir -m 1777 "$reports"
    # Leaks are looked for by fuzzing, whose inputs are repeated in one process: Swift keeps what it made once for good.
    export ASAN_OPTIONS="detect_leaks=0:malloc_context_size=8:log_path='$reports/report'"
    export TSAN_OPTIONS="halt_on_error=0:exitcode=66:log_path='$reports/report'"

    declare -n skipped="skipped_$kind"
    skip=()
    for test in "${skipped[@]}"; do
        echo "sanitize: SKIPPED under the $kind sanitizer: $test" >&2
        skip+=(--skip "${test%%:*}")
    done
    status=0
    begun=$SECONDS
    timeout $most swift test --skip-build "${run[@]}" "${only[@]}" "${skip[@]}" >"$log" 2>&1 || status=$?
    taken=$(((SECONDS - begun + 59) / 60))
    [ $status -ne 124 ] || echo "sanitize: $kind: NOT FINISHED after $((most / 60)) minutes" >&2
    grep -hE '^✘|recorded an issue' "$log" || true
    # A report may also stand where a process had its own options, or none.
    found=$(cat "$log" "$reports"/* 2>/dev/null | grep -cE 'ERROR: AddressSanitizer|WARNING: ThreadSanitizer' || true)
    cat "$log" "$reports"/* 2>/dev/null | grep '^SUMMARY' | sort | uniq -c || true
    tail -n 1 "$log"
    echo "sanitize: $kind: $found reports, ${#skipped[@]} tests skipped, $taken minutes, status $status"
    [ "$status" -eq 0 ] && [ "$found" -eq 0 ] || failed+=("$kind")
done
if [ ${#failed[@]} -gt 0 ]; then
    echo "sanitize: something was found under ${failed[*]}; see tests.log and reports in .build-asan, .build-tsan" >&2
    exit 1
fi
echo "sanitize: nothing was found under ${kinds[*]}"
