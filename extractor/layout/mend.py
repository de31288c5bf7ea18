"""OCR text mended by the dictionary: the text changes, `printed` keeps what was read, places stay the same."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.document import Document, PlacedWord, Table
from extractor.places import gazetteer
from extractor.ruleset import RuleSet
from extractor.text import compounds
from extractor.text.compounds import Repair, Syllable
from extractor.text.tones import tone_folded

_SENTENCE_ENDS = (".", ":", ";", "!", "?")


def mend(document: Document, rules: RuleSet) -> Document:
    """The document with mended OCR pages; the same object where nothing is to be mended."""
    scanned = {page.number for page in document.pages if page.text_source == "ocr"}
    if not scanned:
        return document
    knowledge = rules.vocabulary["mending"]
    known = _with(str(knowledge.get("bound", "")))
    letters = list(document.text)
    for block in document.blocks:
        words = list(document.words_in(block.span))
        if not words or document.page_at(words[0].start) not in scanned:
            continue
        for word, text in _changes(words, known, knowledge):
            letters[word.start : word.end] = text
    text = "".join(letters)
    if text == document.text:
        return document
    return replace(document, text=text, printed=document.text, tables=_tables(document, text))


@functools.lru_cache(maxsize=4)
def _with(more: str) -> compounds.Compounds:
    """The dictionary's compounds, those of official language in `more`, and the names of provinces and districts."""
    known = compounds.load()
    names = (place.name.lower() for place in gazetteer().by_id.values() if place.level < 3)
    runs = [tone_folded(run).split() for run in (*more.split(";"), *names)]
    pairs = {f"{a} {b}" for run in runs for a, b in itertools.pairwise(run)}
    return replace(known, bound=known.bound | pairs)


def _changes(
    words: Sequence[PlacedWord], known: compounds.Compounds, knowledge: dict[str, object]
) -> Iterator[tuple[PlacedWord, str]]:
    alone = frozenset(str(knowledge["alone"]).split())
    kept = frozenset(str(knowledge["family_names"]).split())
    ceiling = float(str(knowledge["ceiling"]))
    functions = knowledge["function_words"]
    assert isinstance(functions, dict)
    syllables = [
        compounds.syllable(word.word.text, word.word.confidence, ceiling, _starts_sentence(words, index), alone, kept)
        for index, word in enumerate(words)
    ]
    fixed = [replace(item, mutable=False) if item.text in functions else item for item in syllables]
    for repair in [*compounds.repairs(fixed, known), *_functions(syllables, known, functions)]:
        yield words[repair.index], repair.text


def _starts_sentence(words: Sequence[PlacedWord], index: int) -> bool:
    """Whether a capital only opens a sentence; before another capital it is that of a name ("Nguyễn Văn …")."""
    if index + 1 < len(words) and words[index + 1].word.text[:1].isupper() and not words[index].word.text.isupper():
        return False
    return not index or words[index - 1].word.text.endswith(_SENTENCE_ENDS)


def _functions(words: Sequence[Syllable], known: compounds.Compounds, functions: dict[str, str]) -> Iterator[Repair]:
    """Function words that were misread and stand alone."""
    for index, word in enumerate(words):
        better = functions.get(word.text)
        if better is None or not word.mutable:
            continue
        pairs = [
            *zip(words[index - 1 : index], [word], strict=False),
            *zip([word], words[index + 1 : index + 2], strict=False),
        ]
        if not any(known.binds(*pair) or _could_bind(known, *pair, word) for pair in pairs):
            yield Repair(index, better)


def _could_bind(known: compounds.Compounds, left: Syllable, right: Syllable, word: Syllable) -> bool:
    """Whether the neighbour, with other marks, would form a word with this one as it stands."""
    return any(word.core in option.split() for option in known.options(left, right))


def _tables(document: Document, text: str) -> tuple[Table, ...]:
    return tuple(
        replace(
            table,
            cells=tuple(
                replace(cell, text=" ".join(text[cell.span.start : cell.span.end].split())) if len(cell.span) else cell
                for cell in table.cells
            ),
        )
        for table in document.tables
    )
