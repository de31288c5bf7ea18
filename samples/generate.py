"""Renders samples/specs/*.yaml and samples/ocop/specs/: `python -m samples.generate [ID…]` (all without an ID).

Each spec's `renders` says what is made: `{id: …, kind: pdf|docx|scan|text, degrade: …, seed: …, suffix: …, style: …}`.
A spec of samples/ocop/specs/HALF/ lands beside the others of its half, as samples/ocop/HALF/ID.*. Needs `make setup`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from samples.generator import load, produce

HERE = Path(__file__).resolve().parent


def main(wanted: list[str]) -> None:
    """Render the samples named, or all."""
    _samples(wanted)
    _ocop(wanted)


def _ocop(wanted: list[str]) -> None:
    for path in sorted((HERE / "ocop" / "specs").glob("*/*.yaml")):
        if wanted and path.stem not in wanted:
            continue
        spec = load(path)
        for render in spec.renders:
            made = produce(spec, HERE / "ocop" / path.parent.name, name=path.stem, expected=False, **render)
            print(f"{path.parent.name}/{made.name}: {made.stat().st_size // 1024} KB")


def _samples(wanted: list[str]) -> None:
    for path in sorted((HERE / "specs").glob("*.yaml")):
        spec = load(path)
        for render in spec.renders:
            options = dict(render)
            name = options.pop("id")
            if not wanted or name in wanted or spec.id in wanted:
                made = produce(spec, HERE / name, options.pop("kind"), **options)
                print(f"{name}: {made.name}, {made.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
