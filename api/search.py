"""Search over all guidance, counts by lender and topic, and suggestions while typing."""

from __future__ import annotations

from flask import Blueprint, Response

from api import parameters, serialize
from api.asked import find_asked_topics
from api.guidance import is_judged_anew, judge_text
from api.knowledge import Services, services
from api.problems import Problem
from api.queries import Attempt, FacetGroups, Limits
from api.responses import Body, body_of, send
from api.snippets import find_highlights, make_snippet
from crawler.store import Reader
from crawler.store.query import Part, Place
from crawler.store.search import Found, Hit, count_facets, search
from crawler.text import fold
from crawler.vocabulary import LenderKind

BLUEPRINT = Blueprint("search", __name__, url_prefix="/v1")
_MAX_AGE = 60  # seconds
_LONGEST = 100  # characters of a query
_MOST_SUGGESTIONS = 8


@BLUEPRINT.get("/search")
def search_guidance() -> Response:
    """Guidance that has every term, best first, with the passages that matched."""
    parameters.allow("q", "lender", "topic", "kind", "since", "until", "limit", "cursor")
    known = services()
    text, limits = _text(), _limits(known)
    limit = parameters.limit()

    def build(reader: Reader) -> Body:
        return body_of(search_from(reader, text, limits, limit, known))

    return send(known.answer(build), max_age=_MAX_AGE)


@BLUEPRINT.get("/search/facets")
def search_facets() -> Response:
    """How many guidances have every term, by lender and topic."""
    parameters.allow("q", "lender", "topic", "kind", "since", "until")
    known = services()
    text, limits = _text(), _limits(known)

    def build(reader: Reader) -> Body:
        return body_of(search_facets_of(reader, text, limits, known))

    return send(known.answer(build), max_age=_MAX_AGE)


def search_from(
    reader: Reader, text: str, limits: Limits, limit: int, known: Services
) -> serialize.Json:
    """What is found behind the request's cursor."""
    reading, place = _position()
    attempts = known.queries.find_attempts(text, limits)
    if reading >= max(1, len(attempts)):
        raise parameters.bad_cursor()
    attempt, at, found = _first_with_hits(reader, attempts, reading, place, limit)
    return _answer(text, attempt, at, found, known)


def search_facets_of(reader: Reader, text: str, limits: Limits, known: Services) -> serialize.Json:
    """Counts of what the first reading that finds anything finds."""
    attempts = known.queries.find_attempts(text, limits)
    counted = (count_facets(reader, one.query) for one in attempts)
    return serialize.facets_record(next((one for one in counted if one.total), None), known)


def facets_of(
    lender: str | None, topic: str | None, kind: str | None, known: Services
) -> FacetGroups:
    """The conditions as groups of facets, of each of which a page has at least one."""
    groups: list[tuple[tuple[str, str], ...]] = []
    groups += [(("lender", lender),)] if lender else []
    groups += [(("topic", topic),)] if topic else []
    if kind:
        of_kind = [one.id for one in known.references.lexicon.lenders if one.kind == kind]
        groups.append(tuple(("lender", one) for one in of_kind) or (("lender", ""),))
    return tuple(groups)


@BLUEPRINT.get("/suggestions")
def suggestions() -> Response:
    """Lenders and topics whose names begin with, contain or sound like what was typed."""
    parameters.allow("q")
    known = services()
    start = fold(_text()).text.strip()
    lenders = known.names.complete(start, _MOST_SUGGESTIONS) if start else []
    topics = [one.id for one in known.references.topics if start and start in fold(one.name).text]
    found = serialize.suggestions(
        [(guess.lender, guess.surface) for guess in lenders], topics[:_MOST_SUGGESTIONS], known
    )
    return send(body_of(found), max_age=_MAX_AGE)


def _text() -> str:
    text = parameters.text("q", longest=_LONGEST)
    if text is None:
        raise Problem(400, "Say what to search for.", parameter="q")
    return text


def _limits(known: Services) -> Limits:
    facets = facets_of(
        parameters.choice("lender", known.lenders),
        parameters.choice("topic", known.topics),
        parameters.choice("kind", [one.value for one in LenderKind]),
        known,
    )
    return Limits(facets, parameters.day("since"), parameters.day("until"))


def _position() -> tuple[int, Place]:
    parts = parameters.cursor(3)
    if parts is None:
        return 0, Place()
    try:
        reading, part, row = map(int, parts)
        if reading not in range(4) or row not in range(-1, 1 << 62):
            raise ValueError
        return reading, Place(Part(part), row)
    except ValueError:
        raise parameters.bad_cursor() from None


def _first_with_hits(
    reader: Reader, attempts: list[Attempt], reading: int, place: Place, limit: int
) -> tuple[Attempt | None, int, Found]:
    found = Found((), None)
    for at in range(reading, len(attempts)):
        found = search(reader, attempts[at].query, limit, place)
        if found.hits or found.next or place != Place():
            return attempts[at], at, found
    return None, 0, found


def _answer(
    text: str, attempt: Attempt | None, at: int, found: Found, known: Services
) -> serialize.Json:
    terms = attempt.terms if attempt else ()
    cursor = None
    if found.next is not None:
        cursor = parameters.encode_cursor(at, int(found.next.part), found.next.row)
    corrected = attempt.corrected if attempt else ()
    return serialize.search_record(
        serialize.page_of_items([_item(hit, terms, known) for hit in found.hits], cursor),
        known.queries.lenders(text),
        [guess.surface for guess in corrected],
        find_asked_topics(text, known),
        known,
    )


def _item(hit: Hit, terms: tuple[str, ...], known: Services) -> serialize.Json:
    mask = known.mask((hit.page.title, hit.page.summary), hit.contacts)
    snippet = make_snippet([mask.text(one) for one in hit.texts], terms)
    title = mask.text(hit.page.title or "")
    citations = hit.citations
    if is_judged_anew(hit.page, known):
        citations = judge_text("\n".join(hit.texts), hit.page, known)
    return serialize.hit_record(
        serialize.guidance_item(hit.page, known, mask, citations),
        snippet,
        find_highlights(title, terms),
    )
