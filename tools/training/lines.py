"""Invented lines of administrative Vietnamese: the truth of the synthetic training pictures.

Everything is put together from a word list written for the project (`words.txt`), syllables made by the rules of
Vietnamese phonology, and the names of administrative units (package vietnamadminunits, MIT). No line is taken from a
document.
"""

# ruff: noqa: E501  (tables of words and of points read better in long lines)
from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path

TYPES = "QĐ TB BC KH TTr NQ CT HD NĐ TT PA ĐA CTr CV BB GM KL QC".split()
AGENCIES = (
    "UBND HĐND CP TTg BTC BNV BKHĐT BNNPTNT BNNMT BTNMT BGDĐT BYT BCT BKHCN SNN SNNPTNT SNNMT STC SNV SKHĐT SCT SYT "
    "SGDĐT STNMT VPĐP VPCP BCĐ BCĐOCOP VP QH15 QH14 QH13 UBTVQH15 TW TU HU ĐU MTTQ KTTH NNTN VPUB TCKH LĐTBXH KGVX CN"
).split()
UNITS = "VT KT TH NN NC VX KTTH NLN CN TC NV KGVX TN MT XD GT NNTN TCKT KTN CVP TTr PC QLĐT ĐTTĐ".split()
TYPE_WORDS = (
    "QUYẾT ĐỊNH, THÔNG BÁO, BÁO CÁO, KẾ HOẠCH, TỜ TRÌNH, CHỈ THỊ, NGHỊ QUYẾT, HƯỚNG DẪN, CHƯƠNG TRÌNH, CÔNG ĐIỆN, "
    "PHỤ LỤC, DANH SÁCH, DANH MỤC, BIÊN BẢN, GIẤY MỜI, QUY CHẾ, QUY ĐỊNH, ĐỀ ÁN, PHƯƠNG ÁN, PHIẾU TRÌNH, KẾT LUẬN"
).split(", ")
FIXED = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc|Nơi nhận:|"
    "Kính gửi:|ĐẢNG CỘNG SẢN VIỆT NAM|(Đã ký)|HỎA TỐC|KHẨN|MẬT|./.|- Như trên;|- Như Điều 3;|- Lưu: VT.|Đơn vị tính:"
).split("|")
POSITIONS = (
    "CHỦ TỊCH, PHÓ CHỦ TỊCH, GIÁM ĐỐC, PHÓ GIÁM ĐỐC, CHÁNH VĂN PHÒNG, PHÓ CHÁNH VĂN PHÒNG, TRƯỞNG PHÒNG, BỘ TRƯỞNG, "
    "THỨ TRƯỞNG, TRƯỞNG BAN, PHÓ TRƯỞNG BAN, CHI CỤC TRƯỞNG, PHÓ CHI CỤC TRƯỞNG, HIỆU TRƯỞNG, PHÓ THỦ TƯỚNG, BÍ THƯ"
).split(", ")
FAMILY = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lâm Trịnh Mai Tạ Hà Cao "
    "Châu Lương Tô Thái La Triệu Nông Vi Quách Giàng Lò"
).split()
MIDDLE = (
    "Văn Thị Hữu Đức Minh Quang Ngọc Thanh Xuân Đình Công Mạnh Anh Thế Bá Duy Quốc Kim Thu Hồng Trọng Viết Như "
    "Tiến Khắc Sỹ Phúc Gia"
).split()
GIVEN = (
    "An Anh Bình Chi Cường Dũng Dương Duy Đạt Đông Đức Giang Hà Hải Hạnh Hậu Hiền Hiếu Hoa Hòa Hoàng Hùng Huy "
    "Hương Khánh Khoa Kiên Lan Linh Long "
    "Lộc Lợi Mai Mạnh Minh Nam Nga Nghĩa Ngọc Nhung Oanh Phong Phú Phúc Phương Quang Quân Quý Quyền Sang Sơn Tài "
    "Tâm Tân Thành Thắng Thảo Thịnh Thọ "
    "Thủy Thúy Tiến Toàn Trang Trí Trung Trường Tú Tuấn Tùng Tuyết Vân Việt Vinh Vũ Xuân Yến"
).split()
INITIALS = "b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x".split()
INITIALS.append("")
RIMES = (
    "a ai am an ang anh ao ap at ay ăm ăn ăng ăp ăt ăc âm ân âng âp ât âu ây ac ach au e em en eo et ê êm ên ênh "
    "êt êu i ia iêc iêm iên iêng iêt iêu im in inh it iu ich "
    "o oa oai oan oang oanh oc oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uc ui um un "
    "ung uôc uôi uôn uông uôt uy uyên uyêt ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ưt ưu"
).split()
TONES = {"a": "aàáảãạ", "ă": "ăằắẳẵặ", "â": "âầấẩẫậ", "e": "eèéẻẽẹ", "ê": "êềếểễệ", "i": "iìíỉĩị", "o": "oòóỏõọ",
         "ô": "ôồốổỗộ", "ơ": "ơờớởỡợ", "u": "uùúủũụ", "ư": "ưừứửữự", "y": "yỳýỷỹỵ"}  # fmt: skip


