"""A page's own publication date, or none: never a date out of a list, a comment or the text."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, takewhile

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.dated_lines import (
    LONGEST_LINE,
    PEOPLE,
    PROSE,
    SENTENCE_END,
    Claim,
    DatedLine,
    read_line,
    read_lines,
)
from crawler.extraction.dates import (
    find_dates,
    find_url_date,
    fold_line,
    parse_machine_date,
)
from crawler.extraction.head import Head
from crawler.extraction.lines import (
    NOWHERE,
    Home,
    Line,
    find_nodes,
    is_foreign,
    is_repeated,
    lines_after,
    lines_before,
    lines_in,
    short_text,
)
from crawler.extraction.meta_words import meta_words
from crawler.extraction.title_segments import letters

# Lines between the title and the text: bylines, counters, font size, a summary, tags.
LINES_AFTER = 30
LINES_BEFORE = 6
RIGHT_BELOW = 4  # lines below a title whose dates come before the one above it
LABEL_REACH = 3  # lines behind a date of change in which one without a label is the page's
LINES_SIGNED = 2  # at the end of a text, and behind it, in which the day of signing may stand
LONGEST_SIGNED = 40  # code points of such a line
BESIDE = 4  # elements around the text in which a date below it is looked for
MOST_NODES = 60  # dated text nodes of a page that are judged

_SCRIPT_DATE = re.compile(
    r"\b(?:publish(?:ed)?_?(?:time|date|at)?|pub_?(?:time|date)|datePublished|create_?time)"
    r"[\"']?\s*[:=]\s*[\"']((?:19|20)\d\d[-/年][^\"']{4,30})[\"']",
    re.IGNORECASE,
)
_DATED_TEXT = etree.XPath(
    "(body | self::*[not(body)])//text()[string-length(.) < 300 and"
    " (contains(., '20') or contains(., '19') or contains(., '二') or contains(., '民'))]"
)
_DIGITS = "0123456789"
_LETTER = re.compile(r"[^\W\d_]")
_STATED = etree.XPath("//*[@itemprop='datePublished' or (self::time and @pubdate)]")


def near_lines(title: HtmlElement, text: str) -> list[Line]:
    """The lines between an article's title and its first sentence, nearest first.

    ``text`` is the title: what else stands in its element comes first.
    """
    lines: list[Line] = []
    for line in lines_in(title):
        rest = line.text.removeprefix(text).strip()
        if rest and letters(rest) not in letters(text):
            lines.append(replace(line, text=rest, parts=()))
    return lines + _until_prose(lines_after(title))


def opening_lines(main: HtmlElement) -> list[Line]:
    """The lines of an element up to its first sentence."""
    return _until_prose(lines_in(main))


def _until_prose(lines: Iterable[Line]) -> list[Line]:
    return list(islice(takewhile(lambda line: not is_prose(line), lines), LINES_AFTER))


def is_prose(line: Line) -> bool:
    """Whether the line is running text."""
    return (
        len(line.text) >= PROSE
        and line.linked < 0.5
        and SENTENCE_END.search(line.text) is not None
        and meta_words().label.search(fold_line(line.text[:40])) is None
    )


def find_published(
    tree: HtmlElement,
    head: Head,
    url: str | None,
    title: HtmlElement | None,
    near: list[Line],
    text: HtmlElement | None = None,
) -> Iterator[date]:
    """The page's statements about its publication date, the most trustworthy first.

    ``text`` is the element that holds most of the text, when it is known.
    """
    claims: list[DatedLine] = []
    home = Home(title)
    if title is not None:
        claims.extend(read_lines(_not_lists(near, home)))
        yield from _of([one for one in claims if one.place < RIGHT_BELOW], Claim.PUBLISHED)
        # A thread has a line like the one right above its title above each answer, too.
        yield from _of(list(read_lines(lines_before(title, 1))), Claim.PUBLISHED)
    yield from _of(claims, Claim.PUBLISHED)
    if head.published:
        yield head.published
    if head.has_dated_elements:
        yield from _stated(tree, home)
    yield from _of(claims, Claim.DRAFTED)
    if title is not None and not claims:
        before = lines_before(title, LINES_BEFORE)
        # A label stands before its date, so that they are read downwards.
        down = [line for line in reversed(before) if not line.linked or _has_own_day(line)]
        claims.extend(reversed(list(read_lines(_not_lists(down, home)))))
        yield from _of(claims, Claim.PUBLISHED)
    yield from _of(_beside_labels(claims), Claim.BARE)
    elsewhere = list(_elsewhere(tree, Home(title, text), text))
    for claim in (Claim.PUBLISHED, Claim.DRAFTED):
        stated = {one.day for one in elsewhere if one.claim == claim}
        # Several are the dates of comments, of other pages or of other answers.
        yield from stated if len(stated) == 1 else _beside(text, stated)
    if title is None:
        yield from _of(elsewhere, Claim.BARE)
    if url and (day := find_url_date(url)):
        yield day
    yield from _scripted(tree)
    yield from _below(text, home)
    yield from _of(claims, Claim.UPDATED)
    if head.updated:
        yield head.updated
    yield from _of(claims, Claim.EDITED)
    edited = {one.day for one in elsewhere if one.claim == Claim.EDITED}
    yield from edited if len(edited) == 1 else ()


def _not_lists(lines: list[Line], home: Home) -> Iterator[Line]:
    for line in lines:
        if find_dates_quickly(line.text) and (
            is_foreign(line.element, home) or is_repeated(line.element, home)
        ):
            continue
        yield line


def find_dates_quickly(text: str) -> bool:
    """Whether a text may hold a full date."""
    return any(mark in text for mark in ("19", "20", "二", "民", "２"))


def _of(claims: list[DatedLine], claim: Claim) -> Iterator[date]:
    return (one.day for one in claims if one.claim == claim)


def _beside_labels(claims: list[DatedLine]) -> list[DatedLine]:
    """The claims without those far behind a date of change: these are other pages'."""
    labelled = [one.place for one in claims if one.claim >= Claim.UPDATED]
    return [one for one in claims if not labelled or one.place <= labelled[0] + LABEL_REACH]


