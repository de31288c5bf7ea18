"""What recognisers share: findings with evidence for each leaf, problems, and the protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from extractor.document import Document, Region, Span
from extractor.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value with its proof. `value` is a scalar (or a list of ints for stars).

    `raw` and `regions` override what the spans give (a value read from the picture, say).
    `confidence` is the rule's own; resolve combines it with that of the words and calibrates it.
    """

    value: Any
    spans: tuple[Span, ...]
    rule: str
    confidence: float = 0.9
    reasons: tuple[str, ...] = ()
    raw: str | None = None
    regions: tuple[Region, ...] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A candidate for a field.

    `leaves` has the one key "" for a scalar field (or an entry of a list of strings), the attribute names for an
    object (`agency`) or an entry of a list of objects (`products`). For a scalar or `agency` the finding with the
    highest `score` wins; of a list all findings are kept, in the order given.
    """

    field: str
    leaves: Mapping[str, Leaf]
    score: float = 1.0

    @property
    def value(self) -> Any:
        """The scalar, or a dict of the object's attributes."""
        if set(self.leaves) == {""}:
            return self.leaves[""].value
        return {name: leaf.value for name, leaf in self.leaves.items()}

    @staticmethod
    def scalar(name: str, leaf: Leaf, score: float = 1.0) -> Finding:
        """A finding of a scalar field."""
        return Finding(name, {"": leaf}, score)


@dataclass(frozen=True, slots=True)
class Problem:
    """An issue in the making.

    `pointers` are JSON Pointers into the record. An entry may name a finding instead of an index: pass the
    `Finding` objects in `about` and resolve adds their pointers.
    """

    code: str
    severity: Literal["info", "warning", "error"]
    message: str
    pointers: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    regions: tuple[Region, ...] = ()
    about: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Found:
    """What has been found so far, in the order of the pipeline. Recognisers return one; the pipeline merges."""

    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def all(self, name: str) -> list[Finding]:
        """Every finding of a field."""
        return [finding for finding in self.findings if finding.field == name]

    def best(self, name: str) -> Finding | None:
        """The finding of a scalar field with the highest score, the first of equals."""
        return max(self.all(name), key=lambda finding: finding.score, default=None)

    def value(self, name: str) -> Any:
        """The best finding's value or None."""
        best = self.best(name)
        return None if best is None else best.value

    def extend(self, other: Found) -> None:
        """Take in what another recogniser found."""
        self.findings.extend(other.findings)
        self.problems.extend(other.problems)


class Recogniser(Protocol):
    """Zones → candidates. Pure: the same document, rules and findings give the same answer."""

    def __call__(self, document: Document, rules: RuleSet, known: Found) -> Found:
        """What this recogniser finds; `known` holds what the earlier ones found (read only)."""
        ...
