#!/usr/bin/env bash
# What docs/BENCHMARKS.md states, measured again: exact coding beside zstd, the paper's operating
# point on four real scenes, and memory on a cube larger than it.
#
#   Benchmarks/run.sh [exact] [scenes] [memory]      all three where none is named
#   Benchmarks/run.sh rotation                       see rotation.sh for its settings
#
# CUBEVAULT_SCENES  folder of the real scenes (default ../shared/scenes)
# TRAINING_SECONDS  budget of the four-scene training (default 600)
# MEMORY_LINES      lines of the generated cube of 1024 samples x 200 bands (default 5243: 2 GiB)
set -euo pipefail
cd "$(dirname "$0")/.."

program=$PWD/.build/release/cubevault
scenes=${CUBEVAULT_SCENES:-../shared/scenes}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
parts=${*:-exact scenes memory}

needs_scenes() {
    [ -f "$scenes/README.md" ] && return 0
    echo "skipped: no real scenes in $scenes (set CUBEVAULT_SCENES)"
    return 1
}

new_archive() {
    export CUBEVAULT_ARCHIVE=$folder/$1
    "$program" init "$CUBEVAULT_ARCHIVE" >/dev/null
}

# Bits per sample of each integer scene: ours, and the same samples through zstd -19.
exact() {
    echo "## Exact coding, bits per sample (whole files)"
    needs_scenes || return 0
    new_archive exact
    sed -i 's/^keep_original = true/keep_original = false/' "$CUBEVAULT_ARCHIVE/cubevault.toml"
    printf '%-40s %10s %10s\n' scene cubevault 'zstd -19'
    local file id ours theirs
    for file in "$scenes"/derived/*.npy "$scenes"/salinas-a/*.img "$scenes"/emit-raw/*_raw \
        "$scenes"/abu/abu-airport-3.mat "$scenes"/abu/abu-beach-1.mat "$scenes"/abu/abu-urban-1.mat
    do
        "$program" ingest --quiet --no-latent "$file" >/dev/null
        id=$("$program" search --json --limit 1 | field id)
        "$program" restore --quiet "$id" --from exact --as npy -o "$folder/samples.npy" --force \
            >/dev/null
        ours=$("$program" show --json "$id" | field bitsPerSample)
        theirs=$(zstd -q -19 -c "$folder/samples.npy" | wc -c)
        printf '%-40s %10.3f %10.3f\n' "$(basename "$file")" "$ours" \
            "$(echo "scale=6; $theirs * 8 / $("$program" show --json "$id" | field sampleCount)" | bc)"
    done
}

# The first value of a key in pretty-printed JSON.
field() { sed -n 's/.*"'"$1"'" : "\{0,1\}\([0-9a-f.]*\).*/\1/p' | head -n 1; }

# K = 10, d = 128, one latent of 32 values per scene: the paper's Table 1.
scenes() {
    echo "## Four scenes, one 32-value latent each"
    needs_scenes || return 0
    new_archive scenes
    "$program" ingest --quiet "$scenes/jasper-ridge/jasperRidge2_R198.mat" \
        "$scenes/samson/samson_1.mat" "$scenes/pavia-centre/pavia.mat" \
        "$scenes/abu/abu-airport-3.mat" >/dev/null
    "$program" base train --quiet --time-limit "${TRAINING_SECONDS:-600}"
    "$program" base rotate --quiet
}

# Peak memory on a cube four times larger than 512 MiB.
memory() {
    echo "## Memory on a cube of 2 GiB"
    new_archive memory
    "$program" generate "$folder/large" --scenes 1 --sensor full --samples 1024 \
        --lines "${MEMORY_LINES:-5243}" --interleave bsq --quiet
    local step id
    /usr/bin/time -f 'ingest   %M KiB peak, %e s' "$program" ingest --quiet "$folder/large"
    id=$("$program" search --json | field id)
    for step in "--as original" "--as npy" "--window 10,20,16,16 --bands 5,50 --as envi"; do
        # The options of a step are several words.
        # shellcheck disable=SC2086
        /usr/bin/time -f "restore $step   %M KiB peak, %e s" "$program" restore --quiet \
            "$id" -o "$folder/restored/" --force $step >/dev/null
    done
}

# Two trainings, a trial and a rotation under a daemon.
rotation() { Benchmarks/rotation.sh; }

for part in $parts; do
    "$part"
done
