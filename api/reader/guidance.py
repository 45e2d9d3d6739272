"""Collected articles: the list, and one article with what holds of it today."""

from __future__ import annotations

from flask import Response, abort

from api.guidance import guidance_document, listed_items, next_cursor, position
from api.knowledge import Services, services
from api.reader.marks import cut_blocks, is_numbered, number_citations
from api.reader.page import answer, render
from api.serialize import Json
from crawler.store import GuidanceFilter, Reader

_LISTED = 20


def guidance_list() -> Response:
    """Collected articles, newest first."""
    known = services()
    after = position()

    def build(reader: Reader) -> str:
        listed = reader.list_guidance(GuidanceFilter(), _LISTED + 1, after)
        items = listed_items(reader, listed[:_LISTED], known)
        cursor = next_cursor(listed, _LISTED)
        return render("guidance_list.html", items=items, cursor=cursor)

    return answer(build)


def guidance(identifier: str) -> Response:
    """One article, with its citations checked and unverified numbers hidden."""
    known = services()

    def build(reader: Reader) -> str:
        page = reader.guidance(identifier)
        if page is None:
            abort(404)
        record = guidance_document(reader, page, known)
        pieces = cut_blocks(record["blocks"], record["citations"], record["contacts"])
        citations, _ = number_citations(record["citations"])
        hidden = sum(one["status"] == "unverified" for one in record["contacts"])
        house = [known.house[one["id"]] for one in record["topics"] if one["id"] in known.house]
        return render(
            "guidance.html",
            record=record,
            blocks=[
                (block, cut, is_numbered(block["text"]))
                for at, (block, cut) in enumerate(zip(record["blocks"], pieces, strict=True))
                if at or len(cut) > 1 or not says_title(block["text"], record["title"])
            ],
            citations=citations,
            hidden=hidden,
            article_data=article_data(record),
            lender_value={"lender": record["lenders"][0]["id"]} if record["lenders"] else {},
            house=house,
            basis=[citation_basis(one, known) for one in citations],
        )

    return answer(build)


def says_title(text: str, title: str | None) -> bool:
    """Whether a line is the title, which the page shows above the article."""
    return title is not None and "".join(text.split()) == "".join(title.split())


def article_data(record: Json) -> Json:
    """The article for search engines, in the words of schema.org."""
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": record["title"] or record["host"],
        "inLanguage": "zh-CN",
        "datePublished": record["published"],
        "dateModified": record["changed_at"],
        "isBasedOn": record["url"],
        "about": [{"@type": "Organization", "name": one["name"]} for one in record["lenders"]],
    }


def citation_basis(citation: Json, known: Services) -> Json:
    """Where the judgement of a citation comes from, and when that was checked."""
    origin = known.origins.get(citation["target"] or "")
    if origin is None:
        return {"sources": (), "checked": None}
    return {"sources": origin.sources, "checked": origin.checked}
