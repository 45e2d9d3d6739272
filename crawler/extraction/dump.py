"""Plain-text dumps of pages: title first, perhaps a date line, the body, then other links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.extraction.dated_lines import read_line
from crawler.model import Block, BlockType

# A dump's title is one line; a first line longer than this is already the body.
LONGEST_TITLE = 80  # code points
# Only lines directly below the title can say when the page was published.
META_LINES = 3
CRUMB_LINES = 2  # above the title that say where on the site the page stands
FEWEST_ROWS = 3  # neighbouring lines of as many cells that make a table

_NUMBER = "一二三四五六七八九十百"
_HEADING = re.compile(
    rf"(?:第[{_NUMBER}]{{1,3}}[章节部分]{{1,2}}|[{_NUMBER}]{{1,3}}、)\s*\S.{{0,60}}"
)
_ITEM = re.compile(
    rf"(?:[•·●◆■▪►▶○*\-–—]\s+|\d{{1,3}}[.、．)）]\s*(?!\d)|[(（](?:\d{{1,3}}|[{_NUMBER}]{{1,3}})[)）]|[①-⑳])"
)
_CRUMBS = re.compile(
    r"(?:(?:您|你)?(?:现在|当前)?的?(?:所在)?位置[:：]?\s*)?[^\W\d]{1,12}(?:\s*[>»›＞]+\s*[^\W\d]{1,16})+[\s>»›＞]*"
)
_CELLS = re.compile(r"\s\|\s|\t")
_ENDS_SENTENCE = re.compile(r"[。!！;；…,，]$")


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump's title, publication date, and every line below them as a block.

    ``indents`` runs parallel to ``blocks``: the number of white-space characters that stood
    before the line. ``meta`` holds the lines between title and body that say when and by
    whom the page was published, and those above the title that say where it stands; they are
    not among the blocks.
    """

    title: str | None
    published: date | None
    blocks: tuple[Block, ...]
    indents: tuple[int, ...]
    meta: tuple[str, ...] = ()


def read_dump(text: str) -> Dump:
    """The parts of a plain-text dump. Never raises; an empty text gives no blocks.

    A title that is repeated in the body stays there as a block.
    """
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    title: str | None = None
    above: list[str] = []
    while len(lines) > 1 and len(above) < CRUMB_LINES and _CRUMBS.fullmatch(lines[0].strip()):
        above.append(lines.pop(0).strip())
    if lines and _is_title(lines[0].strip()):
        title = lines.pop(0).strip()
    published: date | None = None
    meta: list[str] = []
    for line in lines[:META_LINES]:
        found = read_line(line.strip())
        if found is None:
            break
        published = published or found.day
        meta.append(line.strip())
    body = lines[len(meta) :]
    rows = _find_rows(body)
    return Dump(
        title=title,
        published=published,
        blocks=tuple(
            Block(BlockType.TABLE_ROW, line.strip()) if is_row else _block(line.strip())
            for line, is_row in zip(body, rows, strict=True)
        ),
        indents=tuple(len(line) - len(line.lstrip()) for line in body),
        meta=(*above, *meta),
    )


def _is_title(line: str) -> bool:
    return len(line) <= LONGEST_TITLE and not line.endswith(("。", "；", "，", ","))


def _find_rows(lines: Sequence[str]) -> list[bool]:
    """For each line whether it is a table's row: neighbours have as many cells."""
    rows = [False] * len(lines)
    counts = [len(_CELLS.split(line.strip())) for line in lines]
    begin = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and counts[at] == counts[begin]:
            continue
        if counts[begin] > 1 and at - begin >= FEWEST_ROWS:
            rows[begin:at] = [True] * (at - begin)
        begin = at
    return rows


def _block(line: str) -> Block:
    if _HEADING.fullmatch(line) and not _ENDS_SENTENCE.search(line):
        return Block(BlockType.HEADING, line, level=2)
    if _ITEM.match(line):
        return Block(BlockType.LIST_ITEM, line)
    return Block(BlockType.PARAGRAPH, line)
