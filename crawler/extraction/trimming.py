"""Recognises what surrounds an article: meta lines, share prompts, legal notes, page furniture."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from crawler.extraction.rows import spare_rows
from crawler.linklists.hosts import leads_away
from crawler.linklists.line import Line
from crawler.model import BlockType, RemovalReason
from crawler.pagewords import PageWords, bare, bare_lines

# Code points; measured on the tuning halves of the shared pages.
FEWEST_TAGS, LONGEST_TAG = 5, 8  # words in a row of tags; code points of one
LONGEST_NAME = 16  # of an author or source
SHORT_LINE = 30  # navigation and share prompts are shorter
LONGEST_TOOL = 12  # of the label of one of the page's tools
FEWEST_BUTTONS, LONGEST_BUTTON = 3, 6  # that touch each other; code points of one
LABELS_LINE = 60  # a row of the page's tools is shorter
META_LINE = 100  # date and source lines under a title are shorter
TOP_REST = 50  # what may stand beside the date above the first sentence
META_REST = 6  # what may remain of a meta line without dates and meta words
LEGAL_LINE = 400  # legal notes are shorter; a longer line is a paragraph that mentions rights
PROMPT_LINE = 160  # prompts to follow or download are shorter
PROMPT_MARKS = 3  # words of prompts that make a line one, at one in PROMPT_DENSITY code points
PROMPT_DENSITY = 24
TOLD_SHARE = 0.5  # of a sentence that only speaks of such things are these words
LAST_NOTE = 200  # a note behind the text with one word of such notes is shorter
MANY_POSTS = 3  # meta lines of one pattern that make a page a thread or a blog
SMALLEST_POST = 60  # code points of sentences that make a post
TAIL_SHARE = 0.75  # of the text stands before the notes at its end
NOTES_REACH = 2  # lines below a heading of notes in which one of them stands
COMMENTS_SHARE = 0.5  # of the text stands before the comments
VERSE_LINE = 7  # a line of this length that ends like a sentence is text, too
TEXT_LINE = 20  # a line of this length with a sentence mark is text

SENTENCE_END = re.compile(r"[。！？；!?;…]|\.(?=\s|$)")
_PAUSES = re.compile("[，,、；]")
_LABELLED = re.compile(r"[^\W\d_]{2,4}[\s:：|｜·】]")
_STOPS = ("。", "！", "。”", "？")
_MARK = re.compile(r"[。！？；，、：!?;,:…]")
_DATE = re.compile(
    r"(?:19|20)\d\d\s*[-/.年]\s*[01]?\d(?:\s*[-/.月]\s*[0-3]?\d)?|[01]?\d月[0-3]?\d日"
)
_PERIOD = re.compile(r"\d日?[至到]\d|\d日。$")  # as notices name them: 2024年6月1日至6月30日
_DATE_TIME = re.compile(r"(?:19|20)?\d\d[-/.年]\s*[01]?\d[-/.月]\s*[0-3]?\d日?\s*[0-2]?\d:\d\d")
_STYLE_RULE = re.compile(r"[^{}]{1,80}\{[^{}]*:[^{}]*\}.*")
_COUNTER = re.compile(r"[\W_]*\d{1,4}[\W_]*")
_DAY = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*[01]?\d\s*[-/.月]\s*[0-3]?\d")
_DECORATION = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\d{5}|\d{3,4}-\d{3,4}")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")
_LABEL_SEAM = re.compile(r"[\s\[\]【】()（）|｜/·>»]+")
_COUNT = re.compile(r"(?<=[\u4e00-\u9fff])[0-9]{1,6}$")  # of those who liked it: 赞 (0)
_TAGS = re.compile(r"#?[\u3400-\u9fff]{2,8}(?:[\s#]+[\u3400-\u9fffA-Za-z]{2,8})+")
# The pages before and behind this one, whose titles may ask.
_NEIGHBOUR = re.compile(r"[\W_]*[上下前后][一1][篇条页则章個个]\s*[:：]")
_BACK = re.compile("返回.{1,12}(?:查看|看|阅读)更多.{0,4}")
_BRACKETED = re.compile(r"[(（\[【].{1,40}[)）\]】]")


@dataclass(frozen=True, slots=True)
class Texts:
    """A line's folded and bared text beside the line itself."""

    lines: tuple[Line, ...]
    folded: tuple[str, ...]
    bared: tuple[str, ...]


