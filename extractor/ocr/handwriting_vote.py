"""Several readings of one slot weighed into one answer with its probability."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractor.ocr.handwriting_ctc import Ballot

#: Readings that no voice proposed share this much of each voice's trust.
_OPEN = 50.0
#: The most that is claimed against a voice that hears something else; voices that slip more than `_DEAF` are not asked.
_LONE = 0.72
_DEAF = 0.5


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent reader's ballot; `slip` is the probability that it is wrong altogether."""

    ballot: Ballot
    slip: float = 0.1


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likeliest value, its probability, and the runner-up ("" without one)."""

    value: str
    probability: float
    second: str = ""


def mean(ballots: Sequence[Ballot]) -> dict[str, float]:
    """The average of several looks of one reader: they slip together and count as one voice."""
    total: dict[str, float] = {}
    for ballot in ballots:
        for text, share in ballot.items():
            total[text] = total.get(text, 0.0) + share / len(ballots)
    return total


def merged(ballot: Ballot, key: Callable[[str], str | None]) -> dict[str, float]:
    """The ballot over what the strings mean (None: impossible), scaled to sum to one when anything is left."""
    total: dict[str, float] = {}
    for text, share in ballot.items():
        meaning = key(text)
        if meaning is not None:
            total[meaning] = total.get(meaning, 0.0) + share
    whole = sum(total.values())
    return {text: share / whole for text, share in total.items()} if whole > 0 else {}


def weigh(voices: Iterable[Voice], prior: Callable[[str], float] = lambda _: 1.0) -> Verdict | None:
    """The posterior over all proposals if the voices err independently; None when nobody proposes anything.

    One of the proposals may still be wrong: an unnamed other reading competes with the weight that the voices' slips
    leave for it. Voices are not quite independent, so what a trusted one hardly believes is never called sure.
    """
    heard = [voice for voice in voices if voice.ballot]
    proposals = {text for voice in heard for text, share in voice.ballot.items() if share > 0.003}
    if not proposals:
        return None
    scores = {
        text: math.log(prior(text)) + sum(_log(voice, voice.ballot.get(text, 0.0)) for voice in heard)
        for text in proposals
    }
    other = sum(_log(voice, 0.0) for voice in heard) + math.log(_OPEN / 4)
    top = max(*scores.values(), other)
    total = sum(math.exp(score - top) for score in scores.values()) + math.exp(other - top)
    ranked = sorted(scores, key=lambda text: -scores[text])
    probability = math.exp(scores[ranked[0]] - top) / total
    agreed = min((voice.ballot.get(ranked[0], 0.0) for voice in heard if voice.slip < _DEAF), default=0.0)
    return Verdict(ranked[0], min(probability, _LONE + (1 - _LONE) * agreed), ranked[1] if len(ranked) > 1 else "")


def _log(voice: Voice, share: float) -> float:
    return math.log((1 - voice.slip) * share + voice.slip / _OPEN)
