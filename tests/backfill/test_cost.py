"""The page of costs is what the measured figures give."""

from bench.cost import ROOT, page


def test_the_page_is_worked_out_from_the_results() -> None:
    assert (ROOT / "docs" / "cost.md").read_text(encoding="utf-8") == page(), "run python -m bench.cost"
