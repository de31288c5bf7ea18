"""The page of examples is what the rule files give."""

from __future__ import annotations

from tools import programme_docs


def test_the_page_of_examples_is_current() -> None:
    written = programme_docs.TARGET.read_text(encoding="utf-8")
    assert written == programme_docs.page(), "run `python -m tools.programme_docs`"
