"""Articles that stand in a page's data and not in its elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from crawler.extraction.dates import parse_machine_date
from crawler.extraction.outline import find_outline
from crawler.extraction.parsing import parse_html
from crawler.linklists.line import Line
from crawler.model import CHINA
from crawler.pagewords import PageWords

LARGEST_DATA = 1_000_000  # code points of one script
SHORTEST_STATE = 200  # code points of a script that may hold an article
FEWEST_SENTENCES = 3  # of an article without markup
FIRST_SECOND = 788_918_400  # 1995 began then: nothing on the web in China is older
LAST_SECOND = 2**32  # more of them are thousandths
MOST_VALUES = 5_000  # values looked at in one script

_STATE = re.compile(r"\A\s*\{|\A[\s;]*(?:var |let |const )?[\w.$\[\]\"']{1,60}\s*=\s*\{")
_DECODER = json.JSONDecoder(strict=False)
_QUOTED_STATE = re.compile(r"=\s*JSON\.parse\(\s*(?=\")")
_ENCODED_STATE = re.compile(r"\A\s*%7B", re.IGNORECASE)
_DAY_KEY = re.compile(
    r"(?:publish|pub|create|issue|release|post|display|news|article|input|add)(?:ed|ation)?_?(?:time|date|at|day)|ptime",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Embedded:
    """An article in a page's data: its lines, and the day and title beside its text there."""

    lines: list[Line]
    published: date | None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class _Body:
    """A text with the day and the title in the same object."""

    text: str = ""
    day: date | None = None
    title: str | None = None

    def __len__(self) -> int:
        return len(self.text)


_NOTHING = _Body()


def find_embedded(root: HtmlElement, url: str | None, words: PageWords) -> Embedded:
    """The longest article body in the page's data; without lines when there is none.

    A body is a schema.org article body, or a text with paragraphs in the state from which a
    script builds the page.
    """
    stated = state = _NOTHING
    for script in root.iter("script"):
        text = (script.text or "")[:LARGEST_DATA]
        if script.get("type", "").strip().lower() == "application/ld+json":
            stated = max(stated, *_find_bodies(text, state=False), _NOTHING, key=len)
        elif len(text) >= SHORTEST_STATE and (data := _read_state(text)):
            state = max(state, *_find_bodies(data, state=True), _NOTHING, key=len)
    if stated or not state:
        return Embedded([Line(line) for line in _split(stated.text)], stated.day, stated.title)
    text = state.text if "<" in state.text else state.text.replace("\n", "<br>")
    parsed = parse_html(f"<div>{text}</div>").root
    lines = find_outline(parsed, url, words).lines if parsed is not None else []
    return Embedded(lines, state.day, state.title)


def _read_state(text: str) -> str:
    """The JSON of a script that holds a page's state, however it is wrapped; else nothing."""
    if start := _STATE.search(text):
        return text[start.end() - 1 :]
    if _ENCODED_STATE.match(text):
        return unquote(text)
    quoted = _QUOTED_STATE.search(text, 0, SHORTEST_STATE)
    if quoted is None:
        return ""
    try:
        value = _DECODER.raw_decode(text, quoted.end())[0]
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""


def _find_bodies(text: str, *, state: bool) -> Iterator[_Body]:
    try:
        stack: list[tuple[Any, date | None]] = [(_DECODER.raw_decode(text.lstrip())[0], None)]
    except (ValueError, RecursionError):
        return
    for _ in range(MOST_VALUES):
        if not stack:
            return
        value, day = stack.pop()  # the day stands in the same object, or in one around it
        if isinstance(value, dict):
            day = _find_day(value) or day
            texts = [value.get("articleBody"), *(value.values() if state else ())]
            bodies = [one for one in texts if isinstance(one, str) and _is_body(one, state=state)]
            if bodies:
                title = value.get("title")
                said = title if isinstance(title, str) else None
                yield _Body(max(bodies, key=len), day, said)
            stack.extend((one, day) for one in value.values() if not isinstance(one, str))
        elif isinstance(value, list):
            stack.extend((one, day) for one in value)
        elif state and isinstance(value, str) and _is_body(value, state=True):
            yield _Body(value, day)


def _is_body(text: str, *, state: bool) -> bool:
    """Whether a text is an article's: with paragraphs, or with sentences and line breaks."""
    if not state or "</p>" in text:
        return True
    return (
        len(text) >= SHORTEST_STATE
        and ("<br" in text or "\n" in text)
        and text.count("。") >= FEWEST_SENTENCES
    )


def _find_day(value: dict[str, Any]) -> date | None:
    """The day of publication among an object's values, in words or in seconds since 1970."""
    for key, said in value.items():
        if not _DAY_KEY.fullmatch(key):
            continue
        if isinstance(said, str) and (day := parse_machine_date(said)):
            return day
        if isinstance(said, int):
            seconds = said // 1000 if said > LAST_SECOND else said
            if FIRST_SECOND <= seconds < LAST_SECOND:
                return datetime.fromtimestamp(seconds, CHINA).date()
    return None


def _split(body: str) -> list[str]:
    """The lines of a body, which may hold markup."""
    if "</" in body or "<br" in body:
        try:
            fragment = html.fragment_fromstring(body, create_parent="div")
        except ParserError:
            return []
        body = "\n".join(str(piece) for piece in fragment.itertext())
    return [" ".join(line.split()) for line in body.splitlines() if line.strip()]