def prepare(lines: Sequence[Line]) -> Texts:
    """The lines with their folded and bared texts."""
    folded, bared = bare_lines([line.text for line in lines])
    return Texts(tuple(lines), folded, bared)


def is_text(line: Line) -> bool:
    """Whether the line reads like a sentence of an article."""
    if line.hidden or line.link_share >= 0.5:
        return False
    size = len(line.text)
    if size >= TEXT_LINE:
        return _MARK.search(line.text) is not None
    return size >= VERSE_LINE and line.text.endswith(("。", "，", "！", "；"))


def find_furniture(
    texts: Texts,
    words: PageWords,
    own: Sequence[bool] | None = None,
    gone: Container[int] = (),
) -> dict[int, RemovalReason]:
    """The indices of lines that are never an article's, each with its reason.

    Those in ``gone`` are known already: a title that is a sentence does not begin the text.
    ``own`` tells which lines stand in the article's own section, whose last sentence is its end.
    """
    found: dict[int, RemovalReason] = {}
    body = [
        at
        for at, line in enumerate(texts.lines)
        if at not in gone
        and is_text(line)
        and not line.boilerplate
        and SENTENCE_END.search(line.text)
    ]
    first = body[0] if body else len(texts.lines)
    mine = [at for at in body if own[at]] if own is not None else []
    last = _find_last(texts, mine or body, words)
    for at, line in enumerate(texts.lines):
        reason = _find_reason(line, texts.folded[at], texts.bared[at], words)
        if reason is None and at <= first:
            reason = _find_top_reason(line, texts.folded[at], texts.bared[at], words)
            if reason is None and found.get(at - 1) is RemovalReason.META_LINE:
                reason = _find_value(line, texts.bared[at - 1], words)
        if reason is None:
            reason = _find_legal(line, texts.bared[at], behind=at >= last, words=words)
        if reason is None:
            reason = _find_prompt(line, texts.bared[at], inside=first < at <= last, words=words)
        if reason is None and at > last and _is_tags(line):
            reason = RemovalReason.NAVIGATION
        if reason is None and _is_lure(texts, at, words):
            reason = RemovalReason.SHARE
        if reason is not None:
            found[at] = reason
    spare_rows(texts.lines, found, first)
    _drop_other_posts(texts, found)
    _drop_tail(texts, found, words)
    return found


def _find_last(texts: Texts, body: list[int], words: PageWords) -> int:
    """The last sentence of the article: prompts and legal notes stand behind it; -1 without any."""
    for at in reversed(body):
        line, bared = texts.lines[at], texts.bared[at]
        if not _find_prompt(line, bared, inside=False, words=words) and not _find_legal(
            line, bared, behind=True, words=words
        ):
            return at
    return body[-1] if body else -1


def _drop_other_posts(texts: Texts, found: dict[int, RemovalReason]) -> None:
    """Drops further posts of a blog or thread: what follows the second line of one pattern.

    Posts are told apart by meta lines that are equal but for their numbers. Such a line
    stands above or below each post.
    """
    marks: dict[str, list[int]] = {}
    for at, reason in found.items():
        if reason is RemovalReason.META_LINE and _DATE_TIME.search(texts.folded[at]):
            text = _DIGITS.sub("0", texts.folded[at])
            # Behind a date that begins with a word stands where its author is: 发布于 … · 江苏.
            end = text[-6:] if text[:1].isdigit() else ""
            marks.setdefault(text[:6] + end + texts.lines[at].shape, []).append(at)
    marks = {key: ats for key, ats in marks.items() if _are_posts(texts, ats)}
    if not marks:
        return
    places = min(marks.values())
    above = sum(
        len(line.text)
        for at, line in enumerate(texts.lines[: places[0]])
        if at not in found and is_text(line)
    )
    cut = places[0] if above >= SMALLEST_POST else places[1]
    for at in range(cut, len(texts.lines)):
        found.setdefault(at, RemovalReason.COMMENTS)


