"""Damaged and hostile inputs of every format through the sandbox: what becomes of each, how long, how much memory.

All go through the reading layer, each tenth through the whole pipeline.

    python -m bench.mutations --count 5000 --seed 1 --log mutations.jsonl --summary bench/results/mutations.json

Goes on where the log ends. Exits 1 when an input hangs its reader, escapes (writes outside its folder, connects, ends
this process), goes over the memory ceiling, or fails without a cause and a hint that name it.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.mutants import Mutant, make
from bench.mutants.watch import Archives, Guard, Peak
from extractor.errors import ExtractorError
from extractor.sandbox import Limits, Worker

_SLACK = 15.0
_WHOLE = 10  # each tenth input goes through the whole pipeline, the others through reading alone
_UNEXPECTED = "lỗi bất ngờ"


@dataclasses.dataclass(slots=True)
class Outcome:
    """What became of an input: `outcome` is `done` or an error's code; `faults` what must not be."""

    index: int
    kind: str
    recipe: str
    size: int
    outcome: str
    message: str
    seconds: float
    peak_mb: int
    faults: list[str]


class Trial:
    """Reads mutants one after the other, each as a file in an empty folder of its own."""

    def __init__(self, work: Path, limits: Limits) -> None:
        self.inputs, self.limits = work / "inputs", limits
        self.inputs.mkdir()
        self.guard = Guard(work)
        self.worker = Worker(limits)
        self.archives = Archives(work / "store")

    def one(self, index: int, mutant: Mutant) -> Outcome:
        """The outcome of a mutant."""
        name = mutant.name if index % _WHOLE else mutant.name.replace("thử", "đủ", 1)
        path = self.inputs / name
        path.write_bytes(mutant.data)
        began = time.monotonic()
        with Peak(self.worker) as peak:
            outcome, message, faults = self._read(path, name)
        seconds = time.monotonic() - began
        if mutant.kind == "zip" or name.endswith(".zip"):
            faults += self.archives.take(self.inputs)
        path.unlink()
        if seconds > self.limits.wall + _SLACK:
            faults.append("hang")
        if peak.megabytes > self.limits.memory >> 20:
            faults.append("memory")
        faults += self.guard.faults()
        size, spent = len(mutant.data), round(seconds, 3)
        return Outcome(index, mutant.kind, mutant.recipe, size, outcome, message, spent, peak.megabytes, faults)

    def _read(self, path: Path, name: str) -> tuple[str, str, list[str]]:
        try:
            result = self.worker.extract(path)
        except ExtractorError as error:
            return error.code, str(error), _complaints(error, name)
        faults = ["secret read"] if self.guard.SECRET in json.dumps(result) else []
        return "done", "", faults


def _complaints(error: ExtractorError, name: str) -> list[str]:
    checks = {
        "no cause": _UNEXPECTED in error.message,
        "file not named": name not in error.message,
        "no hint": not error.hint,
    }
    return [fault for fault, found in checks.items() if found]


def summarise(lines: list[dict[str, Any]], command: str) -> dict[str, Any]:
    """Counts by format and outcome, distinct messages, what was slow or heavy, and everything at fault."""
    table: dict[str, Counter[str]] = {}
    messages: Counter[str] = Counter()
    for line in lines:
        table.setdefault(line["kind"], Counter())[line["outcome"]] += 1
        messages[_shape(line["message"])] += 1

    def top(key: str, count: int = 10) -> list[list[Any]]:
        found = sorted(lines, key=lambda line: -line[key])[:count]
        return [[line["index"], line["kind"], line["recipe"], line["outcome"], line[key]] for line in found]

    return {
        "command": command,
        "inputs": len(lines),
        "seconds": round(sum(line["seconds"] for line in lines)),
        "outcomes": {kind: dict(counts.most_common()) for kind, counts in sorted(table.items())},
        "messages": {text: count for text, count in messages.most_common() if text},
        "slowest": top("seconds"),
        "heaviest_mb": top("peak_mb"),
        "faults": [line for line in lines if line["faults"]],
    }


def _shape(message: str) -> str:
    """A message without what differs from file to file."""
    _, _, rest = message.partition(": ")
    return "".join("#" if letter.isdigit() else letter for letter in rest)


def run(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Every mutant that the log does not know yet; gives all lines of the log."""
    log: Path = options.log
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []
    known = {line["index"] for line in lines}
    with tempfile.TemporaryDirectory(prefix="mutations-") as place, log.open("a", encoding="utf-8") as out:
        trial = Trial(Path(place), Limits(memory=options.memory << 20, cpu=options.cpu, wall=options.wall))
        began = time.monotonic()
        for index in range(options.start, options.start + options.count):
            if index in known or time.monotonic() - began > options.seconds:
                continue
            line = dataclasses.asdict(trial.one(index, make(options.seed, index)))
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()
            lines.append(line)
        trial.worker.close()
    return lines


def main() -> int:
    """Run, summarise, complain."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memory", type=int, default=2048, help="ceiling of a reader, MB")
    parser.add_argument("--cpu", type=int, default=10, help="seconds")
    parser.add_argument("--wall", type=float, default=60.0, help="seconds")
    parser.add_argument("--seconds", type=float, default=1e9, help="stop after this long; run again to go on")
    parser.add_argument("--log", type=Path, default=Path("mutations.jsonl"))
    parser.add_argument("--summary", type=Path)
    options = parser.parse_args()
    lines = run(options)
    summary = summarise(lines, f"python -m bench.mutations --count {options.count} --seed {options.seed}")
    if options.summary is not None:
        options.summary.parent.mkdir(parents=True, exist_ok=True)
        options.summary.write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(summary["outcomes"], ensure_ascii=False))
    for line in summary["faults"][:20]:
        print(line["index"], line["kind"], line["recipe"], line["faults"], line["message"])
    print(f"{len(lines)} inputs, {len(summary['faults'])} at fault")
    return bool(summary["faults"])


if __name__ == "__main__":
    os.environ["OMP_THREAD_LIMIT"] = "1"
    sys.exit(main())
