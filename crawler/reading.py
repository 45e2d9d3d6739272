"""Pages from disk: files, folders and manifests to ``Page`` objects, or faults in one line.

Nothing here raises for a bad page: a page that cannot be read becomes a ``Fault``, so that
the others are still read.
"""

from __future__ import annotations

import codecs
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.errors import InputError
from crawler.model import Page, RejectionReason

PAGE_SUFFIXES = frozenset({"", ".html", ".htm", ".xhtml", ".xht", ".shtml", ".txt"})
"""Suffixes read inside a folder; a file named outright is read whatever its suffix."""

MAX_BYTES = 32 * 1024 * 1024
"""Longer files are not pages: the longest real page measured has 2.4 MB."""

_SNIFFED = 4096  # bytes looked at to tell text from binary
_CONTROL_SHARE = 0.05  # more control bytes than this, and the bytes are not text
_CONTROLS = bytes(set(range(0x20)) - {0x08, 0x09, 0x0A, 0x0C, 0x0D, 0x1B})
_PAGE_TYPES = frozenset({"application/xml", "application/octet-stream", "application/xhtml+xml"})
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Planned:
    """A page to be read: its name as given, where it lies, and what HTTP would have said."""

    name: str
    path: Path
    url: str | None = None
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A page that cannot be read; ``message`` names it and says what to do."""

    name: str
    message: str
    url: str | None = None
    rejected: RejectionReason | None = None


def plan_pages(paths: Sequence[str], manifest: Path | None) -> list[Planned | Fault]:
    """All pages that ``paths`` and ``manifest`` name, in order; folders sorted by path.

    With a manifest and no paths its pages are the input; with both, it only tells what
    HTTP would have said about the paths. Raises ``InputError`` when the manifest itself
    cannot be read.
    """
    listed = load_manifest(manifest) if manifest else []
    if not paths:
        return listed
    known = {_real(entry.path): entry for entry in listed if isinstance(entry, Planned)}
    faults: list[Planned | Fault] = [entry for entry in listed if isinstance(entry, Fault)]
    found = (one for path in paths for one in _expand(path))
    return faults + [_informed(one, known) if isinstance(one, Planned) else one for one in found]


def load_manifest(manifest: Path) -> list[Planned | Fault]:
    """The manifest's pages in order; a bad line becomes a fault named ``manifest:line``."""
    try:
        text = manifest.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise InputError(f"{manifest}: cannot read the manifest: {fault.strerror}") from fault
    except UnicodeDecodeError as fault:
        raise InputError(f"{manifest}: the manifest is not UTF-8; save it as UTF-8") from fault
    return [
        _manifest_entry(manifest, number, line)
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]


def well_formed(name: str) -> str:
    """The name of a file as text: bytes of it that are no UTF-8 are spelled out, as messages do."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def read_page(planned: Planned) -> Page | Fault:
    """The page's bytes, or why they are no page."""
    try:
        if not planned.path.is_file():
            return _fault(planned, _absence(planned.path))
        size = planned.path.stat().st_size
        if size > MAX_BYTES:
            message = f"{size} bytes, more than the limit of {MAX_BYTES}; not read"
            return _fault(planned, message, RejectionReason.TOO_LARGE)
        body = planned.path.read_bytes()
    except OSError as fault:
        return _fault(planned, f"cannot be read: {fault.strerror}")
    except ValueError:
        return _fault(planned, "cannot be read: the path has a NUL character")
    return judge_bytes(planned, body)


def judge_bytes(planned: Planned, body: bytes) -> Page | Fault:
    """The page made of ``body``, or a fault when the bytes or their declared type are no page."""
    page = Page(planned.name, body, planned.url, planned.content_type)
    media = media_type(planned.content_type)
    if media and not (media.startswith("text/") or media in _PAGE_TYPES):
        return _fault(planned, f"is {media}, not a page", RejectionReason.NOT_HTML)
    if not body.strip():
        return _fault(planned, "is empty; nothing to extract", RejectionReason.EMPTY)
    kind = find_binary(body, planned.content_type)
    if kind is not None:
        return _fault(planned, f"is {kind}, not a page", RejectionReason.NOT_HTML)
    return page


