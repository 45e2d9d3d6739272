"""Feeds mutated pages to extraction and reports exceptions and slow pages.

    python tests/benchmarks/fuzz_extraction.py [--cases 100000] [--seed 1] [--pages FOLDER]

Each case depends only on the seed and its number, so a failure can be repeated with
``--only NUMBER``. Exit status 1 when a case raised or took longer than ``SLOWEST``.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import tomllib
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from crawler.extraction import extract_article
from crawler.model import Article, Page, Rejected

SLOWEST = 2.0  # seconds of processor time that one page may take
LARGEST = 400_000  # bytes of a mutated page
LABELLED = Path(__file__).parent.parent / "quality" / "metadata" / "pages.toml"

_TAGS = b"div p span table tr td ul li a h1 title script style b font br svg form select".split()
_HEADERS = (None, "text/html", "text/html; charset=gbk", "text/html; charset=utf-8", "text/plain")
_HEADERS += ("text/html; charset=big5", "application/xhtml+xml", "text/html; charset=")
_DEBRIS = (
    *(b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&", b"&#", b"&#x110000;"),
    *(b"&nbsp;", b"\x00", b"\xff", b"\x81", b"\xef\xbb\xbf", b"\xe2\x80\x8b", b"\r", b'"', b"'"),
    *(b"<html>", b"</body>", b"<frameset>", b"<plaintext>", b"<template>", b"<base href=//[>"),
    *(b'<meta charset="x">', b'<meta http-equiv=refresh content="0">', b"<a href='http://[::1'>"),
    *(b'<script type="application/ld+json">[{"@type":["Article"],"datePublished":7}]</script>',),
    *(
        "发布时间:2024-02-30 ".encode(),
        "二〇二四年十三月四十日".encode(),
        "2024-04-05".encode("gbk"),
    ),
    *("来源::::作者:".encode(), "相关文章:".encode(), "一、".encode(), "\u2028\u202e".encode()),
)


def load_bodies(folder: Path | None = None) -> list[bytes]:
    """The pages that cases start from: the labelled ones, and those of a folder."""
    table = tomllib.loads(LABELLED.read_text("utf-8"))
    bodies: list[bytes] = []
    for number, case in enumerate(table["tuning"] + table["checking"]):
        html = case["html"]
        for name, text in table["fragments"].items():
            html = html.replace(f"{{{name}}}", text)
        bodies.append(html.encode(("utf-8", "gb18030", "utf-8", "utf-16")[number % 4]))
    if folder is not None:
        bodies.extend(path.read_bytes()[:LARGEST] for path in sorted(folder.rglob("*.htm*")))
    return bodies


def mutate(body: bytes, source: random.Random) -> bytes:
    """The page after one to eight random mutations."""
    for _ in range(source.randint(1, 8)):
        body = source.choice(_MUTATIONS)(body, source)[:LARGEST]
    return body


def run_case(number: int, seed: int, bodies: Sequence[bytes]) -> tuple[Page, str, float]:
    """The page of a case, its outcome, and the seconds it took; raises what extraction raises."""
    source = random.Random(f"{seed}/{number}")  # noqa: S311  # no secret is made of it
    page = Page(
        name=source.choice(("page.html", "page.txt", "page")),
        body=mutate(source.choice(bodies), source),
        url=source.choice((None, "https://example.com/2024/04/05/a.html", "http://[", "x")),
        content_type=source.choice(_HEADERS),
    )
    start = time.process_time()
    outcome = extract_article(page)
    took = time.process_time() - start
    if isinstance(outcome, Rejected):
        return page, outcome.reason.value, took
    assert isinstance(outcome, Article)
    # Every block is one line: that is what offsets into the text rely on.
    assert all("\n" not in block.text for block in outcome.blocks)
    return page, "article", took


def _flip(body: bytes, source: random.Random) -> bytes:
    changed = bytearray(body or b"x")
    for _ in range(source.randint(1, 20)):
        changed[source.randrange(len(changed))] = source.randrange(256)
    return bytes(changed)


def _cut(body: bytes, source: random.Random) -> bytes:
    return body[: source.randrange(len(body) + 1)]


def _drop(body: bytes, source: random.Random) -> bytes:
    start, end = _span(body, source)
    return body[:start] + body[end:]


def _repeat(body: bytes, source: random.Random) -> bytes:
    start, end = _span(body, source)
    return body[:end] + body[start:end] * source.choice((1, 3, 50, 1000)) + body[end:]


def _move(body: bytes, source: random.Random) -> bytes:
    start, end = _span(body, source)
    rest = body[:start] + body[end:]
    at = source.randrange(len(rest) + 1)
    return rest[:at] + body[start:end] + rest[at:]


def _litter(body: bytes, source: random.Random) -> bytes:
    for _ in range(source.randint(1, 10)):
        at = source.randrange(len(body) + 1)
        body = body[:at] + source.choice(_DEBRIS) + body[at:]
    return body


def _nest(body: bytes, source: random.Random) -> bytes:
    tag = source.choice(_TAGS)
    depth = source.choice((1, 10, 300, 3000, 10_000))
    at = source.randrange(len(body) + 1)
    closing = (b"</" + tag + b">") * source.choice((0, depth))
    return body[:at] + (b"<" + tag + b">") * depth + body[at:] + closing


def _unclose(body: bytes, source: random.Random) -> bytes:
    return body.replace(b"</" + source.choice(_TAGS) + b">", b"")


def _rename(body: bytes, source: random.Random) -> bytes:
    return body.replace(b"<" + source.choice(_TAGS), b"<" + source.choice(_TAGS))


def _swell(body: bytes, source: random.Random) -> bytes:
    piece = source.choice((b" ", b"a", b"1", b"<", b"&amp;", "款".encode(), b"2024-", b"a-"))
    at = source.randrange(len(body) + 1)
    return body[:at] + piece * source.choice((10, 1000, 30_000)) + body[at:]


def _span(body: bytes, source: random.Random) -> tuple[int, int]:
    start = source.randrange(len(body) + 1)
    return start, min(len(body), start + source.choice((1, 10, 100, 1000)))


_MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip, _cut, _drop, _repeat, _move, _litter, _nest, _unclose, _rename, _swell),
)


def main() -> int:
    """The exit status after all cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    bodies = load_bodies(options.pages)
    numbers = range(options.cases) if options.only is None else [options.only]
    outcomes: Counter[str] = Counter()
    faults = 0
    slowest = (0.0, -1)
    for number in numbers:
        try:
            _, outcome, took = run_case(number, options.seed, bodies)
        except Exception:  # a fuzzer reports whatever is raised
            faults += 1
            print(f"case {number} raised:\n{traceback.format_exc()}", file=sys.stderr)
            continue
        outcomes[outcome] += 1
        slowest = max(slowest, (took, number))
        if took > SLOWEST:
            faults += 1
            print(f"case {number} took {took:.1f} s", file=sys.stderr)
    print(f"{sum(outcomes.values())} cases, {faults} faults, slowest {slowest[0]:.2f} s", end=" ")
    print(f"(case {slowest[1]}); outcomes {dict(outcomes.most_common())}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
