"""Whole archives into the store: walk → take in → share out → report. Run again, it goes on where it stopped."""

from extractor.backfill.options import Options, Summary
from extractor.backfill.run import run

__all__ = ["Options", "Summary", "run"]
