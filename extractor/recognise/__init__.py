"""Zones → candidates: one module a kind of thing, in the order in which they may use each other's findings."""

from __future__ import annotations

from extractor.recognise.base import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = ()