def _are_posts(texts: Texts, places: list[int]) -> bool:
    """Whether meta lines of one pattern head the posts of a thread.

    Two are enough when both begin with a word, their dates differ, and text follows the first.
    """
    if len(places) >= MANY_POSTS:
        return True
    if len(places) < 2 or texts.folded[places[0]][:1].isdigit():
        return False
    first, second = places
    between = sum(len(line.text) for line in texts.lines[first:second] if is_text(line))
    return texts.folded[first] != texts.folded[second] and between >= SMALLEST_POST


def _drop_tail(texts: Texts, found: dict[int, RemovalReason], words: PageWords) -> None:
    """Drops what follows the legal notes or comments at the end of an article."""
    sizes = [
        0 if at in found or line.link_share > 0.5 else len(line.text)
        for at, line in enumerate(texts.lines)
    ]
    total = sum(sizes)
    before = 0
    for at, size in enumerate(sizes):
        before += size
        reason = found.get(at)
        heads = _heads_notes(texts, at, words)
        noted = texts.bared[at] in words.legal_headings and words.copyright.search(
            "".join(texts.bared[at + 1 : at + 2])
        )
        if reason is RemovalReason.COMMENTS or noted:
            share = COMMENTS_SHARE
        elif heads or reason is RemovalReason.COPYRIGHT:
            share = TAIL_SHARE
        else:
            continue
        if before >= share * total:
            for after in range(at, len(sizes)):
                found.setdefault(after, reason or RemovalReason.COPYRIGHT)
            return


def _heads_notes(texts: Texts, at: int, words: PageWords) -> bool:
    """Whether a short line heads legal notes: it names them, or they stand right below it.

    An article's own line may end with such a word, too: 可以提交一段声明.
    """
    line, bared = texts.lines[at], texts.bared[at]
    if len(line.text) > SHORT_LINE or not bared.endswith(words.legal_headings):
        return False
    if bared in words.legal_headings:
        return True
    below = "".join(texts.bared[at + 1 : at + 1 + NOTES_REACH])
    return _PAUSES.search(line.text) is None and words.copyright.search(bared + below) is not None


def _find_reason(line: Line, folded: str, bared: str, words: PageWords) -> RemovalReason | None:
    if line.hidden:
        return RemovalReason.HIDDEN
    if not bared:
        return RemovalReason.NAVIGATION
    if "{" in line.text and ";" in line.text and _STYLE_RULE.fullmatch(line.text):
        return RemovalReason.HIDDEN
    size = len(line.text)
    if size <= SHORT_LINE:
        if bared.startswith(words.comment_starts) and not SENTENCE_END.search(line.text):
            return RemovalReason.COMMENTS
        if bared in words.navigation or _BACK.fullmatch(bared):
            return RemovalReason.NAVIGATION
        if bared in words.share or _COUNT.sub("", bared) in words.share:
            return RemovalReason.SHARE
        if line.type is BlockType.PARAGRAPH and _are_buttons(bared, words):
            return RemovalReason.SHARE
    if size <= LABELS_LINE and bared[:1] in words.tool_starts and _is_labels(line.text, words):
        return RemovalReason.NAVIGATION
    if size <= LABELS_LINE and line.links and _are_tools(line.text, words):
        return RemovalReason.NAVIGATION
    if size <= META_LINE and "。" not in line.text and _NEIGHBOUR.match(line.text):
        return RemovalReason.NAVIGATION
    if size <= META_LINE and folded.startswith(words.meta_starts) and _is_remark(line.text):
        return RemovalReason.META_LINE
    if size <= META_LINE and _is_meta(folded, words):
        return RemovalReason.META_LINE
    if _BRACKETED.fullmatch(line.text) and words.meta_people.search(bared):
        return RemovalReason.META_LINE
    return None


