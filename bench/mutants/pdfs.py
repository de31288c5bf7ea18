"""Tricks of the PDF format."""

from __future__ import annotations

import functools
import io
import random
import re
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from bench.mutants import seeds

_HUGE = (0, -1, 1, 65536, 2**31 - 1, 2**31, 2**32, 10**18, -(2**31), 0.5, 1e30)
_SAYS = b"BT /F1 12 Tf 72 700 Td (So: 12/BC-UBND) Tj ET\n"


def _saved(pdf: pikepdf.Pdf, raw: bool = False) -> bytes:
    out = io.BytesIO()
    level = pikepdf.StreamDecodeLevel.none if raw else pikepdf.StreamDecodeLevel.generalized
    pdf.save(out, compress_streams=not raw, stream_decode_level=level)
    return out.getvalue()


def _page(content: bytes = _SAYS, box: tuple[float, ...] = (0, 0, 595, 842)) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    face = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(face)))
    page.obj.MediaBox = Array(list(box))
    page.obj.Contents = Stream(pdf, content)
    return pdf


def _numbers(chance: random.Random) -> bytes:
    """A few numbers anywhere become impossible."""
    data = seeds.plain_pdf()
    places = [m.span() for m in re.finditer(rb"(?<= )-?\d+(?=[ \n/\]>])", data)]
    for start, end in sorted(chance.sample(places, chance.choice((1, 3, 20))), reverse=True):
        data = data[:start] + str(chance.choice(_HUGE)).encode() + data[end:]
    return data


def _names(chance: random.Random) -> bytes:
    """Keys and names are exchanged for others."""
    data = seeds.plain_pdf()
    names = [m.span() for m in re.finditer(rb"/[A-Z]\w+", data)]
    words = [data[a:b] for a, b in names]
    for start, end in sorted(chance.sample(names, chance.choice((1, 3, 20))), reverse=True):
        data = data[:start] + chance.choice(words) + data[end:]
    return data


def _references(chance: random.Random) -> bytes:
    """Objects point at others than they should: cycles, wrong types."""
    data = seeds.plain_pdf()
    found = [m.span(1) for m in re.finditer(rb"(\d+) 0 R", data)]
    count = max(1, data.count(b" 0 obj"))
    for start, end in sorted(chance.sample(found, min(len(found), chance.choice((1, 3, 20)))), reverse=True):
        data = data[:start] + str(chance.randrange(count + 2)).encode() + data[end:]
    return data


def _box(chance: random.Random) -> bytes:
    boxes = (
        (0, 0, 2e5, 2e5),
        (0, 0, 0, 0),
        (595, 842, 0, 0),
        (-1e9, -1e9, 1e9, 1e9),
        (0, 0, 14000, 14000),
        (0, 0, 1, 1),
        (0, 0, 5, 14000),
        (1e7, 1e7, 1e7 + 500, 1e7 + 800),
    )
    pdf = _page(box=chance.choice(boxes))
    page = pdf.pages[0].obj
    page.Rotate = chance.choice((0, 90, 45, -90, 10**9))
    if chance.random() < 0.3:
        page.UserUnit = chance.choice((1000, -1, 0))
    if chance.random() < 0.3:
        page.CropBox = Array([5000, 5000, 6000, 6000])
    return _saved(pdf)


def _bomb(chance: random.Random) -> bytes:
    """A stream that unpacks to hundreds of megabytes, in one or two layers."""
    size = chance.choice((50, 300, 1500))
    pdf = _page()
    stream = Stream(pdf, _packed(chance.choice((b"\0", b" q", _SAYS)), size))
    stream.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    if chance.random() < 0.3:
        pdf.pages[0].obj.Resources.Font.F1.ToUnicode = stream
    else:
        pdf.pages[0].obj.Contents = stream
    return _saved(pdf, raw=True)


