"""Reads seed files into rows whose fields are checked while they are taken.

A wrong field never stops the reading: it is noted as a fault and stands for its empty
value, so that one run shows every fault of every file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from crawler.vocabulary import Provenance, Trust

_Member = TypeVar("_Member", bound=StrEnum)

_NOBODY_CHECKED = date(1970, 1, 1)
"""Stands for a missing date; a fault has been noted by then."""


READING_FAULTS = ("file", "syntax")
"""The keys of faults that hide everything else in a file."""


class SeedFile:
    """One file's tables, with the faults found in it.

    ``faults`` is shared by all files of one reading. A missing or broken file has no
    tables.
    """

    def __init__(self, path: Path, faults: list[str]) -> None:
        folder = f"{path.parent.name}/" if path.parent.name == "guidance" else ""
        self.name = folder + path.name
        self._faults = faults
        self._tables: dict[str, object] = {}
        self._readable = False
        try:
            self._tables = tomllib.loads(path.read_text(encoding="utf-8"))
            self._readable = True
        except FileNotFoundError:
            self.fault("file", "is missing; restore it")
        except UnicodeDecodeError:
            self.fault("file", "is not UTF-8; save it as UTF-8")
        except tomllib.TOMLDecodeError as error:
            self.fault("syntax", f"is no valid TOML ({error}); correct it")

    def fault(self, key: str, what: str) -> None:
        """Notes one fault of this file; one that cannot be read has no others."""
        if self._readable or key in READING_FAULTS:
            self._faults.append(f"{self.name}: {key}: {what}")

    def rows(self, table: str, key: str = "id") -> Iterator[Row]:
        """The rows of an array of tables, in order; each is checked when it is closed."""
        found = self._tables.pop(table, None)
        if found is None:
            if self._readable:
                self.fault(table, f"there is no [[{table}]]; add one")
            return
        if not isinstance(found, list):
            self.fault(table, f"must be written as [[{table}]]")
            return
        for index, values in enumerate(found):
            if not isinstance(values, dict):
                self.fault(f"{table}[{index}]", "must be a table")
                continue
            name = values.get(key)
            with_row = Row(self, name if isinstance(name, str) else f"{table}[{index}]", values)
            yield with_row
            with_row.close()

    def has(self, table: str) -> bool:
        """Whether the file has the table and it was not read yet."""
        return table in self._tables

    def head(self) -> Row:
        """The fields that stand above all tables."""
        plain = {
            key: self._tables[key]
            for key in list(self._tables)
            if not _is_tables(self._tables[key])
        }
        for key in plain:
            del self._tables[key]
        return Row(self, "head", plain)

    def close(self) -> None:
        """Notes everything in the file that nobody asked for."""
        for key in self._tables:
            self.fault(key, "is unknown here; remove it or correct its spelling")


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


class Row:
    """One table of a seed file; every accessor returns an empty value for a faulty field."""

    def __init__(self, file: SeedFile, key: str, values: Mapping[str, object]) -> None:
        self.key = key
        self._file = file
        self._values = dict(values)

    def fault(self, what: str) -> None:
        """Notes one fault of this row."""
        self._file.fault(self.key, what)

    def text(self, field: str) -> str:
        """A required, non-empty text."""
        value = self.optional_text(field)
        if value is None:
            self.fault(f"{field} is missing; add a text")
        return value or ""

    def optional_text(self, field: str) -> str | None:
        """A text, or ``None`` when the field is absent."""
        value = self._values.pop(field, None)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.fault(f"{field} must be a non-empty text, not {value!r}")
            return None
        if value != value.strip():
            self.fault(f"{field} has spaces at its edges; remove them")
        return value

    def lines(self, field: str) -> tuple[str, ...]:
        """The lines of a required text that is written over several of them."""
        value = self._values.pop(field, None)
        if not isinstance(value, str) or not value.strip():
            self.fault(f"{field} must be a non-empty text, not {value!r}")
            return ()
        return tuple(value.split())

    def texts(self, field: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts; absent means empty unless ``required``."""
        value = self._values.pop(field, None)
        if value is None:
            if required:
                self.fault(f"{field} is missing; add a list of texts")
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.fault(f"{field} must be a list of texts")
            return ()
        if any(one != one.strip() or not one for one in value):
            self.fault(f"{field} holds an empty text or one with spaces at its edges")
        if len(set(value)) != len(value):
            self.fault(f"{field} holds a text twice; remove one")
        return tuple(value)

    def flag(self, field: str, *, required: bool = False) -> bool:
        """true or false; absent means false unless ``required``."""
        value = self._values.pop(field, None)
        if value is None:
            if required:
                self.fault(f"{field} is missing; add true or false")
            return False
        if not isinstance(value, bool):
            self.fault(f"{field} must be true or false, not {value!r}")
            return False
        return value

    def optional_flag(self, field: str) -> bool | None:
        """true or false, or ``None`` when the field is absent."""
        return self.flag(field) if field in self._values else None

    def whole(self, field: str, low: int, high: int) -> int:
        """A required whole number from ``low`` to ``high``."""
        value = self._values.pop(field, None)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(f"{field} must be a whole number from {low} to {high}, not {value!r}")
            return low
        return value

    def optional_whole(self, field: str, low: int, high: int) -> int | None:
        """A whole number from ``low`` to ``high``, or ``None`` when the field is absent."""
        return self.whole(field, low, high) if field in self._values else None

    def day(self, field: str) -> date | None:
        """A date, or ``None`` when the field is absent."""
        value = self._values.pop(field, None)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            self.fault(f"{field} must be a date like 2026-11-22 without quotes, not {value!r}")
            return None
        return value

    def member(self, field: str, members: type[_Member]) -> _Member:
        """A required member of a closed set; a faulty one stands for the first member."""
        value = self._values.pop(field, None)
        if isinstance(value, str):
            for member in members:
                if member.value == value:
                    return member
        known = ", ".join(member.value for member in members)
        self.fault(f"{field} must be one of {known}, not {value!r}")
        return next(iter(members))

    def one_of(self, field: str, known: tuple[str, ...]) -> str:
        """A required text out of ``known``; a faulty one stands for the first."""
        value = self._values.pop(field, None)
        if isinstance(value, str) and value in known:
            return value
        self.fault(f"{field} must be one of {', '.join(known)}, not {value!r}")
        return known[0]

    def pairs(self, field: str) -> tuple[tuple[str, str], ...]:
        """A table of texts as pairs, in the file's order; absent means empty."""
        value = self._values.pop(field, None)
        if value is None:
            return ()
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            self.fault(f"{field} must be a table of texts")
            return ()
        return tuple(value.items())

    def lists(self, field: str, width: int) -> tuple[tuple[str, ...], ...]:
        """A list of lists of ``width`` texts each; absent means empty."""
        value = self._values.pop(field, None)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(_is_texts(one, width) for one in value):
            self.fault(f"{field} must be a list of lists of {width} texts")
            return ()
        return tuple(tuple(one) for one in value)

    def rows(self, field: str, key: str = "id") -> Iterator[Row]:
        """The tables inside this row, in order; absent means none."""
        value = self._values.pop(field, None)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(f"{field} must be a list of tables")
            return
        for index, values in enumerate(value):
            name = values.get(key, index)
            inner = Row(self._file, f"{self.key}.{field}.{name}", values)
            yield inner
            inner.close()

    def tables(self, field: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """A table of tables of texts, in the file's order; absent means empty."""
        value = self._values.pop(field, None)
        if value is None:
            return ()
        if not isinstance(value, dict):
            self.fault(f"{field} must be a table of tables")
            return ()
        inner = Row(self._file, f"{self.key}.{field}", value)
        return tuple((name, inner.pairs(name)) for name in value)

    def provenance(self) -> Provenance:
        """Where the row's facts come from: trust, sources and checked are required."""
        trust = self.member("trust", Trust)
        sources = self.texts("sources", required=True)
        if not sources:
            self.fault("sources is empty; say where the facts come from")
        checked = self.day("checked")
        if checked is None:
            self.fault("checked is missing; add the date the facts were checked")
        return Provenance(trust, sources, checked or _NOBODY_CHECKED)

    def close(self) -> None:
        """Notes every field nobody asked for."""
        for field in self._values:
            self.fault(f"{field} is unknown here; remove it or correct its spelling")


def _is_texts(value: object, width: int) -> bool:
    return (
        isinstance(value, list)
        and len(value) == width
        and all(isinstance(one, str) for one in value)
    )


def is_number(text: str) -> bool:
    """Whether the text is a phone number written with digits alone."""
    return re.fullmatch(r"[0-9]{3,12}", text) is not None
