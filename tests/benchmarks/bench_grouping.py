"""Grouping of thousands of generated articles, with the lenders told and without.

Run by ``./dev bench grouping [--articles=10000] [--seed=31]``, with the real pages beside the
project. Articles are made as for ``tests/quality/dedup``: of paragraphs of real pages, of the
labelled texts and of the house guidance, each used once; where these end, a chain of single
characters learnt from them writes more. Without lenders (text alone) the swaps and changed
facts are left out, since nothing but a name or a fact tells them from their template.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "quality" / "dedup"))

from generator import Generator, Labelled  # noqa: E402 - stands beside its tests
from scoring import Scores, fingerprints, group, score  # noqa: E402
from test_dedup_quality import BOILERPLATE, LENDERS  # noqa: E402

from crawler.dedup import Fingerprint, find_fingerprint  # noqa: E402 - after the path is known
from crawler.seeds import load_references  # noqa: E402

_PAGES = ROOT.parent / "shared" / "pages"
_LABELLED = ("tests/quality/exam/*.txt", "tests/quality/topics/*.txt", "seeds/guidance/*.toml")
_EACH = 6  # articles that a base makes, by and large
_LEAST = 25  # code points of a paragraph


def paragraphs() -> list[str]:
    """All different paragraphs, in a fixed order."""
    texts = [
        json.loads(line)["text"]
        for corpus in ("magic-zh", "imm", "daniel-zh")
        for line in (_PAGES / corpus / "gold.jsonl").read_text("utf-8").splitlines()
    ]
    for pattern in _LABELLED:
        texts += [path.read_text("utf-8") for path in sorted(ROOT.glob(pattern))]
    found: dict[str, str] = {}
    for line in "\n".join(texts).split("\n"):
        if len(line.strip()) > _LEAST:
            found.setdefault(re.sub(r"\W", "", line)[:20], line.strip())
    return list(found.values())


def written(learnt: Sequence[str], shuffler: random.Random) -> Iterator[str]:
    """Paragraphs without end by a chain of single characters learnt from others."""
    following: dict[str, list[str]] = defaultdict(list)
    for text in learnt:
        for one, other in pairwise(text):
            following[one].append(other)
    first = [text[0] for text in learnt]
    while True:
        text = [shuffler.choice(first)]
        while len(text) < 60 or (text[-1] not in "。!?！？" and len(text) < 200):
            text.append(shuffler.choice(following.get(text[-1]) or first))
        yield "".join(text)


def bases(count: int, seed: int) -> list[list[str]]:
    """So many articles of paragraphs, 300 to 1,200 code points long; no paragraph twice."""
    shuffler = random.Random(seed)  # noqa: S311 - reproducible test data
    own = paragraphs()
    shuffler.shuffle(own)
    made: list[list[str]] = []
    stock = iter(own)
    more = written(own, shuffler)
    while len(made) < count:
        length = shuffler.randint(300, 1200)
        article: list[str] = []
        while sum(map(len, article)) < length:
            article.append(next(stock, None) or next(more))
        made.append(article)
    shuffler.shuffle(made)
    return made


def text_alone(articles: Iterable[Labelled]) -> dict[str, Fingerprint]:
    """The fingerprint of each article when nothing is known of lenders."""
    return {one.key: find_fingerprint(one.title, one.text, (), frozenset()) for one in articles}


def tell(name: str, articles: Sequence[Labelled], scores: Scores, seconds: float) -> None:
    """Prints the scores of one grouping, and what was merged or missed."""
    print(f"{name}: {len(articles)} articles, {seconds:.0f} s of processor")
    print(
        f"  pair F1 {scores.f1:.4f} (precision {scores.precision:.4f}, recall {scores.recall:.4f})"
    )
    for what, counts in (("merged", scores.merged), ("found", scores.found)):
        told = (f"{kind} {one} of {total}" for kind, (one, total) in sorted(counts.items()))
        print(f"  {what}: {', '.join(told) or 'none'}")


def main() -> None:
    """Prints both groupings."""
    if not _PAGES.is_dir():
        sys.exit(f"grouping: needs the real pages in {_PAGES}")
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--articles", type=int, default=2000)
    words.add_argument("--seed", type=int, default=31)
    said, _ = words.parse_known_args()
    references = load_references()
    places = frozenset(references.places)
    families = said.articles // _EACH
    generator = Generator(said.seed, bases(families * 3 // 2 + 1, said.seed), LENDERS, BOILERPLATE)
    articles = generator.make(families)
    plain = [one for one in articles if "swap" not in one.kind and not one.kind.startswith("fact_")]
    started = time.process_time()
    scores = score(articles, group(fingerprints(articles, references.lexicon), places))
    tell("lenders told", articles, scores, time.process_time() - started)
    started = time.process_time()
    scores = score(plain, group(text_alone(plain), places))
    tell("text alone", plain, scores, time.process_time() - started)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