@functools.cache
def _packed(piece: bytes, megabytes: int) -> bytes:
    """So many megabytes of one piece, packed twice."""
    layer, fill = zlib.compressobj(9), piece * ((1 << 20) // len(piece))
    data = b"".join(layer.compress(fill) for _ in range(megabytes)) + layer.flush()
    return zlib.compress(data, 9)


def _filters(chance: random.Random) -> bytes:
    names = (
        Name.ASCIIHexDecode,
        Name.ASCII85Decode,
        Name.RunLengthDecode,
        Name.LZWDecode,
        Name.DCTDecode,
        Name.JPXDecode,
        Name.JBIG2Decode,
        Name.CCITTFaxDecode,
        Name.Crypt,
        Name.FlateDecode,
    )
    pdf = _page()
    stream = Stream(pdf, chance.randbytes(400))
    stream.Filter = Array([chance.choice(names) for _ in range(chance.choice((1, 3, 300)))])
    stream.DecodeParms = Dictionary(Predictor=chance.choice((2, 15, 99)), Columns=chance.choice((0, 2**31 - 1, -1)))
    pdf.pages[0].obj.Contents = stream
    return _saved(pdf, raw=True)


def _image(chance: random.Random) -> bytes:
    """A picture that says it is enormous, or is of an odd kind."""
    side = chance.choice((0, 1, 5000, 30_000, 65_000, 2**31 - 1))
    pdf = _page(b"q 595 0 0 842 0 0 cm /I Do Q\n" + _SAYS * chance.randrange(2))
    image = Stream(pdf, zlib.compress(bytes(chance.choice((10, 1 << 20, 40 << 20)))))
    image.Type, image.Subtype, image.Filter = (
        Name.XObject,
        Name.Image,
        chance.choice((Name.FlateDecode, Name.DCTDecode)),
    )
    image.Width, image.Height = side, chance.choice((side, 1, 100))
    image.BitsPerComponent = chance.choice((1, 8, 16, 3, 0))
    image.ColorSpace = chance.choice(
        (Name.DeviceGray, Name.DeviceCMYK, Array([Name.Indexed, Name.DeviceRGB, 255, b""]))
    )
    if chance.random() < 0.3:
        image.SMask = image
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=pdf.make_indirect(image))
    return _saved(pdf, raw=True)


def _forms(chance: random.Random) -> bytes:
    """Form objects that draw themselves or each other, ever deeper."""
    pdf = _page(b"/X0 Do\n")
    depth, fan = chance.choice(((1, 2), (60, 2), (9, 9), (3000, 1)))
    forms = []
    for number in range(depth):
        form = Stream(pdf, (b"/X%d Do " % (number + 1)) * fan + _SAYS)
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 595, 842])
        forms.append(pdf.make_indirect(form))
    loop = chance.random() < 0.5
    for number, form in enumerate(forms):
        target = forms[number + 1] if number + 1 < depth else (forms[0] if loop else None)
        if target is not None:
            form.Resources = Dictionary(XObject=Dictionary({f"/X{number + 1}": target}))
    pdf.pages[0].obj.Resources.XObject = Dictionary(X0=forms[0])
    return _saved(pdf)


def _operators(chance: random.Random) -> bytes:
    """Very many operators of one kind."""
    many = chance.choice((3_000, 60_000, 400_000))
    line = chance.choice(
        (
            b"q ",
            b"BT ",
            b"BT /F1 9 Tf (a) Tj ET ",
            b"1 1 2 2 re S ",
            b"0 0 m 9 9 l S ",
            b"[(a) -9](b)TJ ",
            b"/F1 1e30 Tf ",
            b"1e38 0 0 1e38 0 0 cm ",
            b"BI /W 9 /H 9 ID \xff EI ",
            b"<</a[",
            b"(((",
        )
    )
    return _saved(_page(line * many + _SAYS))


