"""The lexicon as the extension reads it: lenders for people, names and rules for matching.

The server does here what would cost a browser time: folding, compiling, and choosing for
each name an anchor, a character so rare that almost no text has it. The typedefs in
extension/matcher.js describe the same document.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from crawler.mentions.names import (
    NEVER,
    Name,
    compile_after,
    compile_cues,
    compile_names,
    crossing_cues,
    fold_all,
)
from crawler.mentions.usage import NUMERALS
from crawler.text import fold, simplified_characters
from crawler.vocabulary import Lender, Lexicon, References, Trust, UsageWeights

FORMAT: Final = 2
"""Raise it when a change of the document would mislead an older extension."""

RANK_OFFSET: Final = 10
"""Flattens the head of Zipf's law: the weight of the character at rank r is 1 / (r + 10)."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def lexicon_document(references: References) -> dict[str, Any]:
    """The document, ready for JSON; ``version`` changes exactly when anything else does."""
    lexicon = references.lexicon
    document = {
        "format": FORMAT,
        "lenders": [_lender(one) for one in lexicon.lenders if not one.generic],
        "match": match_document(lexicon),
    }
    return {"version": _digest(document), **document}


def part_digests(document: Mapping[str, Any]) -> dict[str, str]:
    """Name of each part -> digest: of the format, each lender and each field of ``match``."""
    parts = {"format": document["format"]}
    parts |= {f"lenders/{one['id']}": one for one in document["lenders"]}
    parts |= {f"match/{field}": value for field, value in document["match"].items()}
    return {name: _digest(part) for name, part in parts.items()}


def lexicon_delta(
    document: Mapping[str, Any], since: str | None, earlier: Mapping[str, str] | None
) -> dict[str, Any]:
    """What makes ``document`` of the version ``since``, whose parts' digests are ``earlier``.

    Without ``earlier``, or from another format, all of it: ``since`` is null then, and the
    reader lets go of what it has. Of ``match`` only the fields that differ are given.
    """
    now = part_digests(document)
    if earlier is None or earlier.get("format") != now["format"]:
        earlier, since = {}, None
    lenders = document["lenders"]
    names = {one["id"]: f"lenders/{one['id']}" for one in lenders}
    had = (name.removeprefix("lenders/") for name in earlier if name.startswith("lenders/"))
    return {
        "version": document["version"],
        "since": since,
        "format": document["format"],
        "added": [one for one in lenders if names[one["id"]] not in earlier],
        "changed": [
            one
            for one in lenders
            if earlier.get(names[one["id"]], now[names[one["id"]]]) != now[names[one["id"]]]
        ],
        "removed": sorted(one for one in had if one not in names),
        "match": {
            field: value
            for field, value in document["match"].items()
            if earlier.get(f"match/{field}") != now[f"match/{field}"]
        },
    }


