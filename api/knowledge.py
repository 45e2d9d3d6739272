"""What the service knows besides the store: the reference data, ready to be looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast

from flask import Flask, current_app

from api.board import Board
from api.config import ApiConfig
from api.db import Database
from api.masking import Mask
from api.names import LenderNames
from api.queries import QueryReader
from api.responses import Body
from api.synonyms import load_synonyms
from api.turns import find_turns
from crawler.citations import CitationFinder
from crawler.contacts import ContactFinder
from crawler.model import CHINA, Contact
from crawler.seeds import load_guidance, load_labels
from crawler.store import Reader
from crawler.topics import TopicClassifier
from crawler.vocabulary import (
    HouseGuidance,
    Label,
    Lender,
    Provenance,
    References,
    Statute,
    Topic,
)

EXTENSION = "zhiquan"


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a view needs, made once for each application."""

    config: ApiConfig
    database: Database
    references: References
    lenders: dict[str, Lender]
    topics: dict[str, Topic]
    statutes: dict[str, Statute]
    origins: dict[str, Provenance]  # of what a citation can lead to, by its target
    house: dict[str, HouseGuidance]  # by topic, the gravest first
    labels: dict[str, dict[str, Label]]  # closed set, value
    citations: CitationFinder
    turns: tuple[date, ...]  # days on which what is cited changes its status
    contacts: ContactFinder
    classifier: TopicClassifier
    names: LenderNames
    queries: QueryReader
    board: Board
    today: Callable[[], date]

    def answer(self, build: Callable[[Reader], Body]) -> Body:
        """What ``build`` makes of the store; its reads all see the same state."""
        with self.database.reading() as reader:
            return build(reader)

    def mask(self, texts: Iterable[str | None], contacts: Iterable[Contact] = ()) -> Mask:
        """Hides the unverified numbers among ``contacts`` and in ``texts``."""
        found = [one for text in texts if text for one in self.contacts.find_contacts(text)]
        return Mask([*contacts, *found])


def china_today() -> date:
    """Today's date in China, where the law's dates count."""
    return datetime.now(UTC).astimezone(CHINA).date()


def install(app: Flask, config: ApiConfig, references: References, board: Board) -> None:
    """Give the application its services."""
    names = LenderNames(references.lexicon)
    app.extensions[EXTENSION] = Services(
        config,
        Database(config.database_url),
        references,
        {one.id: one for one in references.lexicon.lenders},
        {one.id: one for one in references.topics},
        {one.id: one for one in references.statutes},
        _origins(references),
        _house_by_gravity(references, load_guidance(config.seeds)),
        load_labels(config.seeds),
        CitationFinder(references),
        find_turns(references),
        ContactFinder(references),
        TopicClassifier(references),
        names,
        QueryReader(names, load_synonyms(config.seeds)),
        board,
        china_today,
    )


def _origins(references: References) -> dict[str, Provenance]:
    groups = references.statutes, references.phantoms, references.regulators
    named = {one.id: one.provenance for group in groups for one in group}
    return named | {one.number: one.provenance for one in references.hotlines}


def _house_by_gravity(
    references: References, guidance: Sequence[HouseGuidance]
) -> dict[str, HouseGuidance]:
    by_topic = {one.topic: one for one in guidance}
    ordered = sorted(references.topics, key=lambda one: -one.severity)
    return {one.id: by_topic[one.id] for one in ordered if one.id in by_topic}


def installed(app: Flask) -> Services:
    """The services of ``app``."""
    return cast(Services, app.extensions[EXTENSION])


def services() -> Services:
    """The running application's services."""
    return cast(Services, current_app.extensions[EXTENSION])
