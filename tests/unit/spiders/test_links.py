"""Which addresses a page names, and which of them a source lets us follow."""

from __future__ import annotations

import gzip
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from w3lib.url import canonicalize_url, safe_url_string

from crawler.sources import Source, SourceTrust
from crawler.spiders.links import (
    MAX_LINKS,
    LinkRules,
    canonical_url,
    find_links,
    is_list,
    is_sitemap_index,
    unpack,
)

BASE = "https://a.example/wiki/page.html"


def _links(body: str) -> tuple[str, ...]:
    return find_links(body.encode(), "utf-8", BASE)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        pytest.param("other.html", "https://a.example/wiki/other.html", id="relative"),
        pytest.param("/x", "https://a.example/x", id="from the root"),
        pytest.param("//b.example/x", "https://b.example/x", id="without a scheme"),
        pytest.param("x#part", "https://a.example/wiki/x", id="fragment dropped"),
        pytest.param(" x ", "https://a.example/wiki/x", id="white space around"),
        pytest.param("?b=2&a=1", "https://a.example/wiki/page.html?a=1&b=2", id="query sorted"),
        pytest.param("催收", "https://a.example/wiki/%E5%82%AC%E6%94%B6", id="chinese"),
    ],
)
def test_addresses_are_absolute_and_canonical(href: str, expected: str) -> None:
    assert _links(f'<p><a href="{href}">x</a></p>') == (expected,)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:;",
        "mailto:a@b.example",
        "tel:12378",
        "ftp://a.example/",
        "http://[::1/%",
        "data:,x",
    ],
)
def test_what_is_not_of_the_web_is_left_out(href: str) -> None:
    assert _links(f'<a href="{href}">x</a>') == ()


def test_links_keep_their_order_and_stand_once() -> None:
    found = _links('<a href="b">1</a><a href="a">2</a><a href="b">3</a>')
    assert [url.rsplit("/", 1)[1] for url in found] == ["b", "a"]


def test_nofollow_is_respected_and_follow_is_not_confused_with_it() -> None:
    assert _links('<a rel="nofollow" href="a">x</a><a rel="follow" href="b">x</a>') == (
        "https://a.example/wiki/b",
    )


def test_a_base_element_moves_relative_addresses() -> None:
    assert _links('<base href="/other/"><a href="a">x</a>') == ("https://a.example/other/a",)


def test_sitemaps_and_feeds_name_addresses() -> None:
    sitemap = (
        "<?xml version='1.0'?><urlset xmlns='s'><url><loc>https://a.example/1</loc></url></urlset>"
    )
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='https://a.example/2'/></entry></feed>"
    rss = "<rss><channel><item><link>https://a.example/3</link></item></channel></rss>"
    for number, text in enumerate((sitemap, atom, rss), start=1):
        assert _links(text) == (f"https://a.example/{number}",)


def test_entities_of_a_feed_are_not_expanded() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "https://a.example/x">]><rss><link>&a;</link></rss>'
    assert _links(bomb) == ()


@pytest.mark.parametrize("body", [b"", b"\x00\x01", b"<", b"<html", b"\xff\xfe"])
def test_broken_bytes_name_nothing(body: bytes) -> None:
    assert find_links(body, "x-no-such", BASE) == ()


def test_a_page_names_at_most_so_many() -> None:
    body = "".join(f'<a href="{number}">x</a>' for number in range(MAX_LINKS + 50))
    assert len(_links(body)) == MAX_LINKS


def test_one_address_has_one_spelling() -> None:
    assert canonical_url("HTTP://A.example:80/x?b=1&a=2#y") == canonical_url(
        "http://a.example:80/x?a=2&b=1"
    )


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        pytest.param("https://a.example/wiki/1", True, id="matches follow"),
        pytest.param("https://a.example/other/1", False, id="matches no follow"),
        pytest.param("https://a.example/wiki/login", False, id="matches deny"),
        pytest.param("https://b.example/wiki/1", False, id="other host"),
        pytest.param("https://www.a.example/wiki/1", False, id="host below"),
        pytest.param("https://a.example/wiki/1.jpg", False, id="image"),
        pytest.param("https://a.example/wiki/1.html", True, id="page"),
        pytest.param("https://a.example/wiki/1.5", True, id="a dot is no suffix"),
        pytest.param("ftp://a.example/wiki/1", False, id="other scheme"),
        pytest.param("https://a.example/wiki/" + "x" * 1000, False, id="too long"),
        pytest.param("https://a.example/wiki/a/wiki/a/wiki/a/wiki/", False, id="circling path"),
    ],
)
def test_rules_of_a_source(url: str, allowed: bool) -> None:
    source = Source(
        "a",
        "A",
        SourceTrust.MEDIA,
        ("https://a.example/",),
        hosts=("a.example",),
        follow=("/wiki/",),
        deny=("login",),
    )
    assert LinkRules(source).is_allowed(url) is allowed


PIECES = (
    "/",
    "a",
    "Z9",
    ".",
    "..",
    "~",
    "-",
    "_",
    ":",
    ":80",
    ":8080",
    ":43211",
    ":65536",
    "a.example",
    "%41",
    "?",
)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_plain_addresses_are_spelt_as_the_long_way_spells_them(rest: str) -> None:
    address = f"https://a{rest}"
    try:
        spelt = str(canonicalize_url(safe_url_string(address)))
    except ValueError:
        spelt = ""
    found = canonical_url(address)
    assert found in {spelt, None}


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
def test_links_from_the_root_lead_where_joining_leads(rest: str) -> None:
    joined = canonical_url(urljoin(BASE, f"/{rest}"))
    assert _links(f'<a href="/{rest}">x</a>') == ((joined,) if joined else ())


INDEX = b"""<?xml version="1.0"?><!-- made by a program --><sitemapindex>
<sitemap><loc>https://a.example/sitemap-1.xml.gz</loc></sitemap></sitemapindex>"""
SITEMAP = b"<urlset><url><loc>https://a.example/wiki/1</loc></url></urlset>"


def test_a_sitemap_index_names_sitemaps_and_is_told_from_a_sitemap() -> None:
    assert find_links(INDEX, None, BASE) == ("https://a.example/sitemap-1.xml.gz",)
    assert (is_sitemap_index(INDEX), is_sitemap_index(SITEMAP)) == (True, False)
    assert (is_list(INDEX), is_list(SITEMAP), is_list(b"<html><p>urlset</p>")) == (
        True,
        True,
        False,
    )


def test_sitemaps_of_an_index_need_not_look_like_articles_but_stay_on_the_host() -> None:
    source = Source(
        "a",
        "a",
        SourceTrust.FARM,
        ("https://a.example/",),
        hosts=("a.example",),
        follow=("/wiki/",),
        deny=("/en/",),
    )
    rules = LinkRules(source)
    child = "https://a.example/sitemap-1.xml.gz"
    assert (rules.is_allowed(child), rules.is_list_allowed(child)) == (False, True)
    assert not rules.is_list_allowed("https://b.example/sitemap-1.xml")
    assert not rules.is_list_allowed("https://a.example/en/sitemap.xml")


def test_gzipped_sitemaps_are_unpacked_up_to_the_limit() -> None:
    packed = gzip.compress(SITEMAP)
    assert unpack(packed, 1000) == SITEMAP
    assert unpack(packed, 10) is None
    assert unpack(packed[:-12], 1000) is None
    assert unpack(b"\x1f\x8bnonsense", 1000) is None
