"""Mutation testing of the parts whose faults would be hardest to see.

``./dev bench mutation [--sample=120] [--only=citations] [--seed=1]`` makes every mutant of a
part with mutmut (of the browser's matcher with ``mutants.mjs``), draws a sample, runs the
part's own tests on each, and prints how many were noticed and those that were not. A mutant
that no test reaches counts as survived; one that ends in a fault or runs for ever as killed.
Mutants that change nothing stand in ``equivalents.toml``, each with its reason, and are counted
apart: the share is of the others.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vectors.loading import lexicon_of, load_vectors
from vectors.passages import random_passages

from crawler.lexicon_json import match_document
from crawler.mentions import MentionFinder

ROOT = Path(__file__).resolve().parents[2]
PASSAGES = 300
_MUTMUT = Path(sys.executable).with_name("mutmut")


@dataclass(frozen=True, slots=True)
class Part:
    """What is mutated, and the tests that have to notice."""

    name: str
    files: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many mutants of a part were tried, and those that nothing noticed."""

    part: str
    tried: int
    survivors: tuple[str, ...]
    equivalent: int = 0  # of those tried: not among the survivors


@dataclass(frozen=True, slots=True)
class Equivalents:
    """Mutants that change nothing: what is printed after their place, and whole lines."""

    changes: frozenset[str]
    lines: tuple[str, ...]

    def has(self, survivor: str) -> bool:
        """Whether the mutant, as it is printed, is one of them."""
        change = survivor.partition(": ")[2]
        return change in self.changes or any(change.endswith(f" in: {one}") for one in self.lines)


def load_equivalents() -> Equivalents:
    """Those of ``equivalents.toml``."""
    text = Path(__file__).with_name("equivalents.toml").read_text("utf-8")
    entries = tomllib.loads(text)["equivalent"]
    changes = frozenset(one["change"] for one in entries if "change" in one)
    return Equivalents(changes, tuple(one["line"] for one in entries if "line" in one))


def without_equivalents(outcome: Outcome, known: Equivalents) -> Outcome:
    """The outcome with the mutants that change nothing counted apart."""
    left = tuple(one for one in outcome.survivors if not known.has(one))
    return replace(outcome, survivors=left, equivalent=len(outcome.survivors) - len(left))


PARTS = (
    Part(
        "crawler/linklists",
        ("crawler/linklists/*.py",),
        (
            "tests/unit/test_linklists.py",
            "tests/unit/linklists",
            "tests/quality/extraction/test_list_cases.py",
        ),
    ),
    Part(
        "crawler/dedup/verdict.py",
        ("crawler/dedup/verdict.py",),
        ("tests/unit/dedup/test_verdict.py", "tests/unit/dedup/test_reasons.py"),
    ),
    Part(
        "crawler/citations finder, status",
        ("crawler/citations/finder.py", "crawler/citations/status.py"),
        (
            "tests/unit/citations/test_citations.py",
            "tests/unit/citations/test_finding.py",
            "tests/unit/citations/test_provisions.py",
            "tests/unit/citations/test_status.py",
            "tests/quality/citations",
        ),
    ),
)
MATCHER = "extension/matcher.js"

_SETTINGS = """
[tool.mutmut]
source_paths = ["crawler"]
only_mutate = {files}
also_copy = ["seeds", "extension"]
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "no:schemathesis", "-p", "no:xdist"]
# A fork of the process that ran the tests would inherit tables that unmutated code has made.
process_isolation = "forkserver"
"""


def names_of_mutants(part: Part) -> list[str]:
    """Every mutant of the part as mutmut names it, sorted; the working folder is the project."""
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    return sorted(
        get_mutant_name(path, name)
        for pattern in part.files
        for path in sorted(Path().glob(pattern))
        for name in mutate_file_contents(str(path), path.read_text("utf-8")).mutant_names
    )


def lay_out(part: Part, folder: Path) -> None:
    """Copies what mutmut needs into the folder, with its settings."""
    skip = shutil.ignore_patterns("__pycache__", "browser", "_bundled")
    for name in ("crawler", "seeds", "extension", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=skip)
    tests = [name for name in part.tests if (ROOT / name).exists()]
    settings = _SETTINGS.format(files=json.dumps(part.files), tests=json.dumps(tests))
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    (folder / "pyproject.toml").write_text(project + settings, encoding="utf-8")


