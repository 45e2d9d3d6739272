"""The page as it was fetched, made harmless: structure and text, nothing that acts or loads.

Three walls stand behind each other: nh3 keeps only the tags below and no attribute that
names an address, style or handler; the frame is sandboxed and may do nothing; and its own
policy, on top of the desk's, forbids every request.
"""

from __future__ import annotations

from html import escape

import nh3

_MOST = 600_000  # characters of a page that are shown; real articles stay far below

# fmt: off
_TAGS = frozenset(
    {
        "a", "abbr", "address", "article", "aside", "b", "blockquote", "body", "br", "caption",
        "center", "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
        "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "i", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "s", "samp",
        "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "u", "ul", "var",
    }
)
_WITH_CONTENT = frozenset(
    {
        "script", "style", "template", "noscript", "iframe", "object", "embed", "title",
        "head", "svg", "math", "textarea", "select", "audio", "video", "canvas", "noframes",
        "xmp", "plaintext",
    }
)
# fmt: on
_ATTRIBUTES = {name: {"colspan", "rowspan"} for name in ("td", "th")}
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"


def decode(body: bytes, encoding: str | None) -> str:
    """The text of the bytes; what cannot be decoded is replaced."""
    try:
        return body.decode(encoding or "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def original_document(text: str, stylesheet: str, *, plain: bool) -> str:
    """A whole document for a sandboxed frame's ``srcdoc``; ``plain`` text is no HTML."""
    shown = text[:_MOST]
    content = f"<pre>{escape(shown)}</pre>" if plain else sanitised(shown)
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="color-scheme" content="light dark"><title>-</title>'
        f'<link rel="stylesheet" href="{escape(stylesheet)}"><body>{content}</body></html>'
    )


def sanitised(html: str) -> str:
    """The HTML with nothing but harmless structure."""
    return nh3.clean(
        html,
        tags=set(_TAGS - {"body"}),
        clean_content_tags=set(_WITH_CONTENT),
        attributes={name: set(kept) for name, kept in _ATTRIBUTES.items()},
        strip_comments=True,
        link_rel=None,
        generic_attribute_prefixes=set(),
        url_schemes=set(),
    )
