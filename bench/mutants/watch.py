"""Watches the readers: memory they hold, files they write, connections they try."""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from extractor.backfill.intake import Intake
from extractor.backfill.options import Summary
from extractor.backfill.sources import walk
from extractor.sandbox import Worker
from extractor.store import Store

_HOOK = """
import os, sys
_log = os.environ.get("MUTATIONS_LOG")
if _log:
    _out = os.open(_log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    _work = os.path.dirname(_log)
    def _say(what):
        os.write(_out, (what.replace("\\n", " ")[:300] + "\\n").encode("utf-8", "replace"))
    def _outside(path):
        if not isinstance(path, (str, bytes)):
            return False
        path = os.path.abspath(os.fsdecode(path))
        return not path.startswith((_work, "/dev/", "/proc/"))
    def _hook(event, args):
        if event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC) and _outside(args[0]):
            _say(f"write {args[0]!r}")
        elif event in ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.symlink", "os.chmod"):
            if (os.path.isabs(args[0]) or args[-1] == -1) and _outside(args[0]):
                _say(f"{event} {args[0]!r}")
        elif event == "socket.connect":
            _say(f"connect {args[1]!r}")
        elif event in ("os.system", "os.exec") or event == "subprocess.Popen" and "office" not in str(args[0]):
            _say(f"{event} {args[0]!r}")
    sys.addaudithook(_hook)

    def _understand(found, rules, seconds, real):
        if found.filename.startswith("đủ"):
            return real(found, rules, seconds)
        said = found.text or " ".join(word.text for page in found.pages for word in page.words)
        return _Read(), said
    class _Read:
        def to_dict(self):
            return {"record": {}}
    from extractor import pipeline
    _real = pipeline._extract
    pipeline._extract = lambda found, rules, seconds: _understand(found, rules, seconds, _real)
"""
"""What readers load first: notes of what they do, and understanding left out for files not named `đủ …`."""


class Guard:
    """Gives readers a home and a folder for temporary files below `work`, and tells what they did elsewhere."""

    SECRET = "root:x:0:0"
    """The start of the file that hostile entities ask for."""

    def __init__(self, work: Path) -> None:
        site, home, temporary = work / "site", work / "home", work / "tmp"
        for folder in (site, home, temporary):
            folder.mkdir()
        (site / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
        sys.path.insert(0, str(site))
        self._log, self._temporary, self._read = work / "audit.log", temporary, 0
        self._log.touch()
        os.environ |= {"HOME": str(home), "TMPDIR": str(temporary), "MUTATIONS_LOG": str(self._log)}
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"

    def faults(self) -> list[str]:
        """What was done outside since the last call, and what was left lying."""
        said = self._log.read_text("utf-8").splitlines()
        new, self._read = said[self._read :], len(said)
        return sorted(set(new))


class Peak:
    """The most memory that a worker's process and its children held meanwhile, in MB, seen twenty times a second."""

    def __init__(self, worker: Worker) -> None:
        self._worker, self._over = worker, threading.Event()
        self.megabytes = 0

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        if (pid := self._pid()) is not None:
            _forget(pid)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._look()
        self._over.set()
        self._thread.join()

    def _pid(self) -> int | None:
        child = self._worker._child
        return None if child is None else child._process.pid

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            self._look()

    def _look(self) -> None:
        pid = self._pid()
        if pid is not None:
            self.megabytes = max(self.megabytes, sum(map(_held, _family(pid))))


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM")), 0)


def _forget(pid: int) -> None:
    """Start the process's high water mark anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


class Archives:
    """Takes folders in as a backfill does, in a process of its own with a limit on memory."""

    def __init__(self, place: Path) -> None:
        self.store = Store.open(str(place / "store.sqlite"), place / "originals", "f" * 32)

    def take(self, folder: Path, seconds: int = 60) -> list[str]:
        """What must not be: the coordinator dying of a file, or a refusal without words."""
        self.store.engine.dispose()
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            os._exit(self._child(folder, writer, seconds))
        os.close(writer)
        with os.fdopen(reader) as said:
            faults = said.read()
        _, status = os.waitpid(pid, 0)
        return json.loads(faults) if status == 0 and faults else [f"backfill ended with {status}"]

    def _child(self, folder: Path, writer: int, seconds: int) -> int:
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        summary = Summary()
        try:
            Intake(self.store, summary, 0).take_all(walk(folder))
            faults = ["refused without words" for _, why in summary.problems if len(why) < 20]
        except BaseException as error:  # the coordinator would have died of it
            faults = [f"backfill died: {type(error).__name__}: {error}"[:200]]
        os.write(writer, json.dumps(faults).encode())
        return 0
