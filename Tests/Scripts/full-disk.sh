#!/usr/bin/env bash
# A disk that is really full, as a small tmpfs of this script's own mount namespace:
#
#   unshare --user --map-root-user --mount full-disk.sh MOUNT-POINT PROGRAM
#
# A drop comes while the daemon runs and nothing is free. Every line of standard output is a fact;
# the test beside this script knows what they must be.
set -euo pipefail
disk=$1
program=$2
export CUBEVAULT_ARCHIVE=$disk/vault
cubevault() { "$program" "$@"; }
fact() { echo "$1: $2"; }
daemon=
explain() {
    cat "$disk".log "$disk".errors >&2
    [ -z "$daemon" ] || kill "$daemon"
}
trap explain ERR

# Waits, for at most two minutes, until a command succeeds.
await() {
    local end=$((SECONDS + 120))
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || { echo "waited in vain: $*" >&2; cat "$disk.log" >&2; exit 1; }
        sleep 0.1
    done
}

mount -t tmpfs -o size=24m none "$disk"
cubevault init "$CUBEVAULT_ARCHIVE" >/dev/null
cat >"$CUBEVAULT_ARCHIVE/cubevault.toml" <<'END'
[deletion]
reserve_mebibytes = 2
[daemon]
settle_seconds = 0.1
[training]
automatic = false
END
cubevault generate "$disk/first" --quiet --scenes 1 --lines 20 --samples 20 --bands 20 >/dev/null
cubevault generate "$disk/second" --quiet --scenes 1 --lines 150 --samples 150 --bands 120 \
    --seed 9 >/dev/null
cubevault ingest --quiet "$disk/first" >/dev/null
# What an interrupted ingest might have left; the collection marks it and makes the reserve.
mkdir -p "$CUBEVAULT_ARCHIVE/blobs/ab"
head -c 6000000 /dev/urandom >"$CUBEVAULT_ARCHIVE/blobs/ab/ab$(printf '0%.0s' {1..62}).zst"
cubevault gc --delete >/dev/null
fact "reserve in MiB" $(($(stat -c %s "$CUBEVAULT_ARCHIVE/work/reserve") >> 20))

"$program" daemon 2>"$disk.log" &
daemon=$!
await grep -q watching "$disk.log"
cat /dev/zero >"$disk/filler" 2>/dev/null || true
fact "free KiB" "$(df -k --output=avail "$disk" | tail -n 1 | tr -d ' ')"
mv "$disk/second"/*.hdr "$disk/second"/*.img "$CUBEVAULT_ARCHIVE/ingest/"
await grep -q 'waiting 30.0 s' "$disk.log"
fact "reserve is there" "$([ -e "$CUBEVAULT_ARCHIVE/work/reserve" ] && echo yes || echo no)"
fact "the daemon says" "$(grep -o 'No space left on device\|is full' "$disk.log" | tail -n 1)"
fact "cubes" "$(cubevault status --json | grep -o '"cubeCount" : [0-9]*' | tr -dc 0-9)"
fact "daemon is running" "$(kill -0 "$daemon" && echo yes)"
kill "$daemon"
code=0
wait "$daemon" || code=$?
fact "daemon ends with" "$code"
fact "files in ingest" "$(ls "$CUBEVAULT_ARCHIVE/ingest" | wc -l)"
fact "files in failed" "$(ls "$CUBEVAULT_ARCHIVE/failed" | wc -l)"

code=0
cubevault ingest --quiet "$CUBEVAULT_ARCHIVE/ingest" >/dev/null 2>"$disk.errors" || code=$?
fact "ingest by hand ends with" "$code"
fact "and says" "$(grep -o 'No space left on device\|is full' "$disk.errors" | tail -n 1)"
cubevault gc --delete --grace 0 >"$disk.collected"
fact "gc" "$(tail -n 1 "$disk.collected")"
cubevault check --read-data >/dev/null
fact "sound before" yes
# Rebuilding the source to prove it takes its size once more.
rm "$disk/filler"
cubevault daemon --once 2>>"$disk.log"
fact "files in ingest" "$(ls "$CUBEVAULT_ARCHIVE/ingest" | wc -l)"
fact "cubes" "$(cubevault status --json | grep -o '"cubeCount" : [0-9]*' | tr -dc 0-9)"
cubevault check --read-data >/dev/null
fact "sound after" yes
