"""Judges what is cited on one date: what holds, what replaced it, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from crawler.citations.provisions import spoken
from crawler.citations.telling import Said, moved_to, without_paragraph
from crawler.citations.versions import Times, meant_version
from crawler.model import CitationKind, CitationStatus
from crawler.vocabulary import FormerName, Hotline, Phantom, Regulator, Statute

ANNOTATED = "annotated"
"""The note of a citation whose own text already says that it is out of date."""

NOT_YET = "not yet in force"

WITHDRAWN = "withdrawn"
"""The note of a document number whose instrument no longer holds; the number stays right."""

_STALE = frozenset(
    {
        CitationStatus.AMENDED,
        CitationStatus.RENAMED,
        CitationStatus.SUPERSEDED,
        CitationStatus.REPEALED,
    }
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A status and its reasons; the fields are those of Citation."""

    status: CitationStatus
    target: str | None = None
    successor: str | None = None
    since: date | None = None
    valid_when_published: bool | None = None
    note: str | None = None

    def annotated(self, kind: CitationKind = CitationKind.STATUTE) -> Judgement:
        """The same when the text itself says that this is the former name or law.

        A law keeps its status: it is repealed, and readers need its successor. The former
        name of a body beside its present one is right as written, hence current.
        """
        if self.status not in _STALE:
            return self
        if kind is CitationKind.REGULATOR:
            return replace(self, status=CitationStatus.CURRENT, note=ANNOTATED)
        return replace(self, note=ANNOTATED)


UNKNOWN = Judgement(CitationStatus.UNKNOWN)


def judge_document(statute: Statute | None, on: date, *, living: bool = False) -> Judgement:
    """A document number is never out of date; ``unknown`` when it is not in the data.

    ``living`` tells that an instrument in force bears the number as well.
    """
    if statute is None:
        return UNKNOWN
    if statute.status == CitationStatus.NEVER_IN_FORCE:
        return Judgement(CitationStatus.NEVER_IN_FORCE, statute.id)
    ended = CitationStatus(statute.status) in _STALE and not (statute.ended and on < statute.ended)
    note = WITHDRAWN if ended and not living else None
    return Judgement(CitationStatus.CURRENT, statute.id, since=statute.effective, note=note)


def judge_phantom(phantom: Phantom) -> Judgement:
    """What circulates as a rule, with what is right instead."""
    return Judgement(
        CitationStatus(phantom.status), phantom.id, phantom.correction, note=phantom.verdict
    )


def judge_hotline(hotline: Hotline) -> Judgement:
    """A hotline's own status."""
    return Judgement(CitationStatus(hotline.status), hotline.number, hotline.successor)


def judge_regulator(
    regulator: Regulator, former: FormerName | None, successor: str | None, times: Times
) -> Judgement:
    """A body's present name is current, a former one renamed from the day it ended.

    ``successor`` is the name to show instead of the body's own, for a local office.
    """
    if former is None:
        return Judgement(CitationStatus.CURRENT, regulator.id, since=regulator.since)
    held = former.until or former.lasted
    if held is not None and times.on < held:
        return Judgement(CitationStatus.CURRENT, regulator.id, since=former.since)
    valid = None
    if times.published is not None and held is not None:
        # After ``lasted`` some places had the name still: nothing is said of them.
        valid = times.published < held if former.until else (times.published < held or None)
    return Judgement(
        CitationStatus.RENAMED,
        regulator.id,
        successor or _name_on(regulator, times.on),
        former.until,
        valid,
    )


def _name_on(regulator: Regulator, on: date) -> str:
    """The body's name on a day; its present name when that is not known."""
    if regulator.since is not None and on < regulator.since:
        for former in regulator.former:
            if former.since and former.until and former.since <= on < former.until:
                return former.name
    return regulator.name


