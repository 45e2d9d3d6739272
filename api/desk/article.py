"""One page at the desk: the original beside the cleaned article, and all that was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import Response, abort, request

from api.desk.marking import Line, lines_of
from api.desk.original import decode, original_document
from api.desk.queue import tab_of
from api.desk.rendering import show
from api.desk.words import Words, words
from api.knowledge import services
from api.office import room
from api.reader.page import asset
from api.serialize import is_outdated
from crawler.decisions import Conflict, Decision
from crawler.model import ContactStatus, RejectionReason
from crawler.store.desk import Desk
from crawler.store.dossier import Dossier
from crawler.store.queue import QueueFilter, QueueKind
from crawler.vocabulary import DecisionKind

_PLAIN = ("text/plain",)


@dataclass(frozen=True, slots=True)
class Choosable:
    """A topic or lender that can be ticked."""

    id: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A decision or conflict in words for a person."""

    id: int
    kind: DecisionKind
    text: str
    by: str
    at: datetime
    undone_at: datetime | None = None


def page(uid: str) -> Response:
    """The page with this id."""
    desk = room().office.desk()
    dossier = find_dossier(desk, uid)
    tab = tab_of(request.args.get("tab"))
    said = words()
    article = dossier.page.curated.article
    citations = services().citations.find_citations(
        article.text, services().today(), article.published
    )
    contacts = services().contacts.find_contacts(article.text)
    lines = lines_of(dossier, citations, contacts)
    decisions = [tell_decision(one, said) for one in dossier.decisions]
    return show(
        "article.html",
        dossier=dossier,
        row=dossier.row,
        article=article,
        tab=tab.value,
        groups=group_lines(lines),
        removed=len(article.removed),
        citations=citations,
        outdated=sum(map(is_outdated, citations)),
        contacts=contacts,
        unverified=sum(one.status is ContactStatus.UNVERIFIED for one in contacts),
        srcdoc=_original(dossier),
        decisions=decisions,
        last=next((one for one in decisions if one.undone_at is None), None),
        conflicts=[tell_conflict(one, said) for one in dossier.conflicts],
        reasons=[one.value for one in RejectionReason],
        following=_following(desk, dossier, tab),
        **_choices(dossier, said),
    )


def find_dossier(desk: Desk, uid: str) -> Dossier:
    """Everything about the page; answers 404 when there is none."""
    dossier = desk.dossier(uid) if len(uid) <= 16 else None
    if dossier is None:
        abort(404)
    return dossier


def group_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Neighbours that were dropped for the same reason together, everything else alone."""

    def key(line: Line) -> str:
        return line.removed.reason.value if line.removed else ""

    return [list(group) for _, group in groupby(lines, key)]


def tell_decision(decision: Decision, said: Words) -> Told:
    """What was decided, in the words of a person."""
    names = [_name(decision.kind, one, said) for one in decision.names]
    parts = [decision.removed.block.text] if decision.removed else names
    if decision.kind is DecisionKind.SPLIT:
        parts = []
    elif decision.kind is DecisionKind.JOIN:
        parts = names[:1]
    text = "、".join([*parts, *([decision.reason] if decision.reason else [])])
    return Told(
        decision.id, decision.kind, text, decision.made_by, decision.made_at, decision.undone_at
    )


def tell_conflict(conflict: Conflict, said: Words) -> Told:
    """Why a decision no longer fits."""
    decision = conflict.decision
    detail = f": {conflict.detail}" if conflict.detail else ""
    text = said.name("conflict", conflict.kind) + detail
    return Told(decision.id, decision.kind, text, decision.made_by, decision.made_at)


def _name(kind: DecisionKind, value: str, said: Words) -> str:
    if kind is DecisionKind.TOPICS:
        return said.reader.topic(value)
    if kind is DecisionKind.LENDERS:
        return said.lender(value)
    return said.name("rejection", value) if kind is DecisionKind.REJECT else value


def _choices(dossier: Dossier, said: Words) -> dict[str, Any]:
    """The topics and lenders that can be ticked, those of the page first."""
    known = services()
    curated = dossier.page.curated
    topics = [*curated.topics, *(one for one in known.topics if one not in curated.topics)]
    named = dict.fromkeys([*curated.lenders, *(one.lender for one in curated.mentions)])
    return {
        "topics": [Choosable(one, said.reader.topic(one), one in curated.topics) for one in topics],
        "lenders": [Choosable(one, said.lender(one), one in curated.lenders) for one in named],
        "all_lenders": sorted(one.name for one in known.references.lexicon.lenders),
    }


def _original(dossier: Dossier) -> str:
    if not dossier.body:
        return ""
    text = decode(dossier.body, dossier.encoding)
    plain = (dossier.content_type or "").startswith(_PLAIN) or "<" not in text
    return original_document(text, asset("desk-original.css"), plain=plain)


def _following(desk: Desk, dossier: Dossier, tab: QueueKind) -> str | None:
    """The id of the page after this one in the tab it was opened from."""
    rows = desk.queue(QueueFilter(tab), 1, dossier.row.place)
    return rows[0].uid if rows else None
