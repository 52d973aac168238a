#!/usr/bin/env bash
# The archive learns its own contents, with no command typed: a daemon takes all integer scenes and
# the generated ones of one sensor, trains, takes those of another sensor, sees drift, trains again,
# tries the candidate and rotates. States mean PSNR before and after, and how long a drop takes to be
# archived while nothing else runs and while the rotation does.
#
# CUBEVAULT_SCENES  folder of the real scenes; without it only generated ones are used
# ROTATION_SCENES   generated scenes (default 200, half of each sensor)
# ROTATION_SECONDS  budget of each training (default 300)
# ROTATION_PROBES   drops that are timed in each state (default 10)
set -euo pipefail
cd "$(dirname "$0")/.."

program=$PWD/.build/release/cubevault
scenes=${CUBEVAULT_SCENES:-../shared/scenes}
count=$((${ROTATION_SCENES:-200} / 2))
probes=${ROTATION_PROBES:-10}
folder=$(mktemp -d)
export CUBEVAULT_ARCHIVE=$folder/vault
daemon=

finish() {
    [ -z "$daemon" ] || kill "$daemon" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT

# The first value of a key in the status.
status() { "$program" status --json | sed -n 's/.*"'"$1"'" : "\{0,1\}\([0-9a-z.-]*\).*/\1/p' | head -n 1; }

# Waits until a key of the status has a value.
await() {
    until [ "$(status "$1")" = "$2" ]; do sleep 0.2; done
}

# Mean PSNR of all current latents.
mean_psnr() {
    "$program" search --json | sed -n 's/.*"latentPSNRDecibels" : \([0-9.]*\).*/\1/p' |
        awk '{ sum += $1 } END { if (NR) printf "%.2f dB over %d cubes\n", sum / NR, NR; else print "none" }'
}

generate() {
    "$program" generate --quiet "$folder/$1" --scenes "$2" --sensor "$3" --lines 64 --samples 64 \
        --seed "$4" >/dev/null
}

# Moves whole pairs into the watch folder; the binary comes last.
drop() {
    local header
    for header in "$1"/*.hdr; do
        mv "$header" "${header%.hdr}.img" "$CUBEVAULT_ARCHIVE/ingest/"
    done
}

# Median milliseconds from a drop to its row, over single drops.
latency() {
    local header before start number
    generate "probes-$1" "$probes" vnir "$2"
    for header in "$folder/probes-$1"/*.hdr; do
        number=$(status cubeCount)
        start=$(date +%s%N)
        mv "$header" "${header%.hdr}.img" "$CUBEVAULT_ARCHIVE/ingest/"
        until [ "$(status cubeCount)" -gt "$number" ]; do :; done
        before=$(date +%s%N)
        echo $(((before - start) / 1000000))
    done | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

"$program" init "$CUBEVAULT_ARCHIVE" >/dev/null
sed -i -e 's/^settle_seconds = .*/settle_seconds = 0.2/' \
    -e "s/^time_limit_seconds = .*/time_limit_seconds = ${ROTATION_SECONDS:-300}.0/" \
    -e 's/^quiet_seconds = .*/quiet_seconds = 3.0/' \
    -e 's/^pause_above_load_percent = .*/pause_above_load_percent = 100.0/' \
    -e "s/^again_after_cube_count = .*/again_after_cube_count = $count/" \
    "$CUBEVAULT_ARCHIVE/cubevault.toml"
[ -z "${ROTATION_ITERATIONS:-}" ] ||
    sed -i "s/^iteration_limit = .*/iteration_limit = $ROTATION_ITERATIONS/" \
        "$CUBEVAULT_ARCHIVE/cubevault.toml"
generate first "$count" vnir 1
generate second "$count" full 100001
"$program" daemon --log-level info 2>"$folder/log" &
daemon=$!
sleep 1

echo "## Rotation of an archive of two generated sensors and the integer scenes"
drop "$folder/first"
if [ -f "$scenes/README.md" ]; then
    cp "$scenes"/derived/*.npy "$scenes"/abu/*.mat "$CUBEVAULT_ARCHIVE/ingest/"
fi
await currentBase 1
await state done
await pendingLatentCount 0
echo "first network: $(mean_psnr)"
idle=$(latency idle 200001)
drop "$folder/second"
await currentBase 2
echo "when the second became current: $(mean_psnr)"
busy=$(latency busy 300001)
echo "latency of a drop: $idle ms idle, $busy ms while the rotation is $(status state)"
await state done
await pendingLatentCount 0
echo "after the rotation: $(mean_psnr)"
"$program" check --read-data
sed -n 's/.*cubevaultd *[:]* *//p' "$folder/log" | grep -E 'training|trained|base|pauses' || true
