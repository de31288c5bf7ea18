"""The command line: one program, one module a command (`extractor/cli/commands/NAME.py`)."""

from __future__ import annotations

from extractor.cli.program import main

__all__ = ["main"]
