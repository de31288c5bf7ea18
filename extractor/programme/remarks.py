"""What a row says of its own product: "Thu hồi", "Đề nghị nâng hạng", "Đã công nhận 4 sao"."""

from __future__ import annotations

from extractor.programme.cells import Sheet, at, filled
from extractor.programme.products import Draft
from extractor.programme.stars import find_stars
from extractor.programme.titles import phrase_status


def state(sheet: Sheet, row: int, draft: Draft) -> None:
    """The status: from the remark or the rating of the row, its section, the table."""
    draft.status, draft.status_spans = sheet.status, [sheet.status_span]
    section = sheet.said("status")
    if section is not None:
        draft.status, draft.status_spans = section.status, [section.span or sheet.status_span]
    for role in ("remark", "stars"):
        cell = filled(sheet, row, role)
        if cell is None:
            continue
        text = sheet.document.text[cell.span.start : cell.span.end].lower()
        found = phrase_status(text, "remarks", sheet.rules)
        if found is None or found[0] == "none":
            continue
        start = cell.span.start
        draft.status, draft.status_spans = found[0], [(start + found[1], start + found[2])]
        if draft.stars is None:
            ratings = list(find_stars(sheet.view.folded, cell.span.start, cell.span.end))
            if len(ratings) == 1 and len(ratings[0].values) == 1:
                draft.stars, draft.stars_span = ratings[0].values[0], at(cell)
        return
