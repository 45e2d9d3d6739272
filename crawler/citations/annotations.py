"""Tells whether the text around a name already says that it is a former one."""

from __future__ import annotations

import re

from crawler.citations.words import Words
from crawler.text import is_cjk, sentence_after, sentence_before

_BEFORE_REACH = 14
_NAME_REACH = 26
_RENAMED_REACH = 40
_PRESENT_REACH = 12  # 现已更名为《中华人民共和国
_REPEALED_REACH = 70
_MOVED_REACH = 40
_NEW_NUMBER = re.compile(
    r"[(,\[【](?:现|今|新|修订后|修正后|修改后|新法|20\d\d年起)[^()\n]{0,12}?第"
)
_REPLACED = re.compile(r"[^。;!?\n]{0,24}?(?:被|由)[^。;!?\n]{0,14}?(?:取代|替代|代替|吸收|废止)")
_NOW_CALLED = re.compile(
    r"[(\[【](?:现|今)(?!场|金|有|年|天|日)[^()\[\]【】。;\n]{2,24}(?:局|办|会|部|委|署|办公室|分行)[)\]】]"
)
"""(现市委金融办): whatever it is called now, the text says that it has another name."""

_OPENING_MARKS = "《“\"'‘(〈「『 "
_STATES = ("我国", "中国", "国家")
_CLOSING_MARKS = "》”'(,、[【 \"’〉」』"


class Annotations:
    """Looks around a name for words such as 原, 已废止的, (现…), 已更名."""

    def __init__(self, words: Words) -> None:
        self._words = words
        said = (*words.group("repealed_before"), *words.group("former_before"), "前", *_STATES)
        self._last_signs = frozenset(word[-1:] for word in said)

    def is_former_before(self, text: str, start: int, *, law: bool) -> bool:
        """Whether the words before ``start`` say it (原银保监会, 已废止的《合同法》)."""
        before = text[max(0, start - _BEFORE_REACH) : start]
        stem = before.rstrip(_OPENING_MARKS)
        if stem[-1:] not in self._last_signs and not before.endswith("("):
            return False  # nearly always, at a fifth of the cost of looking for each word
        for state in _STATES:
            stem = stem.removesuffix(state)
        if law and stem.endswith(self._words.group("repealed_before")):
            return True
        if stem.endswith("前") and not is_cjk(stem[-2:-1] or " "):
            return True
        return (stem + "(" * before.endswith("(")).endswith(
            self._words.group("former_before")
        ) or stem.endswith(self._words.group("former_before"))

    def is_renamed_after(self, text: str, end: int, present: tuple[str, ...]) -> bool:
        """Whether the words from ``end`` on say it of a body whose names are ``present``."""
        words = self._words
        after = sentence_after(text, end, _RENAMED_REACH)
        near = after[:_NAME_REACH]
        tail = near.lstrip(_CLOSING_MARKS)
        for now in ("现在", "目前", "现"):
            if tail.removeprefix(now).startswith(words.group("former_after")):
                return True
        if tail.startswith(words.group("present_after")) and _is_near(tail, present):
            return True
        if near.startswith(("(", "[", "【")) and (
            _is_near(tail, present) or _NOW_CALLED.match(after)
        ):
            return True
        told = sentence_after(text, end, _RENAMED_REACH, ends="。!?\n")
        for change in words.group("changes"):
            said, _, rest = told.partition(change)
            if rest and len(said) < _NAME_REACH and any(name in rest for name in present):
                return True
        return False

    def is_repealed_after(self, text: str, end: int, present: tuple[str, ...]) -> bool:
        """Whether the words from ``end`` on say it of a law replaced by ``present``."""
        words = self._words
        after = sentence_after(text, end, _REPEALED_REACH)
        if any(word in after for word in words.group("repealed_after")):
            return True
        if _NEW_NUMBER.match(after):
            return True
        tail = after[:_NAME_REACH].lstrip(_CLOSING_MARKS)
        if tail.startswith(words.group("present_after")) and _is_near(tail, present):
            return True
        named = any(name in after[:_NAME_REACH] for name in present)
        return named and _REPLACED.match(after) is not None

    def where_moved(self, text: str, start: int, end: int) -> int:
        """What the sentence says of the number that ends the citation ``text[start:end]``.

        1: its content has another number now; -1: it had another one before; else 0. The word
        behind the number that comes first counts.
        """
        words = self._words
        before = sentence_before(text, start, _MOVED_REACH).rstrip(_OPENING_MARKS)
        if before.endswith(words.group("moved_here_before")):
            return -1
        after = sentence_after(text, end, _MOVED_REACH).partition("《")[0]
        away, here = (_first(after, words.group(one)) for one in ("moved_away", "moved_here"))
        if away != here:
            return 1 if away < here else -1
        said = any(word in before for word in words.group("moved_away_before"))
        return int(said or self.is_former_before(text, start, law=True))


def _first(text: str, words: tuple[str, ...]) -> int:
    """Where the first of the words begins; the end of the text when there is none."""
    return min((at for word in words if (at := text.find(word)) >= 0), default=len(text))


def _is_near(text: str, names: tuple[str, ...]) -> bool:
    """Whether one of the names stands near the beginning, in the same clause."""
    clause = text.partition(",")[0]
    return any(0 <= clause.find(name) <= _PRESENT_REACH for name in names)
