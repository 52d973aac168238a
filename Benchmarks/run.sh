#!/usr/bin/env bash
# What docs/BENCHMARKS.md states, measured again: exact coding beside zstd, the paper's operating
# point on four real scenes, and memory on a cube larger than it.
#
#   Benchmarks/run.sh [exact] [bounded] [floats] [scenes] [memory]      all where none is named
#   Benchmarks/run.sh rotation                       see rotation.py for its settings
#   Benchmarks/run.sh pytorch                        the neural field beside plain PyTorch
#   Benchmarks/run.sh large                          the paper's large scene: 15 GB, 37 GB of disk
#   Benchmarks/run.sh unseen                         scenes that no network has seen, beside peers
#   Benchmarks/run.sh ccsds                          CCSDS 123 beside numba's, see numba_ccsds.py
#
# CUBEVAULT_SCENES  folder of the real scenes (default ../shared/scenes)
# SCENE_FILTER      a pattern (grep -E): of the integer scenes only those whose path matches (default all)
# CUBEVAULT_PROGRAM the program measured (default .build/release/cubevault)
# TRAINING_SECONDS  budget of the four-scene training (default 600)
# FIELD_SECONDS     of each training beside PyTorch's (default 270; ours and theirs twice in turn)
# PYTHON            a Python with NumPy and SciPy, and PyTorch or imagecodecs (default python3)
# UNSEEN_ITERATIONS of each training on tiles, of which there are six (default 3000)
# KEPT              a folder where the JSON lines and plots of these two stay (default none)
# BOUNDS            maximum errors of the near-lossless table (default "1 2 4 8 16 32")
# MEMORY_LINES      lines of the generated cube of 1024 samples x 200 bands (default 5243: 2 GiB)
# LARGE_LINES       lines of the large scene of 6708 samples x 270 bands (default 4192)
# LARGE_GRID        its latents (default "tiles 32x32")
# LARGE_LAYERS      K of its network (default 5)
# LARGE_WIDTH       d of its network (default 64)
# LARGE_SECONDS     budget of the training of a network for it (default 300)
# LARGE_PAPER       "yes": then also K = 5, d = 10, one latent per cell of 7 x 7, one network
# LARGE_SEED        what it shows (default 3: farmland)
# TMPDIR            where all that is made lies (default /tmp)
set -euo pipefail
# What is measured in $(...) fails like everything else.
shopt -s inherit_errexit
cd "$(dirname "$0")/.."

program=${CUBEVAULT_PROGRAM:-$PWD/.build/release/cubevault}
scenes=${CUBEVAULT_SCENES:-../shared/scenes}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
parts=${*:-exact bounded floats scenes memory}

needs_scenes() {
    [ -f "$scenes/README.md" ] && return 0
    echo "skipped: no real scenes in $scenes (set CUBEVAULT_SCENES)"
    return 1
}

new_archive() {
    export CUBEVAULT_ARCHIVE=$folder/$1
    "$program" init "$CUBEVAULT_ARCHIVE" >/dev/null
}

