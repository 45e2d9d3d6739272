"""Hides the digits of phone numbers that nobody has verified, wherever they stand.

Every digit becomes a dot, so that all offsets into the text stay as they were.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from crawler.model import Block, Contact, ContactStatus, Link

DOT = "•"
_WEB = ("https://", "http://")  # tel: and sms: links would dial what nobody verified
_FEWEST = 3  # digits; shorter sequences are no phone number
_BETWEEN = r"[\W_]{0,3}"  # spaces, dashes, brackets and the like between two digits


class Mask:
    """Masks the unverified numbers of one article in any of its texts."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        hidden = {_digits(one.number) for one in contacts if one.status is _UNVERIFIED}
        self._numbers = sorted((one for one in hidden if len(one) >= _FEWEST), key=len)[::-1]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self._numbers:
            return None
        return re.compile("|".join(_BETWEEN.join(number) for number in self._numbers))

    def text(self, text: str) -> str:
        """The text with a dot for each digit of an unverified number; its length is kept."""
        if self._pattern is None or not text:
            return text
        plain = "".join(_plain_digit(character) for character in text)
        masked = list(text)
        for match in self._pattern.finditer(plain):
            for at in range(match.start(), match.end()):
                if plain[at].isdigit():
                    masked[at] = DOT
        return "".join(masked)

    def optional(self, text: str | None) -> str | None:
        """The masked text; ``None`` stays ``None``."""
        return None if text is None else self.text(text)

    def block(self, block: Block) -> Block:
        """The block masked, with the links to web pages that do not hold a number."""
        links = tuple(
            Link(self.text(link.text), link.url)
            for link in block.links
            if link.url.startswith(_WEB) and self.text(link.url) == link.url
        )
        return replace(block, text=self.text(block.text), links=links)


_UNVERIFIED = ContactStatus.UNVERIFIED


def _plain_digit(character: str) -> str:
    if character.isascii():
        return character
    value = unicodedata.digit(character, None)
    return character if value is None else str(value)


def _digits(number: str) -> str:
    return "".join(one for one in map(_plain_digit, number) if one.isdigit())
