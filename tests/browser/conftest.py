"""The real thing for browser tests: sample site, crawl, API, and Chromium with the extension."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Request, Worker, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ZHIQUAN = (sys.executable, "-m", "crawler.cli")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test here; without Chromium they are skipped."""
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        if not CHROMIUM.exists():
            item.add_marker(pytest.mark.skip(reason="no Chromium; ./dev test installs it"))


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serves on a free loopback port while the block runs; yields the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Served:
    """Pages on a loopback port, and every request that came for them."""

    address: str
    pages: dict[str, str]
    requests: list[str] = field(default_factory=list)

    def add(self, path: str, body: str, title: str = "网页") -> str:
        """The address under which ``body`` is now served."""
        head = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>'
        self.pages[path] = head + body
        return self.address + path


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """A site of the test's own pages."""
    pages: dict[str, str] = {}
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            body = pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, format: str, *args: object) -> None:
            """Keeps the test's output clean."""

    with serving(Handler) as address:
        yield Served(address, pages, requests)


@dataclass(frozen=True)
class Asked:
    """One request that reached the API."""

    method: str
    path: str
    headers: dict[str, str]
    status: int
    body: str = ""


@dataclass(frozen=True)
class Api:
    """The running API behind a recorder that notes every request it passes on."""

    address: str
    requests: list[Asked]

    def get(self, path: str) -> dict[str, Any]:
        """The JSON behind a path."""
        with urlopen(self.address + path) as answer:  # noqa: S310 - our own loopback server
            found: dict[str, Any] = json.load(answer)
        return found


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The store after a crawl of the bundled sample site over HTTP."""
    database = f"sqlite:///{tmp_path_factory.mktemp('store')}/zhiquan.db"
    subprocess.run(
        [*ZHIQUAN, "crawl", "--source", "sample", "--database", database],
        check=False,  # the site serves broken pages on purpose: status 1
        capture_output=True,
        timeout=240,
    )
    return database


def make_token(database: str, label: str) -> str:
    """A new token for the desk of a store."""
    command = [*ZHIQUAN, "desk", "token", label, "--database", database]
    made = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    return made.stdout.strip()


@contextmanager
def serving_store(database: str) -> Iterator[str]:
    """The address of ``zhiquan serve`` over a store."""
    command = [*ZHIQUAN, "serve", "--database", database, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            address = server.stdout.readline().strip().rstrip("/")
            assert address.startswith("http://127.0.0.1:")
            yield address
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def served_store(sample_database: str) -> Iterator[str]:
    """The address of ``zhiquan serve`` over the crawled sample site."""
    with serving_store(sample_database) as address:
        yield address


@pytest.fixture(scope="session")
def api(served_store: str) -> Iterator[Api]:
    """The API as the extension reaches it: the service keeps no access log, this one does."""
    requests: list[Asked] = []
    host = served_store.removeprefix("http://")

    class Recorder(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # browsers ignore entity tags of older answers

        def do_GET(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = dict(self.headers)
            with closing(HTTPConnection(host, timeout=60)) as upstream:
                upstream.request(self.command, self.path, sent, headers)
                answer = upstream.getresponse()
                body = answer.read()
            asked = Asked(self.command, self.path, headers, answer.status, sent.decode())
            requests.append(asked)
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"connection", "server", "date"}:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_OPTIONS = do_GET
        do_POST = do_GET
        do_HEAD = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Keeps the test's output clean."""

    with serving(Recorder) as address:
        yield Api(address, requests)


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory, project_folder: Path) -> Callable[..., Path]:
    """Makes a copy of the extension with its data, perhaps with all sites allowed.

    A browser without a person cannot answer the permission's question, so the copy moves
    the optional permission to the granted ones; not a line of code differs.
    """

    def copy(*, all_sites: bool = True, data: bool = True) -> Path:
        folder = tmp_path_factory.mktemp("extension") / "zhiquan"
        source = project_folder / "extension"
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("data"))
        if data:
            command = [*ZHIQUAN, "pack", "--unpacked", str(folder)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
        if all_sites:
            manifest = json.loads((folder / "manifest.json").read_text())
            manifest["host_permissions"] = manifest.pop("optional_host_permissions")
            (folder / "manifest.json").write_text(json.dumps(manifest))
        return folder

    return copy


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    """Playwright itself."""
    with sync_playwright() as driver:
        yield driver


@dataclass
class Browser:
    """Chromium with the extension, what it asked the network for, and what went wrong in it."""

    context: BrowserContext
    worker: Worker
    requests: list[Request]
    faults: list[str]

    @property
    def origin(self) -> str:
        """The extension's own origin."""
        return self.worker.url.removesuffix("/background.js")

    def storage(self, key: str) -> dict[str, object]:
        """What the extension has stored under a key."""
        found: dict[str, object] = self.worker.evaluate(
            "key => chrome.storage.local.get(key).then(all => all[key] ?? {})", key
        )
        return found

    def change_settings(self, **changes: object) -> None:
        """Stores changed settings, as the options page does."""
        self.worker.evaluate(
            """async changes => {
              const { settings } = await chrome.storage.local.get("settings");
              await chrome.storage.local.set({ settings: { ...settings, ...changes } });
            }""",
            changes,
        )

    def use_api(self, address: str) -> None:
        """Sets the API's address and fetches everything from it, as a person would."""
        options = self.visit(f"{self.origin}/options.html")
        options.fill("[name=apiAddress]", address)
        options.dispatch_event("[name=apiAddress]", "change")
        options.wait_for_selector("#saved:not(:empty)")
        options.click("#refresh")
        options.wait_for_selector("#refresh:not([disabled])")
        options.close()

    def visit(self, url: str, hits: int | None = None) -> Page:
        """A page in a new tab; with ``hits``, once so many names are known to the badge."""
        page = self.context.new_page()
        page.set_default_timeout(40_000)  # a busy machine is slow, not wrong
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(url)
        page.bring_to_front()
        if hits is not None:
            self.wait_for_badge(page, str(hits) if hits else "")
        return page

    def tab_of(self, page: Page) -> int:
        """The browser's id of the page's tab."""
        found: int = self.worker.evaluate(
            """async url => {
              const tabs = await chrome.tabs.query({});
              return tabs.find(tab => (tab.url || tab.pendingUrl) === url).id;
            }""",
            page.url,
        )
        return found

    def wait_for_badge(self, page: Page, text: str) -> None:
        """Returns once the toolbar icon shows ``text`` for the page."""
        self.worker.evaluate(
            """async ([tabId, text]) => {
              for (let turn = 0; turn < 200; turn++) {
                const shown = await chrome.action.getBadgeText({ tabId });
                if (shown === text) return;
                if (turn === 199) throw new Error(`the badge shows "${shown}", not "${text}"`);
                await new Promise(resolve => setTimeout(resolve, 50));
              }
            }""",
            [self.tab_of(page), text],
        )


@pytest.fixture(scope="session")
def launch(
    playwright_driver: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Browser]:
    """Starts Chromium with the extension in a folder."""

    def start(folder: Path, **options: object) -> Browser:
        arguments = [
            f"--disable-extensions-except={folder}",
            f"--load-extension={folder}",
            "--headless=new",
            "--enable-unsafe-extension-debugging",  # lets a test press the toolbar icon
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
        ]
        profile = tmp_path_factory.mktemp("profile")
        (profile / "Default").mkdir()
        # Without the developer mode an unpacked extension that reloads itself stays away.
        preferences = {"extensions": {"ui": {"developer_mode": True}}}
        (profile / "Default" / "Preferences").write_text(json.dumps(preferences))
        context = playwright_driver.chromium.launch_persistent_context(
            str(profile),
            executable_path=str(CHROMIUM),
            headless=False,  # the flag above: only the new headless mode loads extensions
            args=arguments,
            env={**os.environ, "LANGUAGE": "zh_CN"},
            **{"viewport": {"width": 1100, "height": 800}, **options},
        )
        requests: list[Request] = []
        context.on("request", lambda request: requests.append(request))
        workers = context.service_workers
        worker = workers[0] if workers else context.wait_for_event("serviceworker")
        # The alarm is the last thing the worker sets up after its installation.
        worker.evaluate(
            """async () => {
              while (!(await chrome.alarms.get("refresh"))) {
                await new Promise(resolve => setTimeout(resolve, 50));
              }
            }"""
        )
        return Browser(context, worker, requests, [])

    return start


@pytest.fixture(scope="session")
def browser(
    launch: Callable[..., Browser], packed: Callable[..., Path], api: Api
) -> Iterator[Browser]:
    """Chromium with all sites allowed and the real API in use."""
    started = launch(packed())
    started.use_api(api.address)
    yield started
    started.context.close()
