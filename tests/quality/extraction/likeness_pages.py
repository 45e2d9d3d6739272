"""Dumps and plain pages with a list of bare titles each, of which every line is labelled.

A page is a function of its article, its form and whether it is a dump.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from extraction_metric import squash
from likeness_forms import Draw, Form, Kind, Part, find_item_ends, place_list, write_list

from crawler.model import Page

HERE = Path(__file__).parent
SIDES = ("training", "checking")
OLDER = ("articles", "site_texts", "portal_texts")  # files of articles that are only trained on
SHORTEST_PART = 6  # code points of a line that is taken for a part of a longer one
SHORTEST_BEGINNING = 200  # code points that an article has that is made to end with items
NEAR_SHARES = (0.2, 0.5, 0.8, 1.0)  # of a list's titles, those about arrears
UNDATED = 0.12  # share of the pages without a date
AS_HTML = 0.34  # share of the lists that stand on a page, too
MOST_SECTIONS = 3
WITH_LIST = 0.5  # share of the pages with one more list of the article's own
AS_ITEMS = 0.5  # of these with the marks of items
SHORTEST_LIST, LONGEST_LIST = 3, 7
APART_EVERY = 6  # rows of line_texts.toml of which one is kept apart
WITH_FOOT = 0.3  # share of the plain dumps that end with a button
_BULLETS = ("• ", "- ", "", "", "· ")
_CELLS = ("\t", " ", " | ")
_PATHS = ("首页 > 网贷逾期 > 正文", "当前位置:首页 > 贷款知识")
_FEET = ("返回顶部", "分享到:\n微信 微博 QQ空间\nCopyright © 2024 版权所有", "点赞 3\n收藏\n举报")
_BUTTONS = ("To Top", "返回顶部")
_MARKS = {"# ": Kind.HEADING, "- ": Kind.ITEM, "| ": Kind.ROW}
_NAVIGATION = (
    '<div class="nav"><a href="/">首页</a> <a href="/dk/">贷款</a> <a href="/zx/">征信</a> '
    '<a href="/flv/">法律</a></div>'
)
_FOOTER = '<div class="footer"><p>Copyright © 2024 版权所有</p></div>'
# What stands around title, date and text; the element of a line, none when breaks part them;
# that of a heading.
_SITES = (
    ('{n}<h1>{t}</h1>{d}<div class="content">{x}</div>{f}', "p", "<h3>{}</h3>"),
    ('{n}<h1>{t}</h1>{d}<div id="zoom">{x}</div>{f}', "", ""),
    (
        '<table width="960"><tr><td><h2>{t}</h2>{d}{x}</td></tr></table>',
        "p",
        "<p><strong>{}</strong></p>",
    ),
    (
        "{n}<main><article><h1>{t}</h1>{d}<section>{x}</section></article></main>{f}",
        "p",
        "<h3>{}</h3>",
    ),
    (
        '{n}<div class="wrap"><div class="box"><div class="tit">{t}</div>{d}{x}</div></div>{f}',
        "div",
        "<h3>{}</h3>",
    ),
    ("<h1>{t}</h1>{d}{x}", "p", "<p><strong>{}</strong></p>"),
)


@dataclass(frozen=True, slots=True)
class Article:
    """Title and lines."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What one side's pages are made of: each article with the titles that may stand in it."""

    articles: Sequence[tuple[Article, Sequence[str], Sequence[str]]]  # titles near it, far from it
    forms: Sequence[Form]
    dates: Sequence[str]
    table: dict[str, Any]
    lists: Sequence[Sequence[str]] = ()  # an article's own, of which it says nothing
    sections: Sequence[Sequence[str]] = ()  # headings that read like titles, and a text below each


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page, and what tells its own lines from those of the list in it; all texts squashed."""

    page: Page
    own: frozenset[str]
    titles: tuple[str, ...]

    def label(self, text: str) -> bool | None:
        """Whether a line is another page's title; ``None`` where it is neither that nor own."""
        line = squash(text)
        long = len(line) >= SHORTEST_PART
        if not line:
            return None
        if line in self.own or (long and any(line in one for one in self.own)):
            return False
        if any(one in line or (long and line in one) for one in self.titles):
            return True
        return None


