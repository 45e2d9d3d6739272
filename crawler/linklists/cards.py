"""Finds cards: groups of lines of one pattern, as lists of other pages with excerpts have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.linklists.line import Line
from crawler.linklists.runs import Run
from crawler.linklists.shapes import CELLS, is_date, is_excerpt, is_linked, is_title_like
from crawler.model import BlockType

SHORTEST_PATTERN = 2  # lines of a card
LONGEST_PATTERN = 6
FEWEST_CARDS = 3
LONGEST_SCRAP = 6  # code points of a category or counter
LONGEST_EXCERPT = 160  # code points
SHORTEST_CUT = 30  # code points of an excerpt without an end
FEWEST_CUT = 2  # such excerpts on a page where pairs of titles and texts are looked for
LONGEST_NAME, SHORTEST_TEXT, TEASER_CELLS = 45, 20, 2  # code points; cells
CUT_SHARE = 0.5  # of the cards' excerpts end as cut-off text does


_PAUSE = re.compile("[，,]")


def find_cards(lines: Sequence[Line]) -> list[Run]:
    """The stretches in which lines of the same shapes repeat, each time with a linked title.

    A title without a link counts where every card has a date. Runs are in order and apart.
    """
    shapes = [_find_shape(line) for line in lines]
    runs: list[Run] = []
    at = 0
    while at + SHORTEST_PATTERN * FEWEST_CARDS <= len(lines):
        run = _find_at(lines, shapes, at)
        if run is None:
            at += 1
        else:
            runs.append(run)
            at = run.end
    return runs


def find_teasers(lines: Sequence[Line]) -> list[int]:
    """The indices of pairs of a short line and a text, half of which are cut off, and such rows.

    A question with its answer is such a pair, and so are two cells of one row. Three or more of
    one kind stand on end.
    """
    if sum(map(is_excerpt, lines)) < FEWEST_CUT:
        return []
    found: list[int] = []
    at = 0
    while at < len(lines):
        end, texts = at, []
        shapes = _pair_shapes(lines, at)
        while (size := len(shapes)) and _pair_shapes(lines, end) == shapes:
            end += size
            texts.append(lines[end - 1])
        if size == 2 and shapes[0] == shapes[1]:
            at, end, texts = _trim(lines, at, end, texts)
        cut = sum(map(is_excerpt, texts))
        if len(texts) >= FEWEST_CARDS:
            found.extend(range(at, end) if cut >= CUT_SHARE * len(texts) else ())
        elif cut == FEWEST_CUT and all(map(is_title_like, lines[at:end:2])):
            found.extend(range(at, end))
        else:
            end = at + 1  # fewer pairs may begin a line too early, below a heading
        at = end
    return found


def _trim(
    lines: Sequence[Line], at: int, end: int, texts: list[Line]
) -> tuple[int, int, list[Line]]:
    """The pairs of lines alike without those at either end that are an article's own.

    These are headings with their paragraphs, which end as sentences do.
    """
    kept = [place for place, text in enumerate(texts) if not text.text.endswith("。")]
    low, high = (kept[0], kept[-1] + 1) if kept else (0, 0)
    return at + 2 * low, at + 2 * high, texts[low:high]


def _pair_shapes(lines: Sequence[Line], at: int) -> list[str]:
    """The shapes of the pair that begins at a line; empty where none does."""
    if at >= len(lines):
        return []
    first = lines[at]
    if first.type is BlockType.TABLE_ROW:
        return [first.shape] if is_teaser(first) else []
    short = len(first.text) <= LONGEST_NAME and "。" not in first.text
    if not short or at + 1 >= len(lines):
        return []
    text = lines[at + 1]
    fits = SHORTEST_TEXT <= len(text.text) <= LONGEST_EXCERPT and not text.links
    return [first.shape, text.shape] if fits and len(text.text) > len(first.text) else []


def is_teaser(line: Line) -> bool:
    """Whether a row holds a title and a text beside it."""
    cells = CELLS.split(line.text)
    return (
        not line.links
        and len(cells) == TEASER_CELLS
        and len(cells[0]) <= LONGEST_NAME
        and SHORTEST_TEXT <= len(cells[1]) <= LONGEST_EXCERPT
    )


def _find_shape(line: Line) -> str:
    """What a card's line looks like; a date looks unlike a title in a box of the same kind."""
    return f"{line.shape} date" if is_date(line) else line.shape


