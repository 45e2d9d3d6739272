"""Ways in which the pages of portals.toml write an article and lists of other pages."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from typing import Any

from extraction_layouts import Body

MARKS = ("{n}. ", "{n}、", "（{n}）", "第{c}步：", "{o}", "{n}．")
CIRCLED = "①②③④⑤⑥⑦⑧⑨"
CHINESE = "一二三四五六七八九"


@dataclass
class Draw:
    """What one page is made of."""

    rng: random.Random
    texts: dict[str, Any]
    titles: list[str]
    spam: list[str] = field(default_factory=list)

    def take(self, count: int) -> list[str]:
        taken, self.titles = self.titles[:count], self.titles[count:]
        self.spam += taken
        return taken


_WORD = '<p style="line-height:28pt;text-indent:32pt"><span style="font-family:'

# The markup of a paragraph, a heading, and an item; none where lists have tags of their own.
STYLES: dict[str, tuple[str, str, str]] = {
    "semantic": ("<p>{}</p>", "<h2>{}</h2>", ""),
    "rich": ('<p data-pid="x">{}</p>', "<h3>{}</h3>", ""),
    "blocks": (
        '<p class="wp-block-paragraph">{}</p>',
        '<h2 class="wp-block-heading">{}</h2>',
        "",
    ),
    "p": ("<p>{}</p>", "<p>{}</p>", "<p>{}</p>"),
    "p_strong": ("<p>{}</p>", "<p><strong>{}</strong></p>", "<p>{}</p>"),
    "p_indent": ("<p>　　{}</p>", "<p>　　<b>{}</b></p>", "<p>　　{}</p>"),
    "p_spaces": ("<p>　　{}</p>", "<p>　　<strong>{}</strong></p>", "<p>　　{}</p>"),
    "p_font": (
        '<p style="text-indent:2em"><font face="微软雅黑">{}</font></p>',
        '<p style="text-indent:2em"><font face="微软雅黑"><b>{}</b></font></p>',
        '<p style="text-indent:2em"><font face="微软雅黑">{}</font></p>',
    ),
    "word": (
        _WORD + '仿宋_GB2312">{}</span></p>',
        _WORD + '黑体">{}</span></p>',
        _WORD + '仿宋_GB2312">{}</span></p>',
    ),
    "br": ("　　{}<br /><br />", "　　{}<br /><br />", "　　{}<br />"),
    "br_font": (
        '<font style="font-size:10.8pt">　　{}<br><br></font>',
        '<font style="font-size:10.8pt"><b>　　{}</b><br><br></font>',
        '<font style="font-size:10.8pt">　　{}<br></font>',
    ),
    "div_font": (
        '<div><font size="4">　　{}</font></div>',
        '<div><font size="4"><b>　　{}</b></font></div>',
        '<div><font size="4">　　{}</font></div>',
    ),
    "divs": ("<div>{}</div>", "<div>{}</div>", "<div>{}</div>"),
    "span_divs": (
        '<div class="dpu8C _2kCxD"><p><span class="bjh-p">{}</span></p></div>',
        '<div class="dpu8C _2kCxD"><p><span class="bjh-h3">{}</span></p></div>',
        '<div class="dpu8C _2kCxD"><p><span class="bjh-p">{}</span></p></div>',
    ),
    "sections": (
        '<section style="margin:10px"><span leaf="">{}</span></section>',
        "<section><section><strong><span leaf>{}</span></strong></section></section>",
        '<section><p><span leaf="">{}</span></p></section>',
    ),
    "custom": ("<x-para>{}</x-para>", "<x-head>{}</x-head>", "<x-item>{}</x-item>"),
    "unclosed": ("<p>{}", "<h3>{}</h3>", ""),
}


def number(mark: str, at: int) -> str:
    return mark.format(n=at, c=CHINESE[at - 1], o=CIRCLED[at - 1])


def write_blocks(
    blocks: list[list[Any]], style: str, rng: random.Random
) -> tuple[list[str], list[str], Body]:
    """Pieces of markup, the kind of each, and what must come out; steps are pieces of their own."""
    p, h, li = STYLES[style]
    mark = rng.choice(MARKS)
    pieces: list[str] = []
    kinds: list[str] = []
    body = Body()

    def add(kind: str, markup: str, *gold: str) -> None:
        pieces.append(markup + "\n")
        kinds.append(kind)
        body.gold.extend(gold)

    for kind, content in blocks:
        if kind == "p":
            add("p", p.format(content), content)
        elif kind == "h":
            add("h", h.format(content), content)
        elif kind == "quote":
            add("quote", f"<blockquote>{p.format(content)}</blockquote>", content)
        elif kind == "table":
            _write_table(add, content, rng)
            body.items += [" | ".join(row) for row in content[1:]]
        elif kind == "terms":
            _write_terms(add, content, li, rng)
            body.items += [f"{a}：{b}" if li else a for a, b in content]
        elif kind in ("links", "statutes"):
            _write_links(add, body, kind, content, li)
        elif kind == "linked":
            before, text, url, behind = content
            add(
                "p", p.format(f'{before}<a href="{url}">{text}</a>{behind}'), before + text + behind
            )
            body.links.append((text, url))
        elif kind == "steps" and not li:
            for at, text in enumerate(content, 1):
                open_tag = f'<ol start="{at}">' if at > 1 else "<ol>"
                add("step", f"{open_tag}<li>{text}</li></ol>", f"{at}. {text}")
                body.items.append(f"{at}. {text}")
        elif kind == "steps":
            for at, text in enumerate(content, 1):
                add("step", li.format(number(mark, at) + text), number(mark, at) + text)
                body.items.append(number(mark, at) + text)
        else:
            _write_items(add, body, content, li, rng)
    return pieces, kinds, body


def _write_items(add: Any, body: Body, content: list[str], li: str, rng: random.Random) -> None:
    if not li:
        close = "" if rng.random() < 0.3 else "</li>"
        add("list", "<ul>" + "".join(f"<li>{text}{close}" for text in content) + "</ul>", *content)
    else:
        sign = rng.choice(("", "·", "● ", "- ", "◆"))
        add("list", "".join(li.format(sign + text) for text in content), *content)
    body.items += content


def _write_table(add: Any, rows: list[list[str]], rng: random.Random) -> None:
    head = rng.choice(("th", "td"))
    inner = rng.choice(("{}", "<p>{}</p>", "<span>{}</span>"))
    markup = ""
    for at, row in enumerate(rows):
        tag = head if at == 0 else "td"
        markup += "<tr>" + "".join(f"<{tag}>{inner.format(cell)}</{tag}>" for cell in row) + "</tr>"
    add(
        "table",
        f'<table border="1" cellpadding="0">{markup}</table>',
        *[" | ".join(r) for r in rows],
    )


def _write_terms(add: Any, content: list[list[str]], li: str, rng: random.Random) -> None:
    if not li:
        markup = "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in content)
        add("list", f"<dl>{markup}</dl>", *[text for pair in content for text in pair])
    else:
        markup = "".join(li.format(f"<b>{a}：</b>{b}") for a, b in content)
        add("list", markup, *[f"{a}：{b}" for a, b in content])


def _write_links(add: Any, body: Body, kind: str, content: list[Any], li: str) -> None:
    if kind == "statutes":
        lines = content
        markup = [f"<li>{t}</li>" if not li else li.format(t) for t in content]
    else:
        lines = [text for text, _ in content]
        markup = []
        for text, url in content:
            link = f'<a href="{url}" target="_blank">{text}</a>'
            markup.append(f"<li>{link}</li>" if not li else li.format(link))
            body.links.append((text, url))
    add("list", ("<ul>{}</ul>" if not li else "{}").format("".join(markup)), *lines)
    body.items += lines


def _day(rng: random.Random) -> date:
    return date(2021, 1, 1) + timedelta(days=rng.randrange(1700))


def write_each(pattern: str, before: str = "", behind: str = "") -> Any:
    """Entries in a pattern: title, address, day, excerpt, category, count."""

    def write(draw: Draw, titles: list[str]) -> str:
        rng = draw.rng
        parts = []
        for at, title in enumerate(titles, 1):
            excerpt = rng.choice(draw.texts["chrome"]["excerpts"])
            if "{e}" in pattern and excerpt not in draw.spam:
                draw.spam.append(excerpt)
            day = _day(rng)
            parts.append(
                pattern.format(
                    t=escape(title, quote=False),
                    u=f"/w/{rng.randrange(10000, 999999)}.html",
                    d=f"{day:%Y-%m-%d}",
                    s=f"{day:%m-%d}",
                    e=excerpt,
                    c=rng.choice(draw.texts["chrome"]["categories"]),
                    n=rng.randrange(12, 9000),
                    i=at,
                )
            )
        return before + "\n".join(parts) + behind

    return write


def _joined(seam: str, before: str = "<p>", behind: str = "</p>") -> Any:
    def write(draw: Draw, titles: list[str]) -> str:
        return before + seam.join(titles) + behind

    return write


def _pairs(draw: Draw, titles: list[str]) -> str:
    rows = ""
    for at in range(0, len(titles) - 1, 2):
        rows += "<tr>" + "".join(f'<td><a href="/t/{at}">{t}</a></td>' for t in titles[at : at + 2])
        rows += "</tr>"
    if len(titles) % 2:
        rows += f'<tr><td colspan="2"><a href="/t/9">{titles[-1]}</a></td></tr>'
    return f"<table>{rows}</table>"


FORMS: dict[str, Any] = {
    "ul_title": write_each('<li><a href="{u}" title="{t}">{t}</a></li>', "<ul>", "</ul>"),
    "ul_bare": write_each("<li>{t}</li>", '<ul class="ln">', "</ul>"),
    "p_arrow2": write_each("<p>&gt;&gt; {t}</p>"),
    "p_arrow2_a": write_each('<p>&gt;&gt;<a href="{u}">{t}</a></p>'),
    "p_bare": write_each("<p>{t}</p>"),
    "br_bare": write_each("{t}<br>"),
    "br_dash": write_each("— {t}<br />"),
    "a_br": write_each('<a href="{u}">{t}</a><br/>', "<p>", "</p>"),
    "one_pause": _joined("、"),
    "one_space": _joined("&nbsp;&nbsp;"),
    "one_bar": _joined(" | "),
    "one_slash": _joined(" / ", "<div>", "</div>"),
    "numbered": write_each("<p>{i}、{t}</p>"),
    "numbered_li": write_each('<li><i>{i}</i><a href="{u}">{t}</a></li>', "<ul>", "</ul>"),
    "numbered_br": write_each("{i}. {t}<br>"),
    "front_day": write_each('<li><em>[{s}]</em> <a href="{u}">{t}</a></li>', "<ul>", "</ul>"),
    "front_day_bare": write_each("<p>{d} {t}</p>"),
    "back_day": write_each('<p><a href="{u}">{t}</a> ({d})</p>'),
    "back_day_bare": write_each("<li>{t}<span>{d}</span></li>", "<ul>", "</ul>"),
    "views": write_each('<div class="r"><a href="{u}">{t}</a><span>{n}次阅读</span></div>'),
    "solved": write_each('<li><a href="{u}">{t}</a><span>已解决</span></li>', "<ul>", "</ul>"),
    "tagged": write_each("<p>[{c}] {t}</p>"),
    "hashes": write_each("<p># {t}</p>"),
    "squares": write_each("<div>■ {t}</div>"),
    "strong": write_each("<p><strong>{t}</strong></p>"),
    "h4s": write_each('<h4><a href="{u}">{t}</a></h4>'),
    "lenses": _joined("】【", "<p>【", "】</p>"),
    "spans": write_each('<span class="chip"><a href="{u}">{t}</a></span>', "<div>", "</div>"),
    "quote_links": write_each('<p><a href="{u}">{t}</a></p>', "<blockquote>", "</blockquote>"),
    "table_rows": write_each("<tr><td>{t}</td><td>{d}</td></tr>", "<table>", "</table>"),
    "table_pairs": _pairs,
    "table_counts": write_each(
        '<tr><td>{i}</td><td><a href="{u}">{t}</a></td><td>{n}</td></tr>',
        "<table><tr><td>排名</td><td>标题</td><td>热度</td></tr>",
        "</table>",
    ),
    "dl_terms": write_each('<dt><a href="{u}">{t}</a></dt><dd>{e}</dd>', "<dl>", "</dl>"),
    "dl_bare": write_each("<dd>{t}</dd>", "<dl>", "</dl>"),
    "cards": write_each(
        '<div class="k"><a href="{u}"><img src="t.jpg"></a><div><h3>{t}</h3><p>{e}</p>'
        "<span>{c}</span> <time>{d}</time></div></div>"
    ),
    "cards_bare": write_each("<div><div>{t}</div><div>{e}</div><div>{d} · {n} 阅读</div></div>"),
    "cards_ask": write_each(
        '<li><h3><a href="{u}">{t}</a></h3><p>答：{e}</p></li>', "<ul>", "</ul>"
    ),
    "sections": write_each('<section><span><a href="{u}">{t}</a></span></section>'),
    "details": write_each('<li>{t} <a href="{u}">查看</a></li>', "<ul>", "</ul>"),
    "address": write_each("<p>{t} https://www.jiedai.example{u}</p>"),
    "figures": write_each(
        '<figure><a href="{u}"><img src="p.jpg"><figcaption>{t}</figcaption></a></figure>'
    ),
}

SINGLE = (
    "<p>推荐：<a href='/x/1.html'>{t}</a></p>",
    "<p>律师说法</p><p>{t}</p>",
    "<p>【相关】{t}</p>",
    "<div>咨询解答：{t}</div>",
    "<p>点击阅读：<a href='/x/2.html'>《{t}》</a></p>",
    "<p><b>延伸阅读</b> {t}</p>",
    "<blockquote><p>上一篇讲过：<a href='/x/3.html'>{t}</a></p></blockquote>",
    "<p>→ {t} ←</p>",
)


def write_list(draw: Draw, form: str, count: int) -> str:
    """A list of other pages in a form; two thirds have a heading."""
    markup: str = FORMS[form](draw, draw.take(count))
    if draw.rng.random() < 0.65:
        heading = draw.rng.choice(draw.texts["chrome"]["headings"])
        pattern = draw.rng.choice(
            ("<p>{}</p>", "<h3>{}</h3>", "<p><strong>{}</strong></p>", "<div>{}</div>")
        )
        if form in ("br_bare", "br_dash", "numbered_br"):
            pattern = "{}<br>"
        markup = pattern.format(heading) + markup
    return markup
