"""What ``decode_page`` makes of bytes that lie, are damaged or are no page."""

from __future__ import annotations

import gzip
import json
import random
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction.decoding import Decoded, decode_page
from crawler.model import Rejected, RejectionReason

SIMPLIFIED = "借款人收到催收电话以后,应当先核实对方的身份,保留通话记录,再决定怎样协商还款。"
TRADITIONAL = "借款人收到催收電話以後,應當先核實對方的身分,保留通話紀錄,再決定怎樣協商還款。"


def page(text: str, charset: str | None = None) -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}<title>标题</title></head><body><p>{text}</p></body></html>"


def decoded(body: bytes, content_type: str | None = None) -> Decoded:
    result = decode_page(body, content_type)
    assert isinstance(result, Decoded)
    return result


@pytest.mark.parametrize(
    ("codec", "meta", "header", "encoding"),
    [
        ("utf-8", None, None, "utf-8"),
        ("utf-8", "utf-8", "utf-8", "utf-8"),
        ("utf-8", "gb2312", None, "utf-8"),
        ("utf-8", "gb2312", "gbk", "utf-8"),
        ("utf-8", "no-such-charset", "nor-this", "utf-8"),
        ("utf-8-sig", None, "gbk", "utf-8"),
        ("utf-16", None, None, "utf-16le"),
        ("gbk", None, None, "gbk"),
        ("gbk", "gb2312", None, "gbk"),
        ("gbk", "utf-8", None, "gbk"),
        ("gbk", "gb2312", "utf-8", "gbk"),
        ("gbk", None, "iso-8859-1", "gbk"),
        ("gbk", "big5", None, "gbk"),
        ("gbk", "unicode", None, "gbk"),
        ("gb18030", "gb18030", None, "gb18030"),
    ],
)
def test_reads_simplified_text_whatever_is_declared(
    codec: str, meta: str | None, header: str | None, encoding: str
) -> None:
    content_type = f"text/html; charset={header}" if header else None
    result = decoded(page(SIMPLIFIED, meta).encode(codec), content_type)
    assert SIMPLIFIED in result.text
    assert result.encoding == encoding


@pytest.mark.parametrize("meta", ["big5", "gb2312", "utf-8", None])
def test_tells_big5_from_gbk(meta: str | None) -> None:
    text = page(TRADITIONAL, meta).replace("标题", "標題")
    result = decoded(text.encode("big5hkscs"))
    assert TRADITIONAL in result.text
    assert result.encoding == "big5"


@pytest.mark.parametrize(
    ("code", "sign"),
    [
        ("a145", "‧"),
        ("a14e", "﹑"),
        ("a1e3", "～"),
        ("a1f2", "⊕"),
        ("a244", "￥"),
        ("a246", "￠"),
        ("a247", "￡"),
        ("c6a1", "①"),
        ("c6b5", "ⅰ"),
        ("c6e7", "ぁ"),
        ("f9d6", "碁"),
    ],
)
def test_signs_of_big5_are_those_that_browsers_show(code: str, sign: str) -> None:
    body = page(TRADITIONAL, "big5").replace("标题", "").encode("big5hkscs")
    marked = body.replace(b"</", bytes.fromhex(code) + b"</")
    assert sign in decoded(marked).text


@pytest.mark.parametrize("meta", ["gbk", "big5", None])
def test_traditional_text_in_gbk_stays_gbk(meta: str | None) -> None:
    result = decoded(page(TRADITIONAL, meta).encode("gbk"))
    assert TRADITIONAL in result.text
    assert result.encoding == "gbk"


def test_hong_kong_characters_are_read() -> None:
    text = TRADITIONAL + "佢哋嘅債務喺邊度還緊"
    assert text in decoded(page(text, "big5").replace("标题", "").encode("big5hkscs")).text


def test_utf16_without_mark() -> None:
    result = decoded(page(SIMPLIFIED).encode("utf-16-le"))
    assert (SIMPLIFIED in result.text, result.encoding) == (True, "utf-16le")


def test_byte_order_mark_is_not_part_of_the_text() -> None:
    assert decoded(page(SIMPLIFIED).encode("utf-8-sig")).text.startswith("<html>")


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "big5hkscs"])
@pytest.mark.parametrize("stray", [b"\xff", b"\x81", b"\xb5", b"\x80"])
@pytest.mark.parametrize("where", ["between lines", "inside a sentence", "before a tag"])
def test_stray_byte_costs_no_neighbour(codec: str, stray: bytes, where: str) -> None:
    text = TRADITIONAL if codec == "big5hkscs" else SIMPLIFIED
    first, second = text[:14], text[14:]
    joints = {
        "between lines": (first.encode(codec) + b"\n" + stray, b"\n" + second.encode(codec)),
        "inside a sentence": (first.encode(codec) + stray, second.encode(codec)),
        "before a tag": (first.encode(codec) + stray, b"<br>" + second.encode(codec)),
    }
    body = b"<p>" + b"".join(joints[where]) + b"</p>" + f"<p>{text}</p>".encode(codec) * 3
    result = decoded(body).text
    # A stray lead byte swallows at most the one character whose bytes it pairs with.
    assert first in result
    assert second[1:] in result
    assert result.count(text) == 3


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "big5hkscs"])
def test_page_cut_inside_a_character(codec: str) -> None:
    text = TRADITIONAL if codec == "big5hkscs" else SIMPLIFIED
    body = f"<p>{text}</p><p>{text}".encode(codec)[:-1]
    result = decoded(body)
    assert text in result.text
    assert text[:-1] in result.text[-len(text) - 2 :]


