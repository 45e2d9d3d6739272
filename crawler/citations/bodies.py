"""Tells names of public bodies apart: local offices, everyday words, names already explained."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.citations.annotations import Annotations
from crawler.citations.names import Anchor, Names
from crawler.citations.places import Places
from crawler.citations.status import Judgement, judge_regulator
from crawler.citations.versions import Times
from crawler.citations.words import Words
from crawler.model import CitationKind
from crawler.text import fold
from crawler.vocabulary import Lender, Regulator

_OFFICE = re.compile(r"(?:监管局|监管分局|监管支局|保监局|银监局|监管办)")
_BLANK = re.compile(r"[×x某*○]{1,4}(?:省|市|自治区)?(?=监管|保监|银监)")
"""What stands for a place in a specimen: 国家金融监督管理总局××监管局."""

_BRANCH = re.compile(r"(?:各)?(?:中心支行|中支)")
_BARE_BRANCH = "中心支行"
_BRANCH_AROUND = 200
"""How far from 中心支行 the central bank or its credit reports may be named; a paragraph."""

_BANK_BEFORE = 8
"""Right before 中心支行 another bank's name may stand, in code points (农业银行长沙市中心支行)."""

_OPENINGS = frozenset(("", ",", "。", ";", ":", "、", "!", "?", "\n", "(", " "))
_LATIN_BEFORE = re.compile(r"[a-z0-9.@/_-]$")
_LATIN_AFTER = re.compile(r"[a-z0-9@/_-]|\.[a-z0-9]")
_NFRA, _NFRA_LOCAL, _PBOC, _LOCAL_FINANCE = "nfra", "nfra-local", "pboc", "local-fin"
_LOCAL_NAMES = {"samr": "市场监督管理局", "nfra-local": "国家金融监督管理总局派出机构"}
_HEAD = "国家金融监督管理总局"


@dataclass(frozen=True, slots=True)
class Body:
    """A body's name in folded text, with the place that belongs to it, and its judgement."""

    start: int
    end: int
    judgement: Judgement


