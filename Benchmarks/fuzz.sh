#!/usr/bin/env bash
# Mutated streams through every decoder, under the address sanitizer: errors or right samples only,
# no trap, no hang, no allocation beyond four times the cube's (Tests/CubeCodec/MutatedStreamTests).
#
#   Benchmarks/fuzz.sh [COUNT] [SEED] [FILTER]
#
# COUNT  mutated streams per decoder and kind of stream (default 100000)
# SEED   of the mutations (default 1); pieces with other seeds add up
# FILTER which tests, such as latents (default all)
# CUBEVAULT_FUZZ_BUILD  where the sanitized build goes (default .build/sanitized)
set -euo pipefail
cd "$(dirname "$0")/.."

build=${CUBEVAULT_FUZZ_BUILD:-.build/sanitized}
export CUBEVAULT_MUTATIONS=${1:-100000}
export CUBEVAULT_MUTATION_SEED=${2:-1}
export ASAN_OPTIONS=detect_leaks=0:abort_on_error=1

swift test -c release --sanitize=address --scratch-path "$build" \
    --filter "MutatedStreamTests${3:+.*$3}" | grep -E 'mutated streams|Test run|✘|error:'
