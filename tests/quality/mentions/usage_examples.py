"""Ambiguous names with what they are where they stand, to train seeds/usage.toml on.

usage.txt holds what was written for this: names in ⟦ ⟧, ordinary words in 〖 〗, and ``{}`` where
any name fits. The other files of this folder and of the exam are read too; [last] and [later] are
never shown to the weights.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path[:0] = [str(FOLDER.parent / "exam")]

from exam_pages import FOLDER as EXAM  # noqa: E402 - the path is set above
from exam_pages import ExamPage, read_pages  # noqa: E402

from crawler.mentions import MentionFinder  # noqa: E402
from crawler.model import Mention  # noqa: E402
from crawler.text import fold  # noqa: E402
from crawler.vocabulary import Lexicon  # noqa: E402
from tests.vectors.loading import unmark  # noqa: E402

KINDS = {
    "loan": {"consumer_finance", "internet_platform", "loan_facilitation", "legacy_cashloan"},
    "pay_later": {"internet_platform"},
}
SEVERAL = 4
"""Names put into each sentence that fits many."""

MOST_AMBIGUOUS = (
    *("有钱花", "放心借", "金条", "白条", "月付", "安逸花", "分期乐", "还呗", "够花", "好分期"),
    *("时光分期", "拍拍", "小花钱包", "信用飞", "分付", "小赢", "来分期", "拿去花"),
)
"""Names put into the sentences of usage.txt that fit any."""

UNSHOWN = ("[last]", "[later]")

Label = Callable[[Mention], bool | None]


@dataclass(frozen=True, slots=True)
class Example:
    """The signs around a name, and whether it is a lender; ``group`` is the text it stands in."""

    group: str
    signs: frozenset[str]
    is_lender: bool


class Examples:
    """All examples of a lexicon's ambiguous names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._finder = MentionFinder(lexicon)
        self._kinds = {one.id: one.kind.value for one in lexicon.lenders}
        self._owners = {
            fold(name).text: one.id for one in lexicon.lenders[::-1] for name in one.surfaces
        }

    def read(self) -> list[Example]:
        """Every example that weights may be shown, in a fixed order."""
        return [
            *self._marked(FOLDER / "usage.txt"),
            *self._marked(FOLDER / "once.txt"),
            *self._passages(),
            *self._ordinary(),
            *self._sentences(),
            *self._stories("templates.txt"),
            *self._stories("stories.txt"),
            *self._exam(),
        ]

    def _in(self, group: str, text: str, label: Label) -> Iterator[Example]:
        for mention, signs in self._finder.find_usage(text):
            answer = label(mention)
            if answer is not None:
                yield Example(group, signs, answer)

    def _marked(self, file: Path) -> Iterator[Example]:
        for number, line in shown_lines(file):
            if "{}" in line:
                yield from self._filled(f"{file.stem}{number}", line, MOST_AMBIGUOUS)
                continue
            _, named = unmark(re.sub("[〖〗]", "", line))
            text, plain = unmark(re.sub("[⟦⟧]", "", line).replace("〖", "⟦").replace("〗", "⟧"))
            yield from self._in(f"{file.stem}{number}", text, _by_span(named, plain))

    def _passages(self) -> Iterator[Example]:
        for file in ("tuning.txt", "check.txt"):
            for number, line in shown_lines(FOLDER / file):
                text, spans = unmark(line.split("\t")[1].replace("⏎", "\n"))
                yield from self._in(f"{file}{number}", text, _by_span(spans, None))

    def _ordinary(self) -> Iterator[Example]:
        for number, line in shown_lines(FOLDER / "beside.txt"):
            name, text = line.split("\t")
            label = lambda one, name=name: False if fold(one.surface).text == name else None  # noqa: E731
            yield from self._in(f"beside{number}", text, label)
        for number, line in shown_lines(FOLDER / "ordinary.txt"):
            yield from self._in(f"ordinary{number}", line, lambda _: False)

    def _sentences(self) -> Iterator[Example]:
        lines = (FOLDER / "sentences.txt").read_text(encoding="utf-8").splitlines()
        names = lines[1].split()
        for number, line in enumerate(lines[2:]):
            yield from self._filled(f"sentences{number}", line.replace("{n}", "{}"), names)

    def _stories(self, file: str) -> Iterator[Example]:
        names = (FOLDER / "sentences.txt").read_text(encoding="utf-8").splitlines()[1].split()
        for number, line in shown_lines(FOLDER / file):
            kind, _, text = line.rpartition("\t")
            kinds = KINDS.get(kind, {kind})
            fitting = [one for one in names if not kind or self._kind(one) in kinds]
            yield from self._filled(f"{file}{number}", text.replace("X", "{}"), fitting)

    def _kind(self, name: str) -> str:
        return self._kinds[self._owners[name]]

    def _filled(self, group: str, text: str, names: Sequence[str]) -> Iterator[Example]:
        """Examples with some of the names, each sentence with others than the one before."""
        at, start = text.index("{}"), len(group) * len(text) + sum(map(ord, text[:9]))
        for turn in range(min(SEVERAL, len(names))):
            name = names[(start + turn * 7) % len(names)]
            label = _by_span([(at, at + len(name))], [])
            yield from self._in(group, text.format(name), label)

    def _exam(self) -> Iterator[Example]:
        for file in (FOLDER / "pages.txt", *sorted(EXAM.glob("*.txt"))):
            for number, page in enumerate(read_pages(file)):
                text = "\n".join((page.title, *page.paragraphs))
                yield from self._in(f"{file.stem}{number}", text, self._by_page(page, text))

    def _by_page(self, page: ExamPage, text: str) -> Label:
        lenders = {self._owners[fold(one.canonical or one.surface).text] for one in page.lenders}
        doubtful = {
            phrase for phrase in page.ordinary for one in page.lenders if phrase in one.surface
        }
        inside = [
            found.span()
            for phrase in page.ordinary
            for found in re.finditer(re.escape(phrase), text)
        ]

        def label(one: Mention) -> bool | None:
            if any(phrase in one.surface or one.surface in phrase for phrase in doubtful):
                return None
            if any(start <= one.start and one.end <= end for start, end in inside):
                return False
            return one.lender in lenders

        return label


def shown_lines(file: Path) -> Iterator[tuple[int, str]]:
    """The numbered lines of a file without remarks and the parts that weights are never shown."""
    part = ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        if line.startswith("["):
            part = line
        elif line and not line.startswith("#") and part not in UNSHOWN:
            yield number, line


def _by_span(named: list[tuple[int, int]], plain: list[tuple[int, int]] | None) -> Label:
    """Lenders at some places and ordinary words at others, or anywhere else when ``None``."""

    def label(one: Mention) -> bool | None:
        if (one.start, one.end) in named:
            return True
        if any(start < one.end and one.start < end for start, end in named):
            return None
        if plain is None:
            return False
        return False if any(s < one.end and one.start < e for s, e in plain) else None

    return label
