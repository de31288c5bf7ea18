"""A spec as a born-digital PDF in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from samples.generator.fonts import register
from samples.generator.pieces import Drawing, Filled, Rule, body, centred, paragraph, style
from samples.generator.spec import Spec

LEFT, RIGHT, TOP, BOTTOM = 82.0, 48.0, 60.0, 60.0


def write_pdf(spec: Spec, path: Path, *, ink: bool = False, seed: int = 1) -> None:
    """Render to `path`. With `ink` seal, signature and pen-written fields are drawn (what a scan would show)."""
    for family in (spec.font, "sans", "symbols"):
        register(family)
    template = BaseDocTemplate(
        str(path), pagesize=A4, title="", author="", invariant=1, leftMargin=LEFT, rightMargin=RIGHT
    )
    template.addPageTemplates([_page("portrait", A4, spec), _page("landscape", landscape(A4), spec)])
    template.build(_flow(spec, ink, seed))


def _page(name: str, size: tuple[float, float], spec: Spec) -> PageTemplate:
    width, height = size
    frame = Frame(LEFT, BOTTOM, width - LEFT - RIGHT, height - TOP - BOTTOM, 0, 0, 0, 0)

    def number(canvas: Canvas, _template: Any) -> None:
        if canvas.getPageNumber() > 1:
            canvas.setFont(spec.font, 13)
            canvas.drawCentredString(width / 2, height - 40, str(canvas.getPageNumber()))

    return PageTemplate(name, [frame], onPage=number, pagesize=size)


def _flow(spec: Spec, ink: bool, seed: int) -> list[Flowable]:
    width = A4[0] - LEFT - RIGHT
    flow = [_header(spec, width, ink, seed), Spacer(0, 12), *_title(spec)]
    flow += [paragraph(spec, clause, "-italic") for clause in spec.basis]
    flow += body(spec, spec.body, width)
    flow += [Spacer(0, 10), _foot(spec, width, ink, seed)]
    for appendix in spec.appendices:
        wide = bool(appendix.get("landscape", False))
        room = (landscape(A4) if wide else A4)[0] - LEFT - RIGHT
        flow += [NextPageTemplate("landscape" if wide else "portrait"), PageBreak()]
        flow += [centred(spec, line, "-bold") for line in str(appendix["title"]).split("\n")]
        if appendix.get("note"):
            flow.append(centred(spec, appendix["note"], "-italic", spaceAfter=6))
        flow += [Rule(0.2), *body(spec, appendix["body"], room)]
    return flow


def _header(spec: Spec, width: float, ink: bool, seed: int) -> Table:
    left: list[Flowable] = [centred(spec, line, size=spec.size - 1) for line in spec.parent]
    left += [centred(spec, line, "-bold", spec.size - 1) for line in spec.agency]
    left += [Rule(0.34), Filled(spec, _number(spec, ink), seed=seed)]
    if spec.type_word is None:
        left.append(centred(spec, spec.subject, size=spec.size - 2))
    if spec.urgency is not None:
        left.append(
            Table([[centred(spec, spec.urgency, "-bold")]], [90], style=[("BOX", (0, 0), (-1, -1), 1, "black")])
        )
    right: list[Flowable] = [
        centred(spec, spec.motto[0], "-bold", spec.size - 2),
        centred(spec, spec.motto[1], "-bold", spec.size - 1),
        Rule(0.6),
        Filled(spec, _date(spec, ink), "-italic", seed + 50),
    ]
    return Table([[left, right]], [width * 0.43, width * 0.57], style=_bare())


def _bare() -> TableStyle:
    return TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ]
    )


def _how(spec: Spec, field: str, ink: bool) -> str:
    if ink and field in spec.hand:
        return "hand"
    return "over" if field in spec.overprinted else "print"


def _number(spec: Spec, ink: bool) -> list[tuple[str, str]]:
    how = _how(spec, "number", ink) if spec.number is not None else "print"
    return [("Số: ", "print"), (spec.number_text, how), (f"{spec.joint}{spec.symbol}", "print")]


def _date(spec: Spec, ink: bool) -> list[tuple[str, str]]:
    how = _how(spec, "issued_on", ink)
    day, month, year = spec.date_parts
    return [
        (f"{spec.place}, ngày ", "print"),
        (day, how if day.strip() else "print"),
        (" tháng ", "print"),
        (month, how if month.strip() and how == "over" else "print"),
        (f" năm {year}", "print"),
    ]


def _title(spec: Spec) -> list[Flowable]:
    if spec.type_word is None:
        return [centred(spec, _greeting(spec), spaceAfter=10)] if spec.addressees else []
    flow: list[Flowable] = [
        centred(spec, spec.type_word, "-bold", spec.size + 1),
        centred(spec, spec.subject, "-bold"),
        Rule(0.25, after=6),
    ]
    if spec.addressees:
        flow.append(centred(spec, _greeting(spec), spaceAfter=8))
    return flow


def _greeting(spec: Spec) -> str:
    if len(spec.addressees) == 1:
        return f"Kính gửi: {spec.addressees[0]}"
    return "Kính gửi:\n" + "\n".join(
        f"- {name}{';' if name != spec.addressees[-1] else '.'}" for name in spec.addressees
    )


def _foot(spec: Spec, width: float, ink: bool, seed: int) -> Table:
    left: list[Flowable] = [Paragraph("Nơi nhận:", style(spec, "-bold-italic", spec.size - 2))]
    left += [
        Paragraph(f"- {name}{'' if name.endswith('.') else ';'}", style(spec, size=spec.size - 3))
        for name in spec.recipients
    ]
    room = width * 0.5
    right: list[Flowable] = [centred(spec, line, "-bold") for line in spec.signature]
    right.append(Spacer(0, 62))
    if ink:
        right.append(Drawing(spec, room, seed))
    if spec.signer is not None:
        right.append(centred(spec, spec.signer, "-bold"))
    return Table([[left if spec.recipients else [], right]], [width - room, room], style=_bare())
