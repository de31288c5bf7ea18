"""The child process: reads requests from one pipe, works under limits, answers on another.

One JSON object a line each way. Standard output is not used for answers: libraries print there.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TextIO

_PR_SET_PDEATHSIG = 1
NICE = "EXTRACTOR_NICE"
"""Environment variable: by how much reading gives way to other work, so that a server still answers."""


def main(request_fd: int, answer_fd: int, memory: int, cpu: int) -> None:
    """Serve until the parent closes the pipe."""
    _die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    os.nice(int(os.environ.get(NICE, "0")))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    answering = os.fdopen(answer_fd, "w", encoding="utf-8", errors="replace")  # half a surrogate pair ends no process
    with os.fdopen(request_fd, encoding="utf-8") as requests, answering as answers:
        pipeline = _start(answers)
        for line in requests if pipeline is not None else ():
            _limit_cpu(cpu)
            request = json.loads(line)
            with _listening(answers, request.get("pages", False)):
                answer = _answer(pipeline, request)
            _say(answers, answer)


def _start(answers: TextIO) -> Any:
    """The pipeline, imported and loaded under the limits; None when it cannot be, and the parent is told why."""
    try:
        from extractor import pipeline, ruleset
        from extractor.errors import ConfigurationError

        ruleset.load()
    except MemoryError:
        _say(answers, {"start": "thiếu bộ nhớ", "hint": "Nâng giới hạn bộ nhớ."})
    except ConfigurationError as error:
        _say(answers, {"start": error.message, "hint": error.hint})
    except Exception as error:  # a damaged installation
        _say(answers, {"start": f"{type(error).__name__}: {error}"[:500], "hint": "Cài đặt lại chương trình."})
    else:
        _say(answers, {"ready": True})
        return pipeline
    return None


def _listening(answers: TextIO, wanted: bool) -> AbstractContextManager[None]:
    """While it lasts every page read is told to the parent, where it asked for that."""
    from extractor.ingest.listener import listening

    return listening(lambda done, total: _say(answers, {"page": done, "of": total})) if wanted else nullcontext()


def _die_with_parent() -> None:
    # Linux only; elsewhere the closed pipe ends the process after the document at hand.
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit_cpu(seconds: int) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds + 1, hard))


def _answer(pipeline: Any, request: dict[str, Any]) -> dict[str, Any]:
    from extractor.errors import FULL, ExtractorError, StorageError

    try:
        return _DOINGS[request["do"]](pipeline, Path(request["path"]), request)
    except ExtractorError as error:
        return {"error": type(error).__name__, "code": error.code, "message": error.message, "hint": error.hint}
    except MemoryError:
        return {"error": "memory"}
    except RecursionError:
        return {"error": "crash", "detail": "RecursionError"}
    except Exception as error:  # the boundary: whatever a library throws must not end the other documents
        if isinstance(error, OSError) and error.errno in FULL:
            full = StorageError.of(error)
            return {"error": "StorageError", "code": full.code, "message": full.message, "hint": full.hint}
        return {"error": "crash", "detail": f"{type(error).__name__}: {error}"[:500]}


def _extract(pipeline: Any, path: Path, request: dict[str, Any]) -> dict[str, Any]:
    result, text = pipeline.run_with_text(path, filename=request["filename"], password=request["password"])
    return {"result": result.to_dict() | {"text": text}}


def _count(pipeline: Any, path: Path, request: dict[str, Any]) -> dict[str, Any]:
    return {"count": pipeline.count_pages(path, filename=request["filename"])}


def _part(pipeline: Any, path: Path, request: dict[str, Any]) -> dict[str, Any]:
    first, last = request["range"]
    return {"part": pipeline.read_part(path, filename=request["filename"], first=first, last=last).dumps()}


def _join(pipeline: Any, path: Path, request: dict[str, Any]) -> dict[str, Any]:
    """Files `FIRST-LAST.json` hold what was read, `FIRST-LAST.lost` why it could not be."""
    from extractor.ingest.parts import Part

    parts = []
    for kept in sorted(Path(request["parts"]).iterdir()):
        first, last = (int(number) for number in kept.stem.split("-"))
        text = kept.read_text("utf-8")
        parts.append(Part.loads(text) if kept.suffix == ".json" else Part.lost(first, last, text))
    result, text = pipeline.run_joined(path, parts, filename=request["filename"])
    return {"result": result.to_dict() | {"text": text}}


_DOINGS: dict[str, Callable[[Any, Path, dict[str, Any]], dict[str, Any]]] = {
    "extract": _extract,
    "count": _count,
    "part": _part,
    "join": _join,
}


def _say(answers: TextIO, message: dict[str, Any]) -> None:
    answers.write(json.dumps(message, ensure_ascii=False) + "\n")
    answers.flush()


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:5]))
