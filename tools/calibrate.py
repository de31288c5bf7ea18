"""Makes models/calibration.json: how often values of a raw confidence are right, a curve for each field.

    python -m tools.calibrate GOLD_DIR…

Isotonic regression (pool adjacent violators) over the evaluated values of all folders. A field leans on the curve of
all fields, and that curve on the raw confidence, because documents that were looked at while the rules were written are
kinder than those to come.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from pathlib import Path

from extractor.calibrate import ANY, CEILING, RAW, Curve, along
from extractor.evaluate.run import evaluate
from extractor.resources import models_dir

_LEAST = 40
_PRIOR, _SHARE = 6.0, 0.25
"""How much a curve leans on its prior: at each confidence as if this many values, or this share, had been seen."""
_IDENTITY: Curve = [(0.0, 0.0), (1.0, 1.0)]
Point = tuple[float, bool]


def gather(folders: list[Path]) -> dict[str, list[Point]]:
    """Field → (raw confidence, right) of every value that was given."""
    RAW.set(True)
    found: dict[str, list[Point]] = defaultdict(list)
    for folder in folders:
        for outcome in evaluate(folder).outcomes:
            if outcome.confidence is not None:
                found[outcome.field.split(".")[0].split(" ")[0]].append((outcome.confidence, outcome.soft))
    return found


def fit(points: list[Point], prior: Curve) -> Curve:
    """A rising curve through groups of like confidence, each mixed with the prior curve."""
    groups: dict[float, list[bool]] = defaultdict(list)
    for raw, right in points:
        groups[round(raw, 2)].append(right)
    blocks = []
    for raw, rights in sorted(groups.items()):
        weight = max(_PRIOR, _SHARE * len(rights))
        blocks.append((raw, sum(rights) + weight * along(prior, raw), len(rights) + weight))
    return _rising(blocks)


def _rising(blocks: list[tuple[float, float, float]]) -> Curve:
    """Neighbours that fall are pooled until none does."""
    pooled: list[list[float]] = []
    for raw, right, count in blocks:
        pooled.append([raw * count, right, count])
        while len(pooled) > 1 and pooled[-2][1] / pooled[-2][2] >= pooled[-1][1] / pooled[-1][2]:
            last = pooled.pop()
            pooled[-1] = [a + b for a, b in zip(pooled[-1], last, strict=True)]
    return [(round(raw / count, 4), round(min(CEILING, right / count), 4)) for raw, right, count in pooled]


def main() -> None:
    """Gather, fit, write the curves and their manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    found = gather(parser.parse_args().folders)
    everything = fit([point for points in found.values() for point in points], _IDENTITY)
    curves = {ANY: everything}
    curves |= {name: fit(points, everything) for name, points in sorted(found.items()) if len(points) >= _LEAST}
    values = {name: len(points) for name, points in sorted(found.items())}
    target = models_dir() / "calibration.json"
    text = json.dumps({"curves": curves}, indent=1) + "\n"
    target.write_text(text, encoding="utf-8")
    manifest = {
        "file": target.name,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "licence": "Apache-2.0",
        "made_by": "python -m tools.calibrate (isotonic regression over evaluated values)",
        "values": values,
    }
    target.with_suffix(".manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(curves, indent=1))


if __name__ == "__main__":
    main()
