"""Articles' parts as JSON for the store's columns, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

from crawler.model import (
    Block,
    BlockType,
    Citation,
    CitationKind,
    CitationStatus,
    Contact,
    ContactStatus,
    Link,
    Mention,
    RemovalReason,
    Removed,
)

# Rows of JSON: short lists rather than objects, since they are most of the database.
Json = list[Any]


def encode_blocks(blocks: tuple[Block, ...]) -> Json:
    """The JSON of ``blocks``, in order."""
    return [_encode_block(block) for block in blocks]


def decode_blocks(rows: Json) -> tuple[Block, ...]:
    """The blocks that ``encode_blocks`` was given."""
    return tuple(_decode_block(row) for row in rows)


def encode_removed(removed: tuple[Removed, ...]) -> Json:
    """The JSON of ``removed``, in order."""
    return [[one.reason.value, one.position, _encode_block(one.block)] for one in removed]


def decode_removed(rows: Json) -> tuple[Removed, ...]:
    """The removed blocks that ``encode_removed`` was given."""
    return tuple(
        Removed(RemovalReason(reason), _decode_block(block), position)
        for reason, position, block in rows
    )


def encode_mentions(mentions: tuple[Mention, ...]) -> Json:
    """The JSON of ``mentions``, in order."""
    return [[one.lender, one.surface, one.start, one.end, one.about] for one in mentions]


def decode_mentions(rows: Json) -> tuple[Mention, ...]:
    """The mentions that ``encode_mentions`` was given."""
    return tuple(Mention(*row) for row in rows)


def encode_citations(citations: tuple[Citation, ...]) -> Json:
    """The JSON of ``citations``, in order."""
    return [
        [
            one.text,
            one.kind.value,
            one.status.value,
            one.start,
            one.end,
            one.target,
            one.provision,
            one.successor,
            one.since.isoformat() if one.since else None,
            one.valid_when_published,
            one.note,
        ]
        for one in citations
    ]


def decode_citations(rows: Json) -> tuple[Citation, ...]:
    """The citations that ``encode_citations`` was given."""
    return tuple(
        Citation(
            text,
            CitationKind(kind),
            CitationStatus(status),
            start,
            end,
            target,
            provision,
            successor,
            date.fromisoformat(since) if since else None,
            valid,
            note,
        )
        for text, kind, status, start, end, target, provision, successor, since, valid, note in rows
    )


def encode_contacts(contacts: tuple[Contact, ...]) -> Json:
    """The JSON of ``contacts``, in order."""
    return [[one.number, one.status.value, one.start, one.end, one.owner] for one in contacts]


def decode_contacts(rows: Json) -> tuple[Contact, ...]:
    """The contacts that ``encode_contacts`` was given."""
    return tuple(
        Contact(number, ContactStatus(status), start, end, owner)
        for number, status, start, end, owner in rows
    )


def _encode_block(block: Block) -> Json:
    row: Json = [block.type.value, block.text, block.level]
    if block.links:
        row.append([[link.text, link.url] for link in block.links])
    return row


def _decode_block(row: Json) -> Block:
    links = tuple(Link(text, url) for text, url in row[3]) if len(row) > 3 else ()
    return Block(BlockType(row[0]), row[1], links, row[2])
