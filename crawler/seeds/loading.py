"""Loads seeds/ into the types that annotation works with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from crawler.errors import SeedError
from crawler.model import CitationStatus
from crawler.seeds.frames import read_frames
from crawler.seeds.reading import Row, SeedFile
from crawler.seeds.wording import (
    read_reasons,
    read_signals,
    read_topic_wording,
    read_usage,
    read_wording,
)
from crawler.vocabulary import (
    Deadline,
    FormerName,
    Frames,
    Hotline,
    Lender,
    LenderKind,
    Lexicon,
    Phantom,
    Platform,
    References,
    Regulator,
    Route,
    Statute,
    Term,
    Topic,
    UsageWeights,
)

_Record = TypeVar("_Record")

LENDER_STATES = ("active", "closed", "likely_defunct")
VERDICTS = (
    "misattributed",
    "wrong_title",
    "nonexistent",
    "nonexistent_title",
    "unverified_nonexistent",
    "fabricated",
    "rumour",
    "false_procedure",
    "false_fact",
    "stale_rule",
    "misapplied",
    "overclaim",
    "expired",
)
"""What is wrong with a circulating citation or claim."""

LICENCES = (
    "licensed",
    "product_of_licensed_bank",
    "locally_licensed",
    "platform_check_contract_for_lender",
    "facilitator_not_lender_of_record",
    "payment_service_not_always_credit",
    "not_a_licensed_lender",
    "not_a_lender",
    "exited",
    "unknown_or_defunct",
)
LEVELS = (
    "law",
    "admin_reg",
    "judicial_interp",
    "judicial_policy",
    "dept_rule",
    "normative",
    "standard",
    "self_reg",
    "local_reg",
    "policy",
    "alert",
    "draft",
)
HOTLINE_STATES = ("current", "renamed", "superseded")
ANY_KIND = "any"


def seeds_folder() -> Path:
    """The repository's seeds/, or the copy inside the installed package."""
    package = Path(__file__).resolve().parent.parent
    bundled = package / "_bundled" / "seeds"
    return bundled if bundled.is_dir() else package.parent / "seeds"


def load_references(folder: Path | None = None) -> References:
    """All reference data of a seeds folder, by default the project's own.

    Raises SeedError with every fault of form when a file breaks its own rules.
    """
    faults: list[str] = []
    references = read_references(folder or seeds_folder(), faults)
    if faults:
        raise SeedError(faults)
    return references


def read_references(folder: Path, faults: list[str]) -> References:
    """The reference data as far as it can be read; what is wrong is added to ``faults``."""

    def read(
        name: str, table: str, record: Callable[[Row], _Record], key: str = "id"
    ) -> tuple[_Record, ...]:
        file = SeedFile(folder / name, faults)
        records = tuple(record(row) for row in file.rows(table, key))
        file.close()
        return records

    return References(
        lexicon=_lexicon(
            SeedFile(folder / "lenders.toml", faults),
            read_frames(SeedFile(folder / "frames.toml", faults)),
            read_usage(SeedFile(folder / "usage.toml", faults)),
        ),
        statutes=read("statutes.toml", "statute", _statute),
        phantoms=read("phantoms.toml", "phantom", _phantom),
        regulators=read("regulators.toml", "regulator", _regulator),
        hotlines=read("hotlines.toml", "hotline", _hotline, "number"),
        platforms=read("platforms.toml", "platform", _platform),
        routes=read("routes.toml", "route", _route, "issue"),
        deadlines=read("deadlines.toml", "deadline", _deadline, "what"),
        topics=read("topics.toml", "topic", _topic),
        curation_words=read("curation.toml", "group", _group),
        terms=read("terms.toml", "term", _term),
        citation_words=read("citations.toml", "group", _group),
        places=_places(SeedFile(folder / "places.toml", faults)),
        wording=read_wording(SeedFile(folder / "wording.toml", faults)),
        topic_wording=read_topic_wording(SeedFile(folder / "topic_wording.toml", faults)),
        reason_wording=read_topic_wording(SeedFile(folder / "reason_wording.toml", faults)),
        signals=read_signals(SeedFile(folder / "signals.toml", faults)),
        reasons=read_reasons(SeedFile(folder / "reasons.toml", faults)),
    )


def _places(file: SeedFile) -> tuple[str, ...]:
    head = file.head()
    provinces = head.texts("provinces", required=True)
    prefectures = head.texts("prefectures", required=True)
    head.text("source")
    head.day("checked")
    head.close()
    file.close()
    return tuple(dict.fromkeys((*provinces, *prefectures)))


def _lexicon(file: SeedFile, frames: Frames, usage: UsageWeights) -> Lexicon:
    head = file.head()
    debt_words = head.texts("debt_words", required=True)
    page_words = head.texts("page_words", required=True)
    reach = head.whole("context_reach", 1, 400)
    head.close()
    lenders = tuple(_lender(row) for row in file.rows("lender"))
    file.close()
    return Lexicon(lenders, debt_words, reach, frames, usage, page_words)


