"""What curators decided, applied to what the program found: pure, and the same in any order.

The program's own result is never changed: the decisions in force are laid over it, so that
taking one back gives exactly what was there without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.mentions import mark_about
from crawler.model import Article, CuratedArticle, RejectionReason, Removed
from crawler.restoring import NOTHING, Found, restore
from crawler.vocabulary import ConflictKind, DecisionKind, Publication, Review, Wait

VERDICTS = frozenset({DecisionKind.APPROVE, DecisionKind.REJECT})
CLUSTERING = frozenset({DecisionKind.SPLIT, DecisionKind.JOIN, DecisionKind.REPRESENT})
_CONTENT = frozenset({DecisionKind.RESTORE, DecisionKind.TOPICS, DecisionKind.LENDERS})
_TOLD_WHEN_CHANGED = CLUSTERING | {DecisionKind.TOPICS, DecisionKind.LENDERS}


@dataclass(frozen=True, slots=True)
class Basis:
    """What a page was when a decision was made: digests of its text and of its bytes."""

    content: str
    body: str

    def is_of(self, other: Basis) -> bool:
        """Whether both are the same page: a better reading of the same bytes is no change."""
        return self.content == other.content or self.body == other.body


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a person about a page; in force until it is undone.

    ``names`` is a rejection's reason, the ids of topics or lenders best first, the public
    ids of the pages that a page is split from, or the page it joins and then that one's
    cluster. ``removed`` is the block a restoring decision puts back. ``made_by`` is the
    label of the token.
    """

    id: int
    kind: DecisionKind
    names: tuple[str, ...]
    removed: Removed | None
    reason: str
    basis: Basis
    made_at: datetime
    made_by: str
    undone_at: datetime | None = None
    undone_by: str | None = None
    found: Found = NOTHING


@dataclass(frozen=True, slots=True)
class Conflict:
    """A decision that no longer fits; ``detail`` is the block's text, an id, or empty."""

    decision: Decision
    kind: ConflictKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What besides its text decides about a page: what it is today, and what it waits for."""

    basis: Basis
    waits: Wait | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The ids of the reference data; without them no name counts as unknown."""

    lenders: frozenset[str]
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Decided:
    """A page with the decisions laid over it. ``restored`` are indexes of ``removed`` before."""

    curated: CuratedArticle
    publication: Publication
    review: Review
    conflicts: tuple[Conflict, ...] = ()
    restored: frozenset[int] = field(default_factory=frozenset)


def apply_decisions(
    core: CuratedArticle,
    decisions: Iterable[Decision],
    standing: Standing,
    known: Known | None = None,
) -> Decided:
    """The page as curators want it, with the decisions that no longer fit.

    Of decisions of one kind the newest holds; of restoring ones each does. A conflict
    changes nothing by itself, with one exception: an approval does not hold for a text
    that the program rejects and the person never saw.
    """
    live = in_force(decisions)
    conflicts: list[Conflict] = []
    chosen = _choose_blocks(core.article, live, conflicts)
    curated = restore(core, chosen) if chosen else core
    for kind in (DecisionKind.TOPICS, DecisionKind.LENDERS):
        newest = _newest(live, {kind})
        if newest is not None:
            curated = _rename(curated, newest)
            conflicts += _unknown_names(newest, known)
    rejected, review = _judge(core, _newest(live, VERDICTS), standing, conflicts)
    if rejected is not curated.rejected:
        curated = replace(curated, rejected=rejected)
    approved = (newest := _newest(live, VERDICTS)) and newest.kind is DecisionKind.APPROVE
    publication = (
        Publication.WITHHELD
        if rejected
        else Publication.WAITING
        if standing.waits and not approved
        else Publication.PUBLISHED
    )
    for kind in sorted(_TOLD_WHEN_CHANGED):
        newest = _newest(live, {kind})
        if newest is None:
            continue
        if not newest.basis.is_of(standing.basis):
            conflicts.append(Conflict(newest, ConflictKind.TEXT_CHANGED))
        if kind is DecisionKind.REPRESENT and publication is not Publication.PUBLISHED:
            conflicts.append(Conflict(newest, ConflictKind.NOT_SHOWN))
    conflicts.sort(key=lambda one: (one.decision.id, one.kind))
    return Decided(curated, publication, review, tuple(conflicts), frozenset(chosen))


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that nobody took back, oldest first."""
    live = [one for one in decisions if one.undone_at is None]
    return tuple(sorted(live, key=lambda one: one.id))


def change_content(decisions: Iterable[Decision]) -> bool:
    """Whether any of the decisions in force changes what a page says or is about."""
    return any(one.kind in _CONTENT for one in in_force(decisions))


def _newest(live: Sequence[Decision], kinds: Iterable[DecisionKind]) -> Decision | None:
    wanted = frozenset(kinds)
    return next((one for one in reversed(live) if one.kind in wanted), None)


def _judge(
    core: CuratedArticle,
    verdict: Decision | None,
    standing: Standing,
    conflicts: list[Conflict],
) -> tuple[RejectionReason | None, Review]:
    """Why the page is rejected, and how a person's verdict stands to today's text."""
    if verdict is None:
        return core.rejected, Review.NONE
    same = verdict.basis.is_of(standing.basis)
    review = Review.CURRENT if same else Review.CHANGED
    if verdict.kind is DecisionKind.REJECT:
        reason = verdict.names[0] if verdict.names else RejectionReason.CURATOR
        return RejectionReason(reason), review
    if same or core.rejected is None:
        return None, review
    conflicts.append(Conflict(verdict, ConflictKind.REJECTED_SINCE, core.rejected.value))
    return core.rejected, review


def _unknown_names(decision: Decision, known: Known | None) -> list[Conflict]:
    if known is None:
        return []
    ids = known.topics if decision.kind is DecisionKind.TOPICS else known.lenders
    lost = [one for one in decision.names if one not in ids]
    return [Conflict(decision, ConflictKind.NAME_UNKNOWN, one) for one in lost]


def _rename(curated: CuratedArticle, decision: Decision) -> CuratedArticle:
    if decision.kind is DecisionKind.TOPICS:
        return replace(curated, topics=decision.names)
    mentions = mark_about(curated.mentions, decision.names)
    return replace(curated, lenders=decision.names, mentions=mentions)


def _choose_blocks(
    article: Article, live: Sequence[Decision], conflicts: list[Conflict]
) -> dict[int, Found]:
    """Index of a removed block to be put back -> what is recognised in it."""
    chosen: dict[int, Found] = {}
    texts = {block.text for block in article.blocks}
    for decision in live:
        wanted = decision.removed
        if decision.kind is not DecisionKind.RESTORE or wanted is None:
            continue
        places = [
            (abs(one.position - wanted.position), index)
            for index, one in enumerate(article.removed)
            if one.block.text == wanted.block.text and index not in chosen
        ]
        if places:
            chosen[min(places)[1]] = decision.found
        elif wanted.block.text not in texts:
            conflicts.append(Conflict(decision, ConflictKind.BLOCK_GONE, wanted.block.text))
    return chosen
