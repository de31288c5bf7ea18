"""What carries over from sentence to sentence: periods and statuses of the paragraph, and the counts seen so far."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from extractor.programme.counts import Count, find_counts
from extractor.programme.periods import Period, find_periods
from extractor.programme.status import Clause, Verdict, verdict
from extractor.programme.view import Sentence, View

_OPENER = regex.compile(r"\s*(?:[-+*•]\s*)?(?:\([^)]{1,12}\)\s*-?\s*)?")
_FRAME = regex.compile(r"^[^,.;:]{0,60}?,")
_UNTIL_NOW = regex.compile(r"đến nay|hiện nay|tính đến|hiện (?:có|đã|toàn)|thời điểm (?:này|hiện)")
_HEADING = 120
_GREAT = regex.compile(r"(?:[IVX]{1,4}|[A-E]|Phần\s+\w+)[.)]?\s")
_NUMBERED = regex.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?\s|[a-zđ]\)\s")
_SCOPE = regex.compile(
    r"(?:(?:toàn|cả)\s+(?:tỉnh|huyện|thành\s+phố|thị\s+xã|quận|nước|xã)(?:\s+(?:\p{Lu}[\p{L}'’]*\s?){1,4})?|"
    r"(?:tỉnh|huyện|thành\s+phố|TP\.?|thị\s+xã|TX\.?|quận|xã)\s+(?:\p{Lu}[\p{L}'’]*\s?){1,4})"
)


@dataclass(slots=True)
class Memory:
    """What was said before: the counts in order, the frame of the paragraph, whether a target governs it."""

    counts: list[Count] = field(default_factory=list)
    frame: str | None = None
    paragraph: int = -1
    heading: str | None = None


def read_counts(view: View) -> list[Count]:
    """All counts of a document with stars, status, period and scope."""
    memory = Memory()
    for sentence in view.sentences:
        counts = find_counts(view, sentence)
        periods = find_periods(view.folded, sentence.start, sentence.end)
        _enter(view, sentence, periods, memory)
        for count in counts:
            count.parent = _parent(view, count, memory)
            _set_status(view, count, memory)
            _set_period(view, count, periods, memory)
            count.scope = _scope(view, count)
            memory.counts.append(count)
    return memory.counts


def connected(view: View, sentence: Sentence) -> bool:
    """Whether a sentence opens with a word that ties it to the one before."""
    start = _OPENER.match(view.text, sentence.start, sentence.end).end()  # type: ignore[union-attr]
    return view.at("connectors", start) is not None


def _enter(view: View, sentence: Sentence, periods: list[Period], memory: Memory) -> None:
    """A period that opens a sentence frames the rest of its paragraph."""
    if sentence.paragraph != memory.paragraph:
        if not connected(view, sentence):
            memory.frame = None
        memory.paragraph = sentence.paragraph
        _under_heading(view, sentence, periods, memory)
    if memory.frame is None and connected(view, sentence) and sentence.index:
        before = view.sentences[sentence.index - 1]
        if before.paragraph == sentence.paragraph and not any(c.sentence is before for c in memory.counts[-4:]):
            told = find_periods(view.folded, before.start, before.end)
            memory.frame = told[-1].value if told else None
    head = _FRAME.match(view.folded[sentence.start : sentence.end])
    if head is not None:
        opening = [p for p in periods if p.end <= sentence.start + head.end()]
        if opening:
            memory.frame = opening[-1].value
        elif regex.search(r"đến nay|hiện nay|tính đến|từ (?:khi|lúc) ", head[0]):
            memory.frame = None


def _under_heading(view: View, sentence: Sentence, periods: list[Period], memory: Memory) -> None:
    """The year of a heading ("II. NHIỆM VỤ NĂM 2023") is that of the targets below it, to the next great heading."""
    text = view.text[sentence.start : sentence.end].strip()
    great = _GREAT.match(text) is not None or text.isupper()
    if len(text) > _HEADING or text[-1:] in ".;," or not (great or _NUMBERED.match(text)):
        return
    years = {period.value for period in periods}
    if len(years) == 1:
        memory.heading = years.pop()
    elif great:
        memory.heading = None


def _parent(view: View, count: Count, memory: Memory) -> Count | None:
    """The count of which this one is a part: "trong đó", a bracket, a sentence that goes on."""
    if not memory.counts:
        return None
    before = memory.counts[-1]
    if before.sentence is count.sentence:
        return _parent_beside(view, count, before)
    if count.sentence.index - before.sentence.index <= 2 and connected(view, count.sentence):
        return _parent_before(count, before, memory)
    return None


_PARTS = regex.compile(r"trong\s+đó|gồm|bao\s+gồm|với|:")


def _parent_beside(view: View, count: Count, before: Count) -> Count | None:
    """The whole in the same sentence: the count before, or the one of which that is a part."""
    deeper = count.depth > before.depth or (before.again and before.number > count.number)
    if deeper or _PARTS.search(view.folded, before.end, count.start):
        return before
    sibling = before
    while sibling.depth > count.depth and sibling.parent is not None and sibling.parent.sentence is count.sentence:
        sibling = sibling.parent
    return sibling.parent


def _parent_before(count: Count, before: Count, memory: Memory) -> Count | None:
    """The whole in the sentence before: its last count of products, or what that is a part of."""
    last = [c for c in memory.counts if c.sentence is before.sentence and c.unit == "product"]
    if not last:
        return before if before.unit != count.unit or count.number <= before.number else None
    whole, inner = last[-1], last[-1].parent
    if inner is not None and (_sibling_of(inner, before, whole) or whole.number < count.number):
        whole = inner
    return whole if whole.number >= count.number or whole.unit != count.unit else None


def _sibling_of(inner: Count, before: Count, whole: Count) -> bool:
    """Whether the last count only details another of its sentence."""
    return inner.sentence is before.sentence and inner.status == whole.status


def _set_status(view: View, count: Count, memory: Memory) -> None:
    """From the count's own clause, else from what it is a part of or stands beside."""
    found = _own_verdict(view, count)
    partner = _partner(count, memory)
    if partner is not None and (found is None or count.unit == "producer"):
        count.status, count.reason = partner.status, "cùng vế với số sản phẩm"
        count.explicit = partner.explicit
    elif found is not None and not found.strong and _beside(view, count, memory):
        _take_over(view, count, memory)
    elif found is not None and _remaining(view, count, memory):
        count.status, count.reason = memory.counts[-1].status, "theo con số đứng trước"
    elif found is not None and not (count.parent is not None and _inherits(count.parent, found, view, count)):
        count.status, count.explicit = found.status, True
        count.spans.append((found.start, found.end))
    else:
        _take_over(view, count, memory)


