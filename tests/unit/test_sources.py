"""The file of sources: what it may say, and every fault at once."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from crawler.errors import ConfigError, SeedError
from crawler.seeds import seeds_folder
from crawler.sources import Source, SourceTrust, is_web_address, load_sources, select_sources

GOOD = """
[[source]]
id = "a"
name = "A"
trust = "law_firm"
start = ["https://a.example/list"]
feeds = ["https://feeds.example/rss"]
"""


def _load(folder: Path, text: str) -> tuple[Source, ...]:
    file = folder / "sources.toml"
    file.write_text(text, encoding="utf-8")
    return load_sources(file)


def test_hosts_are_those_of_the_addresses_unless_named(tmp_path: Path) -> None:
    (source,) = _load(tmp_path, GOOD)
    assert source.hosts == ("a.example", "feeds.example")
    assert source.trust is SourceTrust.LAW_FIRM
    (named,) = _load(tmp_path, GOOD + 'hosts = ["b.example"]\n')
    assert named.hosts == ("b.example",)


def test_politeness_is_the_default(tmp_path: Path) -> None:
    (source,) = _load(tmp_path, GOOD)
    assert (source.delay, source.connections, source.private) == (1.0, 1, False)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param('colour = "red"', "colour: no such key", id="unknown key"),
        pytest.param("delay = -1", "delay: must be a number from 0", id="negative delay"),
        pytest.param("delay = true", "delay: must be a number", id="boolean delay"),
        pytest.param('follow = ["("]', "not a regular expression", id="broken pattern"),
        pytest.param('follow = "x"', "follow: must be a list", id="string for a list"),
        pytest.param('private = "yes"', "private: must be true or false", id="string for a flag"),
        pytest.param("charset = 3", "charset: must be a string", id="number for a string"),
        pytest.param('sitemaps = ["/x"]', "not a web address", id="relative sitemap"),
    ],
)
def test_each_fault_names_file_source_and_key(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(SeedError) as caught:
        _load(tmp_path, GOOD + line + "\n")
    (fault,) = caught.value.faults
    assert fault.startswith(f"{tmp_path / 'sources.toml'}: a: ")
    assert told in fault


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SeedError) as caught:
        _load(tmp_path, GOOD + GOOD + 'x = 1\n[[source]]\nid = "c"\n')
    told = "\n".join(caught.value.faults)
    for part in ("id: stands twice", "x: no such key", "c: name: missing", "c: start: missing"):
        assert part in told


@pytest.mark.parametrize("text", ["", "[[source", "source = 3", "source = []"])
def test_a_file_without_sources_is_bad_usage(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"sources\.toml"):
        _load(tmp_path, text)


def test_sources_are_selected_by_id_or_all_enabled(tmp_path: Path) -> None:
    off = GOOD.replace('"a"', '"b"') + "enabled = false\n"
    both = _load(tmp_path, GOOD + off)
    assert [one.id for one in select_sources(both, ())] == ["a"]
    assert [one.id for one in select_sources(both, ("b", "b"))] == ["b"]
    with pytest.raises(ConfigError, match="known: a, b"):
        select_sources(both, ("z",))


def test_the_bundled_sources_are_in_order() -> None:
    assert [one.id for one in load_sources(seeds_folder() / "sources.toml") if one.bundled] == [
        "sample"
    ]


def test_the_bundled_file_explains_every_key() -> None:
    text = (seeds_folder() / "sources.toml").read_text("utf-8")
    told = set(re.findall(r"[a-z_]+", text.partition("[[source]]")[0]))
    # The sample alone is bundled.
    assert {field.name for field in fields(Source)} - told == {"bundled"}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/1", True),
        ("HTTP://例子.中国/a b?c", True),
        ("http://[::1]:8000/", True),
        ("http://[a/", False),
        ("http://a b/", False),
        ("http://a:99999/", False),
        ("http:///a", False),
        ("javascript:alert(1)", False),
        ("a.example/1", False),
        ("https://a/\n", False),
        ("https://a/\ud800", False),
        ("", False),
    ],
)
def test_a_web_address_names_a_host(address: str, expected: bool) -> None:
    assert is_web_address(address) is expected
