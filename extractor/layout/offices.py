"""The head of a signature block: `KT. CHỦ TỊCH`, `GIÁM ĐỐC` (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7)."""

from __future__ import annotations

import regex

from extractor.text.normalise import fold

_AUTHORITY = regex.compile(r"^\W*(?:k\s*/\s*t|t\s*/\s*m|kt|tm|tl|tuq|t/l)\s*[.,]?\s+\p{L}", regex.I)
_OFFICES = regex.compile(
    r"^\W*(?:q\.\s*)?(?:pho\s+|quyen\s+)?(?:chu tich|chu nhiem|giam doc|tong giam doc|cuc truong|vu truong|bo truong"
    r"|thu truong|thu tuong|chanh van phong|truong ban|truong phong|truong doan|bi thu|tong bi thu|vien truong"
    r"|hieu truong|chanh thanh tra|chi cuc truong|tong cuc truong"
    r"|thong doc|tong thanh tra|to truong|doi truong|chanh an|chu toa"
    r"|thu ky|chu tri|tong kiem toan|chi huy truong|hat truong|tram truong|chu tich nuoc)\b"
)


def in_capitals(text: str) -> bool:
    """Whether nearly all letters are capitals."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and sum(char.isupper() for char in letters) >= 0.85 * len(letters)


def is_authority(text: str) -> bool:
    """Whether a line in capitals opens with an authority or an office."""
    bare = fold(text)
    return in_capitals(text) and bool(_AUTHORITY.match(bare) or _OFFICES.match(bare))
