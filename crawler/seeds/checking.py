"""Finds every fault of a seeds folder at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from crawler.seeds.guidance import read_guidance, read_labels
from crawler.seeds.guidance_checks import check_guidance, check_labels
from crawler.seeds.law_checks import check_phantoms, check_statutes
from crawler.seeds.lender_checks import check_lenders
from crawler.seeds.loading import ANY_KIND, read_references
from crawler.seeds.reading import READING_FAULTS, is_number
from crawler.text import fold
from crawler.vocabulary import Hotline, LenderKind, References, Regulator, Route, Topic, Trust

Report = Callable[[str, str], None]
"""Takes a record's key and what is wrong with it."""


_READ_ABOVE = frozenset(
    f"{name}.toml"
    for name in [
        "lenders",
        "frames",
        "statutes",
        "phantoms",
        "regulators",
        "hotlines",
        "platforms",
        "routes",
        "deadlines",
        "topics",
        "curation",
        "terms",
        "citations",
        "places",
        "wording",
        "topic_wording",
        "reason_wording",
        "signals",
        "reasons",
        "usage",
        "labels",
    ]
)
"""Files whose syntax reading has judged; a name missing here costs time and nothing else."""


def check_seeds(folder: Path) -> list[str]:
    """All faults as ``file: key: what to do``, in file order; empty when there are none.

    Never raises for what the files hold. Cross-checks between records are made on what
    could be read, so a broken file may hide some of them until it is mended.
    """
    faults: list[str] = []
    references = read_references(folder, faults)
    guidance = read_guidance(folder, faults)
    labels = read_labels(folder, faults)
    check_lenders(references.lexicon, _reporter(faults, "lenders.toml"))
    check_statutes(references.statutes, _reporter(faults, "statutes.toml"))
    check_phantoms(references, _reporter(faults, "phantoms.toml"))
    _check_regulators(references.regulators, _reporter(faults, "regulators.toml"))
    _check_hotlines(references.hotlines, _reporter(faults, "hotlines.toml"))
    _check_topics(references.topics, _reporter(faults, "topics.toml"))
    _check_routes(references.routes, _reporter(faults, "routes.toml"))
    _check_ids(references, faults)
    check_guidance(guidance, references, _reporter(faults, "guidance"))
    check_labels(labels, _reporter(faults, "labels.toml"))
    _check_sources(folder / "sources.toml", _reporter(faults, "sources.toml"))
    _check_syntax(folder, faults)
    return _without_consequences(faults)


def _without_consequences(faults: Iterable[str]) -> list[str]:
    """The faults, each once; of a file that cannot be read only the reason why."""
    split = [fault.split(": ", 2) for fault in dict.fromkeys(faults)]
    unreadable = {file for file, key, _ in split if key in READING_FAULTS}
    return [
        f"{file}: {key}: {what}"
        for file, key, what in split
        if file not in unreadable or key in READING_FAULTS
    ]


def _reporter(faults: list[str], file: str) -> Report:
    return lambda key, what: faults.append(f"{file}: {key}: {what}")


def _check_regulators(regulators: tuple[Regulator, ...], report: Report) -> None:
    owners: dict[str, str] = {}
    for regulator in regulators:
        names = [regulator.name, regulator.short, *regulator.aliases]
        for former in regulator.former:
            names += [former.name, *former.aliases]
            if former.since and former.until and former.until <= former.since:
                report(regulator.id, f"the name {former.name} ends before it begins; correct it")
            if former.lasted and former.until:
                report(regulator.id, f"{former.name} has until, so lasted says nothing; remove it")
        if regulator.former and regulator.since is not None:
            for former in regulator.former:
                if former.until is not None and former.until > regulator.since:
                    report(
                        regulator.id,
                        f"the former name {former.name} lasts longer than until since; correct one",
                    )
        for name in dict.fromkeys(names):
            key = fold(name).text
            if len(key) < 2:
                report(regulator.id, f"the name {name} is shorter than 2 characters; remove it")
            owner = owners.setdefault(key, regulator.id)
            if owner != regulator.id:
                report(regulator.id, f"the name {name} also belongs to {owner}; keep it in one")


