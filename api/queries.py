"""What a person typed as queries to try, from the most literal to the most helpful."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.names import Guess, LenderNames
from api.synonyms import Synonyms
from crawler.store.query import Alternative, Query
from crawler.store.tokens import find_runs
from crawler.text import fold

_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|「([^」]*)」|『([^』]*)』')
_SEPARATOR = re.compile(r"[\W_]+")
_MOST_TERMS = 8
_SHORTEST_KNOWN = 2  # characters of a word that is split off

FacetGroups = tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a hit must have besides the words: facets, and a day from ``since`` to ``until``."""

    facets: FacetGroups = ()
    since: date | None = None
    until: date | None = None


_NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One reading of the input; ``corrected`` holds the lender names put in its place."""

    query: Query
    terms: tuple[str, ...]
    corrected: tuple[Guess, ...] = ()


class QueryReader:
    """Reads input into attempts. Built once; safe between threads."""

    def __init__(self, names: LenderNames, synonyms: Synonyms) -> None:
        self._names = names
        self._synonyms = synonyms
        self._longest = max(map(len, synonyms.groups), default=0)

    def find_attempts(self, text: str, limits: Limits = _NO_LIMITS) -> list[Attempt]:
        """The readings of ``text``, the literal one first; none when it has no words.

        Literal: every term and phrase as typed, or a synonym, or another name of the lender.
        Split: the known words inside of terms apart, the fillers of a question left out, and
        single characters, which stand in any page. Corrected: what is like the name of a lender
        taken for that lender; then the lenders that are named, whatever else is asked.
        """
        phrases, terms = _split_input(text)
        if not phrases and not terms:
            return []
        attempts = [self._attempt(phrases, terms, limits)]
        pieces = [
            one for term in terms for one in self._pieces(term) if len(one) > 1 or one.isascii()
        ]
        if pieces and pieces != terms:
            attempts.append(self._attempt(phrases, pieces[:_MOST_TERMS], limits))
        # A misspelt name may begin with another name of the same lender, so the whole terms too.
        for words in (pieces, terms):
            guesses = {word: self._names.guess(word) for word in words}
            if any(guesses.values()):
                attempts.append(self._corrected(phrases, guesses, limits))
                break
        named = self._named([*phrases, *terms])
        if named and list(named) != [*phrases, *terms]:
            guessed = {name: [Guess(lender, name)] for name, lender in named.items()}
            attempts.append(self._corrected((), guessed, limits))
        return attempts

    def lenders(self, text: str) -> list[str]:
        """Ids of the lenders that the input names, or is like the name of; spaces may part it."""
        phrases, terms = _split_input(text)
        whole = "".join(terms)
        found = list(self._named([*phrases, *terms]).values())
        if not found and (exact := self._names.find_exact(whole)):
            found = [exact]
        if not found:
            heard = [*terms, whole] if whole.isascii() else terms  # pinyin is typed with spaces
            found = [one.lender for term in heard for one in self._names.guess(term)]
        return list(dict.fromkeys(found))

    def question(self, text: str) -> str:
        """What the input asks besides the names of lenders: 好分期 asks nothing of instalments."""
        phrases, terms = _split_input(text)
        return " ".join(part for term in [*phrases, *terms] for part in self._unnamed(term) if part)

    def widen(self, question: str) -> str:
        """The other words for what is asked."""
        words = [word for term in question.split() for word in self._words(term)]
        return " ".join(one for word in words for one in self._synonyms.groups.get(word, ()))

    def _named(self, terms: Sequence[str]) -> dict[str, str]:
        """The names of lenders in the terms, each with the lender's id."""
        named: dict[str, str] = {}
        for term in terms:
            for start, end in self._names.find_longest(term):
                if lender := self._names.find_exact(term[start:end]):
                    named[term[start:end]] = lender
        return named

    def _unnamed(self, term: str) -> list[str]:
        """What stands between the names of lenders in the term."""
        bounds = [0, *(at for span in self._names.find_longest(term) for at in span), len(term)]
        return [term[at:end] for at, end in zip(bounds[::2], bounds[1::2], strict=True)]

    def _attempt(self, phrases: Sequence[str], terms: Sequence[str], limits: Limits) -> Attempt:
        groups: list[tuple[Alternative, ...]] = [(Alternative(one),) for one in phrases]
        groups += [self._alternatives(term) for term in terms]
        shown = [one.term for group in groups for one in group if one.term]
        return Attempt(_query(groups, limits), tuple(shown))

    def _corrected(
        self, phrases: Sequence[str], guesses: dict[str, list[Guess]], limits: Limits
    ) -> Attempt:
        groups: list[tuple[Alternative, ...]] = [(Alternative(one),) for one in phrases]
        for term, found in guesses.items():
            groups.append(
                tuple(one for guess in found for one in self._lender(guess.lender))
                if found
                else self._alternatives(term)
            )
        shown = [one.term for group in groups for one in group if one.term]
        corrected = tuple(guess for found in guesses.values() for guess in found)
        return Attempt(_query(groups, limits), tuple(shown), corrected)

    def _alternatives(self, term: str) -> tuple[Alternative, ...]:
        lender = self._names.find_exact(term)
        if lender:
            return self._lender(lender)
        return tuple(Alternative(word) for word in self._synonyms.groups.get(term, (term,)))

    def _lender(self, lender: str) -> tuple[Alternative, ...]:
        names = tuple(Alternative(name) for name in self._names.surfaces(lender))
        return (*names, Alternative(facet=("lender", lender)))

    def _pieces(self, term: str) -> list[str]:
        """The known words in the term, and what stands between them without fillers."""
        pieces: list[str] = []
        at = 0
        spans = self._names.find_longest(term) or []
        for start, end in [*spans, (len(term), len(term))]:
            pieces += self._words(term[at:start])
            pieces += [term[start:end]] if end > start else []
            at = end
        return list(dict.fromkeys(pieces))

    def _words(self, text: str) -> list[str]:
        words: list[str] = []
        rest = ""
        at = 0
        while at < len(text):
            known = self._known_at(text, at)
            filler = next((one for one in self._synonyms.fillers if text.startswith(one, at)), "")
            if known or filler:
                words += [rest] if rest else []
                words += [known] if known else []
                rest = ""
                at += len(known or filler)
            else:
                rest += text[at]
                at += 1
        return [*words, rest] if rest else words

    def _known_at(self, text: str, at: int) -> str:
        for size in range(min(self._longest, len(text) - at), _SHORTEST_KNOWN - 1, -1):
            if text[at : at + size] in self._synonyms.groups:
                return text[at : at + size]
        return ""


def _query(groups: Sequence[tuple[Alternative, ...]], limits: Limits) -> Query:
    return Query(tuple(groups), limits.facets, limits.since, limits.until)


def _split_input(text: str) -> tuple[list[str], list[str]]:
    """The quoted phrases and the single terms, folded; those without words are left out."""
    phrases = [next(filter(None, found), "") for found in _QUOTED.findall(text)]
    rest = _QUOTED.sub(" ", text)
    terms = _SEPARATOR.split(rest)
    return _folded(phrases), _folded(terms)


def _folded(texts: Sequence[str]) -> list[str]:
    folded = (fold(one.strip()).text.strip() for one in texts)
    return list(dict.fromkeys(one for one in folded if find_runs(one)))[:_MOST_TERMS]
