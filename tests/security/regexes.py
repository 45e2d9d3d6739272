"""Every regular expression of the project, and the texts most likely to slow each of them down.

Run as a program it prints, as JSON, each pattern that the project compiles while it starts,
reads pages and answers requests: word lists are part of some.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise, product
from pathlib import Path
from re import _constants as codes
from re import _parser as parser
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("crawler", "api")
CALLS = {"compile", "match", "search", "sub", "subn", "split", "findall", "finditer", "fullmatch"}
MANY = 9  # a repeat that may go on longer than this is worth an attack

_CANDIDATES = "1 a一.-A,。:\n\"'<>()[]{}/=;、年第条号%&#+~!?《》|\t·@\\\0\xad"
_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern, and the line that compiles it."""

    file: str
    line: int
    pattern: str | bytes
    flags: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def call_sites() -> Iterator[tuple[str, int, int, str | None]]:
    """File, first and last line of each call into ``re``, and its pattern when it is literal."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                called = node.func if isinstance(node, ast.Call) else None
                if (
                    isinstance(node, ast.Call)
                    and isinstance(called, ast.Attribute)
                    and isinstance(called.value, ast.Name)
                    and called.value.id == "re"
                    and called.attr in CALLS
                ):
                    last = node.end_lineno or node.lineno
                    given = getattr(node.args[0], "value", None)
                    pattern = given if isinstance(given, str) else None
                    yield str(path.relative_to(ROOT)), node.lineno, last, pattern


def methods_of() -> dict[tuple[str, str], set[str]]:
    """What each module does with each pattern, by file and name."""
    found: dict[tuple[str, str], set[str]] = {}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr in CALLS:
                    name = getattr(node.value, "id", getattr(node.value, "attr", ""))
                    place = str(path.relative_to(ROOT)), name
                    found.setdefault(place, set()).add(node.attr)
    return found


def attacks(pattern: str, flags: int, length: int) -> list[str]:
    """Texts of about so many characters: the pattern's own repeated parts, over and over."""
    tree = parser.parse(pattern, flags)
    pumps: dict[str, None] = dict.fromkeys(" 1a一.-\n")
    starts: dict[str, None] = {"": None}
    for before, body in [*_repeats(list(tree), "", 1), *_repeats(list(tree), "", 3)]:
        starts[before] = None
        pumps[body] = None
        pumps[before + body] = None
    for one, two in islice(pairwise(list(pumps)), 12):
        pumps[one + two] = None
    for whole in _samples(list(tree), 2):
        pumps[whole] = None
        pumps[whole[:-1]] = None
    chosen = [one for one in pumps if one]
    return [
        start + pump * (length // len(pump)) + "\x02"
        for pump, start in product(chosen, [*list(starts)[-4:], ""])
    ]


def _repeats(items: list[Any], before: str, most: int) -> Iterator[tuple[str, str]]:
    """What stands before each long repeat, the ``most``-th choice of it, and what it repeats."""
    for code, value in items:
        for part in _inner(code, value):
            yield from _repeats(list(part), before, most)
        repeats = code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}
        if repeats and (value[1] is codes.MAXREPEAT or value[1] > MANY):
            for body in _samples(list(value[2]), 3):
                yield before, body
        before += (_samples([(code, value)], most) or [""])[-1]


def _inner(code: Any, value: Any) -> list[Any]:
    """The parts that stand inside of one item."""
    if code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        return [value[2]]
    if code is codes.SUBPATTERN:
        return [value[3]]
    if code is codes.BRANCH:
        return list(value[1])
    if code in {codes.ASSERT, codes.ASSERT_NOT}:
        return [value[1]]
    if code is codes.ATOMIC_GROUP:
        return [value]
    return []


def _samples(items: list[Any], most: int) -> list[str]:
    """A few texts that the items match, shortest choices first."""
    found = [""]
    for code, value in items:
        choices = _choices(code, value, most)
        found = list(islice((one + two for two in choices for one in found), most))
    return found


