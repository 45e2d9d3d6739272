"""Lenders by kind and from A to Z, and one lender's page."""

from __future__ import annotations

from flask import Response, abort, request
from pypinyin import lazy_pinyin

from api import serialize
from api.complaints import find_hotlines, find_routes
from api.guidance import listed_items
from api.knowledge import services
from api.reader.page import answer, render
from crawler.store import GuidanceFilter, Reader
from crawler.vocabulary import Lender

_ARTICLES = 10
_LEADING = 6  # topics shown with their answer; the others are links


def lenders() -> Response:
    """All lenders, by kind or from A to Z."""
    known = services()
    by_letter = request.args.get("by") == "letter"
    groups: dict[str, list[Lender]] = {}
    for lender in sorted(known.references.lexicon.lenders, key=_sort_key):
        groups.setdefault(_letter(lender) if by_letter else lender.kind.value, []).append(lender)
    ordered = sorted(groups.items()) if by_letter else list(_by_size(groups))

    def build(_reader: Reader) -> str:
        return render("lenders.html", groups=ordered, by_letter=by_letter, count=len(known.lenders))

    return answer(build)


def lender(identifier: str) -> Response:
    """One lender: what it is, what to do first, where to complain, the articles about it."""
    known = services()
    found = known.lenders.get(identifier)
    if found is None:
        abort(404)
    routes = find_routes(found, None, known)
    house = list(known.house.values())

    def build(reader: Reader) -> str:
        listed = reader.list_guidance(GuidanceFilter(lender=found.id), _ARTICLES)
        return render(
            "lender.html",
            lender=found,
            facts=serialize.lender_item(found, len(listed)),
            leading=house[:_LEADING],
            further=house[_LEADING:],
            routes=routes,
            hotlines=find_hotlines(routes, known),
            articles=listed_items(reader, listed, known),
        )

    return answer(build)


def _by_size(groups: dict[str, list[Lender]]) -> list[tuple[str, list[Lender]]]:
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _sort_key(lender: Lender) -> list[str]:
    return [one.lower() for one in lazy_pinyin(lender.name)]


def _letter(lender: Lender) -> str:
    first = _sort_key(lender)[0][:1].upper()
    return first if first.isascii() and first.isalpha() else "#"
