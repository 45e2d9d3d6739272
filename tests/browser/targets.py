"""What Playwright does not show as a page: the real popup and the side panel, over the protocol."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any, Self

from conftest import Browser
from playwright.sync_api import CDPSession, Page

_PATIENCE = 40  # seconds
_BRIEFLY = 12  # seconds, for what can be asked again
_PRESSES = 4
_PAUSE = 0.02  # seconds, so that looking costs the browser nothing

_taken: set[str] = set()


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
        """A target that no test has had yet and whose address contains ``part``.

        What another test left behind, as the panel of a closed tab, is never taken for it.
        """
        session = protocol(browser)
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            for one in session.send("Target.getTargets")["targetInfos"]:
                is_new = one["targetId"] not in _taken
                if one["type"] == "page" and part in one["url"] and is_new:
                    _taken.add(one["targetId"])
                    return cls(session, one["targetId"])
            time.sleep(_PAUSE)
        raise AssertionError(f"nothing with {part} was opened")

    def _receive(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if event["sessionId"] == self._id and "id" in message:
            self._answers[message["id"]] = message

    def run(self, script: str) -> Any:
        """What a script or its promise gives; in the target, as from a person's click."""
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
        """What the target shows, as PNG; asked for again where a first frame never came."""
        return base64.b64decode(
            self._ask_again("Page.captureScreenshot", {"format": "png"})["data"]
        )

    def _ask_again(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._ask(method, parameters, _BRIEFLY)
            except TimeoutError:
                if time.monotonic() > deadline:
                    raise

    def _ask(
        self, method: str, parameters: dict[str, Any], patience: float = _PATIENCE
    ) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        text = json.dumps(message)
        self._session.send("Target.sendMessageToTarget", {"message": text, "sessionId": self._id})
        deadline = time.monotonic() + patience
        while self._number not in self._answers:
            if time.monotonic() > deadline:
                raise TimeoutError(f"no answer to {method} {parameters}")
            self._session.send("Target.getTargets")  # lets events come in
        answer = self._answers.pop(self._number)
        assert "result" in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def close(self) -> None:
        """Closes the document, as a click elsewhere does."""
        self._session.send("Target.closeTarget", {"targetId": self.identifier})

    def wait_until_gone(self) -> None:
        """Returns once the document is closed."""
        deadline = time.monotonic() + _PATIENCE
        while any(
            one["targetId"] == self.identifier
            for one in self._session.send("Target.getTargets")["targetInfos"]
        ):
            assert time.monotonic() < deadline, "still open"

    def wait_for_text(self, selector: str, patience: float = _PATIENCE) -> str:
        """The text of an element, once it has some.

        Asked for anew each time: a promise would end with the document it was made in.

        Raises:
            TimeoutError: It had none for so many seconds; says what the document shows instead.
        """
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            text: str = self.run(f"document.querySelector({json.dumps(selector)})?.innerText")
            if text:
                return text
            time.sleep(_PAUSE)
        shown = self.run(
            "`${location}, ${document.readyState}, ${document.visibilityState}: `"
            " + document.body?.innerText"
        )
        raise TimeoutError(f"no text in {selector} of {shown}")


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


def ask_for_popup(browser: Browser, _: Page) -> None:
    """What the extension itself can do instead of a person's click on its icon."""
    browser.worker.evaluate("() => chrome.action.openPopup()")


def open_popup(
    browser: Browser, page: Page, press: Callable[[Browser, Page], None] = press_icon
) -> Target:
    """The popup that opens for a page, once it lists what it found.

    On some machines Chromium without a screen leaves a popup empty: pressed again, as a person
    would.
    """
    faults = []
    for _ in range(_PRESSES):
        press(browser, page)
        popup = Target.wait_for(browser, "popup.html")
        try:
            popup.wait_for_text("#lenders", _BRIEFLY)
        except TimeoutError as fault:
            faults.append(str(fault))
            popup.close()
            popup.wait_until_gone()
        else:
            return popup
    raise AssertionError(faults)
