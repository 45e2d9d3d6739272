"""Reads a label and the name it states, in whatever way a page sets the two apart.

A text here is that of one or several elements, with a line break where an element ends and two
where a reader sees a new line. Folded texts have the offsets of the texts themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.extraction.dates import find_dates, fold_line
from crawler.extraction.meta_words import meta_words

LONGEST_AUTHOR = 24  # code points; several names fit
LONGEST_SOURCE = 30
# The same behind a label without any mark, where words may follow that are no name.
LONGEST_BARE, LONGEST_BARE_SOURCE = 10, 16
BLOCK = "\n\n"

_COLON = re.compile(r"\s*[:：]\s*(?:[\[【(]\s+)?")
_MARK = re.compile(r" ?[/|—–·▎▏┃-] ?(?=\w)")  # 文/张三, 作者 | 张三
_CLOSING = re.compile(r"[\])】」』>] ?(?=\w)")  # [作者]张三
_BLANK = re.compile(r"\s+(?=\w)")
_OPENS = re.compile(r"(?:^|\s{2}|\n|[|·•;,/()\[\]【】「」『』]\s?)$")
_VALUE_END = re.compile(r"\s{2,}|[|\t\n;；,，。!！?？/\[【「『」』]|\s[-–—·•┊]\s|[)）\]】>]")
_GOES_ON = re.compile(r"[,，。!！?？/]")
_BEFORE_DATE = re.compile(r"\s(?:on|at|于|於)$")
_BETWEEN = re.compile(r"[\s|·•;┊()\[\]【】「」『』-]*")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_BROKEN = re.compile(r"[\d的了是不才把被]|[^\x00-\x7f]\s|\s[^\x00-\x7f]")  # no name
_EDGES = " \u00a0\u3000:：-–—|·•[]【】<>“”\"'@"
_OFFICE = re.compile(
    "[^\\W\\d_]{0,6}(?:记者|記者|通讯员|通訊員|撰稿人|撰文|作者)[ :：|/]{1,2}(?=\\w)"
)
_TOOL = re.compile("返回|查看|点击|分享|打印|关闭|展开|阅读全文|下一|上一|我要")
_ADDRESS = re.compile(r"https?://|www\.|@|\.(?:com|cn|net|org)\b|^\d+$")
_CODE = re.compile(r"[=\"{}\\]|^[a-z]*[_-]?\d+$")


@dataclass(frozen=True, slots=True)
class Stated:
    """What stands behind a label; ``name`` is ``None`` where that names nobody."""

    name: str | None
    end: int
    is_labelled: bool = True  # by more than a blank or the end of an element


def read_label(text: str, folded: str, label: re.Match[str], kind: str, said: int) -> Stated | None:
    """What a label states, ``None`` where the word is none; ``said`` is where the last value ends.

    ``kind`` is that of a person or ``source``.
    """
    word, before = label.group(), folded[max(0, label.start() - 2) : label.start()]
    if len(word) == 1 and before[-1:].isalnum():
        return None  # the end of another word
    is_slashed = word in meta_words().slashed
    if not is_slashed and (colon := _COLON.match(folded, label.end())):
        if BLOCK in colon.group() and "。" in _rest_of_line(folded, colon.end()):
            return None  # nobody's name: the text begins
        return _value(text, folded, colon.end(), kind)
    if before[-1:].isalnum() or (word.isascii() and not word.endswith("by")):
        return None
    if not word.isascii() and (mark := _MARK.match(folded, label.end())):
        return _value(text, folded, mark.end(), kind)
    if len(word) == 1 or is_slashed:
        return None
    if before.endswith(("[", "(", "【", "「", "『")) and (
        closing := _CLOSING.match(folded, label.end())
    ):
        return _value(text, folded, closing.end(), kind)
    blank = _BLANK.match(folded, label.end())
    if blank is None:
        return None
    value = _value(text, folded, blank.end(), kind)
    bare = _is_bare_name(value, folded, kind) and (
        ("\n" not in blank.group() and _OPENS.search(before) is not None)
        or not folded[said : label.start()].strip()
        or is_statement(folded, value.end)
        or _ends_in_day(folded[: label.start()])
    )
    return Stated(value.name, value.end, is_labelled=False) if bare else None


def _rest_of_line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start:] if end < 0 else text[start:end]


def _is_bare_name(value: Stated, folded: str, kind: str) -> bool:
    """Whether a value behind a blank is a name and nothing else, as far as one can tell."""
    return (
        value.name is not None
        and len(value.name) <= (LONGEST_BARE_SOURCE if kind == "source" else LONGEST_BARE)
        and _BROKEN.search(value.name) is None
        and _GOES_ON.match(folded, value.end) is None
    )


def is_statement(folded: str, start: int) -> bool:
    """Whether the next words of a folded text are a label or a date."""
    match = _BETWEEN.match(folded, start)
    at = match.end() if match else start
    words = meta_words()
    label = words.label.match(folded, at)
    if label and not folded[label.end() : label.end() + 1].isalnum():
        return True
    return any(found.start == 0 for found in find_dates(folded[at : at + 40]))


def _ends_in_day(before: str) -> bool:
    """Whether a date stands right before."""
    tail = before[-40:].rstrip()
    return any(found.end == len(tail) for found in find_dates(tail))


def _value(text: str, folded: str, start: int, kind: str) -> Stated:
    """The name that begins at an offset and ends before the next thing said."""
    end = len(text)
    if match := _VALUE_END.search(folded, start + 1):
        end = match.start()
    for match in meta_words().label.finditer(folded, start, end):
        after = folded[match.end() : match.end() + 2].lstrip()
        before = folded[match.start() - 1] if match.start() > start else ""
        if match.start() == start and (
            after.startswith(":") or (match.end() == end and len(match[0]) > 1)
        ):
            return Stated(None, start)  # the value is empty, and the next label follows
        if match.start() > start and (after.startswith(":") or before.isspace()):
            end = match.start()
            break
    for found in find_dates(folded[start:end]):
        end = start + found.start
        if before_date := _BEFORE_DATE.search(folded[start:end].rstrip()):
            end = start + before_date.start()
        break
    if kind == "source" and (spaced := _SPACED.search(folded, start, end)):
        end = spaced.start()  # no name of a source is spaced; a place may stand behind it
    longest = LONGEST_SOURCE if kind == "source" else LONGEST_AUTHOR
    return Stated(name_of(text[start:end], longest), end)


def name_of(text: str, longest: int) -> str | None:
    """The text as a name, ``None`` when it is nobody's."""
    name = " ".join(text.split()).strip(_EDGES)
    for opening, closing in ("()", "（）", "《》"):
        if name.count(opening) != name.count(closing):
            name = name.strip(opening + closing)
            name = name.partition(opening)[0]
    if (office := _OFFICE.match(name)) and longest == LONGEST_AUTHOR:
        name = name[office.end() :]
    key = fold_line(name).replace(" ", "")
    if not name or len(name) > longest or _ADDRESS.search(key):
        return None
    if key in meta_words().nobody or _CODE.search(key) or _TOOL.match(key):
        return None
    return name
