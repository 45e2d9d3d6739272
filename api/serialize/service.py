"""The service's own state as JSON: changes and statistics."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from api.serialize.basics import Json, moment
from api.serialize.guidance import citation_record, citation_summary
from crawler.model import Citation
from crawler.store.records import Change, Counts
from crawler.vocabulary import ReportKind


def change_record(change: Change) -> Json:
    """What happened to a guidance."""
    return {
        "sequence": change.sequence,
        "at": moment(change.at),
        "kind": change.kind,
        "id": change.uid,
    }


def report_record(kind: ReportKind) -> Json:
    """What a reader reported, as it was taken."""
    return {"kind": kind.value}


def statistics(counts: Counts, lenders: dict[str, int], topics: dict[str, int]) -> Json:
    """How much is stored."""
    return {
        "pages": counts.pages,
        "guidance": counts.shown,
        "clusters": counts.clusters,
        "versions": counts.versions,
        "rejected": [{"reason": reason, "count": number} for reason, number in counts.rejected],
        "lenders": len(lenders),
        "topics": [{"id": key, "count": number} for key, number in sorted(topics.items())],
    }


def changes_record(changes: Sequence[Change], version: int) -> Json:
    """What happened, oldest first; ``version`` is where to ask from the next time."""
    return {"items": [change_record(one) for one in changes], "version": version}


def checked_text(citations: Sequence[Citation], on: date) -> Json:
    """What a text cites, judged on one day."""
    return {
        "judged_on": on.isoformat(),
        "citations": [citation_record(one) for one in citations],
        "citation_summary": citation_summary(citations),
    }


def lookup_record(
    urls: Sequence[tuple[str, str | None]], lenders: Sequence[tuple[str, Sequence[str]]]
) -> Json:
    """The guidance of each asked address and lender, in the order of asking."""
    return {
        "urls": [{"url": url, "guidance": guidance} for url, guidance in urls],
        "lenders": [{"id": one, "guidance": list(guidance)} for one, guidance in lenders],
    }
