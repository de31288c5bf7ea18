"""Telling an e-signature stamp from the document's own words.

A stamp says who signed the file and when: that time is not the date of issue, and its words are not the header's.
"""

from __future__ import annotations

import regex

_STAMP = regex.compile(
    r"""(?xi) ký\s*(?:bởi|số\s+bởi|ngày|lúc|tên\s+bởi) | người\s*ký | thời\s*gian\s*ký | (?:digitally\s+)?signed\s+by
    | signature\s+(?:not\s+verified|valid) | signer | [\w.+-]+@[\w-]+\.[\w.]+ | \d{1,2}:\d{2}:\d{2} | [+-]\d{2}:\d{2}"""
)


def is_stamp(text: str) -> bool:
    """Whether the words of a widget are an e-signature stamp.

    >>> [is_stamp(text) for text in ("Ký bởi: Ủy ban", "06.11.2024 09:27:05 +07:00", "542", "06", "")]
    [True, True, False, False, False]
    """
    return bool(_STAMP.search(text))
