"""Records as JSON: the only place that spells the API's field names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from api.knowledge import Services
from api.masking import Mask
from api.snippets import Snippet
from crawler.model import Block, Citation, CitationStatus, Contact, ContactStatus, Mention
from crawler.store import ListedPage, StoredPage
from crawler.store.reads import Change, Counts, Version
from crawler.store.search import Facets
from crawler.vocabulary import Hotline, Lender, Provenance, Statute, Topic, Trust

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was recognised in a guidance, judged on one day.

    ``when_published`` gives the status of the citation at a span on the article's own date;
    it is empty when the article has none.
    """

    on: date
    citations: tuple[Citation, ...]
    when_published: dict[tuple[int, int], str]
    contacts: tuple[Contact, ...]
    mask: Mask


_OUTDATED = frozenset(
    {
        CitationStatus.RENAMED,
        CitationStatus.SUPERSEDED,
        CitationStatus.REPEALED,
        CitationStatus.NEVER_IN_FORCE,
        CitationStatus.MISATTRIBUTED,
    }
)


def is_outdated(citation: Citation) -> bool:
    """Whether a reader should not rely on what is cited, as it is cited."""
    return citation.status in _OUTDATED


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


def lender_item(lender: Lender, guidance: int) -> Json:
    """A lender as it stands in the list of lenders."""
    return {
        "id": lender.id,
        "name": lender.name,
        "aliases": list(lender.aliases),
        "kind": lender.kind.value,
        "licence": lender.licence,
        "status": lender.status,
        "operator": lender.operator if lender.operator_verified else None,
        "hotline": lender.hotline,
        "domains": list(lender.domains),
        "guidance": guidance,
    }


def lender_record(lender: Lender, topics: Sequence[Json], guidance: int) -> Json:
    """One lender with its guidance by topic."""
    return {
        **lender_item(lender, guidance),
        "topics": list(topics),
        "provenance": provenance(lender.provenance),
    }


