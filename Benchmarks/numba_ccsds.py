"""CCSDS 123.0-B-2 with given parameters: ours beside the numba implementation, one thread each.

The peer is github.com/joshuadarecullen/CCSDS-HSI-Compression, a checkout of which CCSDS_NUMBA names.
Per scene and setting: both are warmed up (numba compiles), then they take turns, A B A B, each turn
the fastest of three encodings and of three decodings; the fastest turns are printed, because what
else a machine does only slows them, with the least and greatest ratio of any two neighbouring turns.
Files, search and catalog play no part.

    numba_ccsds.py SCENES...         .npy or .mat files of integers, lines x samples x bands

CCSDS_NUMBA    the peer's checkout
CODER_PROGRAM  ours (default .build/release/coder-benchmark)
ROUNDS         turns of each (default 8)
REALTIME       1: measure at real-time priority (needs the right to; starves everything else)

Ours and theirs read the same samples and write streams of the same parameters, whose sizes agree; the
bytes differ in the peer as published, which takes the parity of another number in eq. (55).
"""
import json
import os
import subprocess
import sys
import time

REPETITIONS = 3
# name, our options, theirs
SETTINGS = [
    ("usual, hybrid", [], dict(entropy_coder="hybrid")),
    ("usual, sample-adaptive", ["--sample-adaptive"], dict(entropy_coder="sample_adaptive")),
    ("tuned, hybrid",
     "--reduced --bands 8 --omega 19 --first-exponent 4 --last-exponent 8 --interval-log2 8 "
     "--counter-size 8 --theta 3 --phi 2".split(),
     dict(entropy_coder="hybrid", full=False, num_prediction_bands=8, omega=19, v_min=4, v_max=8,
          t_inc=256, gamma_star=8, theta=3, phi=2)),
]


def skip(why):
    print("skipped: " + why)
    sys.exit(0)


def load(path):
    """[bands][lines][samples], int64."""
    if path.endswith(".npy"):
        cube = numpy.load(path)
    else:
        import scipy.io
        cube = next(a for a in scipy.io.loadmat(path).values() if getattr(a, "ndim", 0) == 3)
    return numpy.ascontiguousarray(cube.transpose(2, 0, 1)).astype(numpy.int64)


def peer(cube, **settings):
    least, most = int(cube.min()), int(cube.max())
    signed = least < 0
    depth = max((-least - 1).bit_length() if signed else 0, most.bit_length()) + signed
    bands, lines, samples = cube.shape
    given = dict(num_prediction_bands=15, k_init=min(3, depth - 2))
    return Ccsds123(CodecParams(
        num_bands=bands, height=lines, width=samples, dynamic_range=max(2, depth), signed=signed,
        **{**given, **settings}))


def least_seconds(work):
    best, result = float("inf"), None
    for _ in range(REPETITIONS):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return best, result


def their_turn(codec, cube):
    encoding, stream = least_seconds(lambda: codec.compress(cube))
    decoding, decoded = least_seconds(lambda: codec.decompress(stream))
    assert (decoded == cube).all(), "the peer gave other samples back"
    return encoding, decoding, len(stream)


def our_turn(program, path, options):
    text = subprocess.run(
        [program, "ccsds", path, "--repetitions", str(REPETITIONS)] + options, check=True,
        capture_output=True, text=True).stdout
    report = json.loads(text)
    return report["encodingSeconds"], report["decodingSeconds"], report["byteCount"]


def compare(program, path, name, options, settings):
    cube = load(path)
    codec = peer(cube, **settings)
    codec.decompress(codec.compress(cube))
    our_turn(program, path, options)
    if os.environ.get("REALTIME") == "1":
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    turns = [(our_turn(program, path, options), their_turn(codec, cube))
             for _ in range(int(os.environ.get("ROUNDS", "8")))]
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    cells = [os.path.basename(path), name]
    for way in (0, 1):
        ours, theirs = ([cube.size / turn[who][way] / 1e6 for turn in turns] for who in (0, 1))
        ratios = [a / b for a, b in zip(ours, theirs)]
        cells.append("%.1f | %.1f | %.1f (%.1f to %.1f)" % (
            max(ours), max(theirs), max(ours) / max(theirs), min(ratios), max(ratios)))
    cells += ["%.3f" % (8 * turns[0][who][2] / cube.size) for who in (0, 1)]
    print("| " + " | ".join(cells) + " |", flush=True)


if len(sys.argv) < 2:
    sys.exit(__doc__)
checkout = os.environ.get("CCSDS_NUMBA", "")
if not os.path.isfile(os.path.join(checkout, "src/ccsds/core/reference_codec.py")):
    skip("no checkout of joshuadarecullen/CCSDS-HSI-Compression in CCSDS_NUMBA")
ours = os.environ.get("CODER_PROGRAM", ".build/release/coder-benchmark")
if not os.access(ours, os.X_OK):
    skip(ours + " is not built (swift build -c release)")
try:
    import numba
    import numpy
except ImportError as error:
    skip("this Python has no NumPy or no numba (%s)" % error)
sys.path.insert(0, checkout)
from src.ccsds.core.reference_codec import Ccsds123, CodecParams

print("numba %s, NumPy %s; MSample/s, one thread each" % (numba.__version__, numpy.__version__))
print("| scene | setting | ours encoding | numba | ratio | ours decoding | numba | ratio "
      "| our bits | numba's |")
print("|---" * 10 + "|")
for scene in sys.argv[1:]:
    for setting in SETTINGS:
        compare(ours, scene, *setting)