def media_type(content_type: str | None) -> str | None:
    """The media type of a Content-Type value, lower case; ``None`` when there is none."""
    if not content_type:
        return None
    return content_type.split(";", 1)[0].strip().lower() or None


def unknown_charset(content_type: str | None) -> str | None:
    """The charset a Content-Type value names, when no decoder has this name."""
    for parameter in (content_type or "").split(";")[1:]:
        key, _, value = parameter.partition("=")
        charset = value.strip().strip("\"'")
        if key.strip().lower() != "charset" or not charset:
            continue
        try:
            codecs.lookup(charset)
        except (LookupError, ValueError):
            return charset
    return None


def find_binary(body: bytes, content_type: str | None = None) -> str | None:
    """What kind of binary data ``body`` is, in words; ``None`` when it may be text."""
    for magic, kind in _MAGIC:
        if body.startswith(magic):
            return kind
    declared = (content_type or "").lower()
    if body.startswith(_WIDE_MARKS) or "utf-16" in declared or "utf-32" in declared:
        return None
    head = body[:_SNIFFED]
    if b"\x00" in head:
        return None if _looks_wide(head) else "binary data"
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return "binary data" if controls > len(head) * _CONTROL_SHARE else None


def _looks_wide(head: bytes) -> bool:
    """Whether UTF-16 without a mark explains the zero bytes: ``<`` and ``>`` are two bytes."""
    return all(mark in head for mark in (b"<\x00", b">\x00")) or all(
        mark in head for mark in (b"\x00<", b"\x00>")
    )


def _manifest_entry(manifest: Path, number: int, line: str) -> Planned | Fault:
    name = f"{manifest}:{number}"
    try:
        entry = json.loads(line)
    except ValueError:
        return Fault(name, f"{name}: this line is not JSON")
    if not isinstance(entry, dict) or not isinstance(entry.get("page"), str):
        return Fault(name, f'{name}: needs an object with a string "page"')
    url, content_type = entry.get("url"), entry.get("content_type")
    for key, value in (("url", url), ("content_type", content_type)):
        if value is not None and not isinstance(value, str):
            return Fault(well_formed(entry["page"]), f"{name}: {key} must be a string or null")
    path = manifest.parent / entry["page"]
    return Planned(well_formed(entry["page"]), path, url, content_type)


def _expand(given: str) -> Iterator[Planned | Fault]:
    """The path itself, or a folder's pages sorted by path, hidden files left out.

    Folders below it that cannot be listed come first, as faults.
    """
    path = Path(given)
    if not os.path.isdir(given):  # noqa: PTH112 - Path raises where a folder above is closed
        yield Planned(well_formed(given), path)
        return
    closed: list[OSError] = []
    found = sorted(_pages_below(path, closed), key=lambda one: one.parts)
    for fault in closed:
        name = well_formed(fault.filename)
        yield Fault(name, f"{name}: the folder cannot be read: {fault.strerror}")
    if not found and not closed:
        yield Planned(well_formed(given), path)  # read_page tells that there is no page in it
    for one in found:
        name = os.path.join(given, one)  # noqa: PTH118 keeps "./x" as given
        yield Planned(well_formed(name), path / one)


def _pages_below(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """The pages, relative to the folder. Why one below cannot be listed goes to ``closed``."""
    for parent, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and Path(name).suffix.lower() in PAGE_SUFFIXES:
                yield Path(parent, name).relative_to(folder)


def _informed(planned: Planned, known: dict[str, Planned]) -> Planned:
    entry = known.get(_real(planned.path)) if known else None
    if entry is None:
        return planned
    return replace(planned, url=entry.url, content_type=entry.content_type)


def _real(path: Path) -> str:
    """The path without links, as far as it can be followed: what it leads to may not exist."""
    try:
        return os.path.realpath(path)
    except ValueError:  # a NUL character, which read_page tells
        return str(path)


def _absence(path: Path) -> str:
    if path.is_dir():
        return "is a folder without pages (.html, .htm, .xhtml, .shtml, .txt)"
    return "is not a regular file" if path.exists() else "does not exist"


def _fault(planned: Planned, what: str, rejected: RejectionReason | None = None) -> Fault:
    return Fault(planned.name, f"{planned.name}: {what}", planned.url, rejected)
