"""What Playwright does not show as a page: the real popup and the side panel, over the protocol."""

from __future__ import annotations

import base64
import json
import time
from typing import Any, Self

from conftest import Browser
from playwright.sync_api import CDPSession, Page

_PATIENCE = 40  # seconds


class Target:
    """A document of the browser that is no tab; scripts run in it with a person's rights."""

    def __init__(self, session: CDPSession, identifier: str) -> None:
        self.identifier = identifier
        self._session = session
        self._answers: dict[int, dict[str, Any]] = {}
        self._number = 0
        session.on("Target.receivedMessageFromTarget", self._receive)
        attached = session.send("Target.attachToTarget", {"targetId": identifier})
        self._id = attached["sessionId"]

    @classmethod
    def wait_for(cls, browser: Browser, part: str) -> Self:
        """The first target whose address contains ``part``, once there is one."""
        session = protocol(browser)
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            for one in session.send("Target.getTargets")["targetInfos"]:
                if one["type"] == "page" and part in one["url"]:
                    return cls(session, one["targetId"])
        raise AssertionError(f"nothing with {part} was opened")

    def _receive(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if event["sessionId"] == self._id and "id" in message:
            self._answers[message["id"]] = message

    def run(self, script: str) -> Any:
        """What a script's promise gives; awaited in the target, as from a person's click."""
        parameters = {
            "expression": script,
            "awaitPromise": True,
            "returnByValue": True,
            "userGesture": True,
        }
        result = self._ask("Runtime.evaluate", parameters)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def screenshot(self) -> bytes:
        """What the target shows, as PNG."""
        return base64.b64decode(self._ask("Page.captureScreenshot", {"format": "png"})["data"])

    def _ask(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        text = json.dumps(message)
        self._session.send("Target.sendMessageToTarget", {"message": text, "sessionId": self._id})
        deadline = time.monotonic() + _PATIENCE
        while self._number not in self._answers:
            assert time.monotonic() < deadline, f"no answer to {method} {parameters}"
            self._session.send("Target.getTargets")  # lets events come in
        result: dict[str, Any] = self._answers.pop(self._number)["result"]
        return result

    def wait_until_gone(self) -> None:
        """Returns once the document is closed."""
        deadline = time.monotonic() + _PATIENCE
        while any(
            one["targetId"] == self.identifier
            for one in self._session.send("Target.getTargets")["targetInfos"]
        ):
            assert time.monotonic() < deadline, "still open"

    def wait_for_text(self, selector: str) -> str:
        """The text of an element, once it has some."""
        found: str = self.run(
            f"""new Promise((resolve, reject) => {{
              const look = (turn) => {{
                const text = document.querySelector({json.dumps(selector)})?.innerText;
                if (text) resolve(text);
                else if (turn > 150) reject(new Error("no text"));
                else setTimeout(look, 50, turn + 1);
              }};
              look(0);
            }})"""
        )
        return found


def protocol(browser: Browser) -> CDPSession:
    """A session with the browser itself."""
    assert browser.context.browser
    return browser.context.browser.new_browser_cdp_session()


def press_icon(browser: Browser, page: Page) -> None:
    """What a click on the toolbar icon does for a page's tab: it also grants activeTab."""
    session = protocol(browser)
    tabs = session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
    tab = next(one["targetId"] for one in tabs if one["url"] == page.url)
    extension = browser.worker.url.split("/")[2]
    session.send("Extensions.triggerAction", {"id": extension, "targetId": tab})
