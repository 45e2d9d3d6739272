"""Compiles the lexicon in mentions.json again: python -m vectors.rewrite [--write], in tests/.

Without --write it only says whether the compiled part is up to date. The rows are written
by hand and never touched.
"""

from __future__ import annotations

import json
import sys

from crawler.lexicon_json import match_document
from vectors.loading import VECTORS, lexicon_of, load_vectors


def main() -> int:
    """0 when the file is up to date or was written, else 1."""
    vectors = load_vectors()
    compiled = match_document(lexicon_of(vectors["lexicon"]))
    if vectors["match"] == json.loads(json.dumps(compiled)):
        return 0
    if "--write" not in sys.argv[1:]:
        print("mentions.json: match is out of date; run again with --write and read the diff")
        return 1
    text = json.dumps({**vectors, "match": compiled}, ensure_ascii=False, indent=1)
    VECTORS.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