def provenance(origin: Provenance) -> Json:
    """Where a record's facts come from."""
    return {
        "trust": origin.trust.value,
        "doubtful": origin.trust is Trust.DOUBTFUL,
        "sources": list(origin.sources),
        "checked": origin.checked.isoformat(),
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


def guidance_item(
    page: ListedPage, known: Services, mask: Mask, citations: Iterable[Citation]
) -> Json:
    """A guidance as it stands in a list; the citations as judged when it was stored."""
    return {
        "id": page.uid,
        "title": mask.optional(page.title),
        "summary": mask.text(page.summary),
        "published": _day(page.published),
        "fetched_at": moment(page.fetched_at),
        "url": page.url,
        "host": page.host,
        "source": page.source,
        "lenders": [lender_reference(one, known) for one in page.lenders],
        "topics": [topic_reference(one, known) for one in page.topics],
        "citation_summary": citation_summary(citations),
    }


def guidance_record(page: StoredPage, judged: Judged, known: Services) -> Json:
    """One guidance: what it says, and what holds of it on the day of the answer."""
    curated, article = page.curated, page.curated.article
    mask = judged.mask
    return {
        "id": page.uid,
        "title": mask.optional(article.title),
        "published": _day(article.published),
        "fetched_at": moment(page.fetched_at),
        "changed_at": moment(page.changed_at),
        "url": article.url,
        "host": page.host,
        "author": mask.optional(article.author),
        "source": mask.optional(article.source),
        "lenders": [lender_reference(one, known) for one in curated.lenders],
        "topics": [topic_reference(one, known) for one in curated.topics],
        "blocks": [block_record(mask.block(one)) for one in article.blocks],
        "mentions": [mention_record(one, known) for one in curated.mentions],
        "judged_on": judged.on.isoformat(),
        "citations": [
            {
                **citation_record(one, mask),
                "status_when_published": judged.when_published.get((one.start, one.end)),
            }
            for one in judged.citations
        ],
        "citation_summary": citation_summary(judged.citations),
        "contacts": [contact_record(one) for one in judged.contacts],
    }


def block_record(block: Block) -> Json:
    """A block of an article."""
    record: Json = {"type": block.type.value, "text": block.text}
    if block.level is not None:
        record["level"] = block.level
    if block.links:
        record["links"] = [{"text": link.text, "url": link.url} for link in block.links]
    return record


def mention_record(mention: Mention, known: Services) -> Json:
    """One occurrence of a lender's name; offsets count code points of the joined blocks."""
    return {
        "lender": lender_reference(mention.lender, known),
        "surface": mention.surface,
        "start": mention.start,
        "end": mention.end,
        "about": mention.about,
    }


def citation_record(citation: Citation, mask: Mask | None = None) -> Json:
    """A citation with its status."""
    return {
        "text": mask.text(citation.text) if mask else citation.text,
        "kind": citation.kind.value,
        "status": citation.status.value,
        "outdated": is_outdated(citation),
        "target": citation.target,
        "provision": citation.provision,
        "successor": citation.successor,
        "since": _day(citation.since),
        "valid_when_published": citation.valid_when_published,
        "note": citation.note,
        "start": citation.start,
        "end": citation.end,
    }


def citation_summary(citations: Iterable[Citation]) -> Json:
    """How many citations there are, and how many of them are out of date."""
    found = list(citations)
    return {"total": len(found), "outdated": sum(map(is_outdated, found))}


def contact_record(contact: Contact) -> Json:
    """A phone number; an unverified one never shows a digit."""
    verified = contact.status is ContactStatus.VERIFIED
    return {
        "number": contact.number if verified else None,
        "status": contact.status.value,
        "owner": contact.owner if verified else None,
        "start": contact.start,
        "end": contact.end,
    }


def source_record(page: ListedPage, *, representative: bool) -> Json:
    """One of the pages that say the same thing."""
    return {
        "id": page.uid,
        "url": page.url,
        "host": page.host,
        "source": page.source,
        "published": _day(page.published),
        "fetched_at": moment(page.fetched_at),
        "representative": representative,
    }


def version_record(version: Version, mask: Mask) -> Json:
    """An earlier text of a guidance."""
    return {
        "title": mask.optional(version.title),
        "published": _day(version.published),
        "seen_from": moment(version.seen_from),
        "seen_until": moment(version.seen_until),
        "blocks": [block_record(mask.block(one)) for one in version.blocks],
    }


def hit_record(item: Json, snippet: Snippet, title: Sequence[tuple[int, int]]) -> Json:
    """A guidance that was found, with the passage that matched."""
    return {
        **item,
        "title_highlights": [list(span) for span in title],
        "snippet": {
            "text": snippet.text,
            "highlights": [list(span) for span in snippet.highlights],
        },
    }


def search_record(
    part: Json, lenders: Sequence[str], corrected: Sequence[str], known: Services
) -> Json:
    """What was found, the lenders that the query names, and how its terms were corrected."""
    return {
        **part,
        "lenders": [lender_reference(one, known) for one in lenders],
        "corrected": list(corrected),
    }


def facets_record(facets: Facets | None, known: Services) -> Json:
    """Counts of what a query finds."""
    lenders = facets.lenders if facets else ()
    topics = facets.topics if facets else ()
    return {
        "total": facets.total if facets else 0,
        "complete": facets.complete if facets else True,
        "lenders": [{**lender_reference(one, known), "guidance": count} for one, count in lenders],
        "topics": [{**topic_reference(one, known), "guidance": count} for one, count in topics],
    }


def suggestions(lenders: Sequence[tuple[str, str]], topics: Sequence[str], known: Services) -> Json:
    """What may be meant by the start of a query; ``surface`` is the name that matched."""
    return {
        "lenders": [
            {**lender_reference(one, known), "surface": surface} for one, surface in lenders
        ],
        "topics": [topic_reference(one, known) for one in topics],
    }


def sibling_record(page: ListedPage, known: Services, mask: Mask) -> Json:
    """The same question for other lenders."""
    return {
        "id": page.uid,
        "title": mask.optional(page.title),
        "lenders": [lender_reference(one, known) for one in page.lenders],
    }


def guidance_company(
    sources: Sequence[Json], versions: Sequence[Json], siblings: Sequence[Json]
) -> Json:
    """What stands beside a guidance: its copies, earlier texts and siblings."""
    return {"sources": list(sources), "versions": list(versions), "siblings": list(siblings)}


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
        "issued": _day(statute.issued),
        "effective": _day(statute.effective),
        "ended": _day(statute.ended),
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


def hotline_record(hotline: Hotline) -> Json:
    """A public hotline."""
    return {
        "number": hotline.number,
        "name": hotline.name,
        "operator": hotline.operator,
        "accepts": hotline.accepts,
        "does_not_accept": hotline.does_not_accept,
        "hours": hotline.hours,
        "provenance": provenance(hotline.provenance),
    }


def change_record(change: Change) -> Json:
    """What happened to a guidance."""
    return {
        "sequence": change.sequence,
        "at": moment(change.at),
        "kind": change.kind,
        "id": change.uid,
    }


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


def moment(value: datetime) -> str:
    """A point in time in UTC, to the second."""
    return value.strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