def _are_buttons(bared: str, words: PageWords) -> bool:
    """Whether the line is nothing but buttons that touch each other: 赞(7)打赏分享."""
    letters = _DIGITS.sub("", bared)
    most = [0] + [-1] * len(letters)  # buttons that the letters up to there can be parted into
    for at in range(len(letters)):
        if most[at] < 0:
            continue
        for end in range(at + 1, min(at + LONGEST_BUTTON, len(letters)) + 1):
            if letters[at:end] in words.share:
                most[end] = max(most[end], most[at] + 1)
    return most[-1] >= FEWEST_BUTTONS


def _is_labels(text: str, words: PageWords) -> bool:
    """Whether the line consists of several labels of the page's tools: [打印] [关闭窗口]."""
    labels = [part for part in _LABEL_SEAM.split(text) if part and not part.isdigit()]
    if len(labels) < 2 or max(map(len, labels)) > LONGEST_TOOL:
        return False
    return all(bare(label) in words.tools for label in labels)


def _are_tools(text: str, words: PageWords) -> bool:
    """Whether links of a line each say what the page does: 返回最新消息 | 打印本页."""
    labels = [part for part in _LABEL_SEAM.split(text) if part]
    if not labels or max(map(len, labels)) > LONGEST_TOOL:
        return False
    return all(bare(label).startswith(words.tool_verbs) for label in labels)


def _is_remark(text: str) -> bool:
    """Whether nothing but a name can follow: no sentence stands in the line."""
    return SENTENCE_END.search(text) is None and text.count("，") + text.count(",") < 2


def _is_meta(folded: str, words: PageWords) -> bool:
    """Whether the line is made of dates, numbers and the words of meta lines, and no sentence."""
    if _PERIOD.search(folded):
        return False
    dated = _DATE.search(folded) is not None
    rest = _ADDRESS.sub("", folded)
    rest = _DIGITS.sub("", _DATE.sub("", rest) if dated else rest)
    bared = _DECORATION.sub("", rest)
    if not bared and not dated:
        return _COUNTER.fullmatch(folded) is not None
    left = words.meta.sub("", bared)
    if left == bared and not (dated or folded.isdigit()):
        return False
    if left and not dated and ":" not in folded and not _DIGITS.search(folded):
        return False
    return len(left) <= META_REST and len(left) * 2 <= max(len(bared), META_REST if dated else 0)


def _find_top_reason(line: Line, folded: str, bared: str, words: PageWords) -> RemovalReason | None:
    """Above the first sentence: breadcrumbs, and date lines with names in them."""
    text = line.text
    if len(text) > META_LINE or "。" in text:
        return None
    day = _DAY.search(folded)
    if day and len(folded) - len(day[0]) <= TOP_REST and not SENTENCE_END.search(text):
        return RemovalReason.META_LINE
    if _is_counted(folded, words):
        return RemovalReason.META_LINE
    if _is_tags(line) or _ADDRESS.fullmatch(text):
        return RemovalReason.NAVIGATION
    crumbs = text.count(">") + text.count("»") + text.count("›") + text.count("＞")
    if crumbs and (crumbs > 1 or line.link_share > 0.3):
        return RemovalReason.NAVIGATION
    return None


def _is_counted(folded: str, words: PageWords) -> bool:
    """Whether the line says how often the page was read, and who wrote it: 小编:甲 人气:9201."""
    rest = words.counter.sub("", folded)
    named = len(_DECORATION.sub("", rest)) <= LONGEST_NAME
    return rest != folded and named and not SENTENCE_END.search(folded) and "," not in folded


