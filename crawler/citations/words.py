"""The word groups that decide what counts as a citation, and checks built on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

ALSO_CALLED = "also:"
"""Prefix of groups that hold further everyday names of a body."""


RULE = "rule:"
"""Prefix of groups that hold spellings of a circulating rule, by the phantom's id."""


BACK = "back:"
"""Prefix of groups that point back at a statute; the id goes on with its endings (法/法典)."""

SHORT = "short:"
"""The same for what may be the end of a longer title (管理办法)."""


class Words:
    """The word groups of seeds/citations.toml; a group that is absent is empty."""

    def __init__(self, groups: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self._groups: Mapping[str, tuple[str, ...]] = dict(groups)
        # Nearly always the one sign beside a place rules out the whole group.
        self._first_signs = {
            name: frozenset(word[0] for word in words) for name, words in self._groups.items()
        }
        self._last_signs = {
            name: frozenset(word[-1] for word in words) for name, words in self._groups.items()
        }

    def group(self, name: str) -> tuple[str, ...]:
        """The words of a group, in order."""
        return self._groups.get(name, ())

    def also_called(self, name: str) -> tuple[str, ...]:
        """Further everyday names of the body with this name."""
        return self.group(ALSO_CALLED + name)

    def rule(self, phantom: str) -> tuple[str, ...]:
        """Spellings of a circulating rule that count only among words of law."""
        return self.group(RULE + phantom)

    def back_references(self) -> Iterator[tuple[str, tuple[str, ...], bool]]:
        """Words that point back at a statute, the endings that its title may have, and whether
        they may be the end of a longer title."""
        for group, words in self._groups.items():
            for prefix in (BACK, SHORT):
                if group.startswith(prefix):
                    endings = tuple(group.removeprefix(prefix).split("/"))
                    yield from ((word, endings, prefix == SHORT) for word in words)

    def ends(self, name: str, text: str, end: int) -> bool:
        """Whether a word of the group stands right before ``end``."""
        if text[end - 1 : end] not in self._last_signs.get(name, ()):
            return False
        return text.endswith(self.group(name), 0, end)

    def starts(self, name: str, text: str, start: int) -> bool:
        """Whether a word of the group stands at ``start``."""
        if text[start : start + 1] not in self._first_signs.get(name, ()):
            return False
        return text.startswith(self.group(name), start)
