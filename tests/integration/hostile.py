"""A site that does to a crawler what the worst sites do, on a loopback port."""

from __future__ import annotations

import contextlib
import gzip
import socket
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Self

import brotli
from backports import zstd

GOOD = (
    "<title>上门催收</title><h1>上门催收</h1>"
    + "<p>催收人员上门时应当出示证件,借款人可以核对身份、录音取证并拨打12378投诉。</p>" * 6
).encode()
BOMB = bytes(64 * 1024 * 1024)
DEEP = b"<title>deep</title>" + b"<div>" * 60_000 + GOOD


class Hostile(BaseHTTPRequestHandler):
    """One request; ``server.seen`` counts the paths, ``server.cookies`` what came back, and
    ``server.agents`` holds who asked."""

    protocol_version = "HTTP/1.1"
    server: HostileServer

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self.server.seen[path] += 1
        self.server.agents.add(self.headers["User-Agent"])
        if "Cookie" in self.headers:
            self.server.cookies += 1
        name, _, rest = path.strip("/").partition("/")
        answer = getattr(self, f"_{name.replace('-', '_').replace('.', '_')}", self._good)
        with contextlib.suppress(OSError):
            answer(rest)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", headers.pop("content_type", "text/html; charset=utf-8"))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _raw(self, head: str, body: bytes) -> None:
        self.wfile.write(head.replace("\n", "\r\n").encode("latin-1") + b"\r\n\r\n" + body)
        self.close_connection = True

    def _robots_txt(self, _: str) -> None:
        rules = b"User-agent: *\nDisallow: /secret\n" + b"# " + b"x" * 5_000_000
        self._send(rules, content_type="text/plain")

    def _good(self, _: str) -> None:
        self._send(GOOD, Set_Cookie="id=1; Path=/")

    def _chain(self, rest: str) -> None:
        self._send(b"", 302, Location=f"/chain/{int(rest) + 1}")

    def _ring(self, rest: str) -> None:
        self._send(b"", 301, Location=f"/ring/{(int(rest) + 1) % 3}")

    def _inward(self, rest: str) -> None:
        self._send(b"", 302, Location=f"http://{rest}/")

    def _nowhere(self, _: str) -> None:
        self._send(b"", 302, Location="http://[::1/%%%")

    def _loris(self, _: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not self.server.stopping.wait(0.2):
            self.wfile.write(b"x")

    def _endless(self, _: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not self.server.stopping.is_set():
            self.wfile.write(b"<p>x</p>" * 100_000)

    def _gzip(self, _: str) -> None:
        self._send(gzip.compress(BOMB), Content_Encoding="gzip")

    def _br(self, _: str) -> None:
        self._send(brotli.compress(BOMB, quality=1), Content_Encoding="br")

    def _zstd(self, _: str) -> None:
        self._send(zstd.compress(BOMB), Content_Encoding="zstd")

    def _rubbish(self, _: str) -> None:
        self._send(b"no gzip at all", Content_Encoding="gzip")

    def _long(self, _: str) -> None:
        self._raw("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 99999", GOOD)

    def _negative(self, _: str) -> None:
        self._raw("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: -5", GOOD)

    def _chunks(self, _: str) -> None:
        head = "HTTP/1.1 200 OK\nContent-Type: text/html\nTransfer-Encoding: chunked"
        self._raw(head, b"zz\r\n" + GOOD)

    def _status(self, _: str) -> None:
        self._raw("HTTP/9.9 abc", b"")

    def _header(self, _: str) -> None:
        self._raw("HTTP/1.1 200 OK\nContent-Type: \xff\xfe;charset=\x01\nX", GOOD)

    def _hangup(self, _: str) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def _deep(self, _: str) -> None:
        self._send(DEEP)

    def _mixed(self, _: str) -> None:
        body = GOOD + "上门".encode("gbk") * 50 + b"\xff\xfe\x00\xd8"
        self._send(body, content_type="text/html; charset=utf-16")

    def _calendar(self, rest: str) -> None:
        number = int(rest or 0)
        links = "".join(f'<a href="/calendar/{number * 3 + one}">{one}</a>' for one in (1, 2, 3))
        self._send(f"<title>{number}</title>{links}".encode())

    def _grow(self, rest: str) -> None:
        self._send(f'<title>x</title><a href="{rest or "x"}/">more</a>'.encode())


class HostileServer(ThreadingHTTPServer):
    """Counts what is asked, until the ``with`` block ends."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hostile)
        self.seen: Counter[str] = Counter()
        self.cookies = 0
        self.agents: set[str] = set()
        self.stopping = Event()
        self._thread = Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        """Without a slash at the end."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A crawler that hangs up is no news."""