def _stated(tree: HtmlElement, home: Home) -> Iterator[date]:
    for element in find_nodes(_STATED, tree):
        if is_foreign(element, home) or is_repeated(element, home):
            continue
        text = short_text(element, LONGEST_LINE)
        for said in (text or "", element.get("datetime") or "", element.get("content") or ""):
            if day := parse_machine_date(said):
                yield day
                break


def _beside(text: HtmlElement | None, stated: set[date]) -> Iterator[date]:
    """The day said in the smallest element around the text that says any of them, and no other."""
    node = text
    for _ in range(BESIDE if stated else 0):
        if node is None or node.tag == "body":
            return
        found = {one.day for one in _elsewhere(node, NOWHERE) if one.claim == Claim.PUBLISHED}
        if found:
            yield from found if len(found) == 1 else ()
            return
        node = node.getparent()


def _below(text: HtmlElement | None, home: Home) -> Iterator[date]:
    """The day that stands alone in the last lines of the text, or in the first behind it."""
    if text is None:
        return
    lines = deque(lines_in(text), maxlen=LINES_SIGNED)
    lines.extend(takewhile(lambda line: not line.linked, islice(lines_after(text), LINES_SIGNED)))
    days = {day for line in lines if not line.linked and (day := _signing_day(line.text))}
    # Several are those of comments, or of what the text tells.
    own = _around(text)
    if len(days) == 1 and not any(
        is_foreign(line.element, home) or _is_other_post(line.element, own) for line in lines
    ):
        yield from days


def _has_own_day(line: Line) -> bool:
    """Whether a day stands in an element of its own in a line most of which is no link."""
    return line.linked < 0.5 and any(map(_signing_day, line.parts))


