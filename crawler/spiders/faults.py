"""Why an address could not be fetched, in words for a person."""

from __future__ import annotations

import zlib

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (CannotResolveHostError, "its host name has no address"),
    (DownloadConnectionRefusedError, "the server refused the connection"),
    (DownloadTimeoutError, "no complete answer in time"),
    (DownloadCancelledError, "the answer is larger than the limit"),
    (ResponseDataLossError, "the answer was cut short or has a wrong length"),
    (zlib.error, "the answer cannot be unpacked"),
)


def explain(error: BaseException) -> str:
    """One line that says what went wrong; the library's own words where we have none."""
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words
    said = " ".join(str(error).split())
    if "exceeded DOWNLOAD_MAXSIZE" in said:
        return "the answer unpacks to more than the limit"
    if isinstance(error, DownloadFailedError):
        return f"the answer is no HTTP: {_innermost(said)}"
    if isinstance(error, OSError):
        return f"the answer cannot be unpacked: {said}"
    return said or type(error).__name__


def _innermost(said: str) -> str:
    """The message inside Twisted's ``[<twisted.python.failure.Failure kind: message>]``."""
    return said.removeprefix("[<twisted.python.failure.Failure ").removesuffix(">]")
