"""Ways in which content management systems write an article and a list of other pages."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from html import escape
from typing import Any


@dataclass
class Body:
    """An article's markup, and what must and must not come out of it."""

    parts: list[str] = field(default_factory=list)
    gold: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    def add(self, markup: str, *gold: str) -> None:
        self.parts.append(markup)
        self.gold.extend(gold)


def write_body(blocks: list[list[Any]], style: str) -> Body:
    """The article's blocks in one of the styles of ``STYLES``."""
    body = Body()
    for kind, content in blocks:
        _WRITERS[style](body, kind, content)
    return body


def number_lines(kind: str, content: list[str], mark: str) -> list[str]:
    if kind == "numbered":
        return [f"{at}{mark}{text}" for at, text in enumerate(content, 1)]
    return list(content)


def write_semantic(body: Body, kind: str, content: Any) -> None:
    if kind == "p":
        body.add(f"<p>{content}</p>\n", content)
    elif kind == "h":
        body.add(f"<h2>{content}</h2>\n", content)
    elif kind == "quote":
        body.add(f"<blockquote><p>{content}</p></blockquote>\n", content)
    elif kind == "table":
        write_table(body, content)
    elif kind in ("links", "statutes"):
        items = [f'<li><a href="{url}">{text}</a></li>' for text, url in content]
        body.add(f"<ul>{''.join(items)}</ul>\n", *[text for text, _ in content])
        body.items += [text for text, _ in content]
        body.links += [(text, url) for text, url in content]
    else:
        tag = "ol" if kind == "numbered" else "ul"
        body.add(f"<{tag}>{''.join(f'<li>{text}</li>' for text in content)}</{tag}>\n")
        lines = number_lines(kind, content, ". ")
        body.gold += lines
        body.items += lines


def write_table(body: Body, rows: list[list[str]]) -> None:
    markup = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    body.add(
        f'<table border="1"><tbody>{markup}</tbody></table>\n', *[" | ".join(row) for row in rows]
    )


def write_paragraphs(open_tag: str, close_tag: str, strong: bool, mark: str) -> Any:
    def write(body: Body, kind: str, content: Any) -> None:
        if kind == "table":
            write_table(body, content)
        elif kind == "h":
            inner = f"<strong>{content}</strong>" if strong else content
            body.add(f"{open_tag}{inner}{close_tag}\n", content)
        elif kind in ("p", "quote"):
            body.add(f"{open_tag}{content}{close_tag}\n", content)
        elif kind in ("links", "statutes"):
            for text, url in content:
                body.add(f'{open_tag}<a href="{url}" target="_blank">{text}</a>{close_tag}\n', text)
                body.items.append(text)
                body.links.append((text, url))
        else:
            for line in number_lines(kind, content, mark):
                body.add(f"{open_tag}{line}{close_tag}\n", line)
                body.items.append(line)

    return write


_WRITERS: dict[str, Any] = {
    "semantic": write_semantic,
    "p_strong": write_paragraphs("<p>", "</p>", True, "、"),
    "p_span": write_paragraphs(
        '<p style="text-indent:2em"><span style="font-size:16px">', "</span></p>", True, "."
    ),
    "div": write_paragraphs("<div>", "</div>", False, "、"),
    "br": write_paragraphs("　　", "<br /><br />", False, "、"),
    "br_single": write_paragraphs("&nbsp;&nbsp;&nbsp;&nbsp;", "<br>", True, ". "),
    "section": write_paragraphs("<section><p><span>", "</span></p></section>", True, "."),
    "font": write_paragraphs('<p><font size="3" face="宋体">　　', "</font></p>", True, "．"),
    "center_td": write_paragraphs("<tr><td>", "</td></tr>", False, "、"),
}
STYLES = tuple(style for style in _WRITERS if style != "center_td")


NEAR_SHARE = 0.4  # of the lists are about the articles' own subject


@dataclass
class Spam:
    """A list of other pages: its markup and its lines."""

    markup: str
    lines: list[str]


