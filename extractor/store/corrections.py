"""The algebra of corrections: JSON Patch (RFC 6902) beside a record, carried over to a newer reading.

A patch is stored as it came, and as `steps`: primitive changes that remember what was there. On a newer reading an
entry of a list is found again by what it holds, not by its index. A person's value always wins; where the newer
reading says something third, both are shown (`Difference`). A `test` operation is a confirmation of a value.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import jsonpatch
from jsonpointer import EndOfList, JsonPointer, JsonPointerException

from extractor.errors import InputError
from extractor.store.model import Difference

_MISSING: Any = object()
Step = dict[str, Any]


class PatchError(InputError):
    """Not a JSON Patch, or one that does not fit the record."""

    code = "patch-invalid"


class PatchTestError(PatchError):
    """A `test` operation found another value."""

    code = "patch-test-failed"


def apply(record: dict[str, Any], patch: list[dict[str, Any]]) -> dict[str, Any]:
    """The record with the patch applied; the argument stays as it is."""
    try:
        changed = jsonpatch.apply_patch(copy.deepcopy(record), patch)
    except jsonpatch.JsonPatchTestFailed as error:
        raise PatchTestError("Giá trị hiện tại khác với giá trị nêu trong bản sửa.", hint="Tải lại rồi sửa.") from error
    except (jsonpatch.JsonPatchException, JsonPointerException, TypeError, KeyError, ValueError, IndexError) as error:
        raise PatchError(f"Bản sửa không áp dụng được: {error}", hint="Gửi JSON Patch theo RFC 6902.") from error
    if not isinstance(changed, dict):
        raise PatchError("Bản sửa phải để lại một bản ghi.", hint="Gửi JSON Patch theo RFC 6902.")
    return changed


def steps(record: dict[str, Any], patch: list[dict[str, Any]]) -> list[Step]:
    """The patch as primitive steps (`add`, `replace`, `remove`, `test`), each with what stood there before."""
    found: list[Step] = []
    current = copy.deepcopy(record)
    for operation in patch:
        for primitive in _primitives(current, operation):
            found.append(_step(current, primitive))
        current = apply(current, [operation])
    return found


def _primitives(record: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, Any]]:
    if operation["op"] not in {"move", "copy"}:
        return [operation]
    value = _value(record, operation["from"])
    added = {"op": "add", "path": operation["path"], "value": value}
    return [added] if operation["op"] == "copy" else [{"op": "remove", "path": operation["from"]}, added]


def _step(record: dict[str, Any], operation: dict[str, Any]) -> Step:
    path = operation["path"]
    was = _value(record, path)
    step: Step = {"op": operation["op"], "path": path, "was": None if was is _MISSING else was}
    if "value" in operation:
        step["value"] = operation["value"]
    parts = JsonPointer(path).parts
    for depth, part in enumerate(parts[1:], start=1):
        holder = _value(record, _pointer(parts[:depth]))
        if isinstance(holder, list):
            index = len(holder) if part == "-" else int(part)
            item = holder[index] if index < len(holder) else None
            step["list"] = {"base": _pointer(parts[:depth]), "index": index, "rest": list(parts[depth + 1 :])}
            step["list"]["item"] = item
            break
    return copy.deepcopy(step)


def _pointer(parts: Iterable[Any]) -> str:
    return str(JsonPointer.from_parts(list(parts)).path)


def _value(record: Any, pointer: str) -> Any:
    try:
        found = JsonPointer(pointer).resolve(record, _MISSING)
    except JsonPointerException:
        return _MISSING
    return _MISSING if isinstance(found, EndOfList) else found


def rebase(record: dict[str, Any], history: Iterable[Step]) -> tuple[dict[str, Any], tuple[Difference, ...]]:
    """Older steps applied to a newer reading, and where person and reading disagree."""
    current = copy.deepcopy(record)
    differences: dict[str, Difference] = {}
    for step in history:
        current, difference = _replay(current, step)
        if difference is not None:
            differences.setdefault(difference.pointer, difference)
    return current, tuple(_settled(current, difference) for difference in differences.values())


def _settled(record: dict[str, Any], difference: Difference) -> Difference:
    value = _value(record, difference.pointer)
    return difference if not difference.placed or value is _MISSING else replace(difference, corrected=value)


def _replay(record: dict[str, Any], step: Step) -> tuple[dict[str, Any], Difference | None]:
    where = step.get("list")
    if where is not None and not where["rest"]:
        return _replay_item(record, step)
    pointer = step["path"] if where is None else _relocated(record, step)
    if pointer is None:
        return record, Difference(step["path"], step.get("value"), step["was"], None, placed=False)
    reading = _value(record, pointer)
    seen = None if reading is _MISSING else reading
    wanted = None if step["op"] == "remove" else step["value"]
    if seen == wanted:
        return record, None
    changed = _set(record, pointer, step)
    if changed is None:
        return record, Difference(step["path"], wanted, step["was"], seen, placed=False)
    agreed = seen == step["was"] and step["op"] != "test"
    return changed, None if agreed else Difference(pointer, wanted, step["was"], seen)


def _set(record: dict[str, Any], pointer: str, step: Step) -> dict[str, Any] | None:
    try:
        if step["op"] == "remove":
            return apply(record, [{"op": "remove", "path": pointer}])
        return apply(record, [{"op": "add", "path": pointer, "value": step["value"]}])
    except PatchError:
        return None


def _replay_item(record: dict[str, Any], step: Step) -> tuple[dict[str, Any], Difference | None]:
    """A step on a whole entry of a list."""
    where = step["list"]
    entries = _value(record, where["base"])
    if not isinstance(entries, list):
        return record, Difference(step["path"], step.get("value"), step["was"], None, placed=False)
    if step["op"] == "add":
        if step["value"] in entries:
            return record, None
        index = min(where["index"], len(entries))
        return apply(record, [{"op": "add", "path": f"{where['base']}/{index}", "value": step["value"]}]), None
    index = _find(entries, where["item"], step.get("value"), where["index"])
    if index is None:
        lost = step["op"] != "remove"
        return record, Difference(step["path"], step.get("value"), step["was"], None, placed=False) if lost else None
    pointer, seen = f"{where['base']}/{index}", entries[index]
    if step["op"] == "remove":
        return apply(record, [{"op": "remove", "path": pointer}]), None
    if seen == step["value"]:
        return record, None
    changed = apply(record, [{"op": "replace", "path": pointer, "value": step["value"]}])
    same = seen == step["was"] and step["op"] != "test"
    return changed, None if same else Difference(pointer, step["value"], step["was"], seen)


def _relocated(record: dict[str, Any], step: Step) -> str | None:
    """Where an entry's attribute lies in the newer reading."""
    where = step["list"]
    entries = _value(record, where["base"])
    if not isinstance(entries, list):
        return None
    after = copy.deepcopy(where["item"])
    if isinstance(after, dict) and len(where["rest"]) == 1 and "value" in step:
        after[where["rest"][0]] = step["value"]
    index = _find(entries, where["item"], after, where["index"])
    return None if index is None else where["base"] + _pointer([str(index), *where["rest"]])


def _find(entries: list[Any], before: Any, after: Any, index: int) -> int | None:
    """The entry most like the one before or after the change; ties go to the nearest index."""
    scored = [
        (max(likeness(entry, before), likeness(entry, after)), -abs(place - index), place)
        for place, entry in enumerate(entries)
    ]
    best = max(scored, default=(0.0, 0, 0))
    return best[2] if best[0] >= 0.5 else None


def likeness(one: Any, other: Any) -> float:
    """How much two entries of a list are alike: 0 for nothing, from 0.5 on the same entry."""
    if one is None or other is None:
        return 0.0
    if not isinstance(one, dict) or not isinstance(other, dict):
        return 1.0 if one == other else 0.0
    if _name(one) is not None and _name(one) == _name(other):
        return 1.0 + _share(one, other)
    return _share(one, other)


def _name(entry: dict[str, Any]) -> Any:
    return entry.get("name") or entry.get("identifier")


def _share(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Of the attributes that either has, the share on which both agree."""
    told = [key for key in one.keys() | other.keys() if one.get(key) is not None or other.get(key) is not None]
    return sum(one.get(key) == other.get(key) for key in told) / len(told) if told else 0.0
