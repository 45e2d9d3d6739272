"""The reader's pages: what a person sees, in both languages and without scripts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.reader.guidance import says_title
from api.reader.page import day
from crawler.model import Article, Block, BlockType, CuratedArticle, Page
from crawler.store import Store

PAGES = (
    "/",
    "/about",
    "/lenders",
    "/lenders?by=letter",
    "/lenders/xiaoying-kadai",
    "/topics",
    "/topics/negotiate",
    "/topics/negotiate?lender=xiaoying-kadai",
    "/guidance",
    "/search",
    "/search?q=催收",
    "/search?q=xiaoyingkadai",
    "/check",
)


def opened(client: FlaskClient, start: str, language: str = "") -> str:
    items = client.get("/v1/guidance").json["items"]
    identifier = next(one["id"] for one in items if one["title"].startswith(start))
    return client.get(f"{language}/guidance/{identifier}").text


def words(page: str) -> str:
    return " ".join(lxml.html.fromstring(page).text_content().split())


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_complete_and_light(client: FlaskClient, language: str, address: str) -> None:
    response = client.get(language + address)
    assert response.status_code == 200
    assert len(response.data) <= 50 * 1024
    page = lxml.html.fromstring(response.text)
    assert page.get("lang") == ("en" if language else "zh-CN")
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//title")[0].text_content().strip()
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for field in page.xpath("//input[not(@type='hidden')] | //textarea"):
        assert page.xpath(f"//label[@for='{field.get('id')}']"), field.get("name")


@pytest.mark.parametrize("address", PAGES)
def test_no_page_loads_anything_from_elsewhere(client: FlaskClient, address: str) -> None:
    page = lxml.html.fromstring(client.get(address).text)
    loaded = page.xpath("//script/@src | //img/@src | //link[@rel!='canonical']/@href")
    assert loaded
    assert all(one.startswith("/") for one in loaded)
    assert not page.xpath("//*[@style] | //*[@onclick] | //style")
    inline = page.xpath("//script[not(@src)]/@type")
    assert set(inline) <= {"application/ld+json"}


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_ours_leads_somewhere(client: FlaskClient, address: str) -> None:
    links = set(lxml.html.fromstring(client.get(address).text).xpath("//a/@href"))
    for link in sorted(one for one in links if one.startswith("/"))[:40]:
        assert client.get(link).status_code == 200, link


def test_an_article_shows_what_is_out_of_date_and_what_holds_instead(client: FlaskClient) -> None:
    page = opened(client, "小赢")
    shown = words(page)
    assert "1 处已过时" in shown
    assert re.search(r"已废止 → .*民法典第670条", shown)
    assert "发布时有效" in shown
    assert "2021-01-01" in shown
    assert lxml.html.fromstring(page).xpath("//*[contains(@class, 'cite old')]")


def test_an_article_hides_unverified_numbers_and_says_so(client: FlaskClient) -> None:
    page = opened(client, "小赢")
    assert "4567" not in page
    assert "1 个电话号码未经核实" in words(page)
    assert "12378" in page
    assert "未经核实" not in words(opened(client, "遇到"))


def test_titles_in_lists_hide_unverified_numbers(client: FlaskClient) -> None:
    for address in ("/", "/guidance", "/search?q=还款", "/feed.xml"):
        page = client.get(address).text
        assert "61234567" not in page
        assert "•" in page


def test_text_of_an_article_is_never_markup(client: FlaskClient) -> None:
    page = opened(client, "客服")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_house_guidance_says_what_to_do_first(client: FlaskClient) -> None:
    shown = words(client.get("/topics/negotiate").text)
    for heading in ("先做这一步", "接下来怎么做", "要保存的证据", "不要做", "现行依据", "文书模板"):
        assert heading in shown
    assert "English summary" in words(client.get("/en/topics/negotiate").text)


def test_every_lender_opens_something_useful(client: FlaskClient) -> None:
    ids = [one["id"] for one in client.get("/v1/lenders").json["items"]]
    assert len(ids) > 400
    for identifier in ids[:: len(ids) // 20]:
        page = lxml.html.fromstring(client.get(f"/lenders/{identifier}").text)
        assert len(page.xpath("//a[contains(@href, '/topics/')]")) >= 20


def test_a_number_is_shown_for_a_lender_only_when_verified(client: FlaskClient) -> None:
    lenders = client.get("/v1/lenders").json["items"]
    with_number = next(one for one in lenders if one["hotline"])
    without = next(one for one in lenders if not one["hotline"])
    assert with_number["hotline"] in client.get(f"/lenders/{with_number['id']}").text
    assert "没有核实过的客服电话" in client.get(f"/lenders/{without['id']}").text
    assert "没有核实过的客服电话" not in client.get(f"/lenders/{with_number['id']}").text


def test_an_article_keeps_its_links_to_the_web(client: FlaskClient) -> None:
    page = lxml.html.fromstring(opened(client, "小赢"))
    (link,) = page.xpath("//div[@class='body']//a[@class='out']")
    assert (link.text, link.get("href")) == ("保留", "https://www.court.example/a?b&c")
    assert {"nofollow", "noopener", "noreferrer"} <= set(link.get("rel").split())
    assert link.get("referrerpolicy") == "no-referrer"
    assert link.get("title") == "www.court.example"


def test_search_narrows_by_day_and_keeps_the_choice(client: FlaskClient) -> None:
    assert "暴力催收" in words(client.get("/search?q=报警&since=2025-05-01").text)
    page = lxml.html.fromstring(
        client.get("/search?q=报警&topic=threat_violence&until=2025-04-30").text
    )
    assert "没有找到" in page.text_content()
    (form,) = page.xpath("//form[@class='dates']")
    kept = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    assert kept == {"q": "报警", "topic": "threat_violence", "since": "", "until": "2025-04-30"}
    assert "暴力催收" in words(client.get("/search?q=报警&since=yesterday").text)


def test_search_highlights_and_corrects(client: FlaskClient) -> None:
    page = lxml.html.fromstring(client.get("/search?q=报警").text)
    assert set(page.xpath("//mark/text()")) == {"报警"}
    corrected = words(client.get("/search?q=xiaoyingkadai").text)
    assert "按“小赢卡贷”查找" in corrected
    assert "没有找到" in words(client.get("/search?q=无此词语也").text)


def test_what_stands_above_is_pointed_at_when_no_article_has_the_words(
    client: FlaskClient,
) -> None:
    shown = words(client.get("/search?q=借呗逾期").text)
    assert "借呗" in shown
    assert "还不上时，怎样和机构协商" in shown
    assert "先看上面的内容" in shown
    assert "没有找到" not in shown
    assert "按发布日期" not in shown  # nothing to narrow down
    assert "/topics/negotiate?lender=jiebei" in client.get("/search?q=借呗逾期").text


def test_hotlines_and_laws_in_a_query_are_shown_as_they_are_today(client: FlaskClient) -> None:
    shown = words(client.get("/search?q=12378").text)
    assert "12378 金融消费者投诉维权热线" in shown
    assert "现行" not in shown
    shown = words(client.get("/search?q=合同法第200条和银保监会").text)
    assert re.search(r"合同法第200条 已废止 → .*民法典第670条", shown)
    assert "国家金融监督管理总局" in shown
    assert "法律和监管机构" not in words(client.get("/search?q=催收").text)


def test_each_question_is_answered_in_the_language_of_the_page(client: FlaskClient) -> None:
    shown = words(client.get("/en/topics").text)
    assert shown.count("Loan scams: unfreezing fees and deposits") == 1
    assert "Anyone who asks for a fee" in shown
    assert "先保证人身安全再报警" in words(client.get("/topics").text)


def test_a_query_is_shown_as_text(client: FlaskClient) -> None:
    page = client.get('/search?q="><script>x</script>').text
    assert "<script>x" not in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("依据《合同法》第200条", "1 处已过时", id="out-of-date"),
        pytest.param("依据民法典第670条", "0 处已过时", id="in-force"),
        pytest.param("没有法律", "没有找到对法律", id="none"),
        pytest.param(" ", "请粘贴", id="empty"),
        pytest.param("<b>合同法</b>第8条", "<b>合同法", id="markup-as-text"),
    ],
)
def test_the_checker_tells_what_is_out_of_date(
    client: FlaskClient, text: str, expected: str
) -> None:
    response = client.post("/check", data={"text": text, "on": "2026-11-22"})
    assert expected in words(response.text).replace("，", ",")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "language"),
    [("/none", "zh-CN"), ("/lenders/none", "zh-CN"), ("/en/topics/none", "en"), ("/en/x", "en")],
)
def test_a_missing_page_is_a_page(client: FlaskClient, address: str, language: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert lxml.html.fromstring(response.text).get("lang") == language


def test_languages_lead_to_each_other(client: FlaskClient) -> None:
    for address in PAGES:
        page = lxml.html.fromstring(client.get(address).text)
        (other,) = page.xpath("//a[@class='lang']/@href")
        assert other.startswith("/en/")
        (back,) = lxml.html.fromstring(client.get(other).text).xpath("//a[@class='lang']/@href")
        assert client.get(back).data == client.get(address).data


def test_the_sitemap_names_pages_that_exist(client: FlaskClient) -> None:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").data)  # noqa: S314 - our own
    addresses = [one.text or "" for one in tree.iterfind(".//{*}loc")]
    assert len(addresses) > 400
    for address in addresses[::50]:
        assert client.get(address.removeprefix("http://localhost")).status_code == 200


def test_the_feed_is_atom_with_the_newest_guidance(client: FlaskClient) -> None:
    tree = ElementTree.fromstring(client.get("/feed.xml").data)  # noqa: S314 - our own
    titles = [one.text or "" for one in tree.iterfind("{*}entry/{*}title")]
    assert [one[:2] for one in titles] == ["客服", "遇到", "小赢"]
    assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").text


def test_addresses_below_a_prefix_keep_it(make_app: Callable[..., Flask]) -> None:
    client = make_app(path_prefix="/zq", public_url="https://site.example/zq").test_client()
    page = lxml.html.fromstring(client.get("/zq/").text)
    links = [one for one in page.xpath("//@href | //@src | //form/@action") if one[0] == "/"]
    assert links
    assert all(one.startswith("/zq/") for one in links)
    assert "<loc>https://site.example/zq/lenders</loc>" in client.get("/zq/sitemap.xml").text


def test_both_languages_have_the_same_words(project_folder: Path) -> None:
    folder = project_folder / "api" / "locales"
    chinese, english = (tomllib.loads((folder / f"{one}.toml").read_text()) for one in ("zh", "en"))
    assert chinese.keys() == english.keys()
    for key, text in chinese.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english[key])), key
    sources = "".join(
        one.read_text()
        for pattern in ("templates/reader/*", "reader/*.py")
        for one in (project_folder / "api").glob(pattern)
    )
    unused = [key for key in chinese if f"'{key}'" not in sources and f'"{key}"' not in sources]
    assert unused == []


def test_a_search_for_a_question_shows_our_own_guidance_first(client: FlaskClient) -> None:
    shown = words(client.get("/search?q=上门催收怎么办").text)
    assert "先看本站的指引" in shown
    assert "先看本站的指引" not in words(client.get("/search?q=无此词语也").text)


@pytest.mark.parametrize(
    ("text", "title", "same"),
    [
        ("我市清退　平台", "我市清退 平台", True),
        ("我市清退平台", "我市清退平台的进展", False),
        ("我市清退平台", None, False),
    ],
)
def test_a_headline_above_the_text_is_known_as_the_title(
    text: str, title: str | None, *, same: bool
) -> None:
    assert says_title(text, title) is same


def test_a_report_shows_its_headline_once(own_url: str, make_app: Callable[..., Flask]) -> None:
    title = "小赢卡贷逾期后怎么协商"
    store = Store.open(own_url)
    with store.begin() as transaction:
        address = "https://example.org/0"
        texts = (title, "昨日的报道。")
        blocks = tuple(Block(BlockType.PARAGRAPH, text) for text in texts)
        article = Article(address, "utf-8", title, date(2024, 1, 1), None, None, blocks)
        page = Page(address, b"new", address, fetched_at=datetime(2026, 2, 1, tzinfo=UTC))
        transaction.save(CuratedArticle(page, article, ("xiaoying-kadai",), (), (), (), ()))
    store.close()
    client = make_app(database_url=own_url).test_client()
    shown = lxml.html.fromstring(opened(client, title))
    assert shown.xpath("//h1")[0].text_content().strip() == title
    paragraphs = [one.text_content() for one in shown.xpath("//div[@class='body']/p")]
    assert paragraphs == ["昨日的报道。"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2026-11-29T15:59:59Z", "2026-11-29"), ("2026-11-29T16:00:00Z", "2026-11-30")],
)
def test_days_are_those_of_china(moment: str, expected: str) -> None:
    assert day(moment) == expected
