"""Counts of the whole document: what is said twice is given once, and what one place knows helps the other."""

from __future__ import annotations

from extractor.programme.counts import Count


def settle(counts: list[Count]) -> list[Count]:
    """Distinct counts in text order."""
    _upgrade(counts)
    kept: list[Count] = []
    for count in counts:
        if count.nested:
            continue
        twin = next((other for other in kept if _same(other, count)), None)
        if twin is None:
            kept.append(count)
        else:
            _learn(twin, count)
    _pass_down(kept)
    return kept


def _key(count: Count) -> tuple[int, str]:
    return count.number, count.unit


def _values(count: Count) -> tuple[int, ...]:
    return count.stars.values if count.stars is not None else ()


def _same(one: Count, other: Count) -> bool:
    """The same number of the same, with the same rating or one of them unrated, and no contrary status."""
    if _key(one) != _key(other):
        return False
    if one.sentence is other.sentence and one.start != other.start and _values(one) == _values(other):
        return one.status == other.status and one.period == other.period
    if _apart(one, other):
        return False
    if other.again and _values(one) == _values(other):
        return True
    if one.period and other.period and one.period != other.period:
        return False
    if _values(one) != _values(other):
        unrated = other if not _values(other) else one
        said = unrated is other and (other.restated or not other.fresh)
        return (
            (said or other.number >= 5 or other.sentence.index - one.sentence.index == 1)
            and (other.status in (one.status, None) or (unrated is one and one.status is None))
            and _near(one, other)
        )
    pair = {one.status, other.status}
    if pair == {"assessed", "recognized"} and (_values(one) or one.number >= 5):
        return True
    return len(pair) == 1 or not (one.explicit and other.explicit) or pair == {"potential", "proposed"}


def _apart(one: Count, other: Count) -> bool:
    """Whether two counts have different ratings, or each names its own products."""
    if _values(one) != _values(other) and _values(one) and _values(other):
        return True
    return bool(one.names and other.names) and one.names.isdisjoint(other.names)


def _near(one: Count, other: Count) -> bool:
    return other.sentence.paragraph - one.sentence.paragraph <= 3 and one.sentence is not other.sentence


def _learn(kept: Count, new: Count) -> None:
    kept.period = kept.period or new.period
    kept.scope = kept.scope or new.scope
    if kept.stars is None and new.stars is not None:
        kept.stars = new.stars
    if kept.status == "assessed" and new.status == "recognized" and new.explicit:
        kept.status, kept.explicit, kept.spans = new.status, True, new.spans
    if kept.status == "potential" and new.status == "proposed":
        kept.status = "proposed"
    if not kept.explicit and new.explicit:
        kept.status, kept.explicit, kept.spans = new.status, True, new.spans


def _upgrade(counts: list[Count]) -> None:
    """A board's result is recognised when the document says so of the producers counted with it."""
    recognised = {_key(c) for c in counts if c.status == "recognized" and c.unit == "producer" and c.explicit}
    for count in counts:
        if count.status != "assessed" or count.unit != "product":
            continue
        partners = [
            c for c in counts if c.unit == "producer" and c.sentence is count.sentence and 0 <= c.start - count.end < 30
        ]
        if any(_key(p) in recognised for p in partners):
            _recognise(count, counts)
            for partner in partners:
                partner.status = "recognized"


def _recognise(count: Count, counts: list[Count]) -> None:
    count.status, count.reason = "recognized", "số chủ thể đi cùng được ghi là đã công nhận ở chỗ khác trong văn bản"
    for other in counts:
        if (
            other.sentence is count.sentence
            and other.start > count.start
            and other.status == "assessed"
            and other.stars
        ):
            other.status, other.reason = "recognized", count.reason


def _pass_down(kept: list[Count]) -> None:
    """A part has the period of its whole when both are of one status."""
    for count in kept:
        parent = count.parent
        if count.period is None and parent is not None and parent.status == count.status:
            whole = next((c for c in kept if _key(c) == _key(parent) and c.status == parent.status), parent)
            count.period = whole.period
