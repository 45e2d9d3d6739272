"""Places of the reference data before and after a name: 江苏省苏州|市监局, 银保监会|上海|监管局."""

from __future__ import annotations

_REACH = 14
_ENDINGS = ("特别行政区", "自治区", "自治州", "省", "市", "州", "县", "区", "盟")


class Places:
    """The names of places, with and without 省, 市 and the like."""

    def __init__(self, places: tuple[str, ...]) -> None:
        self._places = frozenset(places)
        self._longest = max(map(len, places), default=0)
        self._first_signs = frozenset(place[0] for place in places)
        self._last_signs = frozenset(one[-1] for one in (*places, *_ENDINGS))

    def find_before(self, text: str, start: int, floor: int) -> tuple[int, str]:
        """Where the name of a place that ends at ``start`` begins, and the place as written.

        A province before its city belongs to it. Nothing left of ``floor`` is looked at;
        without a place, ``start`` and the empty string.
        """
        if text[start - 1 : start] not in self._last_signs:
            return start, ""
        window = text[max(floor, start - _REACH) : start]
        found = ""
        for length in range(2, len(window) + 1):
            candidate = window[-length:]
            if self._is_place(candidate):
                found = candidate
        begin = start - len(found)
        if found and begin > floor:
            begin = self.find_before(text, begin, floor)[0]
        return begin, found

    def find_after(self, text: str, start: int) -> str:
        """The place that begins at ``start``, as written; empty when there is none."""
        if text[start : start + 1] not in self._first_signs:
            return ""
        found = ""
        for length in range(2, self._longest + 4):
            candidate = text[start : start + length]
            if len(candidate) == length and self._is_place(candidate):
                found = candidate
        return found

    def _is_place(self, text: str) -> bool:
        if text in self._places:
            return True
        for ending in _ENDINGS:
            if text.endswith(ending) and text[: -len(ending)] in self._places:
                return True
        return False