def _check_hotlines(hotlines: tuple[Hotline, ...], report: Report) -> None:
    current = {hotline.number for hotline in hotlines if hotline.status == "current"}
    for hotline in hotlines:
        if not is_number(hotline.number):
            report(hotline.number, "number must be 3 to 12 digits and nothing else")
        if hotline.status == "current":
            if hotline.successor is not None:
                report(hotline.number, "is current, so successor must be removed")
            if not hotline.accepts:
                report(hotline.number, "is current, so accepts must say what it is for")
            if hotline.provenance.trust is Trust.DOUBTFUL:
                report(hotline.number, "is doubtful, so it cannot be current; verify it")
        elif hotline.successor not in current:
            report(hotline.number, "needs a current number as successor")


def _check_topics(topics: tuple[Topic, ...], report: Report) -> None:
    for topic in topics:
        if not topic.strong:
            report(topic.id, "has no strong words; add at least one")
        for word in set(topic.strong) & set(topic.weak):
            report(topic.id, f"{word} is both strong and weak; keep one")
        for word in set(topic.negative) & {*topic.strong, *topic.weak}:
            report(topic.id, f"{word} is negative and would never count; remove one")


def _check_routes(routes: tuple[Route, ...], report: Report) -> None:
    known = {kind.value for kind in LenderKind} | {ANY_KIND}
    reached: set[str] = set()
    for route in routes:
        reached.update(route.lender_kinds)
        for kind in route.lender_kinds:
            if kind not in known:
                report(route.issue, f"{kind} is no lender kind; use one of LenderKind or any")
    for kind in sorted(known - reached):
        report("route", f"no route begins for lenders of kind {kind}; add one")


def _check_ids(references: References, faults: list[str]) -> None:
    tables: tuple[tuple[str, Iterable[str]], ...] = (
        ("lenders.toml", (one.id for one in references.lexicon.lenders)),
        ("statutes.toml", (one.id for one in references.statutes)),
        ("phantoms.toml", (one.id for one in references.phantoms)),
        ("regulators.toml", (one.id for one in references.regulators)),
        ("hotlines.toml", (one.number for one in references.hotlines)),
        ("platforms.toml", (one.id for one in references.platforms)),
        ("deadlines.toml", (one.what for one in references.deadlines)),
        ("topics.toml", (one.id for one in references.topics)),
        ("terms.toml", (one.id for one in references.terms)),
        ("curation.toml", (one for one, _ in references.curation_words)),
    )
    for file, ids in tables:
        seen: set[str] = set()
        for one in ids:
            if one in seen:
                faults.append(f"{file}: {one}: this id stands twice; rename one")
            seen.add(one)


def _check_sources(path: Path, report: Report) -> None:
    """Looks at ids and start addresses only: the crawler validates the rest when it loads."""
    if not path.is_file():
        return
    try:
        sources = tomllib.loads(path.read_text(encoding="utf-8")).get("source", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return  # named by _check_syntax
    seen: set[str] = set()
    for index, source in enumerate(sources):
        key = source.get("id")
        if not isinstance(key, str) or not key:
            report(f"source[{index}]", "id is missing; add one")
            continue
        if key in seen:
            report(key, "this id stands twice; rename one")
        seen.add(key)
        starts = source.get("start", [])
        if not isinstance(starts, list) or not starts:
            report(key, "start must be a list of addresses")
            continue
        for start in starts:
            if not isinstance(start, str) or not re.match(r"https?://[^/\s]+", start):
                report(key, f"{start!r} is no http address; correct it")


def _check_syntax(folder: Path, faults: list[str]) -> None:
    """Names the files that are no TOML among those that nothing above has read."""
    for path in sorted(folder.glob("*.toml")):
        if path.name in _READ_ABOVE:
            continue
        try:
            tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            faults.append(f"{path.name}: syntax: is no valid TOML ({error}); correct it")
        except UnicodeDecodeError:
            faults.append(f"{path.name}: file: is not UTF-8; save it as UTF-8")