@cache
def bank() -> tuple[str, ...]:
    """The word list's entries."""
    text = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(word.strip() for line in lines for word in line.split(",") if word.strip())


@cache
def places() -> tuple[str, ...]:
    """Names of provinces, districts and communes, with their kind."""
    data = resources.files("vietnamadminunits") / "data" / "parser_from_2025.json"
    found: set[str] = set()
    stack = [json.loads(data.read_text(encoding="utf-8"))]
    while stack:
        node = stack.pop()
        stack.extend(
            value for value in (node.values() if isinstance(node, dict) else node) if isinstance(value, dict | list)
        )
        if isinstance(node, dict):
            found.update(
                v
                for k, v in node.items()
                if isinstance(v, str) and k.lower() in ("province", "ward", "wardshort", "provinceshort")
            )
    return tuple(sorted(name for name in found if name[:1].isupper()))


def syllable(rng: random.Random) -> str:
    """A possible Vietnamese syllable."""
    initial, rime = rng.choice(INITIALS), rng.choice(RIMES)
    if initial == "c" and rime[0] in "eêi":
        initial = "k"
    if initial in ("g", "ng") and rime[0] in "eêi":
        initial += "h"
    if initial in ("gi", "qu") and rime[0] in "iuư":
        initial = "t"
    stopped = rime[-1] in "cpt" or rime.endswith("ch")
    return initial + toned(rime, rng.choice((2, 5)) if stopped else rng.randrange(6))


def toned(rime: str, tone: int) -> str:
    """The rime with a tone mark (0–5) on its main vowel."""
    vowels = [i for i, letter in enumerate(rime) if letter in TONES]
    marked = [i for i in vowels if rime[i] in "ăâêôơư"]
    if marked:
        place = marked[-1]
    elif len(vowels) == 1 or vowels[-1] < len(rime) - 1:
        place = vowels[-1]
    else:
        place = vowels[-2]
    return rime[:place] + TONES[rime[place]][tone] + rime[place + 1 :]


def old_style(text: str) -> str:
    """The older placement of tone marks: hoà for hòa, uỷ for ủy.

    >>> old_style("Ủy ban Hòa Bình")
    'Uỷ ban Hoà Bình'
    """
    for first, second in ("oa", "oe", "uy"):
        for case in (str, str.upper):
            for marked, target in zip(TONES[first][1:], TONES[second][1:], strict=True):
                text = re.sub(
                    f"(?<![qQ]){case(marked)}({second}|{second.upper()})(?!\\w)", _moved(first, target, case), text
                )
    return text