def _find_at(lines: Sequence[Line], shapes: list[str], start: int) -> Run | None:
    if not is_title_like(lines[start]) and not is_date(lines[start]):
        return None
    for size in range(SHORTEST_PATTERN, LONGEST_PATTERN + 1):
        pattern = shapes[start : start + size]
        end = start + size * FEWEST_CARDS
        if len(set(pattern)) < SHORTEST_PATTERN or shapes[start:end] != pattern * FEWEST_CARDS:
            continue
        # The first cards tell: looking at all of a long stretch from each of its lines
        # would take the square of its length.
        titles = _title_places(lines[start:end], size)
        if not _are_cards(lines[start:end], size, titles):
            continue
        while shapes[end : end + size] == pattern and _is_card(lines[end : end + size], titles):
            end += size
        entries = tuple(at for at in range(start, end) if (at - start) % size in titles)
        first, last = _widen(lines, shapes, pattern, titles, start, end)
        return Run(first, last, entries, cards=True)
    return None


def _widen(
    lines: Sequence[Line],
    shapes: list[str],
    pattern: list[str],
    titles: set[int],
    start: int,
    end: int,
) -> tuple[int, int]:
    """The bounds with what is left of a card at either end: a title or excerpt, a date.

    In plain text the article's own lines look like those of a card.
    """
    place = 0
    while (
        place < len(pattern)
        and end < len(lines)
        and shapes[end] == pattern[place]
        and (place not in titles or is_title_like(lines[end]))
        and (
            place > 0 or is_linked(lines[end - 1]) or is_linked(lines[end]) or _is_scrap(lines[end])
        )
    ):
        end, place = end + 1, place + 1
    place = len(pattern) - 1
    while (
        place > 0
        and start > 0
        and shapes[start - 1] == pattern[place]
        and _is_scrap(lines[start - 1])
    ):
        start, place = start - 1, place - 1
    return start, end


def _is_scrap(line: Line) -> bool:
    return is_date(line) or len(line.text) <= LONGEST_SCRAP


def _title_places(lines: Sequence[Line], size: int) -> set[int]:
    """The places in the pattern that hold the titles: linked ones before bare ones."""
    linked = {place for place in range(size) if all(map(is_linked, lines[place::size]))}
    if linked:
        return linked
    bare = [
        place
        for place in range(size)
        if all(is_title_like(line) and not is_date(line) for line in lines[place::size])
    ]
    return set(bare[:1])


def _is_cut(line: Line) -> bool:
    """Whether the line is text that was cut off, or has no end."""
    if is_excerpt(line):
        return True
    text = line.text
    return len(text) >= SHORTEST_CUT and text[-1].isalnum() and _PAUSE.search(text) is not None


def _is_card(lines: Sequence[Line], titles: set[int]) -> bool:
    short = all(len(line.text) <= LONGEST_EXCERPT for line in lines)
    return short and all(is_title_like(lines[place]) for place in titles)


def _are_sections(lines: Sequence[Line], size: int, titles: set[int]) -> bool:
    """Whether links stand between the sections of one text, each with its own heading.

    In cards a heading without a link stands beside links that all say "read more".
    """
    headed = any(
        all(line.type is BlockType.HEADING and not line.links for line in lines[place::size])
        for place in range(size)
    )
    return headed and all(len({line.text for line in lines[place::size]}) > 1 for place in titles)


def _are_cards(lines: Sequence[Line], size: int, titles: set[int]) -> bool:
    if not titles or any(len(line.text) > LONGEST_EXCERPT for line in lines):
        return False
    if all(is_linked(line) for place in titles for line in lines[place::size]):
        return not _are_sections(lines, size, titles)
    columns = [lines[place::size] for place in range(size)]
    return any(all(map(is_date, column)) for column in columns) or any(
        sum(map(_is_cut, column)) >= CUT_SHARE * len(column) for column in columns
    )
