"""Tricks of HTML, MHTML and plain text."""

from __future__ import annotations

import random
from collections.abc import Callable

from bench.mutants import seeds

_TAGS = (
    "div",
    "table",
    "tr",
    "td",
    "p",
    "b",
    "ul",
    "span",
    "font",
    "blockquote",
    "h1",
    "svg",
    "math",
    "template",
    "select",
)


def _page(body: str, charset: str = "utf-8", head: str = "") -> bytes:
    opening = f"<!DOCTYPE html><html><head><meta charset={charset}>{head}</head><body><p>{seeds.LINES[1]}</p>"
    return f"{opening}{body}</body></html>".encode("utf-8", "surrogatepass")


def _deep(chance: random.Random) -> bytes:
    depth, tag = chance.choice((200, 3_000, 50_000)), chance.choice(_TAGS)
    tag = "table><tr><td" if tag == "table" else tag
    return _page(f"<{tag}>" * depth + "abc")


def _spans(chance: random.Random) -> bytes:
    size = chance.choice(("1000000000", "65534", "-1", "0", "9" * 5000, "x", "1e9", ""))
    cell = f"<td rowspan={size} colspan={size}>Trà sen"
    return _page("<table border=1>" + f"<tr>{cell * 3}</tr>" * chance.choice((2, 60)) + "</table>")


def _cells(chance: random.Random) -> bytes:
    rows, columns = chance.choice(((3000, 4), (300, 200), (2, 9000)))
    return _page("<table border=1>" + ("<tr>" + "<td>4 sao" * columns) * rows + "</table>")


def _attributes(chance: random.Random) -> bytes:
    many = chance.choice(
        (
            "".join(f" a{n}=1" for n in range(20_000)),
            f' title="{"a" * 3_000_000}"',
            ' style="' + "display:none;" * 9000 + '"',
        )
    )
    return _page(f"<div{many}>abc</div>")


def _unclosed(chance: random.Random) -> bytes:
    return _page(
        chance.choice(
            ("<!--", "<![CDATA[", "<script>", "<style>", "<textarea>", "<title>", "<p title='", "&#x", "<?php")
        )
        + "abc " * 5000
    )


def _entities(chance: random.Random) -> bytes:
    text = chance.choice(("&#0;", "&#xD800;", "&#x110000;", "&#99999999999;", "&lt;", "&khongco;", "&amp;amp;"))
    return _page("<p>" + text * chance.choice((3, 40_000)) + "</p>")


def _charset(chance: random.Random) -> bytes:
    name = chance.choice(
        (
            "utf-7",
            "utf-16",
            "utf-32",
            "khong-co",
            "cp037",
            "iso-2022-kr",
            "x-user-defined",
            "TCVN",
            "hex",
            "idna",
            "undefined",
            "rot13",
            "zlib",
            "a" * 9000,
        )
    )
    data = _page("<p>Căn cứ Quyết định số 1/QĐ-TTg</p>", name)
    return data.replace("ứ".encode(), b"\xff\xfe\x80") if chance.random() < 0.5 else data


def _outside(chance: random.Random) -> bytes:
    where = chance.choice(("file:///etc/passwd", "http://127.0.0.1:9/x"))
    return _page(
        f'<iframe src="{where}"></iframe><object data="{where}"></object><img src="{where}">',
        head=f'<base href="{where}"><link rel=stylesheet href="{where}"><meta http-equiv=refresh content="0;{where}">',
    )


def _doctype(chance: random.Random) -> bytes:
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    body = (
        seeds.html()
        .decode()
        .replace(
            "<!DOCTYPE html>",
            f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        )
    )
    return body.replace("<p>", "<p>&a9;&f;", 1).encode()


def _many(chance: random.Random) -> bytes:
    piece = chance.choice(
        (
            "<p>Căn cứ Quyết định số 12/QĐ-UBND ngày 1/2/2021</p>",
            "<br>",
            "<li>Trà sen của HTX Đông Hà đạt 4 sao",
            "<p></p>",
        )
    )
    return _page(piece * chance.choice((500, 4000)))


HTML: dict[str, Callable[[random.Random], bytes]] = {
    "deep": _deep,
    "spans": _spans,
    "cells": _cells,
    "attributes": _attributes,
    "unclosed": _unclosed,
    "entities": _entities,
    "charset": _charset,
    "outside": _outside,
    "doctype": _doctype,
    "many": _many,
}


