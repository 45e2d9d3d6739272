"""Articles that stand in a page's data and not in its elements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from crawler.linklists.line import Line

LARGEST_DATA = 1_000_000  # code points of one script
MOST_VALUES = 5_000  # values looked at in one script


def find_embedded(root: HtmlElement) -> list[Line]:
    """The lines of the longest schema.org article body in the page; empty when there is none."""
    longest = ""
    for script in root.iter("script"):
        if script.get("type", "").strip().lower() == "application/ld+json":
            for body in _find_bodies((script.text or "")[:LARGEST_DATA]):
                longest = max(longest, body, key=len)
    return [Line(line) for line in _split(longest)]


def _find_bodies(text: str) -> Iterator[str]:
    try:
        stack: list[Any] = [json.loads(text, strict=False)]
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


def _split(body: str) -> list[str]:
    """The lines of a body, which may hold markup."""
    if "</" in body or "<br" in body:
        try:
            fragment = html.fragment_fromstring(body, create_parent="div")
        except ParserError:
            return []
        body = "\n".join(str(piece) for piece in fragment.itertext())
    return [" ".join(line.split()) for line in body.splitlines() if line.strip()]
