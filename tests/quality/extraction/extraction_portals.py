"""A third family of labelled pages: layouts, articles and forms of lists of another make.

Articles hold steps, checklists, tables of fees, questions, terms, statutes and official links;
lists of other pages stand before, behind, between and within them, in forms and below headings
that the other families do not have. Every page is a function of its number and the seed.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from extraction_layouts import Body
from extraction_pages import LabelledPage
from extraction_portal_forms import FORMS, SINGLE, Draw, write_blocks, write_each, write_list
from opencc import OpenCC

HERE = Path(__file__).parent
FIRST_DAY = date(2022, 6, 1)
DAYS = 1100  # after the first one, of the pages
CODECS = {"big5": "big5hkscs"}  # what browsers take for Big5
PLACES = (
    "end",
    "middle",
    "start",
    "steps",
    "none",
    "before_last",
    "below_heading",
    "two",
    "single",
    "both",
)
_VARIABLE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Portal:
    """A layout of portals.toml; ``undated`` where the page does not say its day."""

    id: str
    html: str
    style: str
    day: str
    encoding: str = "utf-8"
    url: str | None = None
    undated: bool = False
    payload: bool = False
    meta: bool = True
    extra: tuple[str, ...] = ()


def splice(pieces: list[str], kinds: list[str], place: str, form: str, draw: Draw) -> str:
    """The article with lists of other pages at ``place``."""
    rng = draw.rng
    parts = list(pieces)

    def foreign(low: int = 5, high: int = 16) -> str:
        return write_list(draw, form, rng.randrange(low, high))

    between = [
        at
        for at in range(1, len(kinds))
        if kinds[at] in ("p", "h")
        and kinds[at - 1] == "p"
        and not pieces[at - 1].rstrip().endswith("：</p>")
    ]
    steps = [at for at in range(1, len(kinds)) if kinds[at] == kinds[at - 1] == "step"]
    below = [at + 1 for at, kind in enumerate(kinds[:-1]) if kind == "h" and kinds[at + 1] == "p"]
    if place == "steps" and steps:
        parts.insert(rng.choice(steps), foreign(4, 8))
    elif place == "below_heading" and below:
        parts.insert(rng.choice(below), foreign(5, 9))
    elif place == "single":
        spot = rng.choice(between or [len(parts)])
        parts.insert(spot, rng.choice(SINGLE).format(t=draw.take(1)[0]))
    elif place in ("middle", "steps", "below_heading"):
        parts.insert(rng.choice(between or [1]), foreign())
    elif place == "start":
        parts.insert(0, foreign())
    elif place == "before_last":
        parts.insert(-1, foreign())
    elif place == "end":
        parts.append(foreign(5, 60) if rng.random() < 0.3 else foreign())
    elif place == "two":
        parts.append(foreign(5, 9))
        parts.append(write_list(draw, rng.choice(list(FORMS)), rng.randrange(4, 9)))
    elif place == "both":
        parts.insert(rng.choice(between or [1]), foreign(3, 7))
        parts.append(write_list(draw, rng.choice(list(FORMS)), rng.randrange(5, 12)))
    return "".join(parts)


def load_portals() -> list[Portal]:
    rows = tomllib.loads((HERE / "portals.toml").read_text("utf-8"))["layout"]
    return [Portal(**{**row, "extra": tuple(row.get("extra", ()))}) for row in rows]


def load_portal_texts() -> dict[str, Any]:
    return tomllib.loads((HERE / "portal_texts.toml").read_text("utf-8"))


def make_portal_pages(rounds: int = 8, seed: int = 31) -> list[LabelledPage]:
    """``rounds`` pages in each layout of portals.toml."""
    texts, layouts = load_portal_texts(), load_portals()
    short = [one for one in texts["article"] if sum(len(str(b[1])) for b in one["blocks"]) < 330]
    pages = []
    for at in range(rounds * len(layouts)):
        rng = random.Random(seed * 1_000_003 + at)  # noqa: S311 - repeatable, nothing secret
        turn, which = divmod(at, len(layouts))
        layout = layouts[which]
        pool = short if layout.id == "short_bare" else texts["article"]
        article = pool[(at * 7 + turn * 3 + seed) % len(pool)]
        titles = _draw_titles(texts["titles"], rng, article["title"])
        draw = Draw(rng, texts, titles)
        pages.append(_make_page(f"{at:03}", layout, article, draw))
    return pages


def _draw_titles(pools: dict[str, list[str]], rng: random.Random, own: str) -> list[str]:
    names = rng.choice(
        (["far"], ["near"], ["far", "colon"], ["near", "asked"], ["far", "near", "asked", "colon"])
    )
    first = [title for name in names for title in pools[name]]
    rng.shuffle(first)
    rest = [t for name in pools for t in pools[name] if t not in first]
    rng.shuffle(rest)
    return [title for title in first + rest if title != own]


def _make_page(name: str, layout: Portal, article: dict[str, Any], draw: Draw) -> LabelledPage:
    rng = draw.rng
    day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
    pieces, kinds, body = write_blocks(article["blocks"], layout.style, rng)
    place, form = rng.choice(PLACES), rng.choice(list(FORMS))
    markup = splice(pieces, kinds, place, form, draw)
    html = _fill(layout, article["title"], body, markup, day, draw)

    def write(text: str) -> str:
        return _traditional().convert(text) if layout.encoding == "big5" else text

    return LabelledPage(
        name=f"{name}-{layout.id}-{place}-{form}.html",
        body=write(html).encode(CODECS.get(layout.encoding, layout.encoding), "xmlcharrefreplace"),
        url=_address(layout.url, day),
        content_type=None,
        title=write(article["title"]),
        published=str(None if layout.undated else day),
        text=write("\n".join(body.gold)),
        spam=tuple(write(one) for one in (*draw.spam, *layout.extra)),
        items=tuple(map(write, body.items)),
        links=tuple((write(text), url) for text, url in body.links),
    )


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")


def _address(url: str | None, day: date) -> str | None:
    return None if url is None else url.replace("{iso}", day.isoformat())


def _strftime(moment: datetime, form: str) -> str:
    return (
        moment.strftime(form.replace("%-m", "@M").replace("%-d", "@D"))
        .replace("@M", str(moment.month))
        .replace("@D", str(moment.day))
    )


def _fill(layout: Portal, title: str, body: Body, markup: str, day: date, draw: Draw) -> str:
    moment = datetime(day.year, day.month, day.day, 10, 15, 32)
    html = layout.html

    def others(key: str, pattern: str, count: int = 6) -> str:
        return write_each(pattern)(draw, draw.take(count)) if "{" + key + "}" in html else ""

    values = {
        "title": title,
        "day": _strftime(moment, layout.day),
        "iso": day.isoformat(),
        "stamp": str(int(moment.replace(tzinfo=UTC).timestamp()) - 8 * 3600),
        "body": markup,
        "json": json.dumps(markup, ensure_ascii=False)[1:-1].replace("</", "<\\/"),
        "intro": body.gold[0][:60],
        "side": others("side", '<li><a href="{u}">{t}</a></li>'),
        "rows": others("rows", '<tr><td>·<a href="{u}">{t}</a></td></tr>'),
        "plain": others("plain", '<div class="pp"><a href="{u}">{t}</a></div>'),
        "linked": others("linked", '<a href="{u}">{t}</a><br/>', 4),
        "cards": others(
            "cards",
            '<div class="rc"><a href="{u}"><h3>{t}</h3></a><div>{d}</div><p>{e}</p></div>',
            4,
        ),
        "quoted": "博主写得真细致，照着做果然有用",
        "one": draw.take(1)[0] if "{one}" in html else "",
        "two": draw.take(1)[0] if "{two}" in html else "",
    }
    if "{quoted}" in html:
        draw.spam.append(values["quoted"])
    return _VARIABLE.sub(lambda match: values.get(match[1], match[0]), html)
