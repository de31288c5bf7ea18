"""Renders samples/specs/*.yaml: `python -m samples.generate [ID…]` (all without an ID). Needs `make setup`.

Each spec's `renders` says what is made: `{id: …, kind: pdf|docx|scan, degrade: …, seed: …, suffix: …}`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from samples.generator import load, produce

HERE = Path(__file__).resolve().parent


def main(wanted: list[str]) -> None:
    """Render the samples named, or all."""
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
