"""Bytes to text: the encoding a page is really in, whatever it says about itself.

What the page and the transport declare is a hint. The bytes decide: valid UTF-8 is UTF-8,
and between the Chinese encodings the one wins whose text consists of frequent characters.
A damaged page is read in the encoding that fits most of it, and only damaged stretches are
repaired (``repair``), so one stray byte never costs the text around it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from crawler.extraction.repair import common_share, repair_double_byte, repair_utf8
from crawler.model import Rejected, RejectionReason

HEAD = 4096  # bytes: browsers look for a declaration in the first 1024; many pages are later

# Share of frequent characters among the non-ASCII ones of a sample. Right decodings of the
# shared Chinese corpora reach .55 to .95, wrong ones stay under .20.
SURE_SHARE = 0.45
LIKELY_SHARE = 0.25

# Share of control bytes among the first bytes. Text has none, random bytes one in nine.
BINARY_SHARE = 0.02

_SIGNATURES = (
    b"%PDF-",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"wOFF",
    b"wOF2",
    b"SQLite format 3",
    b"{\\rtf",
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32le"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16be"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\x0b\x0c\r\x1a\x1b") + b"\x7f"
_HEADER_CHARSET = re.compile(r"charset\s*=[\s\"']{0,9}([\w.:-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=[\s\"']{0,9}([\w.:-]+)", re.IGNORECASE
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_FOUR_BYTES = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text without byte order mark, and the encoding it was read in.

    ``encoding`` is the WHATWG name in lower case.
    """

    text: str
    encoding: str


def decode_page(body: bytes, content_type: str | None = None) -> Decoded | Rejected:
    """The text of a page, or why these bytes are no page. Never raises.

    ``content_type`` is the Content-Type header's value. Bytes that fit no encoding come out
    as U+FFFD, everything around them unharmed.
    """
    if not body.strip(b" \t\r\n\x00\x0b\x0c\xef\xbb\xbf\xff\xfe"):
        return Rejected(RejectionReason.EMPTY, "the page has no content")
    for mark, codec, name in _BOMS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(codec, "replace"), name)
    if wide := _find_wide(body):
        return Decoded(body.decode(wide[0], "replace"), wide[1])
    if is_binary(body):
        return Rejected(RejectionReason.NOT_HTML, "the bytes are not text")
    declared = _find_declared(body, content_type)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(body, declared)
    if _is_chance_utf8(text, declared):
        return _decode_other(body, declared)
    return Decoded(text.removeprefix("\ufeff"), "utf-8")


def is_binary(body: bytes) -> bool:
    """Whether the bytes are an image, an archive or other non-text. A cheap test."""
    if body.lstrip(b" \t\r\n").startswith(_SIGNATURES):
        return True
    head = body[:HEAD]
    if head[4:8] == b"ftyp":
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    nulls = head.count(b"\x00")
    # A few null bytes in an otherwise clean page are a fault of the page, not a file format.
    return controls - nulls > BINARY_SHARE * len(head) or nulls > len(head) // 4


def _find_wide(body: bytes) -> tuple[str, str] | None:
    """The UTF-16 codec of markup without a byte order mark, and its name."""
    start = body[:2]
    if start in (b"<\x00", b"\n\x00", b" \x00", b"\r\x00") and body[3:4] == b"\x00":
        return "utf-16-le", "utf-16le"
    if start in (b"\x00<", b"\x00\n", b"\x00 ", b"\x00\r") and body[2:3] == b"\x00":
        return "utf-16-be", "utf-16be"
    return None


def _find_declared(body: bytes, content_type: str | None) -> tuple[str, ...]:
    """Python codec names declared by the header and then by the page; unknown ones left out."""
    labels: list[str] = []
    if content_type and (header := _HEADER_CHARSET.search(content_type)):
        labels.append(header.group(1))
    labels.extend(found.decode("ascii", "replace") for found in _META_CHARSET.findall(body[:HEAD]))
    names: list[str] = []
    for label in labels:
        try:
            name = codecs.lookup(label).name
        except LookupError:
            continue
        if name not in names:
            names.append(name)
    return tuple(names)


_GB_CODECS = frozenset({"gb2312", "gbk", "cp936", "gb18030", "hz"})
# Signs that the codec reads as others than browsers do; all else that it knows is the same.
_BIG5_SIGNS = str.maketrans("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡")
_BIG5_CODECS = frozenset({"big5", "big5hkscs", "cp950"})
# Other encodings are believed only when declared: nothing else tells them apart cheaply.
_OTHER_CODECS = frozenset(
    {"shift_jis", "cp932", "euc_jp", "euc_kr", "cp949", "koi8-r", "cp1251", "cp1250", "cp1252"}
    | {"iso8859-1", "iso8859-2", "iso8859-15", "cp1253", "cp1254", "cp1256", "mac-roman"}
)


def _is_chance_utf8(text: str, declared: tuple[str, ...]) -> bool:
    """Whether a few characters declared as a Chinese encoding are valid UTF-8 by chance.

    Two-byte sequences alone can be either; UTF-8 Chinese has three bytes a character.
    """
    if not declared or declared[0] not in _GB_CODECS | _BIG5_CODECS:
        return False
    odd = _NOT_ASCII.findall(text)
    return bool(odd) and max(odd) < "\u0800"


def _decode_other(body: bytes, declared: tuple[str, ...]) -> Decoded:
    """The best reading of bytes that are not valid UTF-8."""
    lenient = body.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    odd = len(_NOT_ASCII.findall(lenient))
    if odd - broken > broken:
        return Decoded(repair_utf8(body), "utf-8")
    if found := _decode_chinese(body, declared):
        return found
    for name in declared:
        if name in _OTHER_CODECS:
            codec = "cp1252" if name == "iso8859-1" else name
            return Decoded(body.decode(codec, "replace"), _whatwg_name(codec))
    if "utf-8" in declared:
        return Decoded(lenient, "utf-8")
    return Decoded(body.decode("cp1252", "replace"), "windows-1252")


def _decode_chinese(body: bytes, declared: tuple[str, ...]) -> Decoded | None:
    """The page as GB 18030 or Big5, ``None`` when it is neither."""
    codecs_tried = ("gb18030", "big5hkscs")
    if next((name for name in declared if name in _GB_CODECS | _BIG5_CODECS), "") in _BIG5_CODECS:
        codecs_tried = ("big5hkscs", "gb18030")
    best: tuple[float, str] | None = None
    for codec in codecs_tried:
        share = common_share(body.decode(codec, "replace"))
        if best is None or share > best[0]:
            best = share, codec
        if share >= SURE_SHARE:
            break
    if best is None:
        return None
    share, codec = best
    family = _GB_CODECS if codec == "gb18030" else _BIG5_CODECS
    is_declared = any(name in family for name in declared)
    is_other = any(name in _OTHER_CODECS for name in declared)
    needed = 0.0 if is_declared else SURE_SHARE if is_other else LIKELY_SHARE
    if share < needed:
        return None
    try:
        text = body.decode(codec)
    except UnicodeDecodeError:
        text = repair_double_byte(body, codec)
    if codec == "big5hkscs":
        return Decoded(text.translate(_BIG5_SIGNS), "big5")
    is_full = "gb18030" in declared or _FOUR_BYTES.search(body) is not None
    return Decoded(text, "gb18030" if is_full else "gbk")


def _whatwg_name(codec: str) -> str:
    if codec.startswith("cp125"):
        return f"windows-{codec[2:]}"
    return {"cp949": "euc-kr", "cp932": "shift_jis"}.get(codec, codec.replace("_", "-"))