class StatuteJudge:
    """Judges statutes, knowing all of them so that successors can be named."""

    def __init__(self, statutes: tuple[Statute, ...]) -> None:
        self._by_id: Mapping[str, Statute] = {statute.id: statute for statute in statutes}

    def names_after(self, versions: tuple[Statute, ...]) -> tuple[str, ...]:
        """The names of what replaced a title: full, and without 中华人民共和国."""
        named = [
            self._by_id[one]
            for version in versions
            for one in version.successors
            if one in self._by_id and self._by_id[one].title != version.title
        ]
        return tuple(
            name
            for new in named
            for name in (new.title.removeprefix("中华人民共和国"), *new.aliases)
        )

    def judge(
        self, versions: tuple[Statute, ...], provisions: tuple[str, ...], said: Said, times: Times
    ) -> Judgement:
        """The status of one title, which may have several versions, oldest first."""
        meant = meant_version(versions, provisions, said, times)
        if meant.ended is not None and times.on < meant.ended:
            status = CitationStatus.CURRENT
        else:
            status = CitationStatus(meant.status)
        if status is CitationStatus.CURRENT and meant.effective and times.on < meant.effective:
            return Judgement(CitationStatus.UNKNOWN, meant.id, since=meant.effective, note=NOT_YET)
        valid = _was_valid(meant, times.published)
        if status is CitationStatus.CURRENT and meant.version and not valid:
            valid = None  # an older version of the same title may have held then
        if status not in _STALE and status is not CitationStatus.NEVER_IN_FORCE:
            return Judgement(status, meant.id, None, meant.effective, valid)
        successor, moved = self._successor(meant, provisions, times.on)
        if status is CitationStatus.SUPERSEDED and moved == provisions != ():
            status = CitationStatus.AMENDED  # the number stayed, the wording need not have
        cited = {*provisions, *map(without_paragraph, provisions)}
        notes = [text for number, text in meant.provision_notes if number in cited]
        note = "; ".join([*self._each(meant, provisions), *notes])
        return Judgement(status, meant.id, successor, meant.ended, valid, note or None)

    def _each(self, statute: Statute, provisions: tuple[str, ...]) -> tuple[str, ...]:
        """What each of several cited provisions became, where the map has it; else empty."""
        if len(provisions) < 2:  # the successor says it
            return ()
        return tuple(
            f"{spoken(one)} → {'、'.join(map(spoken, new))}"
            for target, pairs in statute.provision_map
            if target in self._by_id
            for one in provisions
            if (new := moved_to(dict(pairs), (one,)))
        )

    def _successor(
        self, statute: Statute, provisions: tuple[str, ...], on: date
    ) -> tuple[str | None, tuple[str, ...]]:
        """What holds instead, in words, and the provisions that the cited ones became."""
        for target, pairs in statute.provision_map:
            moved = moved_to(dict(pairs), provisions)
            if moved and target in self._by_id:
                new = self._by_id[target]
                return _name(new, statute, "、".join(map(spoken, moved))), moved
        names = [
            _name(self._by_id[one], statute, "")
            for one in statute.successors
            if one in self._by_id
            and not ((effective := self._by_id[one].effective) and on < effective)
        ]
        return "、".join(names) or None, ()


def _name(new: Statute, old: Statute, provisions: str) -> str:
    """The successor's title and provisions, with its version when the titles are equal."""
    if new.title == old.title and new.version:
        return f"{new.title}{provisions}({new.version})"
    return new.title + provisions


def _was_valid(statute: Statute, published: date | None) -> bool | None:
    """Whether the statute held on the article's day; ``None`` when that cannot be told."""
    if published is None or (statute.effective is None and statute.ended is None):
        return None
    effective = statute.effective or date.min
    if statute.status in {CitationStatus.NEVER_IN_FORCE, CitationStatus.UNKNOWN}:
        return None
    if statute.ended is None:
        stale = CitationStatus(statute.status) in _STALE
        return None if stale else effective <= published
    return effective <= published < statute.ended
