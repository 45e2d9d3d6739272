"""What commands print: one line each, safe for a terminal, valid UTF-8 JSON."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from crawler.cli import main
from crawler.cli.messages import counted, encode_line, printable


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param("上门.html: is empty", "上门.html: is empty", id="plain"),
        pytest.param("a\nb\tc", "a\\nb\\tc", id="line breaks"),
        pytest.param("\x1b[31mred", "\\x1b[31mred", id="terminal escape"),
        pytest.param("odd\udcff", "odd\\udcff", id="undecodable file name"),
        pytest.param("a\u202eb", "a\\u202eb", id="direction override"),
    ],
)
def test_a_message_is_one_harmless_line(message: str, expected: str) -> None:
    assert printable(message) == expected


@pytest.mark.parametrize(("number", "said"), [(0, "0 copies"), (1, "1 copy"), (2, "2 copies")])
def test_one_thing_is_not_told_as_several(number: int, said: str) -> None:
    assert counted(number, "copy", "copies") == said
    assert counted(number, "page") == said.replace("copies", "pages").replace("copy", "page")


def test_a_line_is_json_in_utf8_with_a_line_break() -> None:
    encoded = encode_line({"page": "上门", "n": [1, None, True]})
    assert encoded.endswith(b"\n")
    assert "上门".encode() in encoded
    assert json.loads(encoded) == {"page": "上门", "n": [1, None, True]}


def test_lone_surrogates_are_replaced_wherever_they_stand() -> None:
    encoded = encode_line({"page": "a\udcff", "blocks": [{"text": "\ud800x"}]})
    assert json.loads(encoded.decode()) == {"page": "a?", "blocks": [{"text": "?x"}]}


def test_an_unknown_log_format_ends_every_command_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ZHIQUAN_LOG_FORMAT", "xml")
    ran = CliRunner().invoke(main, ["check-seeds"])
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr == "ZHIQUAN_LOG_FORMAT='xml': give text or json\n"


def test_a_contact_of_two_lines_is_no_contact() -> None:
    ran = CliRunner().invoke(main, ["crawl", "--contact", "a@b.example\nX-Else: c"])
    assert ran.exit_code == 2
    assert "line break" in ran.stderr