def _grid(chance: random.Random) -> bytes:
    """A page of very many ruled boxes with words in them."""
    side = chance.choice((20, 80, 250))
    step = 500 / side
    boxes = b"".join(
        b"%.1f %.1f %.1f %.1f re S " % (40 + i * step, 40 + j * step, step, step)
        for i in range(side)
        for j in range(side)
    )
    words = b"".join(b"BT /F1 3 Tf %d %d Td (a%d) Tj ET " % (42 + n % 500, 42 + n // 2, n) for n in range(0, 1500, 7))
    return _saved(_page(boxes + words))


def _cmap(chance: random.Random) -> bytes:
    """A Unicode map that lies, loops or never ends."""
    maps = (
        b"beginbfrange\n<0000> <FFFF> <0000>\nendbfrange " * 300,
        b"1 beginbfrange\n<00> <ff> [" + b"<0041> " * 9,
        b"beginbfchar\n<41> <D800>\n<42> <DFFF>\n<53> <0000>\n<6f> <" + b"0041" * 5000 + b">\nendbfchar",
        b"/Identity-H usecmap " * 900,
        b"<" * 9000,
        b"100000000 beginbfchar <00> <0041>",
        b"\xff" * 3000,
    )
    pdf = _page()
    face = pdf.pages[0].obj.Resources.Font.F1
    face.ToUnicode = pdf.make_indirect(
        Stream(pdf, b"/CIDInit /ProcSet findresource begin begincmap " + chance.choice(maps))
    )
    if chance.random() < 0.4:
        face.Subtype, face.Encoding = Name.Type0, chance.choice((Name("/Identity-H"), face.ToUnicode))
        face.DescendantFonts = Array([face])
    return _saved(pdf)


def _fontfile(chance: random.Random) -> bytes:
    """An embedded font with damage, widths that cannot be."""
    with pikepdf.open(io.BytesIO(seeds.sample("ke-hoach-pdf"))) as pdf:
        for item in pdf.objects:
            if isinstance(item, Stream) and b"glyf" in (data := _bytes_of(item)):
                out = bytearray(data)
                for _ in range(chance.choice((3, 40, 900))):
                    out[chance.randrange(len(out))] = chance.randrange(256)
                item.write(bytes(out))
            elif isinstance(item, Dictionary) and "/Widths" in item:
                item.Widths = Array([chance.choice(_HUGE[:9]) for _ in range(chance.choice((1, 300)))])
        return _saved(pdf)


def _bytes_of(stream: Stream) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return b""


def _type3(chance: random.Random) -> bytes:
    """A font whose letters draw themselves."""
    pdf = _page(b"BT /F1 12 Tf 72 700 Td (" + b"a" * chance.choice((1, 400)) + b") Tj ET")
    face = pdf.pages[0].obj.Resources.Font.F1
    glyph = pdf.make_indirect(Stream(pdf, b"1000 0 d0 BT /F1 1 Tf (aa) Tj ET 0 0 900 900 re f"))
    face.Subtype, face.FontMatrix = Name.Type3, Array([0.001, 0, 0, 0.001, 0, 0])
    face.FontBBox, face.CharProcs = Array([0, 0, 0, 0]), Dictionary(a=glyph)
    face.Encoding, face.FirstChar, face.LastChar = Dictionary(Differences=Array([97, Name.a])), 97, 97
    face.Widths, face.Resources = Array([1000]), Dictionary(Font=Dictionary(F1=face))
    return _saved(pdf)


def _tree(chance: random.Random) -> bytes:
    """A page tree that is deep, endless, or lies about its size."""
    kind = chance.choice(("count", "kids", "deep", "many"))
    if kind == "many":
        pdf = _page()
        for _ in range(chance.choice((300, 6000))):
            pdf.add_blank_page(page_size=(100, 100))
        return _saved(pdf)
    if kind == "deep":
        head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        nodes = b"".join(b"%d 0 obj<</Type/Pages/Count 1/Kids[%d 0 R]>>endobj\n" % (n, n + 1) for n in range(2, 5000))
        return (
            head + nodes + b"5000 0 obj<</Type/Page/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R/Size 5001>>\n%%EOF"
        )
    data = seeds.plain_pdf()
    if kind == "count":
        return re.sub(rb"/Count \d+", b"/Count " + str(chance.choice((-1, 10**9, 4999, 0))).encode(), data)
    root = re.search(rb"/Pages (\d+ 0 R)", data)
    return re.sub(rb"/Kids \[", b"/Kids [ " + (root.group(1) if root else b"1 0 R") + b" ", data)


def _xref(chance: random.Random) -> bytes:
    """Cross references and trailers that point nowhere or round in circles."""
    data = seeds.sample("ke-hoach-pdf")
    tail = (
        b"\nstartxref\n%d\n%%%%EOF" % chance.choice((0, 5, 10**10, len(data) - 40)),
        b"\ntrailer<</Root 1 0 R/Prev %d/Size 99999999>>\nstartxref\n%d\n%%%%EOF" % (len(data) + 1, len(data) + 1),
        b"\nxref\n0 99999999\n"
        + b"0000000000 65535 f \n" * 9
        + b"trailer<</Size 1>>\nstartxref\n%d\n%%%%EOF" % len(data),
        b"\n1 0 obj<</Type/ObjStm/Extends 1 0 R/N 999999/First 9/Length 3>>stream\n1 0\nendstream endobj\n%%EOF",
    )
    return data + chance.choice(tail)


def _widgets(chance: random.Random) -> bytes:
    """Form fields: very many, or in circles, with looks that draw themselves."""
    pdf = _page()
    look = pdf.make_indirect(Stream(pdf, _SAYS))
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 20])
    look.Resources = Dictionary(XObject=Dictionary(L=look))
    annotations = []
    for number in range(chance.choice((1, 40, 3000))):
        low = chance.uniform(0, 800)
        box = Array([chance.choice((10, -1e9)), low, 300, chance.choice((low + 30, 1e9))])
        one = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=chance.choice((Name.Sig, Name.Tx)),
            Rect=box,
            F=4,
            T=pikepdf.String(f"s{number}"),
            V=pikepdf.String("542"),
            AP=Dictionary(N=look),
        )
        annotations.append(pdf.make_indirect(one))
    annotations[0].Parent, annotations[0].Kids = annotations[0], Array([annotations[0]])
    pdf.pages[0].obj.Annots = Array(annotations)
    pdf.Root.AcroForm = Dictionary(Fields=Array(annotations), SigFlags=3, XFA=Stream(pdf, b"<xdp:xdp>" * 50))
    return _saved(pdf)


