"""Checks that the lexicon's lenders agree with each other and with themselves."""

from __future__ import annotations

import re
from collections.abc import Callable

from crawler.seeds.reading import is_number
from crawler.text import fold
from crawler.vocabulary import Lender, LenderKind, Lexicon, Trust

_FORBIDDEN = frozenset("/\\《》〈〉、,。;|\uff0f\uff0c\uff1b\uff5c")
"""Signs of two names in one, or of a name still in quotation marks."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")

_LICENCES = {
    LenderKind.BANK: {"licensed"},
    LenderKind.CONSUMER_FINANCE: {"licensed"},
    LenderKind.AUTO_FINANCE: {"licensed"},
    LenderKind.BANK_PRODUCT: {"product_of_licensed_bank"},
    LenderKind.INTERNET_PLATFORM: {"platform_check_contract_for_lender"},
    LenderKind.LOAN_FACILITATION: {"facilitator_not_lender_of_record"},
    LenderKind.MICROLOAN: {"locally_licensed"},
    LenderKind.BNPL: {"payment_service_not_always_credit"},
    LenderKind.RENTAL: {"not_a_licensed_lender"},
    LenderKind.CLOSED_P2P: {"exited"},
    LenderKind.LEGACY_CASHLOAN: {"unknown_or_defunct"},
    LenderKind.COLLECTOR_OR_AGENCY: {"not_a_lender"},
}
"""What may be said of the licence of each kind: a facilitator is never called licensed."""

_VERIFIED = frozenset({Trust.VERIFIED_PRIMARY, Trust.VERIFIED_SECONDARY})


def check_lenders(lexicon: Lexicon, report: Callable[[str, str], None]) -> None:
    """Reports duplicate surfaces, unusable context rules and claims without verification."""
    owners: dict[str, str] = {}
    for lender in lexicon.lenders:
        _check_surfaces(lender, owners, report)
        _check_context(lender, report)
        _check_claims(lender, report)
        if not _ID.fullmatch(lender.id):
            report(lender.id, "id must be small letters, digits and hyphens")
    if not lexicon.debt_words:
        report("head", "debt_words is empty; ambiguous names would never count")


def _check_surfaces(
    lender: Lender, owners: dict[str, str], report: Callable[[str, str], None]
) -> None:
    own: set[str] = set()
    for surface in lender.surfaces:
        key = fold(surface).text
        if len(key) < 2:
            report(lender.id, f"the name {surface} is shorter than 2 characters; remove it")
        if _FORBIDDEN & set(surface):
            report(lender.id, f"the name {surface} holds a separator or 《》; write names apart")
        if key in own:
            report(lender.id, f"the name {surface} stands twice after folding; remove one")
            continue
        own.add(key)
        owner = owners.setdefault(key, lender.id)
        if owner != lender.id:
            report(lender.id, f"the name {surface} also belongs to {owner}; keep it in one")


def _check_context(lender: Lender, report: Callable[[str, str], None]) -> None:
    for form in lender.context_forms:
        if form not in lender.surfaces:
            report(lender.id, f"context_forms has {form}, which is no name of it; correct it")
    if lender.context_any and not lender.context_forms:
        report(lender.id, "context_any is of no use without context_forms; remove it or add them")
    surfaces = [fold(surface).text for surface in lender.surfaces]
    for phrase in lender.blocked_in:
        key = fold(phrase).text
        if not any(surface in key and surface != key for surface in surfaces):
            report(lender.id, f"blocked_in has {phrase}, which holds no name of it; remove it")


def _check_claims(lender: Lender, report: Callable[[str, str], None]) -> None:
    if lender.hotline is not None:
        if not is_number(lender.hotline):
            report(lender.id, f"hotline {lender.hotline} must be 3 to 12 digits")
        if lender.provenance.trust not in _VERIFIED:
            report(lender.id, "hotline needs a verification: trust must be verified_…, or drop it")
    if lender.operator_verified and lender.operator is None:
        report(lender.id, "operator_verified without operator; add it or remove the flag")
    if lender.licence not in _LICENCES[lender.kind]:
        allowed = ", ".join(sorted(_LICENCES[lender.kind]))
        report(lender.id, f"licence of a {lender.kind.value} must be {allowed}")
    if (lender.kind is LenderKind.CLOSED_P2P) != (lender.status == "closed"):
        report(lender.id, "status closed and kind closed_p2p belong together; correct one")
    for domain in lender.domains:
        if not _DOMAIN.fullmatch(domain):
            report(lender.id, f"{domain} is no host name; write it without scheme and path")
