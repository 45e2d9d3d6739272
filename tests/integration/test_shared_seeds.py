"""The four real dumps, line by line: nothing of the articles lost, nothing of the lists kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import Zhiquan, run_zhiquan

LISTS = {  # dump -> the line its link list starts with, the line it ends with
    "000": ("相关内容:", "To Top"),
    "001": ("(0)", "返回顶部"),
    "002": ("相关内容:", "To Top"),
    "003": ("相关内容:", "To Top"),
}
EXPECTED = {  # dump -> title, date, lenders
    "000": ("小赢卡贷逾期上门催收应对策略与法律权益解读", "2024-04-05", ["小赢卡贷"]),
    "001": ("小额贷款上门催收:合法与否?如何保障自身权益?", None, []),
    "002": ("小赢卡贷逾期与通讯录保护:法律边界与应对策略", "2024-04-06", ["小赢卡贷"]),
    "003": ("微粒贷逾期与上门催收应对策略", "2024-04-06", ["微粒贷"]),
}
Lines = dict[str, dict[str, Any]]
pytestmark = pytest.mark.shared


def squash(text: str) -> str:
    """Without white space and the marks of list items."""
    return "".join(text.split()).lstrip("•·")


@pytest.fixture(params=sorted(LISTS))
def dump(request: pytest.FixtureRequest, shared_folder: Path) -> tuple[str, Path]:
    """A dump's number and file."""
    (file,) = (shared_folder / "seeds").glob(f"{request.param}_*.txt")
    return request.param, file


def split(number: str, file: Path) -> tuple[list[str], list[str]]:
    """The lines of the article behind its title and date, and those of the list."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
    at = lines.index(LISTS[number][0])
    body = [line for line in lines[1:at] if not line.startswith("发布时间")]
    return body, lines[at:]


@pytest.fixture(scope="module")
def extracted(
    shared_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """The lines of ``extract`` by the dump's number."""
    folder = tmp_path_factory.mktemp("cwd")
    ran = run_zhiquan("extract", shared_folder / "seeds", cwd=folder)
    assert ran.status == 0
    return {Path(line["page"]).name[:3]: line for line in ran.lines}


def test_title_date_and_lenders(extracted: Lines, dump: tuple[str, Path]) -> None:
    line = extracted[dump[0]]
    assert (line["title"], line["published"], line["lenders"]) == EXPECTED[dump[0]]
    assert line["curate"] is True


def test_every_line_of_the_article_is_kept_in_order(
    extracted: Lines, dump: tuple[str, Path]
) -> None:
    body, _ = split(*dump)
    line = extracted[dump[0]]
    if body.count(line["title"]):
        body.remove(line["title"])  # the title again, above the article
    kept = iter(squash(line["text"]) for line in line["blocks"])
    rest = "".join(kept)
    for sentence in body:
        found = rest.find(_without_number(squash(sentence)))
        assert found >= 0, sentence
        rest = rest[found:]


def _without_number(text: str) -> str:
    head, dot, rest = text.partition(".")
    return rest if dot and head.isdigit() else text


def test_numbered_items_are_kept(extracted: Lines, dump: tuple[str, Path]) -> None:
    body, _ = split(*dump)
    numbered = [squash(one) for one in body if one.split(".")[0].isdigit()]
    texts = [squash(block["text"]) for block in extracted[dump[0]]["blocks"]]
    for item in numbered:
        assert any(_without_number(item) in text for text in texts), item


def test_every_line_of_the_list_is_removed_with_a_reason(
    extracted: Lines, dump: tuple[str, Path]
) -> None:
    _, related = split(*dump)
    line = extracted[dump[0]]
    removed = "\n".join(squash(one["text"]) for one in line["removed"])
    kept = {squash(block["text"]) for block in line["blocks"]}
    for one in related:
        text = squash(one)
        if text.endswith(squash(LISTS[dump[0]][1])):
            continue  # the last line runs into the next dump's title in none of the files
        if not text:
            continue
        assert text in removed, one
        assert text not in kept, one
    assert all(one["reason"] for one in line["removed"])


def test_two_articles_about_one_lender_are_no_duplicates(
    zhiquan: Zhiquan, shared_folder: Path, database: str
) -> None:
    assert zhiquan("import", shared_folder / "seeds", "--database", database).status == 0
    lines = zhiquan("export", "--database", database).lines
    assert len({line["cluster"] for line in lines}) == len(lines) == 4
