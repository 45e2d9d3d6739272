"""The original page at the desk: readable, and harmless whatever it held."""

from __future__ import annotations

import lxml.html
import pytest

from api.desk.original import decode, original_document, sanitised

PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "handler": "<p onclick=alert(1) onmouseover='alert(1)'>字</p>",
    "image": "<img src=x onerror=alert(1)>",
    "svg": "<svg onload=alert(1)><script>alert(1)</script><a xlink:href='javascript:x'>x</a></svg>",
    "math": "<math><mtext><table><mglyph><style><img src onerror=alert(1)></style></table>",
    "frame": "<iframe src=//evil.example srcdoc='<script>alert(1)</script>'></iframe>",
    "object": "<object data=//evil.example></object><embed src=//evil.example>",
    "refresh": "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "base": "<base href=//evil.example>",
    "link": "<link rel=stylesheet href=//evil.example/a.css>",
    "style": "<style>@import '//evil.example'</style><p style='background:url(//evil)'>字</p>",
    "anchor": "<a href='javascript:alert(1)'>字</a><a href=//evil.example ping=//evil>字</a>",
    "form": "<form action=//evil.example><input name=a><button formaction=//evil>x</button></form>",
    "table": "<table background=//evil.example><td background=//evil.example>字</table>",
    "video": "<video poster=//evil.example><source src=//evil.example></video>",
    "template": "<template><img src=//evil.example></template>",
    "comment": "<!--><img src=x onerror=alert(1)>-->",
    "noscript": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "title": "<title><img src=//evil.example></title>",
    "end": "</body></html><script>alert(1)</script>",
    "textarea": "<textarea></textarea><img src=//evil.example></textarea>",
    "cut": "<img src=//evil.example onerror='alert(1)",
}
NAMES_ADDRESS = {"src", "href", "srcset", "data", "action", "formaction", "background", "poster"}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_that_acts_or_loads_is_left(payload: str) -> None:
    cleaned = sanitised(f"<p>前</p>{payload}<p>后</p>")
    tree = lxml.html.fragment_fromstring(cleaned, create_parent="div")
    attributes = {name for one in tree.iter() for name in one.attrib}
    assert attributes <= {"colspan", "rowspan"}
    tags = {one.tag for one in tree.iter()}
    assert not tags & {"script", "style", "img", "iframe", "svg", "math", "form", "meta", "link"}
    assert not attributes & NAMES_ADDRESS
    assert "前" in tree.text_content()


def test_the_structure_that_a_reader_needs_is_kept() -> None:
    page = "<div><h2>标题</h2><ul><li><b>一</b></li></ul><table><td colspan=2>二</td></table></div>"
    cleaned = sanitised(page)
    for part in ("<h2>标题</h2>", "<li><b>一</b></li>", '<td colspan="2">二</td>'):
        assert part in cleaned


def test_plain_text_stays_text() -> None:
    document = original_document("<script>x</script>", "/static/a.css", plain=True)
    assert "<pre>&lt;script&gt;x&lt;/script&gt;</pre>" in document
    assert "script-src" not in document
    assert "default-src 'none'" in document


def test_bytes_that_do_not_fit_their_encoding_are_replaced() -> None:
    assert decode("字".encode("gbk"), "gbk") == "字"
    assert decode(b"\xff\xfe\xfd", "utf-8") == "\ufffd\ufffd\ufffd"
    assert decode("字".encode(), "no-such-encoding") == "字"
    assert decode("字".encode(), None) == "字"
