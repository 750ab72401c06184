#!/usr/bin/env bash
# Fuzzes every target, or those that are named, for so many minutes each, one after the other.
#
# Usage: fuzz.sh MINUTES [TARGET...]
# What is found lies in .build-fuzz/found/TARGET: run it again with
#   FUZZ_TARGET=TARGET FUZZ_DATABASE=.build-fuzz/base .build-fuzz/release/Fuzz FILE
# The inputs that were worth keeping lie in .build-fuzz/corpus/TARGET and are gone on with the next time.
set -euo pipefail
minutes=$1
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(csv time plan sealed import database)
scratch=.build-fuzz

[ "$minutes" -ge 1 ] || { echo "fuzz.sh MINUTES [TARGET...], from 1 minute on" >&2; exit 64; }
# libFuzzer comes with Swift's own clang; the `main` is ours.
name=libclang_rt.fuzzer_no_main-$(uname -m).a
resources=$(swiftc -print-target-info |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["paths"]["runtimeResourcePath"])')
FUZZER_RUNTIME=$(find "$(dirname "$resources")/clang" -name "$name" -print -quit)
if [ -z "$FUZZER_RUNTIME" ]; then
    echo "fuzz: NOTHING WAS RUN: this Swift has no $name" >&2
    exit 1
fi
export FUZZER_RUNTIME
# Memory errors and leaks are looked for as well. The linker's warnings are about functions of the sanitizer's own.
swift build -c release --package-path Fuzzing --scratch-path $scratch --sanitize=address 2>&1 |
    grep -v 'Cannot export local symbol'

mkdir -p $scratch/base
for file in base.db base.db-wal; do gzip -dc "Fuzzing/Seeds/$file.gz" >"$scratch/base/$file"; done

# A crash is kept as an input at once, instead of after Swift has drawn its stack.
export SWIFT_BACKTRACE=enable=no
export FUZZ_DATABASE=$PWD/$scratch/base
# SQLite allocates much: what was freed is watched less long, so that there are more inputs.
export ASAN_OPTIONS=quarantine_size_mb=4:thread_local_quarantine_size_kb=64:malloc_context_size=2
failed=()
for target in "${targets[@]}"; do
    corpus=$scratch/corpus/$target
    found=$scratch/found/$target
    mkdir -p "$corpus" "$found"
    echo "fuzz: $target, $minutes minutes"
    # A length that a small file, or the edits of a large one, fit in.
    longest=4096
    [ "$target" = import ] && longest=16384
    status=0
    FUZZ_TARGET=$target $scratch/release/Fuzz "$corpus" "Fuzzing/Seeds/$target" -max_total_time=$((minutes * 60)) \
        -max_len=$longest -len_control=10 -timeout=20 -rss_limit_mb=1500 -print_final_stats=1 \
        -artifact_prefix="$found/" >"$scratch/$target.log" 2>&1 || status=$?
    grep -E '^#[0-9]+.*DONE|^stat::number_of_executed|^stat::peak|^SUMMARY|does not hold|Fatal error' "$scratch/$target.log" || true
    [ $status -eq 0 ] || failed+=("$target")
done
if [ ${#failed[@]} -gt 0 ]; then
    echo "fuzz: something was found by ${failed[*]}; see $scratch/found and $scratch/TARGET.log" >&2
    exit 1
fi
echo "fuzz: nothing was found by ${targets[*]}"
