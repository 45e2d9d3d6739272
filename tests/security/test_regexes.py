"""No regular expression takes longer than its text is long: each is fuzzed with its own parts."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from crawler.text import unfolded_pattern
from tests.security.regexes import ROOT, Compiled, attacks, call_sites, methods_of

LENGTH = 4000  # characters; a pattern that is quadratic takes 20 ms and more of them
LIMIT = 0.012  # seconds of processor time; linear ones take less than a hundredth of it

# Texts that are cut before the pattern sees them, and why more cannot come.
BOUNDED = {
    ("crawler/extraction/dated_lines.py", "_BEFORE_DATE"): 24,  # ``prefix[-24:]``
    ("api/queries.py", "_QUOTED"): 100,  # ``_LONGEST`` of api/search.py and api/reader/search.py
}
# Made of what a curator writes, or of a pattern that is checked by its name.
BUILT = {"crawler/sources.py", "crawler/spiders/links.py", "crawler/citations/provisions.py"}
BUILT |= {"crawler/text.py"}  # of a search's words; see ``test_no_words_of_a_search_are_slow``

# In scripts, by source: both see the few characters that ``around.js`` or ``notes.js`` cuts off.
BOUNDED_IN_SCRIPTS = {"[《“\"'‘(〈「『 ]+$": 100, "[:是为 ]+$": 100}

LITERAL = re.compile(
    r"(?<=[=(,!&|?:\[\s])/(?![/*\s])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+)/([dgimsuvy]*)"
    r"(?=[.,;)\s\]])"
)
NODE = """
let text = "";
for await (const chunk of process.stdin) text += chunk;
const slow = [];
for (const { source, flags, texts } of JSON.parse(text)) {
  for (const one of texts) {
    const pattern = new RegExp(source, flags);
    const before = process.cpuUsage().user;
    one.replace(pattern, "");
    const taken = (process.cpuUsage().user - before) / 1e6;
    if (taken > LIMIT) slow.push([source, one.slice(0, 40), taken]);
  }
}
console.log(JSON.stringify(slow));
"""


class _TooLongError(Exception):
    """A pattern was stopped."""


@pytest.fixture(scope="module")
def compiled() -> list[Compiled]:
    """Every pattern, as it is when the program runs."""
    command = [sys.executable, str(ROOT / "tests/security/regexes.py")]
    rows = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=200).stdout)
    return [
        Compiled(
            row["file"],
            row["line"],
            row["pattern"].encode("latin-1") if row["bytes"] else row["pattern"],
            row["flags"],
        )
        for row in rows
    ]


def _stop(number: int, frame: FrameType | None) -> None:
    raise _TooLongError


def _seconds(work: Callable[[], object]) -> float:
    """Processor seconds, the less of two turns: a turn may be disturbed."""
    taken = []
    for _ in range(2):
        before = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.5)
        try:
            work()
        except _TooLongError:
            return 0.5
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        taken.append(time.process_time() - before)
        if taken[0] < LIMIT:
            break
    return min(taken)


def _apply(pattern: re.Pattern[Any], method: str, text: str | bytes) -> Callable[[], object]:
    if method in {"sub", "subn"}:
        return lambda: getattr(pattern, method)(text[:0], text)
    if method == "finditer":
        return lambda: sum(1 for _ in pattern.finditer(text))
    return lambda: getattr(pattern, method)(text)


def find_slow(one: Compiled, methods: set[str], length: int) -> str | None:
    """The method and the text that make the pattern slow; ``None`` when nothing does."""
    pattern = re.compile(one.pattern, one.flags)
    is_text = isinstance(one.pattern, str)
    source = one.pattern if isinstance(one.pattern, str) else one.pattern.decode("latin-1")
    flags = one.flags if is_text else one.flags & ~re.UNICODE
    for text in attacks(source, flags, length):
        given = text if is_text else text.encode("latin-1", "replace")
        for method in methods:
            if _seconds(_apply(pattern, method, given)) > LIMIT:
                return f"{one} {method} {text[:30]!r}: {source[:60]}"
    return None


def _named(one: Compiled) -> str:
    """The name that the compiled pattern gets in its module, or nothing."""
    line = (ROOT / one.file).read_text("utf-8").splitlines()[one.line - 1]
    return line.split("=")[0].split(":")[0].strip()


@pytest.fixture
def stopping() -> Any:
    """Lets a timer of processor time stop a pattern."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    yield
    signal.signal(signal.SIGVTALRM, before)


