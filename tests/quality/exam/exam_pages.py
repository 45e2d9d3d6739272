"""Whole pages with everything that a reader would note about them: the final examination.

A file holds pages: "@ keep TOPIC/TOPIC" or "@ refuse REASON/REASON" (any of them is right), then
what the text holds, "# title", and one paragraph a line.

- ``lenders:`` names as written, ``=canonical`` where the name is not in the lexicon under it,
  ``*`` when the page is about it, ``?`` when one may think so;
- ``ordinary:`` names that stand in the text as ordinary words only, or whole phrases of ordinary
  words that hold one;
- ``cited:`` citations as written, ``=status`` unless current, ``any`` where people differ;
- ``numbers:`` phone numbers that nobody verified; ``dated:`` the page's date.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

from crawler.model import Page

FOLDER = Path(__file__).parent

_OTHERS = (
    "租手机的详细过程及注意事项",
    "微粒贷借款一日利息详解",
    "宜享花人工官方电话查询指南",
    "京东下先享后付E卡使用指南及注意事项",
    "征信花了哪里能借到钱啊急用",
    "暴力催收爆通讯录违反什么法",
    "拍拍贷爆通讯录催收合法吗?你必须了解的法律风险与对策",
    "芝麻粒快速获得方法",
    "信用卡逾期一次怎么补救?重新赢回信用的最佳策略",
    "回收全新未拆封手机的可行性分析",
    "捷信分期手机的利息详情解析",
)
"""Titles of a list after the article, such as farms have; their lenders must not be found."""


@dataclass(frozen=True, slots=True)
class NamedLender:
    """A lender as the text writes it; ``about`` is ``None`` when either answer is right."""

    surface: str
    canonical: str | None
    about: bool | None


@dataclass(frozen=True, slots=True)
class ExamPage:
    """A page and its right answers."""

    kept: bool
    labels: tuple[str, ...]
    lenders: tuple[NamedLender, ...]
    ordinary: tuple[str, ...]
    cited: tuple[tuple[str, str], ...]
    numbers: tuple[str, ...]
    dated: str | None
    title: str
    paragraphs: tuple[str, ...]

    def as_page(self, place: int) -> Page:
        """The page as a site would serve it; ``place`` chooses one of four layouts."""
        kind = "text/plain" if place % 4 == 0 else "text/html"
        body = _render(self, place).encode()
        return Page(f"exam-{place}", body, content_type=f"{kind}; charset=utf-8")


def load_exam(name: str) -> list[ExamPage]:
    """The pages of ``name``.txt, in order."""
    return read_pages(FOLDER / f"{name}.txt")


def read_pages(file: Path) -> list[ExamPage]:
    """The pages of a file of this form, in order."""
    text = file.read_text("utf-8")
    return [_parse(entry) for entry in re.split(r"^@ ", text, flags=re.MULTILINE)[1:]]


def _parse(entry: str) -> ExamPage:
    first, *lines = [line for line in entry.splitlines() if line.strip()]
    verdict, labels = first.split(" ")
    at = next(number for number, line in enumerate(lines) if line.startswith("# "))
    notes = dict(line.split(": ", 1) for line in lines[:at])
    return ExamPage(
        kept=verdict == "keep",
        labels=tuple(labels.split("/")),
        lenders=tuple(map(_lender, notes.get("lenders", "").split())),
        ordinary=tuple(re.split("; | ", notes["ordinary"])) if "ordinary" in notes else (),
        cited=tuple(map(_citation, filter(None, notes.get("cited", "").split("; ")))),
        numbers=tuple(filter(None, notes.get("numbers", "").split("; "))),
        dated=notes.get("dated"),
        title=lines[at].removeprefix("# "),
        paragraphs=tuple(lines[at + 1 :]),
    )


def _lender(written: str) -> NamedLender:
    about = None if written.endswith("?") else written.endswith("*")
    surface, _, canonical = written.rstrip("*?").partition("=")
    return NamedLender(surface, canonical or None, about)


def _citation(written: str) -> tuple[str, str]:
    surface, _, status = written.partition("=")
    return surface, status or "current"


def _render(page: ExamPage, place: int) -> str:
    others = [_OTHERS[(place + step) % len(_OTHERS)] for step in range(9)]
    dated = page.dated or f"2026-0{1 + place % 9}-1{place % 9}"
    if place % 4 == 0:
        body = "\n\n".join(page.paragraphs)
        return f"{page.title}\n\n发布时间:{dated} 10:12:33\n\n{body}\n\n相关内容:\n" + "\n".join(
            others
        )
    title = html.escape(page.title)
    lines = [html.escape(one) for one in page.paragraphs]
    text = "\n".join(f"<p>{one}</p>" for one in lines)
    links = "".join(f'<li><a href="/a/{n}.html">{one}</a></li>' for n, one in enumerate(others))
    if place % 4 == 1:
        body = (
            f'<div class="nav"><a href="/">首页</a></div><div class="article"><h1>{title}</h1>'
            f'<div class="info">{dated} 来源:网络</div><div class="content">{text}</div></div>'
            f'<div class="related"><h3>大家都在看</h3><ul>{links}</ul></div>'
        )
    elif place % 4 == 2:
        body = (
            f"<main><article><h1>{title}</h1><time>{dated}</time>{text}<h4>相关推荐</h4>"
            f"<ul>{links}</ul></article></main><footer>Copyright</footer>"
        )
    else:
        body = (
            f'<div id="wrap"><h2 class="title">{title}</h2><span>发表于 {dated}</span>'
            f'<div id="post">{"<br><br>".join(lines)}</div><div class="list">{links}</div></div>'
        )
    head = f'<head><meta charset="utf-8"><title>{title}-某某网</title></head>'
    return f"<!DOCTYPE html><html>{head}<body>{body}</body></html>"
