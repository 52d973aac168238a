#!/usr/bin/env bash
# Mutated streams through every decoder, under the address sanitizer: errors or right samples only,
# no trap, no hang, and in Tests/CubeCodec/MutatedStreamTests no allocation beyond four times the
# cube's: all tests that Tests/TestSupport/Mutations.swift counts for.
#
#   Benchmarks/fuzz.sh [COUNT] [SEED] [FILTER]
#
# COUNT  mutated streams per decoder and kind of stream (default 100000); of cubes of a megabyte a
#        500th of that
# SEED   of the mutations (default 1); pieces with other seeds add up
# FILTER which tests, a pattern of swift test, such as MutatedStream.*latents (default all)
# CUBEVAULT_FUZZ_BUILD  where the sanitized build goes (default .build/sanitized)
set -euo pipefail
cd "$(dirname "$0")/.."

build=${CUBEVAULT_FUZZ_BUILD:-.build/sanitized}
suites='MutatedStream|HostileStream|HostileBlob|HostileLatent|Recovery|Salvage|mutations of a stream'
export CUBEVAULT_MUTATIONS=${1:-100000}
export CUBEVAULT_MUTATION_SEED=${2:-1}
export ASAN_OPTIONS=detect_leaks=0:abort_on_error=1

# One after another: the bounds of allocations are those of the whole process.
swift test -c release --sanitize=address --scratch-path "$build" \
    --no-parallel --filter "${3:-$suites}" | grep -E 'mutated streams|Test run|✘|error:'
