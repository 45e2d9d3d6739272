"""Which elements lose their attributes before parsing."""

from __future__ import annotations

import pytest

from crawler.extraction.bounds import MOST_ATTRIBUTES, bound_attributes


def test_an_element_with_too_many_attributes_keeps_its_name_and_content() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(MOST_ATTRIBUTES * 4))
    assert bound_attributes(f"<p>甲</p><p {attributes}>乙</p>") == "<p>甲</p><p>乙</p>"


@pytest.mark.parametrize(
    "markup",
    [
        f"<img src='data:image/png;base64,{'A' * 50_000}'>",
        f"<div data-state='{'a b c ' * 5_000}'>甲</div>",
        f"<p>{'一二 ' * 5_000}</p>",
        f"<script>{'if (a < b) c = d; ' * 2_000}</script>",
        "<p>" + " ".join(f"a{number}=1" for number in range(5_000)) + "</p>",
        " ".join(f"a{number}=1" for number in range(5_000)) + "<br>",
    ],
    ids=["long value", "words in a value", "long text", "script", "like attributes", "no element"],
)
def test_other_long_pieces_stay(markup: str) -> None:
    assert bound_attributes(markup) == markup
