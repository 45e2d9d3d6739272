"""The JSON line of ``extract`` and ``export``: one page, spelled as the contract says.

This is the only place of the crawler that spells JSON field names.
"""

from __future__ import annotations

from collections.abc import Mapping

from crawler.model import (
    Block,
    Citation,
    Contact,
    CuratedArticle,
    Mention,
    RejectionReason,
    Removed,
)
from crawler.vocabulary import Lexicon


def names_of(lexicon: Lexicon) -> dict[str, str]:
    """Lender id -> canonical name."""
    return {lender.id: lender.name for lender in lexicon.lenders}


def line_of(curated: CuratedArticle, names: Mapping[str, str]) -> dict[str, object]:
    """The contract's fields of one curated page; ``names`` maps lender ids to names.

    An id that ``names`` lacks stands for itself.
    """
    article = curated.article
    return {
        "page": curated.page.name,
        "url": article.url,
        "encoding": article.encoding,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "author": article.author,
        "source": article.source,
        "text": article.text,
        "blocks": [_block(block) for block in article.blocks],
        "removed": [_removed(removed) for removed in article.removed],
        "lenders": [names.get(lender, lender) for lender in curated.lenders],
        "mentions": [_mention(mention, names) for mention in curated.mentions],
        "citations": [_citation(citation) for citation in curated.citations],
        "contacts": [_contact(contact) for contact in curated.contacts],
        "topic": curated.topics[0] if curated.topics else None,
        "topics": list(curated.topics),
        "curate": curated.rejected is None,
        "rejected": curated.rejected.value if curated.rejected else None,
    }


def failure_line(
    name: str, url: str | None, error: str, rejected: RejectionReason | None
) -> dict[str, object]:
    """The line of a page that could not be read: every field of the contract, and ``error``."""
    return {
        "page": name,
        "url": url,
        "encoding": None,
        "title": None,
        "published": None,
        "author": None,
        "source": None,
        "text": "",
        "blocks": [],
        "removed": [],
        "lenders": [],
        "mentions": [],
        "citations": [],
        "contacts": [],
        "topic": None,
        "topics": [],
        "curate": False,
        "rejected": rejected.value if rejected else None,
        "error": error,
    }


def _block(block: Block) -> dict[str, object]:
    line: dict[str, object] = {"type": block.type.value, "text": block.text}
    if block.level is not None:
        line["level"] = block.level
    if block.links:
        line["links"] = [{"text": link.text, "url": link.url} for link in block.links]
    return line


def _removed(removed: Removed) -> dict[str, object]:
    line: dict[str, object] = {
        "reason": removed.reason.value,
        "text": removed.block.text,
        "position": removed.position,
    }
    if removed.block.links:
        line["links"] = [{"text": link.text, "url": link.url} for link in removed.block.links]
    return line


def _mention(mention: Mention, names: Mapping[str, str]) -> dict[str, object]:
    return {
        "lender": names.get(mention.lender, mention.lender),
        "lender_id": mention.lender,
        "surface": mention.surface,
        "start": mention.start,
        "end": mention.end,
        "about": mention.about,
    }


def _citation(citation: Citation) -> dict[str, object]:
    return {
        "text": citation.text,
        "kind": citation.kind.value,
        "status": citation.status.value,
        "successor": citation.successor,
        "since": citation.since.isoformat() if citation.since else None,
        "start": citation.start,
        "end": citation.end,
        "target": citation.target,
        "provision": citation.provision,
        "valid_when_published": citation.valid_when_published,
        "note": citation.note,
    }


def _contact(contact: Contact) -> dict[str, object]:
    return {
        "number": contact.number,
        "status": contact.status.value,
        "owner": contact.owner,
        "start": contact.start,
        "end": contact.end,
    }