def _digest(part: object) -> str:
    canonical = json.dumps(part, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(canonical).hexdigest()[:16]


def match_document(lexicon: Lexicon) -> dict[str, Any]:
    """The part the matcher needs. Lists over all names are one text each, to load fast."""
    names = compile_names(lexicon)
    frames = lexicon.frames
    anchors = choose_anchors([name.surface for name in names], frames.common)
    crossing = crossing_cues(frames)
    lenders = tuple(dict.fromkeys(name.lender for name in names))
    index = {lender: at for at, lender in enumerate(lenders)}
    shared = fold_all(lexicon.debt_words)
    words = chain(
        (name.surface for name in names),
        chain.from_iterable(_words(name) for name in names),
        shared,
        compile_cues(frames.before),
        compile_cues(frames.after),
        compile_cues(frames.naming_before),
        compile_cues(frames.naming_after),
        frames.separators,
        chain.from_iterable(side.values() for side in crossing),
        fold_all(frames.deeds),
        fold_all(frames.signs),
        fold_all(lexicon.page_words),
        lexicon.usage.weights,
        NUMERALS,
    )
    alphabet = frozenset(chain.from_iterable(words))
    return {
        "reach": lexicon.context_reach,
        "lenders": "\n".join(lenders),
        "names": "\n".join(name.surface for name in names),
        "owners": [index[name.lender] for name in names],
        "needs": "".join(_DIGITS[name.need] for name in names),
        "anchors": "".join(_DIGITS[anchors[name.surface]] for name in names),
        "shapes": _shapes(anchors),
        "forms": _raw_forms({name.surface[anchors[name.surface]] for name in names}),
        "rules": _rules(names, shared, crossing),
        "crossingBefore": crossing[0],
        "crossingAfter": crossing[1],
        "deeds": list(fold_all((*frames.deeds, *frames.signs))),
        "signs": list(fold_all(frames.signs)),
        "pageWords": list(fold_all(lexicon.page_words)),
        "usageBias": lexicon.usage.bias,
        "usage": _usage(lexicon.usage),
        "numerals": NUMERALS,
        "context": list(shared),
        "before": compile_cues(frames.before),
        "after": compile_after(frames.after),
        "namingBefore": compile_cues(frames.naming_before),
        "namingAfter": compile_after(frames.naming_after),
        "separators": sorted(fold_all(frames.separators), key=len, reverse=True),
        "openers": "".join(fold_all(frames.openers)),
        "closers": "".join(fold_all(frames.closers)),
        "fold": _fold_pairs(alphabet),
    }


def choose_anchors(surfaces: Sequence[str], common: str) -> dict[str, int]:
    """For each surface the position of its anchor; the anchors together are rare in text.

    Greedy weighted set cover: the character that covers the most uncovered names for its
    frequency goes first. ``common`` lists characters, the most frequent first.
    """
    weights = {character: 1 / (rank + RANK_OFFSET) for rank, character in enumerate(common)}
    rare = 1 / (len(common) + RANK_OFFSET)
    uncovered = {surface: _possible_anchors(surface) for surface in surfaces}
    gains = Counter(chain.from_iterable(uncovered.values()))
    chosen: list[str] = []
    while uncovered:
        best = min(
            (one for one in gains if gains[one]),
            key=lambda one: (weights.get(one, rare) / gains[one], one),
        )
        chosen.append(best)
        covered = [surface for surface, has in uncovered.items() if best in has]
        for surface in covered:
            gains.subtract(uncovered.pop(surface))
    kept = sorted(chosen, key=lambda one: (weights.get(one, rare), one))
    return {
        surface: surface.index(next(one for one in kept if one in _possible_anchors(surface)))
        for surface in surfaces
    }


def _usage(usage: UsageWeights) -> dict[str, str]:
    """By weight the signs that have it."""
    groups: dict[str, list[str]] = {}
    for sign, weight in usage.weights.items():
        groups.setdefault(str(weight), []).append(sign)
    return {weight: " ".join(signs) for weight, signs in groups.items()}


def _shapes(anchors: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """For each anchor, where it stands in its names: position * 256 + length.

    ``loose`` leaves spaces out of both; ``before`` and ``after`` are the most characters on
    each side of the anchor, without spaces.
    """
    exact: dict[str, set[int]] = {}
    loose: dict[str, set[tuple[int, int]]] = {}
    for surface, at in anchors.items():
        before = at - surface[:at].count(" ")
        solid = len(surface) - surface.count(" ")
        exact.setdefault(surface[at], set()).add(at * 256 + len(surface))
        loose.setdefault(surface[at], set()).add((before, solid))
    return {
        anchor: {
            "exact": sorted(exact[anchor]),
            "loose": sorted(before * 256 + solid for before, solid in pairs),
            "before": max(before for before, _ in pairs),
            "after": max(solid - before - 1 for before, solid in pairs),
        }
        for anchor, pairs in sorted(loose.items())
    }


def _possible_anchors(surface: str) -> frozenset[str]:
    return frozenset(one for one in surface[: len(_DIGITS)] if one.isalnum())


def _lender(lender: Lender) -> dict[str, Any]:
    """What a card shows. What is doubtful, or a number nobody verified, is left out."""
    certain = lender.provenance.trust is not Trust.DOUBTFUL
    shown = {
        "id": lender.id,
        "name": lender.name,
        "kind": lender.kind.value,
        "licence": lender.licence if certain else "unknown_or_defunct",
        "status": lender.status,
        "operator": lender.operator if certain and lender.operator_verified else None,
        "hotline": lender.hotline if certain else None,
        "domains": list(lender.domains),
        "surfaces": list(lender.surfaces),
        "checked": lender.provenance.checked.isoformat(),
    }
    return {key: value for key, value in shown.items() if value not in (None, [])}


def _rules(
    names: Sequence[Name], shared: tuple[str, ...], crossing: tuple[dict[str, str], dict[str, str]]
) -> dict[str, dict[str, Any]]:
    """By position in ``names``, the rules of those names that have any of their own.

    The cues that follow from the words across a name's edges are left to the matcher.
    """
    rules: dict[str, dict[str, Any]] = {}
    for at, name in enumerate(names):
        rule: dict[str, Any] = {
            "blocks": [
                *([before, ""] for before in name.blocked_before),
                *(["", after] for after in name.blocked_after),
                *(list(pair) for pair in name.blocks),
            ],
            "before": _own_cues(name, name.before, crossing[0].get(name.surface[0], "")),
            "after": _own_cues(name, name.after, crossing[1].get(name.surface[-1], "")),
            "brands": list(name.brands),
            "foils": list(name.foils),
            "noun": name.noun,
            "term": name.term,
            **_context(name, shared),
        }
        filled = {key: value for key, value in rule.items() if value}
        if name.page != (name.need > 0):
            filled["page"] = name.page
        if filled:
            rules[str(at)] = filled
    return rules


def _own_cues(name: Name, cues: Mapping[str, int], crossing: str) -> dict[str, int]:
    follow = frozenset(crossing if name.need else "")
    return {cue: points for cue, points in cues.items() if points != NEVER or cue not in follow}


def _context(name: Name, shared: tuple[str, ...]) -> dict[str, list[str]]:
    """The context of a name: ``more`` beside the general words, or ``context`` without them."""
    if name.context[: len(shared)] == shared:
        return {"more": list(name.context[len(shared) :])}
    return {"context": list(name.context)}


def _words(name: Name) -> Iterable[str]:
    return chain(
        name.blocked_before,
        name.blocked_after,
        chain.from_iterable(name.blocks),
        name.before,
        name.after,
        name.brands,
        name.foils,
        name.context,
    )


def _fold_pairs(alphabet: frozenset[str]) -> list[str]:
    """The traditional characters that fold to one of the alphabet, and what each becomes."""
    pairs = sorted((old, new) for old, new in simplified_characters().items() if new in alphabet)
    return ["".join(old for old, _ in pairs), "".join(new for _, new in pairs)]


def _raw_forms(anchors: Iterable[str]) -> str:
    """All other characters that fold to something with one of the anchors in it."""
    wanted = frozenset(anchors)
    characters = [
        chr(code)
        for code in range(0x20, 0x30000)
        if unicodedata.category(chr(code)) not in {"Cn", "Co", "Cs"}
    ]
    forms = fold("\n".join(characters)).text.split("\n")
    return "".join(
        one
        for one, form in zip(characters, forms, strict=True)
        if one not in wanted and not wanted.isdisjoint(form)
    )
