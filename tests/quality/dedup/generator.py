"""Labelled articles for measuring deduplication: templates, their copies and their swaps.

Each base article is made of given paragraphs with a lender's name worked in. Copies say the
same; swaps are the same template for another lender, city, year or rate; sharers are other
articles that carry the same boilerplate paragraphs. Everything follows from the seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from opencc import OpenCC

SENTENCE_END = re.compile(r"(?<=[。！？；!?;])")

SYNONYMS = (
    ("催收", "催讨"), ("逾期", "拖欠"), ("协商", "商量"), ("还款", "偿还"), ("用户", "客户"),
    ("应该", "应当"), ("需要", "须要"), ("可以", "能够"), ("如果", "假如"), ("因为", "由于"),
    ("但是", "不过"), ("所以", "因此"), ("方法", "办法"), ("帮助", "协助"), ("立即", "马上"),
    ("目前", "眼下"), ("问题", "难题"), ("重要", "关键"), ("影响", "波及"), ("要求", "请求"),
    ("保留", "留存"), ("收到", "接到"), ("提供", "给出"), ("情况", "情形"), ("以及", "与"),
    ("进行", "开展"), ("导致", "造成"), ("了解", "知悉"), ("投诉", "申诉"), ("电话", "来电"),
    ("家人", "亲属"), ("威胁", "恐吓"), ("机构", "单位"), ("费用", "开支"), ("之后", "以后"),
    ("同时", "与此同时"), ("尽快", "及早"), ("表示", "称"), ("部分", "一部分"), ("认为", "觉得"),
)  # fmt: skip

CITIES = ("深圳", "杭州", "成都", "武汉", "长沙", "郑州", "西安", "合肥", "福州", "南宁")
UNKNOWN_LENDERS = (
    "优优贷",
    "快易花",
    "星禾钱包",
    "米橙金融",
    "云图速借",
    "青柚分期",
    "桔豆贷",
    "飞象信用",
)

COPIES = (
    "copy", "retitle", "reorder", "delete", "spin", "traditional", "punctuation", "excerpt",
    "boilerplate",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with the label of its group; articles of one group say the same."""

    key: str
    group: int
    kind: str
    title: str
    paragraphs: tuple[str, ...]
    base: int = 0  # of the family it comes from, swaps and facts included

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)


