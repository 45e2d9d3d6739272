"""The JSON line: every field of the contract, with its meaning."""

from __future__ import annotations

from datetime import date

from crawler.lines import failure_line, line_of
from crawler.model import (
    Article,
    Block,
    BlockType,
    Citation,
    CitationKind,
    CitationStatus,
    Contact,
    ContactStatus,
    CuratedArticle,
    Link,
    Mention,
    Page,
    RejectionReason,
    RemovalReason,
    Removed,
)

CONTRACT = {
    *("page", "url", "encoding", "title", "published", "author", "source", "text", "blocks"),
    *("removed", "lenders", "mentions", "citations", "contacts", "topic", "topics", "curate"),
    "rejected",
}
HEADING = Block(BlockType.HEADING, "上门", level=2)
ITEM = Block(BlockType.LIST_ITEM, "联系花呗", (Link("花呗", "https://a.example/"),))


def _curated(rejected: RejectionReason | None = None) -> CuratedArticle:
    removed = Removed(RemovalReason.LINK_LIST, Block(BlockType.PARAGRAPH, "租手机攻略"), 2)
    article = Article(
        "https://a.example/1",
        "gbk",
        "标题",
        date(2024, 4, 5),
        None,
        "某报",
        (HEADING, ITEM),
        (removed,),
    )
    return CuratedArticle(
        Page("p.html", b"x", "https://a.example/1"),
        article,
        ("huabei", "stranger"),
        (Mention("huabei", "花呗", 5, 7, about=True),),
        (
            Citation(
                "合同法",
                CitationKind.STATUTE,
                CitationStatus.REPEALED,
                0,
                2,
                since=date(2021, 1, 1),
            ),
        ),
        (Contact("12378", ContactStatus.VERIFIED, 1, 4, "监管"),),
        ("home_visit", "evidence"),
        rejected,
    )


def test_a_line_has_every_field_of_the_contract() -> None:
    line = line_of(_curated(), {"huabei": "花呗"})
    assert line.keys() >= CONTRACT
    assert "error" not in line
    assert failure_line("p", None, "p: is empty", None).keys() == CONTRACT | {"error"}


def test_the_text_is_the_blocks_one_a_line_and_offsets_count_in_it() -> None:
    line = line_of(_curated(), {})
    assert line["text"] == "上门\n联系花呗"
    assert line["text"][5:7] == "花呗"  # type: ignore[index]


def test_lenders_are_canonical_names_and_unknown_ids_stand_for_themselves() -> None:
    line = line_of(_curated(), {"huabei": "花呗"})
    assert line["lenders"] == ["花呗", "stranger"]
    assert line["mentions"] == [
        {
            "lender": "花呗",
            "lender_id": "huabei",
            "surface": "花呗",
            "start": 5,
            "end": 7,
            "about": True,
        }
    ]


def test_links_stand_only_on_blocks_that_have_some() -> None:
    assert line_of(_curated(), {})["blocks"] == [
        {"type": "heading", "text": "上门", "level": 2},
        {
            "type": "list_item",
            "text": "联系花呗",
            "links": [{"text": "花呗", "url": "https://a.example/"}],
        },
    ]


def test_dates_are_iso_and_reasons_are_ids() -> None:
    line = line_of(_curated(RejectionReason.OFF_TOPIC), {})
    assert (line["published"], line["rejected"], line["curate"]) == (
        "2024-04-05",
        "off_topic",
        False,
    )
    assert line["citations"][0]["since"] == "2021-01-01"  # type: ignore[index]
    assert line["removed"][0]["reason"] == "link_list"  # type: ignore[index]


def test_the_first_topic_is_the_topic() -> None:
    line = line_of(_curated(), {})
    assert (line["topic"], line["topics"]) == ("home_visit", ["home_visit", "evidence"])
    assert line["curate"] is True
    assert line["rejected"] is None
