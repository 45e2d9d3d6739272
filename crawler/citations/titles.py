"""The one form under which differently written titles of a statute are looked up."""

from __future__ import annotations

import re

_BRACKETS = str.maketrans("", "", "《》〈〉<>「」『』“”\"'‘’【】〖〗、,")
_STATE = "中华人民共和国"
_PARENTHESES = re.compile(r"\(([^()]{0,40})\)$")
_VERSION = re.compile(r"修|版|年|试行|暂行|现行|\d{4}|^[一二三四五六七八九十/、]{1,5}$")
_NUMBER = r"\([一二三四五六七八九十]\)"
_NUMBERING = re.compile(rf"{_NUMBER}(?:[/、,和及]?{_NUMBER}){{0,20}}$")
_ISSUER_TAIL = re.compile(r"[院会部局行厅室府协高委署、]$")
_ISSUER_REACH = 60

_ABOUT = re.compile(r"关于((?:(?!关于).){8,80})的(?:若干|指导|实施)?(?:通知|意见|规定|决定|公告)$")

DRAFT_MARKS = ("征求意见稿", "草案", "送审稿")


def normal_title(title: str) -> str:
    """The folded title without brackets and commas, 中华人民共和国, issuer, version and numbering.

    A draft keeps its mark, since it is another instrument than the final text.
    """
    core = title.translate(_BRACKETS).replace(_STATE, "").strip()
    about = core.find("关于")
    if 0 < about <= _ISSUER_REACH and _ISSUER_TAIL.search(core[:about]):
        core = core[about:]
    while True:
        shorter = _NUMBERING.sub("", core)
        found = _PARENTHESES.search(shorter)
        if found and _VERSION.search(found[1]) and not is_draft(found[1]):
            shorter = shorter[: found.start()]
        if shorter == core or not shorter:
            return core
        core = shorter


def find_subject(title: str) -> str:
    """What a folded title such as 关于…的通知 is about; empty for other and for short ones."""
    found = _ABOUT.search(title)
    return found[1] if found else ""


def version_hint(title: str) -> str:
    """What the title says in parentheses about its version; empty when it says nothing."""
    found = _PARENTHESES.search(title)
    return found[1] if found else ""


def is_draft(title: str) -> bool:
    """Whether the title calls itself a draft."""
    return any(mark in title for mark in DRAFT_MARKS)
