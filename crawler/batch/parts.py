"""The map step: one archive becomes one part of the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import orjson

from crawler.archives import read_archive
from crawler.dedup import Member, count_outdated, count_structure, fingerprint_of
from crawler.lines import line_of
from crawler.model import CuratedArticle, Page
from crawler.reading import Fault
from crawler.store.writes import key_of, uid_of
from crawler.work import Task, curate_page, load_prefilter, load_tools

ARTICLE_COLUMNS = {
    "id": "VARCHAR",
    "page": "VARCHAR",
    "url": "VARCHAR",
    "encoding": "VARCHAR",
    "title": "VARCHAR",
    "published": "DATE",
    "author": "VARCHAR",
    "source": "VARCHAR",
    "text": "VARCHAR",
    "blocks": 'STRUCT("type" VARCHAR, "text" VARCHAR, "level" INTEGER,'
    ' links STRUCT("text" VARCHAR, url VARCHAR)[])[]',
    "removed": 'STRUCT(reason VARCHAR, "text" VARCHAR, "position" INTEGER,'
    ' links STRUCT("text" VARCHAR, url VARCHAR)[])[]',
    "lenders": "VARCHAR[]",
    "mentions": "JSON",
    "citations": "JSON",
    "contacts": "JSON",
    "topic": "VARCHAR",
    "topics": "VARCHAR[]",
    "curate": "BOOLEAN",
    "rejected": "VARCHAR",
    "fetched_at": "TIMESTAMPTZ",
}
FINGERPRINT_COLUMNS = {
    "id": "VARCHAR",
    "fetched_at": "TIMESTAMPTZ",
    "title": "VARCHAR",
    "bare": "VARCHAR",
    "named": "VARCHAR[]",
    "surfaces": "VARCHAR[]",
    "about": "VARCHAR[]",
    "keys": "BIGINT[]",
    "digest": "VARCHAR",
    "publishable": "BOOLEAN",
    "outdated": "INTEGER",
    "length": "INTEGER",
    "structure": "INTEGER",
    "published": "DATE",
}


@dataclass(frozen=True, slots=True)
class Part:
    """What became of one archive: counts by outcome, and a line for each fault."""

    tally: dict[str, int]
    faults: tuple[str, ...]


def make_part(task: Task, folder: Path, number: int, archive: str) -> Part:
    """Curate the archive's pages and write them as part ``number`` below ``folder``.

    Two files of Parquet appear whole or not at all: the articles, and what finding their
    copies needs; then a note with the counts, and a part that has it is not made again.
    """
    if known := find_note(folder, number):
        return known
    tally: Counter[str] = Counter()
    faults: list[str] = []
    articles: list[bytes] = []
    prints: list[bytes] = []
    names = load_tools(task.seeds)[1]
    for page in curate_archive(task, archive, tally, faults):
        articles.append(orjson.dumps(_article_row(page, names)))
        prints.append(orjson.dumps(_fingerprint_row(page)))
    _write(folder / "articles", number, articles, ARTICLE_COLUMNS)
    _write(folder / "fingerprints", number, prints, FINGERPRINT_COLUMNS)
    return write_note(folder, number, Part(dict(tally), tuple(faults)))


def curate_archive(
    task: Task, archive: str, tally: Counter[str], faults: list[str]
) -> Iterator[CuratedArticle]:
    """The archive's pages that say anything of lending, counted; its faults are added."""
    for page in read_archive(Path(archive), load_prefilter(task.seeds), tally):
        result = page if isinstance(page, Fault) else curate_page(task, page)
        if isinstance(result, Fault):
            faults.append(result.message)
            continue
        tally["curated"] += 1
        yield result


def find_note(folder: Path, number: int) -> Part | None:
    """What was noted of a part that is done; ``None`` when it is not."""
    note = _note(folder, number)
    if not note.exists():
        return None
    known = orjson.loads(note.read_bytes())
    return Part(known["tally"], tuple(known["faults"]))


def write_note(folder: Path, number: int, part: Part) -> Part:
    """The part, from now on noted as done."""
    note = _note(folder, number)
    note.parent.mkdir(parents=True, exist_ok=True)
    partial = note.with_name(f".{note.name}")
    partial.write_bytes(orjson.dumps({"tally": part.tally, "faults": part.faults}))
    partial.rename(note)
    return part


def _note(folder: Path, number: int) -> Path:
    return folder / "parts" / f"{number:05}.json"


def member_of(row: dict[str, Any]) -> Member:
    """What the choice of a representative needs of a row of fingerprints."""
    return Member(
        key=row["id"],
        publishable=row["publishable"],
        outdated=row["outdated"],
        length=row["length"],
        structure=row["structure"],
        size=row["size"],
        published=row["published"],
    )


def columns_of(columns: dict[str, str]) -> str:
    """The columns as DuckDB's readers take them."""
    return "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items()) + "}"


def _article_row(curated: CuratedArticle, names: dict[str, str]) -> dict[str, object]:
    return {"id": _id(curated.page), **line_of(curated, names), "fetched_at": _moment(curated)}


def _fingerprint_row(curated: CuratedArticle) -> dict[str, object]:
    article, ours = curated.article, fingerprint_of(curated)
    return {
        "id": _id(curated.page),
        "fetched_at": _moment(curated),
        "title": ours.title,
        "bare": ours.bare,
        "named": ours.named,
        "surfaces": ours.surfaces,
        "about": sorted(ours.about),
        "keys": ours.keys,
        "digest": ours.digest,
        "publishable": curated.rejected is None,
        "outdated": count_outdated((one.status, one.note) for one in curated.citations),
        "length": sum(len(block.text) for block in article.blocks),
        "structure": count_structure(block.type for block in article.blocks),
        "published": article.published,
    }


def _id(page: Page) -> str:
    return uid_of(key_of(page.url, page.name))


def _moment(curated: CuratedArticle) -> str | None:
    fetched = curated.page.fetched_at
    return fetched.isoformat() if fetched else None


def _write(folder: Path, number: int, rows: list[bytes], columns: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines, partial = folder / f".{number:05}.json", folder / f".{number:05}.parquet"
    lines.write_bytes(b"\n".join(rows))
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_json(?, format='newline_delimited',"  # noqa: S608 - constants
            f" maximum_object_size=268435456, columns={columns_of(columns)}))"
            f" TO '{_quoted(partial)}' (FORMAT parquet, COMPRESSION zstd)",
            [str(lines)],
        )
    lines.unlink()
    partial.rename(folder / f"part-{number:05}.parquet")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
