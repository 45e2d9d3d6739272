"""Foreign lists go and own lists stay, in pages and in plain-text dumps alike."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from extraction_metric import find_leaks, find_missing

from crawler.extraction import extract_article
from crawler.model import Article, Page

TITLE = "欠款太多时怎样分批协商"
CASES = tomllib.loads((Path(__file__).parent / "list_cases.toml").read_text("utf-8"))
TEXTS = CASES["texts"]
WHOLE_EXCERPT = "许多人都在问这件事到底应该怎样办理，本文从几个方面说说其中的门道。"
EXCERPT = (
    "很多朋友都在问这个问题，今天小编就来给大家详细说一说，看完你就明白了，其实并没有那么复杂..."
)
ODD = "网友还浏览了这些"
HEADINGS = {"odd": ODD, "headed": "相关文章", "framed": "更多贷款问题解答", "label": "债务热点："}
HEADINGS |= {"strange": "站里还有", "readers": "本文读者还关心的问题："}
HEADINGS |= {"doubt": "律师说法", "composed": "债友都在问"}
PAIRS = {"cutanswers": "问：{}\n答：{}", "alike": "{}\n{}", "celltexts": "{}\n{}"}
SHAPES = {"doubted": "咨询解答：{}", "arrow": "→ {} ←", "chevrons": "&gt;&gt; {}", "dashes": "— {}"}
SEAMS = {"arrows": " >> ", "stroke": " | ", "space": "　　", "star": "★", "semicolon": "；"}


@dataclass
class _Built:
    """A case as markup, as a dump's lines, and what must stay or go."""

    markup: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    keep: list[str] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def _wrap(tag: str, texts: list[str]) -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def _add_foreign(built: _Built, form: str, titles: list[str]) -> None:
    built.drop.extend(titles)
    linked = [f'<a href="/n/{700 + at}.html">{text}</a>' for at, text in enumerate(titles)]
    lines = titles
    *before, form = form.split()
    for heading in (HEADINGS[word] for word in before):
        built.markup.append(f"<p>{heading}</p>")
        built.lines.append(heading)
    if form == "cards":
        pieces = [
            f"<div class=it><h4>{one}</h4><div class=ex>{EXCERPT}</div>"
            f"<span>2024-03-0{at + 1}</span></div>"
            for at, one in enumerate(linked)
        ]
        lines = [
            line
            for at, one in enumerate(titles)
            for line in (one, EXCERPT, f"资讯2024-03-0{at + 1}")
        ]
        built.markup.append("<div class=its>" + "".join(pieces) + "</div>")
    elif form in SEAMS:
        joined = SEAMS[form].join(titles)
        built.markup.append(f"<p>{joined}</p>")
        lines = [joined]
    elif form == "pointer":
        lines = [f"【延伸阅读】{one}" for one in titles]
        built.markup.append(_wrap("p", [f"【延伸阅读】{one}" for one in linked]))
    elif form == "teasers":
        lines = [line for one in titles for line in (one, EXCERPT)]
        built.markup.append("".join(f"<h3>{one}</h3><p>{EXCERPT}</p>" for one in titles))
    elif form == "counters":
        lines = [f"{one} 浏览 {at}2 评论 {at}" for at, one in enumerate(titles)]
        built.markup.append(
            "<ul>"
            + _wrap("li", [f"{one} 阿明 浏览 {at}2 评论 {at}" for at, one in enumerate(linked)])
            + "</ul>"
        )
    elif form == "more":
        lines = [f"{one}[详情]" for one in titles]
        rows = [f'{one}<a href="/n/{at}.html">[详情]</a>' for at, one in enumerate(titles)]
        built.markup.append("<ul>" + _wrap("li", rows) + "</ul>")
    elif form == "dot":
        lines = [f"· {one}" for one in titles]
        built.markup.append(_wrap("p", lines))
    elif form == "marks":
        lines = [f"《{one}》" for one in titles]
        built.markup.append(_wrap("p", lines))
    elif form == "quoted":
        lines = ["延伸阅读：" + "".join(f"《{one}》" for one in titles)]
        built.markup.append(_wrap("p", lines))
    elif form == "answered":
        lines = [line for one in titles for line in (f"问:{one}", "3位律师已解答")]
        built.markup.append(_wrap("div", lines))
    elif form == "pauses":
        lines = ["您可能还关心：" + "、".join(titles)]
        built.markup.append(_wrap("p", lines))
    elif form == "answers":
        lines = [line for at, one in enumerate(titles, 1) for line in (f"{one}？", f"{at}个回答")]
        built.markup += [
            f"<div><p>{one}？</p><i>{at}个回答</i></div>" for at, one in enumerate(titles, 1)
        ]
    elif form == "sentence":
        lines = ["与此有关的还有：" + "；".join(titles) + "。"]
        built.markup.append(_wrap("p", lines))
    elif form == "cells":
        pairs = list(zip(titles[::2], titles[1::2], strict=True))
        lines = [" | ".join(pair) for pair in pairs]
        rows = [_wrap("td", list(pair)) for pair in pairs]
        built.markup.append("<table>" + _wrap("tr", rows) + "</table>")
    elif form in SHAPES:
        lines = [SHAPES[form].format(one) for one in titles]
        built.markup.append(_wrap("p", lines))
    elif form == "lenses":
        lines = ["".join(f"【{one}】" for one in titles)]
        built.markup.append(_wrap("p", lines))
    elif form in PAIRS:
        pairs = [PAIRS[form].format(one, EXCERPT).split("\n") for one in titles]
        if form == "celltexts":
            lines = [" | ".join(pair) for pair in pairs]
            rows = [_wrap("td", pair) for pair in pairs]
            built.markup.append("<table>" + _wrap("tr", rows) + "</table>")
        else:
            lines = [line for pair in pairs for line in pair]
            built.markup.append(_wrap("p", lines))
    elif form == "commas":
        lines = ["，".join(titles)]
        built.markup.append(_wrap("p", lines))
    elif form == "pause":
        lines = ["、".join(titles)]
        built.markup.append(_wrap("p", lines))
    elif form in ("dated", "ranks"):
        rows = [[str(at), one, f"2024-03-0{at}"] for at, one in enumerate(titles, 1)]
        rows = [row[1:] for row in rows] if form == "dated" else [["排名", "标题", "时间"], *rows]
        lines = [" | ".join(row) for row in rows]
        built.markup.append(
            "<table>" + _wrap("tr", [_wrap("td", row) for row in rows]) + "</table>"
        )
    elif form == "number":
        lines = [f"{at}、{one}" for at, one in enumerate(titles, 1)]
        built.markup.append(_wrap("p", lines))
    elif form == "days":
        lines = [f"{one}2024-03-0{at}" for at, one in enumerate(titles, 1)]
        built.markup.append("".join(f"<div><span>{one}</span></div>" for one in lines))
    elif form == "boxes":
        lines = [
            line
            for at, one in enumerate(titles, 1)
            for line in (one, WHOLE_EXCERPT, f"分期 2024-03-0{at}")
        ]
        built.markup.append("<section>" + _wrap("div", lines) + "</section>")
    elif form == "touching":
        lines = [
            line
            for at, one in enumerate(titles, 1)
            for line in (one, EXCERPT, f"资讯2024-03-0{at}")
        ]
        built.markup += [
            f"<div><div>{one}</div><div>{EXCERPT}</div>"
            f"<div><span>资讯</span><span>2024-03-0{at}</span></div></div>"
            for at, one in enumerate(titles, 1)
        ]
    elif form == "ol":
        built.markup.append("<ol>" + _wrap("li", linked) + "</ol>")
        lines = [f"{at}. {one}" for at, one in enumerate(titles, 1)]
    else:
        built.markup.append(
            {
                "ul": "<ul>" + _wrap("li", linked) + "</ul>",
                "div": "<div>" + _wrap("div", linked) + "</div>",
                "p": _wrap("p", titles),
                "br": "<p>" + "<br>".join(titles) + "</p>",
                "table": "<table>"
                + _wrap("tr", [f"<td>{one}</td>" for one in linked])
                + "</table>",
                "dl": "<dl>" + _wrap("dt", linked) + "</dl>",
                "h3": _wrap("h3", linked),
                "font": _wrap("p", [f'<font size="2">{one}</font>' for one in linked]),
            }[form]
        )
    built.lines.extend(lines)


