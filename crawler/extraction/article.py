"""Composes the steps of extraction: decode, parse, outline, choose, trim."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from crawler.extraction.container import find_container, find_inside
from crawler.extraction.decoding import Decoded, decode_page
from crawler.extraction.dump import read_dump
from crawler.extraction.metadata import extract_metadata
from crawler.extraction.outline import find_outline
from crawler.extraction.sections import find_outside, find_section_keys
from crawler.extraction.trimming import Texts, find_furniture, prepare
from crawler.linklists import Line, find_link_lists
from crawler.model import (
    Article,
    Block,
    Page,
    Rejected,
    RejectionReason,
    RemovalReason,
    Removed,
    SiteKnowledge,
)
from crawler.pagewords import PageWords, bare, page_words

LARGEST_PAGE = 12_000_000  # bytes; longer pages are no articles
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
    return _finish(article, lines, None, words, site)


def _read_html(
    page: Page, decoded: Decoded, words: PageWords, site: SiteKnowledge | None
) -> Article | Rejected:
    root = parse_html(decoded.text)
    if root is None:
        return Rejected(RejectionReason.NO_MAIN_CONTENT, "no elements", decoded.encoding)
    outline = find_outline(root, page.url, words)
    container = find_container(outline)
    if container is None:
        return Rejected(RejectionReason.NO_MAIN_CONTENT, "no text", decoded.encoding)
    main = outline.nodes[container.node].element
    metadata = extract_metadata(root, page.url, main=main)
    article = Article(
        page.url,
        decoded.encoding,
        metadata.title,
        metadata.published,
        metadata.author,
        metadata.source,
        (),
    )
    inside = find_inside(outline, container.node)
    lines = [line for line in outline.lines if inside[line.node]]
    keys = find_section_keys(outline)
    return _finish(article, lines, [keys[line.node] for line in lines], words, site)


def _finish(
    article: Article,
    lines: list[Line],
    keys: list[int] | None,
    words: PageWords,
    site: SiteKnowledge | None,
) -> Article | Rejected:
    texts = prepare(lines)
    dropped = find_furniture(texts, words)
    rest = [at for at in range(len(lines)) if at not in dropped]
    host = urlsplit(article.url).hostname if article.url else None
    listed = find_link_lists([lines[at] for at in rest], article.title, words, site, host)
    for index, reason in listed.items():
        dropped[rest[index]] = reason
    if keys is not None:
        dropped.update(find_outside(lines, keys, dropped))
    _drop_title(texts, article.title, dropped)
    blocks: list[Block] = []
    removed: list[Removed] = []
    for at, line in enumerate(lines):
        if at in dropped:
            removed.append(Removed(dropped[at], line.to_block(), len(blocks)))
        else:
            blocks.append(line.to_block())
    if not blocks:
        return Rejected(RejectionReason.NO_MAIN_CONTENT, "no text", article.encoding)
    return replace(article, blocks=tuple(blocks), removed=tuple(removed))


def _drop_title(texts: Texts, title: str | None, dropped: dict[int, RemovalReason]) -> None:
    """The title above the first block is the article's title and no block of it."""
    own = bare(title or "")
    for at in range(len(texts.lines)):
        if at in dropped:
            continue
        if own and texts.bared[at] == own:
            dropped[at] = RemovalReason.REPEATED_TITLE
        break


def parse_html(text: str) -> HtmlElement | None:
    """The root of the parsed page; ``None`` when there is nothing in it."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.ParserError:
        return None
    except etree.XMLSyntaxError:
        return None
