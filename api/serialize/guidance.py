"""Curated guidance as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from api.knowledge import Services
from api.masking import Mask
from api.serialize.basics import Json, day, lender_reference, moment, topic_reference
from crawler.citations import ANNOTATED
from crawler.model import Block, Citation, CitationStatus, Contact, ContactStatus, Mention
from crawler.store import ListedPage, StoredPage
from crawler.store.records import Version

_OUTDATED = frozenset(
    {
        CitationStatus.RENAMED,
        CitationStatus.SUPERSEDED,
        CitationStatus.REPEALED,
        CitationStatus.NEVER_IN_FORCE,
        CitationStatus.MISATTRIBUTED,
    }
)


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


def is_outdated(citation: Citation) -> bool:
    """Whether a reader should not rely on what is cited and the text does not say so itself."""
    return citation.status in _OUTDATED and citation.note != ANNOTATED


def guidance_item(
    page: ListedPage, known: Services, mask: Mask, citations: Iterable[Citation]
) -> Json:
    """A guidance as it stands in a list; the citations as judged today."""
    return {
        "id": page.uid,
        "title": mask.optional(page.title),
        "summary": mask.text(page.summary),
        "published": day(page.published),
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
        "published": day(article.published),
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
        "since": day(citation.since),
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


def source_record(
    page: ListedPage, differences: tuple[int, int] | None, *, representative: bool
) -> Json:
    """One of the pages that say the same thing.

    ``differences`` are the lines that only this page and that only the shown one has;
    ``None`` for the shown page itself and where they were not counted.
    """
    extra, missing = differences or (None, None)
    return {
        "id": page.uid,
        "url": page.url,
        "host": page.host,
        "source": page.source,
        "published": day(page.published),
        "fetched_at": moment(page.fetched_at),
        "extra_lines": extra,
        "missing_lines": missing,
        "representative": representative,
    }


def version_record(version: Version, mask: Mask) -> Json:
    """An earlier text of a guidance."""
    return {
        "title": mask.optional(version.title),
        "published": day(version.published),
        "seen_from": moment(version.seen_from),
        "seen_until": moment(version.seen_until),
        "blocks": [block_record(mask.block(one)) for one in version.blocks],
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
