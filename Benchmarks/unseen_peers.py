"""The peers of `field-benchmark unseen`: linear methods on scenes that their shared parts have not seen.

    unseen_peers.py TRAINING... -- TESTED...      prints JSON lines

pca-j2k         PCA over bands fitted to the tested scene itself, component images as JPEG 2000
                (OpenJPEG, 9/7, one codestream). Mean and basis are rounded to a step that matches the
                distortion, and counted.
pca-j2k-shared  the same with the basis of the training scenes, counted in the shared bytes alone.
tiles           PCA of whole tiles (pixels x bands) of the training scenes; a tile's first values, rounded.

Wherever a choice had to be made, it favours the peer. Basis, mean and tile values cost their ideal code
length under a Laplacian whose width is fitted to what is coded (2 bytes each); the main header of a
JPEG 2000 stream, the same for all, is not counted; of two training sets, all scenes and those that have
all bands, the better is taken. A scene's own offset and gain are 8 bytes, as are sizes.
"""
import json
import sys

import imagecodecs
import numpy as np

COMMON_BYTES = 16
HIGHEST_RATE = 0.08
STEPS = np.geomspace(3.0, 0.02, 26)
TILES = (4, 6, 8, 12, 16, 24, 32)
VALUES = (4, 8, 16, 32, 64, 128)


def load(path):
    """[lines][samples][bands] of a cube and its wavelengths, if it has any."""
    if path.endswith(".mat"):
        import scipy.io
        cube = next(a for a in scipy.io.loadmat(path).values() if getattr(a, "ndim", 0) == 3)
        return cube.astype(np.float64), None
    fields = {}
    with open(path.rsplit(".", 1)[0] + ".hdr") as file:
        text = file.read()
    for key in ("samples", "lines", "bands", "data type", "interleave", "byte order"):
        position = text.index(key)
        fields[key] = text[text.index("=", position) + 1:].split("\n")[0].strip()
    lines, samples, bands = (int(fields[key]) for key in ("lines", "samples", "bands"))
    kind = {"2": "i2", "12": "u2", "4": "f4"}[fields["data type"]]
    raw = np.fromfile(path, dtype=">" + kind if fields["byte order"] == "1" else "<" + kind)
    cube = {
        "bip": lambda: raw.reshape(lines, samples, bands),
        "bil": lambda: raw.reshape(lines, bands, samples).transpose(0, 2, 1),
        "bsq": lambda: raw.reshape(bands, lines, samples).transpose(1, 2, 0),
    }[fields["interleave"].lower()]()
    wavelengths = None
    if "\nwavelength =" in text:
        listed = text[text.index("\nwavelength ="):].split("{")[1].split("}")[0]
        wavelengths = np.array([float(part) for part in listed.split(",")])
    return cube.astype(np.float64), wavelengths


class Scene:
    """A cube scaled to 0...1 by the extremes of its bands that vary."""

    def __init__(self, path):
        self.name = path.rsplit("/", 1)[1].rsplit(".", 1)[0]
        self.cube, wavelengths = load(path)
        self.live = np.ptp(self.cube, axis=(0, 1)) > 0
        values = self.cube[:, :, self.live]
        self.low, self.high = values.min(), values.max()
        self.scaled = (self.cube - self.low) / (self.high - self.low)
        self.lines, self.samples, self.bands = self.cube.shape
        # Outputs as the field has them: ascending wavelengths, or the index.
        self.places = np.arange(self.bands)
        if wavelengths is not None:
            self.places = np.argsort(np.argsort(wavelengths))

    def on_grid(self, band_count):
        """[lines][samples][band_count], NaN where the scene has no band."""
        grid = np.full((self.lines, self.samples, band_count), np.nan)
        for band in np.flatnonzero(self.live):
            if self.places[band] < band_count:
                grid[:, :, self.places[band]] = self.scaled[:, :, band]
        return grid

    def decibels(self, reconstruction):
        """PSNR of a scaled reconstruction, rounded to whole numbers as the cube has them."""
        decoded = np.clip(np.rint(reconstruction * (self.high - self.low) + self.low),
                          self.low, self.high)
        error = np.mean((decoded - self.cube) ** 2)
        return 10 * np.log10((self.high - self.low) ** 2 / error)


def report(codec, scene, byte_count, shared_byte_count, reconstruction, **more):
    print(json.dumps(dict(
        work="unseen", codec=codec, scene=scene.name, bytes=int(np.ceil(byte_count)),
        networkBytes=int(shared_byte_count), samples=scene.cube.size,
        psnrDecibels=scene.decibels(reconstruction), **more)), flush=True)


