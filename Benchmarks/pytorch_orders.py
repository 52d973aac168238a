"""First-order or second-order CAVIA, fixed or learned inner rates: which wins per second?

The network of pytorch_field.py on 240 fixed inner pixels of each scene, Adam, one thread; every variant has
the same seconds of processor time, so that the answer does not depend on what else runs. Second order
differentiates through the inner loop (three more passes backwards, and all activations kept). Learned
rates are one per latent value, moved by the same Adam: exactly in the second order, in the first order
with the inner gradients as constants (Li et al., 2017, Meta-SGD). Prints JSON lines.

    pytorch_orders.py PROCESSOR_SECONDS SCENES...
"""
import math
import sys
import time

import torch

from pytorch_field import (
    LATENT, OUTER_PIXELS, OUTER_RATE, STEPS, WARM_UP, ModulatedSiren, decibels, grid, load, report)

INNER_PIXELS, INNER_RATE, RATE_OF_RATES = 240, 0.3, 3e-3


def fixed_pixels(lines, samples):
    """The middles of about INNER_PIXELS equal squares."""
    side = math.sqrt(lines * samples / INNER_PIXELS)
    rows = torch.arange(side / 2, lines, side).long()
    columns = torch.arange(side / 2, samples, side).long()
    return (rows[:, None] * samples + columns).reshape(-1)


def adapt(model, scene, rates, order):
    coordinates, pixels, inner = scene
    latent = torch.zeros(LATENT, requires_grad=True)
    for _ in range(STEPS):
        loss = torch.mean(
            (model(coordinates[inner], latent, pixels.shape[1]) - pixels[inner]) ** 2)
        (slope,) = torch.autograd.grad(loss, latent, create_graph=order == 2)
        latent = latent - rates * slope
        if order == 1 and not rates.requires_grad:
            latent = latent.detach().requires_grad_()
    return latent


def train(scenes, seconds, order, learns_rates):
    torch.manual_seed(1)
    model = ModulatedSiren(max(pixels.shape[1] for _, pixels, _ in scenes))
    rates = torch.full((LATENT,), INNER_RATE, requires_grad=learns_rates)
    groups = [{"params": list(model.parameters()), "peak": OUTER_RATE}]
    if learns_rates:
        groups.append({"params": [rates], "peak": RATE_OF_RATES})
    optimizer = torch.optim.Adam(groups)
    start, iteration = time.process_time(), 0
    while (elapsed := time.process_time() - start) < seconds:
        fall = 0.5 * (1 + math.cos(math.pi * elapsed / seconds))
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * min(1, (iteration + 1) / WARM_UP) * fall
        optimizer.zero_grad()
        for scene in scenes:
            coordinates, pixels, _ = scene
            latent = adapt(model, scene, rates, order)
            chosen = torch.randint(len(pixels), (OUTER_PIXELS,))
            prediction = model(coordinates[chosen], latent, pixels.shape[1])
            (torch.mean((prediction - pixels[chosen]) ** 2) / len(scenes)).backward()
        optimizer.step()
        iteration += 1
    psnr = [decibels(model, coordinates, pixels,
                     adapt(model, (coordinates, pixels, inner), rates, order).detach())
            for coordinates, pixels, inner in scenes]
    report(order=order, learnedRates=learns_rates, iterationCount=iteration,
           processorSeconds=elapsed, scenePSNRDecibels=psnr,
           meanPSNRDecibels=sum(psnr) / len(psnr))


def main():
    torch.set_num_threads(1)
    cubes = [load(path) for path in sys.argv[2:]]
    scenes = [(grid(*c.shape[:2]), c.reshape(-1, c.shape[2]), fixed_pixels(*c.shape[:2]))
              for c in cubes]
    for order, learns_rates in [(1, False), (1, True), (2, False), (2, True)]:
        train(scenes, float(sys.argv[1]), order, learns_rates)


if __name__ == "__main__":
    main()
