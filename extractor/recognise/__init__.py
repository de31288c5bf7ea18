"""Zones → candidates: one module a kind of thing, in the order in which they may use each other's findings."""

from __future__ import annotations

from extractor.recognise import (
    addressees,
    agency,
    bundle,
    doctype,
    handwritten,
    issued,
    number,
    pattern,
    portal,
    producers,
    products,
    recipients,
    references,
    signers,
    stamps,
    star_counts,
    subject,
)
from extractor.recognise.base import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = (
    number.find,
    issued.find,
    handwritten.find,
    portal.find,
    doctype.find,
    agency.find,
    subject.find,
    bundle.find,
    addressees.find,
    stamps.find,
    signers.find,
    recipients.find,
    references.find,
    star_counts.find,
    products.find,
    producers.find,
    pattern.find,
)
