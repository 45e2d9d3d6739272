"""Pages with lists that only their words and places tell apart: own ones, and other pages' titles.

``python tests/quality/extraction/own_lists.py`` prints how many go that should stay, and the other
way round. A page is a function of its article, its style and its form.
"""

from __future__ import annotations

import random
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from extraction_metric import find_leaks, find_missing
from likeness_forms import Kind, Part

from crawler.extraction import extract_article
from crawler.model import Article, Page

SIDES = ("tuning", "checking")
MIXED_NEAR = 0.6  # share of the titles of "any" words that are about arrears
SOME_LINKED = 0.55
SENTENCE_ENDS = "。！？：”"
_MARKS = {"# ": Kind.HEADING, "- ": Kind.ITEM, "| ": Kind.ROW}
# The element of headings, lists, items and paragraphs; none in plain text. With the last
# list's items are numbered.
_STYLES: dict[str, dict[str, tuple[str, str, str, str]]] = {
    "tuning": {
        "heads and lists": ("<h3>{}</h3>", "<ul>{}</ul>", "<li>{}</li>", "<p>{}</p>"),
        "bare paragraphs": ("<p>{}</p>", "{}", "<p>{}</p>", "<p>{}</p>"),
        "boxes": ("<div><b>{}</b></div>", "{}", "<div>{}</div>", "<div>{}</div>"),
        "plain": ("{}", "{}", "{}", "{}"),
        "plain, numbered": ("{}", "{}", "{n}、{}", "{}"),
    },
    "checking": {
        "bold heads": ("<p><strong>{}</strong></p>", "{}", "<p>{}</p>", "<p>{}</p>"),
        "breaks": ("{}<br>", "{}", "{}<br>", "{}<br>"),
        "bare heads": ("<p>{}</p>", "<ul>{}</ul>", "<li>{}</li>", "<p>{}</p>"),
        "numbered": ("<h2>{}</h2>", "{}", "<p>{n}. {}</p>", "<p>{}</p>"),
        "plain, dotted": ("{}", "{}", "· {}", "　　{}"),
    },
}


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page, the lines that must stay, the titles that must go, and how it was made."""

    page: Page
    own: tuple[Part, ...]
    titles: tuple[str, ...]
    article: str
    style: str
    form: str


def make_own_pages(side: str, draw: int = 0) -> Iterator[OwnPage]:
    """Each article of a side in each of its styles: alone, and with a list of each form."""
    table = tomllib.loads((Path(__file__).parent / "own_lists.toml").read_text("utf-8"))
    forms = [row for row in table["form"] if row["side"] == side]
    for article in (row for row in table["article"] if row["side"] == side):
        parts = list(_read(article["lines"]))
        for style in _STYLES[side]:
            for form in (None, *forms):
                name = form["name"] if form else ""
                rng = random.Random(f"{article['title']} {style} {name} {draw}")  # noqa: S311
                foreign: list[tuple[str, bool]] = []
                titles: list[str] = []
                if form is not None:
                    titles = _draw_titles(form, table, article["title"], side, rng)
                    foreign = _write_lines(form, titles, rng)
                at = _find_place(parts, form, rng) if form else len(parts)
                if at is None:
                    continue
                body = _write(article["title"], parts, foreign, at, style, side, rng)
                yield OwnPage(body, tuple(parts), tuple(titles), article["title"], style, name)


def _read(lines: Sequence[str]) -> Iterator[Part]:
    """The parts; of several short lines on end the first is a heading, the others are items."""
    within = False
    for line in lines:
        kind = _MARKS.get(line[:2])
        text = line[2:].removesuffix(" |") if kind else line
        short = kind is None and line[-1] not in SENTENCE_ENDS
        if kind is None:
            kind = Kind.TEXT if not short else Kind.ITEM if within else Kind.HEADING
        yield Part(kind, text)
        within = short and (within or kind is Kind.HEADING)


def _draw_titles(
    form: dict[str, Any], table: dict[str, Any], article: str, side: str, rng: random.Random
) -> list[str]:
    near, far = (table["titles"][f"{kind}_{side}"] for kind in ("near", "far"))
    count = rng.randint(*form["size"])
    close = table["close"][article]
    if form["words"] == "close":
        return rng.sample(close, count)
    if form["words"] != "any":
        return rng.sample({"near": near, "far": far}[form["words"]], count)
    several = sum(rng.random() < MIXED_NEAR for _ in range(count))
    titles = rng.sample([*near, *close], several) + rng.sample(far, count - several)
    rng.shuffle(titles)
    return titles


def _write_lines(
    form: dict[str, Any], titles: Sequence[str], rng: random.Random
) -> list[tuple[str, bool]]:
    """The lines of a list, each with whether it is a link."""
    pattern, linked = form.get("line", "{t}"), form.get("linked", "none")
    half = rng.randint(2, max(2, len(titles) - 2))
    lines = [
        (
            pattern.format(t=title, n=at),
            {
                "none": False,
                "some": rng.random() < SOME_LINKED,
                "first": at <= half,
                "last": at > half,
            }[linked],
        )
        for at, title in enumerate(titles, 1)
    ]
    return [(form["head"], False), *lines] if "head" in form else lines


def _find_place(parts: Sequence[Part], form: dict[str, Any], rng: random.Random) -> int | None:
    """The index before which a list goes; ``None`` where the article has no such place."""
    last = len(parts) - 1
    # Text stands on both sides: a heading over titles alone would be theirs.
    pairs = [
        at
        for at in range(1, last + 1)
        if parts[at - 1].kind is Kind.TEXT and parts[at].kind in (Kind.TEXT, Kind.HEADING)
    ]
    heads = [at for at in range(1, last + 1) if parts[at - 1].kind is Kind.HEADING]
    items = [
        at
        for at in range(1, last + 1)
        if parts[at - 1].kind is Kind.ITEM and parts[at].kind is Kind.TEXT
    ]
    places = {
        "amid": pairs,
        "behind": [last + 1],
        "before the last": [last],
        "below heading": [at for at in heads if parts[at].kind is Kind.TEXT],
        "beside items": items,
    }[rng.choice(form["places"])]
    return rng.choice(places) if places else None


def _write(
    title: str,
    parts: Sequence[Part],
    foreign: Sequence[tuple[str, bool]],
    at: int,
    style: str,
    side: str,
    rng: random.Random,
) -> Page:
    head, around, item, line = _STYLES[side][style]
    plain = "<" not in head + line
    written: list[str] = []
    number = 0
    groups: list[tuple[str, list[str]]] = []
    for place, part in enumerate((*parts, None)):
        if place == at and foreign:
            groups.append(("", _write_foreign(foreign, item, line, plain=plain, rng=rng)))
        if part is None:
            break
        number = number + 1 if part.kind is Kind.ITEM else 0
        text = part.text if plain else escape(part.text)
        if part.kind is Kind.ROW:
            cells = "".join(f"<td>{cell}</td>" for cell in text.split(" | "))
            texts = ["\t".join(text.split(" | ")) if plain else f"<tr>{cells}</tr>"]
            kind = "" if plain else "<table>{}</table>"
        elif part.kind is Kind.ITEM:
            texts, kind = [item.format(text, n=number)], around
        else:
            texts = [(head if part.kind is Kind.HEADING else line).format(text)]
            kind = ""
        if groups and kind and groups[-1][0] == kind and kind != "{}":
            groups[-1][1].extend(texts)
        else:
            groups.append((kind, texts))
    written = [(kind or "{}").format("\n".join(texts)) for kind, texts in groups]
    date = "2024-03-05"
    body = "\n".join(written)
    if plain:
        return Page("a.txt", f"{title}\n{date}\n{body}".encode(), None, "text/plain")
    markup = (
        f'<html><head><meta charset="utf-8"><title>{escape(title)}_账本笔记</title></head><body>'
        '<div class="top"><a href="/">首页</a> <a href="/a/">问答</a></div>'
        f"<h1>{escape(title)}</h1>"
        f'<div class="info">{date}</div><div class="main">{body}</div>'
        '<div class="bottom">Copyright 账本笔记</div></body></html>'
    )
    return Page("a.html", markup.encode(), "https://www.example.cn/a/1.html", "text/html")


def _write_foreign(
    foreign: Sequence[tuple[str, bool]], item: str, line: str, *, plain: bool, rng: random.Random
) -> list[str]:
    if plain:
        return [text for text, _ in foreign]
    element = line if item.startswith("<li>") and rng.random() < 0.5 else item.replace("{n}. ", "")
    texts = [
        f'<a href="/b/{100 + at}.html">{escape(text)}</a>' if linked else escape(text)
        for at, (text, linked) in enumerate(foreign)
    ]
    lines = "\n".join(element.format(text) for text in texts)
    return [f"<ul>{lines}</ul>" if element.startswith("<li>") else lines]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stayed of a page's titles, and what went of its own lines."""

    leaks: tuple[str, ...]
    lost: tuple[Part, ...]


