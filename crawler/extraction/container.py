"""Finds the element that holds the article: most of the page's sentences and little else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extraction.nodes import Outline
from crawler.extraction.title_segments import split_title
from crawler.linklists.above import ASKING
from crawler.linklists.cards import is_teaser
from crawler.linklists.context import grams_of
from crawler.linklists.line import Line
from crawler.linklists.shapes import is_date, is_excerpt, is_linked
from crawler.model import BlockType

SENTENCE = re.compile(r"[。！？；!?;…，,、：]|[.](?=\s|$)")
_WORDLESS = re.compile(r"[\W_]+")
# A line's worth is its length; beyond this it is text anyway. Measured on daniel-zh.
MOST_WEIGHT = 300
# An inner element is chosen over the one around it when it holds this share of its worth.
INNER_SHARE = 0.80
# An element around the main section may add this share before it counts as something else.
OUTER_SHARE = 1.3
# Shares of a section's value that do not depend on what the page says it is about.
BASE_RELEVANCE = 0.25
ARTICLE_RELEVANCE = 1.4
DESCRIBED_RELEVANCE = 3.0
DESCRIBED_SIZE = 12  # code points of the description that must stand in the section
MOST_SECTION = 1500
# A section lighter than these beside the heaviest one is never the article's.
RIVAL_SHARE = 0.03
RIVAL_WEIGHT = 50
# Shorter runs of scraps are no list; longer ones weigh nothing, be they linked or not.
SCRAP_RUN = 4
SCRAP_SIZE = 45
# So many lines of one kind, each below a link, are excerpts of other pages.
FEWEST_CARDS = 3
LONGEST_EXCERPT = 160  # code points
# Elements that hold a part of a text, however much of it.
_PARTS = frozenset(["p", "li", "ul", "ol", "dl", "dt", "dd", "blockquote"])


@dataclass(frozen=True, slots=True)
class Container:
    """The chosen element's node number and the key of the article's main section in it."""

    node: int
    section: int


@dataclass(frozen=True, slots=True)
class About:
    """What the page says it is about: its document title and description."""

    title: str
    description: str


def weigh(line: Line) -> float:
    """How much the line looks like an article's text; nothing for a link or a scrap."""
    return 0.0 if line.hidden else _find_worth(line)


def _find_worth(line: Line) -> float:
    """The same, were the line visible."""
    if is_linked(line):
        return 0.0
    size = len(line.text)
    if SENTENCE.search(line.text[:MOST_WEIGHT]) is None:
        return 0.0 if size < 30 else min(size, MOST_WEIGHT) * 0.3
    weight = min(size, MOST_WEIGHT) * (1 - line.link_share)
    if size < 15 and not line.text.endswith(("。", "，", "！", "；")):
        weight *= 0.4
    return weight * (0.1 if line.boilerplate else 1.0)


def find_weights(lines: Sequence[Line]) -> list[float]:
    """Each line's worth; lines in runs of scraps have none."""
    weights = [weigh(line) for line in lines]
    begin = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and _is_scrap(lines[at]):
            continue
        if at - begin >= SCRAP_RUN:
            weights[begin:at] = [0.0] * (at - begin)
        begin = at + 1
    excerpts = _find_excerpts(lines, weights)
    if len(excerpts) < sum(weight > 0 for weight in weights):
        for at in excerpts:
            weights[at] = 0.0
    return weights


def _find_excerpts(lines: Sequence[Line], weights: Sequence[float]) -> list[int]:
    """The indices of lines of one kind, each below a title of its own, as in cards."""
    found: list[int] = []
    chain: list[int] = []
    for at, weight in enumerate(weights):
        if not weight or _is_scrap(lines[at]):
            continue
        below = _is_below_title(lines, at)
        if not below or (chain and not _are_alike(lines[chain[-1]], lines[at])):
            found.extend(chain if _are_excerpts(lines, chain) else ())
            chain = []
        if below:
            chain.append(at)
    return found + (chain if _are_excerpts(lines, chain) else [])


def _are_alike(line: Line, other: Line) -> bool:
    """Whether two lines stand in elements of one kind, also where those have no names."""
    return (line.shape, line.type, line.boilerplate) == (other.shape, other.type, other.boilerplate)


def _are_excerpts(lines: Sequence[Line], chain: Sequence[int]) -> bool:
    """Whether several such lines are excerpts: below links or above dates, or cut off."""
    if len(chain) < FEWEST_CARDS:
        return False
    sure = sum(_is_in_card(lines, at) for at in chain)
    return sure == len(chain) or 2 * sum(is_excerpt(lines[at]) for at in chain) >= len(chain)


def _is_below_title(lines: Sequence[Line], at: int) -> bool:
    """Whether a scrap or a link stands right above a line, or in a cell beside it."""
    line = lines[at]
    if line.link_size or len(line.text) > LONGEST_EXCERPT:
        return False
    if line.type is BlockType.TABLE_ROW:
        return is_teaser(line)
    return at > 0 and (is_linked(lines[at - 1]) or _is_scrap(lines[at - 1]))


def _is_in_card(lines: Sequence[Line], at: int) -> bool:
    return is_linked(lines[at - 1]) or (at + 1 < len(lines) and is_date(lines[at + 1]))


def _is_scrap(line: Line) -> bool:
    return len(line.text) <= SCRAP_SIZE and "。" not in line.text and not line.text.endswith("；")


