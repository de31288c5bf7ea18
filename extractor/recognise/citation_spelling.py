"""Names of agencies that OCR hurt: a known run of words that differs in its marks alone is put right, and told.

Known are the names of rules/field/agency.yaml, the words of `spelling` in rules/field/references.yaml and the
gazetteer's places behind their kind ("tỉnh Quang Ngãi"). A run that is known in two spellings is left alone.
"""

from __future__ import annotations

import functools

import regex
from rapidfuzz.distance import Levenshtein

from extractor import places
from extractor.ruleset import RuleSet
from extractor.text.normalise import fold

_LONGEST = 7
_PLACE = regex.compile(
    r"(?P<kind>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)\s+(?P<name>\p{Lu}\p{L}+(?:\s+\p{Lu}\p{L}+){0,3})"
)
REPAIRED = "Tên cơ quan bị OCR đọc sai đã được sửa theo bảng tên: {raw} → {value}."


def mended(name: str, rules: RuleSet) -> str:
    """The name as it was printed, as far as the known words tell.

    A whole name one letter away from an agency of `agencies` is that agency.
    """
    whole, runs = _known(rules)
    key = fold(name)
    for agency_key, agency in whole.items():
        if len(key) > 8 and key != agency_key and Levenshtein.distance(key, agency_key, score_cutoff=1) <= 1:
            return agency
    return _PLACE.sub(_place, _runs(name.split(), runs))


def _runs(words: list[str], known: dict[str, str | None]) -> str:
    done: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 1, -1):
            run = " ".join(words[at : at + size])
            right = known.get(fold(run.strip(",.")))
            if right is not None:
                done += _cased(words[at : at + size], right.split())
                at += size
                break
        else:
            done.append(words[at])
            at += 1
    return " ".join(done)


def _cased(written: list[str], right: list[str]) -> list[str]:
    """The right letters in the case and with the punctuation that was written."""
    out = []
    for word, good in zip(written, right, strict=True):
        core = word.strip(",.")
        first = good[:1].upper() if core[:1].isupper() else good[:1].lower()
        out.append(word.replace(core, core if core.lower() == good.lower() else first + good[1:], 1) if core else word)
    return out


def _place(match: regex.Match[str]) -> str:
    written = f"{match['kind']} {match['name']}"
    if places.lookup(written):
        return match[0]
    near = places.closest(written, cutoff=99, limit=3)
    names = {place.name for place, _ in near if place.kind == match["kind"]}
    return f"{match['kind']} {names.pop()}" if len(names) == 1 else match[0]


def _known(rules: RuleSet) -> tuple[dict[str, str], dict[str, str | None]]:
    words = rules.fields["references"].vocabulary
    names = rules.fields["agency"].vocabulary.get("names", "") if "agency" in rules.fields else ""
    misread = tuple(words.get("misread", {}).items())
    return _lexicon(names, words.get("spelling", ""), tuple(words.get("agencies", ())), misread)


@functools.lru_cache(maxsize=4)
def _lexicon(
    names: str, words: str, agencies: tuple[str, ...], misread: tuple[tuple[str, str], ...]
) -> tuple[dict[str, str], dict[str, str | None]]:
    runs: dict[str, str | None] = {}
    for entry in [*names.split(";"), *words.split(";"), *agencies]:
        syllables = entry.replace(",", "").split()
        for start in range(len(syllables)):
            for end in range(start + 2, min(len(syllables), start + _LONGEST) + 1):
                run = " ".join(syllables[start:end])
                seen = runs.setdefault(fold(run), run)
                if seen is not None and seen.lower() != run.lower():
                    runs[fold(run)] = None
    runs.update({fold(wrong): right for wrong, right in misread})
    return {fold(name): name for name in agencies}, runs
