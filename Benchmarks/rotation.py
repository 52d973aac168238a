#!/usr/bin/env python3
"""The archive learns its own contents, with no command typed.

A daemon takes the generated scenes of one sensor and trains its first network. Then it takes the
rest, which are those of another sensor and the integer scenes of run.sh, encodes them with that
network, sees drift (they come out worse than the held-out ones did, or have bands that the network
does not know), trains again, tries the candidate, makes it current and tries every cube against it.
Counts of cubes and bytes are switched off as reasons: only drift can begin the second training.
This program moves files into the watch folder and reads the status; it gives no command.

States PSNR before and after, of the same cubes, and how long a drop takes to be archived: from
the move of its last file into the watch folder until the source is given up, which follows the
commit. That is timed while nothing else runs, during the training, while cubes are re-encoded, and
again while nothing else runs. A drop counts for a state only if that holds before and after it.
Ends with status 1 where anything takes too long, the second training has another reason than drift,
no drop was timed while cubes were re-encoded, or those took more than twice as long as the idle ones,
with or without the time for which the daemon lets every drop settle.

CUBEVAULT_SCENES     folder of the real scenes (default ../shared/scenes); without it only
                     generated ones are used
ROTATION_SCENES      generated scenes (default 200, half of each sensor)
ROTATION_FIELD       the network, hidden layers x width x latent values (default 5x64x32, which
                     learns enough in the budget; the archive's own default is larger)
ROTATION_SECONDS     budget of each training (default 240)
ROTATION_ITERATIONS  limit of each training's outer iterations (default none)
ROTATION_PROBES      drops that are timed in each state (default 12)
ROTATION_PATIENCE    seconds after which a wait is given up (default ROTATION_SECONDS + 600)
"""

import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILT = ROOT / ".build/release"
SCENES = pathlib.Path(os.environ.get("CUBEVAULT_SCENES", ROOT.parent / "shared/scenes"))
SETTLE_SECONDS = 0.2
# As in run.sh, and Jasper Ridge as it is published, beside the crops of it in derived.
INTEGER_SCENES = [
    "derived/*.npy", "salinas-a/*.img", "abu/*.mat", "emit-raw/*_raw", "corn-kernel/*.raw",
    "enmap-berlin-sim/*_compressed.bsq", "jasper-ridge/*.img", "jasper-ridge/*.mat",
]


def number(name, default):
    return int(os.environ.get(name) or default)


COUNT = number("ROTATION_SCENES", 200) // 2
SECONDS = number("ROTATION_SECONDS", 240)
FIELD = os.environ.get("ROTATION_FIELD") or "5x64x32"
ITERATIONS = number("ROTATION_ITERATIONS", 0)
PROBES = number("ROTATION_PROBES", 12)
PATIENCE = number("ROTATION_PATIENCE", SECONDS + 600)
began = time.monotonic()


class GivenUp(Exception):
    """A wait that took too long, or an archive that cannot get there."""


def say(text):
    print(f"[{time.monotonic() - began:6.1f} s] {text}", flush=True)


