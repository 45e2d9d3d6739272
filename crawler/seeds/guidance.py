"""Loads the house guidance in seeds/guidance/ and the labels in seeds/labels.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from crawler.errors import SeedError
from crawler.seeds.loading import seeds_folder
from crawler.seeds.reading import Row, SeedFile
from crawler.vocabulary import (
    GuidanceContact,
    HouseGuidance,
    Label,
    LabelSet,
    LawBasis,
    LetterField,
    LetterTemplate,
)

_BLANK = re.compile(r"\{\{([^{}]*)\}\}")


def load_guidance(folder: Path | None = None) -> tuple[HouseGuidance, ...]:
    """The house guidance of a seeds folder, by file name; raises SeedError with all faults."""
    faults: list[str] = []
    guidance = read_guidance(folder or seeds_folder(), faults)
    if faults:
        raise SeedError(faults)
    return guidance


def read_guidance(folder: Path, faults: list[str]) -> tuple[HouseGuidance, ...]:
    """The guidance as far as it can be read; what is wrong is added to ``faults``."""
    return tuple(
        _guidance(SeedFile(path, faults)) for path in sorted((folder / "guidance").glob("*.toml"))
    )


def load_labels(folder: Path | None = None) -> dict[str, dict[str, Label]]:
    """The label of each value of each closed set (kind, licence, …).

    Raises SeedError with all faults.
    """
    faults: list[str] = []
    labels = read_labels(folder or seeds_folder(), faults)
    if faults:
        raise SeedError(faults)
    return {of.name: {one.id: one for one in of.labels} for of in labels}


LABELLED = (
    "kind",
    "licence",
    "lender_status",
    "citation_status",
    "verdict",
    "trust",
    "fetched",
    "removal",
    "rejection",
)


def read_labels(folder: Path, faults: list[str]) -> tuple[LabelSet, ...]:
    """The labels as far as they can be read; what is wrong is added to ``faults``."""
    file = SeedFile(folder / "labels.toml", faults)
    labels = tuple(LabelSet(one, tuple(_label(row) for row in file.rows(one))) for one in LABELLED)
    file.close()
    return labels


def find_blanks(body: str) -> tuple[str, ...]:
    """The names of a letter's blanks in order of appearance, each once."""
    return tuple(dict.fromkeys(_BLANK.findall(body)))


def _label(row: Row) -> Label:
    return Label(
        id=row.text("id"),
        zh=row.text("zh"),
        en=row.text("en"),
        note=row.optional_text("note") or "",
        note_en=row.optional_text("note_en") or "",
    )


def _guidance(file: SeedFile) -> HouseGuidance:
    head = file.head()
    guidance = HouseGuidance(
        topic=head.text("topic"),
        title=head.text("title"),
        title_en=head.text("title_en"),
        answer=head.text("answer"),
        first=head.text("first"),
        steps=head.texts("steps", required=True),
        save=head.texts("save"),
        contacts=tuple(_contact(row) for row in file.rows("contact", "what")),
        deadlines=head.texts("deadlines"),
        do_not=head.texts("do_not"),
        law=tuple(_basis(row) for row in _optional(file, "law", "gist")),
        templates=tuple(_template(row) for row in _optional(file, "template", "id")),
        checked=head.day("checked") or _missing(head),
        summary_en=head.text("summary_en"),
    )
    head.close()
    file.close()
    return guidance


def _missing(head: Row) -> date:
    head.fault("checked is missing; add the date the facts were checked")
    return date.min


def _optional(file: SeedFile, table: str, key: str) -> Iterator[Row]:
    return file.rows(table, key) if file.has(table) else iter(())


def _contact(row: Row) -> GuidanceContact:
    return GuidanceContact(
        lender_kinds=row.texts("lender_kinds", required=True),
        numbers=row.texts("numbers"),
        what=row.text("what"),
    )


def _basis(row: Row) -> LawBasis:
    return LawBasis(
        statute=row.text("statute"),
        provision=row.optional_text("provision") or "",
        gist=row.text("gist"),
    )


def _template(row: Row) -> LetterTemplate:
    return LetterTemplate(
        id=row.text("id"),
        title=row.text("title"),
        body=row.text("body"),
        fields=tuple(LetterField(name, hint) for name, hint in row.pairs("fields")),
    )
