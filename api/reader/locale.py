"""The pages' own words in the reader's language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from api.knowledge import Services
from crawler.vocabulary import HouseGuidance, Label, Topic

Language = Literal["zh", "en"]
TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Locale:
    """One language: its words, and how it calls what the reference data names."""

    language: Language
    texts: dict[str, str]
    known: Services

    @property
    def tag(self) -> str:
        """The language as HTML's ``lang`` has it."""
        return TAGS[self.language]

    def say(self, key: str, **values: object) -> str:
        """The text with this key, its braces filled. Raises ``KeyError`` for an unknown key."""
        text = self.texts[key]
        return text.format(**values) if values else text

    def label(self, group: str, identifier: str) -> str:
        """What the value of a closed set is called; the value itself when nothing is."""
        label = self._find(group, identifier)
        return identifier if label is None else label.en if self._english else label.zh

    def note(self, group: str, identifier: str) -> str:
        """What a reader should know of the value; empty when there is nothing."""
        label = self._find(group, identifier)
        return "" if label is None else label.note_en if self._english else label.note

    def topic(self, identifier: str) -> str:
        """What the topic is called."""
        topic: Topic | None = self.known.topics.get(identifier)
        if topic is None:
            return identifier
        # A line may break behind the dot, not before it.
        return topic.name_en if self._english else topic.name.replace("/", "\u00a0· ")

    def title(self, guidance: HouseGuidance) -> str:
        """The title of a house guidance."""
        return guidance.title_en if self._english else guidance.title

    def answer(self, guidance: HouseGuidance) -> str:
        """A house guidance in one sentence."""
        return guidance.summary_en.partition(". ")[0] + "." if self._english else guidance.answer

    @property
    def _english(self) -> bool:
        return self.language == "en"

    def _find(self, group: str, identifier: str) -> Label | None:
        return self.known.labels.get(group, {}).get(identifier)


@cache
def load_texts(language: Language) -> dict[str, str]:
    """The texts of a language, as they stand in the package."""
    text = files("api").joinpath("locales", f"{language}.toml").read_text("utf-8")
    return dict(tomllib.loads(text))