def read(page: OwnPage) -> Outcome:
    """What extraction makes of the page."""
    article = extract_article(page.page)
    text = article.text if isinstance(article, Article) else ""
    missing = set(find_missing(text, [part.text for part in page.own if part.kind is not Kind.ROW]))
    lost = tuple(part for part in page.own if part.text in missing)
    return Outcome(tuple(find_leaks(text, list(page.titles))), lost)


def summarise(
    pages: Iterable[tuple[OwnPage, Outcome]], key: Callable[[OwnPage], str]
) -> dict[str, Counter[str]]:
    """By what ``key`` says of a page: pages, those with a leak, own lines, those lost, by kind."""
    found: dict[str, Counter[str]] = {}
    for page, outcome in pages:
        counts = found.setdefault(key(page), Counter())
        counts["pages"] += 1
        counts["leaking"] += bool(outcome.leaks)
        counts["titles"] += len(page.titles)
        counts["leaks"] += len(outcome.leaks)
        for kind in (Kind.ITEM, Kind.HEADING, Kind.TEXT):
            counts[kind] += sum(part.kind is kind for part in page.own)
            counts[f"lost {kind}"] += sum(part.kind is kind for part in outcome.lost)
    return found


def main(arguments: list[str]) -> None:
    """Print the figures of both sides, by form and by style; the failures with ``-v``."""
    for side in SIDES:
        read_pages = [(page, read(page)) for page in make_own_pages(side)]
        for key in (lambda page: "all", lambda page: page.form or "alone", lambda page: page.style):
            for name, counts in summarise(read_pages, key).items():
                print(
                    f"{side:9} {name:28} leaking {counts['leaking']:3}/{counts['pages']:3}"
                    f"  titles {counts['leaks']:3}/{counts['titles']:4}  lost items"
                    f" {counts['lost item']:3}/{counts['item']}  heads"
                    f" {counts['lost heading']:3}/{counts['heading']}"
                    f"  text {counts['lost text']:3}/{counts['text']}"
                )
        if "-v" in arguments and side == SIDES[0]:
            for page, outcome in read_pages:
                if outcome.leaks or outcome.lost:
                    lost = [f"{part.kind[0]}:{part.text}" for part in outcome.lost]
                    print(f"{page.article[:8]} | {page.style} | {page.form}", outcome.leaks, lost)


if __name__ == "__main__":
    main(sys.argv[1:])
