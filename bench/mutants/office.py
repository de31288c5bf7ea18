"""Tricks of Word files: XML, relations, numbering, tables."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from bench.mutants import packs, seeds

_W = "word/document.xml"
_WORD_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HUGE = ("0", "-1", "99999", "2147483648", "1000000000000", "1.5", "x", "")
_P = b"<w:p><w:r><w:t>abc</w:t></w:r></w:p>"


def _parts(chance: random.Random) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(seeds.of("docx", chance))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _with(parts: dict[str, bytes], name: str, data: bytes) -> bytes:
    return packs.rebuilt([*((n, c) for n, c in parts.items() if n != name), (name, data)])


def _body(chance: random.Random, more: bytes) -> bytes:
    """The document with more at the start of its body."""
    parts = _parts(chance)
    return _with(parts, _W, parts[_W].replace(b"<w:body>", b"<w:body>" + more, 1))


def _numbers(chance: random.Random) -> bytes:
    """Attribute values in any part become impossible."""
    parts = _parts(chance)
    name = chance.choice([_W, _W, "word/numbering.xml", "word/styles.xml", "word/settings.xml"])
    data = parts.get(name, parts[_W])
    places = [m.span(1) for m in re.finditer(rb'w:\w+="(\d+)"', data)] or [(0, 0)]
    for start, end in sorted(chance.sample(places, min(len(places), chance.choice((1, 5, 60)))), reverse=True):
        data = data[:start] + chance.choice(_HUGE).encode() + data[end:]
    return _with(parts, name if name in parts else _W, data)


def _deep(chance: random.Random) -> bytes:
    depth = chance.choice((40, 230, 5000, 60_000))
    shape = chance.choice(("tbl", "sdt", "ins", "txbx"))
    if shape == "tbl":
        return _body(chance, b"<w:tbl><w:tr><w:tc>" * depth + _P + b"</w:tc></w:tr></w:tbl>" * depth)
    if shape == "sdt":
        return _body(chance, b"<w:sdt><w:sdtContent>" * depth + _P + b"</w:sdtContent></w:sdt>" * depth)
    tag = b"w:ins" if shape == "ins" else b"w:txbxContent"
    return _body(
        chance,
        b"<w:p>" + (b"<" + tag + b">") * depth + b"<w:r><w:t>a</w:t></w:r>" + (b"</" + tag + b">") * depth + b"</w:p>",
    )


def _many(chance: random.Random) -> bytes:
    count = chance.choice((2_000, 30_000))
    piece = chance.choice(
        (
            _P,
            b"<w:p/>",
            b"<w:tbl><w:tr><w:tc>" + _P + b"</w:tc></w:tr></w:tbl>",
            b"<w:p><w:r><w:br/><w:tab/><w:sym w:char='F0AB'/></w:r></w:p>",
        )
    )
    return _body(chance, piece * count)


def _spans(chance: random.Random) -> bytes:
    """Cells that claim to span very many columns or rows."""
    wide = chance.choice(_HUGE[:5]).encode()
    cell = b'<w:tc><w:tcPr><w:gridSpan w:val="' + wide + b'"/><w:vMerge w:val="restart"/></w:tcPr>' + _P + b"</w:tc>"
    below = b"<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + _P + b"</w:tc>"
    row = b'<w:tr><w:trPr><w:gridBefore w:val="' + wide + b'"/></w:trPr>'
    lines = b'<w:tblPr><w:tblBorders><w:insideH w:val="single"/></w:tblBorders></w:tblPr>'
    return _body(
        chance, b"<w:tbl>" + lines + (row + cell * 3 + b"</w:tr>" + row + below * 3 + b"</w:tr>") * 5 + b"</w:tbl>"
    )


def _styles(chance: random.Random) -> bytes:
    """Styles that are based on themselves, and a paragraph in one."""
    parts = _parts(chance)
    loop = b"".join(
        b'<w:style w:type="%s" w:styleId="v%d"><w:name w:val="v%d"/><w:basedOn w:val="v%d"/></w:style>'
        % (kind, n, n, n % 2 + 1)
        for n in (1, 2)
        for kind in (b"paragraph",)
    )
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", loop + b"</w:styles>")
    used = b'<w:p><w:pPr><w:pStyle w:val="v1"/></w:pPr><w:r><w:t>abc</w:t></w:r></w:p>'
    table = (
        b'<w:tbl><w:tblPr><w:tblStyle w:val="t1"/></w:tblPr><w:tr><w:tc>'
        + used
        + b"</w:tc><w:tc>"
        + used
        + b"</w:tc></w:tr></w:tbl>"
    )
    same = b'<w:style w:type="table" w:styleId="t1"><w:name w:val="t1"/><w:basedOn w:val="t1"/></w:style></w:styles>'
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", same)
    return _with(parts, _W, parts[_W].replace(b"<w:body>", b"<w:body>" + chance.choice((used, table)), 1))


def _numbering(chance: random.Random) -> bytes:
    """List numbers of enormous value or level."""
    parts = _parts(chance)
    level, start = chance.choice((b"0", b"8", b"99999")), chance.choice((b"1", b"1000000000", b"-5", b"0"))
    shape = chance.choice((b"upperRoman", b"lowerLetter", b"decimal", b"bullet", b"none"))
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts["word/numbering.xml"] = (
        b"<w:numbering "
        + space
        + b'><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="'
        + level
        + b'"><w:start w:val="'
        + start
        + b'"/><w:numFmt w:val="'
        + shape
        + b'"/><w:lvlText w:val="%1.%9"/></w:lvl></w:abstractNum>'
        + b'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    line = (
        b'<w:p><w:pPr><w:numPr><w:ilvl w:val="'
        + level
        + b'"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
    )
    kind = b'<Override PartName="/word/numbering.xml" ContentType="%s.numbering+xml"/>' % _WORD_TYPE
    relation = b'<Relationship Id="rN9" Type="%s/numbering" Target="numbering.xml"/>' % _RELATIONS
    if b"numbering+xml" not in parts["[Content_Types].xml"]:
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind + b"</Types>")
        rels = "word/_rels/document.xml.rels"
        parts[rels] = parts[rels].replace(b"</Relationships>", relation + b"</Relationships>")
    return _with(parts, _W, parts[_W].replace(b"<w:body>", b"<w:body>" + line * 20, 1))


def _entities(chance: random.Random) -> bytes:
    """XML entities that multiply, or that name a file."""
    laughs = b'<!ENTITY a "ha">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    kinds = (
        laughs,
        b'<!ENTITY j SYSTEM "file:///etc/passwd">',
        b'<!ENTITY j SYSTEM "http://127.0.0.1:9/">',
        b'<!ENTITY j "' + b"a" * 90_000 + b'">',
        b'<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;<!ENTITY j "">',
    )
    parts = _parts(chance)
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", parts[_W]).replace(
        b"<w:body>", b"<w:body><w:p><w:r><w:t>" + b"&j;" * 50 + b"</w:t></w:r></w:p>", 1
    )
    return _with(parts, _W, b"<!DOCTYPE w:document [" + chance.choice(kinds) + b"]>" + body)


def _encoding(chance: random.Random) -> bytes:
    parts = _parts(chance)
    name = chance.choice(("utf-16", "utf-7", "cp037", "shift-jis", "khong-co", "utf-32"))
    head = f'<?xml version="1.0" encoding="{name}"?>'.encode()
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", parts[_W])
    if chance.random() < 0.4:
        return _with(parts, _W, (head + body).decode().encode("utf-16"))
    return _with(parts, _W, head + body.replace(b"abc", b"\x00\xff"))


def _relations(chance: random.Random) -> bytes:
    """Parts that are missing, point at one another, outside, or are of another kind."""
    parts = _parts(chance)
    rels = chance.choice([name for name in parts if name.endswith(".rels")])
    targets = (b"../../../etc/passwd", b"document.xml", b"http://127.0.0.1:9/", b"", b"styles.xml", b"media/none.png")
    data = re.sub(
        rb'Target="[^"]*"', lambda m: b'Target="' + chance.choice((*targets, m.group()[8:-1])) + b'"', parts[rels]
    )
    if chance.random() < 0.3:
        data = data.replace(b"<Relationship ", b'<Relationship TargetMode="External" ')
    return _with(parts, rels, data)


def _missing(chance: random.Random) -> bytes:
    parts = _parts(chance)
    gone = chance.choice([name for name in parts if name != _W])
    return packs.rebuilt([(name, data) for name, data in parts.items() if name != gone])


def _marks(chance: random.Random) -> bytes:
    """Signs and runs that cannot be."""
    pieces = (
        b'<w:sym w:char="FFFFFFFF"/>',
        b'<w:sym w:char="-1"/>',
        b'<w:sym w:char="D800"/>',
        b'<w:sym w:char="110000"/>',
        b"<w:t/>",
        b"<w:t>&#xFFFE;&#x1;</w:t>",
        b"<w:t>" + "a\u0301".encode() * 50_000 + b"</w:t>",
        b'<w:br w:type="page"/>' * 3000,
        "<w:t>Căn cứ \u202e số 1/QĐ</w:t>".encode() * 900,
    )
    return _body(chance, b"<w:p><w:r>" + chance.choice(pieces) + b"<w:t>abc</w:t></w:r></w:p>")


DOCX: dict[str, Callable[[random.Random], bytes]] = {
    "numbers": _numbers,
    "deep": _deep,
    "many": _many,
    "spans": _spans,
    "styles": _styles,
    "numbering": _numbering,
    "entities": _entities,
    "encoding": _encoding,
    "relations": _relations,
    "missing": _missing,
    "marks": _marks,
    **packs.on("docx"),
}


def _sectors(chance: random.Random) -> bytes:
    """Chains of sectors that run in circles, a locked package of noise."""
    out = bytearray(seeds.doc() + "EncryptedPackage".encode("utf-16-le") * chance.randrange(2) + bytes(2000))
    out[24:80] = chance.choice((bytes(56), chance.randbytes(56), b"\xff" * 56))
    return bytes(out)


def _xml(chance: random.Random) -> bytes:
    depth = chance.choice((100, 60_000))
    kind = b"application/vnd.oasis.opendocument.text"
    return packs.rebuilt([("mimetype", kind), ("content.xml", b"<office:document-content>" + b"<text:p>" * depth)])


def _groups(chance: random.Random) -> bytes:
    deep = chance.choice((1000, 200_000))
    return chance.choice(
        (b"{\\rtf1" + b"{" * deep, b"{\\rtf1\\bin999999999 a}", b"{\\rtf1 " + b"\\u-99999999?" * 500 + b"}")
    )


DOC: dict[str, Callable[[random.Random], bytes]] = {"sectors": _sectors}
ODT: dict[str, Callable[[random.Random], bytes]] = {"xml": _xml, **packs.on("odt")}
RTF: dict[str, Callable[[random.Random], bytes]] = {"groups": _groups}
