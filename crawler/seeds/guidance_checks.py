"""Checks that the house guidance and the labels agree with the reference data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from crawler.model import CitationStatus, Fetched, RejectionReason, RemovalReason
from crawler.seeds.guidance import find_blanks
from crawler.seeds.loading import ANY_KIND, LENDER_STATES, LICENCES, VERDICTS
from crawler.vocabulary import (
    HouseGuidance,
    LabelSet,
    LenderKind,
    LetterTemplate,
    References,
    Statute,
    Trust,
)

MOST_STEPS = 7
"""More steps than this are not followed; the guidance is then to be split."""

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z〔第.-])(?:[0-9][0-9 -]{3,14}[0-9]|1[12][0-9])(?![0-9A-Za-z条日年号%])"
)
"""What looks like a phone number; dates, provisions and document numbers do not."""

_NOT_A_PHONE = re.compile(r"(?:19|20)[0-9]{2}(?:-[0-9]{2}(?:-[0-9]{2})?)?|[0-9]{1,3}-[0-9]{1,3}")

Report = Callable[[str, str], None]


def check_guidance(
    guidance: tuple[HouseGuidance, ...], references: References, report: Report
) -> None:
    """Reports topics without guidance, foreign numbers, statutes that are not current."""
    topics = {topic.id for topic in references.topics}
    numbers = {one.number for one in references.hotlines if one.status == "current"}
    statutes = {statute.id: statute for statute in references.statutes}
    documents = [number for one in references.statutes for number in one.document_numbers]
    seen: set[str] = set()
    for one in guidance:
        if one.topic not in topics:
            report(one.topic, "is no topic of topics.toml; correct topic")
        if one.topic in seen:
            report(one.topic, "has two guidances; keep one")
        seen.add(one.topic)
        _check_form(one, report)
        _check_contacts(one, numbers, documents, report)
        _check_law(one, statutes, report)
    for topic in sorted(topics - seen):
        report(topic, f"has no guidance; write guidance/{topic}.toml")


def check_labels(sets: tuple[LabelSet, ...], report: Report) -> None:
    """Reports values without a label and labels without a value."""
    expected = {
        "kind": _values(LenderKind),
        "licence": set(LICENCES),
        "lender_status": set(LENDER_STATES),
        "citation_status": _values(CitationStatus),
        "verdict": set(VERDICTS),
        "trust": _values(Trust),
        "fetched": _values(Fetched),
        "removal": _values(RemovalReason),
        "rejection": _values(RejectionReason),
    }
    labelled = {one.name: one.labels for one in sets}
    for table, values in expected.items():
        named = [label.id for label in labelled.get(table, ())]
        for missing in sorted(values - set(named)):
            report(f"{table}.{missing}", "has no label; add one")
        for extra in sorted(set(named) - values):
            report(f"{table}.{extra}", "labels nothing; remove it or correct its id")
        if len(set(named)) != len(named):
            report(table, "a label stands twice; remove one")


def _values(members: type[StrEnum]) -> set[str]:
    return {member.value for member in members}


def _check_form(one: HouseGuidance, report: Report) -> None:
    if not 1 <= len(one.steps) <= MOST_STEPS:
        report(one.topic, f"has {len(one.steps)} steps; write 1 to {MOST_STEPS}")
    if re.search(r"[。!?\uff01\uff1f].*[。!?\uff01\uff1f]", one.answer):
        report(one.topic, "answer must be one sentence")
    for template in one.templates:
        _check_template(one.topic, template, report)
    ids = [template.id for template in one.templates]
    if len(set(ids)) != len(ids):
        report(one.topic, "two templates have one id; rename one")


def _check_template(topic: str, template: LetterTemplate, report: Report) -> None:
    blanks = set(find_blanks(template.body))
    fields = {field.name for field in template.fields}
    for blank in sorted(blanks - fields):
        report(topic, f"template {template.id}: {{{{{blank}}}}} has no field; describe it")
    for field in sorted(fields - blanks):
        report(topic, f"template {template.id}: field {field} is not in the body; remove it")
    if not blanks:
        report(topic, f"template {template.id}: has no blanks; add {{{{…}}}} for what differs")


def _check_contacts(
    one: HouseGuidance, numbers: set[str], documents: list[str], report: Report
) -> None:
    kinds = {kind.value for kind in LenderKind} | {ANY_KIND}
    for contact in one.contacts:
        for kind in contact.lender_kinds:
            if kind not in kinds:
                report(one.topic, f"contact names {kind}, which is no lender kind")
        for number in contact.numbers:
            if number not in numbers:
                report(one.topic, f"{number} is no current number of hotlines.toml; remove it")
    for text in guidance_texts(one):
        for document in documents:
            text = text.replace(document, "")
        for found in _NUMBER.findall(text):
            if found not in numbers and not _NOT_A_PHONE.fullmatch(found):
                report(one.topic, f"{found} is no current number of hotlines.toml; remove it")


def _check_law(one: HouseGuidance, statutes: Mapping[str, Statute], report: Report) -> None:
    for basis in one.law:
        statute = statutes.get(basis.statute)
        if statute is None:
            report(one.topic, f"law names {basis.statute}, which is not in statutes.toml")
            continue
        if statute.status != CitationStatus.CURRENT.value:
            report(one.topic, f"law names {basis.statute}, which is {statute.status}")
        if statute.provenance.trust is Trust.DOUBTFUL:
            report(one.topic, f"law names {basis.statute}, which is doubtful")
        if basis.provision and not has_provision(statute, basis.provision):
            report(
                one.topic,
                f"law names {basis.statute} {basis.provision}, which is no key provision of it",
            )


def has_provision(statute: Statute, provision: str) -> bool:
    """Whether the provision is one of the statute's key provisions or lies in a range of them."""
    for number, _, _ in statute.key_provisions:
        if provision == number or provision == number.split(".")[0]:
            return True
        low, dash, high = number.partition("-")
        if dash and provision.isdecimal() and int(low) <= int(provision) <= int(high):
            return True
    return False


def guidance_texts(one: HouseGuidance) -> tuple[str, ...]:
    """Every text of a guidance that a reader sees, in reading order."""
    return (
        one.title,
        one.answer,
        one.first,
        *one.steps,
        *one.save,
        *(contact.what for contact in one.contacts),
        *one.deadlines,
        *one.do_not,
        *(basis.gist for basis in one.law),
        *(template.body for template in one.templates),
        one.summary_en,
    )
