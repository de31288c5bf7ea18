"""How far a count or a product has come, read from the cues of its own clause before those of the sentence.

The order of the questions is the meaning: a withdrawal, a candidate ("tiềm năng 5 sao"), a target that governs the
clause ("giao chỉ tiêu có 6 sản phẩm được tỉnh công nhận"), a proposal that governs a recognition ("đề nghị … công
nhận"), the recognition itself, a registration, a mere rating, an assessment. A board's rating is an assessment.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor.programme.lexicon import Cue
from extractor.programme.stars import find_stars
from extractor.programme.view import Sentence, View

_NOT_YET = regex.compile(
    r"(?:sẽ|chưa|để|chờ)\s+(?:được\s+)?(?:[\p{L}, ]{1,24}[,\s]\s*)?$|"
    r"đang\s+(?:tiếp\s+tục\s+)?(?:đánh\s+giá|thẩm\s+định|xem\s+xét|xét)[,\s]\s*(?:và\s+)?$"
)
_FILES = regex.compile(r"(?:hoàn\s+(?:thiện|chỉnh|tất)|làm|xây\s+dựng|chuẩn\s+bị)\s+(?:\p{L}+,?\s+){0,3}?hồ\s+sơ")


_NAMES_KIND = regex.compile(r"\s*(?:$|[,.;:()]|của\s|để\s|cụ\s+thể|(?:bao\s+)?gồm\s|là\s)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status, the cue that gave it, and whether the clause itself said so strongly."""

    status: str
    start: int
    end: int
    strong: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """Where to look: the clause `[left, right)` around `[start, end)` in its sentence."""

    sentence: Sentence
    left: int
    start: int
    end: int
    right: int


def verdict(view: View, clause: Clause) -> Verdict | None:
    """The status that the clause and what governs it in the sentence state, None when they are silent."""
    behind = view.cues("status", clause.end, clause.right)
    ahead = view.cues("status", clause.left, clause.start)
    earlier = view.cues("status", clause.sentence.start, clause.start)
    for question in (_revoked, _candidate, _target, _proposed, _recognized, _registered, *_LATER):
        answer = question(view, clause, ahead, behind, earlier)
        if answer is not None:
            return answer
    return None


def _of(cues: list[Cue], status: str, strength: str | None = None) -> list[Cue]:
    return [
        cue for cue in cues if cue.value.startswith(status + ".") and (strength is None or cue.value.endswith(strength))
    ]


def _say(status: str, cue: Cue, strong: bool = True) -> Verdict:
    return Verdict(status, cue.start, cue.end, strong)


def _revoked(view: View, clause: Clause, ahead: list[Cue], behind: list[Cue], earlier: list[Cue]) -> Verdict | None:
    found = _of(behind, "revoked") + _of(ahead, "revoked")
    return _say("revoked", found[0]) if found else None


def _candidate(view: View, clause: Clause, ahead: list[Cue], behind: list[Cue], earlier: list[Cue]) -> Verdict | None:
    """As "tiềm năng" counts when a rating follows soon or it ends the counted noun; sent up, it is a proposal."""
    for cue in _of(behind, "potential") + _of(ahead, "potential")[-1:]:
        if _achieved_before(view, clause, cue, behind) or "còn lại" in view.folded[clause.end : cue.start]:
            continue
        rating = next(find_stars(view.folded, cue.end, min(clause.sentence.end, cue.end + 45)), None)
        named = _NAMES_KIND.match(view.folded, cue.end) is not None and cue.start - clause.end in range(3)
        if rating is not None or named or clause.start - cue.end in range(3):
            sent_up = _of(behind, "proposed")
            return _say("proposed", sent_up[0]) if sent_up else _say("potential", cue)
    return None


def _achieved_before(view: View, clause: Clause, cue: Cue, behind: list[Cue]) -> bool:
    """As in "1.054 sản phẩm được công nhận 3 sao, 4 sao và tiềm năng 5 sao": the candidates are a part."""
    achieved = [c for c in _of(behind, "recognized", "strong") if c.end <= cue.start and not _not_yet(view, c)]
    return bool(achieved) and _rating_in(view, clause.end, cue.start)


