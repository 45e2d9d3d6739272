"""Web archives made for tests and measurements."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fastwarc.stream_io import ZstdWriter
from fastwarc.warc import WarcRecord, WarcRecordType


@dataclass(frozen=True, slots=True)
class Record:
    """One record of an archive: an answer unless ``kind`` says otherwise."""

    url: str
    body: bytes
    content_type: str = "text/html; charset=utf-8"
    coding: str = ""  # the Content-Encoding
    status: int = 200
    kind: str = "response"
    date: str = "2024-05-06T07:08:09Z"


def write_archive(path: Path, records: Iterable[Record]) -> None:
    """Write the records; the name's end says how each of them is compressed."""
    with path.open("wb") as file:
        for record in records:
            written = io.BytesIO()
            _warc_record(record).write(written)
            plain = written.getvalue()
            if path.suffix == ".gz":
                plain = gzip.compress(plain, 1)
            elif path.suffix == ".zst":
                plain = _zstd(plain)
            file.write(plain)


def _zstd(plain: bytes) -> bytes:
    packed = io.BytesIO()
    with ZstdWriter(packed) as writer:
        writer.write(plain)
    return packed.getvalue()


def _warc_record(record: Record) -> WarcRecord:
    made = WarcRecord()
    made.init_headers(getattr(WarcRecordType, record.kind))
    made.headers["WARC-Target-URI"] = record.url
    made.headers["WARC-Date"] = record.date
    made.headers["Content-Type"] = f"application/http; msgtype={record.kind}"
    made.is_http = True
    body = gzip.compress(record.body, 1) if record.coding == "gzip" else record.body
    head = [f"HTTP/1.1 {record.status} Some", f"Content-Type: {record.content_type}"]
    head += [f"Content-Encoding: {record.coding}"] if record.coding else []
    head += [f"Content-Length: {len(body)}", "", ""]
    made.set_bytes_content("\r\n".join(head).encode() + body)
    return made
