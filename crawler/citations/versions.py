"""Tells which version of a law a citation means, and what its provisions became."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.citations.provisions import covered, main_number
from crawler.citations.telling import Said, find_lean
from crawler.vocabulary import Statute

NEW = "新"
"""In a hint: the text speaks of the newest version in force."""

_CLEAR = 1.0
"""How much better one reading must fit to be taken; a pair of characters of one provision alone
weighs about two."""

_SETTLED = timedelta(days=4 * 365)
"""An undated article is likelier younger than a version that has held for longer; by judgement."""

_YEARS = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Times:
    """The day on which citations are judged and the day the article was published."""

    on: date
    published: date | None


def meant_version(
    versions: tuple[Statute, ...], provisions: tuple[str, ...], said: Said, times: Times
) -> Statute:
    """The version that the text means.

    A bare title means the version in force. With a provision number, an article from before
    the present version means the version of its own day, unless the present one was known by
    then and the words fit it better. Otherwise the words beside the number tell; where they
    do not, a number that the present version has moved means the old version, unless the
    article is younger than the present version, or likely to be, and the number is one that
    others moved to.
    One that stayed is right in the present version.
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
    for old in older:
        # Of a version in between only the numbers that it maps are known to differ.
        known = old is older[0] or not _former(old).isdisjoint(numbers)
        if known and _is_of_its_day(old, present, numbers, said, times):
            return old
    for old in reversed(older):
        if _is_meant(old, present, numbers, said, times):
            return old
    return present


def _is_of_its_day(
    old: Statute, present: Statute, numbers: Sequence[str], said: Said, times: Times
) -> bool:
    """Whether the article was published under the old version, and does not look ahead."""
    if times.published is None or old.ended is None or times.published >= old.ended:
        return False
    ahead = present.issued is not None and present.issued <= times.published
    return not (ahead and find_lean(old, present, numbers, said) >= _CLEAR)


def _is_meant(
    old: Statute, present: Statute, numbers: Sequence[str], said: Said, times: Times
) -> bool:
    """Whether the words around the numbers, or else the numbers, speak for the old version."""
    former = _former(old)
    pairs = [pair for _, pairs in old.provision_map for pair in pairs]
    latter = {main_number(one) for _, new in pairs for one in covered(new)}
    stayed = {main_number(one) for one, new in pairs if one == new}
    moved = [one for one in numbers if one in former - stayed]
    lean = find_lean(old, present, moved, said) if moved else 0.0
    if abs(lean) >= _CLEAR:
        return lean < 0
    if times.published is None and present.effective is not None:
        settled = times.on - present.effective > _SETTLED
    else:
        settled = times.published is not None
    return any(one not in latter for one in moved) or (bool(moved) and not settled)


def _former(old: Statute) -> frozenset[str]:
    """The numbers of which is known what they became."""
    mapped = (number for _, pairs in old.provision_map for number, _ in pairs)
    return frozenset(map(main_number, (*mapped, *(number for number, _ in old.provision_notes))))


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