def find_container(outline: Outline, keys: Sequence[int], about: About) -> Container | None:
    """The element that holds the article; ``None`` when no line looks like text.

    ``keys`` gives the section of each node.
    """
    weights = find_weights(outline.lines)
    sums = [0.0] * len(outline.nodes)
    sections: dict[int, float] = {}
    for line, weight in zip(outline.lines, weights, strict=True):
        if weight:
            sums[line.node] += weight
            key = keys[line.node]
            sections[key] = sections.get(key, 0.0) + weight
    nodes = outline.nodes
    for at in range(len(nodes) - 1, 0, -1):
        if nodes[at].parent >= 0:
            sums[nodes[at].parent] += sums[at]
    if not sections:
        return None
    largest = max(sections, key=lambda key: sections[key])
    main = _find_main(outline, keys, sections, about)
    if main < largest and _is_asked(outline, keys, main):
        main = largest  # what the page says it is about is a question, which the answer follows
    chosen = _descend(outline, sums)
    if main != largest and sections[main] < 0.8 * sections[largest]:
        chosen = _find_common(outline, keys, main)
        while nodes[chosen].parent >= 0 and sums[nodes[chosen].parent] <= OUTER_SHARE * sums[main]:
            chosen = nodes[chosen].parent
    return Container(chosen, main)


def _is_asked(outline: Outline, keys: Sequence[int], main: int) -> bool:
    """Whether the section is a person's question: its last line is one."""
    own = (line for line in reversed(outline.lines) if keys[line.node] == main and not line.hidden)
    last = next(own, None)
    return last is not None and last.text.endswith(ASKING)


def _find_common(outline: Outline, keys: Sequence[int], main: int) -> int:
    """The innermost element around all lines of the section."""
    nodes = outline.nodes
    ends = [line.node for line in outline.lines if keys[line.node] == main]
    around: list[int] = []
    at = ends[0]
    while at >= 0:
        around.append(at)
        at = nodes[at].parent
    places = {node: place for place, node in enumerate(around)}
    depth = 0
    for end in set(ends):
        while end not in places:
            end = nodes[end].parent
        depth = max(depth, places[end])
    return main if places.get(main, -1) >= depth else around[depth]


def _descend(outline: Outline, sums: list[float]) -> int:
    nodes = outline.nodes
    heaviest = [-1] * len(nodes)
    for at in range(1, len(nodes)):
        parent = nodes[at].parent
        if parent >= 0 and (heaviest[parent] < 0 or sums[at] > sums[heaviest[parent]]):
            heaviest[parent] = at
    chosen = 0
    while heaviest[chosen] >= 0 and sums[heaviest[chosen]] >= INNER_SHARE * sums[chosen]:
        chosen = heaviest[chosen]
    while nodes[chosen].tag in _PARTS and nodes[chosen].parent >= 0:
        chosen = nodes[chosen].parent
    return chosen


def _find_main(
    outline: Outline, keys: Sequence[int], sections: dict[int, float], about: About
) -> int:
    """The section with the most text that is about what the page says it is about."""
    heaviest = max(sections.values())
    rivals = {
        key
        for key, weight in sections.items()
        if weight >= RIVAL_SHARE * heaviest and weight >= min(RIVAL_WEIGHT, heaviest)
    }
    if len(rivals) == 1:
        return rivals.pop()
    title = _bare(about.title)
    texts: dict[int, list[str]] = {key: [] for key in rivals}
    for line in outline.lines:
        own = texts.get(keys[line.node])
        if own is not None and not line.hidden:
            # A table of facts names the title, too, in a cell of its own.
            parts = line.text.split(" | ") if line.type is BlockType.TABLE_ROW else [line.text]
            own.extend(part for part in parts if not _repeats(part, title))
    wanted = grams_of(_bare(_without_site(about.title)))
    start = _bare(about.description)[:DESCRIBED_SIZE]
    best, most = -1, -1.0
    for key in sorted(rivals):
        text = _bare("".join(texts[key]))
        share = sum(gram in text for gram in wanted) / len(wanted) if wanted else 0.0
        value = min(sections[key], MOST_SECTION) ** 0.5 * (BASE_RELEVANCE + share)
        if outline.nodes[key].article:
            value *= ARTICLE_RELEVANCE
        if outline.nodes[key].boilerplate:
            value *= 0.3
        if len(start) == DESCRIBED_SIZE and start in text:
            value *= DESCRIBED_RELEVANCE
        if value > most:
            best, most = key, value
    return best


def _without_site(title: str) -> str:
    """The document title without the names of site and section, which its footer says, too."""
    parts = split_title(title, frozenset())
    return " ".join(title[part.start : part.end] for part in parts if not part.is_site) or title


def _repeats(text: str, title: str) -> bool:
    """Whether the line is the title or a part of it, with or without the site's name."""
    if len(text) > 2 * len(title) + 20:
        return False
    own = _bare(text)
    return own in title or title in own


def _bare(text: str) -> str:
    return _WORDLESS.sub("", text).lower()


def show_hidden(outline: Outline) -> None:
    """Marks as visible the hidden elements that hold more text than all a reader can see.

    Such an element is shown by the page's script: WeChat's articles come that way, and panels
    of one kind that open at a click.
    """
    unseen: dict[str, float] = {}
    for line in outline.lines:
        if line.hidden:
            shape = outline.nodes[outline.nodes[line.node].hidden].shape
            unseen[shape] = unseen.get(shape, 0.0) + _find_worth(line)
    shape = max(unseen, key=lambda one: unseen[one], default="")
    if not shape or unseen[shape] <= sum(map(weigh, outline.lines)):
        return
    for at, line in enumerate(outline.lines):
        root = outline.nodes[line.node].hidden
        if root >= 0 and outline.nodes[root].shape == shape:
            outline.lines[at] = line._replace(hidden=False)


def find_inside(outline: Outline, node: int) -> list[bool]:
    """For each node, whether it is ``node`` or stands inside it."""
    inside = [False] * len(outline.nodes)
    for at, one in enumerate(outline.nodes):
        inside[at] = at == node or (one.parent >= 0 and inside[one.parent])
    return inside