def _moved(first: str, target: str, case: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    def swap(match: re.Match[str]) -> str:
        return case(first) + (target.upper() if match[1].isupper() else target)

    return swap


class Writer:
    """Makes lines of every kind that such documents have, reproducibly."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.kinds = (
            (34, self.prose), (9, self.reference), (9, self.identifier), (8, self.date), (6, self.header), (3, self.fixed),
            (5, self.signature), (6, self.recipient), (5, self.heading), (10, self.cell), (5, self.figures),
        )  # fmt: skip

    def line(self) -> str:
        """A line of any kind."""
        kind = self.rng.choices([k for _, k in self.kinds], [w for w, _ in self.kinds])[0]
        text = " ".join(kind().split())
        return old_style(text) if self.rng.random() < 0.3 else text

    def pick(self, *options: str) -> str:
        return self.rng.choice(options)

    def place(self) -> str:
        return self.rng.choice(places())

    def person(self) -> str:
        parts = [self.rng.choice(FAMILY), self.rng.choice(MIDDLE), self.rng.choice(GIVEN)]
        if self.rng.random() < 0.2:
            parts.insert(1, self.rng.choice(MIDDLE))
        return " ".join(parts)

    def word(self) -> str:
        draw = self.rng.random()
        if draw < 0.76:
            return self.rng.choice(bank())
        if draw < 0.9:
            return " ".join(syllable(self.rng) for _ in range(self.rng.randint(1, 3)))
        if draw < 0.94:
            return self.place()
        return self.pick(
            self.number(), self.short_date(), self.symbol(), f"{self.rng.randint(1, 99)}%", self.person(), "OCOP"
        )

    def number(self) -> str:
        rng = self.rng
        return rng.choice((str(rng.randint(1, 99)), f"{rng.randint(0, 99):02}", str(rng.randint(100, 9999)), f"{rng.randint(1, 999)}.{rng.randint(0, 999):03}",
                           f"{rng.randint(0, 99)},{rng.randint(0, 99)}", f"{rng.randint(1, 90)}.{rng.randint(0, 999):03}.{rng.randint(0, 999):03}"))  # fmt: skip

    def serial(self) -> str:
        rng = self.rng
        return rng.choice((f"{rng.randint(1, 99):02}", str(rng.randint(1, 999)), str(rng.randint(100, 9999))))

    def symbol(self) -> str:
        rng, agency = self.rng, self.rng.choice(AGENCIES)
        serial = self.serial()
        return rng.choice((
            f"{serial}/{rng.choice(TYPES)}-{agency}", f"{serial}/{rng.choice(TYPES)}-{agency}", f"{serial}/{agency}-{rng.choice(UNITS)}",
            f"{serial}/{rng.randint(1996, 2025)}/{rng.choice(TYPES)}-{agency}", f"{serial}/{rng.randint(2005, 2025)}/QH{rng.randint(10, 15)}",
            f"{serial}-{rng.choice(('NQ', 'CT', 'QĐ', 'KL', 'TB'))}/{rng.choice(('TW', 'TU', 'HU', 'ĐU', 'BCSĐ'))}",
        ))  # fmt: skip

    def short_date(self) -> str:
        rng = self.rng
        day, month, year = rng.randint(1, 31), rng.randint(1, 12), rng.randint(1995, 2026)
        return rng.choice(
            (f"{day:02}/{month:02}/{year}", f"{day}/{month}/{year}", f"{day}-{month}-{year}", f"{month:02}/{year}")
        )

    def long_date(self) -> str:
        rng = self.rng
        day, month, year = rng.randint(1, 31), rng.randint(1, 12), rng.randint(1995, 2026)
        shown = f"{day:02}" if rng.random() < 0.8 else str(day)
        return (
            f"ngày {shown} tháng {month:02} năm {year}"
            if rng.random() < 0.6
            else f"ngày {shown} tháng {month} năm {year}"
        )

    def prose(self) -> str:
        rng, parts = self.rng, []
        for _ in range(rng.randint(3, 9)):
            word = self.word()
            draw = rng.random()
            parts.append(
                word
                + ("," if draw < 0.1 else ";" if draw < 0.12 else "." if draw < 0.15 else ":" if draw < 0.16 else "")
            )
            if draw > 0.97:
                parts[-1] = f"({parts[-1]})"
            elif draw > 0.96:
                parts[-1] = f"“{parts[-1]}”"
        text = " ".join(parts)
        if rng.random() < 0.4:
            text = text[0].upper() + text[1:]
        if rng.random() < 0.25:
            text = (
                self.pick("- ", "+ ", "a) ", "b) ", "1. ", "2. ", "3.2. ", "Điều 1. ", "Điều 2. ", "II. ", "c) ", "đ) ")
                + text
            )
        return text

    def reference(self) -> str:
        lead = self.pick("Căn cứ ", "Theo ", "Xét đề nghị tại ", "Thực hiện ", "Căn cứ ", "của ", "")
        kind = self.pick(
            "Quyết định",
            "Nghị định",
            "Thông tư",
            "Luật",
            "Công văn",
            "Tờ trình",
            "Kế hoạch",
            "Nghị quyết",
            "Văn bản",
            "Thông báo",
            "Báo cáo",
            "Chỉ thị",
        )
        number = self.pick("số ", "số ", "số ", "số: ", "Số: ", "") + self.symbol()
        date = self.pick(self.long_date(), "ngày " + self.short_date(), self.long_date(), "")
        tail = self.pick("của " + self.word(), "về " + self.word(), "về việc " + self.word() + " " + self.word(), "")
        return f"{lead}{kind} {number} {date} {tail}".strip() + self.pick(";", ";", "", ",", ".", ")")

    def identifier(self) -> str:
        symbol = self.symbol()
        if self.rng.random() < 0.25:
            symbol = symbol.replace("/", self.pick(" /", "/ ", " / "), 1)
        return self.pick("Số: ", "Số:", "Số ", "Số: ", "") + symbol

    def date(self) -> str:
        place = self.place() if self.rng.random() < 0.5 else self.place().split(" ", 1)[-1]
        return f"{place}, {self.long_date()}" if self.rng.random() < 0.85 else self.long_date()

    def header(self) -> str:
        body = self.pick("ủy ban nhân dân", "hội đồng nhân dân", "sở " + self.word(), "bộ " + self.word(), "ban chỉ đạo " + self.word(), "văn phòng " + self.word(),
                         "trung tâm " + self.word(), "chi cục " + self.word(), "phòng " + self.word(), "công ty " + self.word())  # fmt: skip
        text = f"{body} {self.place()}" if self.rng.random() < 0.6 else body
        return text.upper()

    def fixed(self) -> str:
        return self.rng.choice(FIXED)

    def signature(self) -> str:
        rng = self.rng
        return rng.choice((self.person(), self.person(), rng.choice(POSITIONS), self.pick("KT. ", "TM. ", "TL. ", "TUQ. ", "Q. ") + rng.choice(POSITIONS),
                           "TM. ỦY BAN NHÂN DÂN", "TM. HỘI ĐỒNG NHÂN DÂN", "TM. UBND " + self.place().upper(), self.person().upper()))  # fmt: skip

    def recipient(self) -> str:
        name = self.pick(self.word().capitalize(), "UBND " + self.place(), "TT. HĐND " + self.place(), "Sở " + self.word(), "Bộ " + self.word(), "VP " + self.word(),
                         "Như Điều " + str(self.rng.randint(2, 9)), "Lưu: VT, " + ", ".join(self.rng.sample(UNITS, self.rng.randint(1, 2))),
                         "Lưu: VT, " + self.rng.choice(UNITS) + str(self.rng.randint(1, 9)), "CT, các PCT " + self.word())  # fmt: skip
        note = self.pick("", "", " (b/c)", " (để báo cáo)", " (để t/h)", " (p/h)")
        return self.pick("- ", "- ", "-", "", "+ ") + name + note + self.pick(";", ";", ";", ".", "")

    def heading(self) -> str:
        rng = self.rng
        words = " ".join(rng.choice(bank()) for _ in range(rng.randint(1, 4)))
        return rng.choice((rng.choice(TYPE_WORDS), words.upper(), self.pick("I. ", "II. ", "III. ", "IV. ", "V. ", "A. ", "Chương I ") + words.upper(),
                           "Về việc " + words, "V/v " + words, f"Điều {rng.randint(1, 30)}. " + words.capitalize(), self.pick("1. ", "2. ", "1.1. ") + words.capitalize(),
                           f"(Kèm theo {self.pick('Quyết định', 'Kế hoạch', 'Công văn', 'Báo cáo')} số {self.symbol()} {self.long_date()})"))  # fmt: skip

    def cell(self) -> str:
        rng = self.rng
        return rng.choice((rng.choice(bank()).capitalize(), self.number(), self.pick("HTX ", "Công ty TNHH ", "Công ty CP ", "Hộ kinh doanh ", "Cơ sở ", "DNTN ", "Tổ hợp tác ") + self.word(),
                           f"{rng.randint(1, 5)} sao", f"Xã {self.place()}", self.place() + ", " + self.place(), f"0{rng.randint(200000000, 999999999)}", f"{rng.randint(1, 40)}",
                           self.person(), rng.choice(bank()).capitalize() + " " + syllable(rng).capitalize(), self.short_date(), "TT", "STT", self.pick("x", "X", "Nt", "nt", "-")))  # fmt: skip

    def figures(self) -> str:
        rng = self.rng
        return " ".join(
            rng.choice((self.number(), self.short_date(), self.symbol(), rng.choice(bank())))
            for _ in range(rng.randint(2, 6))
        )
