"""What the weights of likeness are fitted on: sides kept apart, labels sound, a fit that tells."""

from __future__ import annotations

from itertools import islice

import pytest
from likeness_pages import SIDES, ListedPage, load_material, make_pages
from train_likeness import find_loss, fit, read
from train_line_wording import load_lines, train

from crawler.linklists.likeness import WEIGHTS
from crawler.model import Page
from crawler.wordlists import load_table

PAGES = 90  # the first two articles in each form
MOST_WRONG = 0.14  # of the lines kept apart; measured .130
STEPS = 2  # by which the machine's arithmetic may move a weight
BEST_GUESS = 0.69  # log loss of one who knows nothing


def test_nothing_that_is_measured_on_is_trained_on() -> None:
    training, checking = (load_material(side) for side in SIDES)
    titles = [
        {title for _, near, far in one.articles for title in (*near, *far)}
        for one in (training, checking)
    ]
    articles = [{one.title for one, _, _ in some.articles} for some in (training, checking)]
    assert titles[0].isdisjoint(titles[1])
    assert articles[0].isdisjoint(articles[1])
    assert not [form for form in training.forms if form in checking.forms]
    assert not set(training.dates) & set(checking.dates)


@pytest.mark.parametrize("side", SIDES)
def test_pages_are_the_same_each_time_and_show_what_they_are_labelled_with(side: str) -> None:
    material = load_material(side)
    pages = list(islice(make_pages(material), PAGES))
    assert pages == list(islice(make_pages(material), PAGES))
    for page in pages:
        body = page.page.body.decode()
        assert all(page.label(title) is not False for title in page.titles), body
        assert all(page.label(line) is not True for line in page.own), body


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("1. 花呗怎么关闭?", True),
        ("花呗怎么关...", None),
        ("花呗怎么关闭 二手车过户", True),
        ("写下每期还款的数目", False),
        ("写下每期还款的", False),
        ("写下", None),
        ("返回顶部", None),
        ("——", None),
    ],
)
def test_a_line_is_own_or_foreign_by_its_text(text: str, label: bool | None) -> None:
    page = ListedPage(
        Page("a.txt", b"", None, None), frozenset({"写下每期还款的数目"}), ("花呗怎么关闭",)
    )
    assert page.label(text) is label


def test_lines_of_some_pages_fit_weights_for_each_trait() -> None:
    rows = read(islice(make_pages(load_material(SIDES[0])), PAGES))
    values = fit(rows)
    assert len(values) == len(WEIGHTS) + 1
    assert 0 < rows.wanted.mean() < 1
    assert find_loss(rows, values) < BEST_GUESS / 2


def test_the_stored_weights_of_wording_are_those_of_the_labelled_lines() -> None:
    table = load_table("line_wording")
    stored = {part: int(row.split()[0]) for row in table["weights"] for part in row.split()[1:]}
    weights = train(*load_lines(SIDES[0]))
    assert stored.keys() == weights.parts.keys(), "run train_line_wording"
    assert max(abs(stored[part] - weights.parts[part]) for part in stored) <= STEPS
    assert abs(table["bias"] - weights.bias) <= STEPS


def test_wording_tells_lines_it_never_saw() -> None:
    weights = train(*load_lines(SIDES[0]))
    titles, own = load_lines(SIDES[1])
    wrong = sum(weights.weigh(one) <= 0 for one in titles) + sum(
        weights.weigh(one) > 0 for one in own
    )
    assert wrong <= MOST_WRONG * (len(titles) + len(own))
