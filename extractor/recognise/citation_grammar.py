"""The identifier grammar of a rule set: type codes of rules/document/, symbol parts of rules/vocabulary.yaml."""

from __future__ import annotations

from extractor.ruleset import RuleSet
from extractor.text.identifiers import Grammar
from extractor.text.symbols import Parts

_BUILT: dict[str, Grammar] = {}


def grammar_of(rules: RuleSet) -> Grammar:
    """The grammar, built once for the content of a rule set."""
    found = _BUILT.get(rules.fingerprint)
    if found is None:
        types = {symbol: code for code, kind in rules.document_types.items() for symbol in kind.symbols}
        groups = rules.vocabulary.get("symbol_parts", {}).values()
        found = Grammar(Parts.build(types, [part for group in groups for part in group.split()]))
        _BUILT[rules.fingerprint] = found
    return found