def laplacian_bits(indices):
    """Ideal bits of whole numbers under a discrete two-sided geometric law fitted to them."""
    indices = np.abs(np.asarray(indices, np.int64)).ravel()
    mean = indices.mean()
    if mean == 0:
        return 0.0
    # P(0) = (1 - r) / (1 + r), P(n) = P(0) r^|n|; the mean of |n| is 2 r / (1 - r^2).
    ratio = (np.sqrt(1 + mean * mean) - 1) / mean
    law = -np.log2((1 - ratio) / (1 + ratio)) * indices.size - np.log2(ratio) * indices.sum()
    # or the entropy of their own histogram, where its table is cheaper
    _, counts = np.unique(indices, return_counts=True)
    entropy = -(counts * np.log2(counts / indices.size)).sum() + (indices > 0).sum()
    return min(law + 16, entropy + 8 * counts.size)


def sequence_bits(values):
    """Bits of a vector over bands: itself or its differences."""
    return min(laplacian_bits(values), laplacian_bits(np.diff(values, prepend=0)))


def principal(rows, count):
    """Mean and first principal directions [columns][count] of rows."""
    mean = rows.mean(0)
    centred = rows - mean
    if rows.shape[0] < rows.shape[1]:
        powers, vectors = np.linalg.eigh(centred @ centred.T)
        order = np.argsort(powers)[::-1][:count]
        basis = centred.T @ vectors[:, order] / np.sqrt(np.maximum(powers[order], 1e-30))
    else:
        powers, vectors = np.linalg.eigh(centred.T @ centred)
        basis = vectors[:, np.argsort(powers)[::-1][:count]]
    return mean, basis


def jpeg2000(planes, step):
    """[count][lines][samples] through OpenJPEG to about the distortion of a step; bytes and planes."""
    count, lines, samples = planes.shape
    low, high = planes.min(), planes.max()
    unit = max((high - low) / 65000, min((high - low) / 4000, step / 16))
    whole = np.clip(np.rint((planes - low) / unit), 0, 65535).astype(np.uint16)
    bits = int(whole.max()).bit_length()
    image = np.ascontiguousarray(whole.transpose(1, 2, 0))
    level = 10 * np.log10((2.0 ** bits - 1) ** 2 * unit * unit / (step * step / 12))
    stream = imagecodecs.jpeg2k_encode(
        image[:, :, 0] if count == 1 else image, level=level, codecformat="j2k",
        reversible=False, bitspersample=bits, resolutions=6, mct=False)
    decoded = imagecodecs.jpeg2k_decode(stream).astype(np.float64).reshape(lines, samples, count)
    return len(stream) - stream.index(b"\xff\x93"), decoded.transpose(2, 0, 1) * unit + low


def candidates(power, step):
    """Counts of components worth a try: those whose power exceeds some multiples of the noise."""
    return sorted({max(1, int((power > step * step / 12 * factor).sum()))
                   for factor in (0.3, 1.0, 3.0, 10.0)})


def rounded_basis(mean, basis, power, step, pixel_count):
    """Mean and basis rounded so that they hurt about as much as the step; and their bits."""
    fine = step / np.sqrt(pixel_count)
    whole = np.rint(mean / fine)
    bits = sequence_bits(whole)
    columns = []
    for vector, own in zip(basis.T, power):
        unit = min(step / np.sqrt(pixel_count * own), 0.25)
        column = np.rint(vector / unit)
        if not column.any():
            column[np.abs(vector).argmax()] = 1
        bits += sequence_bits(column) + 8
        columns.append(column * unit)
    return whole * fine, np.stack(columns, 1), bits


def own_pca(scene):
    pixels = scene.scaled.reshape(-1, scene.bands)
    mean, basis = principal(pixels, 16)
    power = ((pixels - mean) @ basis).var(0)
    for step in STEPS:
        for count in candidates(power, step):
            for care in (1.0, 2.0, 4.0):
                coarse_mean, used, bits = rounded_basis(
                    mean, basis[:, :count], power, care * step, len(pixels))
                scores = np.linalg.lstsq(used, (pixels - coarse_mean).T, rcond=None)[0]
                data, planes = jpeg2000(scores.reshape(count, scene.lines, scene.samples), step)
                total = COMMON_BYTES + bits / 8 + data
                if total * 8 / scene.cube.size > HIGHEST_RATE:
                    continue
                decoded = coarse_mean + (used @ planes.reshape(count, -1)).T
                report("pca-j2k", scene, total, 0, decoded.reshape(scene.cube.shape),
                       components=count, step=step)


def filled(grids):
    """Training grids with absent bands set to the mean of the scenes that have them."""
    band_mean = np.nanmean(np.concatenate([g.reshape(-1, g.shape[2]) for g in grids]), 0)
    return [np.where(np.isnan(g), band_mean, g) for g in grids]