def _find_value(line: Line, label: str, words: PageWords) -> RemovalReason | None:
    """What stands below a label in a line of its own: the author's name, the source's."""
    is_name = len(line.text) <= LONGEST_NAME and SENTENCE_END.search(line.text) is None
    return RemovalReason.META_LINE if is_name and words.meta.fullmatch(label) else None


def _is_tags(line: Line) -> bool:
    """Whether the line is a row of short words without a link, as tags stand around a text."""
    tags = line.text.split() if " " in line.text and not line.links else []
    return (
        len(tags) >= FEWEST_TAGS
        and line.type is BlockType.PARAGRAPH
        and max(map(len, tags)) <= LONGEST_TAG
        and _TAGS.fullmatch(line.text) is not None
    )


def _is_lure(texts: Texts, at: int, words: PageWords) -> bool:
    """Whether the line alone asks to download, scan, follow or ask; neighbours alike are a list.

    With a number to call it is the article's own word, or an advert's that is told as such.
    """
    line, bared = texts.lines[at], texts.bared[at]
    if len(line.text) > SHORT_LINE or _NUMBER.search(line.text):
        return False
    lured = bared.startswith(words.lures) or words.consult.search(bared)
    if not lured and not _is_advert(line.text, bared, words):
        return False
    if line.type is not BlockType.PARAGRAPH or line.text.endswith(("。", "；")):
        return False
    beside = (*texts.lines[max(0, at - 1) : at], *texts.lines[at + 1 : at + 2])
    return not any(
        one.shape == line.shape and len(one.text) <= SHORT_LINE and not one.text.endswith("。")
        for one in beside
    )


def _is_advert(text: str, bared: str, words: PageWords) -> bool:
    """Whether a short line offers a service and calls to take it, or is labelled as an advert."""
    if text.startswith(words.advert_labels) and _LABELLED.match(text):
        return True
    return words.calls.search(bared) is not None and words.things.search(bared) is not None


def _find_prompt(line: Line, bared: str, *, inside: bool, words: PageWords) -> RemovalReason | None:
    """Prompts to follow, scan, download or call; inside the article only where they are links."""
    size = len(line.text)
    if size > PROMPT_LINE or line.type is BlockType.TABLE_ROW:
        return None
    if line.type is BlockType.HEADING and (inside or size <= SHORT_LINE):
        return None
    if inside and line.link_share < 0.3:
        return None
    if line.text.endswith(_STOPS) and words.hotlines.search(line.text):
        return None  # 电话12378、12363都是免费咨询,先问再做。
    if leads_away(line, words, None):
        return None  # to an official site: 免费咨询：中国法律服务网
    if size <= SHORT_LINE and words.sure_prompt.search(bared):
        return RemovalReason.SHARE
    if size <= SHORT_LINE and not line.text.endswith("。") and words.label_prompt.search(bared):
        return RemovalReason.SHARE
    found = words.prompt.findall(bared)
    marks = len(set(found))
    if marks < PROMPT_MARKS or marks * PROMPT_DENSITY < size:
        return None
    # A sentence that asks nobody for anything tells what happened: 只要下载一个App……
    tells = line.text.endswith(_STOPS) and not words.inviting.search(bared)
    if tells and sum(map(len, found)) <= TOLD_SHARE * len(bared):
        return None
    return RemovalReason.SHARE


def _find_legal(line: Line, bared: str, *, behind: bool, words: PageWords) -> RemovalReason | None:
    if len(line.text) > LEGAL_LINE or line.type is BlockType.HEADING:
        return None
    marks = len(set(words.copyright.findall(bared)))
    if marks < 2 and not (marks and behind and len(line.text) <= LAST_NOTE):
        return None
    # Articles, too, say whom to report to, and who is liable for what.
    own = len(line.text) >= TEXT_LINE and line.text.endswith(_STOPS)
    own = own and not words.copyright_plain.search(bared) and not words.sited.search(bared)
    return None if own else RemovalReason.COPYRIGHT
