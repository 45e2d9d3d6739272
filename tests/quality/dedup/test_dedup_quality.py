"""Floors for grouping: copies found, swaps and sharers kept apart.

The articles are made from the sample site's texts, and from real pages when these are
present. A floor may only be lowered in a commit of its own that says why.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from generator import Generator, Labelled
from scoring import Scores, fingerprints, group, score

from crawler.curation import Curator
from crawler.model import Page
from crawler.seeds import load_references
from crawler.vocabulary import References

LENDERS = (
    "小赢卡贷",
    "微粒贷",
    "拍拍贷",
    "分期乐",
    "360借条",
    "招联金融",
    "马上消费金融",
    "度小满",
)
BOILERPLATE = (
    "版权声明:本站部分文章来自网络,仅供读者参考,版权归原作者所有,如有侵权请与我们联系处理。",
    "风险提示:借款前请仔细阅读合同条款,理性消费,量入为出,切勿以贷养贷,警惕任何预先收费的平台。",
    "温馨提醒:本文内容不构成法律意见,具体情况请向有资质的律师或者当地的法律援助中心咨询了解。",
    "关注我们的专栏,每天为您带来最新的金融资讯和维权知识,和上百万读者一起成长,告别信息差。",
    "编辑寄语:遇到困难并不可怕,可怕的是独自承受,把事情说出来,身边的人会比想象中更愿意帮忙。",
    "常见问题汇总:读者提问较多的内容我们会整理成专题,定期更新,欢迎在文末留下想了解的问题。",
)


@pytest.fixture(scope="module")
def references() -> References:
    """The real reference data."""
    return load_references()


def site_paragraphs(folder: Path, references: References, seed: int) -> list[list[str]]:
    """Articles of paragraphs from the sample site, each paragraph used once."""
    curator = Curator(references)
    found: dict[str, None] = {}
    for path in sorted(folder.rglob("*.html")):
        curated = curator.curate(Page(path.name, path.read_bytes()), date(2026, 11, 22))
        if curated.rejected is None:
            names = re.compile("|".join({m.surface for m in curated.mentions} or {"(?!)"}))
            lines = (names.sub("平台", block.text) for block in curated.article.blocks)
            found.update(dict.fromkeys(line for line in lines if len(line) > 30))
    paragraphs = list(found)
    random.Random(seed).shuffle(paragraphs)  # noqa: S311 - reproducible test data
    return [paragraphs[at : at + 6] for at in range(0, len(paragraphs) - 5, 6)]


def shared_paragraphs(folder: Path, seed: int) -> list[list[str]]:
    """Articles of paragraphs from the real pages, those that stand there twice left out."""
    articles: list[list[str]] = []
    seen: set[str] = set()
    for corpus in ("magic-zh", "imm", "daniel-zh"):
        for line in (folder / "pages" / corpus / "gold.jsonl").read_text("utf-8").splitlines():
            lines = (part.strip() for part in json.loads(line)["text"].split("\n"))
            paragraphs = [part for part in lines if len(part) > 25]
            starts = {re.sub(r"\W", "", part)[:20] for part in paragraphs if len(part) > 40}
            size = sum(map(len, paragraphs))
            if 400 < size < 4000 and len(paragraphs) > 2 and not starts & seen:
                articles.append(paragraphs)
            seen |= starts
    random.Random(seed).shuffle(articles)  # noqa: S311 - reproducible test data
    return articles


def measure(paragraphs: Sequence[Sequence[str]], references: References, seed: int) -> Scores:
    """The scores on articles generated from the paragraphs."""
    generator = Generator(seed, paragraphs, LENDERS, BOILERPLATE)
    articles: list[Labelled] = generator.make(len(generator.articles))
    prints = fingerprints(articles, references.lexicon)
    return score(articles, group(prints, frozenset(references.places)))


def check(scores: Scores, floor: float) -> None:
    """Fail with all scores in sight."""
    assert scores.f1 >= floor, scores
    for kind in ("swap", "unknown_swap"):
        assert scores.merged.get(kind, (0, 0))[0] == 0, scores
    merged, total = scores.merged.get("sharer", (0, 0))
    assert merged <= 0.01 * total, scores
    for kind, least in (("excerpt", 0.95), ("traditional", 0.99), ("punctuation", 0.99)):
        found, total = scores.found.get(kind, (0, 0))
        assert found >= least * total, (kind, scores)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_grouping_of_the_samples_texts(
    project_folder: Path, references: References, seed: int
) -> None:
    site = project_folder / "seeds" / "site"
    check(measure(site_paragraphs(site, references, seed), references, seed), 0.985)


@pytest.mark.shared
@pytest.mark.parametrize("seed", [4, 5])
def test_grouping_of_real_texts(shared_folder: Path, references: References, seed: int) -> None:
    check(measure(shared_paragraphs(shared_folder, seed), references, seed), 0.985)
