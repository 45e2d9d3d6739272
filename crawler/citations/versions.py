"""Tells which version of a law a citation means, and what its provisions became."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.citations.provisions import covered, main_number
from crawler.vocabulary import Statute

NEW = "新"
"""In a hint: the text speaks of the newest version in force."""

_CLEAR = 2
"""By how many pairs of characters one reading must fit better to be taken."""

_YEARS = re.compile(r"(?:19|20)\d{2}")
_IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class Times:
    """The day on which citations are judged and the day the article was published."""

    on: date
    published: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """What the text says beside a citation.

    ``hint`` is about the version (2012修正, 新), ``around`` the sentence it stands in.
    """

    hint: str = ""
    around: str = ""


def meant_version(
    versions: tuple[Statute, ...], provisions: tuple[str, ...], said: Said, times: Times
) -> Statute:
    """The version that the text means.

    A bare title means the version in force. With a provision number, an article from
    before the present version means the version of its own day, and a number that the
    present version has moved means the old version, unless the article is younger than
    the present version and the number is one that others moved to. Where a number means
    something in both versions, the words around it may tell which; one that stayed is right
    in the present version.
    """
    if len(versions) == 1:
        return versions[0]
    for fits in (_has_number, _has_year):
        for version in reversed(versions):
            if fits(version, said.hint):
                return version
    present = _in_force(versions, times.on) or versions[0]
    if NEW in said.hint:
        return present
    older = [one for one in versions if present.id in one.successors]
    if older and _is_older(present, said.hint):
        return _of_year(older, said.hint)
    numbers = [main_number(one) for given in provisions for one in covered(given)]
    if not numbers:
        return present
    if times.published is not None:
        for old in older:
            # Of a version in between only the numbers that it maps are known to differ.
            known = old is older[0] or not _former(old).isdisjoint(numbers)
            if old.ended is not None and times.published < old.ended and known:
                return old
    for old in reversed(older):
        if _is_meant(old, present, numbers, said, times):
            return old
    return present


def _is_meant(
    old: Statute, present: Statute, numbers: Sequence[str], said: Said, times: Times
) -> bool:
    """Whether the numbers, or the words around one that both versions have, speak for the old."""
    former = _former(old)
    pairs = [pair for _, pairs in old.provision_map for pair in pairs]
    latter = {main_number(new) for _, new in pairs}
    if any(number in former - latter for number in numbers):
        return True
    stayed = {one for one, new in pairs if one == new}
    shared = [one for one in numbers if one in (former & latter) - stayed]
    lean = sum(_lean(present, old, one, said.around) for one in shared)
    if abs(lean) >= _CLEAR:
        return lean < 0
    return times.published is None and bool(shared)


def _former(old: Statute) -> frozenset[str]:
    """The numbers of which is known what they became."""
    mapped = (number for _, pairs in old.provision_map for number, _ in pairs)
    return frozenset(map(main_number, (*mapped, *(number for number, _ in old.provision_notes))))


def moved_to(pairs: Mapping[str, str], provisions: tuple[str, ...]) -> tuple[str, ...]:
    """The new provisions of the cited old ones, as far as the map has them."""
    moved: dict[str, None] = {}
    for given in provisions:
        for one in covered(given):
            new = pairs.get(one) or pairs.get(without_paragraph(one)) or pairs.get(main_number(one))
            if new is not None:
                moved[new] = None
    return tuple(moved)


def without_paragraph(provision: str) -> str:
    """The provision as reference data may write it: 42(5) for 42.1(5)."""
    return re.sub(r"\.\d+", "", provision)


def _lean(present: Statute, old: Statute, number: str, around: str) -> int:
    """How much more the words around fit the present provision than the old one."""
    new = {
        main_number(one)
        for _, pairs in old.provision_map
        for one in moved_to(dict(pairs), (number,))
    }
    now = _pairs_of_characters(_gist(present, {number}))
    then = _pairs_of_characters(_gist(present, new))
    said = _pairs_of_characters(around)
    return len(said & (now - then)) - len(said & (then - now))


def _gist(statute: Statute, numbers: set[str]) -> str:
    """What the statute's key provisions say under these numbers."""
    return " ".join(
        f"{topic} {gist}"
        for key, topic, gist in statute.key_provisions
        if not numbers.isdisjoint(covered(key))
    )


def _pairs_of_characters(text: str) -> frozenset[str]:
    """The neighbouring pairs of Chinese characters."""
    return frozenset(
        pair for at in range(len(text) - 1) if _IDEOGRAPHS.match(pair := text[at : at + 2])
    )


def _has_number(version: Statute, hint: str) -> bool:
    """Whether the text names this version by its own document number."""
    return any(number in hint for number in version.document_numbers[:1])


def _has_year(version: Statute, hint: str) -> bool:
    """Whether the text names this version by its year."""
    years = _YEARS.findall(hint)
    return any(year in version.version for year in years)


def _is_older(present: Statute, hint: str) -> bool:
    """Whether the text names a year of revision before the present version's."""
    years = _YEARS.findall(hint)
    own = _YEARS.findall(present.version)
    return bool(years and own) and max(years) < max(own)


def _of_year(older: Sequence[Statute], hint: str) -> Statute:
    """The oldest version that is not older than the year that the text names."""
    year = max(_YEARS.findall(hint))
    for one in older:
        if max(_YEARS.findall(one.version), default="") >= year:
            return one
    return older[-1]


def _in_force(versions: tuple[Statute, ...], on: date) -> Statute | None:
    """The youngest version in force on a day; ``None`` when none is yet."""
    for version in reversed(versions):
        if version.effective is None or version.effective <= on:
            return version
    return None