def _target(view: View, clause: Clause, ahead: list[Cue], behind: list[Cue], earlier: list[Cue]) -> Verdict | None:
    found = _of(earlier, "target", "strong")
    if not found:
        return _by_year(view, clause)
    cue = found[-1]
    if any(_separate(view, cue, reset) for reset in view.cues("reset", cue.end, clause.start)):
        return None
    if (
        regex.search(r"(?:theo|thực hiện|hoàn thành|đạt|vượt|với)\s+$", view.folded[clause.sentence.start : cue.start])
        and "," in (view.folded[cue.end : clause.start])
    ):
        return None
    return _say("target", cue)


def _by_year(view: View, clause: Clause) -> Verdict | None:
    """As "đến năm 2025 có ít nhất 650 sản phẩm" is a target; "tính đến năm 2025 có 650" is none."""
    own = view.folded[clause.start : clause.end]
    if not regex.match(r"ít nhất|tối thiểu|trên|khoảng", own):
        return None
    ahead = view.folded[clause.sentence.start : clause.start]
    match = regex.search(
        r"(?<!tính )(?<!từ năm \d{4} )đến\s+(?:hết\s+|cuối\s+)?năm\s+20\d\d(?![^.;]*(?:đã|hiện))", ahead
    )
    if match is None:
        return None
    return Verdict("target", clause.sentence.start + match.start(), clause.sentence.start + match.end(), True)


def _separate(view: View, cue: Cue, reset: Cue) -> bool:
    return regex.search(r"[,;:]", view.folded[cue.end : reset.start]) is not None


def _proposed(view: View, clause: Clause, ahead: list[Cue], behind: list[Cue], earlier: list[Cue]) -> Verdict | None:
    for cue in _of(behind, "proposed"):
        achieved = [c for c in _of(behind, "recognized", "strong") if c.end <= cue.start and not _not_yet(view, c)]
        scored = [c for c in _of(behind, "assessed", "strong") if c.end <= cue.start]
        if scored and regex.search(r"\ssẽ\s", view.folded[scored[0].end : cue.start]):
            continue  # "đủ điều kiện đạt 3 sao và sẽ hoàn chỉnh hồ sơ": the proposal is still to come
        if not achieved:
            return _say("proposed", cue)
    near = [cue for cue in _of(ahead, "proposed") if not view.cues("reset", cue.end, clause.start)]
    return _say("proposed", near[-1]) if near else None


def _not_yet(view: View, cue: Cue) -> bool:
    return _NOT_YET.search(view.folded[max(0, cue.start - 26) : cue.start]) is not None


def _recognized(view: View, clause: Clause, ahead: list[Cue], behind: list[Cue], earlier: list[Cue]) -> Verdict | None:
    found = [
        c
        for c in _of(behind, "recognized", "strong") + _of(ahead, "recognized", "strong")[::-1]
        if not _not_yet(view, c)
    ]
    found += [c for c in _of(behind + ahead, "recognized", "rated") if not _board_before(view, clause, c)]
    return _say("recognized", found[0]) if found else None


_AUTHORITY = regex.compile(r"ubnd|ủy ban|uỷ ban|chủ tịch(?! hội)|bộ (?:nn|nông)|được\s")


def _board_before(view: View, clause: Clause, cue: Cue) -> bool:
    """Whether the board is the one that rates: named before the cue, with no authority between."""
    boards = view.cues("council", clause.sentence.start, cue.start)
    return bool(boards) and _AUTHORITY.search(view.folded, boards[-1].end, cue.start) is None


def _registered(view: View, clause: Clause, ahead: list[Cue], behind: list[Cue], earlier: list[Cue]) -> Verdict | None:
    said = _of(behind, "registered")
    found = said or [cue for cue in _of(ahead, "registered") if clause.start - cue.end < 60 or cue.start > clause.left]
    rated = _of(behind, "recognized", "weak")
    return (
        _say("registered", found[-1])
        if found and not (said and rated and rated[-1].start > found[-1].end and _stars_after(view, clause))
        else None
    )


def _stars_after(view: View, clause: Clause) -> bool:
    return _rating_in(view, clause.end, clause.right)


def _rating_in(view: View, start: int, end: int) -> bool:
    return next(find_stars(view.folded, start, end), None) is not None


