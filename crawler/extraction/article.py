"""Composes the steps of extraction: decode, parse, outline, choose, trim."""

from __future__ import annotations

from dataclasses import replace

from lxml.html import HtmlElement

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
from crawler.extraction.headlines import keep_headline
from crawler.extraction.metadata import Metadata, extract_metadata
from crawler.extraction.nodes import MOST_LINES, MOST_NODES, Outline
from crawler.extraction.outline import find_outline
from crawler.extraction.parsing import Parsed, parse_html
from crawler.extraction.sections import Place, find_inner, find_outside
from crawler.extraction.signatures import find_signatures
from crawler.extraction.summaries import drop_summaries
from crawler.extraction.texts import SENTENCE_END, Texts, is_text, prepare
from crawler.extraction.titles import document_title
from crawler.extraction.touching import join, part_touching, repeat
from crawler.extraction.trimming import find_furniture
from crawler.linklists import (
    Line,
    find_link_lists,
    find_lists_around,
    is_date,
    is_linked,
    is_list_heading,
)
from crawler.linklists.hosts import host_of
from crawler.model import (
    Article,
    Block,
    BlockType,
    Page,
    Rejected,
    RejectionReason,
    RemovalReason,
    Removed,
    SiteKnowledge,
)
from crawler.pagewords import PageWords, bare, bare_lines, page_words

LARGEST_PAGE = 8_000_000  # bytes; longer pages are no articles
SMALLEST_TEXT = 120  # code points of sentences that make embedded data an article
MOST_ASKING = 8  # lines of a page that asks for scripts and says no more
LINK_PAGE = 20  # links on a page without text that make it an index
TITLE_REACH = 40  # lines between a title and the element that holds the text
# Sentences of this many code points and this share of the text may stand above the title;
# with more of them above it, it is no title but another page's.
TITLE_ABOVE = 60
TITLE_ABOVE_SHARE = 0.05
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
            return _finish(article, complete(other, outline), None, words, site)
    outcome = _finish(article, lines, place, words, site)
    if isinstance(outcome, Rejected):
        return _read_otherwise(page, parsed, outline, decoded, site)
    return _add_around(outcome, outline, place)


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
            outcome = _finish(_describe(page, decoded, metadata), lines, None, words, site)
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


def _finish(
    article: Article,
    lines: list[Line],
    place: Place | None,
    words: PageWords,
    site: SiteKnowledge | None,
) -> Article | Rejected:
    lines, touching = part_touching(lines)
    if place is not None and touching:
        place = replace(place, keys=repeat(place.keys, touching))
    texts = prepare(lines)
    dropped: dict[int, RemovalReason] = {}
    _drop_title(texts, article.title, dropped)
    own = [key == place.main for key in place.keys] if place is not None else None
    signed = find_signatures(lines, texts.bared, article.title, words)
    for at, reason in find_furniture(texts, words, own, dropped).items():
        if at not in signed:
            dropped.setdefault(at, reason)
    rest = [
        at
        for at, line in enumerate(lines)
        if at not in signed
        and (
            at not in dropped
            or is_date(line)
            or is_list_heading(line, texts.bared[at], words)
            or (dropped[at] is RemovalReason.META_LINE and is_linked(line))
        )
    ]
    listed = find_link_lists(
        [lines[at] for at in rest],
        article.title,
        words,
        site,
        host_of(article.url),
        bared=[texts.bared[at] for at in rest],
    )
    for index, reason in listed.items():
        dropped[rest[index]] = reason
    drop_summaries(texts, dropped, words)
    if place is not None:
        dropped.update(find_outside(lines, place, dropped, words))
        keep_headline(texts, article.title, dropped, words)
    return _assemble(article, lines, dropped, touching)


def _assemble(
    article: Article,
    lines: list[Line],
    dropped: dict[int, RemovalReason],
    touching: frozenset[int] = frozenset(),
) -> Article | Rejected:
    blocks: list[Block] = []
    removed: list[Removed] = []
    for at, line in enumerate(lines):
        if at in dropped and at in touching and at - 1 in dropped:
            removed[-1] = replace(removed[-1], block=join(removed[-1].block, line.to_block()))
        elif at in dropped:
            removed.append(Removed(dropped[at], line.to_block(), len(blocks)))
        elif at in touching and at - 1 not in dropped:
            blocks[-1] = join(blocks[-1], line.to_block())
        else:
            blocks.append(line.to_block())
    if not blocks:
        return Rejected(RejectionReason.NO_MAIN_CONTENT, "no text", article.encoding)
    return replace(article, blocks=tuple(blocks), removed=tuple(removed))


def _add_around(article: Article, outline: Outline, place: Place) -> Article:
    """The article with the lists of other pages outside of its element among what was removed."""
    lines = outline.lines
    above, below = (
        tuple(
            Removed(reason, lines[at].to_block(), position)
            for at, reason in find_lists_around(lines, start, end)
        )
        for start, end, position in (
            (0, place.start, 0),
            (place.end, len(lines), len(article.blocks)),
        )
    )
    return replace(article, removed=(*above, *article.removed, *below))


def _drop_title(texts: Texts, title: str | None, dropped: dict[int, RemovalReason]) -> None:
    """Drops the title above the text, and what stands above the title."""
    own = bare(title or "")
    if not own:
        return
    # A table above the title holds facts about the document, however long they are.
    sizes = [
        len(line.text) if is_text(line) and line.type is not BlockType.TABLE_ROW else 0
        for line in texts.lines
    ]
    most = max(TITLE_ABOVE, TITLE_ABOVE_SHARE * sum(sizes))
    above = 0
    for at, size in enumerate(sizes):
        if texts.bared[at] == own:
            dropped[at] = RemovalReason.REPEATED_TITLE
            for index in range(at):
                dropped[index] = RemovalReason.NAVIGATION
            for index in range(at + 1, len(sizes)):
                if sizes[index] and SENTENCE_END.search(texts.lines[index].text):
                    return
                if texts.bared[index] == own:
                    dropped[index] = RemovalReason.REPEATED_TITLE
            return
        above += size
        if above > most:
            return


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
