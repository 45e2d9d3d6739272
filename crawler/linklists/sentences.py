"""Finds sentences that hold nothing but other pages' titles: 相关的还有：…；…；…。"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from crawler.linklists.context import Context
from crawler.linklists.few import is_marked
from crawler.linklists.hosts import leads_away
from crawler.linklists.likeness import value_of
from crawler.linklists.line import Line
from crawler.linklists.seams import LONGEST_TITLE, width
from crawler.model import BlockType
from crawler.pagewords import PageWords, bare

SHORTEST, LONGEST = 16, 400  # code points of such a sentence
LONGEST_LEAD, LONGEST_REST = 16, 20  # code points before the titles, and around those in book marks
SHORTEST_TITLE, MEAN_TITLE = 4, 7  # width
SEVERAL = 3  # titles; two take more evidence
# The mean of the titles' likeness from which on they are other pages': where what leads to them
# says so, otherwise, and where they are links.
LIKELY, LIKELY_PAIR, LIKELY_LINKS = 0.5, 1.5, -1.0
MARKED = 0.5  # of the titles have marks of titles
NAMED = 0.5  # of titles that nothing leads to name what such pages speak of

_LEAD = re.compile(rf"[\W_]*([^。！？?!，,；;：:《》\n]{{2,{LONGEST_LEAD}}})[：:]\s*")
_QUOTED = re.compile(r"《([^《》]{4,60})》")
_SEAMS = ("[；;]", r"\s{0,4}[|｜丨]\s{0,4}", r"\s{1,4}/\s{1,4}", r"\s{2,}|　", "、", "[，,]")
_PARTING = tuple(map(re.compile, _SEAMS))
_PLAIN = _PARTING[:-2]  # pauses part any sentence, where nothing says that titles follow
_CLAUSES = re.compile("[，,“”「」]")  # in the parts of a sentence, but hardly in titles
_END = re.compile(r"等?(?:文章|内容|问题)?[。；;，,、…\s]{0,9}$")


class Candidate(NamedTuple):
    """What leads to the parts of a sentence that may be titles, and these.

    ``led`` tells whether what leads to them says that other pages follow.
    """

    lead: str = ""
    parts: tuple[str, ...] = ()
    led: bool = False


def find_candidates(lines: Sequence[Line], words: PageWords) -> dict[int, Candidate]:
    """The lines that may be such sentences, by their index."""
    found: dict[int, Candidate] = {}
    for at, line in enumerate(lines):
        if SHORTEST <= len(line.text) <= LONGEST and line.type is not BlockType.TABLE_ROW:
            read = _read(line.text, words)
            marked = sum(is_marked(bare(part), words) for part in read.parts)
            if marked and marked >= MARKED * len(read.parts):
                found[at] = read
    return found


def find_sentences(
    lines: Sequence[Line], candidates: dict[int, Candidate], context: Context, body: str
) -> list[int]:
    """The indices of those of the candidates whose parts read like other pages' titles."""
    return [
        at
        for at, read in candidates.items()
        if not leads_away(lines[at], context.words, context.host)
        and _are_titles(read, context, body, linked=len(lines[at].links) >= len(read.parts))
    ]


def _are_titles(read: Candidate, context: Context, body: str, *, linked: bool) -> bool:
    bared = [bare(part) for part in read.parts]
    count, words, lead = len(bared), context.words, bare(read.lead)
    if words.counted.search(lead):
        return False  # an announced count is the article's own
    if not read.led and not linked:
        named = sum(words.trade.search(one) is not None for one in bared)
        if lead or named < NAMED * count:
            return False  # what the article asks, or lists
    values = value_of(bared, context, body)
    least = LIKELY if read.led and count >= SEVERAL else LIKELY_PAIR
    return sum(values) >= (LIKELY_LINKS if linked else least) * count


def _read(text: str, words: PageWords) -> Candidate:
    """The titles that a sentence consists of, but for what leads to them."""
    none = Candidate()
    quoted = _QUOTED.findall(text)
    if len(quoted) > 1:
        rest = _QUOTED.sub("", text)
        papers = any(words.paper_end.search(bare(one)) for one in quoted)
        if papers or len(rest) > LONGEST_REST:
            return none
        return Candidate(rest, tuple(quoted), _names_others(rest, words))
    lead = _LEAD.match(text)
    rest = text[lead.end() if lead else 0 :].rstrip()
    said = _END.sub("", rest[-LONGEST_REST:])
    said = rest[:-LONGEST_REST] + said
    if "。" in said or (lead is None and (said == rest or _CLAUSES.search(said))):
        return none
    led = lead is not None and _names_others(lead[1], words)
    for seam in _PARTING if led else _PLAIN:
        parts = tuple(part for part in seam.split(said) if part)
        if len(parts) > 1:
            widths = [width(part) for part in parts]
            sound = min(widths) >= SHORTEST_TITLE and max(widths) <= LONGEST_TITLE
            enough = sound and sum(widths) >= MEAN_TITLE * len(parts)
            return Candidate(lead[1] if lead else "", parts, led) if enough else none
    return none


def _names_others(lead: str, words: PageWords) -> bool:
    return words.others.search(bare(lead)) is not None
