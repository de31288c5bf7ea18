"""The closing report as a page with charts that needs nothing from the network."""

from __future__ import annotations

import html

from extractor.backfill import words
from extractor.backfill.parts import Failure, Section

_SHOWN = 1_000
"""Failures listed on the page; the CSV has all."""


def as_page(head: list[str], parts: tuple[Section, ...], failed: list[Failure]) -> str:
    """`head`: the lines on top."""
    body = [f"<p>{html.escape(line)}</p>" for line in head]
    body += [_chart(part) for part in parts if part.rows]
    if failed:
        body.append(_failures(failed))
    return _PAGE.replace("{{body}}", "\n".join(body))


def _failures(failed: list[Failure]) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(item.path)}</td><td>{html.escape(words.failure(item.code))}</td>"
        f"<td>{html.escape(item.message)}</td></tr>"
        for item in failed[:_SHOWN]
    )
    more = f"<p>Còn {words.number(len(failed) - _SHOWN)} tệp nữa trong report.csv.</p>" * (len(failed) > _SHOWN)
    head = "<tr><th>Tệp</th><th>Vì sao</th><th>Lý do và cách xử lý</th></tr>"
    return f"<h2>Tệp lỗi</h2><table class='failed'>{head}{rows}</table>{more}"


def _chart(part: Section) -> str:
    largest = max(number for _, number in part.rows)
    bars = "".join(
        f"<tr><th>{html.escape(name)}</th><td><svg width='320' height='14' role='img' aria-label='{number}'>"
        f"<rect width='{max(1, round(320 * number / largest))}' height='14' rx='2'/></svg></td>"
        f"<td class='number'>{words.number(number)}</td></tr>"
        for name, number in part.rows
    )
    return f"<h2>{html.escape(part.title)}</h2><table class='bars'>{bars}</table>"


_PAGE = """<!doctype html>
<html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Báo cáo nhập kho</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733 }
h1, h2 { line-height: 1.2 } table { border-collapse: collapse; width: 100% } p { margin: .25rem 0 }
th, td { text-align: left; padding: .25rem .5rem; vertical-align: top; overflow-wrap: anywhere }
.bars th { font-weight: 400; width: 24rem } .bars td:nth-child(2) { width: 330px } .number { text-align: right }
.bars { width: auto } .failed td:nth-child(2) { width: 11rem } .failed tr + tr { border-top: 1px solid #d8dee5 }
rect { fill: #2a6f97 }
@media (max-width: 50rem) { .bars th { width: auto } svg { width: 8rem } .bars td:nth-child(2) { width: 8.5rem } }
@media print { rect { print-color-adjust: exact } }
</style>
<h1>Báo cáo nhập kho</h1>
{{body}}
</html>
"""
