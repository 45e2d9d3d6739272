"""Reads the vectors that both matchers are held to.

A marked text shows its mentions as ⟦name⟧. The lexicon in the file is fixed, so that a
correction in seeds/ never changes what a vector means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from crawler.vocabulary import (
    Cues,
    Frames,
    Lender,
    LenderKind,
    Lexicon,
    NameFrame,
    Provenance,
    Trust,
    UsageWeights,
)

VECTORS = Path(__file__).parent / "mentions.json"

_PROVENANCE = Provenance(Trust.OWN_KNOWLEDGE, ("tests",), date(2026, 11, 22))


def load_vectors() -> dict[str, Any]:
    """The vectors as they stand in the file."""
    vectors: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return vectors


def unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without marks, and the spans they stood around, in code points."""
    text = ""
    spans = []
    start = 0
    for piece in re.split("([⟦⟧])", marked):
        if piece == "⟦":
            start = len(text)
        elif piece == "⟧":
            spans.append((start, len(text)))
        else:
            text += piece
    return text, spans


def lexicon_of(data: Mapping[str, Any]) -> Lexicon:
    """The lexicon written in the vectors."""
    frames = data["frames"]
    return Lexicon(
        lenders=tuple(_lender(one) for one in data["lenders"]),
        debt_words=tuple(data["debt_words"]),
        page_words=tuple(data["page_words"]),
        context_reach=data["reach"],
        frames=Frames(
            before=_cues(frames["before"]),
            after=_cues(frames["after"]),
            naming_before=_cues(frames["naming_before"]),
            naming_after=_cues(frames["naming_after"]),
            separators=tuple(frames["separators"]),
            openers=tuple(frames["openers"]),
            closers=tuple(frames["closers"]),
            names=tuple(_name(one) for one in frames["names"]),
            common=frames["common"],
            crossing_before=tuple(frames["crossing_before"]),
            crossing_after=tuple(frames["crossing_after"]),
            deeds=tuple(frames["deeds"]),
            signs=tuple(frames["signs"]),
        ),
        usage=UsageWeights(data["usage"]["bias"], data["usage"]["weights"]),
    )


def _lender(data: Mapping[str, Any]) -> Lender:
    lists = {
        key: tuple(data.get(key, ()))
        for key in ("aliases", "context_forms", "context_any", "blocked_in")
    }
    return Lender(
        id=data["id"],
        name=data["name"],
        kind=LenderKind(data["kind"]),
        licence="",
        status="active",
        provenance=_PROVENANCE,
        operator=data.get("operator"),
        generic=data.get("generic", False),
        **lists,
    )


def _cues(data: Mapping[str, Any]) -> Cues:
    return Cues(**{strength: tuple(words) for strength, words in data.items()})


def _name(data: Mapping[str, Any]) -> NameFrame:
    lists = {key: tuple(data.get(key, ())) for key in ("names", "endings", "brands", "foils")}
    return NameFrame(
        id=data["id"],
        need=data.get("need"),
        before=_cues(data.get("before", {})),
        after=_cues(data.get("after", {})),
        noun=data.get("noun", False),
        term=data.get("term", False),
        page=data.get("page"),
        **lists,
    )
