"""A client for Firefox's own remote protocol, as far as the tests need it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from pathlib import Path
from typing import Any, Self

FIREFOX = Path("/usr/bin/firefox-esr")
_PATIENCE = 90  # seconds; a loaded machine starts a browser slowly
_PREFERENCES = {
    "marionette.port": 0,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}


class Firefox:
    """A Firefox without a window, and one session with it."""

    def __init__(self, profile: Path) -> None:
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines))
        self._process = subprocess.Popen(
            [
                str(FIREFOX),
                "--headless",
                "--marionette",
                "-remote-allow-system-access",
                "-profile",
                str(profile),
            ],
            # Root may not start Firefox while HOME is somebody else's.
            env={**os.environ, "HOME": str(profile), "MOZ_HEADLESS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._socket = socket.create_connection(("127.0.0.1", self._port(profile)), _PATIENCE)
        self._pending = b""
        self._number = 0
        self._receive()  # the greeting
        self.send("WebDriver:NewSession", {"capabilities": {}})

    def _port(self, profile: Path) -> int:
        file = profile / "MarionetteActivePort"
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            if file.exists() and file.read_text().strip():
                return int(file.read_text())
            try:
                self._process.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
            break
        self._process.kill()
        raise RuntimeError("Firefox did not start")

    def _receive(self) -> Any:
        while b":" not in self._pending:
            self._pending += self._socket.recv(65536)
        size, _, rest = self._pending.partition(b":")
        while len(rest) < int(size):
            rest += self._socket.recv(65536)
        self._pending = rest[int(size) :]
        return json.loads(rest[: int(size)])

    def send(self, command: str, parameters: dict[str, Any]) -> Any:
        """What the browser answers; raises RuntimeError with what it complains of."""
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, _, error, result = self._receive()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result

    def run(self, script: str, *arguments: Any, chrome: bool = False) -> Any:
        """What an asynchronous function body returns, in the page or in the browser itself."""
        self.send("Marionette:SetContext", {"value": "chrome" if chrome else "content"})
        wrapped = (
            "const done = arguments[arguments.length - 1];"
            f"(async (...args) => {{ {script} }})(...arguments)"
            ".then(value => done([value]), error => done([null, String(error)]));"
        )
        answer = self.send(
            "WebDriver:ExecuteAsyncScript", {"script": wrapped, "args": [*arguments]}
        )
        value, *faults = answer["value"]
        if faults:
            raise RuntimeError(faults[0])
        return value

    def visit(self, url: str) -> None:
        """Opens an address in the session's tab, brought to the front: hidden tabs sleep."""
        self.send("Marionette:SetContext", {"value": "content"})
        handle = self.send("WebDriver:GetWindowHandle", {})["value"]
        self.send("WebDriver:SwitchToWindow", {"handle": handle, "focus": True})
        self.send("WebDriver:Navigate", {"url": url})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(_PATIENCE)