def write_spam(rng: random.Random, style: str, chrome: dict[str, Any], count: int) -> Spam:
    """A list of ``count`` other pages in one of the styles of ``SPAM_STYLES``."""
    titles: list[str] = []
    subjects = chrome["near"] if rng.random() < NEAR_SHARE else chrome["subjects"]
    while len(titles) < count:
        title = rng.choice(subjects) + rng.choice(chrome["endings"])
        if title not in titles:
            titles.append(title)
    urls = [f"/a/{rng.randrange(1000, 99999)}.html" for _ in titles]
    heading = rng.choice(chrome["headings"]) if rng.random() < 0.7 else None
    markup = SPAM_WRITERS[style](rng, list(zip(titles, urls, strict=True)), chrome)
    lines = list(titles)
    if "card" in style:
        lines += [text for text in chrome["excerpts"] if text in markup]
    if heading:
        tag = rng.choice(("p", "div", "h3", "strong"))
        markup = f"<{tag}>{heading}</{tag}>" + markup
        lines.append(heading.rstrip("：:"))
    return Spam(markup, lines)


def write_joined(pattern: str, before: str = "", after: str = "") -> Any:
    def write(rng: random.Random, entries: list[tuple[str, str]], chrome: dict[str, Any]) -> str:
        return before + "".join(pattern.format(t=escape(t), u=u) for t, u in entries) + after

    return write


def _dated(rng: random.Random, entries: list[tuple[str, str]], chrome: dict[str, Any]) -> str:
    items = "".join(
        f"<li><span>[{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}]</span>"
        f'<a href="{u}">{t}</a></li>'
        for t, u in entries
    )
    return f"<ul>{items}</ul>"


def _cards(linked: bool) -> Any:
    def write(rng: random.Random, entries: list[tuple[str, str]], chrome: dict[str, Any]) -> str:
        parts = []
        for title, url in entries[:8]:
            head = f'<a href="{url}">{title}</a>' if linked else title
            parts.append(
                f"<div><div>{head}</div><div>{rng.choice(chrome['excerpts'])}</div>"
                f"<div><span>{rng.choice(chrome['categories'])}</span>"
                f"<span>2024-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}</span></div></div>"
            )
        return f"<div>{''.join(parts)}</div>"

    return write


SPAM_WRITERS: dict[str, Any] = {
    "ul_a": write_joined('<li><a href="{u}">{t}</a></li>', "<ul>", "</ul>"),
    "ol_a": write_joined('<li><a href="{u}">{t}</a></li>', "<ol>", "</ol>"),
    "p_a": write_joined('<p><a href="{u}" title="{t}">{t}</a></p>'),
    "a_br": write_joined('<a href="{u}">{t}</a><br>', "<p>", "</p>"),
    "li_bare": write_joined("<li>{t}</li>", "<ul>", "</ul>"),
    "p_bare": write_joined("<p>{t}</p>"),
    "br_bare": write_joined("{t}<br>"),
    "one_p": write_joined("{t}<br/>", "<p>", "</p>"),
    "inline_a": write_joined('<a href="{u}">{t}</a> | ', "<p>", "</p>"),
    "td_a": write_joined('<tr><td><a href="{u}">{t}</a></td></tr>', "<table>", "</table>"),
    "dl_a": write_joined('<dd>·<a href="{u}">{t}</a></dd>', "<dl>", "</dl>"),
    "div_a": write_joined('<div class="x1"><a href="{u}">{t}</a></div>'),
    "dated": _dated,
    "spaced": write_joined("{t}　　", "<p>", "</p>"),
    "numbered_a": write_joined('<li><em>1</em><a href="{u}">{t}</a></li>', "<ul>", "</ul>"),
    "bullets": write_joined("· {t}<br>"),
    "views": write_joined('<li><a href="{u}">{t}</a><span>305阅读</span></li>', "<ul>", "</ul>"),
    "category_a": write_joined(
        '<li>[<a href="/c">贷款</a>]<a href="{u}">{t}</a></li>', "<ul>", "</ul>"
    ),
    "sections": write_joined('<section><span><a href="{u}">{t}</a></span></section>'),
    "headings_a": write_joined('<h3><a href="{u}">{t}</a></h3>'),
    "card_full": write_joined(
        '<div><h4><a href="{u}">{t}</a></h4>'
        "<p>这项服务受到许多人的关注，下面为您详细介绍办理的条件。</p><span>3天前</span></div>"
    ),
    "card_a": _cards(linked=True),
    "card_bare": _cards(linked=False),
}
SPAM_STYLES = tuple(SPAM_WRITERS)
