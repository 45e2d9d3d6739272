"""What axe-core finds wrong with a page of the service."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page


def find_faults(page: Page, axe: str) -> list[str]:
    """The faults of the page without its frames, each with the first element that has it."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": axe})
    script = (
        "axe.run(document, {iframes: false}).then(found => JSON.stringify(found.violations.map("
        "one => one.id + ': ' + one.nodes[0].html)))"
    )
    options = {"expression": script, "awaitPromise": True, "returnByValue": True}
    answer: dict[str, Any] = session.send("Runtime.evaluate", options)
    found: list[str] = json.loads(answer["result"]["value"])
    return found