def _locked(chance: random.Random) -> bytes:
    """Encrypted, or with an encryption dictionary that makes no sense."""
    if chance.random() < 0.5:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(seeds.sample("ke-hoach-pdf"))) as pdf:
            pdf.save(out, encryption=pikepdf.Encryption(user="u" * chance.randrange(1, 30), owner="o"))
        return out.getvalue()
    lie = b"/Encrypt<</Filter/Standard/V %d/R %d/O(\x00)/U(\x00)/P -1/Length %d>>/Root" % (
        chance.choice((0, 4, 5, 99)),
        chance.choice((2, 6, -1)),
        chance.choice((0, 128, 2**31)),
    )
    return seeds.plain_pdf().replace(b"/Root", lie, 1)


def _nested(chance: random.Random) -> bytes:
    """Arrays or dictionaries in one another, very deep."""
    deep = chance.choice((500, 20_000, 300_000))
    junk = chance.choice((b"[" * deep + b"]" * deep, b"<</A" * deep, b"(" * deep))
    return seeds.plain_pdf().replace(b"/Type /Page\n", b"/Type /Page\n/Junk " + junk + b"\n", 1)


def _outside(chance: random.Random) -> bytes:
    """References to files and addresses outside: nothing may be fetched."""
    pdf = _page()
    where = chance.choice(("/etc/passwd", "http://127.0.0.1:9/x", "\\\\\\\\host\\\\share"))
    stream = pdf.make_indirect(Stream(pdf, b""))
    stream.F = Dictionary(Type=Name.Filespec, F=pikepdf.String(where), FS=Name.URL)
    pdf.pages[0].obj.Contents = Array([stream, pdf.make_indirect(Stream(pdf, _SAYS))])
    pdf.Root.OpenAction = Dictionary(S=Name.Launch, F=pikepdf.String(where))
    return _saved(pdf)


TRICKS: dict[str, Callable[[random.Random], bytes]] = {
    "numbers": _numbers,
    "names": _names,
    "references": _references,
    "box": _box,
    "bomb": _bomb,
    "filters": _filters,
    "image": _image,
    "forms": _forms,
    "operators": _operators,
    "grid": _grid,
    "cmap": _cmap,
    "fontfile": _fontfile,
    "type3": _type3,
    "tree": _tree,
    "xref": _xref,
    "widgets": _widgets,
    "locked": _locked,
    "nested": _nested,
    "outside": _outside,
}