def _choices(code: Any, value: Any, most: int) -> list[str]:
    if code is codes.LITERAL:
        return [chr(value)]
    if code is codes.NOT_LITERAL:
        return [one for one in _CANDIDATES if ord(one) != value][:most]
    if code is codes.ANY:
        return ["一", "1"][:most]
    if code is codes.IN:
        return _members(value)[:most] or [""]
    if code is codes.BRANCH:
        return [one for part in value[1] for one in _samples(list(part), 1)][:most]
    if code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        once = [one * max(value[0], 1) for one in _samples(list(value[2]), most)]
        return once if value[0] else ["", *once]
    if code in {codes.SUBPATTERN, codes.ATOMIC_GROUP}:
        return _samples(list(_inner(code, value)[0]), most)
    return [""]


def _members(value: list[Any]) -> list[str]:
    """Characters in a set, one of each kind."""
    negated = value[0][0] is codes.NEGATE
    literals = [chr(one) for code, one in value if code is codes.LITERAL]
    literals += [chr(one[0]) for code, one in value if code is codes.RANGE]
    kinds = [sign for sign in _CANDIDATES if _is_member(sign, value) is not negated]
    return list(dict.fromkeys(kinds if negated else [*kinds, *literals]))


def _is_member(sign: str, value: list[Any]) -> bool:
    for code, one in value:
        if code is codes.LITERAL and ord(sign) == one:
            return True
        if code is codes.RANGE and one[0] <= ord(sign) <= one[1]:
            return True
        if code is codes.CATEGORY and re.match(_CATEGORIES[one], sign):
            return True
    return False


PAGE = (
    "<title>收到催收电话以后怎么办</title><h1>收到催收电话以后怎么办</h1>"
    "<p>先核对对方的身份，再决定怎样协商，每一次通话都要录音，并把短信截图保存下来。</p>"
    "<p>平台说要在{}的法院起诉，可以等法院的传票，收到以后按时应诉，不要理会电话里的威胁。</p>"
    "<p>还款有困难的，写明收入和家庭情况，提出自己能够承受的分期方案，向平台书面申请。</p>"
)


def _record() -> list[Compiled]:
    """What is compiled while everything is imported, pages are read, and requests answered."""
    found: dict[Compiled, None] = {}
    real = re._compile  # type: ignore[attr-defined]

    def recorded(pattern: Any, flags: int) -> Any:
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(ROOT) and file.relative_to(ROOT).parts[0] in PACKAGES:
            text = pattern.pattern if isinstance(pattern, re.Pattern) else pattern
            place = str(file.relative_to(ROOT))
            found[Compiled(place, frame.f_lineno, text, int(flags))] = None
        return real(pattern, flags)

    re._compile = recorded  # type: ignore[attr-defined]
    for package in PACKAGES:
        path = [str(ROOT / package)]
        for module in pkgutil.walk_packages(path, f"{package}."):
            if not module.name.endswith(("__main__", ".env")):
                importlib.import_module(module.name)
    _use()
    return list(found)


def _use() -> None:
    """Does what compiles patterns while a page is read and shown."""
    from api.masking import Mask
    from crawler.curation import Curator
    from crawler.dedup import compare, fingerprint_of
    from crawler.model import Contact, ContactStatus, Page
    from crawler.seeds import load_references, seeds_folder

    references = load_references()
    curator = Curator(references)
    for path in sorted((seeds_folder() / "site").rglob("*.html"))[:8]:
        curator.curate(Page(path.name, path.read_bytes(), "https://a.example/1"), date(2026, 1, 1))
    first, second = (
        curator.curate(Page(place, PAGE.format(place).encode()), date(2026, 1, 1))
        for place in ("北京", "上海")
    )
    compare(fingerprint_of(first), fingerprint_of(second), frozenset(references.places))
    number = Contact("138-0013-8000", ContactStatus.UNVERIFIED, 0, 13)
    Mask([number]).text("138 0013 8000")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    rows = [
        {
            "file": one.file,
            "line": one.line,
            "pattern": one.pattern
            if isinstance(one.pattern, str)
            else one.pattern.decode("latin-1"),
            "flags": one.flags,
            "bytes": isinstance(one.pattern, bytes),
        }
        for one in _record()
    ]
    json.dump(rows, sys.stdout)
