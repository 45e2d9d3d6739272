"""Reads a statute's citation around its name: brackets, version, provisions, annotations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.citations.annotations import Annotations
from crawler.citations.apart import provisions_apart, provisions_below
from crawler.citations.brackets import CLOSERS, find_closing, is_quoted
from crawler.citations.derived import DerivedTitles
from crawler.citations.meant import is_foreign, is_meant, is_whole_name
from crawler.citations.names import Anchor, AnchorKind, Names
from crawler.citations.places import Places
from crawler.citations.provisions import Provisions, find_provisions
from crawler.citations.resolving import Titles
from crawler.citations.status import UNKNOWN, Judgement, StatuteJudge, judge_phantom
from crawler.citations.telling import Said
from crawler.citations.titles import version_hint
from crawler.citations.versions import NEW, Times
from crawler.citations.words import Words
from crawler.text import sentence_after, sentence_before

_BEFORE_REACH = 12
_PARENTHESIS = re.compile(r"\(([^()\n]{1,40}(?:\([^()\n]{1,8}\)[^()\n]{0,30})?)\)")
_YEAR_BEFORE = re.compile(
    r"((?:19|20)\d{2})(?:年?(?:[^\d,。]{0,3}(?:修正|修订|修改)|版)[^,。]{0,2}|年的?)$"
)
_DIVISION = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,3}(?:分?编|章|节)){1,3}|[\u4e00-\u9fff]{2,5}编(?=第)"
)
_INTERPRETATION = re.compile(
    r"[\u4e00-\u9fff]{0,12}?(?:司法解释|解释)"
    r"(?:\([一二三四五]\)|[一二三四五](?=第|[^\u4e00-\u9fff]|$))?"
)
_INTERPRETED = ("法", "法典", "编")

_ISSUED = re.compile(
    r"(?:办公厅)?关于[^,。;!?\n]{4,60}?的(?:通知|公告|意见|指导意见|决定|批复|规定)(?=[^\u4e00-\u9fff]|$)"
)
_AROUND = 80  # how far on each side words may tell which version of a law is meant

_NO_NAME = "对作的与和及、"  # with one, the words up to 解释 are a sentence and no name

_LOCAL_ENDINGS = ("条例", "办法", "规定", "细则")  # of a province's or city's, never a law
_STANDARD_YEAR = re.compile(r" ?[-–—]{1,2} ?(?:19|20)\d{2}")
_ABOUT = re.compile(r"(?:最高人民法院|最高法院|最高法|两高)?关于(?:适用|审理|贯彻执行)$")
_ABOUT_TAIL = re.compile(r"[\u4e00-\u9fff“”、]{0,40}?(?:解释|规定|批复|意见)(?:\([一二三四五]\))?")


@dataclass(frozen=True, slots=True)
class Read:
    """A statute's citation in folded text; ``reach`` is past what belongs to it unshown."""

    start: int
    end: int
    reach: int
    judgement: Judgement | None
    provisions: tuple[str, ...] = ()
    anchor: Anchor | None = None
    hint: str = ""  # what the text says about the version


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as it stands in folded text; ``anchor`` is ``None`` for an unknown statute.

    ``inside`` are provisions written within its brackets.
    """

    start: int
    end: int
    anchor: Anchor | None
    title: str
    inside: tuple[str, ...] = ()


class StatuteReader:
    """Reads citations of statutes at their anchors."""

    def __init__(self, names: Names, words: Words, judge: StatuteJudge, places: Places) -> None:
        self._words = words
        self._places = places
        self._judge = judge
        self._annotations = Annotations(words)
        self._titles = Titles(names, words)
        self._derived = DerivedTitles(words, places)

    def read(self, text: str, span: tuple[int, int], anchor: Anchor, times: Times) -> Read | None:
        """The citation at an anchor; ``None`` when the words are none."""
        if anchor.kind is AnchorKind.OPENING:
            return self._bracketed(text, span[0], times)
        return self._bare(text, span, anchor, times)

    def read_issued(self, text: str, start: int, end: int, times: Times) -> Read | None:
        """The known instrument whose unbracketed title begins with its issuer's name.

        (银保监会关于……的通知); the body inside such a title is not out of date.
        """
        rest = _ISSUED.match(text, end)
        if rest is None:
            return None
        whole = text[start : rest.end()]
        anchor = self._titles.find(whole)
        if anchor is None:
            return None
        return self._finish(text, _Name(start, rest.end(), anchor, whole), times)

    def read_back(
        self, text: str, span: tuple[int, int], anchor: Anchor | None, hint: str, times: Times
    ) -> Read | None:
        """The provision of ``anchor`` behind words such as 该法; ``None`` without a provision."""
        start, end = span
        provisions = self.provisions_after(text, end)
        if provisions is None:
            return None
        said = self._said(text, (start, provisions.end), hint, anchor)
        judgement = self._judged(anchor, provisions.numbers, said, times)
        return Read(
            start, provisions.end, provisions.end, judgement, provisions.numbers, anchor, hint
        )

    def provisions_after(self, text: str, end: int) -> Provisions | None:
        """The provisions that follow a name, connecting words and divisions skipped."""
        at = end
        if text[at : at + 1] in CLOSERS and text[at : at + 1]:
            at += 1
        found = find_provisions(text, at)
        if found is not None:
            return found
        for word in ("", *self._words.group("connectors")):
            if not text.startswith(word, at):
                continue
            after = at + len(word)
            division = _DIVISION.match(text, after)
            if division is not None:
                after = division.end()
            if word == ":" and not text.startswith("第", after):
                continue  # 《民法典》:20条要点
            found = find_provisions(text, after)
            if found is not None:
                return found
        return None

    def _bracketed(self, text: str, start: int, times: Times) -> Read | None:
        """The citation in 《…》 that opens at ``start``."""
        close = find_closing(text, start)
        if close is None:
            return None
        whole_line = text[start + 1 : close]
        inner = whole_line.replace("\n", "")
        anchor, provisions = self._titles.resolve(inner)
        if anchor is None and inner != whole_line:
            return None  # two lines that one bracket each opens or closes
        about = _ABOUT.search(text, max(0, start - _BEFORE_REACH), start)
        tail = _ABOUT_TAIL.match(text, close + 1) if about else None
        if about and tail:
            whole = text[about.start() : tail.end()]
            anchor = self._titles.find(whole)
            name = _Name(about.start(), tail.end(), anchor, whole)
            return self._finish(text, name, times)
        if anchor is None and text.endswith("称", 0, start):
            return Read(start, close + 1, close + 1, None)  # 以下简称《办法》
        if anchor is None:
            anchor = self._titles.find_defined(text, start, inner)
            alone = anchor is not None and self.provisions_after(text, close + 1) is None
            if alone and inner in self._words.group("statute_endings"):
                anchor = None  # 《办法》 without a provision cites nothing new
        if is_foreign(text, start, self._words):
            return Read(start, close + 1, close + 1, None)  # a foreign statute: 美国《破产法》
        if anchor is None:
            if not self._titles.looks_like_statute(inner):
                return Read(start, close + 1, close + 1, None)  # a book, page or contract
            return self._finish(text, _Name(start, close + 1, None, inner), times)
        end = close + 1
        longer = _INTERPRETATION.match(text, end) if inner.endswith(_INTERPRETED) else None
        if longer is not None and not any(mark in longer[0] for mark in _NO_NAME):
            resolved = self._titles.find(inner + longer[0])
            if resolved is not None or longer[0].startswith("司法解释"):
                anchor, end = resolved, longer.end()
        derived = None if provisions else self._other_title(text, start, end, times)
        return derived or self._finish(text, _Name(start, end, anchor, inner, provisions), times)

    def _bare(self, text: str, span: tuple[int, int], anchor: Anchor, times: Times) -> Read | None:
        """A citation written without 《》."""
        start, end = span
        if not is_whole_name(text, start, end, self._words):
            return None
        surface = text[start:end]
        parted = surface.endswith("刑法") and text.startswith(("总则", "分则"), end)
        if parted and self.provisions_after(text, end) is None:
            return None
        if surface.endswith(_LOCAL_ENDINGS) and not _is_local(anchor):
            begin = self._places.find_before(text, start, 0)[0]
            if begin < start:  # 广东省信访条例: another law, of which nothing is known
                return self._finish(text, _Name(begin, end, None, text[begin:end]), times)
        longer = _INTERPRETATION.match(text, end) if surface.endswith(_INTERPRETED) else None
        if longer is not None and not any(mark in longer[0] for mark in _NO_NAME):
            whole = text[start : longer.end()]
            resolved = self._titles.find(whole)
            if resolved is not None or longer[0].startswith("司法解释"):
                return self._finish(text, _Name(start, longer.end(), resolved, whole), times)
        derived = self._other_title(text, start, end, times)
        if derived is not None:
            return derived
        if surface[-1:].isdecimal() and (year := _STANDARD_YEAR.match(text, end)):
            end = year.end()
        read = self._finish(text, _Name(start, end, anchor, surface), times)
        if anchor.guarded and not read.provisions and not is_meant(text, start, end, self._words):
            return None
        return read

    def _other_title(self, text: str, start: int, end: int, times: Times) -> Read | None:
        """What bears the name ``text[start:end]`` and is another text than the law."""
        found = self._derived.find(text, start, end)
        if found is None:
            return None
        if not found.is_rule:
            return Read(start, found.end, found.end, None)
        whole = text[found.start : found.end]
        name = _Name(found.start, found.end, self._titles.find(whole), whole)
        return self._finish(text, name, times)

    def _finish(self, text: str, name: _Name, times: Times) -> Read:
        """The citation with everything that follows its name."""
        start, end, inside = name.start, name.end, name.inside
        quoted = name.anchor is not None and is_quoted(text, start, end)
        after = end + int(quoted)
        if not inside and text.startswith("(第", after):
            found = find_provisions(text, after + 1)
            if found is not None and text.startswith(")", found.end):
                inside, after = found.numbers, found.end + 1
                end = after
        reach = end
        hint = [version_hint(name.title), self._version_before(text, start, name.title)]
        while (parenthesis := _PARENTHESIS.match(text, after)) is not None:
            after = parenthesis.end()
            hint.append(parenthesis[1])
            if "号" in parenthesis[1]:  # its document number belongs to it
                reach = after
        provisions = self.provisions_after(text, after)
        last = provisions.end if provisions else end
        if provisions and quoted:
            start -= 1
        numbers = provisions.numbers if provisions else inside
        if not numbers and name.anchor is not None and name.anchor.statutes:
            numbers = provisions_apart(text, after, self._words) or provisions_below(
                text, start, after
            )
        said = self._said(text, (start, last), " ".join(hint), name.anchor)
        judgement = self._judged(name.anchor, numbers, said, times)
        present = self._judge.names_after(name.anchor.statutes) if name.anchor else ()
        if self._annotations.is_former_before(text, start, law=True) or any(
            self._annotations.is_repealed_after(text, at, present) for at in {end, last}
        ):
            judgement = judgement.annotated()
        return Read(start, last, max(reach, last), judgement, numbers, name.anchor, said.hint)

    def _version_before(self, text: str, start: int, title: str) -> str:
        """What stands before a name about its version: 2012年修正的, or NEW for 修订后的."""
        before = text[max(0, start - _BEFORE_REACH) : start].rstrip("《“\"'")
        if before.endswith(self._words.group("newer_before")) or title.startswith("新"):
            return NEW
        year = _YEAR_BEFORE.search(before)
        return year[1] if year else ""

    def _said(self, text: str, span: tuple[int, int], hint: str, anchor: Anchor | None) -> Said:
        """What stands beside a citation: its sentence without it, and those around that."""
        if anchor is None or not anchor.statutes[1:]:
            return Said(hint)
        start, end = span
        before, after = sentence_before(text, start, _AROUND), sentence_after(text, end, _AROUND)
        former = sentence_before(text, max(0, start - len(before) - 1), _AROUND)
        beside = f"{former} {sentence_after(text, end + len(after) + 1, _AROUND)}"
        moved = self._annotations.where_moved(text, start, end)
        return Said(hint, f"{before} {after}", beside, moved)

    def _judged(
        self, anchor: Anchor | None, provisions: tuple[str, ...], said: Said, times: Times
    ) -> Judgement:
        if anchor is None:
            return UNKNOWN
        if anchor.phantom is not None:
            return judge_phantom(anchor.phantom)
        return self._judge.judge(anchor.statutes, provisions, said, times)


def _is_local(anchor: Anchor) -> bool:
    return any(one.level == "local_reg" for one in anchor.statutes)
