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
    """Bytes to be sent, ready in each encoding that is worth it, and their digest."""

    plain: bytes
    etag: str
    content_type: str = "application/json"
    gzip: bytes | None = None
    br: bytes | None = None


def body_of(data: object, *, best: bool = False) -> Body:
    """The JSON of ``data``; ``best`` compresses as hard as pays for what is built once."""
    return encode(orjson.dumps(data), "application/json", best=best)


def encode_json(data: object) -> Response:
    """An answer to one person alone, which nobody may keep."""
    response = Response(orjson.dumps(data), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def encode(plain: bytes, content_type: str, *, best: bool = False) -> Body:
    """The bytes with their digest and compressed forms."""
    etag = hashlib.sha256(plain).hexdigest()[:24]
    if len(plain) < _SMALL:
        return Body(plain, etag, content_type)
    packed = gzip.compress(plain, 9 if best else 5, mtime=0)
    brotled = brotli.compress(plain, quality=11 if best else 4)
    return Body(plain, etag, content_type, packed, brotled)


def send(body: Body, *, max_age: int) -> Response:
    """The answer to this request: the body in the best encoding, or 304."""
    coding = _choose_coding(body)
    # A strong ETag names one representation, so each encoding has its own.
    etag = f"{body.etag}-{coding}" if coding else body.etag
    known = request.if_none_match
    if known and any(known.contains(f"{body.etag}{one}") for one in ("", "-br", "-gzip")):
        response = Response(status=304)
    else:
        data = {"br": body.br, "gzip": body.gzip, "": body.plain}[coding]
        response = Response(data, content_type=body.content_type)
        if coding:
            response.headers["Content-Encoding"] = coding
    response.set_etag(etag)
    response.headers["Cache-Control"] = f"public, max-age={max_age}, stale-while-revalidate=600"
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _choose_coding(body: Body) -> str:
    accepted = request.headers.get("Accept-Encoding", "")
    if not accepted or body.gzip is None:
        return ""
    best = request.accept_encodings.best_match(["br", "gzip", "identity"])
    return best if best in {"br", "gzip"} else ""
