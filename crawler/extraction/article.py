"""Composes the steps of extraction: decode, parse, outline, choose, trim."""

from __future__ import annotations

from dataclasses import replace

from lxml.html import HtmlElement

from crawler.extraction.assembling import add_around, finish
from crawler.extraction.container import About, Container, find_container, find_inside, show_hidden
from crawler.extraction.decoding import Decoded, decode_page
from crawler.extraction.dump import read_dump
from crawler.extraction.embedded import find_embedded
from crawler.extraction.escalation import (
    complete,
    find_second_opinion,
    is_beside,
    is_foreign,
)
from crawler.extraction.grouping import find_section_keys
from crawler.extraction.metadata import Metadata, extract_metadata
from crawler.extraction.nodes import MOST_LINES, MOST_NODES, Outline
from crawler.extraction.outline import find_outline
from crawler.extraction.parsing import Parsed, parse_html
from crawler.extraction.sections import Place, find_inner
from crawler.extraction.texts import is_text
from crawler.extraction.titles import document_title
from crawler.linklists import Line
from crawler.model import (
    Article,
    BlockType,
    Page,
    Rejected,
    RejectionReason,
    SiteKnowledge,
)
from crawler.pagewords import PageWords, bare, bare_lines, page_words

LARGEST_PAGE = 8_000_000  # bytes; longer pages are no articles
SMALLEST_TEXT = 120  # code points of sentences that make embedded data an article
MOST_ASKING = 8  # lines of a page that asks for scripts and says no more
LINK_PAGE = 20  # links on a page without text that make it an index
TITLE_REACH = 40  # lines between a title and the element that holds the text
_PLAIN_SUFFIXES = (".txt", ".text", ".md")


def extract_article(page: Page, site: SiteKnowledge | None = None) -> Article | Rejected:
    """The page's article, or why there is none. Never raises for a bad page."""
    if len(page.body) > LARGEST_PAGE:
        return Rejected(RejectionReason.TOO_LARGE, f"{len(page.body)} bytes")
    if not page.body.strip():
        return Rejected(RejectionReason.EMPTY, "the page has no bytes")
    decoded = decode_page(page.body, page.content_type)
    if isinstance(decoded, Rejected):
        return decoded
    words = page_words()
    if _is_plain(page):
        return _read_plain(page, decoded, words, site)
    return _read_html(page, decoded, words, site)


def _is_plain(page: Page) -> bool:
    kind = (page.content_type or "").split(";")[0].strip().lower()
    if kind:
        return kind == "text/plain"
    return page.name.lower().endswith(_PLAIN_SUFFIXES)


def _read_plain(
    page: Page, decoded: Decoded, words: PageWords, site: SiteKnowledge | None
) -> Article | Rejected:
    dump = read_dump(decoded.text)
    lines = [
        Line(block.text, block.type, block.links, block.level, shape=str(indent))
        for block, indent in zip(dump.blocks, dump.indents, strict=True)
    ]
    article = Article(page.url, decoded.encoding, dump.title, dump.published, None, None, ())
    return finish(article, lines, None, words, site)


def _read_html(
    page: Page, decoded: Decoded, words: PageWords, site: SiteKnowledge | None
) -> Article | Rejected:
    parsed = parse_html(decoded.text)
    root = parsed.root
    if root is None:
        return _reject(parsed, None, decoded.encoding)
    outline, container, keys = _find_text(root, page.url, words)
    if outline.cut:
        detail = f"more than {MOST_LINES} lines or {MOST_NODES} elements"
        return Rejected(RejectionReason.TOO_LARGE, detail, decoded.encoding)
    if container is None:
        return _read_otherwise(page, parsed, outline, decoded, site)
    main = outline.nodes[container.node].element
    text = outline.nodes[container.section].element
    metadata = extract_metadata(root, page.url, main=main, text=text, markup=decoded.text)
    article = _describe(page, decoded, metadata)
    lines, place = _find_candidates(outline, container, keys, article.title)
    if is_foreign(lines):
        # To compare it with others' takes as long again and gains nothing: on scrapinghub it
        # changes 4 of 181 pages, 3 for the better, and F1 is .9650 with it, .9655 without.
        size = len(outline.lines)
        other = find_second_opinion(decoded.text, page.url, size, compared=False)
        mine = [line for line, key in zip(lines, place.keys, strict=True) if key == place.main]
        if other and not is_beside(other, mine):
            return finish(article, complete(other, outline), None, words, site)
    outcome = finish(article, lines, place, words, site)
    if isinstance(outcome, Rejected):
        return _read_otherwise(page, parsed, outline, decoded, site)
    return add_around(outcome, outline, place)


