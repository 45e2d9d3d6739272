"""Every check and test, one after the other; the last line says what was counted.

Called by ``./dev test``. Words after it go to pytest: ``./dev test -k crawl``.
``./dev test --coverage`` runs the tests of the pure core alone and fails when they leave more
of its branches untried than the floor in pyproject.toml allows.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
NODE = ROOT / "node_modules" / ".bin"
# The tests of the pure core. Those that need pages beside the project are left out, so that
# the figure is the same everywhere.
CORE_TESTS = tuple(
    f"tests/{name}"
    for name in (
        *("golden", "property", "quality/citations", "quality/extraction", "quality/mentions"),
        *("quality/metadata", "quality/topics"),
        *("unit/citations", "unit/dedup", "unit/extraction", "unit/test_archives.py"),
        *("unit/test_contacts.py", "unit/test_decisions.py", "unit/test_linklists.py"),
        *(
            "unit/test_mentions.py",
            "unit/test_rejection.py",
            "unit/test_signals.py",
            "unit/test_text.py",
        ),
        *("unit/test_topics.py", "unit/test_wording.py"),
    )
)
_PYTEST_COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed)")
_NODE_COUNT = re.compile(r"^\S* ?(pass|fail|skipped) (\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Check:
    """A command, and the name it goes by."""

    name: str
    command: tuple[str, ...]


def checks(extra: list[str]) -> list[Check]:
    """All checks in order: the quick ones first."""
    parallel = str(min(4, os.cpu_count() or 1))
    found = [
        Check("lint", (f"{BIN}/ruff", "check", ".")),
        Check("format", (f"{BIN}/ruff", "format", "--check", ".")),
        Check("types", (f"{BIN}/mypy",)),
        Check("imports", (f"{BIN}/lint-imports",)),
        Check("seeds", (f"{BIN}/zhiquan", "check-seeds")),
    ]
    if (ROOT / "biome.json").exists():
        found.append(Check("biome", (f"{NODE}/biome", "ci", ".")))
    if (ROOT / "extension" / "jsconfig.json").exists():
        found.append(Check("tsc", (f"{NODE}/tsc", "--noEmit", "-p", "extension/jsconfig.json")))
    javascript = sorted(str(one.relative_to(ROOT)) for one in ROOT.glob("tests/**/*.test.js"))
    if javascript:
        found.append(Check("node", ("node", "--test", *javascript)))
    # Browser tests share one screen and one port range; the others run side by side.
    spread = ("-n", parallel, "--dist", "worksteal")  # some tests take a minute, most none
    quick = (f"{BIN}/pytest", "-q", *spread, "--ignore=tests/browser", *extra)
    found.append(Check("pytest", quick))
    if any(ROOT.glob("tests/browser/test_*.py")):
        found.append(Check("browser", (f"{BIN}/pytest", "-q", "tests/browser", *extra)))
    return found


def measure_core(extra: list[str]) -> int:
    """0 when the tests of the pure core pass and try enough of its branches."""
    coverage = f"{BIN}/coverage"
    (ROOT / "var").mkdir(exist_ok=True)
    parallel = str(min(4, os.cpu_count() or 1))
    tests = ("pytest", "-q", "-n", parallel, "-m", "not shared", *CORE_TESTS, *extra)
    commands = [
        (coverage, "erase"),
        (coverage, "run", "-m", *tests),
        (coverage, "combine", "-q"),
        (coverage, "report"),
    ]
    return next((done for one in commands if (done := subprocess.call(one, cwd=ROOT))), 0)


def run(check: Check) -> tuple[bool, str]:
    """Whether the check passed, and what it printed; shown as it comes."""
    print(f"── {check.name}", flush=True)
    started = time.monotonic()
    process = subprocess.Popen(
        check.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    printed: list[str] = []
    for line in process.stdout or ():
        printed.append(line)
        print(line, end="", flush=True)
    passed = process.wait() in ({0, 5} if check.name == "browser" else {0})
    print(f"── {check.name}: {'ok' if passed else 'FAILED'} ({time.monotonic() - started:.0f} s)")
    return passed, "".join(printed)


def count(outputs: list[tuple[str, str]]) -> dict[str, int]:
    """How many tests passed, failed and were skipped in all."""
    total = {"passed": 0, "failed": 0, "skipped": 0}
    for name, printed in outputs:
        if name in {"pytest", "browser"}:
            last = printed.strip().splitlines()[-1:] or [""]
            for number, what in _PYTEST_COUNT.findall(last[0]):
                key = "failed" if what.startswith("error") else what
                total[key] = total.get(key, 0) + int(number)
        elif name == "node":
            for what, number in _NODE_COUNT.findall(printed):
                key = {"pass": "passed", "fail": "failed"}.get(what, what)
                total[key] += int(number)
    return total


def main() -> int:
    """0 when everything passed, else 1."""
    words = sys.argv[1:]
    if "--coverage" in words:
        return measure_core([word for word in words if word != "--coverage"])
    failed: list[str] = []
    outputs: list[tuple[str, str]] = []
    for check in checks(words):
        passed, printed = run(check)
        outputs.append((check.name, printed))
        if not passed:
            failed.append(check.name)
    total = count(outputs)
    numbers = ", ".join(f"{number} {what}" for what, number in total.items())
    print(f"{'FAILED: ' + ', '.join(failed) if failed else 'All checks passed'}; tests: {numbers}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
