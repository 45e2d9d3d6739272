"""Document numbers (文号): 法释〔2020〕17号, 银监会令2011年第2号, 国务院令第631号.

A document number identifies an instrument for ever: whatever has become of its issuer, it
is never out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.citations.provisions import parse_number
from crawler.model import CitationStatus
from crawler.text import fold
from crawler.vocabulary import Phantom, Regulator, Statute

_NUMBER = r"(\d{1,4}|[〇○零一二三四五六七八九十百]{1,7})"
_YEAR = r"[〔\[(【<〈]?((?:19|20)\d{2})[〕\])】>〉]?"
_BODY = re.compile(
    rf"(?:\({_YEAR}年?(?:第)? ?{_NUMBER} ?号\)"
    rf"|{_YEAR}年?(?:第)? ?{_NUMBER} ?号(?:令|公告|文(?!件))?|第{_NUMBER}号令?)"
)
_ORDER = re.compile(rf"{_NUMBER}号(?:令|文(?!件))")
_BARE_ORDER = re.compile(rf"{_NUMBER}号令?")
_OFFICE = re.compile(
    r"(?:办公厅|办)?(?:(?:公告|通告|令)(?:,(?=(?:19|20)\d{2}年第))?"
    r"|办发|办函|办便函|罚决字|罚字|发|规|函|便函|通|字)?"
)
_WRITTEN = re.compile(rf"^(.*?)(?:{_YEAR}年?(?:第)?{_NUMBER}号|第{_NUMBER}号)$")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """Where a document number ends, and the statute or phantom it identifies, if known.

    ``living`` tells that an instrument in force bears the number, maybe another than ``statute``.
    """

    end: int
    statute: Statute | None = None
    phantom: Phantom | None = None
    living: bool = False


class DocumentNumbers:
    """The document numbers of the reference data."""

    def __init__(
        self,
        statutes: Iterable[Statute],
        phantoms: Iterable[Phantom],
        regulators: Iterable[Regulator],
    ) -> None:
        self._official = _official_names(regulators)
        self._known: dict[tuple[str, str, int], Statute] = {}
        self._phantoms: dict[tuple[str, str, int], Phantom] = {}
        self._living: set[tuple[str, str, int]] = set()
        issuers: dict[str, None] = {}
        # An instrument's first number is its own; further ones are of what it amended.
        ranked = [
            (rank, written, statute)
            for statute in statutes
            for rank, written in enumerate(statute.document_numbers)
        ]
        for _, written, statute in sorted(ranked, key=lambda one: one[0] > 0):
            key = self._key(written)
            if key is not None:
                issuers[_issuer_as_written(written)] = None
                self._known.setdefault(key, statute)
                if statute.status == CitationStatus.CURRENT:
                    self._living.add(key)
        for phantom in phantoms:
            for written in (phantom.name, *phantom.aliases):
                key = self._key(written)
                if key is not None:
                    self._phantoms[key] = phantom
        self.issuers = tuple(issuers)

    def _key(self, written: str) -> tuple[str, str, int] | None:
        """Issuer, year ("" when there is none) and number; ``None`` for another text."""
        found = _WRITTEN.match(fold(written).text)
        if found is None or not found[1]:
            return None
        issuer = _bare(found[1].removesuffix("令"))
        number = found[3] or found[4]
        return self._official.get(issuer, issuer), found[2] or "", parse_number(number)

    def is_number(self, written: str) -> bool:
        """Whether the text is written like a document number (GB/T 45251 is not)."""
        return self._key(written) is not None

    def find_after(self, text: str, start: int, end: int) -> DocumentNumber | None:
        """The document number whose issuer is the folded ``text[start:end]``.

        The issuer may be followed by the kind of document (办公厅, 令, 规). ``None`` when no
        number follows.
        """
        office = _OFFICE.match(text, end)
        after = office.end() if office else end
        body = _BODY.match(text, after)
        if body is None:
            after = end
            body = _BODY.match(text, after)
        if body is None:
            order = _BARE_ORDER if text[start:end].endswith("令") else _ORDER
            body = order.match(text, end)
        if body is None:
            return None
        number = body[0].strip("()").removesuffix("令").removesuffix("文").replace(" ", "")
        key = self._key(text[start : body.start()].rstrip(",") + number.removesuffix("公告"))
        if key is None:
            return DocumentNumber(body.end())
        statute, phantom = self._known.get(key), self._phantoms.get(key)
        return DocumentNumber(body.end(), statute, phantom, key in self._living)


def _official_names(regulators: Iterable[Regulator]) -> dict[str, str]:
    """Every name of a body, folded and without 中国 -> the official name it had then."""
    official: dict[str, str] = {}
    for regulator in regulators:
        for name in (regulator.name, regulator.short, *regulator.aliases):
            official[_bare(name)] = regulator.name
        for former in regulator.former:
            for name in (former.name, *former.aliases):
                official[_bare(name)] = former.name
    return official


def _issuer_as_written(written: str) -> str:
    found = _WRITTEN.match(fold(written).text)
    return found[1] if found else ""


def _bare(name: str) -> str:
    bare = fold(name).text.removeprefix("中华人民共和国")
    return bare.removeprefix("中国").removeprefix("国家")
