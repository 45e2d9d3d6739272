"""HTML elements by what they do to the lines of a page; all others are blocks."""

from __future__ import annotations

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "o:p",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "map",
        "area",
        "audio",
        "video",
        "noframes",
        "noscript",
        "head",
        "math",
        "datalist",
        "progress",
        "meter",
        "dialog",
    ]
)
BOLD = frozenset(("b", "strong"))
CELLS = frozenset(("td", "th"))
BULLETED = frozenset(("ul", "menu", "dir"))
HEADINGS = {f"h{level}": level for level in range(1, 7)}
STARTERS = frozenset(("li", "ol", "blockquote", "pre", "table", "tr", *BULLETED, *HEADINGS))
BOILERPLATE_TAGS = frozenset(("nav", "footer", "aside"))
