"""A second family of labelled pages: whole pages in the manner of many sites and systems.

Where ``extraction_pages`` builds pages from parts, each layout here is a page written by hand,
with all that stands around an article on such sites; the articles and titles differ, too. Every
page is a function of its number and the seed.
"""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from extraction_layouts import Body
from extraction_pages import LabelledPage
from extraction_site_styles import FORM_SPAM, SITE_SPAM, write_site_body
from opencc import OpenCC

HERE = Path(__file__).parent
FIRST_DAY = date(2023, 1, 1)
DAYS = 900  # after the first one, of the pages
PLACES = ("end", "middle", "start", "none", "before_last", "end", "both")
DUMP_PLACES = ("end", "middle", "start", "before_last")
NARROW_SHARE = 0.3  # of the pages have narrow commas
_VARIABLE = re.compile(r"\{([a-z_]+)\}")
_NARROW = str.maketrans("，：；？", ",:;?")


@dataclass(frozen=True)
class SiteLayout:
    """A whole page; see sites.toml.

    ``day`` is ``None`` where the page does not say when it was published. ``between`` puts
    short lists of other pages before the article's headings, ``extra`` are further lines that
    are not the article's.
    """

    id: str
    html: str
    style: str
    encoding: str = "utf-8"
    day: str | None = None
    outside: str | None = None
    url: str | None = None
    told: str | None = None
    between: bool = False
    extra: tuple[str, ...] = ()


@dataclass
class _Draw:
    """What one page is made of."""

    rng: random.Random
    texts: dict[str, Any]
    titles: list[str]  # of other pages, not used so far
    spam: list[str]

    def take(self, count: int) -> list[str]:
        """So many titles of other pages; none comes twice."""
        taken, self.titles = self.titles[:count], self.titles[count:]
        self.spam += taken
        return taken

    def list_titles(self, kind: str, count: int, *, headed: bool) -> str:
        """A list of other pages; half of the lists that may have a heading have one."""
        entries = [
            (title, f"/zs/{self.rng.randrange(1000, 99999)}.html") for title in self.take(count)
        ]
        markup: str = (SITE_SPAM | FORM_SPAM)[kind](self.rng, entries, self.texts)
        if headed and self.rng.random() < 0.5:
            tag = self.rng.choice(("p", "div", "h3", "h4"))
            return f"<{tag}>{self.rng.choice(self.texts['headings'])}</{tag}>{markup}"
        return markup


def load_site_layouts(family: str = "sites") -> list[SiteLayout]:
    """The layouts of sites.toml or forms.toml, in the order in which pages use them."""
    rows = tomllib.loads((HERE / f"{family}.toml").read_text("utf-8"))["layout"]
    return [SiteLayout(**{**row, "extra": tuple(row.get("extra", ()))}) for row in rows]


def load_site_texts() -> dict[str, Any]:
    """Articles, and what lists of other pages are made of."""
    return tomllib.loads((HERE / "site_texts.toml").read_text("utf-8"))


def make_site_pages(rounds: int = 4, seed: int = 11, family: str = "sites") -> list[LabelledPage]:
    """``rounds`` pages in each layout of the family."""
    texts = load_site_texts()
    layouts = load_site_layouts(family)
    kinds = list(SITE_SPAM if family == "sites" else FORM_SPAM)
    pages = []
    for at in range(rounds * len(layouts)):
        rng = random.Random(seed * 100_003 + at)  # noqa: S311 - repeatable, nothing secret
        titles = list(texts["titles"])
        rng.shuffle(titles)
        draw = _Draw(rng, texts, titles, [])
        turn, place = divmod(at, len(layouts))
        article = texts["article"][(at + turn * 5 + seed) % len(texts["article"])]
        pages.append(_make_page(f"{at:03}", layouts[place], article, draw, kinds))
    return pages


def _make_page(
    name: str, layout: SiteLayout, article: dict[str, Any], draw: _Draw, kinds: list[str]
) -> LabelledPage:
    day = FIRST_DAY + timedelta(days=draw.rng.randrange(DAYS))
    body = write_site_body(article["blocks"], layout.style)
    if layout.style == "dump":
        place, kind = draw.rng.choice(DUMP_PLACES), "lines"
        html = _write_dump(layout, article["title"], body, place, day, draw)
    else:
        place, kind = draw.rng.choice(PLACES), draw.rng.choice(kinds)
        html = _fill(
            layout, article, body, _splice(article, body, place, kind, draw, layout), day, draw
        )
    page = LabelledPage(
        name=f"{name}-{layout.id}-{place}-{kind}.{'txt' if layout.style == 'dump' else 'html'}",
        body=b"",
        url=_write_address(layout.url, day),
        content_type=layout.told,
        title=article["title"],
        published=str(day if layout.day is not None else None),
        text="\n".join(body.gold),
        spam=(*draw.spam, *layout.extra),
        items=tuple(body.items),
        links=() if layout.style == "dump" else tuple(body.links),
    )
    return _encode(page, html, layout, narrow=draw.rng.random() < NARROW_SHARE)


