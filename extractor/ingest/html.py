"""Saved HTML pages: text in blocks as a browser shows it, tables with merged cells."""

from __future__ import annotations

import email
import email.policy
import logging
from typing import Any

import regex
from bs4.dammit import UnicodeDammit
from lxml import etree
from lxml import html as lxml_html

from extractor.document import Reading
from extractor.errors import CorruptError
from extractor.ingest import htmltables, plain, sniff
from extractor.ingest.source import Source
from extractor.ingest.textbuilder import TextBuilder, reading
from extractor.text import legacy

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul"
    " caption".split()
)
logging.getLogger("bs4.dammit").setLevel(logging.ERROR)  # undecodable bytes are expected here
_SPACE = regex.compile(r"\s+")


def read(source: Source) -> Reading:
    """A page's shown text. Raises CorruptError, TooLargeError."""
    builder = TextBuilder(source.limits.text_chars, source.filename)
    root = _parse(source)
    _Writer(builder).write(root)
    return reading(source, sniff.HTML, builder)


def _parse(source: Source) -> Any:
    data = _from_archive(source.data)
    marked = UnicodeDammit(data, is_html=True, known_definite_encodings=_marked(data))
    text = marked.unicode_markup or plain.decode(data, source.filename)
    if legacy.detect(text):
        text = legacy.to_unicode(text)
    text = regex.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    try:
        root = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(encoding=None, huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise CorruptError(
            f"{source.filename}: tệp HTML không có nội dung.", hint="Lưu lại trang rồi gửi lại."
        ) from error
    return root


def _marked(data: bytes) -> list[str]:
    """UTF-8 comes before whatever a page claims, when the bytes are valid UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return []
    return ["utf-8"]


def _from_archive(data: bytes) -> bytes:
    """The page inside a browser's one-file archive (MHTML), or the bytes themselves."""
    if not regex.match(rb"\s*(?:From: |MIME-Version:|Content-Type: multipart)", data, regex.IGNORECASE):
        return data
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else data
    return data


class _Writer:
    """Walks the tree without recursion: pages nest deeper than the interpreter's stack."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._line: list[str] = []
        self._counters: list[int | None] = []

    def write(self, root: Any) -> None:
        """Puts everything shown below an element."""
        stack: list[tuple[Any, bool]] = [(root, False)]
        while stack:
            element, done = stack.pop()
            if done:
                self._leave(element)
                continue
            if htmltables.is_hidden(element):
                self._text(element.tail if stack else None)
                continue
            if element.tag == "table" and self._table(element):
                self._text(element.tail)
                continue
            self._enter(element)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
        self._flush()

    def _enter(self, element: Any) -> None:
        if element.tag == "br":
            self._line.append("\n")
        elif element.tag in BLOCKS:
            self._flush()
        if element.tag in ("ol", "ul"):
            start = element.get("start", "1")
            self._counters.append(int(start) - 1 if element.tag == "ol" and start.isdigit() else None)
        elif element.tag == "li":
            self._line.append(self._mark())
        self._text(element.text)

    def _leave(self, element: Any) -> None:
        if element.tag in ("ol", "ul") and self._counters:
            self._counters.pop()
        if element.tag in BLOCKS:
            self._flush()
        self._text(element.tail)

    def _mark(self) -> str:
        if not self._counters or self._counters[-1] is None:
            return "- " if self._counters else ""
        self._counters[-1] += 1
        return f"{self._counters[-1]}. "

    def _table(self, element: Any) -> bool:
        cells = htmltables.cells(element)
        if cells is None:
            return False
        self._flush()
        self._builder.table(*cells)
        return True

    def _text(self, text: str | None) -> None:
        if text:
            self._line.append(_SPACE.sub(" ", text))

    def _flush(self) -> None:
        text = "".join(self._line)
        self._line.clear()
        self._builder.paragraph(regex.sub(r"^- (?=[-–+•*])", "", text.strip()))
