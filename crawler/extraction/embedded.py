"""Articles that stand in a page's data and not in its elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from crawler.extraction.outline import find_outline
from crawler.extraction.parsing import parse_html
from crawler.linklists.line import Line
from crawler.pagewords import PageWords

LARGEST_DATA = 1_000_000  # code points of one script
SHORTEST_STATE = 200  # code points of a script that may hold an article
MOST_VALUES = 5_000  # values looked at in one script

_STATE = re.compile(r"\A\s*\{|\A[\s;]*(?:var |let |const )?[\w.$\[\]\"']{1,60}\s*=\s*\{")
_DECODER = json.JSONDecoder(strict=False)


def find_embedded(root: HtmlElement, url: str | None, words: PageWords) -> list[Line]:
    """The lines of the longest article body in the page's data; empty when there is none.

    A body is a schema.org article body, or a text with paragraphs in the state from which a
    script builds the page.
    """
    stated = state = ""
    for script in root.iter("script"):
        text = (script.text or "")[:LARGEST_DATA]
        if script.get("type", "").strip().lower() == "application/ld+json":
            stated = max(stated, *_find_bodies(text, state=False), "", key=len)
        elif len(text) >= SHORTEST_STATE and (start := _STATE.search(text)):
            state = max(state, *_find_bodies(text[start.end() - 1 :], state=True), "", key=len)
    if stated or not state:
        return [Line(line) for line in _split(stated)]
    parsed = parse_html(f"<div>{state}</div>").root
    return find_outline(parsed, url, words).lines if parsed is not None else []


def _find_bodies(text: str, *, state: bool) -> Iterator[str]:
    try:
        stack: list[Any] = [_DECODER.raw_decode(text.lstrip())[0]]
    except (ValueError, RecursionError):
        return
    for _ in range(MOST_VALUES):
        if not stack:
            return
        value = stack.pop()
        if isinstance(value, dict):
            body = value.get("articleBody")
            if isinstance(body, str):
                yield body
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
        elif state and isinstance(value, str) and "</p>" in value:
            yield value


def _split(body: str) -> list[str]:
    """The lines of a body, which may hold markup."""
    if "</" in body or "<br" in body:
        try:
            fragment = html.fragment_fromstring(body, create_parent="div")
        except ParserError:
            return []
        body = "\n".join(str(piece) for piece in fragment.itertext())
    return [" ".join(line.split()) for line in body.splitlines() if line.strip()]
