"""Labelled pages of our own: original articles in the layouts of many content systems.

Every page is a function of its number, so that a digest of them can stand next to the floors.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extraction_layouts import SPAM_STYLES, STYLES, Body, write_body, write_spam

HERE = Path(__file__).parent
ENCODINGS = ("utf-8", "gb2312", "gbk", "gb18030", "big5")


@dataclass(frozen=True)
class LabelledPage:
    """A page and what must come out of it."""

    name: str
    body: bytes
    url: str
    content_type: str | None
    title: str
    published: str
    text: str
    spam: tuple[str, ...]
    items: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Layout:
    """One system's way: names, and which furniture it puts where."""

    id: str
    title: str  # {t} is the title
    meta: str  # {d} date, {s} source, {a} author
    open: str
    close: str
    nested: bool = True  # title and meta stand in the same wrapper as the text
    table: bool = False


@dataclass(frozen=True)
class Material:
    """What pages are made of."""

    chrome: dict[str, Any]
    articles: list[dict[str, Any]]
    layouts: list[Layout]


def load_chrome() -> dict[str, Any]:
    """The furniture's texts."""
    return tomllib.loads((HERE / "chrome.toml").read_text("utf-8"))


def load_layouts() -> list[Layout]:
    """The layouts, in the order in which pages use them."""
    table = tomllib.loads((HERE / "layouts.toml").read_text("utf-8"))
    return [Layout(**row) for row in table["layout"]]


def load_articles() -> list[dict[str, Any]]:
    """The articles' texts."""
    articles: list[dict[str, Any]] = tomllib.loads((HERE / "articles.toml").read_text("utf-8"))[
        "article"
    ]
    return articles


def make_pages(count: int = 208, seed: int = 7) -> list[LabelledPage]:
    """``count`` pages; each layout comes up equally often."""
    material = Material(load_chrome(), load_articles(), load_layouts())
    return [_make_page(at, seed, material) for at in range(count)]


def _make_page(at: int, seed: int, material: Material) -> LabelledPage:
    rng = random.Random(seed * 100_003 + at)  # noqa: S311 - repeatable, nothing secret
    layout = material.layouts[at % len(material.layouts)]
    article = material.articles[(at // len(material.layouts) + at) % len(material.articles)]
    chrome = material.chrome
    style = rng.choice(STYLES)
    body = write_body(article["blocks"], style)
    spam: list[str] = []
    place = rng.choice(("end", "end", "end", "middle", "start", "both", "none"))
    markup = _splice(rng, body, place, spam, chrome)
    html = _frame(rng, layout, article, markup, spam, chrome)
    if layout.id == "minified":
        html = html.replace("\n", "")
    encoding = ENCODINGS[rng.randrange(4)] if rng.random() < 0.4 else "utf-8"
    declared = rng.choice((None, f"text/html; charset={encoding}"))
    html = html.replace("@charset@", encoding)
    return LabelledPage(
        name=f"{at:03}-{layout.id}-{style}-{place}",
        body=html.encode(encoding, "xmlcharrefreplace"),
        url=f"https://www.example.cn/zhishi/{1000 + at}.html",
        content_type=declared,
        title=article["title"],
        published=article["date"],
        text="\n".join(body.gold),
        spam=tuple(spam),
        items=tuple(body.items),
        links=tuple(body.links),
    )


def _splice(
    rng: random.Random, body: Body, place: str, spam: list[str], chrome: dict[str, Any]
) -> str:
    """The body's markup with lists of other pages at ``place``."""
    parts = list(body.parts)

    def make(most: int) -> str:
        made = write_spam(rng, rng.choice(SPAM_STYLES), chrome, rng.randrange(5, most))
        spam.extend(made.lines)
        return made.markup

    if place in ("middle", "both"):
        ends = [at for at, part in enumerate(parts[1:-1], 2) if "。" in part]
        parts.insert(rng.choice(ends), make(9))
    if place == "start":
        parts.insert(0, make(10))
    if place in ("end", "both"):
        parts.append(make(60))
    if rng.random() < 0.15:
        hidden = rng.choice(chrome["hidden"])
        parts.insert(1, f'<div style="display:none">{hidden}</div>')
        spam.append(hidden)
    return "".join(parts)


def _frame(
    rng: random.Random,
    layout: Layout,
    article: dict[str, Any],
    markup: str,
    spam: list[str],
    chrome: dict[str, Any],
) -> str:
    values = {
        "d": article["date"],
        "s": rng.choice(chrome["sources"]),
        "a": rng.choice(chrome["authors"]),
    }
    title = layout.title.format(t=article["title"], **values)
    meta = layout.meta.format(**values)
    tail = []
    for kind in ("share", "copyright"):
        if rng.random() < 0.6:
            text = rng.choice(chrome[kind])
            tail.append(f'<div class="t{rng.randrange(9)}">{text}</div>')
            spam.append(text)
    if rng.random() < 0.5:
        tail.append(
            '<p>上一篇：<a href="/a/1.html">办卡被拒怎么办</a></p>'
            '<p>下一篇：<a href="/a/2.html">没有了</a></p>'
        )
        spam.append("办卡被拒怎么办")
    if rng.random() < 0.3:
        tail.append("".join(f"<div>{text}</div>" for text in chrome["comments"]))
        spam.extend(chrome["comments"])
    inside = rng.random() < 0.4 and not layout.table
    main = layout.open + markup + ("".join(tail) if inside else "") + layout.close
    rest = "" if inside else "".join(tail)
    if layout.table:
        inner = f'<table width="700">{title}{meta}{main}</table>' + "".join(tail)
    elif layout.nested:
        inner = f'<div class="l1">{title}{meta}{main}{rest}</div>'
    else:
        inner = f'<div class="top">{title}{meta}</div><div class="mid">{main}</div>{rest}'
    return _page(rng, article["title"], inner, spam, chrome)


def _page(
    rng: random.Random, title: str, inner: str, spam: list[str], chrome: dict[str, Any]
) -> str:
    nav = "".join(f'<li><a href="/{at}/">{text}</a></li>' for at, text in enumerate(chrome["nav"]))
    crumbs = " &gt; ".join(f'<a href="/">{text}</a>' for text in chrome["crumbs"][:-1])
    side = ""
    if rng.random() < 0.6:
        made = write_spam(rng, "ul_a", chrome, 10)
        spam.extend(made.lines)
        side = f'<div class="r{rng.randrange(9)}">{made.markup}</div>'
    footer = "".join(f"<p>{text}</p>" for text in chrome["footer"])
    spam.extend(chrome["footer"])
    top = f'<div class="n1"><ul>{nav}</ul></div><div class="n2">您的位置：{crumbs} &gt; 正文</div>'
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="@charset@">'
        f"<title>{title}_债务维权 - 某某知识网</title></head>\n<body>{top}\n"
        f'<div class="w">{inner}\n{side}</div>\n<div class="f1">{footer}</div></body></html>'
    )
