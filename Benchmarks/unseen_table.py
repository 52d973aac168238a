"""The table of docs/BENCHMARKS.md, "Unseen scenes", and the curves of its plots.

    unseen_table.py FOLDER FILES...     FILES hold JSON lines of field-benchmark unseen and its peers;
                                        the curves go to FOLDER/SCENE-CODEC.jsonl
"""
import collections
import json
import sys

RATES = (0.0005, 0.001, 0.0015, 0.002, 0.003, 0.005, 0.01, 0.02, 0.05)
SHARES = (1, 100, 10_000)
PEERS = ("product", "tiles", "pca-j2k-shared", "pca-j2k")
NAMES = {"product": "ours, no price on bits", "tiles": "linear tiles", "pca-j2k-shared": "PCA of other scenes + JPEG 2000",
         "pca-j2k": "PCA + JPEG 2000"}

BASES = {"priced": "ours", "thorough": "product"}


def rate(point, share=None):
    """Bits per sample of a point, with its part of what `share` scenes have in common."""
    common = point["networkBytes"] / share if share else 0
    return (point["bytes"] + common) * 8 / point["samples"]


def envelope(points, share=None):
    """The points that no other beats, by rate."""
    best = []
    for point in sorted(points, key=lambda p: (rate(p, share), -p["psnrDecibels"])):
        if not best or point["psnrDecibels"] > best[-1]["psnrDecibels"]:
            best.append(point)
    return best


def at(points, limit, share=None):
    """The best point within a rate."""
    return max((p for p in points if rate(p, share) <= limit),
               key=lambda p: p["psnrDecibels"], default=None)


def main():
    folder = sys.argv[1]
    points = collections.defaultdict(list)
    for path in sys.argv[2:]:
        with open(path) as file:
            for line in file:
                point = json.loads(line)
                if point["work"] == "unseen":
                    codec = point.get("codec") or BASES[point["basis"]]
                    points[point["scene"], codec].append(point)
    for scene in dict.fromkeys(scene for scene, _ in points):
        table(scene, points)
        for (of, codec), found in points.items():
            if of == scene:
                curve(f"{folder}/{scene}-{codec}.jsonl", found)
        for share in (100, 10_000):
            curve(f"{folder}/{scene}-ours-{share}.jsonl", points[scene, "ours"], share)
        same_values(scene, points)


def curve(path, found, share=None):
    with open(path, "w") as file:
        for point in envelope(found, share):
            file.write(json.dumps(dict(
                rate=rate(point, share), psnrDecibels=point["psnrDecibels"])) + "\n")


def table(scene, points):
    print(f"\n{scene}\n")
    shares = " | ".join(f"/ {share:,}" for share in SHARES)
    print(f"| tile, values | bytes | bpppb | {shares} | ours | "
          + " | ".join(NAMES[codec] for codec in PEERS) + " |")
    print("|---" * (7 + len(PEERS)) + "|")
    shown = set()
    for limit in RATES:
        ours = at(points[scene, "ours"], limit)
        if ours is None or id(ours) in shown:
            continue
        shown.add(id(ours))
        own = rate(ours)
        cells = [f"{ours['tile']}, {ours['latentCount']}", str(ours["bytes"]), f"{own:.5f}"]
        cells += [f"{rate(ours, share):.5f}" for share in SHARES]
        cells.append(f"{ours['psnrDecibels']:.2f}")
        for codec in PEERS:
            peer = at(points[scene, codec], own)
            cells.append(f"{peer['psnrDecibels']:.2f}" if peer else "")
        print("| " + " | ".join(cells) + " |")


def same_values(scene, points):
    """Before rounding, with the same tiles and as many values."""
    def unrounded(codec):
        best = {}
        for point in points[scene, codec]:
            key = (point["tile"], point["latentCount"])
            best[key] = max(best.get(key, 0), point["unroundedPSNRDecibels"])
        return best

    ours, linear = unrounded("product"), unrounded("tiles")
    both = sorted(set(ours) & set(linear))
    if both:
        print("\n| tile, values | ours, thorough, not rounded | linear tiles, not rounded |\n|---|---|---|")
    for key in both:
        print(f"| {key[0]}, {key[1]} | {ours[key]:.2f} | {linear[key]:.2f} |")


if __name__ == "__main__":
    main()