def _signing_day(text: str) -> date | None:
    """The day of a line that says nothing else but counters, or who wrote or edited."""
    folded = fold_line(text)
    found = list(find_dates(folded)) if len(text) <= LONGEST_SIGNED else []
    if len(found) != 1:
        return None
    words = meta_words()
    label = words.label.match(folded)
    is_signed = label is not None and words.labels[label.group()] in PEOPLE
    rest = words.label.sub("", folded[: found[0].start] + folded[found[0].end :])
    # An English date alone ends a reference.
    is_english = folded[found[0].start : found[0].end].islower()
    return found[0].day if not is_english and (is_signed or not _LETTER.search(rest)) else None


def _elsewhere(
    tree: HtmlElement, home: Home, text_element: HtmlElement | None = None
) -> Iterator[DatedLine]:
    """Dated lines anywhere on the page, lists and foreign parts left out.

    ``text_element`` holds the article's text; in a thread the posts beside its own are foreign.
    """
    seen: set[HtmlElement] = set()
    own = _around(text_element)
    for text in find_nodes(_DATED_TEXT, tree)[:MOST_NODES]:
        element = text.getparent()
        if text.is_tail:
            element = element.getparent()
        if element is None or element in seen or not any(find_dates(fold_line(str(text)))):
            continue
        seen.add(element)
        block = _block_of(element)
        if block.tag in ("script", "style", "option", "textarea", "title", "h1"):
            continue
        if block is element and short_text(element, LONGEST_LINE) is None:
            lines = [Line(str(text), element, 0.0)]
        else:
            lines = list(lines_in(block))
        if _is_other_post(element, own):
            continue
        if is_foreign(block, home) or is_repeated(block, home):
            # The first post's day stands in one of several alike that bear the word reply.
            yield from _of_first_post(lines)
            continue
        yield from read_lines(line for line in lines if line.linked < 0.5)
        # A link may be labelled as the page's own date; a bare date in one belongs to a list.
        linked = (read_line(line.text) for line in lines if line.linked >= 0.5)
        yield from (claim for claim in linked if claim and claim.claim is not Claim.BARE)


def _around(element: HtmlElement | None) -> frozenset[HtmlElement]:
    """The element and those around it."""
    return frozenset() if element is None else frozenset((element, *element.iterancestors()))


def _is_other_post(element: HtmlElement, own: frozenset[HtmlElement]) -> bool:
    """Whether an element stands in a neighbour of one of ``own`` that is counted on from it.

    Their ids are equal but for the number: post_1, post_2.
    """
    node, parent = element, element.getparent()
    while parent is not None and parent not in own:
        node, parent = parent, parent.getparent()
    name = node.get("id") or ""
    if parent is None or node in own or not name.endswith(tuple(_DIGITS)):
        return False
    beside = next((one.get("id") or "" for one in parent if one in own), "")
    return beside != name and beside.rstrip(_DIGITS) == name.rstrip(_DIGITS) != ""


def _of_first_post(lines: Sequence[Line]) -> Iterator[DatedLine]:
    """The day beside the number of a thread's first post."""
    words = meta_words().first_posts
    for line in lines:
        claim = read_line(line.text) if any(word in line.text for word in words) else None
        if claim is not None and claim.claim is Claim.PUBLISHED:
            yield claim


def _block_of(element: HtmlElement) -> HtmlElement:
    """The element whose lines show the element with its neighbours, when that is small."""
    block = element
    for _ in range(2):
        parent = block.getparent()
        if parent is None or parent.tag == "body" or short_text(parent, LONGEST_LINE) is None:
            break
        block = parent
    return block


def _scripted(tree: HtmlElement) -> Iterator[date]:
    """A date in a script's variable, when all such variables agree."""
    days = {
        day
        for script in tree.iter("script")
        for said in _SCRIPT_DATE.findall((script.text or "")[:200_000])
        if (day := parse_machine_date(said))
    }
    if len(days) == 1:
        yield from days
