"""The search index's tokens: bigrams of Chinese characters, whole Latin words and numbers.

Both engines index what this module returns, so both find the same pages. The last
character of each run is a token of its own, so that a query of one character, asked for
as a prefix, finds it there too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from crawler.text import fold

_BIGRAM = 2
# A run of letters, digits or characters; everything else separates. Linear: one class.
_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")


def find_runs(folded: str) -> list[str]:
    """The runs of one script in folded text, in order."""
    return _RUN.findall(folded)


def index_tokens(texts: Iterable[str]) -> set[str]:
    """The tokens under which a page with these texts is found."""
    tokens: set[str] = set()
    for run in find_runs(fold("\n".join(texts)).text):
        if is_word(run):
            tokens.add(run)
            continue
        tokens.update(map("".join, pairwise(run)))
        tokens.add(run[-1])
    return tokens


def query_tokens(folded_term: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tokens a page must have to contain the term, and the prefixes of further ones.

    Necessary but not sufficient: a page that has them all may lack the term itself.
    """
    tokens: list[str] = []
    prefixes: list[str] = []
    runs = find_runs(folded_term)
    for index, run in enumerate(runs):
        if is_word(run):
            (prefixes if index == len(runs) - 1 else tokens).append(run)
        elif len(run) == 1:
            prefixes.append(run)
        else:
            tokens.extend(map("".join, pairwise(run)))
    return tuple(dict.fromkeys(tokens)), tuple(dict.fromkeys(prefixes))


def are_sufficient(folded_term: str) -> bool:
    """Whether every page with the term's tokens has the term itself."""
    runs = find_runs(folded_term)
    return runs == [folded_term] and (is_word(folded_term) or len(folded_term) <= _BIGRAM)


def is_word(run: str) -> bool:
    """Whether the run is a Latin word or a number, which is never cut into bigrams."""
    return run[0].isascii()


def facet_token(facet: str, value: str) -> str:
    """The token for a page's facet, such as its lender; no query's token or prefix is alike."""
    return f":{facet}:{value}"
