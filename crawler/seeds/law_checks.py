"""Checks that statutes and phantoms agree with each other and with themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from crawler.model import CitationStatus
from crawler.text import fold
from crawler.vocabulary import Phantom, References, Statute

_PROVISION = re.compile(r"[1-9][0-9]*(?:之[1-9][0-9]*)?(?:\.[1-9][0-9]*)?(?:\([1-9][0-9]*\))?")
_RANGE = re.compile(r"[1-9][0-9]*-[1-9][0-9]*")

Report = Callable[[str, str], None]


def check_statutes(statutes: tuple[Statute, ...], report: Report) -> None:
    """Reports shared names, impossible lives, broken successions and provision maps."""
    by_id = {statute.id: statute for statute in statutes}
    _check_names(statutes, report)
    for statute in statutes:
        _check_life(statute, report)
        _check_links(statute, by_id, report)
        _check_provisions(statute, by_id, report)
        if statute.successors and not _leads_to_law_in_force(statute.id, by_id):
            report(statute.id, "its successions end in nothing that is in force; add a successor")
    for cycle in _find_cycles(by_id):
        report(cycle[0], f"successions go in a circle: {' -> '.join(cycle)}; break it")


def check_phantoms(references: References, report: Report) -> None:
    """Reports phantom names that are also names of a statute or of another phantom."""
    owners = {
        fold(name).text: statute.id
        for statute in references.statutes
        for name in (statute.title, *statute.aliases, *statute.guarded_aliases)
    }
    for phantom in references.phantoms:
        _check_phantom(phantom, owners, report)


def _check_phantom(phantom: Phantom, owners: dict[str, str], report: Report) -> None:
    for name in dict.fromkeys((phantom.name, *phantom.aliases)):
        key = fold(name).text
        if len(key) < 2:
            report(phantom.id, f"the name {name} is shorter than 2 characters; remove it")
        owner = owners.setdefault(key, phantom.id)
        if owner != phantom.id:
            report(phantom.id, f"the name {name} also belongs to {owner}; keep it in one")
    if phantom.kind == "citation" and phantom.status == CitationStatus.CURRENT.value:
        report(phantom.id, "a phantom citation cannot be current; correct status")


def _check_names(statutes: tuple[Statute, ...], report: Report) -> None:
    owners: dict[str, Statute] = {}
    for statute in statutes:
        names = (statute.title, *statute.aliases, *statute.guarded_aliases)
        for name in names:
            key = fold(name).text
            if len(key) < 2:
                report(statute.id, f"the name {name} is shorter than 2 characters; remove it")
            if "《" in name[:1]:
                report(statute.id, f"the name {name} stands in 《》; remove them")
            owner = owners.setdefault(key, statute)
            if owner is statute or (owner.title == statute.title != "" and name == statute.title):
                continue
            report(statute.id, f"the name {name} also belongs to {owner.id}; keep it in one")
        same = owners[fold(statute.title).text]
        if same is not statute and same.version == statute.version:
            report(statute.id, f"has the title and version of {same.id}; tell them by version")
        if len({fold(name).text for name in names}) != len(names):
            report(statute.id, "a name stands twice after folding; remove one")


def _check_life(statute: Statute, report: Report) -> None:
    if statute.effective and statute.ended and statute.ended <= statute.effective:
        report(statute.id, "ended is not after effective; correct one")
    if statute.issued and statute.effective and statute.effective < statute.issued:
        report(statute.id, "effective is before issued; correct one")
    if statute.status == CitationStatus.CURRENT.value and statute.ended:
        report(statute.id, "is current but has ended; correct one")
    if statute.status == CitationStatus.REPEALED.value and not statute.ended:
        report(statute.id, "is repealed but ended is missing; add the date")
    if statute.status == CitationStatus.SUPERSEDED.value and not statute.successors:
        report(statute.id, "is superseded but has no successors; add them")
    if statute.status == CitationStatus.NEVER_IN_FORCE.value and statute.effective:
        report(statute.id, "was never in force but has effective; remove one")


def _check_links(statute: Statute, by_id: Mapping[str, Statute], report: Report) -> None:
    for field in ("successors", "predecessors"):
        for other in getattr(statute, field):
            if other not in by_id:
                report(statute.id, f"{field} names {other}, which is not here; add it or correct")
    for other in statute.successors:
        successor = by_id.get(other)
        if successor is None or not statute.effective or not successor.effective:
            continue
        if successor.effective <= statute.effective:
            report(statute.id, f"its successor {other} takes effect before it does; correct one")
    alike = statute.numbered_alike
    if alike is not None and (alike not in by_id or by_id[alike].title != statute.title):
        report(statute.id, f"numbered_alike {alike} is no statute with the same title")


def _check_provisions(statute: Statute, by_id: Mapping[str, Statute], report: Report) -> None:
    for number, _, _ in statute.key_provisions:
        if not (_PROVISION.fullmatch(number) or _RANGE.fullmatch(number)):
            report(statute.id, f"key_provisions has {number}; write 42, 293之1, 50.1(5) or 1-3")
    for target, pairs in statute.provision_map:
        if target not in by_id:
            report(statute.id, f"provision_map points to {target}, which is not here")
        elif target not in statute.successors:
            report(statute.id, f"provision_map points to {target}, which is no successor of it")
        for old, new in pairs:
            if not _PROVISION.fullmatch(old):
                report(statute.id, f"provision_map has {old}; write 42, 293之1 or 50.1(5)")
            if not (_PROVISION.fullmatch(new) or _RANGE.fullmatch(new)):
                report(statute.id, f"provision_map maps {old} to {new}; write 42 or 1-3")
    for field in ("provision_notes", "provision_words"):
        for number, _ in getattr(statute, field):
            if not _PROVISION.fullmatch(number):
                report(statute.id, f"{field} has {number}; write 42, 293之1 or 50.1(5)")


def _leads_to_law_in_force(start: str, by_id: Mapping[str, Statute]) -> bool:
    """Whether some chain of successors ends in a current statute, or outside ``by_id``."""
    waiting = list(by_id[start].successors)
    seen: set[str] = set()
    while waiting:
        one = waiting.pop()
        if one not in by_id or by_id[one].status == CitationStatus.CURRENT.value:
            return True  # a missing successor is reported as such
        if one not in seen:
            seen.add(one)
            waiting += by_id[one].successors
    return False


def _find_cycles(by_id: Mapping[str, Statute]) -> list[list[str]]:
    """Each circle of successions once, beginning with its smallest id."""
    found: set[tuple[str, ...]] = set()
    done: set[str] = set()

    def walk(one: str, path: list[str]) -> None:
        if one in path:
            circle = path[path.index(one) :]
            least = circle.index(min(circle))
            found.add((*circle[least:], *circle[:least]))
            return
        if one in done or one not in by_id:
            return
        for successor in by_id[one].successors:
            walk(successor, [*path, one])
        done.add(one)

    for one in by_id:
        walk(one, [])
    return [[*circle, circle[0]] for circle in sorted(found)]
