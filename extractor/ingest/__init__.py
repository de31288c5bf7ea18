"""From a file to a `Reading`: what it says, where it stands, and what was odd about it."""

from extractor.ingest.limits import Limits
from extractor.ingest.pictures import page_picture
from extractor.ingest.reader import read, read_bytes

__all__ = ["Limits", "page_picture", "read", "read_bytes"]
