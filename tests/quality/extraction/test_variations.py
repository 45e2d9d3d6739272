"""What a reader cannot see changes nothing: it loses no text and lets no list in."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from extraction_metric import compare, find_leaks, find_missing
from extraction_pages import LabelledPage, make_pages
from extraction_portals import make_portal_pages
from lxml import etree
from lxml.html import HtmlElement, document_fromstring, tostring

from crawler.extraction import extract_article
from crawler.extraction.decoding import Decoded, decode_page
from crawler.model import Article, Page

PAGES = [*make_pages()[::13], *make_portal_pages()[::20]]
ALLOWED = 0.005  # of F1 a page may lose
BOXES = ("article", "main", "section", "header", "footer", "aside")


def _elements(root: HtmlElement) -> list[HtmlElement]:
    return [element for element in root.iter() if isinstance(element.tag, str)]


def _rename(root: HtmlElement) -> None:
    """Each class and id gets a name that says nothing, the same one everywhere."""
    names: dict[str, str] = {}
    for element in _elements(root):
        for key in ("class", "id"):
            said = element.get(key, "").split()
            if said:
                new = (names.setdefault(one, f"x{len(names)}") for one in said)
                element.set(key, " ".join(new))


def _strip(root: HtmlElement) -> None:
    for element in _elements(root):
        for key in ("class", "id"):
            element.attrib.pop(key, None)


def _retag(old: tuple[str, ...], new: str) -> Callable[[HtmlElement], None]:
    def change(root: HtmlElement) -> None:
        for element in _elements(root):
            if element.tag in old:
                element.tag = new

    return change


def _wrap(root: HtmlElement) -> None:
    """A box around each paragraph, list, table and heading."""
    for element in _elements(root):
        if element.tag in ("p", "ul", "ol", "table", "h2") and element.getparent().tag == "div":
            box = etree.Element("div")
            element.addprevious(box)
            box.tail, element.tail = element.tail, None
            box.append(element)


def _minify(root: HtmlElement) -> None:
    for element in _elements(root):
        if element.tag not in ("script", "style", "pre"):
            element.text = re.sub(r"\s+", " ", element.text or "").lstrip()
        element.tail = re.sub(r"\s+", " ", element.tail or "")


VARIATIONS: dict[str, Callable[[HtmlElement], None]] = {
    "renamed": _rename,
    "without names": _strip,
    "no sectioning": _retag(BOXES, "div"),
    "sections": _retag(("div",), "section"),
    "own elements": _retag(("div",), "x-box"),
    "boxes for paragraphs": _retag(("p",), "div"),
    "wrapped": _wrap,
    "minified": _minify,
}


def _read(page: LabelledPage, body: bytes, content_type: str | None) -> str:
    article = extract_article(Page(f"{page.name}.html", body, page.url, content_type))
    return article.text if isinstance(article, Article) else ""


@pytest.mark.parametrize("name", VARIATIONS)
def test_what_a_reader_cannot_see_changes_nothing(name: str) -> None:
    worse = []
    for page in PAGES:
        before = _read(page, page.body, page.content_type)
        decoded = decode_page(page.body, page.content_type)
        assert isinstance(decoded, Decoded)
        root = document_fromstring(decoded.text)
        for meta in root.iter("meta"):
            if meta.get("charset"):
                meta.set("charset", "utf-8")
        VARIATIONS[name](root)
        after = _read(page, tostring(root, encoding="utf-8"), "text/html; charset=utf-8")
        lost = compare(before, page.text).f1 - compare(after, page.text).f1
        leaked = set(find_leaks(after, list(page.spam))) - set(find_leaks(before, list(page.spam)))
        if lost > ALLOWED or leaked or find_missing(after, list(page.items)):
            worse.append((page.name, round(lost, 3), sorted(leaked)))
    assert worse == []
