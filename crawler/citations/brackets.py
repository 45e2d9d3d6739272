"""Where a title in 《》 ends, and whether a name stands in quotation marks."""

from __future__ import annotations

_TITLE_REACH = 120
_OPENERS = "“\"'‘「『【〈<"
CLOSERS = "”\"'’」』】〉>"


def find_closing(text: str, start: int) -> int | None:
    """Where the 《 at ``start`` is closed; ``None`` when it is not.

    One line break may stand in between, as where lines were broken at a fixed width.
    """
    depth = breaks = 0
    for at in range(start, min(len(text), start + _TITLE_REACH)):
        character = text[at]
        if character == "《":
            depth += 1
        elif character == "》":
            depth -= 1
            if depth == 0:
                return at
        elif character == "\n":
            breaks += 1
            if breaks > 1:
                return None
    return None


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether the name stands in quotation marks that close at ``end``."""
    opened = text[max(0, start - 1) : start]
    closed = text[end : end + 1]
    return bool(opened and closed) and opened in _OPENERS and closed in CLOSERS
