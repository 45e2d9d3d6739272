"""Paste a text, see which law in it is out of date. Nothing is stored or logged."""

from __future__ import annotations

from datetime import date

from flask import Response, request

from api import serialize
from api.checker import LONGEST
from api.knowledge import services
from api.masking import Mask
from api.reader.guidance import citation_basis
from api.reader.marks import cut_blocks, number_citations
from api.reader.page import HTML, answer, locale, render
from crawler.model import ContactStatus


def check() -> Response:
    """The form, and for a sent text its citations."""
    if request.method == "GET":
        return answer(lambda _reader: render("check.html", result=None))
    known = services()
    words = locale()
    text = request.form.get("text", "").replace("\r\n", "\n").replace("\x00", "")
    on = _day(request.form.get("on", "")) or known.today()
    fault = ""
    if not text.strip():
        fault = words.say("check_empty")
    elif len(text) > LONGEST:
        fault = words.say("check_long", most=LONGEST)
    page = render("check.html", text=text[:LONGEST], on=on, fault=fault, result=None)
    if not fault:
        page = _checked(text, on)
    response = Response(page, content_type=HTML)
    response.headers["Cache-Control"] = "no-store"
    return response


def _checked(text: str, on: date) -> str:
    known = services()
    contacts = [
        one for one in known.contacts.find_contacts(text) if one.status is ContactStatus.UNVERIFIED
    ]
    found = known.citations.find_citations(text, on, None)
    result = serialize.checked_text(found, on)
    citations, _ = number_citations(result["citations"])
    lines = Mask(contacts).text(text).split("\n")
    return render(
        "check.html",
        text=text,
        on=on,
        fault="",
        result=result,
        pieces=cut_blocks([{"text": line} for line in lines], result["citations"], ()),
        citations=citations,
        basis=[citation_basis(one, known) for one in citations],
        phones=len(contacts),
    )


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
