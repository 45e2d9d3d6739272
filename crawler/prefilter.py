"""A cheap look at a page's bytes before anything is parsed: may it be worth keeping?

Whatever the judge keeps says something of lending (``rejection.MIN_LENDING_SHARE``), so a
page without one word of lending, in any encoding it may have, needs no parsing. What the
bytes may hide (character references, escapes, wide characters) passes unjudged.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import islice, product

import ahocorasick_rs

from crawler.text import fold
from crawler.vocabulary import References

_GROUP = "lending"
_LEGACY = ("gb18030", "big5")
_MOST_SPELLINGS = 64  # of one word, in simplified and traditional characters
_HIDDEN = 12
"""So many character references or escapes may hide a word; pages have a few of their own."""


class Prefilter:
    """Looks for words of lending in bytes; holds the words and nothing of any page."""

    def __init__(self, references: References) -> None:
        words = sorted(
            {word for group, some in references.curation_words for word in some if group == _GROUP}
        )
        spelled = sorted({form for word in words for form in _spellings(word)})
        utf8 = {form.encode() for form in spelled}
        legacy = {
            coded
            for form in spelled
            for name in _LEGACY
            if (coded := form.encode(name, "ignore")).decode(name) == form and len(coded) > 1
        }
        self._utf8 = ahocorasick_rs.BytesAhoCorasick(sorted(utf8))
        # Pages with stray bytes are no valid UTF-8, whatever they were written in.
        self._any = ahocorasick_rs.BytesAhoCorasick(sorted(utf8 | legacy))

    def may_keep(self, body: bytes) -> bool:
        """Whether the page may be kept; ``False`` only when the full path would reject it."""
        if b"\x00" in body or body.count(b"&#") >= _HIDDEN or body.count(b"\\u") >= _HIDDEN:
            return True
        lowered = body.lower()
        automaton = self._utf8 if _is_utf8(lowered) else self._any
        return bool(automaton.find_matches_as_indexes(lowered))


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _spellings(word: str) -> list[str]:
    """The word with each character in every form that folding takes to it."""
    choices = (_forms().get(one, [one]) for one in fold(word).text)
    return ["".join(some) for some in islice(product(*choices), _MOST_SPELLINGS)]


@cache
def _forms() -> dict[str, list[str]]:
    """Folded character -> the Chinese characters that fold to it, itself first."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for code in range(0x4E00, 0xA000):
        character = chr(code)
        folded = fold(character).text
        if folded != character:
            forms[folded].append(character)
    return {folded: [folded, *others] for folded, others in forms.items()}
