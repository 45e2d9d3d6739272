"""Every surface that may be a citation, and what it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from crawler.citations.documents import DocumentNumbers
from crawler.citations.provisions import spoken
from crawler.citations.titles import find_subject, normal_title
from crawler.citations.words import Words
from crawler.model import CitationStatus
from crawler.text import fold
from crawler.vocabulary import FormerName, Hotline, Phantom, References, Regulator, Statute


class AnchorKind(IntEnum):
    """What a surface is; where one surface has several meanings the lower value wins."""

    PHANTOM = 0
    STATUTE = 1
    REGULATOR = 2
    HOTLINE = 3
    DOCUMENT = 4
    OTHER_LAW = 5
    OPENING = 6
    BACK = 7


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a surface stands for; exactly the field of its kind is set.

    ``statutes`` are all versions of one title, oldest first. ``guarded`` surfaces count
    only in 《》, after a lead-in word or with a provision; a guarded rule only among words
    of law. ``endings`` are those of the titles that words like 该法 may point back at.
    """

    kind: AnchorKind
    statutes: tuple[Statute, ...] = ()
    phantom: Phantom | None = None
    regulator: Regulator | None = None
    former: FormerName | None = None
    hotline: Hotline | None = None
    guarded: bool = False
    endings: tuple[str, ...] = ()


class Names:
    """All surfaces, and the titles by their normal form."""

    def __init__(self, references: References, words: Words) -> None:
        self.surfaces: dict[str, Anchor] = {}
        self.titles: dict[str, Anchor] = {}
        self.documents = DocumentNumbers(
            references.statutes, references.phantoms, references.regulators
        )
        for phantom in references.phantoms:
            self._add_phantom(phantom, words)
        versions = tuple(_versions(references.statutes))
        for statutes in versions:
            self._add_statutes(statutes)
        for statutes in versions:
            self._add_subjects(statutes)
        for regulator in references.regulators:
            if not regulator.general:
                self._add_regulator(regulator, words)
        for hotline in references.hotlines:
            self._add(hotline.number, Anchor(AnchorKind.HOTLINE, hotline=hotline))
        for code in (*words.group("document_codes"), *self.documents.issuers):
            self._add(code, Anchor(AnchorKind.DOCUMENT))
        for law in words.group("other_laws"):
            self._add(law, Anchor(AnchorKind.OTHER_LAW))
        self._add("《", Anchor(AnchorKind.OPENING))
        for word, endings, guarded in words.back_references():
            self._add(word, Anchor(AnchorKind.BACK, endings=endings, guarded=guarded))

    def _add(self, surface: str, anchor: Anchor) -> None:
        key = fold(surface).text
        known = self.surfaces.get(key)
        if key and (known is None or anchor.kind < known.kind):
            self.surfaces[key] = anchor

    def _add_title(self, title: str, anchor: Anchor) -> None:
        key = normal_title(fold(title).text)
        known = self.titles.get(key)
        if known is None or anchor.kind < known.kind:
            self.titles[key] = anchor

    def _add_phantom(self, phantom: Phantom, words: Words) -> None:
        """Phantoms that look like a citation, and rules that once held.

        Other false statements are no references and are left to the reader's own eye.
        """
        is_rule = phantom.status == CitationStatus.SUPERSEDED
        if phantom.kind != "citation" and not is_rule:
            return
        anchor = Anchor(AnchorKind.PHANTOM, phantom=phantom)
        for name in (phantom.name, *phantom.aliases):
            for surface in _provision_spellings(name):
                self._add(surface, anchor)
            if phantom.kind == "citation":
                self._add_title(name, anchor)
        for surface in words.rule(phantom.id):
            self._add(surface, Anchor(AnchorKind.PHANTOM, phantom=phantom, guarded=True))

    def _add_statutes(self, statutes: tuple[Statute, ...]) -> None:
        open_anchor = Anchor(AnchorKind.STATUTE, statutes=statutes)
        guarded = Anchor(AnchorKind.STATUTE, statutes=statutes, guarded=True)
        for statute in statutes:
            for name in (statute.title, *statute.aliases):
                self._add_title(name, open_anchor)
                if name.endswith(_INTERPRETATION):
                    self._add(
                        f"{name.removesuffix(_INTERPRETATION)}的{_INTERPRETATION}", open_anchor
                    )
                for inner in _INNER_BRACKETS:
                    self._add(name.translate(inner), open_anchor)
                short = normal_title(fold(name).text)
                if short != fold(name).text and len(short) >= SHORTEST_CORE:
                    self._add(short, open_anchor)
            for number in statute.document_numbers:
                if not self.documents.is_number(number):  # a standard's number: GB/T 45251
                    self._add(number, open_anchor)
                    self._add(number.replace(" ", ""), open_anchor)
            for name in statute.guarded_aliases:
                self._add_title(name, open_anchor)
                self._add(name, guarded)

    def _add_subjects(self, statutes: tuple[Statute, ...]) -> None:
        """What titles such as 关于…的通知 are about, which alone may stand for them in brackets."""
        anchor = Anchor(AnchorKind.STATUTE, statutes=statutes, guarded=True)
        for statute in statutes:
            for name in (statute.title, *statute.aliases):
                subject = find_subject(fold(name).text)
                for one in (subject, f"关于{subject}") if subject else ():
                    if normal_title(one) not in self.titles:
                        self.titles[normal_title(one)] = anchor
                if subject:
                    self.surfaces.setdefault(f"关于{subject}", anchor)

    def _add_regulator(self, regulator: Regulator, words: Words) -> None:
        present = Anchor(AnchorKind.REGULATOR, regulator=regulator)
        names = (regulator.name, regulator.short, *regulator.aliases)
        for name in (*names, *words.also_called(regulator.name)):
            self._add(name, present)
        for former in regulator.former:
            anchor = Anchor(AnchorKind.REGULATOR, regulator=regulator, former=former)
            for name in (former.name, *former.aliases, *words.also_called(former.name)):
                self._add(name, anchor)


_INNER_BRACKETS: tuple[dict[int, int], ...] = (
    {},
    str.maketrans("《》", "〈〉"),
    str.maketrans("《》", "<>"),
)
"""A title inside a title, as bare text and as within other brackets write it."""

_INTERPRETATION = "司法解释"  # 民间借贷司法解释 is also said 民间借贷的司法解释

SHORTEST_CORE = 3
"""A title without 中华人民共和国 or issuer must keep this many code points (合同法)."""


def _versions(statutes: Iterable[Statute]) -> Iterator[tuple[Statute, ...]]:
    """Statutes grouped by equal title, each group oldest first, unknown dates first."""
    groups: dict[str, list[Statute]] = {}
    for statute in statutes:
        groups.setdefault(statute.title, []).append(statute)
    for group in groups.values():
        yield tuple(sorted(group, key=lambda one: (str(one.effective or ""), one.id)))


def _provision_spellings(name: str) -> tuple[str, ...]:
    """The name, and when it ends in a bare number and 条 its other spelling with 第."""
    if not name.endswith("条"):
        return (name,)
    stem = name[:-1].rstrip("0123456789")
    number = name[len(stem) : -1]
    if not number or stem.endswith("第"):
        return (name,)
    return (name, stem + spoken(number), f"{stem}第{chinese(int(number))}条")


def chinese(number: int) -> str:
    """A number below 1,000 in Chinese numerals: 196 is 一百九十六."""
    digits = "〇一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")
