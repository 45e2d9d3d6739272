"""Further ways to write an article and lists of other pages, for the pages of sites.toml."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from extraction_layouts import (
    SPAM_WRITERS,
    Body,
    write_joined,
    write_paragraphs,
    write_semantic,
)

FIRST_DAY = date(2022, 1, 1)
DAYS = 1500  # after the first one, in lists of other pages


def write_site_body(blocks: list[list[Any]], style: str) -> Body:
    """The article's blocks in one of the styles of ``SITE_STYLES``; a part for each block."""
    body = Body()
    write = SITE_STYLES[style]
    for kind, content in blocks:
        part = Body()
        if kind == "lines":
            for line in content:
                write(part, "p", line)
            part.items += content
        elif kind == "linked":
            before, text, url, behind = content
            shown = text if style == "dump" else f'<a href="{url}">{text}</a>'
            write(part, "p", before + shown + behind)
            part.gold[-1] = before + text + behind
            part.links.append((text, url))
        elif style == "dump" and kind == "table":
            for row in content:
                part.add("\t".join(row) + "\n", " ".join(row))
        elif style == "dump" and kind in ("links", "statutes"):
            for text, _ in content:
                write(part, "p", text)
                part.items.append(text)
        else:
            write(part, kind, content)
        body.add("".join(part.parts), *part.gold)
        body.items += part.items
        body.links += part.links
    return body


def _headed(write: Any, before: str, behind: str) -> Any:
    """The style with headings of its own."""

    def write_block(body: Body, kind: str, content: Any) -> None:
        if kind == "h":
            body.add(f"{before}{content}{behind}\n", content)
        else:
            write(body, kind, content)

    return write_block


def _around(write: Any, before: str, behind: str) -> Any:
    """The style with markup around each block."""

    def write_block(body: Body, kind: str, content: Any) -> None:
        body.parts.append(before)
        write(body, kind, content)
        body.parts.append(behind)

    return write_block


def _indented(body: Body, kind: str, content: Any) -> None:
    """Paragraphs that begin with two wide spaces, headings and lists by their tags."""
    if kind == "p":
        body.add(f"<p>　　{content}</p>\n", content)
    else:
        write_semantic(body, kind, content)


def _with_hidden(body: Body, kind: str, content: Any) -> None:
    """Paragraphs that end with words which only copies show."""
    if kind == "p":
        copied = "内容来自还款指南" if len(body.parts) % 2 else "复制自还款指南网"
        body.add(f'<p>{content}<span style="display:none">{copied}</span></p>\n', content)
    else:
        write_semantic(body, kind, content)


_SECTION = '<section style="margin:8px"><p style="line-height:1.75em"><span>'
_DEEP = "<section><section><section><p><span><span>"
_WORD = '<p class="MsoNormal" style="text-indent:32pt"><span style="font-family:仿宋">'
_EDIT = '</span><a class="edit-icon" href="/edit"><em></em>编辑</a></h2>'
_FONTS = '<FONT size=3><FONT face=宋体><FONT color="#000000">　　'

SITE_STYLES: dict[str, Any] = {
    "semantic": write_semantic,
    "p_bold": write_paragraphs("<p>", "</p>", True, "."),
    "p_indent": _indented,
    "p_spaces": write_paragraphs("<p>&nbsp;&nbsp;&nbsp;&nbsp;", "</p>", True, "、"),
    "p_in_span": _headed(
        write_paragraphs('<p><span class="art-p">', "</span></p>", False, "."),
        '<h3><span class="art-h3">',
        "</span></h3>",
    ),
    "p_font": write_paragraphs(
        '<p style="text-indent:2em"><span style="font-family:宋体;font-size:16pt">',
        "</span></p>",
        True,
        ".",
    ),
    "p_hidden": _with_hidden,
    "p_word": write_paragraphs(_WORD, "</span><o:p></o:p></p>", True, "."),
    "br": write_paragraphs("", "<br />\n<br />", True, "、"),
    "font_open": write_paragraphs('<P><FONT FACE="宋体">　　', "</FONT><BR>", True, "．"),
    "font_nest": write_paragraphs(_FONTS, "</FONT></FONT></FONT><BR><BR>", True, "、"),
    "div_bold": write_paragraphs("<div>", "</div>", True, "、"),
    "div_lines": write_paragraphs("<div>", "</div><div><br></div>", True, ". "),
    "div_in_div": _headed(
        write_paragraphs('<div class="t_1"><div>', "</div></div>", False, "、"),
        '<div class="h_1">',
        "</div>",
    ),
    "div_wiki": _headed(
        write_paragraphs('<div class="para">', "</div>", False, "."),
        '<h2 class="title-text"><span class="prefix">',
        _EDIT,
    ),
    "section_spaced": _around(
        write_paragraphs(_SECTION, "</span></p></section>", True, "."),
        "",
        "<section><p><br></p></section>",
    ),
    "section_deep": write_paragraphs(
        _DEEP, "</span></span></p></section></section></section>", True, "、"
    ),
    "dump": write_paragraphs("", "", False, ". "),
}


