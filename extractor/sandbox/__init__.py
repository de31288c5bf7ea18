"""Each document in a process of its own limits: a file may crash, hang or bloat only that process."""

from extractor.sandbox.limits import Limits
from extractor.sandbox.worker import Pages, Worker

__all__ = ["Limits", "Pages", "Worker"]
