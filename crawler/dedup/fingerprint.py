"""Articles reduced to what comparison needs: bare text, lenders, and sampled shingle keys."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from crawler.model import CuratedArticle, Mention
from crawler.text import fold

LENDER_MARK = "\ue000"
"""Stands in bare text where a lender was named: names are compared as what they are."""

SHINGLE = 4
"""Code points a shingle. Four Chinese characters are about two words: shorter ones meet by
chance, longer ones break at each replaced synonym. Re-measure pair F1 after a change."""

SAMPLE_ONE_IN = 24
"""One shingle in this many becomes a stored key: about 60 keys for 1,500 characters, and a
100-character excerpt still has a key with probability .984. Re-measure excerpt recall and
bytes a document after a change."""

_GOLDEN = 0x9E3779B97F4A7C15  # 2**64 divided by the golden ratio (Fibonacci hashing)
_FACTORS = tuple(np.uint64(pow(_GOLDEN, power + 1, 2**64)) for power in range(SHINGLE))
_ENUMERATOR = re.compile(
    r"^[ \t]{0,8}(?:\(?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)、.:](?![0-9])"
    r"|第[一二三四五六七八九十]{1,3}[,、:]|[•·●▪◆*-][ \t]?)[ \t]{0,4}",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What one article is compared by.

    ``bare`` is the folded text without punctuation, white space and list numbers, lenders
    replaced by ``LENDER_MARK``; ``named`` the lender ids at those marks, in order, and
    ``surfaces`` the names as they are written there.
    ``about`` are the lenders the article is about. ``keys`` are sampled shingle hashes as
    signed 64-bit integers, ascending and unique. ``digest`` identifies the bare text
    together with the lenders named in it.
    """

    title: str
    bare: str
    named: tuple[str, ...]
    surfaces: tuple[str, ...]
    about: frozenset[str]
    keys: tuple[int, ...]
    digest: str


def find_fingerprint(
    title: str | None,
    text: str,
    mentions: Sequence[Mention],
    about: Sequence[str],
    title_mentions: Sequence[Mention] = (),
) -> Fingerprint:
    """The fingerprint of an article; ``mentions`` are in order and do not overlap.

    An empty text gives an empty fingerprint without keys, which equals no other article.
    """
    bare = bare_text(text, mentions)
    named = tuple(mention.lender for mention in mentions)
    digest = hashlib.blake2b(
        "\x00".join((bare, *named, "about", *sorted(about))).encode("utf-8", "surrogatepass"),
        digest_size=16,
    ).hexdigest()
    return Fingerprint(
        title=bare_text(title or "", title_mentions),
        bare=bare,
        named=named,
        surfaces=tuple(mention.surface for mention in mentions),
        about=frozenset(about),
        keys=sample_keys(bare),
        digest=digest,
    )


def fingerprint_of(curated: CuratedArticle) -> Fingerprint:
    """The fingerprint of a curated article."""
    article = curated.article
    return find_fingerprint(article.title, article.text, curated.mentions, curated.lenders)


def bare_text(text: str, mentions: Sequence[Mention]) -> str:
    """The text as comparison sees it: folded, lenders marked, no punctuation, no numbering."""
    if not text:
        return ""
    parts: list[str] = []
    position = 0
    for mention in mentions:
        parts.append(text[position : mention.start])
        parts.append(LENDER_MARK)
        position = mention.end
    parts.append(text[position:])
    folded = _ENUMERATOR.sub("", fold("".join(parts)).text)
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype="<u4").copy()
    kept = _compared()[codes]
    # A dropped mark between two digits stays as a point: 1.5 is not 15, nor 3,2024 32024.
    dropped = np.flatnonzero(~kept[1:-1]) + 1
    points = dropped[_are_digits(codes[dropped - 1]) & _are_digits(codes[dropped + 1])]
    codes[points] = ord(".")
    kept[points] = True
    return _decode(codes[kept])


def sample_keys(bare: str) -> tuple[int, ...]:
    """The sampled shingle hashes of bare text, ascending, unique, signed 64-bit.

    A text shorter than a shingle has none. Sampling takes every hash with a fixed residue,
    so that two texts which share a shingle either both keep it or both drop it.
    """
    hashes = shingle_hashes(bare)
    sampled = hashes[(hashes >> np.uint64(40)) % np.uint64(SAMPLE_ONE_IN) == 0]
    return tuple(np.unique(sampled.view(np.int64)).tolist())


def shingle_hashes(bare: str) -> npt.NDArray[np.uint64]:
    """One hash for each shingle of the text, in order of position."""
    codes = np.frombuffer(bare.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = len(codes) - SHINGLE + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    packed = codes[:count] * _FACTORS[0]
    for offset in range(1, SHINGLE):
        packed += codes[offset : offset + count] * _FACTORS[offset]
    packed ^= packed >> np.uint64(32)
    packed *= _FACTORS[0]
    return packed


def _are_digits(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    return (codes >= ord("0")) & (codes <= ord("9"))


def _decode(codes: npt.NDArray[np.uint32]) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _compared() -> npt.NDArray[np.bool_]:
    """For each code point whether comparison looks at it: letters, digits, %, lender marks."""
    table = np.zeros(0x110000, dtype=np.bool_)
    for code in range(0x30000):
        table[code] = chr(code).isalnum()
    table[ord("%")] = True
    table[ord(LENDER_MARK)] = True
    return table
