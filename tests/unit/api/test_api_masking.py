"""Unverified numbers lose their digits in every spelling; verified ones keep them."""

from __future__ import annotations

import pytest

from api.masking import Mask
from crawler.model import Block, BlockType, Contact, ContactStatus, Link

UNVERIFIED = Contact("400-123-4567", ContactStatus.UNVERIFIED, 0, 12)
VERIFIED = Contact("12378", ContactStatus.VERIFIED, 0, 5, "监管总局")
MASK = Mask([UNVERIFIED, VERIFIED])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("拨400-123-4567吧", "拨•••-•••-••••吧", id="as-found"),
        pytest.param("4001234567", "••••••••••", id="without-dashes"),
        pytest.param("400 123 4567", "••• ••• ••••", id="spaces"),
        pytest.param(
            "\uff14\uff10\uff10\uff0d123\uff0d4567", "•••\uff0d•••\uff0d••••", id="full-width"
        ),
        pytest.param("(400)123—4567", "(•••)•••—••••", id="brackets"),
        pytest.param("12378", "12378", id="verified"),
        pytest.param("400-123-4568", "400-123-4568", id="another-number"),
        pytest.param("第400条,1234.567元", "第400条,1234.567元", id="digits-apart"),
        pytest.param("", "", id="empty"),
    ],
)
def test_digits_become_dots_and_the_length_stays(text: str, masked: str) -> None:
    assert MASK.text(text) == masked
    assert len(masked) == len(text)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        pytest.param("https://example.org/a", True, id="web"),
        pytest.param("https://example.org/4001234567", False, id="number-in-it"),
        pytest.param("tel:12378", False, id="dials"),
        pytest.param("sms:10086", False, id="writes"),
        pytest.param("javascript:alert(1)", False, id="script"),
    ],
)
def test_only_web_links_without_a_number_are_kept(url: str, *, kept: bool) -> None:
    block = Block(BlockType.PARAGRAPH, "见4001234567", (Link("4001234567", url),))
    masked = MASK.block(block)
    assert masked.text == "见••••••••••"
    assert [link.text for link in masked.links] == (["••••••••••"] if kept else [])


def test_without_numbers_everything_stays() -> None:
    assert Mask([]).text("400-123-4567") == "400-123-4567"
    assert Mask([VERIFIED]).optional(None) is None
