"""Targets below what the same document says is there already: "hiện có 25 sản phẩm … đến năm 2025 có 20 sản phẩm".

Only totals are compared: what is to be added, renewed or done each year is no total, and neither is a result of one
year. Both must be of one unit, rating and level (tỉnh, huyện, xã).
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.audit.sums import findings_of, span_of
from extractor.programme import Understanding
from extractor.programme.counts import Count
from extractor.recognise.base import Found, Problem

_ADDED = regex.compile(
    r"thêm|mới|tăng|mỗi\s+năm|h[àằ]ng\s+năm|bình\s+quân|nâng\s+(?:hạng|cấp|sao)|lại|lượt|lần\s+đầu|phát\s+triển|tiềm\s+năng"
    r"|đăng\s+ký|chuẩn\s+hóa|hỗ\s+trợ|đánh\s+giá|duy\s+trì|giữ|củng\s+cố|bổ\s+sung|còn\s+lại|xây\s+dựng"
)
_TOTAL_TARGET = regex.compile(
    r"tổng\s+số|lũy\s+kế|(?:đến|tới)\s+(?:hết\s+|cuối\s+)?(?:năm|tháng|31)|nâng[^.;]{0,60}\slên|đưa[^.;]{0,60}\slên"
)
_TOTAL_REACHED = regex.compile(
    r"tổng\s+số|lũy\s+kế|đến\s+nay|hiện\s+(?:nay|tại|có|đã)|hiện,|tính\s+đến|(?:đến|tới)\s+(?:hết\s+|cuối\s+)?(?:năm|tháng|ngày)"
)
_LEVEL = regex.compile(
    r"(?P<land>cả\s+nước|toàn\s+quốc|các\s+tỉnh)|(?P<province>toàn\s+tỉnh|của\s+tỉnh|tỉnh\s+có)"
    r"|(?P<district>toàn\s+(?:huyện|thị\s+xã)|của\s+huyện|huyện\s+có)|(?P<commune>toàn\s+(?:xã|phường)|của\s+xã|xã\s+có)"
)
_BEFORE = 160


def targets(reading: Understanding, found: Found) -> list[Problem]:
    """One problem for each target that is lower than a total reached, with both places."""
    problems = []
    reached = [c for c in reading.every_count if _is_total(reading, c, "recognized", _TOTAL_REACHED)]
    for target in (c for c in reading.every_count if _is_total(reading, c, "target", _TOTAL_TARGET)):
        higher = [c for c in reached if _alike(reading, c, target) and c.number > target.number]
        if not higher or target.comparison in ("<", "<="):
            continue
        most = max(higher, key=lambda count: count.number)
        unit = "sản phẩm" if target.unit == "product" else "chủ thể"
        message = (
            f"Chỉ tiêu {target.number} {unit} thấp hơn số đã đạt được ghi trong cùng văn bản ({most.number} {unit}). "
            "Hãy kiểm tra chỉ tiêu và số đã đạt."
        )
        about = findings_of(reading, found, (target, most))
        problems.append(
            Problem("target-below-achieved", "warning", message, spans=(span_of(target), span_of(most)), about=about)
        )
    return problems


def _is_total(reading: Understanding, count: Count, status: str, words: regex.Pattern[str]) -> bool:
    """Whether a count of a status is one over all that there is, by the words of its sentence before and behind it."""
    if count.status != status or count.parent is not None or count.nested:
        return False
    if status == "recognized" and count.comparison in ("<", "<=", "~"):
        return False
    ahead, behind = _around(reading, count)
    return words.search(ahead) is not None and _ADDED.search(ahead) is None and _ADDED.match(behind.strip()) is None


def _around(reading: Understanding, count: Count) -> tuple[str, str]:
    """The sentence before the count, from its last semicolon, and the words just behind."""
    text = reading.view.folded
    ahead = text[max(count.sentence.start, count.start - _BEFORE) : count.start].rpartition(";")[2]
    return ahead, text[count.end : min(count.sentence.end, count.end + 25)]


def _alike(reading: Understanding, one: Count, other: Count) -> bool:
    values = [count.stars.values if count.stars is not None else None for count in (one, other)]
    scopes = {count.scope.casefold() for count in (one, other) if count.scope}
    levels = [next(_levels(_around(reading, count)[0]), None) for count in (one, other)]
    return one.unit == other.unit and values[0] == values[1] and len(scopes) < 2 and levels[0] == levels[1]


def _levels(text: str) -> Iterator[str]:
    """The levels named, the nearest to the end first."""
    for match in reversed(list(_LEVEL.finditer(text))):
        yield next(name for name, value in match.groupdict().items() if value)