def _build(blocks: list[str]) -> _Built:
    built = _Built()
    count = 0
    for block in blocks:
        kind, _, rest = block.partition(" ")
        if kind == ">":
            form, _, titles = rest.partition(": ")
            _add_foreign(built, form, CASES["titles"][titles.strip("{}")].split(" / "))
            continue
        items = rest.split(" / ")
        if kind == "#":
            built.markup.append(f"<h2>{rest}</h2>")
            own = [rest]
        elif kind == "*":
            built.markup.append("<ul>" + _wrap("li", items) + "</ul>")
            own = items
        elif kind == "1":
            built.markup.append(f'<ol start="{count + 1}">' + _wrap("li", items) + "</ol>")
            own = [f"{count + at}. {one}" for at, one in enumerate(items, 1)]
            count += len(items)
        elif kind == "|":
            rows = [row.split(",") for row in items]
            cells = "".join("<tr>" + _wrap("td", row) + "</tr>" for row in rows)
            built.markup.append(f"<table>{cells}</table>")
            own = [" | ".join(row) for row in rows]
        elif kind == "@":
            pairs = [item.split("=") for item in items]
            built.links.extend(url for _, url in pairs)
            shown = [f'<a href="{url}">{name}</a>' for name, url in pairs]
            built.markup.append("<ul>" + _wrap("li", shown) + "</ul>")
            own = [name for name, _ in pairs]
        else:
            own = [TEXTS.get(block.strip("{}"), block)]
            built.markup.append(f"<p>{own[0]}</p>")
        built.lines.extend(own)
        built.keep.extend(own)
    return built


@pytest.mark.parametrize("name", CASES["cases"])
def test_foreign_lists_go_from_pages_and_own_lists_stay(name: str) -> None:
    built = _build(CASES["cases"][name])
    body = "".join(built.markup)
    markup = (
        f"<html><head><title>{TITLE}_债务知识网</title></head><body><h1>{TITLE}</h1>"
        f"<div class=info>2024-05-06 来源：债务知识网</div><div class=main>{body}</div>"
    )
    article = extract_article(Page("case.html", markup.encode(), "https://www.example.cn/a/1.html"))
    assert isinstance(article, Article)
    assert find_leaks(article.text, built.drop) == []
    assert find_missing(article.text, built.keep) == []
    kept = {link.url for block in article.blocks for link in block.links}
    assert kept.issuperset(built.links)


@pytest.mark.parametrize("name", CASES["cases"])
def test_foreign_lists_go_from_dumps_and_own_lists_stay(name: str) -> None:
    built = _build(CASES["cases"][name])
    text = "\n".join([TITLE, "2024-05-06", *built.lines])
    article = extract_article(Page("case.txt", text.encode(), None, "text/plain"))
    assert isinstance(article, Article)
    assert find_leaks(article.text, built.drop) == []
    assert find_missing(article.text, built.keep) == []
