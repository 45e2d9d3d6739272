"""Finds phone numbers and tells the few that are verified from all the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.citations.numbers import (
    JOINT,
    has_cue,
    is_called,
    is_counted,
    is_cued_number,
    is_numbered,
)
from crawler.citations.words import Words
from crawler.model import Contact, ContactStatus
from crawler.text import fold
from crawler.vocabulary import References, Trust

# Begins with one class of signs, which the engine looks for seven times as fast as for a choice.
_RUN = re.compile(
    r"[+(0-9](?:(?<=[0-9])|(?<=\()\d|(?<=\+)\d{1,3}[- ]?\(?\d)(?:(?:[-) –—]{0,3}|\.)\d){2,}"
)
"""A parenthesis opens an area code only: what is in one behind a number are its hours."""

_DOTTED = re.compile(r"1[3-9]\d\.\d{4}\.\d{4}|[48]00\.\d{3}\.\d{4}|0\d{2,3}\.\d{4}\.?\d{4}")
"""Numbers in groups between dots; of other digits they are decimals, dates and versions."""

_SPACED = re.compile(r"\d(?: \d)+")
_NOT_DIGIT = re.compile(r"\D")
_PIECE = re.compile(r"[^ ]+")
_DASHES = str.maketrans("–—", "--")
_JOINTS = re.compile(r"[ -]+")

# The shapes of numbers in use in mainland China (MIIT's numbering plan), without spaces.
_MOBILE = re.compile(r"(?:(?:\+|00)?86-?)?1-?[3-9](?:-?\d){9}")
_TOLL_FREE = re.compile(r"[48]00-?(?:\d-?){6}\d(?:-\d{1,5})?|[48]00\d-\d{4}-\d{2}")
_SERVICE = re.compile(r"1010-?\d{4}|95\d{3}-?\d{0,3}|96\d{3,4}|100\d{2}(?:11)?|106\d{5,17}")
_SENDER = re.compile(r"106[589]\d{7,}")
"""A sender of short messages, with so many digits that it counts nothing."""

_SHORT = re.compile(r"12\d{3}|116\d{3}|11[04]|119|12[02]")
_LANDLINE = re.compile(
    r"(?:(?:\+|00)?86-?)?\(?(?:0?10|0?2\d|0?[3-9]\d{2})\)?-?[1-9]\d{2,3}-?\d{4}(?:-\d{1,5})?"
)
_AREA_SHORT = re.compile(r"\(?0(?:10|2\d|[3-9]\d{2})\)?-?(12\d{3}|9[56]\d{3,4})")
_ABROAD = re.compile(
    r"(?:\+\d{1,3}-?|00(?:1|44|6[05]|8[126]|85[235]|886)-)\d{2,4}-?\d{3,4}(?:-?\d{1,4})?"
)
_LOCAL = re.compile(r"[2-8]\d{2,3}-?\d{4}")
_SHAPES = re.compile(
    "|".join(
        shape.pattern
        for shape in (
            *(_MOBILE, _TOLL_FREE, _SERVICE, _SHORT),
            *(_LANDLINE, _AREA_SHORT, _ABROAD, _LOCAL),
        )
    )
)
_CARD_GROUPS = re.compile(r"\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,4})?")

_MOST_GROUPS = 6
"""No number is written in more groups between spaces (+86 10 8888 88 88)."""

_COUNTED = 8
"""Up to so many digits may also be an amount, so the unit behind them decides."""

_LEAST_WHOLE = 7
"""Digits of a number that is more than the tail of one (尾号12315)."""

_BEFORE = re.compile(r"(?:[\w@#=&%*¥$]|(?<!\.)\.|[a-z][/.-])$", re.ASCII)
_LETTERED = re.compile(r"(?:tel|phone|mobile|call|vx|wx|\bv)$", re.ASCII)
_AFTER = re.compile(
    r"[a-z_@%*]|\.[a-z\d]|:\d\d|/\d{1,2}(?:/|\D)|年(?!中)|元(?!旦)|万(?![达能])", re.ASCII
)
_LISTED = re.compile(r"[、,/或和及与 ]{1,2}")


class ContactFinder:
    """Finds every phone number of a text.

    Verified are the current public hotlines and the lenders' numbers that were checked;
    a number is never verified by what the text says about it.
    """

    def __init__(self, references: References) -> None:
        self._words = Words(references.citation_words)
        owners: dict[str, str] = {}
        for lender in references.lexicon.lenders:
            if lender.hotline:
                owners[_digits(lender.hotline)] = lender.name
        for hotline in references.hotlines:
            if hotline.status == "current" and hotline.provenance.trust is not Trust.DOUBTFUL:
                owners[hotline.number] = hotline.operator
        self._owners = owners
        hotlines = (hotline.number for hotline in references.hotlines)
        self._hotlines = frozenset(number for number in hotlines if not _is_sure(number))

    def find_contacts(self, text: str) -> tuple[Contact, ...]:
        """The phone numbers in ``text`` in order, none overlapping another. Never raises."""
        folded = fold(text)
        found: list[Contact] = []
        last = 0
        for run in _RUN.finditer(folded.text):
            listed = last > 0 and _LISTED.fullmatch(folded.text, last, run.start()) is not None
            for start, end in self._numbers(folded.text, *run.span(), listed=listed):
                last = end
                number = folded.text[start:end].translate(_DASHES)
                owner = self._owner(number)
                status = ContactStatus.VERIFIED if owner else ContactStatus.UNVERIFIED
                found.append(Contact(number, status, *folded.span(start, end), owner))
        return tuple(found)

    def _owner(self, number: str) -> str | None:
        digits = _digits(number)
        with_area = _AREA_SHORT.fullmatch(_JOINTS.sub("-", number))
        return self._owners.get(with_area[1] if with_area else digits)

    def _numbers(
        self, text: str, start: int, end: int, *, listed: bool
    ) -> Iterator[tuple[int, int]]:
        """The phone numbers within one run of digits, dashes, parentheses and spaces.

        ``listed`` tells that the run continues a list of phone numbers.
        """
        if not self._is_apart(text, start, end) or _CARD_GROUPS.fullmatch(text, start, end):
            return
        if text[start] == "(" and ")" not in text[start:end]:
            start += 1  # it closes behind the number
        if text.startswith("区号+", start - 2):
            start += 1  # no country's code
        pieces = [(start, end)]
        if " " in text[start:end] and not _SPACED.fullmatch(text, start, end):  # 1 3 8 0 …
            pieces = [piece.span() for piece in _PIECE.finditer(text, start, end)]
        first = 0
        while first < len(pieces):
            for last in range(min(first + _MOST_GROUPS, len(pieces)), first, -1):
                span = pieces[first][0], pieces[last - 1][1]
                if self._is_phone(text, *span, listed=listed):
                    yield span
                    first = last
                    break
            else:
                first += 1

    def _is_apart(self, text: str, start: int, end: int) -> bool:
        """Whether the run is no part of an address, a decimal, a date or a masked number."""
        before = text[max(0, start - 8) : start]
        opened = text[start] == "("  # its main number stands before: 010-88881234(13812345678)
        joined = not opened and _BEFORE.search(before[-JOINT:]) and not _LETTERED.search(before)
        return not (joined or _AFTER.match(text, end))

    def _is_phone(self, text: str, start: int, end: int, *, listed: bool) -> bool:
        spaced = _SPACED.fullmatch(text, start, end)
        number = _JOINTS.sub("" if spaced else "-", text[start:end].translate(_DASHES))
        if "." in number:
            if _DOTTED.fullmatch(number) is None:
                return False
            number = number.replace(".", "-")
        is_hotline = number in self._hotlines
        if not is_hotline and not _SHAPES.fullmatch(number):
            return False  # years, amounts, provisions: before the words around are looked at
        if len(_digits(number)) < _LEAST_WHOLE and has_cue("tail_cues", text, start, self._words):
            return False
        if is_hotline:
            return is_called(text, start, end, self._words)
        if is_numbered(text, start, end) or is_cued_number(
            "number_cues", text, start, end, self._words
        ):
            return False
        if _is_sure(number):
            return True
        counted = is_counted(text, end, self._words) or text[start - 1 : start] == "第"
        if counted and len(_digits(number)) <= _COUNTED:
            return False
        if _AREA_SHORT.fullmatch(number):
            return True
        cued = (
            listed
            or has_cue("phone_cues", text, start, self._words)
            or self._words.starts("call_cues_after", text, end)
        )
        if _SERVICE.fullmatch(number):
            return cued or number.startswith(("95", "1010", "10086", "10010"))
        return cued and bool(_SHORT.fullmatch(number) or _LOCAL.fullmatch(number))


def _is_sure(number: str) -> bool:
    """Whether the shape alone tells a phone number from an amount."""
    shapes = (_MOBILE, _TOLL_FREE, _ABROAD, _SENDER)
    return any(shape.fullmatch(number) for shape in shapes) or _is_landline(number)


def _is_landline(number: str) -> bool:
    """Whether this is an area code and a number; without 0 the code needs parentheses or 86."""
    if _LANDLINE.fullmatch(number) is None:
        return False
    return number.startswith(("0", "(0", "+86", "86-"))


def _digits(number: str) -> str:
    return _NOT_DIGIT.sub("", number)