def _beside(view: View, count: Count, memory: Memory) -> bool:
    """Whether a merely rated count goes on with one that is more: "thu hồi 16 sản phẩm 3 sao và 9 sản phẩm 4 sao"."""
    last = _last_in(count.sentence, memory)
    if last is None or last.unit != count.unit or last.status not in ("revoked", "proposed"):
        return False
    between = view.folded[last.end : count.start]
    return len(between) < 60 and regex.fullmatch(r"[^.;:]*(?:,|\svà)\s*", between) is not None


def _remaining(view: View, count: Count, memory: Memory) -> bool:
    """Whether a count is the rest of what a board scored: "1 sản phẩm được chấm 4 sao, 29 sản phẩm còn lại"."""
    last = _last_in(count.sentence, memory)
    if last is None or last.unit != count.unit or last.status != "assessed":
        return False
    return view.folded.startswith(" còn lại", count.end)


def _own_verdict(view: View, count: Count) -> Verdict | None:
    """What the clause says before its list opens, else what it says behind the list."""
    found = None
    for right in dict.fromkeys((max(count.end, count.listed), count.right)):
        found = found or verdict(view, Clause(count.sentence, count.left, count.start, count.end, right))
    return found


def _take_over(view: View, count: Count, memory: Memory) -> None:
    """The status of the whole or of the count before; a rated or OCOP count without any word is a result."""
    source = count.parent or _last_in(count.sentence, memory)
    if source is not None and source.status is not None and not _done_since(view, source, count):
        count.status, count.reason = source.status, "theo con số đứng trước"
        return
    before = memory.counts[-1] if memory.counts else None
    if count.stars is not None or "ocop" in view.folded[count.end : count.end + 12]:
        count.status = "recognized"
    elif before is not None and before.sentence.paragraph == count.sentence.paragraph and before.status is not None:
        if before.sentence.index >= count.sentence.index - 1 and not _done_since(view, before, count):
            count.status, count.reason = before.status, "theo câu đứng trước"
    elif "ocop" in view.folded[count.sentence.start : count.sentence.end] and _held(view, count):
        count.status = "recognized"
    elif _THIS_TIME.search(view.folded, count.sentence.start, count.start) and _boarded_before(view, count):
        count.status, count.reason = "assessed", "trong đợt đánh giá của hội đồng"