def _find_text(
    root: HtmlElement, url: str | None, words: PageWords
) -> tuple[Outline, Container | None, list[int]]:
    """The page's lines, the element that holds the article, and the section of each element.

    What stands in noscript elements counts when nothing else reads like text.
    """
    about = read_about(root)
    outline = find_outline(root, url, words)
    for again in (False, True):
        if again:
            outline = find_outline(root, url, words, noscript=True)
        show_hidden(outline)
        keys = find_section_keys(outline)
        container = find_container(outline, keys, about)
        if container is not None and again and _asks_for_scripts(outline):
            container = None
        if container is not None or outline.cut:
            break
    return outline, container, keys


def _asks_for_scripts(outline: Outline) -> bool:
    """Whether what readers without scripts see is a word to them, and no article."""
    text = " ".join(line.text for line in outline.lines[:MOST_ASKING])
    return len(outline.lines) <= MOST_ASKING and "javascript" in text.lower()


def _read_otherwise(
    page: Page, parsed: Parsed, outline: Outline, decoded: Decoded, site: SiteKnowledge | None
) -> Article | Rejected:
    """What the page's data or trafilatura gives where no element reads like an article."""
    root, words = parsed.root, page_words()
    if root is not None:
        embedded = find_embedded(root, page.url, words)
        lines = embedded.lines
        if not lines:
            other = find_second_opinion(decoded.text, page.url, len(outline.lines))
            lines = [line for line in other if is_text(line)]
        if sum(len(line.text) for line in lines) >= SMALLEST_TEXT:
            metadata = extract_metadata(root, page.url, markup=decoded.text)
            if metadata.published is None:
                metadata = replace(metadata, published=embedded.published)
            if embedded.title and bare(embedded.title) in bare(document_title(root)):
                metadata = replace(metadata, title=embedded.title)
            outcome = finish(_describe(page, decoded, metadata), lines, None, words, site)
            if isinstance(outcome, Article):
                return outcome
    return _reject(parsed, outline, decoded.encoding)


def _describe(page: Page, decoded: Decoded, metadata: Metadata) -> Article:
    """An article that has no blocks yet."""
    return Article(
        page.url,
        decoded.encoding,
        metadata.title,
        metadata.published,
        metadata.author,
        metadata.source,
        (),
    )


def _reject(parsed: Parsed, outline: Outline | None, encoding: str | None) -> Rejected:
    """Why the page has no article."""
    if parsed.cut:
        return Rejected(RejectionReason.TOO_DEEP, "the elements are nested too deep", encoding)
    if parsed.root is None or outline is None:
        return Rejected(RejectionReason.NO_MAIN_CONTENT, "no elements", encoding)
    if next(parsed.root.iter("frameset"), None) is not None:
        return Rejected(RejectionReason.NO_MAIN_CONTENT, "a frameset without text", encoding)
    links = sum(len(line.links) for line in outline.lines)
    if links >= LINK_PAGE:
        return Rejected(RejectionReason.LINK_PAGE, f"{links} links and no text", encoding)
    return Rejected(RejectionReason.NO_MAIN_CONTENT, "no line reads like text", encoding)


def _find_candidates(
    outline: Outline, container: Container, keys: list[int], title: str | None
) -> tuple[list[Line], Place]:
    """The container's lines and those between it and the title above it, with their place."""
    inside = find_inside(outline, container.node)
    chosen = [at for at, line in enumerate(outline.lines) if inside[line.node]]
    start = chosen[0] if chosen else 0
    reach = range(max(0, start - TITLE_REACH), start)
    own = bare(title or "")
    if own and reach:
        _, above = bare_lines([outline.lines[at].text for at in reach])
        shown = [
            at
            for at in reversed(reach)
            if above[at - reach.start] == own and not outline.lines[at].hidden
        ]
        # A table of facts may repeat the title below the heading.
        heads = [at for at in shown if outline.lines[at].type is BlockType.HEADING]
        if shown:
            chosen[:0] = range((heads or shown)[0], start)
    lines = [outline.lines[at] for at in chosen]
    begin, end = (chosen[0], chosen[-1] + 1) if chosen else (0, 0)
    sections = [keys[line.node] for line in lines]
    inner = find_inner(outline, sections, container.section)
    return lines, Place(sections, container.section, inner, begin, end)


def read_about(root: HtmlElement) -> About:
    """The page's document title and description, empty where it has none."""
    title = next((node.text or "" for node in root.iter("title")), "")
    described = next(
        (
            node.get("content", "")
            for node in root.iter("meta")
            if (node.get("name") or node.get("property") or "").lower()
            in ("description", "og:description")
        ),
        "",
    )
    return About(title[:200], described[:200])
