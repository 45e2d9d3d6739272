"""The words by which the parts of a web page are known, a constant table from seeds/linklists.toml.

Like the folding tables of ``text`` it is part of this version of the program, read once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from crawler.text import fold
from crawler.wordlists import load_table

_DECORATION = re.compile(r"[\W_]+")
_DIGITS = "两二三四五六七八九2-9"


@dataclass(frozen=True, slots=True, eq=False)
class PageWords:
    """Words of page parts; all texts are bared (see ``bare``), all patterns match folded text.

    Only ``counter`` matches text as it stands. A table is equal to itself alone: comparing what
    one holds would take longer than what is kept for it saves.
    """

    boilerplate_class: re.Pattern[str]
    article_class: re.Pattern[str]
    foreign_class: re.Pattern[str]
    tool_class: re.Pattern[str]
    heading_whole: frozenset[str]
    heading_framed: re.Pattern[str]
    heading_weak: frozenset[str]
    heading_columns: frozenset[str]
    heading_starts: tuple[str, ...]
    pointers: tuple[str, ...]
    heading_mark: re.Pattern[str]
    friends: re.Pattern[str]
    official_hosts: tuple[str, ...]
    counter: re.Pattern[str]
    lead_in: re.Pattern[str]
    promise: re.Pattern[str]
    elsewhere: re.Pattern[str]
    others: re.Pattern[str]
    backs: tuple[str, ...]
    counted: re.Pattern[str]
    recalled: re.Pattern[str]
    turn: re.Pattern[str]
    name_end: re.Pattern[str]
    paper_end: re.Pattern[str]
    summaries: frozenset[str]
    machines: tuple[str, ...]
    trade: re.Pattern[str]
    own_starts: tuple[str, ...]
    own_heads: frozenset[str]
    hotlines: re.Pattern[str]
    lenders: frozenset[str]
    title_mark: re.Pattern[str]
    report: re.Pattern[str]
    personal: re.Pattern[str]
    navigation: frozenset[str]
    share: frozenset[str]
    tools: frozenset[str]
    tool_starts: frozenset[str]
    tool_verbs: tuple[str, ...]
    meta: re.Pattern[str]
    meta_starts: tuple[str, ...]
    meta_people: re.Pattern[str]
    copyright: re.Pattern[str]
    copyright_plain: re.Pattern[str]
    sited: re.Pattern[str]
    legal_headings: tuple[str, ...]
    comment_starts: tuple[str, ...]
    prompt: re.Pattern[str]
    sure_prompt: re.Pattern[str]
    label_prompt: re.Pattern[str]
    lures: tuple[str, ...]
    consult: re.Pattern[str]
    calls: re.Pattern[str]
    things: re.Pattern[str]
    advert_labels: tuple[str, ...]
    inviting: re.Pattern[str]
    notice: re.Pattern[str]
    bodies: tuple[str, ...]


def bare(text: str) -> str:
    """The text folded, without punctuation, decoration and white space."""
    return _DECORATION.sub("", fold(text).text)


def bare_lines(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Each line folded, and each line bared; no line holds a line break."""
    folded = tuple(fold("\n".join(lines)).text.split("\n")) if lines else ()
    return folded, tuple(_DECORATION.sub("", line) for line in folded)


@cache
def page_words() -> PageWords:
    """The words of this version of the program."""
    return parse_page_words(load_table("linklists"))


