"""Own lists of which the text says nothing stay; titles that only their words give away go."""

from __future__ import annotations

import pytest
from own_lists import SIDES, make_own_pages, read, summarise

# Measured: pages with a leak, items, headings and texts lost of 420 pages a side.
MOST = {"tuning": (45, 15, 26, 5), "checking": (84, 0, 12, 0)}


@pytest.mark.parametrize("side", SIDES)
def test_own_lists_stay_and_bare_titles_go(side: str) -> None:
    pages = ((page, read(page)) for page in make_own_pages(side))
    counts = summarise(pages, lambda page: "all")["all"]
    found = (counts["leaking"], *(counts[f"lost {kind}"] for kind in ("item", "heading", "text")))
    assert all(one <= most for one, most in zip(found, MOST[side], strict=True)), found


def test_an_article_without_such_a_list_loses_no_item() -> None:
    for side in SIDES:
        for page in make_own_pages(side):
            if not page.form:
                assert read(page).lost == (), (page.article, page.style)


def test_the_sides_share_nothing() -> None:
    made = [list(make_own_pages(side)) for side in SIDES]
    for key in ("article", "style", "form"):
        one, other = ({getattr(page, key) for page in some if page.form} for some in made)
        assert one.isdisjoint(other), key
    one, other = ({title for page in some for title in page.titles} for some in made)
    assert one.isdisjoint(other)