def outcomes_in(folder: Path) -> Iterator[tuple[str, int]]:
    """Mutants that were tried, with the exit status of their tests."""
    for path in sorted((folder / "mutants").rglob("*.py.meta")):
        codes = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
        yield from ((name, code) for name, code in codes.items() if code is not None)


def difference_of(mutant: str) -> str:
    """The lines that the mutant changes, on one line; the working folder is the project."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    changed = re.findall(r"^[-+](?![-+]).*", get_diff_for_mutant(mutant), re.MULTILINE)
    return f"{mutant}: " + "  →  ".join(line[1:].strip() for line in changed)


def mutate_python(part: Part, sample: int, seed: int) -> Outcome:
    """The outcome of a sample of the part's mutants."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as name:
        folder = Path(name)
        lay_out(part, folder)
        os.chdir(folder)
        known = names_of_mutants(part)
        drawn = sorted(random.Random(seed).sample(known, min(sample, len(known))))  # noqa: S311
        ran = subprocess.run(
            [_MUTMUT, "run", *drawn], cwd=folder, capture_output=True, text=True, check=False
        )
        codes = {one: code for one, code in outcomes_in(folder) if one in set(drawn)}
        if len(codes) < len(drawn):
            print(ran.stdout[-4000:], ran.stderr[-2000:], file=sys.stderr)
            sys.exit(f"mutation: only {len(codes)} of {len(drawn)} mutants of {part.name} ran")
        survivors = [one for one in drawn if codes[one] in (0, 5, 33)]
        shown = tuple(difference_of(one) for one in survivors)
        os.chdir(ROOT)
    print(f"{part.name}: {len(known)} mutants in all", file=sys.stderr)
    return Outcome(part.name, len(drawn), shown)


def expected_of_passages() -> dict[str, object]:
    """Random passages, and what the matcher in Python finds in them."""
    lexicon = lexicon_of(load_vectors()["lexicon"])
    finder = MentionFinder(lexicon)
    passages = list(random_passages(lexicon, PASSAGES, 20261122))
    found = [
        [[one.lender, one.surface, one.start, one.end] for one in finder.find_mentions(text, title)]
        for title, text in passages
    ]
    match = json.loads(json.dumps(match_document(lexicon)))
    return {"match": match, "passages": passages, "found": found}


def mutate_matcher(sample: int, seed: int) -> Outcome:
    """The outcome of a sample of the mutants of the browser's matcher."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        work = Path(folder) / "work.json"
        work.write_text(json.dumps(expected_of_passages()), encoding="utf-8")
        script = Path(__file__).with_name("mutants.mjs")
        ran = subprocess.run(
            ["node", str(script), str(work), str(sample), str(seed)],
            capture_output=True,
            text=True,
            check=True,
        )
    said = json.loads(ran.stdout)
    print(f"{MATCHER}: {said['known']} mutants in all", file=sys.stderr)
    return Outcome(MATCHER, said["tried"], tuple(said["survivors"]))


def main() -> None:
    """Prints the table, then what survived."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sample", type=int, default=120)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--only", default="", help="parts whose name contains this")
    said = words.parse_args()
    outcomes = [
        mutate_python(part, said.sample, said.seed) for part in PARTS if said.only in part.name
    ]
    if said.only in MATCHER:
        outcomes.append(mutate_matcher(said.sample, said.seed))
    known = load_equivalents()
    outcomes = [without_equivalents(one, known) for one in outcomes]
    print(f"{'part':34} {'mutants':>7} {'equivalent':>10} {'killed':>6} {'survived':>8}  share")
    for one in outcomes:
        left = one.tried - one.equivalent
        killed = left - len(one.survivors)
        counts = f"{one.tried:7} {one.equivalent:10} {killed:6} {len(one.survivors):8}"
        print(f"{one.part:34} {counts}  {killed / left:.0%}")
    for one in outcomes:
        print("\n".join(("", f"survived in {one.part}:", *one.survivors)))


if __name__ == "__main__":
    main()
