"""The desk's own words, in Chinese and English."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from flask import request, session

from api.knowledge import services
from api.reader.locale import Language, Locale
from crawler.store.audit import AuditEntry, RecurationCounts
from crawler.vocabulary import AuditKind

_COMMANDED = (AuditKind.TOKEN_MADE, AuditKind.TOKEN_REVOKED, AuditKind.RECURATION)
_LOGGED = ("decision", "rejection", "report_kind")


@dataclass(frozen=True, slots=True)
class Words:
    """One language: the desk's texts, and how the reader's pages call things."""

    texts: dict[str, Any]
    reader: Locale

    @property
    def tag(self) -> str:
        """The language as HTML's ``lang`` has it."""
        return self.reader.tag

    @property
    def language(self) -> Language:
        """Its short name."""
        return self.reader.language

    def say(self, key: str, **values: object) -> str:
        """The text with this key, its braces filled. Raises ``KeyError`` for an unknown key."""
        text: str = self.texts[key]
        return text.format(**values) if values else text

    def name(self, group: str, value: object) -> str:
        """What the value of a closed set is called; the value itself when nothing is."""
        if group not in self.texts:
            return self.reader.label(group, str(value))
        found: str = self.texts[group].get(str(value), str(value))
        return found

    def lender(self, identifier: str) -> str:
        """The lender's name."""
        lender = self.reader.known.lenders.get(identifier)
        return lender.name if lender else identifier

    def actor(self, entry: AuditEntry) -> str:
        """Who brought an event about: a token's label, or a command on the machine itself."""
        return self.say("by_command") if entry.kind in _COMMANDED else entry.label

    def entry(self, entry: AuditEntry) -> str:
        """What an entry of the log tells, with the ids of closed sets in words."""
        if entry.kind is AuditKind.RECURATION and (told := RecurationCounts.parse(entry.detail)):
            return self.say("recurated", **asdict(told))
        if entry.uid is None:
            return entry.detail
        return " ".join(map(self._word, entry.detail.split(" ")))

    def _word(self, part: str) -> str:
        for group in _LOGGED:
            if (said := self.name(group, part)) != part:
                return said
        return self.reader.topic(part) if part in self.reader.known.topics else self.lender(part)


def words() -> Words:
    """The words of the language that the curator chose."""
    language: Language = "en" if session.get("lang") == "en" else "zh"
    return Words(load_words(language), Locale(language, {}, services()))


def note_wishes() -> None:
    """Remember the language that the address asks for, and whether keys are shortcuts."""
    for name, choices in (("lang", ("zh", "en")), ("keys", ("on", "off"))):
        wanted = request.args.get(name)
        if wanted in choices:
            session[name] = wanted


@cache
def load_words(language: Language) -> dict[str, Any]:
    """The texts of a language, as they stand in the package."""
    text = files("api").joinpath("locales", f"desk_{language}.toml").read_text("utf-8")
    return tomllib.loads(text)
