"""Where names are marked and where not, on pages as the web makes them."""

from __future__ import annotations

import pytest
from conftest import Browser, Served
from playwright.sync_api import Page

MARKED = """
() => [...CSS.highlights.values()].flatMap(marks => [...marks].map(mark => {
  const range = document.createRange();
  range.setStart(mark.startContainer, mark.startOffset);
  range.setEnd(mark.endContainer, mark.endOffset);
  return range.toString();
})).sort()
"""


def marks(page: Page) -> list[str]:
    """The marked texts of the page's main frame, sorted."""
    found: list[str] = page.evaluate(MARKED)
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<p>小<b>赢</b><i>卡</i>贷逾期</p>", ["小赢卡贷"], id="inline-tags"),
        pytest.param("<p>小赢<wbr>卡&#8203;贷逾期</p>", ["小赢卡\u200b贷"], id="invisible"),
        pytest.param("<div>微粒</div><div>贷款</div>", [], id="two-blocks"),
        pytest.param("<p>微粒<br>贷款</p>", [], id="line-break"),
        pytest.param("<span>微粒</span><p></p><span>贷</span>", [], id="block-between"),
        pytest.param(
            "<p><span style='display:block'>微粒</span><span>贷</span></p>", [], id="styled-block"
        ),
        pytest.param(
            "<p><span style='color:red'>微粒</span>贷</p>", ["微粒贷"], id="styled-inline"
        ),
        pytest.param("<p>微粒<!-- x -->贷</p>", ["微粒贷"], id="comment"),
        pytest.param("<p>微\n粒贷</p>", ["微\n粒贷"], id="source-line-break"),
        pytest.param("<ul><li>微粒贷<ul><li>微粒贷</ul></ul>", ["微粒贷"] * 2, id="nested-list"),
        pytest.param("<div>微粒贷<p>微粒贷</p>微粒贷</div>", ["微粒贷"] * 3, id="text-and-block"),
        pytest.param("<table><tr><td>微粒<td>贷</table>", [], id="cells"),
        pytest.param("<ruby>微粒<rt>weili</rt>贷</ruby>", ["微粒weili贷"], id="ruby"),
        pytest.param("<input value='微粒贷'><textarea>微粒贷</textarea>", [], id="fields"),
        pytest.param("<pre>微粒贷</pre><code>微粒贷</code>", [], id="code"),
        pytest.param("<pre>" + "<i>a</i>" * 40 + "微粒贷</pre>", [], id="crowded-code"),
        pytest.param("<div contenteditable><p>微粒贷</p></div>", [], id="editor"),
        pytest.param("<script>'微粒贷'</script><style>/*微粒贷*/</style>", [], id="script"),
        pytest.param("<p hidden>微粒贷</p><p style='display:none'>微粒贷</p>", [], id="hidden"),
        pytest.param("<a href='#'>微粒贷</a>", ["微粒贷"], id="link"),
        pytest.param("<x-card><p>微粒贷</p></x-card>", ["微粒贷"], id="custom-element"),
        pytest.param("<p>" + "<i>字</i>" * 60 + "微粒贷</p>", ["微粒贷"], id="crowded-line"),
    ],
)
def test_marks(browser: Browser, served: Served, body: str, expected: list[str]) -> None:
    # The sentence at the end is always marked: once it is, everything else has been looked at.
    page = browser.visit(served.add("/marks", f"<body>{body}<p id=end>借呗逾期</p>", "逾期"))
    page.wait_for_function(f"() => ({MARKED})().includes('借呗')")
    found = [text for text in marks(page) if text != "借呗"]
    page.close()
    assert found == expected


def test_open_shadow_roots_and_frames(browser: Browser, served: Served) -> None:
    inner = served.add("/inner", "<body><p>微粒贷在框架里</p>")
    body = f"""<body><p>小赢卡贷</p><div id=host></div><iframe src="{inner}"></iframe>
    <script>
      const root = document.querySelector("#host").attachShadow({{ mode: "open" }});
      root.innerHTML = "<p>美团借钱</p><section></section>";
      const deep = root.querySelector("section").attachShadow({{ mode: "open" }});
      deep.innerHTML = "<p>分期乐逾期还不上</p>";
    </script>"""
    page = browser.visit(served.add("/outer", body, "逾期"))
    page.wait_for_function(f"() => ({MARKED})().length === 3")
    frame = page.frames[1]
    frame.wait_for_function(f"() => ({MARKED})().length === 1")
    page.close()


def test_text_that_comes_later_changes_and_goes(browser: Browser, served: Served) -> None:
    page = browser.visit(served.add("/later", "<body><p id=a>微粒贷</p><div id=b></div>"), hits=1)
    page.evaluate("() => { document.querySelector('#b').innerHTML = '<p>小赢卡贷</p>'; }")
    page.wait_for_function(f"() => ({MARKED})().length === 2")
    page.evaluate("() => { document.querySelector('#a').firstChild.data = '没有了'; }")
    page.wait_for_function(f"() => ({MARKED})().join() === '小赢卡贷'")
    page.evaluate("() => { document.querySelector('#a').append('有微粒', '贷'); }")
    page.wait_for_function(f"() => ({MARKED})().length === 2")
    page.evaluate("() => document.querySelector('#b').remove()")
    page.wait_for_function(f"() => ({MARKED})().join() === '微粒贷'")
    browser.wait_for_badge(page, "1")
    page.close()


