"""Lines, columns, zones and tables: what was read, in reading order."""

from extractor.layout.arrange import arrange, from_text

__all__ = ["arrange", "from_text"]
