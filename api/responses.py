"""Answers with strong ETags, 304, compression and caching rules."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

import brotli
import orjson
from flask import Response, request

_SMALL = 1024  # bytes; below this compression saves no packet


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes to be sent and their digest; what is built once is also kept compressed."""

    plain: bytes
    etag: str
    content_type: str
    packed: dict[str, bytes]


def body_of(data: object, *, best: bool = False) -> Body:
    """The JSON of ``data``; ``best`` compresses at once, and as hard as it goes."""
    return encode(orjson.dumps(data), "application/json", best=best)


def encode_json(data: object) -> Response:
    """An answer to one person alone, which nobody may keep."""
    response = Response(orjson.dumps(data), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def encode(plain: bytes, content_type: str, *, best: bool = False) -> Body:
    """The bytes with their digest."""
    etag = hashlib.sha256(plain).hexdigest()[:24]
    packed: dict[str, bytes] = {}
    if best:
        packed["gzip"] = gzip.compress(plain, 9, mtime=0)
        packed["br"] = brotli.compress(plain, quality=11)
    return Body(plain, etag, content_type, packed)


def send(body: Body, *, max_age: int) -> Response:
    """The answer to this request: the body in the best encoding, or 304."""
    coding = _choose_coding(body)
    # A strong ETag names one representation, so each encoding has its own.
    etag = f"{body.etag}-{coding}" if coding else body.etag
    known = request.if_none_match
    if known and any(known.contains(f"{body.etag}{one}") for one in ("", "-br", "-gzip")):
        response = Response(status=304)
    else:
        response = Response(_pack(body, coding), content_type=body.content_type)
        if coding:
            response.headers["Content-Encoding"] = coding
    response.set_etag(etag)
    response.headers["Cache-Control"] = f"public, max-age={max_age}, stale-while-revalidate=600"
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _pack(body: Body, coding: str) -> bytes:
    if not coding:
        return body.plain
    if coding in body.packed:
        return body.packed[coding]
    if coding == "gzip":
        return gzip.compress(body.plain, 5, mtime=0)
    packed: bytes = brotli.compress(body.plain, quality=4)
    return packed


def _choose_coding(body: Body) -> str:
    accepted = request.environ.get("HTTP_ACCEPT_ENCODING", "")
    if not accepted or len(body.plain) < _SMALL:
        return ""
    if ";" not in accepted:  # no weights: what nearly every browser sends
        names = {one.strip() for one in accepted.split(",")}
        return "br" if "br" in names else "gzip" if "gzip" in names else ""
    best = request.accept_encodings.best_match(["br", "gzip", "identity"])
    return best if best in {"br", "gzip"} else ""
