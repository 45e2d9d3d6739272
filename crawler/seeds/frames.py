"""Loads seeds/frames.toml: how names stand in sentences."""

from __future__ import annotations

from dataclasses import astuple
from itertools import chain

from crawler.seeds.reading import Row, SeedFile
from crawler.vocabulary import Cues, Frames, NameFrame

_SIDES = ("before", "after", "naming_before", "naming_after")
_MOST_POINTS = 9
"""No evidence reaches more points than this; see crawler.mentions.scoring."""


def read_frames(file: SeedFile) -> Frames:
    """The frames of a file; what is wrong is noted as a fault of the file."""
    head = file.head()
    separators = head.texts("separators", required=True)
    openers = head.texts("openers", required=True)
    closers = head.texts("closers", required=True)
    common = "".join(head.lines("common_characters"))
    crossing_before = _crossing(head, "crossing_before")
    crossing_after = _crossing(head, "crossing_after")
    deeds = head.texts("deeds", required=True)
    signs = head.texts("signs", required=True)
    head.close()
    sides = {row.key: _cues(row, "") for row in file.rows("side")}
    names = tuple(_name(row) for row in file.rows("name"))
    file.close()
    for side in _SIDES:
        if side not in sides:
            file.fault(side, "there is no [[side]] with this id; add one")
    before, after, naming_before, naming_after = (sides.get(side, Cues()) for side in _SIDES)
    return Frames(
        before,
        after,
        naming_before,
        naming_after,
        separators,
        openers,
        closers,
        names,
        common,
        crossing_before,
        crossing_after,
        deeds,
        signs,
    )


def _crossing(head: Row, field: str) -> tuple[str, ...]:
    """The words of a field, each once; any that is not of two characters is a fault."""
    words = head.lines(field)
    for word in words:
        if len(word) != 2:
            head.fault(f"{field}: {word} must have two characters")
        if words.count(word) > 1:
            head.fault(f"{field}: {word} stands there twice; keep one")
    return words


def _name(row: Row) -> NameFrame:
    frame = NameFrame(
        id=row.text("id"),
        names=row.texts("names"),
        endings=row.texts("endings"),
        need=row.optional_whole("need", 1, _MOST_POINTS),
        brands=row.texts("brands"),
        before=_cues(row, "_before"),
        after=_cues(row, "_after"),
        foils=row.texts("foils"),
        noun=row.flag("noun"),
        term=row.flag("term"),
        page=row.optional_flag("page"),
    )
    if not frame.names and not frame.endings:
        row.fault("names is missing; add names or endings")
    return frame


def _cues(row: Row, side: str) -> Cues:
    if not side:
        row.text("id")
    cues = Cues(
        apart=row.texts(f"apart{side}"),
        never=row.texts(f"never{side}"),
        hard=row.texts(f"hard{side}"),
        soft=row.texts(f"soft{side}"),
        weak=row.texts(f"weak{side}"),
        fair=row.texts(f"fair{side}"),
        firm=row.texts(f"firm{side}"),
    )
    seen: set[str] = set()
    for word in chain.from_iterable(astuple(cues)):
        if word in seen:
            row.fault(f"the cue {word} has two strengths; keep one")
        seen.add(word)
    return cues
