"""Cleaning is idempotent: what was cleaned once has nothing more to lose."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from law_texts import SENTENCES, TITLES, bodies

from crawler.extraction import extract_article
from crawler.linklists import Line, find_link_lists
from crawler.model import Article, Block, BlockType, Link, Page
from crawler.pagewords import page_words

TITLE = "网贷逾期以后怎样协商"


def render(blocks: list[tuple[str, str]]) -> bytes:
    """A page that holds the lines and a title, and nothing else."""
    body = "".join(
        f"<ul><li>{text}</li></ul>" if tag == "li" else f"<{tag}>{text}</{tag}>"
        for tag, text in blocks
    ).replace("</ul><ul>", "")
    return f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>".encode()


def extract(body: bytes, content_type: str = "text/html; charset=utf-8") -> Article:
    outcome = extract_article(Page("a.html", body, "https://www.example.cn/a/1.html", content_type))
    assert isinstance(outcome, Article)
    return outcome


def tag_of(block: Block) -> str:
    """The markup's name of a block."""
    names = {BlockType.HEADING: "h2", BlockType.LIST_ITEM: "li"}
    return names.get(block.type, "p")


@given(bodies())
@settings(max_examples=60)
def test_a_clean_page_keeps_every_line(body: list[tuple[str, str]]) -> None:
    article = extract(render(body))
    assert [(tag_of(block), block.text) for block in article.blocks] == body
    assert article.removed == ()


@given(bodies(), st.lists(st.sampled_from(TITLES), unique=True, min_size=4), st.booleans())
@settings(max_examples=60)
def test_cleaning_what_was_cleaned_changes_nothing(
    body: list[tuple[str, str]], titles: list[str], heading: bool
) -> None:
    links = [f'<a href="/n/{at}.html">{title}</a>' for at, title in enumerate(titles)]
    foreign = [("h3", "相关文章")] * heading + [("li", link) for link in links]
    once = extract(render([*body, *foreign]))
    blocks = [(tag_of(block), block.text) for block in once.blocks]
    assert blocks == body
    again = extract(render(blocks))
    assert again.text == once.text
    assert again.removed == ()


linked = st.sampled_from(TITLES).map(
    lambda text: Line(text, links=(Link(text, "/a/1.html"),), link_size=len(text), shape="ul>li>a")
)
lines = st.lists(
    linked
    | st.sampled_from(TITLES).map(lambda text: Line(text, shape="p"))
    | st.sampled_from(("推荐阅读", "相关文章", "2024-03-05", "上一篇：旧文")).map(Line)
    | st.sampled_from(SENTENCES).map(lambda text: Line(text, shape="p")),
    max_size=24,
)


@given(lines)
@settings(max_examples=300)
def test_dropping_link_lists_twice_drops_no_sentence(given_lines: list[Line]) -> None:
    found = find_link_lists(given_lines, TITLE, page_words())
    kept = [line for at, line in enumerate(given_lines) if at not in found]
    again = find_link_lists(kept, TITLE, page_words())
    lost = {kept[at].text for at in again}
    assert lost.isdisjoint(SENTENCES)


@given(lines)
@settings(max_examples=200)
def test_the_judgement_names_lines_of_the_page(given_lines: list[Line]) -> None:
    found = find_link_lists(given_lines, TITLE, page_words())
    assert set(found) <= set(range(len(given_lines)))
    assert found == find_link_lists(tuple(given_lines), TITLE, page_words())


@given(bodies())
@settings(max_examples=40)
def test_a_text_dump_of_a_clean_page_says_the_same(body: list[tuple[str, str]]) -> None:
    dump = "\n".join([TITLE, *(text for _, text in body)]).encode()
    assert extract(dump, "text/plain").text == "\n".join(text for _, text in body)