def _write_address(url: str | None, day: date) -> str | None:
    if url is None:
        return None
    return url.format(y=f"{day:%Y}", yy=f"{day:%y}", m=f"{day:%m}", d=f"{day:%d}")


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")


def _encode(page: LabelledPage, html: str, layout: SiteLayout, *, narrow: bool) -> LabelledPage:
    """The page in its layout's encoding; Big5 pages in traditional characters."""

    def write(text: str) -> str:
        if narrow:
            text = text.translate(_NARROW)
        return _traditional().convert(text) if layout.encoding == "big5" else text

    return replace(
        page,
        body=write(html).encode(layout.encoding, "xmlcharrefreplace"),
        title=write(page.title),
        text=write(page.text),
        spam=tuple(map(write, page.spam)),
        items=tuple(map(write, page.items)),
        links=tuple((write(text), url) for text, url in page.links),
    )


def _splice(
    article: dict[str, Any], body: Body, place: str, kind: str, draw: _Draw, layout: SiteLayout
) -> str:
    """The body's markup with lists of other pages at ``place``."""
    kinds = [block[0] for block in article["blocks"]]
    parts = list(body.parts)
    rng = draw.rng
    if layout.between:
        for at in reversed([at for at, one in enumerate(kinds) if one == "h" and at > 0]):
            parts.insert(at, draw.list_titles(kind, rng.randrange(3, 5), headed=True))
        return "".join(parts)
    if place in ("middle", "both"):
        # Between two paragraphs or before a heading, never right behind an announcement.
        ends = [at for at in range(2, len(kinds) - 1) if kinds[at] in ("p", "h")]
        fit = [at for at in ends if kinds[at - 1] == "p"]
        parts.insert(
            rng.choice(fit or ends), draw.list_titles(kind, rng.randrange(6, 15), headed=True)
        )
    if place == "start":
        parts.insert(0, draw.list_titles(kind, rng.randrange(6, 15), headed=True))
    if place == "before_last":
        parts.insert(-1, draw.list_titles(kind, rng.randrange(6, 15), headed=True))
    if place in ("end", "both"):
        parts.append(draw.list_titles(kind, rng.randrange(6, 15), headed=True))
    return "".join(parts)


def _fill(
    layout: SiteLayout,
    article: dict[str, Any],
    body: Body,
    markup: str,
    day: date,
    draw: _Draw,
) -> str:
    """The layout's page with everything in its place."""
    html = layout.html
    moment = datetime(day.year, day.month, day.day, 9, 15, 7)
    side: list[str] = []
    if "{side" in html:
        side = draw.take(8)
    values = {
        "title": article["title"],
        "day": moment.strftime(layout.day) if layout.day else "",
        "iso": day.isoformat(),
        "body": markup,
        "outside": draw.list_titles(layout.outside, 8, headed=False) if layout.outside else "",
        "side": "".join(
            f'<li><a href="/s/{at}.html">{one}</a></li>' for at, one in enumerate(side)
        ),
        "side_rows": "".join(
            f'<tr><td><a href="show.asp?id={at}">{one}</a></td></tr>' for at, one in enumerate(side)
        ),
        "side_paragraphs": "".join(
            f'<p><a href="/q/{at}">{one}</a></p>' for at, one in enumerate(side)
        ),
        "previous": draw.take(1)[0] if "{previous}" in html else "",
        "next": draw.take(1)[0] if "{next}" in html else "",
        "summary": body.gold[0][:40] + "...",
        "earlier": f"{day - timedelta(days=3):%Y年%m月%d日}",
        "y": f"{day:%Y}",
        "m": f"{day:%m}",
        "d": f"{day:%d}",
    }
    return _VARIABLE.sub(lambda match: values.get(match[1], match[0]), html)


def _write_dump(
    layout: SiteLayout, title: str, body: Body, place: str, day: date, draw: _Draw
) -> str:
    """A plain-text dump: title, perhaps a date line, the body, other titles somewhere."""
    rng = draw.rng
    lines = [line for part in body.parts for line in part.splitlines()]
    heading = [rng.choice(draw.texts["headings"])] if rng.random() < 0.5 else []
    spam = heading + draw.take(rng.randrange(12, 30))
    cuts = {"end": len(lines), "start": 0, "before_last": len(lines) - 1}
    middle = [at for at in range(2, len(lines) - 1) if lines[at - 1].endswith("。")]
    cut = cuts.get(place, rng.choice(middle or [len(lines) // 2]))
    lines[cut:cut] = spam
    if place == "end" and rng.random() < 0.5:
        lines.append("To Top")
    dated = []
    if layout.day:
        moment = datetime(day.year, day.month, day.day, 10, 21, 33)
        dated = [f"发布时间：{moment.strftime(layout.day)}", ""]
    return "\n".join([title, "", *dated, rng.choice(("\n", "\n\n")).join(lines), ""])
