"""The parts of a document title: the article's title and the names of section and site."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from crawler.extraction.meta_words import meta_words

SHORTEST_TITLE = 4  # letters: fewer hardly are an article's title
SHORT_SEGMENT = 6  # code points: behind a strong separator so short a segment is a section
SITE_LENGTH = 16  # code points of a site's name at most
MOST_SEGMENTS = 8  # looked at, counted from the end

# Strong separators hardly stand inside a title; bare ones do.
_SEPARATOR = re.compile(
    r"(?P<strong>\s{0,9}(?:_+|\|+|｜|»|›|>{1,2}|<{1,2}|::|•|--+)\s{0,9}|\s[-–—―·丨－~@]+\s)"
    r"|(?P<bare>\s?(?:—+|[-–―·丨－])\s?)"
)
_GAP = re.compile(r"\s+")
_TAIL_BRACKET = re.compile(r"[【\[〖(（]([^【】\[\]〖〗()（）]{2,16})[】\]〗)）]$")
_NOT_LETTER = re.compile(r"[\W_]+")
_SENTENCE = re.compile("[，,？?！!；;]")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a document title, where it stands, and whether it names a site or section."""

    start: int
    end: int
    is_site: bool


@dataclass(frozen=True, slots=True)
class _Cut:
    start: int
    end: int
    is_strong: bool


@lru_cache(maxsize=256)  # each part of a page is compared with all the others
def letters(text: str) -> str:
    """The text's letters and digits, folded for comparison."""
    return _NOT_LETTER.sub("", unicodedata.normalize("NFKC", text)).lower()


def split_title(text: str, sites: frozenset[str]) -> list[Segment]:
    """The parts between separators, one part when there are none, none for no text.

    ``sites`` are the letters of known names of the site.
    """
    if not text:
        return []
    cuts = _cuts(text, sites)
    if not cuts:
        return [Segment(0, len(text), is_site(text, sites))]
    starts = [0, *(cut.end for cut in cuts)]
    ends = [*(cut.start for cut in cuts), len(text)]
    opening = letters(text[: ends[0]])
    segments: list[Segment] = []
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        part = text[start:end]
        is_short = 0 < len(part) <= SHORT_SEGMENT and _is_short_name(text, cuts, at, opening)
        # A later part that the first one contains is a keyword.
        is_keyword = at > 0 and letters(part) in opening
        segments.append(Segment(start, end, is_short or is_keyword or is_site(part, sites)))
    return segments


def _is_short_name(text: str, cuts: list[_Cut], at: int, opening: str) -> bool:
    """Whether a short part stands where sites put their names."""
    if at == 0:
        return False
    cut = cuts[at - 1]
    if cut.is_strong:
        return True
    # A dash of double length joins a subtitle.
    is_subtitle = "——" in text[cut.start : cut.end]
    return at == len(cuts) and len(opening) >= 2 * SHORTEST_TITLE and not is_subtitle


def is_site(part: str, sites: frozenset[str]) -> bool:
    """Whether a part of a title names a site or one of its sections."""
    key = letters(part)
    words = meta_words()
    if not key or key in sites or key in words.generic_titles or key.startswith("poweredby"):
        return True
    if _DOMAIN.fullmatch(part.strip().lower()):
        return True
    if _SENTENCE.search(part):
        return False  # a name has no pause, whatever it ends with: 身份证丢了，名下多出两笔贷款
    return len(part) <= SITE_LENGTH and key.endswith(words.site_endings)


def _cuts(text: str, sites: frozenset[str]) -> list[_Cut]:
    cuts: list[_Cut] = []
    for match in _SEPARATOR.finditer(text):
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        is_strong = match["strong"] is not None
        is_word = not is_strong and _is_latin(before) and _is_latin(after)
        if before and after and not is_word:
            cuts.append(_Cut(match.start(), match.end(), is_strong))
    last = cuts[-1].end if cuts else 0
    for match in _GAP.finditer(text, last):
        if _is_sure_site(text[match.end() :], sites):
            cuts.append(_Cut(match.start(), match.end(), True))
            break
    else:
        bracket = _TAIL_BRACKET.search(text, last)
        if bracket and bracket.start() > last and _is_sure_site(bracket[1], sites):
            cuts.append(_Cut(bracket.start(), bracket.start() + 1, True))
    return cuts[-(MOST_SEGMENTS - 1) :]


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _is_sure_site(part: str, sites: frozenset[str]) -> bool:
    """Whether even a part behind a mere space names the site."""
    key = letters(part)
    return key in sites or (
        2 < len(key) <= SITE_LENGTH and " " not in part and key.endswith(meta_words().sure_endings)
    )