_THIS_TIME = regex.compile(r"(?:đợt|kỳ|lần|vòng)\s+(?:này|\d)|tại\s+(?:hội\s+nghị|cuộc\s+họp|phiên\s+họp)")


def _boarded_before(view: View, count: Count) -> bool:
    """Whether the paragraphs just before speak of a board."""
    first = view.paragraphs[max(0, count.sentence.paragraph - 3)]
    return bool(view.cues("council", first.start, count.start))


_DONE = regex.compile(r"(?<!\p{L})đã(?!\p{L})")


def _done_since(view: View, source: Count, count: Count) -> bool:
    """A target does not reach into a sentence of its own that tells what was done."""
    if source.status != "target" or source.sentence is count.sentence:
        return False
    return _DONE.search(view.folded, count.sentence.start, count.start) is not None


_SESSION = regex.compile(
    r"(?:hội nghị|cuộc họp|phiên họp|buổi|kỳ|đợt|kết quả)\s[^.;,]{0,30}?(?:đánh giá|chấm|xếp hạng|thẩm định|này)"
)


def _held(view: View, count: Count) -> bool:
    """Whether the text says that so many are there: "có 9 sản phẩm", "lên 144", "bởi 519 chủ thể"."""
    before = view.folded[max(0, count.start - 22) : count.start]
    return regex.search(r"(?:có|đạt|lên|là|thêm|được|của|bởi|với)\s*(?:tổng\s+số\s*)?$", before) is not None


def _inherits(parent: Count, found: Verdict, view: View, count: Count) -> bool:
    """A part of a target stays a target unless the sentence says that it was done."""
    if parent.status == "target":
        return not view.cues("reset", count.sentence.start, count.start)
    if parent.status == "revoked":
        return found.status in ("assessed", "registered") or not found.strong
    if found.strong:
        return False
    if parent.sentence is not count.sentence:
        return parent.status == "assessed" and parent.stars is not None and count.stars is not None
    if parent.status == "assessed" and count.stars is not None:
        return _boarded(view, count)
    return parent.status in ("proposed", "assessed")


def _boarded(view: View, count: Count) -> bool:
    """Whether a board or its meeting is spoken of up to the count in its paragraph."""
    start = view.paragraphs[count.sentence.paragraph].start
    return (
        bool(view.cues("council", start, count.start)) or _SESSION.search(view.folded, start, count.start) is not None
    )


def _partner(count: Count, memory: Memory) -> Count | None:
    """The count of products that a count of producers goes with: "12 sản phẩm của 10 chủ thể"."""
    if count.unit != "producer":
        return None
    same = [c for c in memory.counts if c.sentence is count.sentence]
    if not same or count.start - same[-1].end > 60:
        return None
    return same[-1]


def _last_in(sentence: Sentence, memory: Memory) -> Count | None:
    return memory.counts[-1] if memory.counts and memory.counts[-1].sentence is sentence else None


def _set_period(view: View, count: Count, periods: list[Period], memory: Memory) -> None:
    """The period of its own clause, else of the sentence's opening, its parent, or the paragraph's frame."""
    right = [p for p in periods if count.end <= p.start < count.listed]
    left = [p for p in periods if count.left <= p.start < count.start]
    own = right[:1] or left[-1:]
    if own:
        count.period = own[0].value
        count.spans.append((own[0].start, own[0].end))
        return
    before = [p for p in periods if p.start < count.start]
    if before and count.status == "target":
        count.period = before[-1].value
    elif count.parent is not None and count.parent.status == count.status:
        count.period = count.parent.period
    elif _last_in(count.sentence, memory) is not None:
        last = memory.counts[-1]
        count.period = last.period if last.status == count.status else memory.frame
    elif not _UNTIL_NOW.search(view.folded, count.left, count.start):
        count.period = memory.frame
    if count.period is None and count.status == "target":
        count.period = memory.heading


def _scope(view: View, count: Count) -> str | None:
    """The locality named as the holder, just before the count."""
    found = list(_SCOPE.finditer(view.text, max(count.left, count.start - 80), count.start))
    return found[-1][0].strip() if found else None