def test_gbk_advert_inside_a_utf8_page() -> None:
    body = page(SIMPLIFIED * 5).encode() + "<p>分期还款计算器在线使用</p>".encode("gbk")
    result = decoded(body)
    assert result.encoding == "utf-8"
    assert "分期还款计算器在线使用" in result.text


def test_utf8_footer_inside_a_gbk_page() -> None:
    body = page(SIMPLIFIED * 5 + "\x81").encode("gbk", "ignore") + b"\xff<br>"
    body += "<p>分期还款计算器</p>".encode()
    assert "分期还款计算器" in decoded(body).text


@pytest.mark.parametrize(
    ("text", "codec", "header"),
    [
        ("<p>The lender’s “final” notice – read it.</p>", "cp1252", None),
        ("<p>Кредитор требует вернуть долг немедленно</p>", "cp1251", "windows-1251"),
        ("<p>借金の返済ができないときはどうすればよいか</p>", "shift_jis", "shift_jis"),
        ("<p>빚을 갚지 못할 때 어떻게 해야 합니까</p>", "euc_kr", "euc-kr"),
    ],
)
def test_other_encodings_are_not_taken_for_chinese(
    text: str, codec: str, header: str | None
) -> None:
    content_type = f"text/html; charset={header}" if header else None
    assert decoded((text * 3).encode(codec), content_type).text == text * 3


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"GIF89a\x01\x00\x01\x00",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"PK\x03\x04\x14\x00\x06\x00",
        gzip.compress(b"<html></html>" * 50),
        random.Random(7).randbytes(5000),  # noqa: S311  # no secret is made of it
    ],
    ids=["pdf", "png", "gif", "jpeg", "zip", "gzip", "random"],
)
def test_binary_is_rejected(body: bytes) -> None:
    result = decode_page(body, "text/html")
    assert isinstance(result, Rejected)
    assert result.reason is RejectionReason.NOT_HTML


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\x00\x00"])
def test_empty_is_rejected(body: bytes) -> None:
    result = decode_page(body, None)
    assert isinstance(result, Rejected)
    assert result.reason is RejectionReason.EMPTY


def test_a_few_null_bytes_do_not_make_a_page_binary() -> None:
    body = page(SIMPLIFIED).encode("gbk").replace(b"<p>", b"<p>\x00\x00")
    assert SIMPLIFIED in decoded(body).text


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "text/html; charset=gbk", "x", "charset="]))
def test_never_raises(body: bytes, content_type: str | None) -> None:
    assert isinstance(decode_page(body, content_type), Decoded | Rejected)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255), st.sampled_from(["gbk", "big5hkscs", "utf-8"]))
def test_one_changed_byte_harms_one_line(place: int, value: int, codec: str) -> None:
    text = TRADITIONAL if codec == "big5hkscs" else SIMPLIFIED
    lines = [f"<p>{text}</p>"] * 5
    body = bytearray("\n".join(lines).encode(codec))
    body[place % len(body)] = value
    assert decoded(bytes(body)).text.count(text) >= 4 - (value in (0x3C, 0x3E))


@pytest.mark.shared
def test_every_gold_character_of_the_shared_pages(shared_folder: Path) -> None:
    lost = []
    for folder in ("imm", "magic-zh", "handmade", "daniel-zh"):
        gold = shared_folder / "pages" / folder / "gold.jsonl"
        for line in gold.read_text("utf-8").splitlines():
            one = json.loads(line)
            result = decode_page((gold.parent / one["page"]).read_bytes(), None)
            assert isinstance(result, Decoded), one["page"]
            read = unescape(result.text)
            wanted = [char for char in one["text"] if "\u4e00" <= char <= "\u9fff"]
            # Two gold texts hold characters that their pages load with scripts.
            if sum(char not in read for char in wanted) > 0.02 * len(wanted):
                lost.append(one["page"])
    assert lost == []


def test_a_long_line_is_read_in_time_linear_in_its_length() -> None:
    body = SIMPLIFIED.encode("gbk") * 3 + b"\xff<p>" + b"a" * 300_000
    assert decoded(body).text.endswith("aaa")
