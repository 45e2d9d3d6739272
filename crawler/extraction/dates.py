"""Publication dates as Chinese pages write them."""

from __future__ import annotations

import re
from datetime import date


def find_line_date(line: str) -> date | None:
    """The date of a short line that says when its page was published, else ``None``."""
    found = re.search(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})", line)
    if not found or len(line) > 60:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