def _day(rng: random.Random) -> str:
    return (FIRST_DAY + timedelta(days=rng.randrange(DAYS))).isoformat()


def _dated(pattern: str, before: str = "", behind: str = "") -> Any:
    """Entries with a day of their own, an excerpt and a category where the pattern has them."""

    def write(rng: random.Random, entries: list[tuple[str, str]], chrome: dict[str, Any]) -> str:
        parts = [
            pattern.format(
                t=title,
                u=url,
                d=_day(rng),
                e=rng.choice(chrome["excerpts"]),
                c=rng.choice(chrome["categories"]),
                n=rng.randrange(1, 99),
            )
            for title, url in entries
        ]
        return before + "".join(parts) + behind

    return write


def _numbered(rng: random.Random, entries: list[tuple[str, str]], chrome: dict[str, Any]) -> str:
    return "".join(f"<p>{at}、{title}</p>" for at, (title, _) in enumerate(entries, 1))


def _joined_bare(seam: str) -> Any:
    """Titles in one paragraph, parted by a sign."""

    def write(rng: random.Random, entries: list[tuple[str, str]], chrome: dict[str, Any]) -> str:
        return f"<p>{seam.join(title for title, _ in entries)}</p>"

    return write


_PICTURE = '<div class="pic"><a href="{u}"><img src="/t.jpg"></a></div>'
SITE_SPAM: dict[str, Any] = {
    **SPAM_WRITERS,
    "dated_behind": _dated('<li><a href="{u}">{t}</a><span>{d}</span></li>', "<ul>", "</ul>"),
    "div_boxes": write_joined('<div><div class="q"><span>{t}</span></div></div>'),
    "div_dated": _dated('<div class="r"><span>{t}</span><span>{d}</span></div>'),
    "answers": _dated('<li><a href="{u}">{t}？</a><span>{n}个回答</span></li>', "<ul>", "</ul>"),
    "li_counted": _dated('<li><a href="{u}">{t}</a><em>{n}人浏览</em></li>', "<ul>", "</ul>"),
    "numbered_bare": _numbered,
    "p_dots": write_joined('<p>·<a href="{u}">{t}</a></p>'),
    "card_pictures": _dated(
        f'<div class="item">{_PICTURE}<h4><a href="{{u}}">{{t}}</a></h4><p class="ex">{{e}}</p>'
        '<div class="m"><span>{c}</span><span>{d}</span></div></div>'
    ),
    "card_plain": _dated("<div><div>{t}</div><div>{e}</div><div>{c} {d}</div></div>"),
    "card_links": _dated(
        '<article><h3><a href="{u}">{t}</a></h3><div><span>{d}</span></div><div><p>{e}</p></div>'
        '<a href="{u}">阅读更多 »</a></article>'
    ),
}

# Forms that the pages of sites.toml do not have.
FORM_SPAM: dict[str, Any] = {
    "stars": _joined_bare("★"),
    "semicolons": _joined_bare("；"),
    "pointers": write_joined('<p>【延伸阅读】<a href="{u}">{t}</a></p>'),
    "arrows": write_joined('<p>推荐阅读→<a href="{u}">{t}</a></p>'),
    "teasers": _dated("<h3>{t}</h3><p>{e}这里只说其中的一点……</p>"),
    "counters": _dated(
        '<li><a href="{u}">{t}</a> <span>阿明</span> <span>浏览 {n}</span>'
        " <span>评论 3</span></li>",
        "<ul>",
        "</ul>",
    ),
    "details": write_joined('<p>{t}<a href="{u}">[详情]</a></p>'),
    "triangles": write_joined("<p>▶ {t}</p>"),
    "days_in_brackets": _dated("<p>{t}（{d}）</p>"),
}