def test_text_shown_later_is_marked_when_it_is_shown(browser: Browser, served: Served) -> None:
    body = "<body><p>借呗逾期</p><p id=a style='display:none'>微粒贷</p>"
    page = browser.visit(served.add("/shown", body, "逾期"))
    page.wait_for_function(f"() => ({MARKED})().length === 1")
    page.evaluate("() => { document.querySelector('#a').style.display = ''; }")
    page.wait_for_function(f"() => ({MARKED})().length === 2")
    page.close()


def test_only_names_near_the_viewport_are_drawn(browser: Browser, served: Served) -> None:
    body = "<body>" + "<p style='height:100px'>微粒贷</p>" * 400
    page = browser.visit(served.add("/long", body), hits=None)
    browser.wait_for_badge(page, "99+")
    page.wait_for_function(f"() => ({MARKED})().length > 0")
    assert len(marks(page)) < 40
    page.evaluate("() => scrollTo(0, 20000)")
    page.wait_for_function(
        f"() => ({MARKED})().length > 10 && [...CSS.highlights.values()].some(marks =>"
        " [...marks].some(mark => {"
        " const { top } = mark.startContainer.parentElement.getBoundingClientRect();"
        " return top > 0 && top < innerHeight; }))"
    )
    page.close()


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        pytest.param("", "", id="flow"),
        pytest.param("height: 0", "float: left", id="float"),
        pytest.param("display: contents", "", id="no-box"),
        pytest.param("position: absolute; top: 0", "position: relative; top: 9000px", id="moved"),
    ],
)
def test_names_are_drawn_where_they_are_shown(
    browser: Browser, served: Served, outer: str, inner: str
) -> None:
    far = f"<p style='{inner}'>微粒贷</p><p style='{inner}'>借呗逾期</p>"
    body = f"<body><div style='height: 9000px'></div><main style='{outer}'>{far}</main>"
    page = browser.visit(served.add("/far", body), hits=None)
    browser.wait_for_badge(page, "2")
    page.evaluate("() => scrollTo(0, 20000)")
    page.wait_for_function(f"() => ({MARKED})().length === 2")
    page.evaluate("() => scrollTo(0, 0)")
    page.wait_for_function(f"() => ({MARKED})().length === 0")
    page.close()


def test_an_excluded_site_is_left_alone(browser: Browser, served: Served) -> None:
    browser.change_settings(excluded=["127.0.0.1"])
    try:
        page = browser.visit(served.add("/off", "<body><p>微粒贷</p>"))
        popup = browser.visit(f"{browser.origin}/popup.html?tab={browser.tab_of(page)}")
        popup.wait_for_selector("#status:has-text('已在此网站关闭')")
        assert marks(page) == []
        popup.close()
        page.close()
    finally:
        browser.change_settings(excluded=[])


def test_settings_that_change_while_a_page_is_read_mark_it_once(
    browser: Browser, served: Served
) -> None:
    url = served.add("/changing", "<body><p>微粒贷和借呗逾期</p>")
    page = browser.visit(url, hits=2)
    for turn in range(6):
        page.goto(url, wait_until="commit")
        browser.change_settings(hoverDelay=400 if turn % 2 else 800)
        browser.change_settings(hoverDelay=0)
        page.wait_for_function(f"() => ({MARKED})().length >= 2")
        browser.wait_for_badge(page, "2")
        assert page.evaluate("() => CSS.highlights.size") == 2
        assert marks(page) == ["借呗", "微粒贷"]
    page.close()


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(
            # Not laid out, and no deeper: the browser itself survives neither.
            "let at = document.createElement('div'); const top = at; top.hidden = true;"
            " for (let n = 0; n < 5000; n++) { const next = document.createElement('div');"
            " at.append('贷', next); at = next; } at.append('小赢卡贷');"
            " document.body.append(top);",
            id="nested",
        ),
        pytest.param(
            "const p = document.createElement('p'); p.hidden = true;"
            " p.append('借贷的长文没有名字,'.repeat(500000)); document.body.append(p);",
            id="5-MB-node",
        ),
        pytest.param(
            "setInterval(() => { const p = document.querySelector('#a'); p.remove();"
            " document.body.append(p); }, 0);",
            id="remove-and-add",
        ),
        pytest.param(
            "setInterval(() => { document.querySelector('#a').dataset.n = Math.random();"
            " document.querySelector('#b').firstChild.data = '微粒贷' + Math.random(); }, 0);",
            id="mutation-loop",
        ),
        pytest.param(
            "for (let n = 0; n < 10000; n++) { const p = document.createElement('p');"
            " p.textContent = '微粒贷' + n; document.body.append(p); }",
            id="burst",
        ),
    ],
)
def test_a_hostile_page_stays_usable(browser: Browser, served: Served, script: str) -> None:
    body = "<body><p id=a>微粒贷</p><p id=b>文字</p><button>按</button>"
    page = browser.visit(served.add("/hostile", body, "逾期"))
    page.wait_for_function(f"() => ({MARKED})().length === 1")
    page.evaluate(script)
    page.evaluate("() => document.querySelector('button').onclick = () => { window.pressed = 1; }")
    page.click("button", timeout=5000)
    page.wait_for_function("() => window.pressed === 1", timeout=5000)
    page.close()
    other = browser.visit(served.add("/fine", "<body><p>微粒贷</p>"), hits=1)
    other.close()
