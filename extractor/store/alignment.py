"""Evidence for a corrected record: a reviewer who adds or removes an entry moves the others of its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from extractor.store.corrections import likeness


def realigned(body: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """The result with evidence and issues under the pointers of the corrected record.

    What belongs to a removed entry is left out; the argument stays as it is.
    """
    moves = {name: _moves(body["record"], record, name) for name in _moved_lists(body["record"], record)}
    if not moves:
        return dict(body)
    evidence = {_moved(pointer, moves): proof for pointer, proof in body["evidence"].items()}
    evidence.pop(None, None)
    issues = [
        {**issue, "pointers": [new for old in issue["pointers"] if (new := _moved(old, moves)) is not None]}
        for issue in body["issues"]
    ]
    return {**body, "evidence": evidence, "issues": issues}


def _moved_lists(base: Mapping[str, Any], record: Mapping[str, Any]) -> list[str]:
    return [name for name, entries in base.items() if isinstance(entries, list) and entries != record.get(name)]


def _moves(base: Mapping[str, Any], record: Mapping[str, Any], name: str) -> dict[str, str | None]:
    """Old index → new index, None for an entry that is gone."""
    found = origins(record.get(name) or [], base[name])
    moves: dict[str, str | None] = {str(index): None for index in range(len(base[name]))}
    return moves | {str(old): str(new) for new, old in enumerate(found) if old is not None}


def _moved(pointer: str, moves: Mapping[str, Mapping[str, str | None]]) -> str | None:
    _, name, *rest = pointer.split("/")
    if name not in moves or not rest:
        return pointer
    index = moves[name].get(rest[0])
    return None if index is None else "/".join(["", name, index, *rest[1:]])


def origins(entries: Sequence[Any], base: Sequence[Any]) -> list[int | None]:
    """For each entry its index in the base list: an equal one, else the most alike that is left, else None.

    >>> origins(["x", "a", "c"], ["a", "b", "c"])
    [None, 0, 2]
    """
    left = set(range(len(base)))
    found: list[int | None] = [None] * len(entries)
    for index, entry in enumerate(entries):
        equal = [place for place in sorted(left, key=lambda place: abs(place - index)) if base[place] == entry]
        if equal:
            found[index] = equal[0]
            left.discard(equal[0])
    for index, entry in enumerate(entries):
        if found[index] is None and left:
            best = max(left, key=lambda place: (likeness(entry, base[place]), -abs(place - index)))
            if likeness(entry, base[best]) >= 0.5:
                found[index] = best
                left.discard(best)
    return found
