"""Guidance: lists, and one guidance with everything that holds of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response

from api import parameters, serialize
from api.knowledge import Services, services
from api.problems import Problem
from api.responses import Body, body_of, send
from api.turns import has_turned
from crawler.dedup.passages import count_differences
from crawler.model import Citation
from crawler.store import GuidanceFilter, ListedPage, Reader, StoredPage
from crawler.store.records import Position

BLUEPRINT = Blueprint("guidance", __name__, url_prefix="/v1/guidance")
_MAX_AGE = 60  # seconds
_COMPARED = 12  # copies compared with the shown page; each costs about a millisecond


@BLUEPRINT.get("")
def guidance_list() -> Response:
    """Guidance, newest first, perhaps of one lender, topic or time."""
    parameters.allow("lender", "topic", "since", "until", "limit", "cursor")
    known = services()
    return list_guidance(wanted_guidance(known), known)


def wanted_guidance(known: Services) -> GuidanceFilter:
    """What the request's parameters ask for."""
    return GuidanceFilter(
        parameters.choice("lender", known.lenders),
        parameters.choice("topic", known.topics),
        parameters.day("since"),
        parameters.day("until"),
    )


@BLUEPRINT.get("/<string:identifier>")
def guidance(identifier: str) -> Response:
    """One guidance; a copy's id leads to the guidance that represents it."""
    parameters.allow()
    known = services()
    body = known.answer(lambda reader: _build(reader, identifier, known))
    return send(body, max_age=_MAX_AGE)


def list_guidance(wanted: GuidanceFilter, known: Services) -> Response:
    """The part of the list that the request's cursor and limit ask for."""
    limit = parameters.limit()
    after = position()

    def build(reader: Reader) -> Body:
        found = reader.list_guidance(wanted, limit + 1, after)
        items = listed_items(reader, found[:limit], known)
        return body_of(serialize.page_of_items(items, next_cursor(found, limit)))

    body = known.answer(build)
    return send(body, max_age=_MAX_AGE)


def next_cursor(listed: Sequence[ListedPage], limit: int) -> str | None:
    """Where a list goes on behind its first ``limit`` pages; ``None`` when there are no more."""
    if len(listed) <= limit:
        return None
    last = listed[limit - 1]
    return parameters.encode_cursor(last.sort_date.isoformat(), last.id)


def position() -> Position | None:
    """Where the request's cursor says that the list goes on; ``None`` at its start."""
    parts = parameters.cursor(2)
    if parts is None:
        return None
    try:
        number = int(parts[1])
        if not 0 <= number < 1 << 62:
            raise ValueError
        return Position(date.fromisoformat(parts[0]), number)
    except ValueError:
        raise parameters.bad_cursor() from None


def find_guidance(reader: Reader, identifier: str) -> StoredPage:
    """The guidance with this id; raises a ``Problem`` when there is none."""
    page = reader.guidance(identifier) if len(identifier) <= 16 else None
    if page is None:
        raise Problem(404, "There is no guidance with this id.")
    return page


def listed_items(
    reader: Reader, pages: Sequence[ListedPage], known: Services
) -> list[serialize.Json]:
    """The pages as they stand in lists."""
    annotations = reader.annotations_of([one.id for one in pages])
    items = []
    for page in pages:
        known_of_page = annotations[page.id]
        mask = known.mask((page.title, page.summary), known_of_page.contacts)
        citations = known_of_page.citations
        if is_judged_anew(page, known):
            whole = reader.page(page.uid)
            citations = judge_text(whole.curated.article.text, page, known) if whole else citations
        items.append(serialize.guidance_item(page, known, mask, citations))
    return items


def is_judged_anew(page: ListedPage, known: Services) -> bool:
    """Whether what the page cites may have changed its status since it was stored."""
    return has_turned(known.turns, page.fetched_at.date(), known.today())


def judge_text(text: str, page: ListedPage, known: Services) -> tuple[Citation, ...]:
    """What the page's text cites, judged today."""
    return known.citations.find_citations(text, known.today(), page.published)


def judge(page: StoredPage, known: Services) -> serialize.Judged:
    """What the article cites and which numbers it names, by what is known today."""
    article, today = page.curated.article, known.today()
    text, published = article.text, article.published
    citations = known.citations.find_citations(text, today, published)
    then = known.citations.find_citations(text, published, published) if published else ()
    contacts = known.contacts.find_contacts(text)
    others = (article.title, article.author, article.source)
    return serialize.Judged(
        today,
        citations,
        {(one.start, one.end): one.status.value for one in then},
        contacts,
        known.mask(others, (*contacts, *page.curated.contacts)),
    )


def guidance_document(reader: Reader, page: StoredPage, known: Services) -> serialize.Json:
    """The guidance with its sources, earlier versions and siblings."""
    versions = []
    for one in reader.versions(page.id):
        mask = known.mask((one.title, *(block.text for block in one.blocks)))
        versions.append(serialize.version_record(one, mask))
    return {
        **serialize.guidance_record(page, judge(page, known), known),
        **serialize.guidance_company(
            _sources(reader, page),
            versions,
            [
                serialize.sibling_record(one, known, known.mask((one.title,)))
                for one in reader.siblings(page.id)
            ],
        ),
    }


def _sources(reader: Reader, page: StoredPage) -> list[serialize.Json]:
    """The pages that say the same thing, and what each has more or less than the shown one."""
    records = []
    for number, one in enumerate(reader.sources(page.cluster)):
        shown = one.id == page.id
        copy = None if shown or number >= _COMPARED else reader.page(one.uid)
        differences = count_differences(page.curated, copy.curated) if copy else None
        records.append(serialize.source_record(one, differences, representative=shown))
    return records


def _build(reader: Reader, identifier: str, known: Services) -> Body:
    page = find_guidance(reader, identifier)
    return body_of(guidance_document(reader, page, known))