def test_every_pattern_is_known(compiled: list[Compiled]) -> None:
    seen = {(one.file, one.line) for one in compiled}
    missing = [
        f"{file}:{first}"
        for file, first, last, literal in call_sites()
        if literal is None
        and file not in BUILT
        and not any((file, line) in seen for line in range(first, last + 1))
    ]
    assert missing == []
    assert len(compiled) > 150


def test_no_pattern_is_slow(compiled: list[Compiled], stopping: None) -> None:
    methods = methods_of()
    literals = [
        Compiled(file, line, literal, 0) for file, line, _, literal in call_sites() if literal
    ]
    slow = []
    for one in {(each.pattern, each.flags): each for each in (*compiled, *literals)}.values():
        key = one.file, _named(one)
        used = methods.get(key, {"search"}) - {"compile"} or {"search"}
        slow.append(find_slow(one, used, BOUNDED.get(key, LENGTH)))
    assert [each for each in slow if each] == []


@pytest.mark.parametrize("words", ["催", "a a a a", "小赢小赢小赢小赢", "a 小 1 . k g", " " * 9])
def test_no_words_of_a_search_are_slow(words: str, stopping: None) -> None:
    pattern = unfolded_pattern(words)
    parts = [*words, *(f"{one} \u200b" for one in words), words[:-1], words + " " * 99]
    for part in filter(None, parts):
        text = part * (LENGTH // len(part))
        for given in (text, f"{text}!", f"{words[0]}{' ' * LENGTH}{text}"):
            assert _seconds(_apply(pattern, "search", given)) < LIMIT


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+$", r"\s*x", r"(?:一|一一)*。", r"\s*=\s*[\"']?\s*\w", r"(\d+-?)+$"],
)
def test_slow_patterns_are_found(pattern: str, stopping: None) -> None:
    assert find_slow(Compiled("x", 1, pattern, 0), {"search"}, LENGTH)


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s*+x", r"a{1,9}$", r"[^。]*。|$", r"\d{2,4}-?\d"])
def test_fast_patterns_are_not(pattern: str, stopping: None) -> None:
    assert find_slow(Compiled("x", 1, pattern, 0), {"match"}, LENGTH) is None


def _script_patterns() -> list[tuple[str, str]]:
    """Source and flags of each literal in a script."""
    found: dict[tuple[str, str], None] = {}
    for folder in ("extension", "api/static"):
        for path in sorted((ROOT / folder).glob("*.js")):
            for line in path.read_text("utf-8").splitlines():
                if not line.lstrip().startswith(("*", "/*", "//")):
                    found |= dict.fromkeys(LITERAL.findall(line))
    return list(found)


def test_no_pattern_of_the_scripts_is_slow() -> None:
    rows = [
        {
            "source": source,
            "flags": flags,
            "texts": attacks(
                re.sub(r"\\p\{\w+\}", r"\\w", source), 0, BOUNDED_IN_SCRIPTS.get(source, 20_000)
            ),
        }
        for source, flags in _script_patterns()
    ]
    assert len(rows) > 30
    script = NODE.replace("LIMIT", "0.05")  # seconds; a quadratic one takes three times as long

    def run(given: list[dict[str, Any]]) -> list[Any]:
        command = ["node", "--input-type=module", "-e", script]
        done = subprocess.run(
            command, input=json.dumps(given).encode(), capture_output=True, check=True, timeout=600
        )
        found: list[Any] = json.loads(done.stdout)
        return found

    assert run(rows) == []
    bad = {"source": "(a+)+$", "flags": "", "texts": ["a" * 26 + "!"]}
    assert run([bad])


def test_scripts_build_no_pattern() -> None:
    built = [
        f"{path.name}: {line.strip()}"
        for path in sorted((ROOT / "extension").glob("*.js"))
        for line in path.read_text("utf-8").splitlines()
        if "RegExp(" in line
    ]
    assert built == []