class BodyReader:
    """Reads the name of a body around an anchor."""

    def __init__(
        self, names: Names, words: Words, places: Places, lenders: Iterable[Lender] = ()
    ) -> None:
        self._words = words
        self._leads = _leads(names, lenders)
        self._annotations = Annotations(words)
        self._places = places
        self._regulators: dict[str, Regulator] = {}
        present: dict[str, list[str]] = {}
        for surface, anchor in names.surfaces.items():
            if anchor.regulator is not None:
                self._regulators[anchor.regulator.id] = anchor.regulator
                if anchor.former is None:
                    present.setdefault(anchor.regulator.id, []).append(surface)
        self._present = {key: tuple(surfaces) for key, surfaces in present.items()}

    def read(
        self, text: str, span: tuple[int, int], anchor: Anchor, times: Times, floor: int
    ) -> Body | None:
        """The body named at ``span`` of folded text, not reaching left of ``floor``.

        ``None`` when the words are part of something else.
        """
        start, end = span
        regulator, former = anchor.regulator, anchor.former
        if regulator is None or self._is_other_word(text, start, end, regulator):
            return None
        place_start, place = self._places.find_before(text, start, floor)
        if text[start:end] == _BARE_BRANCH:
            judgement = self._judge_branch(regulator, place, times)
            return self._explained(text, Body(place_start, end, judgement), regulator)
        local = self._local_after(text, end, regulator, times)
        if local is not None:
            office = self._regulators[local.judgement.target or regulator.id]
            return self._explained(text, Body(start, local.end, local.judgement), office)
        if regulator.id == _LOCAL_FINANCE and former and self._is_party_office(text, start):
            former = None
        if regulator.id in {_NFRA, _PBOC} or place == "":
            place_start, place = start, ""
        successor = None
        if former is not None and place:
            successor = _local_name(regulator, place, text[start:end])
        elif former is not None and not text[start:end].endswith("总局"):
            successor = _LOCAL_NAMES.get(regulator.id)
        if not place and text[max(floor, start - 2) : start] == "国家":
            place_start = start - 2  # 国家质检总局
        judgement = judge_regulator(regulator, former, successor, times)
        return self._explained(text, Body(place_start, end, judgement), regulator)

    def _explained(self, text: str, body: Body, regulator: Regulator) -> Body:
        """The body, as current when the text says that the name is a former one."""
        present = self.present_names(regulator)
        if (
            self._annotations.is_former_before(text, body.start, law=False)
            or (text.endswith("(", 0, body.start) and text.endswith(present, 0, body.start - 1))
            or self._annotations.is_renamed_after(text, body.end, present)
        ):
            return Body(body.start, body.end, body.judgement.annotated(CitationKind.REGULATOR))
        return body

    def present_names(self, regulator: Regulator) -> tuple[str, ...]:
        """The folded names that the body has now, those of its head office among them."""
        names = self._present.get(regulator.id, ())
        if regulator.id == _NFRA_LOCAL:
            names += (*self._present.get(_NFRA, ()), "监管局", "监管分局")
        return names

    def _is_other_word(self, text: str, start: int, end: int, regulator: Regulator) -> bool:
        """Whether the words are part of an address, of another word or another body."""
        surface, words = text[start:end], self._words
        if surface.isascii():
            return bool(
                _LATIN_BEFORE.search(text[max(0, start - 1) : start])
                or _LATIN_AFTER.match(text, end)
            )
        if surface == "人行":
            if words.starts("central_bank_not_before", text, end):
                return True
            opens = text[max(0, start - 1) : start] in _OPENINGS
            return not (
                words.starts("central_bank_tails", text, end)
                or words.ends("central_bank_lead_ins", text, start)
                or (opens and words.starts("central_bank_said", text, end))
                or _BRANCH.match(text, end) is not None
                or self._places.find_after(text, end) != ""
            )
        if surface == _BARE_BRANCH:
            return not self._is_central_branch(text, start, end)
        if regulator.id == _PBOC and surface in {"央行", "人民银行", "中国人民银行"}:
            if surface == "央行" and text[max(0, start - 1) : start] == "中":  # 中央行政
                return True
            return words.ends("foreign", text, start) or words.starts(
                "credit_system_tails", text, end
            )
        if text.endswith(self._leads.get(surface, ()), 0, start):
            return True
        if surface == "金融办":
            return words.starts("office_tails", text, end) or words.ends(
                "office_heads", text, start
            )
        return surface == "征信中心" and text[max(0, start - 1) : start] == "诚"

    @staticmethod
    def _is_party_office(text: str, start: int) -> bool:
        """Whether this is an office of a party committee (省委金融办), which exists."""
        return text.endswith(("委", "中央"), 0, start)

    def _is_central_branch(self, text: str, start: int, end: int) -> bool:
        """Whether 中心支行 alone is the central bank's: other banks have few of that name."""
        before = text[max(0, start - _BANK_BEFORE) : start]
        if self._words.ends("central_bank_not_branch", text, start):
            return False
        if "银行" in before and "人民银行" not in before:
            return False
        around = text[max(0, start - _BRANCH_AROUND) : end + _BRANCH_AROUND]
        is_said = any(word in around for word in self._words.group("central_bank_branch"))
        return is_said or self._places.find_before(text, start, 0)[1] != ""

    @staticmethod
    def _judge_branch(regulator: Regulator, place: str, times: Times) -> Judgement:
        former = regulator.former[0] if regulator.former else None
        return judge_regulator(regulator, former, f"{regulator.name}{place or '××'}分行", times)

    def _local_after(self, text: str, end: int, regulator: Regulator, times: Times) -> Body | None:
        """A local office that follows its head office: 银保监会上海监管局, 人民银行深圳中支."""
        if regulator.id not in {_NFRA, _PBOC}:
            return None
        place = self._places.find_after(text, end)
        if not place and (blank := _BLANK.match(text, end)):
            place = blank[0]
        after = end + len(place)
        if regulator.id == _PBOC:
            branch = _BRANCH.match(text, after)
            if branch is None:
                return None
            return Body(end, branch.end(), self._judge_branch(regulator, place, times))
        office = _OFFICE.match(text, after)
        local = self._regulators.get(_NFRA_LOCAL)
        if not place or office is None or local is None:
            return None
        is_former = text[max(0, end - 4) : end].endswith(("监会", "委员会"))
        former = local.former[0] if is_former and local.former else None
        successor = _local_name(local, place, office[0])
        return Body(end, office.end(), judge_regulator(local, former, successor, times))


def _leads(names: Names, lenders: Iterable[Lender]) -> dict[str, tuple[str, ...]]:
    """By a body's name, what makes all but its last character a lender's end: 滴滴|金融办."""
    bodies = {one[:-1]: one for one, anchor in names.surfaces.items() if anchor.regulator}
    leads: dict[str, list[str]] = {}
    for lender in lenders:
        for surface in (fold(one).text for one in lender.surfaces):
            for at in range(1, len(surface) - 1):
                if surface[at:] in bodies:
                    leads.setdefault(bodies[surface[at:]], []).append(surface[:at])
    return {body: tuple(ends) for body, ends in leads.items()}


def _local_name(regulator: Regulator, place: str, surface: str) -> str:
    """The present name of a local office: 国家金融监督管理总局上海监管局."""
    if regulator.id == _NFRA_LOCAL:
        short = place
        for ending in ("省", "市"):
            short = short.removesuffix(ending)
        kind = "监管局"
        if "分局" in surface:
            kind = "监管分局"
        elif "支局" in surface:
            kind = "监管支局"
        return f"{_HEAD}{short}{kind}"
    return place + _LOCAL_NAMES.get(regulator.id, regulator.name)
