"""A cheap look at a page's bytes before anything is parsed: may it be worth keeping?

Nearly whatever the judge keeps has words of lending or of the disputes that follow, so a page
without one, in any encoding it may have, is not parsed. A story may be told without any: 13 of
1,229 labelled articles to keep are, though the other titles of their sites would rarely be. What
the bytes may hide (Chinese characters as references or escapes, wide characters) passes unjudged.

Bytes of GB 18030 and Big5 also match in the middle of two characters: four of five such
pages have a word by chance alone. There a hit is looked for again in the decoded text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import islice, product

import ahocorasick_rs

from crawler.extraction.decoding import decode_page
from crawler.model import Rejected
from crawler.text import fold
from crawler.vocabulary import References

_GROUPS = ("lending", "dispute")
_LEGACY = ("gb18030", "big5")
_MOST_SPELLINGS = 64  # of one word, in simplified and traditional characters
_HIDDEN = 12
"""So many Chinese characters as references or escapes may hide a word; pages have a few."""

_ESCAPED = re.compile(
    rb"\\u\{?[4-9a-f][0-9a-f]{3}|&#(?:x0{0,9}[4-9a-f][0-9a-f]{3}|0{0,9}[1-9][0-9]{4})"
)
"""Not those of ASCII, which one page in six has in its scripts."""


class Prefilter:
    """Looks for words of lending and disputes in bytes; holds the words and nothing of any page."""

    def __init__(self, references: References) -> None:
        words = sorted(
            {word for group, some in references.curation_words for word in some if group in _GROUPS}
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
        self._text = ahocorasick_rs.AhoCorasick(spelled)

    def may_keep(self, body: bytes, content_type: str | None = None) -> bool:
        """Whether the page may be kept; ``False`` when it has none of the words."""
        if b"\x00" in body:
            return True
        lowered = body.lower()
        if _hides_words(lowered):
            return True
        if _is_utf8(lowered):
            return bool(self._utf8.find_matches_as_indexes(lowered))
        if not self._any.find_matches_as_indexes(lowered):
            return False
        decoded = decode_page(body, content_type)
        return isinstance(decoded, Rejected) or bool(
            self._text.find_matches_as_indexes(decoded.text.lower())
        )


def _hides_words(lowered: bytes) -> bool:
    # Counting the marks first spares most pages the slower look.
    if lowered.count(b"&#") + lowered.count(b"\\u") < _HIDDEN:
        return False
    return sum(1 for _ in islice(_ESCAPED.finditer(lowered), _HIDDEN)) == _HIDDEN


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
