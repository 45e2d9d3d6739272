"""Titles that touch an article's last sentence are parted from it, and joined where they stay."""

from __future__ import annotations

import pytest

from crawler.extraction import extract_article
from crawler.extraction.touching import part_touching, repeat
from crawler.linklists.line import Line
from crawler.model import Article, Link, Page

HEAD = "谈成以后要一份书面的方案，按它还款就好。"
TITLES = [
    "租手机免押金平台大全",
    "信用卡提额技巧详解",
    "二手车过户需要哪些手续",
    "花呗逾期会被起诉吗",
    "理财保险值得买吗",
]
TEXT = "欠款分散在好几家平台的时候，先把每一家的本金、利息和逾期天数列成一张表，再逐家去谈。"


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in part_touching(lines)[0]]


def read(*lines: str) -> Article:
    article = extract_article(Page("a.txt", "\n".join(("怎样分批协商", *lines)).encode(), None))
    assert isinstance(article, Article)
    return article


def test_the_first_of_a_list_and_several_in_one_line() -> None:
    below = [Line(one) for one in TITLES[1:]]
    lines = [Line(HEAD + TITLES[0]), *below]
    assert texts(lines) == [HEAD, *TITLES]
    assert part_touching(lines)[1] == {1}
    row = " ".join(TITLES)
    assert texts([Line(HEAD + row)]) == [HEAD, row]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([Line(HEAD + TITLES[0])], id="nothing below"),
        pytest.param(
            [Line("关于“时光分期”是否倒闭的澄清"), *(Line(one) for one in TITLES)],
            id="a name in quotes",
        ),
        pytest.param([Line(HEAD + TITLES[0]), Line(TEXT), Line(TEXT)], id="text below"),
        pytest.param(
            [Line(f"{HEAD}要带的有："), *(Line(one) for one in TITLES)], id="an announcement"
        ),
        pytest.param(
            [Line(f"{HEAD}这个问题很多人都在问..."), *(Line(one) for one in TITLES)],
            id="an excerpt",
        ),
        pytest.param(
            [Line(HEAD + TITLES[0], links=(Link(TITLES[0], "/1"),)), *map(Line, TITLES)],
            id="a link",
        ),
    ],
)
def test_lines_that_stay_whole(lines: list[Line]) -> None:
    assert part_touching(lines) == (lines, frozenset())


def test_what_ran_parallel_runs_parallel() -> None:
    assert repeat([4, 5, 6], frozenset({1, 3})) == [4, 4, 5, 5, 6]


def test_titles_go_and_the_sentence_stays() -> None:
    assert read(TEXT, HEAD + TITLES[0], *TITLES[1:]).text.split("\n") == [TEXT, HEAD]
    assert read(TEXT, HEAD + " ".join(TITLES)).text.split("\n") == [TEXT, HEAD]


def test_own_words_behind_the_last_sentence_are_joined_again() -> None:
    own = f"{HEAD}还款的时候记得三件事"
    lines = [TEXT, own, "留好转账凭证", "写清还的是哪一期", TEXT]
    assert read(*lines).text.split("\n") == lines


def test_hostile_lines_take_linear_time() -> None:
    lines = [Line("还款。" * 17_000 + "题 " * 900), *(Line("。题") for _ in range(17_000))]
    assert len(part_touching(lines)[0]) >= 17_000


def test_a_line_that_goes_as_a_whole_is_told_as_it_stood() -> None:
    whole = "本站不代表立场，如有侵权请联系我们删除！" + TITLES[0]
    article = read(TEXT, HEAD, whole, *TITLES[1:])
    assert whole in [one.block.text for one in article.removed]


@pytest.mark.parametrize("head", ["", "相关阅读"])
def test_links_in_a_paragraph_that_nothing_ends(head: str) -> None:
    links = "<br>".join(f'<a href="/{at}.html">{one}</a>' for at, one in enumerate(TITLES))
    html = f"<title>怎样分批协商</title><body><P>{TEXT}<P>{TEXT}{head}{'<br>' * bool(head)}{links}"
    page = Page("p.html", f"{html}<P>{HEAD}".encode(), None, "text/html; charset=utf-8")
    article = extract_article(page)
    assert isinstance(article, Article)
    assert [block.text for block in article.blocks] == [TEXT, TEXT, HEAD]


def test_a_link_that_ends_a_paragraph_above_others_stays_where_they_do() -> None:
    own = "https://www.nfra.gov.cn/"
    lines = [
        Line(f"{HEAD}监管总局的公告", links=(Link("监管总局的公告", own),), link_size=7),
        *(
            Line(one, links=(Link(one, own),), link_size=len(one))
            for one in ("征信中心的网站",) * 2
        ),
    ]
    parted, touching = part_touching(lines)
    assert [line.text for line in parted[:2]] == [HEAD, "监管总局的公告"]
    assert touching == {1}
    assert not parted[0].links
    assert parted[1].links == lines[0].links
