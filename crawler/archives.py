"""Web archives (WARC, plain or compressed) as streams of pages."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.model import Page
from crawler.prefilter import Prefilter
from crawler.reading import MAX_BYTES, Fault, Planned, judge_bytes, media_type, well_formed

ARCHIVE_SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")
_PAGE_MEDIA = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_TYPES = WarcRecordType.response | WarcRecordType.resource
_OK = 200
_END = b"\r\n\r\n"
_GZIP = zlib.MAX_WBITS | 16
_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 16


def is_archive(path: str) -> bool:
    """Whether the name is that of a web archive."""
    return path.lower().endswith(ARCHIVE_SUFFIXES)


def open_archives(
    planned: Iterable[Planned | Fault], prefilter: Prefilter | None, tally: Counter[str]
) -> Iterator[Planned | Page | Fault]:
    """What is planned, in order, with each archive replaced by the pages in it."""
    for one in planned:
        if isinstance(one, Planned) and is_archive(one.name):
            yield from read_archive(one.path, prefilter, tally, one.name)
        else:
            yield one


def read_archive(
    path: Path,
    prefilter: Prefilter | None = None,
    tally: Counter[str] | None = None,
    given: str | None = None,
) -> Iterator[Page | Fault]:
    """The archive's pages in order, one in memory at a time; an archive that breaks off is a fault.

    Only answers with status 200 and a page's media type count; with a ``prefilter`` only those
    that may be kept. ``tally`` counts ``records``, ``not pages`` and ``filtered``. Pages and
    faults name the archive as it was ``given``, or by its path.
    """
    counts = Counter[str]() if tally is None else tally
    name = well_formed(given or str(path))
    absence = _absence(path)
    if absence is not None:
        yield Fault(name, f"{name}: {absence}")
        return
    read, last, cut = 0, 0, None
    try:
        for record in ArchiveIterator(str(path), _TYPES, auto_decode="all", fsspec_args=False):
            if cut is not None:  # more follows: its headers promised too much
                yield cut
                cut = None
            read, last = read + 1, record.stream_pos
            counts["records"] += 1
            page = _page(name, path, record)
            if page is None:
                counts["not pages"] += 1
            elif prefilter is not None and not prefilter.may_keep(page.body, page.content_type):
                counts["filtered"] += 1
            else:
                cut = page if _is_cut(record, page) else None
                if cut is None:
                    yield page
    except (OSError, ValueError, EOFError) as error:
        yield Fault(name, f"{name}: the archive cannot be read after record {read}: {error}")
        return
    if cut is not None or not _ends_whole(path, last):
        yield Fault(name, f"{name}: the archive breaks off after {read} records; fetch it again")
    elif not read:
        yield Fault(name, f"{name}: no record of a page in it; is it a WARC file?")


def _absence(path: Path) -> str | None:
    """Why there is no archive to be read at the path; ``None`` when there is one."""
    try:
        if path.is_dir():
            return "is a folder; name the archives in it"
        if not path.is_file():
            return "is not a regular file" if path.exists() else "does not exist"
        path.open("rb").close()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except ValueError:
        return "cannot be read: the path has a NUL character"
    return None


def _page(archive: str, path: Path, record: WarcRecord) -> Page | None:
    """The page an archive's record holds; ``None`` when it holds anything else."""
    if record.is_http:
        if record.http_headers.status_code != _OK:
            return None
        content_type = record.http_headers.get("Content-Type")
    else:
        content_type = record.headers.get("Content-Type")
    if media_type(content_type) not in _PAGE_MEDIA or record.headers.get("WARC-Truncated"):
        return None
    body = record.reader.read(MAX_BYTES + 1)
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    if len(body) > MAX_BYTES:
        # The next record is found only from this one's end; nothing read here is kept.
        while record.reader.read(_CHUNK):
            pass
        return None
    if url is None:
        return None
    name = f"{archive}@{record.stream_pos}"
    judged = judge_bytes(Planned(name, path, url, content_type), body)
    if isinstance(judged, Fault):
        return None
    return replace(judged, fetched_at=_fetched_at(record))


def _is_cut(record: WarcRecord, page: Page) -> bool:
    """Whether less was read than the answer's headers promise."""
    if not record.is_http:
        return False
    headers = record.http_headers
    if headers.get("Content-Encoding") or headers.get("Transfer-Encoding"):
        return False  # the promise counts encoded bytes
    promised = headers.get("Content-Length") or ""
    return promised.isdecimal() and len(page.body) < int(promised)


def _ends_whole(path: Path, last: int) -> bool:
    """Whether the file ends as a record does; ``last`` is where the last known one begins.

    A file that was cut inside of a record's headers otherwise looks like a shorter one.
    """
    with path.open("rb") as file:
        if path.suffix == ".warc":
            file.seek(max(0, path.stat().st_size - len(_END)))
            return file.read() == _END
        if path.suffix != ".gz":
            return True  # the other formats' readers tell by themselves
        file.seek(last)
        if file.peek(2)[:2] != _MAGIC:  # compressed as one, not record by record
            file.seek(0)
        member, tail = zlib.decompressobj(_GZIP), b""
        while chunk := file.read(_CHUNK):
            while chunk:
                tail = (tail + member.decompress(chunk))[-len(_END) :]
                chunk = member.unused_data
                if member.eof:
                    member = zlib.decompressobj(_GZIP)
                    if not chunk and not file.peek(1):
                        return tail == _END
        return False


def _fetched_at(record: WarcRecord) -> datetime:
    moment = record.record_date
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