def load_table(name: str) -> dict[str, Any]:
    """A file of this directory."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def load_material(side: str) -> Material:
    """The articles, titles, forms and dates of one of the ``SIDES``."""
    table = load_table("likeness")
    near, far = (table["titles"][f"{kind}_{side}"] for kind in ("near", "far"))
    rows = [row for row in table["article"] if row["side"] == side]
    told = [Article(row["title"], tuple(map(_read_line, row["lines"]))) for row in rows]
    told += [short for one in told if (short := _cut(one)) is not None]
    articles = [(one, near, far) for one in told]
    if side == SIDES[0]:
        older, titles = _load_older()
        titles += table["titles"]["older_training"]
        articles += [(one, titles, titles) for one in older]
    forms = [Form(**row) for row in table[f"forms_{side}"]]
    lists = [row.split(" / ") for row in load_lines(side, "own")]
    sections = table[f"sections_{side}"]
    return Material(articles, forms, table[f"dates_{side}"], table, lists, sections)


def load_lines(side: str, kind: str) -> list[str]:
    """The rows of short lines of one of the ``SIDES``, "own" or "titles", parted by strokes."""
    rows = load_table("line_texts")[kind].strip().splitlines()
    apart = rows[::APART_EVERY]
    return apart if side != SIDES[0] else [row for row in rows if row not in apart]


def make_pages(material: Material) -> Iterator[ListedPage]:
    """Each article alone and with a list of each form, as a dump and some as a page, too."""
    for article, near, far in material.articles:
        for number, form in enumerate((None, *material.forms)):
            rng = random.Random(f"{article.title} {len(article.parts)} {number}")  # noqa: S311
            draw = Draw(rng, material.table)
            said = _add_sections(_add_list(article.parts, material, rng), material, rng)
            parts, titles = said, list[str]()
            if form is not None:
                titles = _draw_titles(form, near, far, rng)
                lines = write_list(form, titles, draw)
                parts = tuple(place_list(said, lines, rng.choice(form.places), rng))
            own = frozenset(squash(part.text) for part in said)
            text = "".join(squash(part.text) for part in said)
            foreign = tuple(one for title in titles if (one := squash(title)) not in text)
            for html in (False, True):
                if html and form is not None and rng.random() >= AS_HTML:
                    continue
                dated = rng.random() >= UNDATED
                date = draw.write_day(rng.choice(material.dates)) if dated else ""
                write = _write_html if html else _write_dump
                body = write(article.title, parts, date, rng).encode()
                kind, name = ("text/html", "a.html") if html else ("text/plain", "a.txt")
                yield ListedPage(Page(name, body, None, kind), own, foreign)


def _add_list(parts: tuple[Part, ...], material: Material, rng: random.Random) -> tuple[Part, ...]:
    """The article, in one of two with a list of its own below a heading of its own."""
    ends = [
        at
        for at in range(1, len(parts))
        if {one.kind for one in parts[at - 1 : at + 1]} == {Kind.TEXT}
    ]
    if not ends or rng.random() >= WITH_LIST:
        return parts
    items = rng.choice(material.lists)
    size = rng.randint(SHORTEST_LIST, LONGEST_LIST)
    kind = Kind.ITEM if rng.random() < AS_ITEMS else Kind.TEXT
    head = Part(
        Kind.HEADING if rng.random() < AS_ITEMS else Kind.TEXT,
        rng.choice(material.table["own_heads"]),
    )
    at = rng.choice(ends)
    return (*parts[:at], head, *(Part(kind, one) for one in items[:size]), *parts[at:])


def _add_sections(
    parts: tuple[Part, ...], material: Material, rng: random.Random
) -> tuple[Part, ...]:
    """The article, in one of two with further parts at its end or before its last line."""
    if rng.random() >= WITH_LIST:
        return parts
    chosen = rng.sample(material.sections, rng.randint(1, MOST_SECTIONS))
    kind = Kind.HEADING if rng.random() < AS_ITEMS else Kind.TEXT
    added = [part for head, text in chosen for part in (Part(kind, head), Part(Kind.TEXT, text))]
    at = len(parts) - (rng.random() < AS_ITEMS)
    return (*parts[:at], *added, *parts[at:])


def _draw_titles(
    form: Form, near: Sequence[str], far: Sequence[str], rng: random.Random
) -> list[str]:
    count, share = rng.randint(*form.size), rng.choice(NEAR_SHARES)
    close = min(sum(rng.random() < share for _ in range(count)), len(near))
    titles = rng.sample(near, close)
    others = [one for one in far if one not in titles]
    titles += rng.sample(others, min(count - close, len(others)))
    rng.shuffle(titles)
    return titles


def _load_older() -> tuple[list[Article], list[str]]:
    """The articles of the other sets of this directory, and their titles of other pages."""
    articles: list[Article] = []
    titles: list[str] = []
    for name in OLDER:
        table = load_table(name)
        given = table.get("titles", [])
        titles += (
            given if isinstance(given, list) else [one for some in given.values() for one in some]
        )
        for row in table["article"]:
            parts = [part for block in row["blocks"] for part in _read_block(*block[:2])]
            articles.append(Article(row["title"], tuple(parts)))
    return articles, list(dict.fromkeys(titles))


def _read_line(line: str) -> Part:
    kind = _MARKS.get(line[:2])
    return Part(kind, line[2:].removesuffix(" |")) if kind else Part(Kind.TEXT, line)


def _read_block(kind: str, content: Any) -> list[Part]:
    if isinstance(content, str):
        return [Part(Kind.HEADING if kind == "h" else Kind.TEXT, content)]
    if kind == "table":
        return [Part(Kind.ROW, " | ".join(map(str, row))) for row in content]
    texts = [one if isinstance(one, str) else one[0] for one in content]
    if kind in ("numbered", "steps"):
        return [Part(Kind.TEXT, f"{at}. {text}") for at, text in enumerate(texts, 1)]
    item = kind in ("ul", "list", "links", "statutes")
    return [Part(Kind.ITEM if item else Kind.TEXT, text) for text in texts]


def _cut(article: Article) -> Article | None:
    """The article up to the last of its own items, where enough stands before these."""
    sizes = [len(part.text) for part in article.parts]
    ends = [end for end in find_item_ends(article.parts) if sum(sizes[:end]) > SHORTEST_BEGINNING]
    if not ends or ends[-1] == len(article.parts):
        return None
    return Article(article.title, article.parts[: ends[-1]])


def _write_dump(title: str, parts: Sequence[Part], date: str, rng: random.Random) -> str:
    style = rng.choice(["spaced", "tight", "indented", "framed"])
    head = [rng.choice(_PATHS)] if style == "framed" else []
    head += [title, date] if date else [title]
    foot = rng.choice(_FEET if style == "framed" else _BUTTONS)
    if style != "framed" and rng.random() >= WITH_FOOT:
        foot = ""
    bullet, cells = rng.choice(_BULLETS), rng.choice(_CELLS)
    spaced = style in ("spaced", "indented")
    gap = "\n\n" if spaced else "\n"
    text = gap.join(head)
    before = Kind.HEADING
    for part in parts:
        line = part.text
        if part.kind is Kind.ITEM:
            line = bullet + line
        elif part.kind is Kind.ROW:
            line = cells.join(line.split(" | "))
        elif part.kind is Kind.TEXT and style == "indented":
            line = "\u3000\u3000" + line
        close = part.kind is before and before in (Kind.FOREIGN, Kind.ITEM, Kind.ROW)
        text += ("\n" if close else gap) + line
        before = part.kind
    return f"{text}\n{foot}" if foot else text


def _write_html(title: str, parts: Sequence[Part], date: str, rng: random.Random) -> str:
    site, element, heading = rng.choice(_SITES)
    written = site.format(
        n=_NAVIGATION,
        t=escape(title),
        d=f'<div class="info">{escape(date)}</div>' if date else "",
        x=_write_elements(parts, element, heading) if element else _write_breaks(parts),
        f=_FOOTER,
    )
    name = rng.choice(["贷后网", "债务百科", "法律快问"])
    head = f'<meta charset="utf-8"><title>{escape(title)}-{name}</title>'
    return f"<html><head>{head}</head><body>{written}</body></html>"


def _write_breaks(parts: Sequence[Part]) -> str:
    rows = [part.text.replace(" | ", " ") if part.kind is Kind.ROW else part.text for part in parts]
    return "<br>\n".join(map(escape, rows))


def _write_elements(parts: Sequence[Part], element: str, heading: str) -> str:
    around = {Kind.ITEM: "ul", Kind.ROW: "table"}
    written: list[str] = []
    opened = ""
    for part in parts:
        group = around.get(part.kind, "")
        if group != opened:
            written += [f"</{opened}>"] if opened else []
            written += [f"<{group}>"] if group else []
            opened = group
        text = escape(part.text)
        if part.kind is Kind.ROW:
            cells = "".join(f"<td>{cell}</td>" for cell in text.split(" | "))
            written.append(f"<tr>{cells}</tr>")
        elif part.kind is Kind.HEADING:
            written.append(heading.format(text))
        else:
            name = "li" if part.kind is Kind.ITEM else element
            written.append(f"<{name}>{text}</{name}>")
    return "\n".join([*written, f"</{opened}>"] if opened else written)
