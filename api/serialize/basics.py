"""What all records share: references to lenders and topics, dates, parts of lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from api.knowledge import Services
from crawler.vocabulary import Provenance, Trust

Json = dict[str, Any]


def page_of_items(items: Sequence[Json], cursor: str | None) -> Json:
    """A part of a list, and where the next part begins."""
    return {"items": list(items), "next": cursor}


def lender_reference(identifier: str, known: Services) -> Json:
    """A lender as it stands in other records."""
    lender = known.lenders.get(identifier)
    return {"id": identifier, "name": lender.name if lender else identifier}


def topic_reference(identifier: str, known: Services) -> Json:
    """A topic as it stands in other records."""
    topic = known.topics.get(identifier)
    return {"id": identifier, "name": topic.name if topic else identifier}


def provenance(origin: Provenance) -> Json:
    """Where a record's facts come from."""
    return {
        "trust": origin.trust.value,
        "doubtful": origin.trust is Trust.DOUBTFUL,
        "sources": list(origin.sources),
        "checked": origin.checked.isoformat(),
    }


def moment(value: datetime) -> str:
    """A point in time in UTC, to the second."""
    return value.strftime("%Y-%m-%dT%H:%M:%SZ")


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None
