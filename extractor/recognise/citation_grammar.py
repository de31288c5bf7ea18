"""The identifier grammar of a rule set: type codes of rules/document/, symbol parts of rules/vocabulary.yaml."""

from __future__ import annotations

import functools

from extractor.ruleset import RuleSet
from extractor.text.identifiers import Grammar
from extractor.text.symbols import Parts

_CACHE_SIZE = 4


def grammar_of(rules: RuleSet) -> Grammar:
    """The grammar, built once for a rule set."""
    types = {symbol: code for code, kind in rules.document_types.items() for symbol in kind.symbols}
    parts = rules.vocabulary.get("symbol_parts", {})
    return _build(tuple(sorted(types.items())), tuple(parts.values()))


@functools.lru_cache(maxsize=_CACHE_SIZE)
def _build(types: tuple[tuple[str, str], ...], parts: tuple[str, ...]) -> Grammar:
    return Grammar(Parts.build(dict(types), [part for group in parts for part in group.split()]))
