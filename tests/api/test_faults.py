"""Fifty documents in flight over HTTP; the server and its readers are killed at random ten times."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import psutil
import pytest

from extractor.store import Store

ROOT = Path(__file__).parents[2]
COUNT = 50


class Server:
    """`extractor serve` on a port that stays the same over restarts."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "extractor", "serve", "--port", str(self.port), "--data", str(self.data)]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [*command, "--workers", "2"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stderr is not None
        self.port = int(next(found[1] for line in self.process.stderr if (found := re.search(r":(\d+)/", line))))

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.communicate()

    def kill_a_reader(self) -> None:
        readers = [one for one in psutil.Process(self.process.pid).children() if one.is_running()]
        if readers:
            readers[0].kill()


def send_until_kept(server: Server, number: int, kept: dict[int, str]) -> None:
    """As a decent client does: until the answer says that the file is kept."""
    content = f"ỦY BAN NHÂN DÂN XÃ THỬ\nSố: {number}/KH-UBND\nKẾ HOẠCH\n".encode()
    while number not in kept:
        try:
            answer = httpx.post(
                f"http://127.0.0.1:{server.port}/v1/documents", files={"files": (f"{number}.txt", content)}, timeout=20
            )
            if answer.status_code in {200, 202}:
                kept[number] = answer.json()["id"]
        except httpx.HTTPError:
            time.sleep(0.2)


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    server, kept, chance = Server(tmp_path), {}, random.Random(3)
    clients = [threading.Thread(target=send_until_kept, args=(server, number, kept)) for number in range(COUNT)]
    for client in clients:
        client.start()
    for _ in range(10):
        time.sleep(0.3 + 2.5 * chance.random())
        if chance.random() < 0.3:
            server.kill_a_reader()
        else:
            server.kill()
            server.start()
    for client in clients:
        client.join(120)
    assert len(set(kept.values())) == COUNT
    store = Store.open(f"sqlite:///{tmp_path}/store.sqlite")
    end = time.monotonic() + 240
    while store.status_counts() != {"done": COUNT} and time.monotonic() < end:
        time.sleep(0.5)
    server.kill()
    assert store.status_counts() == {"done": COUNT}
    assert sorted(held.document.id for held in store.results()) == sorted(kept.values())
    for identity in kept.values():
        assert [event.action for event in store.events(identity)].count("read") == 1
    store.close()