# The integer scenes.
integer_scenes() {
    ls "$scenes"/derived/*.npy "$scenes"/salinas-a/*.img "$scenes"/abu/*.mat \
        "$scenes"/emit-raw/*_raw "$scenes"/corn-kernel/*.raw \
        "$scenes"/enmap-berlin-sim/*_compressed.bsq | grep -E "${SCENE_FILTER:-.}"
}

# One cube in an archive of its own; prints bits per sample, leaves its samples in samples-NAME.npy.
archived() {
    local name=$1 file=$2 id
    shift 2
    rm -f "$folder/samples-$name.npy"
    new_archive "one-$name"
    "$program" ingest --quiet --no-latent --no-keep-original "$@" "$file" >/dev/null
    id=$("$program" search --json | field id)
    "$program" restore --quiet "$id" --from exact --as npy -o "$folder/samples-$name.npy" --force \
        >/dev/null
    "$program" show --json "$id" | field bitsPerSample
    rm -r "$CUBEVAULT_ARCHIVE"
}

# Bits and PSNR (peak max - min) at absolute error bounds, the bound proved on every sample twice: by
# ingest against the source, and here against the lossless restore.
bounded() {
    echo "## Near-lossless: bits per sample, PSNR in dB, largest error"
    needs_scenes || return 0
    local file files bound bits figures
    files=$(integer_scenes)
    for file in $files; do
        archived truth "$file" >/dev/null
        printf '%-40s' "$(basename "$file")"
        for bound in ${BOUNDS:-1 2 4 8 16 32}; do
            bits=$(archived guess "$file" --fidelity "max-error=$bound")
            figures=$(compared "$bound")
            printf ' | %.3f %s' "$bits" "$figures"
        done
        printf '\n'
    done
}

# PSNR and largest error of the guess against the truth; fails where the bound does not hold.
compared() {
    "${PYTHON:-python3}" - "$folder/samples-truth.npy" "$folder/samples-guess.npy" "$1" <<'EOF'
import sys
import numpy
truth, guess = (numpy.load(path).astype(numpy.float64) for path in sys.argv[1:3])
error = numpy.abs(truth - guess)
assert truth.shape == guess.shape and error.max() <= float(sys.argv[3]), error.max()
peak = truth.max() - truth.min()
print("%.2f %g" % (10 * numpy.log10(peak**2 / (error**2).mean()), error.max()))
EOF
}

# Bits per sample of float scenes with both efforts, and of zstd on the same samples and on their
# byte planes.
floats() {
    echo "## Float scenes, lossless, bits per sample"
    needs_scenes || return 0
    local file bits best peers
    printf '%-40s %10s %10s %10s %10s\n' scene cubevault best 'zstd -19' 'planes'
    for file in "$scenes"/samson/*.mat "$scenes"/pavia-centre/*.mat "$scenes"/hymap-berlin/*.hdr \
        "$scenes"/aviris-ng/*.hdr
    do
        bits=$(archived truth "$file")
        best=$(archived truth "$file" --effort best)
        peers=$(float_peers)
        # The peers' figures are several words.
        # shellcheck disable=SC2086
        printf '%-40s %10.3f %10.3f %10.3f %10.3f\n' "$(basename "$file")" "$bits" "$best" $peers
    done
}

# Bits per sample of the restored floats through zstd -19: as they are, and as byte planes, each by
# pixels or by bands, whichever is shorter.
float_peers() {
    "${PYTHON:-python3}" - "$folder/samples-truth.npy" <<'EOF'
import subprocess
import sys
import numpy
def planes(samples):
    return samples.reshape(-1, 1).view(numpy.uint8).T
def bits(content):
    command = ["zstd", "-q", "-19", "-c"]
    packed = subprocess.run(
        command, input=content.tobytes(), stdout=subprocess.PIPE, check=True).stdout
    return 8 * len(packed) / samples.size
samples = numpy.load(sys.argv[1])
bands = numpy.ascontiguousarray(samples.transpose(2, 0, 1))
print(min(bits(samples), bits(bands)), min(bits(planes(samples)), bits(planes(bands))))
EOF
}

# Bits per sample of each integer scene, with both efforts and through zstd -19; and how many
# million samples a second of processor time the best effort's coder takes, both ways: what its
# ingest and its restore cost more than those of the normal effort. (Ingest also decodes.)
exact() {
    echo "## Exact coding, bits per sample (whole files) and MSample/s"
    needs_scenes || return 0
    local effort
    for effort in best normal; do
        new_archive "exact-$effort"
        sed -i 's/^keep_original = true/keep_original = false/' "$CUBEVAULT_ARCHIVE/cubevault.toml"
    done
    printf '%-40s %10s %10s %10s %8s %8s\n' scene cubevault best 'zstd -19' encode decode
    local file files count theirs
    files=$(integer_scenes)
    for file in $files; do
        exact_effort best "$file"
        local bits=$ours into=$ingest_seconds back=$restore_seconds
        exact_effort normal "$file"
        count=$("$program" show --json "$id" | field sampleCount)
        theirs=$(zstd -q -19 -c "$folder/samples.npy" | wc -c)
        printf '%-40s %10.3f %10.3f %10.3f %8.2f %8.2f\n' "$(basename "$file")" "$ours" "$bits" \
            "$(calculate "$theirs * 8 / $count")" \
            "$(calculate "$count / 1000000 / ($into - $ingest_seconds - $back + $restore_seconds)")" \
            "$(calculate "$count / 1000000 / ($back - $restore_seconds)")"
    done
}

# Archives and restores a file with an effort: sets id, ours, ingest_seconds and restore_seconds.
exact_effort() {
    export CUBEVAULT_ARCHIVE=$folder/exact-$1
    ingest_seconds=$(seconds "$program" ingest --quiet --no-latent --effort "$1" "$2")
    id=$("$program" search --json --limit 1 | field id)
    restore_seconds=$(seconds "$program" restore --quiet "$id" --from exact --as npy \
        -o "$folder/samples.npy" --force)
    ours=$("$program" show --json "$id" | field bitsPerSample)
}

# Processor seconds that a command takes.
seconds() {
    local TIMEFORMAT=%U
    { time "$@" >/dev/null 2>&3; } 3>&2 2>&1
}

calculate() { echo "scale=6; $1" | bc; }

# The first value of a key in pretty-printed JSON.
field() { sed -n 's/.*"'"$1"'" : "\{0,1\}\([0-9a-f.]*\).*/\1/p' | sed -n 1p; }

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

# A command's peak memory and time behind its name, and what it prints.
measured() {
    local name=$1
    shift
    /usr/bin/time -f "$name   %M KiB peak, %e s, %U s of processors" "$@"
}

# One setting of a table of the archive: table, name, value.
set_to() { sed -i "/^\[$1\]/,/^\[/s/^$2 = .*/$2 = $3/" "$CUBEVAULT_ARCHIVE/cubevault.toml"; }

# The paper's section 5, our way: tiles, a network for this one scene, everything streamed.
large() {
    local lines=${LARGE_LINES:-4192} id need free
    echo "## A scene of $lines x 6708 x 270"
    need=$((lines * 6708 * 270 * 2 / 1048576 * 5 / 2))
    free=$(df --output=avail -m "$folder" | tail -n 1)
    if [ "$free" -lt "$need" ]; then
        echo "skipped: $need MiB are needed in $folder, and $free are free (set TMPDIR)"
        return 0
    fi
    new_archive large
    set_to field hidden_layer_count "${LARGE_LAYERS:-5}"
    set_to field hidden_width "${LARGE_WIDTH:-64}"
    set_to field grid "\"${LARGE_GRID:-tiles 32x32}\""
    set_to tiles grid '"none"'
    measured generate "$program" generate "$folder/scene" --scenes 1 --sensor full --bands 270 \
        --samples 6708 --lines "$lines" --interleave bip --seed "${LARGE_SEED:-3}" --quiet
    measured ingest "$program" ingest --quiet --no-latent "$folder/scene"
    rm -r "$folder/scene"
    measured train "$program" base train --quiet --time-limit "${LARGE_SECONDS:-300}"
    measured "encode and measure" "$program" base rotate --quiet
    id=$("$program" search --json | field id)
    "$program" show "$id"
    measured "window from latent" "$program" restore --quiet "$id" --from latent \
        --window "3000,$((lines / 2)),256,$((lines < 512 ? lines / 2 : 256))" --as npy -o "$folder/window.npy" >/dev/null
    [ "${LARGE_PAPER:-no}" = yes ] || return 0
    echo "K = 5, d = 10, 7 x 7 cells, one network:"
    set_to field hidden_layer_count 5
    set_to field hidden_width 10
    set_to field grid '"cells 7x7"'
    measured train "$program" base train --quiet --time-limit 60 --family paper
    # Refused, as it is meant to be: only its figures are wanted.
    measured "encode and measure" "$program" base rotate --dry-run --quiet || true
}

# Training, encoding and decoding, ours and plain PyTorch's in turn: A B A B.
pytorch() {
    echo "## The neural field beside PyTorch"
    needs_scenes || return 0
    local seconds=${FIELD_SECONDS:-270} python=${PYTHON:-python3} round
    local files=("$scenes/derived/jasper_ridge_100x100x198_u16.npy"
        "$scenes/derived/samson_95x95x156_u16.npy"
        "$scenes/derived/pavia_centre_rosis_100x100x102_u16.npy" "$scenes/abu/abu-airport-3.mat")
    if ! "$python" -c 'import numpy, scipy, torch' 2>/dev/null; then
        echo "skipped: $python has no NumPy, SciPy or PyTorch (set PYTHON)"
        return 0
    fi
    for round in 1 2; do
        echo "round $round: ours"
        .build/release/field-benchmark train --seconds "$seconds" --seed "$round" \
            --output "$folder/field.base" "${files[@]}" | tee "$folder/ours-$round.jsonl" | summary
        echo "round $round: PyTorch"
        "$python" Benchmarks/pytorch_field.py train "$seconds" "${files[@]}" |
            tee "$folder/pytorch-$round.jsonl" | summary
    done
    .build/release/field-benchmark chart --title "Four scenes, one 32-value latent each" \
        --x seconds --x-label "training, seconds on two cores" --y psnrDecibels \
        --y-label "running PSNR, dB" --y-range 15:55 --output "$folder/training.png" \
        "ours=$folder/ours-1.jsonl" "~ours, again=$folder/ours-2.jsonl" \
        "PyTorch=$folder/pytorch-1.jsonl" "~PyTorch, again=$folder/pytorch-2.jsonl"
    keep training.png {ours,pytorch}-{1,2}.jsonl
    OPENBLAS_CORETYPE=${OPENBLAS_CORETYPE:-$(openblas_core)} \
        .build/release/field-benchmark speed --network "$folder/field.base" "${files[@]}"
    "$python" Benchmarks/pytorch_field.py speed 5 "${files[@]}" | grep '"work"'
}

# What OpenBLAS shall take the processor for: one that it does not know, newer than itself, is to it
# one without vectors, and no peer.
openblas_core() {
    if grep -qw avx512f /proc/cpuinfo; then echo SkylakeX; else echo Haswell; fi
}

# Networks trained on five scenes, then two others: rates and PSNR beside peers.
unseen() {
    echo "## Scenes that the networks have not seen"
    needs_scenes || return 0
    local python=${PYTHON:-python3} abu=$scenes/abu/abu tile latent name
    local training=("$abu-airport-1.mat" "$abu-airport-2.mat" "$abu-urban-1.mat"
        "$abu-beach-1.mat" "$scenes/jasper-ridge/jasperRidge2_F224.img")
    local tested=("$abu-urban-5.mat" "$scenes/salinas-a/SalinasA_corrected.img")
    if ! "$python" -c 'import imagecodecs, numpy, scipy' 2>/dev/null; then
        echo "skipped: $python has no NumPy, SciPy or imagecodecs (set PYTHON)"
        return 0
    fi
    # Lines of a tile and values of its latent, a network each.
    while read -r tile latent; do
        .build/release/field-benchmark unseen --iterations "${UNSEEN_ITERATIONS:-3000}" \
            --tile "$tile" --latent "$latent" --training "${training[@]}" -- "${tested[@]}"
    done >"$folder/unseen.jsonl" <<<"$unseen_sizes"
    "$python" Benchmarks/unseen_peers.py "${training[@]}" -- "${tested[@]}" \
        >"$folder/peers.jsonl"
    "$python" Benchmarks/unseen_table.py "$folder" "$folder"/{unseen,peers}.jsonl
    for name in abu-urban-5 SalinasA_corrected; do
        .build/release/field-benchmark chart --title "$name, not seen in training" --markers \
            --logarithmic --x rate --x-label "bits per sample" --y psnrDecibels \
            --y-label "PSNR, dB" --x-range 0.0004:0.06 --y-range 20:56 \
            --output "$folder/unseen-$name.png" \
            "ours=$folder/$name-ours.jsonl" \
            "~ours, network shared by 100=$folder/$name-ours-100.jsonl" \
            "ours, no price on bits=$folder/$name-product.jsonl" \
            "linear tiles=$folder/$name-tiles.jsonl" \
            "PCA of other scenes + JPEG 2000=$folder/$name-pca-j2k-shared.jsonl" \
            "PCA + JPEG 2000=$folder/$name-pca-j2k.jsonl"
    done
    keep {unseen,peers}.jsonl unseen-{abu-urban-5,SalinasA_corrected}.png
}

unseen_sizes='8 32
16 32
4 16
32 32
6 32
12 32'

# Files of the working folder that are wanted after the run.
keep() {
    [ -n "${KEPT:-}" ] || return 0
    mkdir -p "$KEPT"
    local name
    for name in "$@"; do cp "$folder/$name" "$KEPT/"; done
}

# CCSDS 123 with given parameters, both ways, ours and numba's in turn.
ccsds() {
    echo "## CCSDS 123.0-B-2 with given parameters beside the numba implementation"
    needs_scenes || return 0
    "${PYTHON:-python3}" Benchmarks/numba_ccsds.py \
        "$scenes/derived/jasper_ridge_100x100x198_u16.npy" "$scenes/abu/abu-airport-3.mat"
}

# Of a training's curve: when it first reached 37 dB, and its end.
summary() { awk '/"psnrDecibels": ?(3[7-9]|[4-9])/ && !met { print; met = 1 } { last = $0 } END { print last }'; }

# Two trainings, a trial and a rotation under a daemon.
rotation() { Benchmarks/rotation.py; }

for part in $parts; do
    "$part"
done
