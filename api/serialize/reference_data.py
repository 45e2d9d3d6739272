"""Lenders, topics and statutes as JSON."""

from __future__ import annotations

from api.knowledge import Services
from api.serialize.basics import Json, day, provenance, topic_reference
from api.serialize.house import house_item
from crawler.vocabulary import Lender, Statute, Topic, Trust

_UNKNOWN_LICENCE = "unknown_or_defunct"


def lender_item(lender: Lender, guidance: int) -> Json:
    """A lender as it stands in the list of lenders; what is doubtful is left out."""
    certain = lender.provenance.trust is not Trust.DOUBTFUL
    return {
        "id": lender.id,
        "name": lender.name,
        "aliases": list(lender.aliases),
        "kind": lender.kind.value,
        "licence": lender.licence if certain else _UNKNOWN_LICENCE,
        "status": lender.status,
        "operator": lender.operator if certain and lender.operator_verified else None,
        "hotline": lender.hotline if certain else None,
        "domains": list(lender.domains),
        "guidance": guidance,
    }


def lender_record(lender: Lender, topics: dict[str, int], guidance: int, known: Services) -> Json:
    """One lender with its guidance by topic, and the house's guidance that leads it."""
    return {
        **lender_item(lender, guidance),
        "topics": [
            {**topic_reference(one, known), "guidance": count} for one, count in topics.items()
        ],
        "house": [house_item(one, known) for one in known.house.values()],
        "provenance": provenance(lender.provenance),
    }


def topic_item(topic: Topic, guidance: int) -> Json:
    """A topic as it stands in the list of topics."""
    return {
        "id": topic.id,
        "name": topic.name,
        "name_en": topic.name_en,
        "severity": topic.severity,
        "moment": topic.moment,
        "questions": list(topic.questions),
        "guidance": guidance,
    }


def statute_item(statute: Statute) -> Json:
    """A statute as it stands in the list of statutes."""
    return {
        "id": statute.id,
        "title": statute.title,
        "aliases": list(statute.aliases),
        "issuer": statute.issuer,
        "number": statute.number,
        "level": statute.level,
        "status": statute.status,
        "issued": day(statute.issued),
        "effective": day(statute.effective),
        "ended": day(statute.ended),
        "successors": list(statute.successors),
        "doubtful": statute.provenance.trust is Trust.DOUBTFUL,
    }


def statute_record(statute: Statute) -> Json:
    """One statute with its provisions and where they went."""
    return {
        **statute_item(statute),
        "predecessors": list(statute.predecessors),
        "summary": statute.summary,
        "limits": statute.limits,
        "key_provisions": [
            {"number": number, "topic": topic, "gist": gist}
            for number, topic, gist in statute.key_provisions
        ],
        "provision_map": [
            {"successor": successor, "provisions": [{"old": old, "new": new} for old, new in pairs]}
            for successor, pairs in statute.provision_map
        ],
        "provenance": provenance(statute.provenance),
    }
