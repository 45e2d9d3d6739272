"""What waits for a person, by tabs."""

from __future__ import annotations

from datetime import datetime

from flask import Response, request

from api import parameters
from api.desk.rendering import show
from api.office import room
from crawler.store.queue import QueueFilter, QueueKind, QueuePlace

_ROWS = 30
TABS = (
    QueueKind.NEW,
    QueueKind.CHANGED,
    QueueKind.CONFLICT,
    QueueKind.REPORTED,
    QueueKind.WAITING,
    QueueKind.WITHHELD,
    QueueKind.PUBLISHED,
)


def queue() -> Response:
    """One tab's rows, the newest change first."""
    desk = room().office.desk()
    tab = tab_of(request.args.get("tab"))
    source = request.args.get("source") or None
    text = request.args.get("q", "").replace("\x00", "").strip()[:100]
    rows = desk.queue(QueueFilter(tab, source, text), _ROWS + 1, _place())
    cursor = None
    if len(rows) > _ROWS:
        last = rows[_ROWS - 1].place
        cursor = parameters.encode_cursor(last.changed_at.isoformat(), last.id)
    return show(
        "queue.html",
        tab=tab.value,
        tabs=[one.value for one in TABS],
        counts={kind.value: count for kind, count in desk.counts().items()},
        sources=desk.sources(),
        source=source,
        text=text,
        rows=rows[:_ROWS],
        cursor=cursor,
    )


def tab_of(name: str | None) -> QueueKind:
    """The tab with this name; that of new pages when there is none."""
    return next((one for one in TABS if one.value == name), QueueKind.NEW)


def _place() -> QueuePlace | None:
    parts = parameters.cursor(2)
    if parts is None:
        return None
    try:
        moment, number = datetime.fromisoformat(parts[0]), int(parts[1])
    except ValueError:
        raise parameters.bad_cursor() from None
    if moment.tzinfo is None or not 0 <= number < 1 << 62:
        raise parameters.bad_cursor()
    return QueuePlace(moment, number)