def _rated(view: View, clause: Clause, ahead: list[Cue], behind: list[Cue], earlier: list[Cue]) -> Verdict | None:
    """As "đạt 3 sao" is a result, but a board's result is an assessment."""
    found = _of(behind, "recognized", "weak") or _of(behind + ahead, "recognized", "rated")
    if not found:
        weak = _of(ahead, "recognized", "weak")
        found = [c for c in weak if _stars_after(view, clause) or _rating_in(view, c.end, clause.start)][-1:]
    if not found:
        return None
    taking_part = _of(behind, "assessed", "strong")
    if taking_part:
        return _say("assessed", taking_part[0])
    if view.cues("council", clause.sentence.start, clause.start) and _of(earlier, "assessed"):
        return _say("assessed", found[0])
    if _board_spoke(view, clause):
        return _say("assessed", found[0])
    if _scored_by(view, clause, found[0]):
        return _say("assessed", found[0])
    scored = [cue for cue in _of(behind, "assessed") if cue.end <= found[0].start]
    if scored and view.cues("council", clause.end, scored[0].start):
        return _say("assessed", found[0])
    return _say("recognized", found[0], strong=False)


_SENT_UP = regex.compile(r"(?<!\p{L})(?:đề\s+nghị|đề\s+xuất|kiến\s+nghị|trình)\s")
# A sentence that sums up, or tells the parts of what was counted before, has a status of its own.
_STATE = regex.compile(
    r"\W*(?:trong\s+đó|[^.;]{0,80}?(?:lũy\s+kế|luỹ\s+kế|tính\s+đến|đến\s+nay|hiện\s+(?:nay|có|đã)|thời\s+điểm|từ\s+năm|"
    r"đến\s+(?:hết|cuối|tháng)|đã\s+(?:có|được)|trước\s+đó))"
)


_BY_BOARD = regex.compile(
    r"được\s+(?:hội\s+đồng|tổ\s+tư\s+vấn)[^.;]{0,60}?(?:đánh\s+giá|chấm|xếp\s+hạng|phân\s+hạng|thống\s+nhất)"
)


def _scored_by(view: View, clause: Clause, cue: Cue) -> bool:
    """Whether the board is said to have rated what stands before: "là sản phẩm được Hội đồng đánh giá … đạt 4 sao"."""
    return _BY_BOARD.search(view.folded, clause.end, cue.end) is not None


def _board_spoke(view: View, clause: Clause) -> bool:
    """Whether the sentences just before tell what a board scored, and this one tells no state of things."""
    here = clause.sentence
    done = _of(view.cues("status", here.start, here.end), "recognized", "strong")
    if (
        any(not _not_yet(view, cue) for cue in done)
        or _STATE.match(view.folded, here.start)
        or view.cues("council", here.start, here.end)
    ):
        return False
    for sentence in reversed(view.sentences[max(0, here.index - 2) : here.index]):
        if here.paragraph - sentence.paragraph > 1 or view.cues("reset", sentence.start, sentence.end):
            return False
        boards = view.cues("council", sentence.start, sentence.end)
        cues = view.cues("status", boards[0].end, sentence.end) if boards else []
        if boards and _SENT_UP.search(view.folded, sentence.start, boards[0].start) is not None:
            return False
        sent_up = _SENT_UP.search(view.folded, sentence.start, sentence.end)
        reach = sent_up.start() if sent_up is not None else sentence.end
        if any(cue.start < reach for cue in _of(cues, "recognized", "strong")):
            return False
        if _of(cues, "assessed") or _of(cues, "recognized", "weak"):
            return True
    return False


def _assessed(view: View, clause: Clause, ahead: list[Cue], behind: list[Cue], earlier: list[Cue]) -> Verdict | None:
    near = [c for c in _of(ahead, "assessed") if c.value.endswith("strong") or clause.start - c.end < 60]
    found = _of(behind, "assessed") or near[-1:]
    weak = _of(ahead, "target")
    if found and weak and not found[0].value.endswith("strong"):
        return _say("target", weak[-1], strong=False)
    return _say("assessed", found[0], strong=found[0].value.endswith("strong")) if found else None


def _hoped(view: View, clause: Clause, ahead: list[Cue], behind: list[Cue], earlier: list[Cue]) -> Verdict | None:
    found = _of(ahead, "target", "weak")
    return _say("target", found[-1], strong=False) if found else None


def _awaited(view: View, clause: Clause, ahead: list[Cue], behind: list[Cue], earlier: list[Cue]) -> Verdict | None:
    """As "hoàn thiện thủ tục, hồ sơ để được công nhận" is a proposal on its way."""
    for cue in _of(earlier, "recognized", "strong"):
        if _not_yet(view, cue) and _FILES.search(view.folded, clause.sentence.start, cue.start):
            return _say("proposed", cue)
    return None


_LATER = (_awaited, _rated, _assessed, _hoped)
