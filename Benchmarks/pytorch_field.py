"""The same method as a PyTorch user would write it: the peer of field-benchmark.

K = 10, d = 128, w0 = 15, one 32-value latent per scene, first-order CAVIA (3 inner steps of rate 1 on
512 random pixels), Adam 1e-3 with warm-up and cosine decay on 1,024 random pixels. Prints JSON lines.

    pytorch_field.py train SECONDS SCENES...      trains and prints the curve
    pytorch_field.py speed SECONDS SCENES...      then also times encoding and decoding on one core
"""
import json
import math
import sys
import time

import numpy as np
import torch

K, D, LATENT, OMEGA, STEPS = 10, 128, 32, 15.0, 3
INNER_RATE, INNER_PIXELS, OUTER_PIXELS, OUTER_RATE, WARM_UP = 1.0, 512, 1024, 1e-3, 100


def load(path):
    if path.endswith(".npy"):
        cube = np.load(path)
    else:
        import scipy.io
        arrays = [a for a in scipy.io.loadmat(path).values() if getattr(a, "ndim", 0) == 3]
        cube = arrays[0]
    cube = cube.astype(np.float32)
    cube = (cube - cube.min()) / (cube.max() - cube.min())
    return torch.from_numpy(np.ascontiguousarray(cube))


def grid(lines, samples):
    y = (2 * torch.arange(lines) + 1) / lines - 1
    x = (2 * torch.arange(samples) + 1) / samples - 1
    return torch.stack(torch.meshgrid(y, x, indexing="ij")[::-1], -1).reshape(-1, 2)


class ModulatedSiren(torch.nn.Module):
    def __init__(self, bands):
        super().__init__()
        sizes = [2] + [D] * K
        self.hidden = torch.nn.ModuleList(torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.output = torch.nn.Linear(D, bands)
        self.modulation = torch.nn.Linear(LATENT, K * D)
        with torch.no_grad():
            self.hidden[0].weight.uniform_(-1 / 2, 1 / 2)
            bound = math.sqrt(6 / D) / OMEGA
            for layer in list(self.hidden)[1:] + [self.output]:
                layer.weight.uniform_(-bound, bound)
            self.modulation.bias.zero_()

    def forward(self, coordinates, latent, bands=None):
        shifts = self.modulation(latent).reshape(K, D)
        h = coordinates
        for layer, shift in zip(self.hidden, shifts):
            h = torch.sin(OMEGA * (layer(h) + shift))
        return torch.nn.functional.linear(h, self.output.weight[:bands], self.output.bias[:bands])


def adapt(model, coordinates, pixels, pixel_count):
    latent = torch.zeros(LATENT, requires_grad=True)
    for _ in range(STEPS):
        if pixel_count is None:
            x, target = coordinates, pixels
        else:
            chosen = torch.randint(len(pixels), (pixel_count,))
            x, target = coordinates[chosen], pixels[chosen]
        loss = torch.mean((model(x, latent, pixels.shape[1]) - target) ** 2)
        (slope,) = torch.autograd.grad(loss, latent)
        latent = (latent - INNER_RATE * slope).detach().requires_grad_()
    return latent.detach()


def report(**values):
    print(json.dumps(values), flush=True)


def train(model, scenes, seconds):
    optimizer = torch.optim.Adam(model.parameters(), lr=OUTER_RATE)
    start, iteration, smoothed, last = time.time(), 0, None, 0.0
    while (elapsed := time.time() - start) < seconds:
        warm_up = min(1, (iteration + 1) / WARM_UP)
        for group in optimizer.param_groups:
            group["lr"] = OUTER_RATE * warm_up * 0.5 * (1 + math.cos(math.pi * elapsed / seconds))
        optimizer.zero_grad()
        total = 0.0
        for coordinates, pixels in scenes:
            latent = adapt(model, coordinates, pixels, INNER_PIXELS)
            chosen = torch.randint(len(pixels), (OUTER_PIXELS,))
            prediction = model(coordinates[chosen], latent, pixels.shape[1])
            loss = torch.mean((prediction - pixels[chosen]) ** 2) / len(scenes)
            loss.backward()
            total += loss.item()
        optimizer.step()
        smoothed = total if smoothed is None else 0.95 * smoothed + 0.05 * total
        iteration += 1
        if elapsed - last >= 1:
            last = elapsed
            report(seconds=elapsed, iteration=iteration, psnrDecibels=-10 * math.log10(smoothed))
    return iteration, time.time() - start


def least(count, work):
    times = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def decibels(model, coordinates, pixels, latent):
    with torch.no_grad():
        error = torch.mean((model(coordinates, latent, pixels.shape[1]) - pixels) ** 2)
    return -10 * math.log10(error.item())


def speed(model, scenes, names):
    torch.set_num_threads(1)
    for name, (coordinates, pixels) in zip(names, scenes):
        report(work="encode", scene=name,
               seconds=least(10, lambda: adapt(model, coordinates, pixels, 240)),
               fullPixelSeconds=least(2, lambda: adapt(model, coordinates, pixels, None)))
    coordinates, pixels = grid(1000, 1000), scenes[0][1]
    latent = adapt(model, *scenes[0], None)
    bands = pixels.shape[1]
    products = 2 * (2 * D + (K - 1) * D * D + bands * D) * len(coordinates)

    def decode(block):
        with torch.no_grad():
            for first in range(0, len(coordinates), block):
                model(coordinates[first:first + block], latent, bands)

    for block in [len(coordinates), 65536, 16384, 4096, 1024, 512, 256]:
        seconds = least(1 if block > 100000 else 2, lambda: decode(block))
        report(work="decode", block=block, seconds=seconds,
               gigaflopsPerSecond=products / seconds / 1e9)


def main():
    seconds, paths = float(sys.argv[2]), sys.argv[3:]
    torch.manual_seed(1)
    cubes = [load(path) for path in paths]
    scenes = [(grid(*c.shape[:2]), c.reshape(-1, c.shape[2])) for c in cubes]
    model = ModulatedSiren(max(c.shape[2] for c in cubes))
    iterations, elapsed = train(model, scenes, seconds)
    psnr = [decibels(model, *scene, adapt(model, *scene, None)) for scene in scenes]
    report(iterationCount=iterations, seconds=elapsed, scenePSNRDecibels=psnr)
    if sys.argv[1] == "speed":
        speed(model, scenes, paths)


if __name__ == "__main__":
    main()
