"""From the lines of a page's text to its article: what is dropped, why, and what stays."""

from __future__ import annotations

from dataclasses import replace

from crawler.extraction.edges import find_edges
from crawler.extraction.headlines import keep_headline
from crawler.extraction.nodes import Outline
from crawler.extraction.sections import Place, find_outside
from crawler.extraction.signatures import find_signatures
from crawler.extraction.summaries import drop_summaries
from crawler.extraction.texts import SENTENCE_END, Texts, is_text, prepare
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
    Rejected,
    RejectionReason,
    RemovalReason,
    Removed,
    SiteKnowledge,
)
from crawler.pagewords import PageWords, bare

# Sentences of this many code points and this share of the text may stand above the title;
# with more of them above it, it is no title but another page's.
TITLE_ABOVE = 60
TITLE_ABOVE_SHARE = 0.05


def finish(
    article: Article,
    lines: list[Line],
    place: Place | None,
    words: PageWords,
    site: SiteKnowledge | None,
) -> Article | Rejected:
    """The article with its blocks and what was removed; ``Rejected`` when no line is left."""
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
    dropped.update(find_edges(texts, dropped, words, signed))
    if place is not None:
        keep_headline(texts, article.title, dropped, words)
    return _assemble(article, lines, dropped, touching)


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


def add_around(article: Article, outline: Outline, place: Place) -> Article:
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
