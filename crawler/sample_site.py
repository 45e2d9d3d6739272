"""The bundled sample site on a loopback port, with a server's usual virtues and faults.

Files under ``seeds/site`` are served as they are. ``headers.toml`` beside them gives the
Content-Type of single files where it differs from UTF-8 HTML. The addresses under
``/faults/`` answer as broken servers do.
"""

from __future__ import annotations

import argparse
import hashlib
import tomllib
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from crawler.seeds import seeds_folder

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".css": "text/css",
    ".png": "image/png",
}

_FAULTS: dict[str, tuple[int, str, str, bytes]] = {
    # path -> status, Content-Type, Location, body
    "/faults/error": (500, "text/html", "", b"<h1>500</h1>"),
    "/faults/gone": (410, "text/html", "", b"<h1>410</h1>"),
    "/faults/loop-a": (302, "text/html", "/faults/loop-b", b""),
    "/faults/loop-b": (302, "text/html", "/faults/loop-a", b""),
    "/faults/self": (302, "text/html", "/faults/self", b""),
    "/faults/image": (200, "image/png", "", b"\x89PNG\r\n\x1a\n"),
    "/faults/binary": (200, "text/html", "", bytes(range(256)) * 8),
    "/faults/empty": (200, "text/html", "", b""),
    "/faults/charset": (
        200,
        "text/html; charset=x-none-such",
        "",
        "<title>无此编码</title><p>这一页的编码名不存在。</p>".encode(),
    ),
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "zhiquan-sample"

    def __init__(self, *args: object, folder: Path, types: dict[str, str]) -> None:
        self._folder = folder
        self._types = types
        super().__init__(*args)  # type: ignore[arg-type]  # whatever socketserver gives

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path in _FAULTS:
            status, content_type, location, body = _FAULTS[path]
            self._answer(status, content_type, body, {"Location": location} if location else {})
            return
        file = self._file(path)
        if file is None:
            body = "<!doctype html><title>404</title><p>没有这一页。</p>".encode()
            self._answer(HTTPStatus.NOT_FOUND, _TYPES[".html"], body, {})
            return
        body = file.read_bytes()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == tag:
            self._answer(HTTPStatus.NOT_MODIFIED, None, b"", {"ETag": tag})
            return
        name = file.relative_to(self._folder).as_posix()
        content_type = self._types.get(name, _TYPES.get(file.suffix, "application/octet-stream"))
        self._answer(HTTPStatus.OK, content_type, body, {"ETag": tag})

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the crawl tells what happened."""

    def _file(self, path: str) -> Path | None:
        relative = path.lstrip("/") or "index.html"
        if relative.endswith("/"):
            relative += "index.html"
        file = (self._folder / relative).resolve()
        return file if file.is_file() and file.is_relative_to(self._folder) else None

    def _answer(
        self, status: int, content_type: str | None, body: bytes, headers: dict[str, str]
    ) -> None:
        self.send_response(status)
        if content_type is not None:
            self.send_header("Content-Type", content_type)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class SampleSite:
    """The sample site served while the ``with`` block runs, on a free port or the one given."""

    def __init__(self, folder: Path | None = None, port: int = 0) -> None:
        folder = (folder or seeds_folder() / "site").resolve()
        types = folder / "headers.toml"
        declared = tomllib.loads(types.read_text("utf-8")) if types.is_file() else {}
        handler = partial(_Handler, folder=folder, types=declared.get("content_types", {}))
        self._server = _open_server(handler, port)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    @property
    def address(self) -> str:
        """The site's start page."""
        return f"http://127.0.0.1:{self.port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a visitor that hangs up is no news."""


def _open_server(handler: partial[_Handler], port: int) -> _Server:
    """A server on the port, or on a free one when that is taken."""
    try:
        return _Server(("127.0.0.1", port), handler)
    except OSError:
        return _Server(("127.0.0.1", 0), handler)


def main() -> None:
    """Serves the sample site until Ctrl-C and prints its address."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, default=0)
    with SampleSite(port=parser.parse_args().port) as site:
        print(site.address, flush=True)  # the line a script waits for
        site._thread.join()


if __name__ == "__main__":
    main()
