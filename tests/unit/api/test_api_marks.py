"""Blocks are cut at what is marked and at links, and no character is lost."""

from __future__ import annotations

from typing import Any

import pytest

from api.reader.marks import cut_blocks, web_host

CITED = {
    "text": "民法典",
    "target": "civil-code",
    "provision": None,
    "status": "current",
    "note": None,
}


def cut(text: str, links: list[tuple[str, str]], *spans: tuple[int, int]) -> list[tuple[str, str]]:
    block: dict[str, Any] = {
        "text": text,
        "links": [{"text": words, "url": url} for words, url in links],
    }
    cited = [{**CITED, "start": start, "end": end} for start, end in spans]
    (pieces,) = cut_blocks([block], cited, ())
    assert "".join(one.text for one in pieces) == text
    return [(one.text, one.url or ("cited" if one.citation else "")) for one in pieces]


def test_a_title_broken_over_two_blocks_is_marked_where_it_begins() -> None:
    blocks = [{"text": "见《民"}, {"text": "法典》好"}]
    first, second = cut_blocks(blocks, [{**CITED, "start": 1, "end": 7}], ())
    assert [(one.text, one.citation is not None) for one in first] == [
        ("见", False),
        ("《民", True),
    ]
    assert [(one.text, one.citation is not None) for one in second] == [("法典》好", False)]


def test_links_stand_where_their_words_do() -> None:
    web = "https://a.example/"
    assert cut("见法院和法院。", [("法院", web), ("法院", web + "2")]) == [
        ("见", ""),
        ("法院", web),
        ("和", ""),
        ("法院", web + "2"),
        ("。", ""),
    ]


def test_a_citation_inside_of_a_link_stays_a_citation() -> None:
    web = "https://a.example/"
    assert cut("看民法典全文吧", [("看民法典全文", web)], (1, 4)) == [
        ("看", web),
        ("民法典", "cited"),
        ("全文", web),
        ("吧", ""),
    ]


def test_words_that_do_not_stand_there_are_no_link() -> None:
    assert cut("法院", [("银行", "https://a.example/"), ("", "https://b.example/")]) == [
        ("法院", "")
    ]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://a.example/b?c#d", "a.example"),
        ("http://a.example:8080", "a.example"),
        ("HTTPS://A.example/", "a.example"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/b", None),
        ("https://bank.example@a.example/", None),
        ("https://a.example\\@b.example", None),
        ("https://a.example/\tb", None),
        ("https://[::1", None),
        ("https:///b", None),
        ("", None),
    ],
)
def test_only_plain_web_addresses_are_linked(url: str, host: str | None) -> None:
    assert web_host(url) == host
