"""The days on which what is cited changes its status.

Lists show the judgement that was stored with a page. It still holds unless such a day has
come since; then, and only then, the page's text has to be judged again.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from itertools import chain

from crawler.vocabulary import References


def find_turns(references: References) -> tuple[date, ...]:
    """The days on which a statute or the name of a body begins or ends, ascending."""
    days = chain(
        (day for one in references.statutes for day in (one.effective, one.ended)),
        (one.since for one in references.regulators),
        (
            day
            for one in references.regulators
            for former in one.former
            for day in (former.since, former.until, former.lasted)
        ),
    )
    return tuple(sorted({day for day in days if day is not None}))


def has_turned(turns: tuple[date, ...], judged: date, today: date) -> bool:
    """Whether a judgement of the day ``judged`` may be wrong today.

    The day itself counts, since a page may have been judged elsewhere on earth.
    """
    at = bisect_left(turns, judged)
    return at < len(turns) and turns[at] <= today
