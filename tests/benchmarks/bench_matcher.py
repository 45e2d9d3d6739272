"""Writes a page and a lexicon of 20,000 names, and has the extension's matcher measured on it.

Run by ``./dev bench matcher``. The clean page is the same text without any lender.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from crawler.lexicon_json import match_document
from crawler.seeds import load_references

sys.path.insert(0, str(Path(__file__).parent))
from articles import enlarged
from bench_mentions import ENDINGS

BLOCKS = 50_000
BLOCK = 34
HITS = 2_000


def main() -> None:
    """Print the table of the JavaScript benchmark."""
    shuffler = random.Random(5)  # noqa: S311 - reproducible test data
    lexicon = enlarged(load_references().lexicon, 2, ENDINGS)
    match = match_document(lexicon)
    certain = [
        name
        for name, need in zip(match["names"].split("\n"), match["needs"], strict=True)
        if need == "0"
    ]
    weights = [1 / (rank + 10) for rank in range(len(lexicon.frames.common))]
    signs = "".join(shuffler.choices(lexicon.frames.common, weights, k=BLOCKS * BLOCK))
    clean = [signs[at : at + BLOCK] for at in range(0, len(signs), BLOCK)]
    blocks = list(clean)
    for at in shuffler.sample(range(BLOCKS), HITS):
        blocks[at] = blocks[at][:16] + shuffler.choice(certain) + blocks[at][16:]
    script = Path(__file__).with_name("bench_matcher.mjs")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "work.json"
        work.write_text(json.dumps({"match": match, "blocks": blocks, "clean": clean}), "utf-8")
        subprocess.run(["node", "--expose-gc", str(script), str(work)], check=True)


if __name__ == "__main__":
    main()