def parse_page_words(table: dict[str, Any]) -> PageWords:
    """The words in a parsed linklists.toml; raises ``KeyError`` when a list is missing."""
    lines = table["lines"]
    tools = frozenset(bare(word) for word in (*lines["navigation"], *lines["share"]))
    return PageWords(
        boilerplate_class=_class_pattern(table["class_tokens"]["boilerplate"]),
        article_class=_class_pattern(table["class_tokens"]["article"]),
        foreign_class=_class_pattern(table["class_tokens"]["foreign"]),
        tool_class=_class_pattern(table["class_tokens"]["tools"]),
        heading_whole=_headings(table["list_headings"]),
        heading_framed=_framed(table["list_headings"]),
        heading_weak=frozenset(bare(word) for word in table["list_headings"]["weak"]),
        heading_columns=frozenset(bare(word) for word in table["list_headings"]["columns"]),
        heading_starts=tuple(bare(word) for word in table["list_headings"]["starts"]),
        pointers=tuple(table["list_headings"]["pointers"]),
        heading_mark=_any_of([bare(word) for word in table["list_headings"]["marks"]]),
        friends=_any_of(table["links"]["friends"]),
        official_hosts=tuple(table["links"]["official_hosts"]),
        counter=_counter_pattern(table["counters"]),
        lead_in=_any_of(table["lead_ins"]["words"]),
        promise=_any_of(table["lead_ins"]["promises"]),
        elsewhere=_any_of(table["lead_ins"]["elsewhere"]),
        others=_any_of(table["lead_ins"]["others"]),
        backs=tuple(table["lead_ins"]["backs"]),
        counted=re.compile(f"([{_DIGITS}])(?:{_any_of(table['lead_ins']['counted']).pattern})$"),
        recalled=re.compile(
            f"(?:{_any_of(table['lead_ins']['recalls']).pattern})([{_DIGITS}])"
            f"(?:{_any_of(table['lead_ins']['counted']).pattern})"
        ),
        turn=_any_of(table["lead_ins"]["turns"]),
        name_end=re.compile(f"^([^的]+)(?:{_any_of(table['titles']['name_ends']).pattern})$"),
        paper_end=_ending(table["titles"]["paper_ends"], table["titles"]["no_papers"]),
        summaries=frozenset(bare(word) for word in table["summaries"]["labels"]),
        machines=tuple(bare(word) for word in table["machines"]["words"]),
        trade=_any_of(table["titles"]["trade"]),
        own_starts=tuple(table["titles"]["own_starts"]),
        own_heads=frozenset(bare(word) for word in table["titles"]["own_heads"]),
        hotlines=re.compile(rf"(?<!\d)(?:{_any_of(table['titles']['hotlines']).pattern})(?!\d)"),
        lenders=_lenders(),
        title_mark=_any_of(table["titles"]["words"]),
        report=_any_of(table["reports"]["words"]),
        personal=_personal(table["reports"]),
        navigation=frozenset(bare(word) for word in table["lines"]["navigation"]),
        share=frozenset(bare(word) for word in table["lines"]["share"]),
        tools=tools,
        tool_starts=frozenset(word[0] for word in tools),
        tool_verbs=tuple(bare(word) for word in table["titles"]["tool_verbs"]),
        meta=_any_of([bare(word) for word in table["meta"]["words"]]),
        meta_starts=tuple(fold(word).text for word in table["meta"]["starts"]),
        meta_people=_any_of(table["meta"]["people"]),
        copyright=_any_of([bare(word) for word in _notes(table["copyright"])]),
        sited=_any_of(table["copyright"]["sites"]),
        copyright_plain=_any_of([bare(word) for word in table["copyright"]["strong"]]),
        prompt=_any_of([bare(word) for word in table["prompts"]["words"]]),
        sure_prompt=_any_of([bare(word) for word in table["prompts"]["sure"]]),
        label_prompt=_any_of([bare(word) for word in table["prompts"]["labels"]]),
        lures=tuple(table["prompts"]["lures"]),
        consult=_any_of(table["prompts"]["consult"]),
        calls=_any_of(table["prompts"]["calls"]),
        things=_any_of(table["prompts"]["things"]),
        advert_labels=tuple(table["prompts"]["labels_of_adverts"]),
        inviting=_any_of(table["prompts"]["inviting"]),
        notice=_any_of(table["signatures"]["notices"]),
        bodies=tuple(bare(word) for word in table["signatures"]["bodies"]),
        legal_headings=tuple(bare(word) for word in table["copyright"]["headings"]),
        comment_starts=tuple(bare(word) for word in table["comments"]["starts"]),
    )


def _lenders() -> frozenset[str]:
    """The names of the lenders, bared."""
    lenders = load_table("lenders")["lender"]
    return frozenset(
        bare(name) for row in lenders for name in (row["name"], *row.get("aliases", ()))
    )


def _notes(table: dict[str, list[str]]) -> list[str]:
    """The words of legal notes, those that articles use as well among them."""
    return [*table["strong"], *table["common"]]


def _headings(table: dict[str, list[str]]) -> frozenset[str]:
    """Every heading that lists of other pages have, bared."""
    composed = (first + last for first in table["firsts"] for last in table["lasts"])
    return frozenset(bare(word) for word in (*table["whole"], *composed))


def _counter_pattern(table: dict[str, list[str]]) -> re.Pattern[str]:
    """How often something was read, the word before the number or behind it: 浏览(12), 12人回答."""
    done, shown, given = table["done"], table["shown"], table["given"]
    number, units = r"\d[\d.,]{0,11}[万萬]?", _any_of(table["units"]).pattern
    return re.compile(
        rf"(?:{_any_of([*done, *shown]).pattern})(?:{_any_of(table['sums']).pattern})?"
        rf"\s{{0,2}}[:：(（]?\s{{0,2}}{number}[)）次]?"
        rf"|(?<![\d.,:/月-]){number}\s{{0,2}}(?:{units})?(?:{_any_of([*done, *given]).pattern})"
    )


def _framed(table: dict[str, list[str]]) -> re.Pattern[str]:
    """A heading with up to four letters between its first word and its last: 更多贷款问题解答.

    Or one made of words that say whose list it is and what it offers: 债友都在问.
    """
    first, last, whose, what = (
        _any_of([bare(word) for word in table[key]]).pattern
        for key in ("frames", "lasts", "whose", "whats")
    )
    return re.compile(
        f"(?:{first})[^\\W\\d_]{{1,4}}(?:{last})|(?:{whose}){{1,2}}[的还也]?(?:{what}){{1,2}}"
    )


def _personal(table: dict[str, Any]) -> re.Pattern[str]:
    return re.compile(f"(?:{_any_of(table['persons']).pattern})(?<!我(?=[{table['places']}]))")


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def _ending(words: list[str], others: list[str]) -> re.Pattern[str]:
    """A text's end in one of the words, but in none of the others."""
    return re.compile(f"(?:{_any_of(words).pattern})(?<!{')(?<!'.join(others)})$")


def _class_pattern(tokens: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{_any_of(tokens).pattern})(?![a-z])")