class Generator:
    """Makes labelled articles from paragraphs, lenders and boilerplate given to it."""

    def __init__(
        self,
        seed: int,
        paragraphs: Sequence[Sequence[str]],
        lenders: Sequence[str],
        boilerplate: Sequence[str],
    ) -> None:
        self.random = random.Random(seed)  # noqa: S311 - reproducible test data
        half = len(paragraphs) * 2 // 3
        self.articles, self.others = list(paragraphs[:half]), list(paragraphs[half:])
        self.lenders = list(lenders)
        self.boilerplate = list(boilerplate)
        self.traditional = OpenCC("s2t")
        self.group = self.family = 0
        self.made: list[Labelled] = []

    def make(self, bases: int) -> list[Labelled]:
        """The articles of this many base articles, shuffled."""
        for index in range(bases):
            self._family(self.articles[index % len(self.articles)])
        self.random.shuffle(self.made)
        return self.made

    def _family(self, paragraphs: Sequence[str]) -> None:
        self.family += 1
        pick = self.random.random
        known = pick() < 0.8
        names = self.lenders if known else UNKNOWN_LENDERS
        lender, other = self.random.sample(list(names), 2)
        slots = self._template(paragraphs)
        lot = pick()
        if lot < 0.2:
            kind, slots, values = self._with_fact(slots)
            self._add(f"fact_{kind}", [slot.replace("{V}", values[1]) for slot in slots], lender)
            slots = tuple(slot.replace("{V}", values[0]) for slot in slots)
        base = self._add("base", slots, lender)
        for kind in self.random.sample(COPIES, 4):
            self._copy(base, kind)
        if lot > 0.5:
            self._add("swap" if known else "unknown_swap", slots, other)
        elif lot > 0.35:
            self._sharer()

    def _template(self, paragraphs: Sequence[str]) -> tuple[str, ...]:
        """The paragraphs with {L} worked into about every third sentence."""
        frames = ("{L}的", "关于{L},", "对{L}来说,", "在{L}借款后,", "{L}逾期时,", "{L}客服称,")
        out = []
        for paragraph in paragraphs:
            parts = [p for p in SENTENCE_END.split(paragraph) if p]
            out.append(
                "".join(
                    self.random.choice(frames) + p if self.random.random() < 0.3 else p
                    for p in parts
                )
            )
        out[0] = "{L}逾期以后会怎样?" + out[0]
        return tuple(out)

    def _maybe(self, frames: Sequence[str]) -> str:
        return self.random.choice(frames) if self.random.random() < 0.3 else ""

    def _some_boilerplate(self, low: int, high: int) -> list[str]:
        count = min(len(self.boilerplate), self.random.randint(low, high))
        return self.random.sample(self.boilerplate, count)

    def _fill(self, slots: Sequence[str], lender: str) -> tuple[str, ...]:
        return tuple(slot.replace("{L}", lender) for slot in slots)

    def _add(self, kind: str, slots: Sequence[str], lender: str) -> Labelled:
        self.group += 1
        paragraphs = self._fill(slots, lender)
        title = f"{lender}{paragraphs[0][8 + len(lender) : 22 + len(lender)]}"
        key = f"a{len(self.made):06d}"
        article = Labelled(key, self.group, kind, title, paragraphs, self.family)
        self.made.append(article)
        return article

    def _copy(self, base: Labelled, kind: str) -> None:
        copy = base if kind == "copy" else getattr(self, f"_{kind}")(base)
        self.made.append(replace(copy, key=f"a{len(self.made):06d}", kind=kind))

    def _copy_of(
        self, base: Labelled, paragraphs: Sequence[str], title: str | None = None
    ) -> Labelled:
        return replace(base, paragraphs=tuple(paragraphs), title=title or base.title)

    def _retitle(self, base: Labelled) -> Labelled:
        return self._copy_of(base, base.paragraphs, "最新!" + base.title[:6] + "怎么办?一文读懂")

    def _reorder(self, base: Labelled) -> Labelled:
        paragraphs = list(base.paragraphs)
        self.random.shuffle(paragraphs)
        return self._copy_of(base, paragraphs)

    def _delete(self, base: Labelled) -> Labelled:
        share = self.random.uniform(0.1, 0.4)
        kept = []
        for paragraph in base.paragraphs:
            parts = [p for p in SENTENCE_END.split(paragraph) if p and self.random.random() > share]
            if parts:
                kept.append("".join(parts))
        return self._copy_of(base, kept or base.paragraphs)

    def _spin(self, base: Labelled) -> Labelled:
        share = self.random.uniform(0.3, 1.0)
        chosen = [pair for pair in SYNONYMS if self.random.random() < share]
        paragraphs = []
        for paragraph in base.paragraphs:
            for old, new in chosen:
                paragraph = paragraph.replace(old, new)
            paragraphs.append(paragraph)
        return self._copy_of(base, paragraphs)

    def _traditional(self, base: Labelled) -> Labelled:
        return self._copy_of(
            base,
            [self.traditional.convert(p) for p in base.paragraphs],
            self.traditional.convert(base.title),
        )

    def _punctuation(self, base: Labelled) -> Labelled:
        table = str.maketrans("，。；：？！（）,;:?!()", ",.;:?!(),;:?!()")
        width = str.maketrans("0123456789%", "０１２３４５６７８９％")
        return self._copy_of(base, [p.translate(table).translate(width) for p in base.paragraphs])

    def _excerpt(self, base: Labelled) -> Labelled:
        text = "".join(base.paragraphs)
        size = max(150, int(len(text) * self.random.uniform(0.25, 0.6)))
        start = self.random.randrange(max(1, len(text) - size))
        return self._copy_of(base, [text[start : start + size]])

    def _boilerplate(self, base: Labelled) -> Labelled:
        extra = self._some_boilerplate(1, 3)
        cut = self.random.randint(0, len(extra))
        return self._copy_of(base, [*extra[:cut], *base.paragraphs, *extra[cut:]])

    def _with_fact(self, slots: Sequence[str]) -> tuple[str, tuple[str, ...], list[str]]:
        """A kind of fact, the paragraphs with {V} where it stands, and two values."""
        kind = self.random.choice(("city", "year", "rate"))
        if kind == "city":
            values = self.random.sample(CITIES, 2)
            lines = ("以下内容适用于{V}的借款人。", "在{V},可以向{V}的地方金融管理部门反映。")
        elif kind == "year":
            values = [str(year) for year in self.random.sample(range(2015, 2027), 2)]
            lines = ("以下规则以{V}年的规定为准。", "{V}年起,平台须公示年化利率。")
        else:
            values = self.random.sample(["36%", "24%", "15.4%", "13.8%", "12%"], 2)
            lines = ("年化利率超过{V}的部分不受支持。",)
        at = len(slots) // 2
        return kind, (*slots[:at], *lines, *slots[at:]), values

    def _sharer(self) -> None:
        """Two other articles that carry the same boilerplate; for the same lender."""
        extra = self._some_boilerplate(2, 4)
        lender = self.random.choice(self.lenders)
        for paragraphs in (self.others.pop(), self.others.pop()) if len(self.others) > 1 else ():
            slots = self._template(paragraphs[: self.random.randint(2, 8)])
            self._add("sharer", (*slots, *extra), lender)