def _parts(chance: random.Random) -> bytes:
    deep = chance.choice((3, 400, 9000))
    head = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(deep))
    return b"MIME-Version: 1.0\n" + head + b"Content-Type: text/html\n\n" + seeds.html()


def _coding(chance: random.Random) -> bytes:
    name = chance.choice((b"base64", b"quoted-printable", b"x-uuencode", b"khong-co"))
    junk = chance.choice((b"=" * 90_000, b"A" * 99_999, chance.randbytes(9000), b"=FF=0" * 9000))
    return seeds.mhtml().replace(b"8bit\n\n", name + b"\n\n" + junk, 1)


def _heads(chance: random.Random) -> bytes:
    lines = chance.choice(
        (
            b"X: " + b"a" * 900_000 + b"\n",
            b"X: a\n" * 20_000,
            b" folded\n" * 9000,
            b"Content-Type: " + b";a=b" * 9000 + b"\n",
            b'Content-Type: text/html; charset="' + b"\xff" * 50 + b'"\n',
            b"Subject: =?utf-8?b?" + b"=" * 999 + b"?=\n",
        )
    )
    return lines + seeds.mhtml()


MHTML: dict[str, Callable[[random.Random], bytes]] = {"parts": _parts, "coding": _coding, "heads": _heads}


def _repeated(chance: random.Random) -> bytes:
    """One phrase very often: what makes a pattern try every way."""
    piece = chance.choice(
        (
            "Số: ",
            "Căn cứ ",
            "1",
            "-",
            "/",
            " ",
            "\n",
            "\f",
            "\t",
            "((((",
            "Nơi nhận:\n- ",
            "KT. ",
            "Trà sen của ",
            "4 sao, ",
            "3, 4, ",
            "ngày tháng năm ",
            "a\u0301\u0323",
            "\u200b",
            "ỦY BAN NHÂN DÂN ",
            "Điều 1. ",
            "| a ",
            "HTX ",
            "1.018 ",
            "“",
            "sản phẩm OCOP đạt ",
        )
    )
    lines = list(seeds.LINES)
    lines.insert(chance.randrange(len(lines)), piece * chance.choice((200, 5_000, 60_000)))
    return "\n\n".join(lines).encode()


def _letters(chance: random.Random) -> bytes:
    odd = "\u202e\u0000\ufffe\uffff\u2028\ud83d\U000e0041\u0301\u00ad\ufeff\r\v\x1b\x85Ð\u1ee9ﬁ①½²"
    text = "\n\n".join(seeds.LINES)
    for _ in range(chance.choice((3, 60))):
        place = chance.randrange(len(text))
        text = text[:place] + chance.choice(odd) * chance.choice((1, 1, 40)) + text[place:]
    return text.encode(chance.choice(("utf-8", "utf-16", "utf-32", "utf-16-le", "utf-16-be")), "surrogatepass")


def _wrong_encoding(chance: random.Random) -> bytes:
    first, second = (
        chance.choice(("utf-8", "cp1258", "utf-16", "cp1252", "latin-1")),
        chance.choice(("utf-8", "cp1252", "latin-1", "cp437")),
    )
    text = "\n\n".join(seeds.LINES).encode(first, "replace")
    return (
        text.decode(second, "replace").encode("utf-8")
        if chance.random() < 0.5
        else text + text.decode("latin-1").encode("utf-16")
    )


def _long(chance: random.Random) -> bytes:
    words = " ".join(
        chance.choice(("xã", "Đông", "Hà", "3", "sao,", "HTX", "Số", "12/BC-UBND", "ngày"))
        for _ in range(chance.choice((3_000, 30_000)))
    )
    return words.encode() if chance.random() < 0.5 else words.replace(" ", "\n").encode()


def _structure(chance: random.Random) -> bytes:
    """The lines of a document in any order, some of them very often."""
    lines = [
        *seeds.LINES,
        "Kính gửi: Sở Nông nghiệp",
        "Nơi nhận:",
        "- Như trên;",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Nguyễn Văn Mẫu",
        "Căn cứ Luật số 1/2020/QH14;",
        "PHỤ LỤC",
    ]
    return "\n".join(chance.choices(lines, k=chance.choice((10, 300, 2000)))).encode()


TEXT: dict[str, Callable[[random.Random], bytes]] = {
    "repeated": _repeated,
    "letters": _letters,
    "wrong-encoding": _wrong_encoding,
    "long": _long,
    "structure": _structure,
}