def _lender(row: Row) -> Lender:
    return Lender(
        id=row.text("id"),
        name=row.text("name"),
        aliases=row.texts("aliases"),
        kind=row.member("kind", LenderKind),
        licence=row.one_of("licence", LICENCES),
        status=row.one_of("status", LENDER_STATES),
        provenance=row.provenance(),
        operator=row.optional_text("operator"),
        operator_verified=row.flag("operator_verified"),
        hotline=row.optional_text("hotline"),
        domains=row.texts("domains"),
        context_forms=row.texts("context_forms"),
        context_any=row.texts("context_any"),
        blocked_in=row.texts("blocked_in"),
        notes=row.optional_text("notes") or "",
        generic=row.flag("generic"),
    )


def _statute(row: Row) -> Statute:
    return Statute(
        id=row.text("id"),
        title=row.text("title"),
        aliases=row.texts("aliases"),
        issuer=row.text("issuer"),
        number=row.optional_text("number") or "",
        level=row.one_of("level", LEVELS),
        status=row.member("status", CitationStatus).value,
        provenance=row.provenance(),
        issued=row.day("issued"),
        effective=row.day("effective"),
        ended=row.day("ended"),
        successors=row.texts("successors"),
        predecessors=row.texts("predecessors"),
        summary=row.optional_text("summary") or "",
        limits=row.optional_text("limits") or "",
        notes=row.optional_text("notes") or "",
        key_provisions=tuple((a, b, c) for a, b, c in row.lists("key_provisions", 3)),
        provision_map=row.tables("provision_map"),
        version=row.optional_text("version") or "",
        guarded_aliases=row.texts("guarded_aliases"),
        document_numbers=row.texts("document_numbers"),
        provision_notes=row.pairs("provision_notes"),
        provision_words=row.pairs("provision_words"),
        numbered_alike=row.optional_text("numbered_alike"),
        misuses=row.texts("misuses"),
    )


def _phantom(row: Row) -> Phantom:
    return Phantom(
        id=row.text("id"),
        name=row.text("name"),
        aliases=row.texts("aliases"),
        verdict=row.one_of("verdict", VERDICTS),
        correction=row.text("correction"),
        provenance=row.provenance(),
        seen=row.texts("seen"),
        kind=row.one_of("kind", ("citation", "claim")),
        status=row.member("status", CitationStatus).value,
    )


def _regulator(row: Row) -> Regulator:
    return Regulator(
        id=row.text("id"),
        name=row.text("name"),
        short=row.text("short"),
        aliases=row.texts("aliases"),
        former=tuple(_former_names(row)),
        provenance=row.provenance(),
        since=row.day("since"),
        domain=row.optional_text("domain") or "",
        scope=row.optional_text("scope") or "",
        accepts=row.optional_text("accepts") or "",
        notes=row.optional_text("notes") or "",
        general=row.flag("general"),
        former_domains=row.texts("former_domains"),
    )


def _former_names(row: Row) -> Iterator[FormerName]:
    for former in row.rows("former", "name"):
        yield FormerName(
            name=former.text("name"),
            aliases=former.texts("aliases"),
            since=former.day("since"),
            until=former.day("until"),
            lasted=former.day("lasted"),
        )


def _hotline(row: Row) -> Hotline:
    return Hotline(
        number=row.text("number"),
        name=row.text("name"),
        operator=row.text("operator"),
        status=row.one_of("status", HOTLINE_STATES),
        provenance=row.provenance(),
        aliases=row.texts("aliases"),
        accepts=row.optional_text("accepts") or "",
        does_not_accept=row.optional_text("does_not_accept") or "",
        hours=row.optional_text("hours") or "",
        successor=row.optional_text("successor"),
        notes=row.optional_text("notes") or "",
    )


def _platform(row: Row) -> Platform:
    return Platform(
        id=row.text("id"),
        name=row.text("name"),
        url=row.optional_text("url") or "",
        operator=row.text("operator"),
        official=row.flag("official", required=True),
        accepts=row.text("accepts"),
        limits=row.optional_text("limits") or "",
        provenance=row.provenance(),
    )


def _route(row: Row) -> Route:
    return Route(
        lender_kinds=row.texts("lender_kinds", required=True),
        issue=row.text("issue"),
        first=row.text("first"),
        then=row.texts("then", required=True),
        note=row.optional_text("note") or "",
        provenance=row.provenance(),
    )


def _deadline(row: Row) -> Deadline:
    return Deadline(
        what=row.text("what"),
        limit=row.text("limit"),
        basis=row.text("basis"),
        provenance=row.provenance(),
    )


def _topic(row: Row) -> Topic:
    return Topic(
        id=row.text("id"),
        name=row.text("name"),
        name_en=row.text("name_en"),
        severity=row.whole("severity", 0, 100),
        strong=row.texts("strong", required=True),
        weak=row.texts("weak"),
        negative=row.texts("negative"),
        moment=row.optional_text("moment") or "",
        questions=row.texts("questions"),
        urgent=row.flag("urgent"),
    )


def _group(row: Row) -> tuple[str, tuple[str, ...]]:
    return row.text("id"), row.texts("words", required=True)


def _term(row: Row) -> Term:
    return Term(
        id=row.text("id"),
        stale=row.texts("stale", required=True),
        current=row.text("current"),
        since=row.text("since"),
        provenance=row.provenance(),
    )