def shared_pca(scene, grids, training):
    mean, basis = principal(np.concatenate([g.reshape(-1, g.shape[2]) for g in grids]), 24)
    mean, basis = mean[:scene.bands], basis[:scene.bands]
    pixels = scene.scaled.reshape(-1, scene.bands) - mean
    power = (pixels @ basis).var(0)
    for step in STEPS:
        for count in candidates(power, step):
            used = basis[:, :count]
            scores = np.linalg.lstsq(used, pixels.T, rcond=None)[0]
            data, planes = jpeg2000(scores.reshape(count, scene.lines, scene.samples), step)
            total = COMMON_BYTES + data
            if total * 8 / scene.cube.size > HIGHEST_RATE:
                continue
            decoded = mean + (used @ planes.reshape(count, -1)).T
            report("pca-j2k-shared", scene, total, 2 * scene.bands * (count + 1),
                   decoded.reshape(scene.cube.shape), components=count, step=step,
                   training=training)


def cut(grid, size, stride):
    """[tiles][size][size][bands] of a grid."""
    lines, samples = grid.shape[:2]
    return np.stack([
        grid[line:line + size, sample:sample + size]
        for line in range(0, lines - size + 1, stride)
        for sample in range(0, samples - size + 1, stride)])


def learned_tiles(grids, size):
    """Mean [size][size][bands] and first directions [size][size][bands][values] of the tiles of
    grids. The tiles overlap as far as memory goes, and their spectra are first reduced to 32
    directions, which hold all but noise."""
    band_count = grids[0].shape[2]
    mean, spectra = principal(
        np.concatenate([g.reshape(-1, band_count) for g in grids]), 32)
    reduced = [(g - mean) @ spectra for g in grids]
    stride = size
    while stride > 1 and sum((g.shape[0] * g.shape[1]) // stride ** 2 * 4 for g in grids) < 3000:
        stride //= 2
    rows = np.concatenate([cut(g, size, stride) for g in reduced])
    tile_mean, basis = principal(rows.reshape(len(rows), -1), max(VALUES))
    return (mean + tile_mean.reshape(size, size, 32) @ spectra.T,
            np.einsum("yxsv,bs->yxbv", basis.reshape(size, size, 32, -1), spectra))


def tile_dictionary(scene, learned, training, size):
    mean = learned[0][:, :, :scene.bands].reshape(-1)
    basis = learned[1][:, :, :scene.bands].reshape(len(mean), -1)
    down, across = -(-scene.lines // size), -(-scene.samples // size)
    padded = np.pad(scene.scaled, (
        (0, down * size - scene.lines), (0, across * size - scene.samples), (0, 0)), mode="edge")
    tiles = cut(padded, size, size).reshape(down * across, -1) - mean
    for count in VALUES:
        if count > basis.shape[1]:
            break
        used = basis[:, :count]
        values = np.linalg.lstsq(used, tiles.T, rcond=None)[0].T.reshape(down, across, count)

        def rebuilt(coded):
            flat = coded.reshape(-1, count) @ used.T + mean
            whole = flat.reshape(down, across, size, size, scene.bands).transpose(0, 2, 1, 3, 4)
            return whole.reshape(padded.shape)[:scene.lines, :scene.samples]

        unrounded = scene.decibels(rebuilt(values))
        for step in np.geomspace(np.abs(values).max(), np.abs(values).max() / 300, 17):
            indices = np.rint(values / step).astype(np.int64)
            total = COMMON_BYTES + tile_bits(indices) / 8
            if total * 8 / scene.cube.size > HIGHEST_RATE:
                break
            report("tiles", scene, total, 2 * len(mean) * (count + 1), rebuilt(indices * step),
                   tile=size, latentCount=count, step=float(step),
                   unroundedPSNRDecibels=unrounded, training=training)


def tile_bits(indices):
    """[rows][columns][values]: each value by itself, or less its neighbours', whichever is best."""
    left = np.diff(indices, axis=1, prepend=0)
    above = np.diff(indices, axis=0, prepend=0)
    mean = indices.copy()
    mean[1:, 1:] -= (indices[1:, :-1] + indices[:-1, 1:]) >> 1
    mean[0, 1:] = left[0, 1:]
    mean[1:, 0] = above[1:, 0]
    return sum(
        2 + min(laplacian_bits(kind[:, :, value]) for kind in (indices, left, above, mean))
        for value in range(indices.shape[2]))


def main():
    split = sys.argv.index("--")
    training = [Scene(path) for path in sys.argv[1:split]]
    tested = [Scene(path) for path in sys.argv[split + 1:]]
    grids = [other.on_grid(max(scene.bands for scene in tested)) for other in training]
    whole = [grid for grid in grids if not np.isnan(grid).any()]
    sets = {"all": filled(grids)}
    if whole:
        sets["with all bands"] = whole
    for scene in tested:
        own_pca(scene)
        for name, chosen in sets.items():
            shared_pca(scene, chosen, name)
    for name, chosen in sets.items():
        for size in TILES:
            learned = learned_tiles(chosen, size)
            for scene in tested:
                tile_dictionary(scene, learned, name, size)


if __name__ == "__main__":
    main()