def command(*arguments):
    """Standard output of one call of the program."""
    return subprocess.run(
        ["cubevault", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


class Vault:
    """An archive with its daemon."""

    def __init__(self, folder):
        self.folder = folder
        # A copy, so that a build may go on meanwhile.
        programs = folder / "bin"
        programs.mkdir()
        for name in ["cubevault", "cubevault-gdal"]:
            if (BUILT / name).exists():
                shutil.copy(BUILT / name, programs)
        os.environ["PATH"] = f"{programs}:{os.environ['PATH']}"
        self.vault = folder / "vault"
        os.environ["CUBEVAULT_ARCHIVE"] = str(self.vault)
        command("init", str(self.vault))
        layers, width, latent = FIELD.split("x")
        self.configure({
            "hidden_layer_count": layers, "hidden_width": width, "latent_count": latent,
            "settle_seconds": SETTLE_SECONDS, "quiet_seconds": 3.0,
            "pause_above_load_percent": 100.0, "time_limit_seconds": float(SECONDS),
            "iteration_limit": ITERATIONS, "again_after_cube_count": 0,
            "again_after_gibibytes": 0.0, "drift_cube_count": COUNT,
        })
        self.log = folder / "log"
        with open(self.log, "wb") as log:
            self.daemon = subprocess.Popen(["cubevault", "daemon", "--log-level", "info"], stderr=log)
        self.wait("the daemon to watch", lambda: "watching" in self.log.read_text())

    def configure(self, settings):
        path = self.vault / "cubevault.toml"
        text = path.read_text()
        for key, value in settings.items():
            # The first table that has it: the field's, not its companion's.
            text, replaced = re.subn(rf"(?m)^{key} = .*$", f"{key} = {value}", text, count=1)
            assert replaced == 1, f"cubevault.toml has no setting '{key}'"
        path.write_text(text)

    def stop(self):
        if self.daemon.poll() is None:
            self.daemon.terminate()
            self.daemon.wait()

    def status(self):
        return json.loads(command("status", "--json"))

    def wait(self, what, holds, pause=0.2):
        """Waits until something holds, for as long as it can still come to that."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if self.daemon.poll() is not None:
                raise GivenUp(f"the daemon ended while waiting for {what}")
            for reason in (self.vault / "failed").glob("*.json"):
                raise GivenUp(f"waiting for {what}, but a drop failed: {reason.read_text()}")
            hopeless = re.search(
                r"base \d+ was refused.*|the (training|rotation) failed.*", self.log.read_text())
            if hopeless:
                raise GivenUp(f"waiting for {what}, but {hopeless[0]}")
            if time.monotonic() > end:
                raise GivenUp(f"waited {PATIENCE} s for {what}")
            time.sleep(pause)

    def cubes(self, *conditions):
        return json.loads(command("search", "--json", *conditions))

    def trainings(self):
        """Why each training that was begun was begun."""
        return re.findall(r"training a base network: (.*)", self.log.read_text())

    def is_training(self):
        return any(entry["report"]["activity"] == "training" for entry in self.status()["progress"])

    def is_reencoding(self):
        rotation = self.status().get("rotation")
        return bool(rotation) and rotation["state"] == "running"

    def is_idle(self):
        """Nothing waits, and nothing is in hand."""
        status = self.status()
        return not (
            status["pendingLatentCount"] or status["progress"]
            or status["jobs"]["queued"] or status["jobs"]["running"])

    def drop(self, files, collection):
        """Moves files into the sub-folder of a collection, headers first; returns the last."""
        target = self.vault / "ingest" / collection
        target.mkdir(exist_ok=True)
        for file in sorted(files, key=lambda file: file.suffix != ".hdr"):
            last = target / file.name
            file.rename(last)
        return last

    def generated(self, name, count, sensor, seed):
        """Scenes that are ready to be dropped, file by file."""
        folder = self.folder / name
        command(
            "generate", "--quiet", str(folder), "--scenes", str(count), "--sensor", sensor,
            "--lines", "64", "--samples", "64", "--seed", str(seed))
        return sorted(folder.iterdir())

    def integer_scenes(self):
        """Copies of the integer scenes, with their headers."""
        if not (SCENES / "README.md").exists():
            say(f"no real scenes in {SCENES}: generated ones only (set CUBEVAULT_SCENES)")
            return []
        folder = self.folder / "real"
        folder.mkdir()
        files = [file for pattern in INTEGER_SCENES for file in sorted(SCENES.glob(pattern))]
        for file in list(files):
            files += {header for header in (
                file.with_suffix(".hdr"), file.with_name(file.name + ".hdr")) if header.exists()}
        return [pathlib.Path(shutil.copyfile(file, folder / file.name)) for file in files]

    def is_quiet(self):
        """No training and no rotation; a timed drop's own first latent may be under way."""
        return not self.is_training() and not self.is_reencoding()

    def latencies(self, name, seed, holds, begins=lambda: True):
        """Seconds from drop to commit of single cubes, while a state holds."""
        files = self.generated(name, PROBES, "vnir", seed)
        taken = []
        for header in [file for file in files if file.suffix == ".hdr"]:
            self.wait("the moment for a timed drop", begins)
            before = holds()
            start = time.monotonic()
            last = self.drop([header, header.with_suffix(".img")], name)
            self.wait("a timed drop to be archived", lambda: not last.exists(), pause=0.002)
            seconds = time.monotonic() - start
            if before and holds():
                taken.append(seconds)
            # Its own first latent shall not be what the next one is held up by.
            self.wait(
                "the first latent of a timed drop",
                lambda: all("baseVersion" in cube for cube in self.cubes("--collection", name)))
        return taken


def decibels(cubes):
    """PSNR of the cubes that have a latent, by ID."""
    return {cube["id"]: cube["latentPSNRDecibels"] for cube in cubes
            if "latentPSNRDecibels" in cube}


def table(title, cubes, columns):
    """Mean PSNR of each collection, of the cubes that every column has."""
    print(title)
    common = [cube for cube in cubes if all(cube["id"] in column for column in columns)]
    kinds = {cube["collection"] for cube in common}
    for kind in sorted(kinds) + ["all"]:
        chosen = [cube["id"] for cube in common if kind in ("all", cube["collection"])]
        means = [statistics.mean(column[cube] for cube in chosen) for column in columns]
        texts = " -> ".join(f"{mean:.2f} dB" for mean in means)
        print(f"    {kind:10} {len(chosen):4} cubes  {texts}")
    if len(common) < len(cubes):
        print(f"    {len(cubes) - len(common)} cubes had no latent in one of them")


def latency_line(state, seconds, reference=None):
    """One line of the latencies."""
    if not seconds:
        return f"    {state:22} no drop was timed in this state"
    middle = statistics.median(seconds)
    whole, work = ratios(middle, reference) if reference else (None, None)
    text = (f"    {state:22} {len(seconds):3} drops  median {middle * 1000:5.0f} ms"
            f"  slowest {max(seconds) * 1000:5.0f} ms")
    if reference:
        text += f"  {whole:.2f} times idle ({work:.2f} without the settling time)"
    return text


def ratios(busy, idle):
    """How many times as long a drop takes as an idle one: in all, and without the settling time."""
    return busy / idle, (busy - SETTLE_SECONDS) / (idle - SETTLE_SECONDS)


def first_network(vault):
    vault.drop(vault.generated("first", COUNT, "vnir", 1), "first")
    vault.wait("the first network", lambda: vault.status().get("currentBase") == 1)
    vault.wait("latents of the first cubes", vault.is_idle)
    say("the first network is current and every cube has a latent")
    table("first network:", vault.cubes(), [decibels(vault.cubes())])


def drift(vault):
    """Drops the rest; returns once the archive has begun to train again because of it."""
    files = vault.generated("second", COUNT, "full", 100_001)
    vault.drop(files, "second")
    real = vault.integer_scenes()
    if real:
        vault.drop(real, "real")
    expected = len(vault.cubes()) + COUNT + len([f for f in real if f.suffix != ".hdr"])
    vault.wait("all drops", lambda: len(vault.cubes()) == expected)
    say("all of the rest is archived")
    vault.wait("the second training", lambda: len(vault.trainings()) > 1 or vault.is_idle())
    # The archive looks every few seconds whether it is time to train.
    time.sleep(0 if len(vault.trainings()) > 1 else 15)
    if len(vault.trainings()) < 2:
        table("against the first network:", vault.cubes(), [decibels(vault.cubes())])
        raise GivenUp("every cube is encoded, and that is no drift")
    say(f"second training: {vault.trainings()[1]}")
    if not re.search("below the held-out ones|unknown to the network", vault.trainings()[1]):
        raise GivenUp("the second training was not begun by drift")


def main():
    with tempfile.TemporaryDirectory() as folder:
        vault = Vault(pathlib.Path(folder))
        try:
            run(vault)
        except GivenUp as reason:
            print(f"rotation.py gives up: {reason}\nthe end of the daemon's log:", file=sys.stderr)
            print("\n".join(vault.log.read_text().splitlines()[-20:]), file=sys.stderr)
            print(command("status"), file=sys.stderr)
            sys.exit(1)
        finally:
            vault.stop()


def run(vault):
    first_network(vault)
    idle = vault.latencies("idle", 200_001, vault.is_quiet, vault.is_idle)
    say("drops were timed while nothing else ran")
    drift(vault)
    vault.wait(
        "first latents of the rest",
        lambda: vault.is_training() and vault.status()["pendingLatentCount"] == 0
        or vault.status()["currentBase"] > 1)
    before = decibels(vault.cubes())
    table("first network, with the rest:", vault.cubes(), [before])
    if vault.status()["currentBase"] > 1:
        say("the second training ended before the first network had encoded the rest")
    training = vault.latencies("training", 300_001, vault.is_training)
    vault.wait("the second network", lambda: vault.status()["currentBase"] > 1)
    say("the second network is current; cubes are re-encoded")
    waiting = vault.status()["rotation"]["remainingCubeCount"]
    busy = vault.latencies("rotation", 400_001, vault.is_reencoding)
    left = vault.status()["rotation"]["remainingCubeCount"]
    say(f"re-encoding had {waiting} cubes to try when timing began and {left} when it ended")
    vault.wait("the rotation", lambda: not vault.is_reencoding())
    vault.wait("what is left", vault.is_idle)
    say("the rotation is done")
    late = vault.latencies("idle-again", 500_001, vault.is_quiet, vault.is_idle)
    report(vault, before, [idle, training, busy, late])


def report(vault, before, latencies):
    idle, training, busy, late = latencies
    cubes = [cube for cube in vault.cubes() if cube["id"] in before]
    table("before and after the rotation:", cubes, [before, decibels(cubes)])
    rotation = vault.status()["rotation"]
    print(f"    the rotation tried {rotation['cubeCount']} cubes and switched"
          f" {rotation['flippedCubeCount']}")
    print("a drop, until it is archived:")
    reference = statistics.median(idle + late) if idle + late else None
    print(latency_line("idle, before", idle))
    print(latency_line("idle, after", late))
    print(latency_line("during the training", training, reference))
    print(latency_line("during the rotation", busy, reference))
    print(command("history", str(rotation["version"])))
    print(command("check", "--read-data", "--quiet"))
    say("done")
    if not busy or not reference:
        raise GivenUp("the rotation was over before a drop could be timed; take more scenes")
    if max(ratios(statistics.median(busy), reference)) > 2:
        raise GivenUp("a drop takes more than twice as long during the rotation")


if __name__ == "__main__":
    main()
