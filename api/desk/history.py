"""How a page's text changed, what crawls brought, and who did what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from flask import Response, abort, request

from api import parameters
from api.desk.article import find_dossier
from api.desk.differences import Changed, Effort, compare
from api.desk.queue import tab_of
from api.desk.rendering import show
from api.knowledge import services
from api.office import room
from api.reader.page import HTML
from crawler.report import RunReport, decode_run, render_report
from crawler.store.dossier import Dossier
from crawler.store.runs import find_run, list_runs

_RUNS = 50
_ENTRIES = 100
_VERSIONS = 20  # compared on one page, the newest first
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class Listed:
    """A run as it stands in the list."""

    finished_at: datetime | None
    started_at: datetime
    report: RunReport


@dataclass(frozen=True, slots=True)
class Step:
    """From one version of a page to the next."""

    before: datetime
    since: datetime
    title: str | None  # the earlier title, when the title changed
    lines: list[Changed]


def versions(uid: str) -> Response:
    """Each version of the page against the one before it, the newest first."""
    dossier = find_dossier(room().office.desk(), uid)
    return show(
        "versions.html",
        uid=uid,
        title=dossier.page.curated.article.title,
        tab=tab_of(request.args.get("tab")).value,
        count=len(dossier.versions) + 1,
        steps=steps_of(dossier),
    )


def steps_of(dossier: Dossier) -> list[Step]:
    """The changes between the page's versions, the newest first."""
    article = dossier.core.article
    earlier = sorted(dossier.versions, key=lambda one: one.seen_from)
    texts = [(one.seen_from, one.title, [block.text for block in one.blocks]) for one in earlier]
    texts.append((dossier.page.changed_at, article.title, [one.text for one in article.blocks]))
    effort = Effort()  # of the whole page
    return [
        Step(old[0], new[0], old[1] if old[1] != new[1] else None, compare(old[2], new[2], effort))
        for new, old in pairwise(texts[: -_VERSIONS - 2 : -1])
    ]


def runs() -> Response:
    """The crawl runs, the newest first, each with its report."""
    parts = parameters.cursor(1)
    before = _number(parts[0]) if parts else None
    found = list_runs(room().office.store(), _RUNS + 1, before)
    cursor = parameters.encode_cursor(found[_RUNS - 1].run) if len(found) > _RUNS else None
    listed = [
        Listed(one.finished_at, one.started_at, decode_run(one.source, one.run, one.summary))
        for one in found[:_RUNS]
    ]
    return show("runs.html", runs=listed, cursor=cursor)


def run_report(number: int) -> Response:
    """The report of one run, drawn from what was stored at its end."""
    run = find_run(room().office.store(), number)
    if run is None or run.finished_at is None:
        abort(404)
    page = render_report(
        [decode_run(run.source, run.run, run.summary)], run.finished_at, services().labels
    )
    response = Response(page, content_type=HTML)
    response.headers["Content-Security-Policy"] = REPORT_POLICY
    return response


def audit() -> Response:
    """Every login, decision and undoing, the newest first."""
    parts = parameters.cursor(1)
    before = _number(parts[0]) if parts else None
    entries = room().office.desk().audit(_ENTRIES + 1, before)
    cursor = None
    if len(entries) > _ENTRIES:
        cursor = parameters.encode_cursor(entries[_ENTRIES - 1].id)
    return show("audit.html", entries=entries[:_ENTRIES], cursor=cursor)


def _number(text: str) -> int:
    if not text.isdigit() or len(text) > 18:
        raise parameters.bad_cursor()
    return int(text)
