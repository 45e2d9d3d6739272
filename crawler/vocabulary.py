"""The types of the reference data in seeds/, and the closed sets of the curator's desk.

Every record of the data carries its sources, the date they were checked, and how far to
trust it. Types without logic, which name each other, stand in one file however long it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Trust(StrEnum):
    """How far a fact was checked; ``DOUBTFUL`` facts are never shown as facts."""

    VERIFIED_PRIMARY = "verified_primary"
    VERIFIED_SECONDARY = "verified_secondary"
    OWN_KNOWLEDGE = "own_knowledge"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a record's facts come from."""

    trust: Trust
    sources: tuple[str, ...]
    checked: date


class LenderKind(StrEnum):
    """The kinds of lender and of business that readers take for a lender."""

    BANK = "bank"
    CONSUMER_FINANCE = "consumer_finance"
    AUTO_FINANCE = "auto_finance"
    BANK_PRODUCT = "bank_product"
    INTERNET_PLATFORM = "internet_platform"
    LOAN_FACILITATION = "loan_facilitation"
    MICROLOAN = "microloan"
    BNPL = "bnpl"
    RENTAL = "rental"
    CLOSED_P2P = "closed_p2p"
    LEGACY_CASHLOAN = "legacy_cashloan"
    COLLECTOR_OR_AGENCY = "collector_or_agency"


@dataclass(frozen=True, slots=True)
class Lender:
    """A lender, its names, and when a name counts as a mention.

    ``name`` and ``aliases`` are all surface forms. A surface in ``context_forms`` counts
    only near one of ``context_any`` (or the lexicon's general debt words when that is
    empty). No surface counts inside one of the longer phrases ``blocked_in``.
    ``hotline`` is set only when it is verified. ``operator_verified`` tells whether the
    operator's name may be shown as a fact. A ``generic`` entry is a common noun for a kind
    of business (先享后付): it helps to tell the topic and is never a mention.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: LenderKind
    licence: str
    status: str  # active, closed or likely_defunct
    provenance: Provenance
    operator: str | None = None
    operator_verified: bool = False
    hotline: str | None = None
    domains: tuple[str, ...] = ()
    context_forms: tuple[str, ...] = ()
    context_any: tuple[str, ...] = ()
    blocked_in: tuple[str, ...] = ()
    notes: str = ""
    generic: bool = False

    @property
    def surfaces(self) -> tuple[str, ...]:
        """The name first, then the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Cues:
    """Words directly beside a name, by what they say about it.

    ``apart``: it is part of another name, whatever else speaks for it (恒昌大厦); ``never``: it is
    part of an ordinary phrase; ``hard``: so unless what stands beside it says
    otherwise, whatever the lender is elsewhere; ``soft``: probably so; ``weak``, ``fair`` and
    ``firm``: it is a lender's name, with growing certainty. ``^`` stands for the edge of a line.
    """

    apart: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    hard: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    fair: tuple[str, ...] = ()
    firm: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameFrame:
    """What holds for some surfaces in particular, on top of the general cues.

    ``need`` is the evidence an ambiguous surface needs, in the points that crawler.mentions
    gives; ``None`` leaves the default. ``brands`` are words that, near the surface, tell it
    is the lender's product, ``foils`` words that tell of something else. ``names`` are
    surfaces, ``endings`` ends of surfaces. A ``noun`` is an ordinary thing as well, such as
    金条: that it stands where a thing is named says nothing. A ``term`` is a kind of loan as
    well, such as 循环贷: that its clause speaks of lending says nothing either. ``page`` tells
    whether the name counts only on a page that speaks of lending or of firms; ``None`` leaves
    that to ambiguous names.
    """

    id: str
    names: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    need: int | None = None
    brands: tuple[str, ...] = ()
    before: Cues = Cues()
    after: Cues = Cues()
    foils: tuple[str, ...] = ()
    noun: bool = False
    term: bool = False
    page: bool | None = None


@dataclass(frozen=True, slots=True)
class Frames:
    """How names stand in sentences: the cues that tell a lender from ordinary words.

    ``naming_before`` and ``naming_after`` tell that something is named where words such as
    有钱花 would not fit; they hold for all names but nouns. ``common`` are characters of
    ordinary text, the most frequent first. ``crossing_before`` and ``crossing_after`` are words
    of two characters: an ambiguous name that begins or ends amid one is no name. ``deeds`` are
    words of what lenders and borrowers do, ``signs`` those of them that nobody says of an
    ordinary thing.
    """

    before: Cues = Cues()
    after: Cues = Cues()
    naming_before: Cues = Cues()
    naming_after: Cues = Cues()
    separators: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    closers: tuple[str, ...] = ()
    names: tuple[NameFrame, ...] = ()
    common: str = ""
    crossing_before: tuple[str, ...] = ()
    crossing_after: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UsageWeights:
    """What the signs around an ambiguous name say of its being one, in ``usage.STEPS`` a point."""

    bias: int = 0
    weights: Mapping[str, int] = field(default_factory=dict, hash=False)  # by sign


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lenders, and the words that make a context for ambiguous names.

    ``debt_words`` are general words of lending and collection; one of them within
    ``context_reach`` code points of an ambiguous name, or in the title, is context. A page
    with none of the ``page_words`` speaks neither of lending nor of a firm: what may be a name
    there is an ordinary word. Without such words every page does.
    """

    lenders: tuple[Lender, ...]
    debt_words: tuple[str, ...]
    context_reach: int = 40
    frames: Frames = Frames()
    usage: UsageWeights = UsageWeights()
    page_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statute:
    """A law, regulation, judicial interpretation, standard or industry rule.

    ``status`` is the status on the day the data was checked. ``effective`` and ``ended``
    bound its life; ``None`` means not known, or not ended. ``provision_map`` gives, for a
    successor's id, old provision number -> new provision number; ``provision_notes`` what
    changed in an old provision besides its number; ``provision_words`` what a provision speaks
    of in authors' words, only to tell versions of one title apart. ``numbered_alike`` is the id
    of the older version with the same title whose provisions had other numbers: only a provision
    number, what is said beside it, or a date tells the two apart.

    ``title`` is the bare title and ``version`` what tells versions of one title apart.
    ``guarded_aliases`` are names too short to count without 《》 or a lead-in word (根据,
    违反). ``document_numbers`` (文号) identify the instrument and are never out of date.

    Provisions are written ``42`` (第四十二条), ``293之1`` (第二百九十三条之一), ``50.1``
    (第五十条第一款), ``42(5)`` (第四十二条第五项), ``50.1(5)``; a range in
    ``key_provisions`` is ``667-680``, both ends included.
    """

    id: str
    title: str
    aliases: tuple[str, ...]
    issuer: str
    number: str
    level: str
    status: str
    provenance: Provenance
    issued: date | None = None
    effective: date | None = None
    ended: date | None = None
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    summary: str = ""
    limits: str = ""
    notes: str = ""
    key_provisions: tuple[tuple[str, str, str], ...] = ()  # number, topic, gist
    provision_map: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    version: str = ""
    guarded_aliases: tuple[str, ...] = ()
    document_numbers: tuple[str, ...] = ()
    provision_notes: tuple[tuple[str, str], ...] = ()
    provision_words: tuple[tuple[str, str], ...] = ()
    numbered_alike: str | None = None
    misuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phantom:
    """A citation that circulates but names nothing that holds: invented, wrong, stale.

    ``kind`` is ``citation`` when it names an instrument, ``claim`` when it is a false or
    outdated statement. ``status`` is the citation status it deserves. ``provenance`` is that
    of the correction; ``seen`` is where the false one stood.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    verdict: str
    correction: str
    provenance: Provenance
    kind: str = "claim"
    status: str = "unknown"
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name a regulator had, and when.

    ``lasted`` is a day before which it surely held, where its end differs by place.
    """

    name: str
    aliases: tuple[str, ...]
    since: date | None
    until: date | None
    lasted: date | None = None


@dataclass(frozen=True, slots=True)
class Regulator:
    """A public body, its names now and before, and what it accepts.

    ``general`` marks everyday words (法院, 派出所) that name a kind of body, not one body.
    ``former_domains`` are addresses it no longer uses.
    """

    id: str
    name: str
    short: str
    aliases: tuple[str, ...]
    former: tuple[FormerName, ...]
    provenance: Provenance
    since: date | None = None
    domain: str = ""
    scope: str = ""
    accepts: str = ""
    notes: str = ""
    general: bool = False
    former_domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hotline:
    """A public hotline that may be shown as a number to call when ``status`` is current."""

    number: str
    name: str
    operator: str
    status: str  # current, or renamed/superseded with ``successor`` set
    provenance: Provenance
    aliases: tuple[str, ...] = ()
    accepts: str = ""
    does_not_accept: str = ""
    hours: str = ""
    successor: str | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Platform:
    """An official or private website where a complaint can be made."""

    id: str
    name: str
    url: str
    operator: str
    official: bool
    accepts: str
    limits: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Route:
    """Where to complain about one kind of lender: first step, then the next ones."""

    lender_kinds: tuple[str, ...]
    issue: str
    first: str
    then: tuple[str, ...]
    note: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit, as words because some depend on circumstances."""

    what: str
    limit: str
    basis: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Topic:
    """A question readers have, and the words by which an article shows it is about it.

    An ``urgent`` topic is listed first wherever an article clearly has it.
    """

    id: str
    name: str
    name_en: str
    severity: int
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    negative: tuple[str, ...]
    moment: str = ""
    questions: tuple[str, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A name or rule that went out of use, and what is said now; ``since`` as words."""

    id: str
    stale: tuple[str, ...]
    current: str
    since: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class WordingWeights:
    """What characters and pairs of them say of an article, in steps of ``wording.SCALE``."""

    bias: int = 0
    weights: tuple[tuple[int, tuple[str, ...]], ...] = ()  # weight, its characters and pairs


@dataclass(frozen=True, slots=True)
class TopicWeights:
    """What pairs of characters say of a topic, in steps of ``wording.TOPIC_SCALE``."""

    topic: str
    weights: tuple[tuple[int, tuple[str, ...]], ...] = ()  # weight, its pairs


@dataclass(frozen=True, slots=True)
class SignalWeights:
    """What each signal says for keeping an article, or for a reason to refuse it.

    In steps of the ``SCALE`` of ``rejection.signals`` or ``rejection.reasons``.
    """

    bias: int = 0
    weights: tuple[tuple[str, int], ...] = ()  # the signal's id, its weight


@dataclass(frozen=True, slots=True)
class References:
    """All reference data that annotation needs, loaded once and passed down."""

    lexicon: Lexicon
    statutes: tuple[Statute, ...]
    phantoms: tuple[Phantom, ...]
    regulators: tuple[Regulator, ...]
    hotlines: tuple[Hotline, ...]
    platforms: tuple[Platform, ...]
    routes: tuple[Route, ...]
    deadlines: tuple[Deadline, ...]
    topics: tuple[Topic, ...]
    curation_words: tuple[tuple[str, tuple[str, ...]], ...]  # group id, its words
    terms: tuple[Term, ...] = ()
    citation_words: tuple[tuple[str, tuple[str, ...]], ...] = ()  # group id, its words
    places: tuple[str, ...] = ()  # provinces, then prefectures, without 省 and 市
    wording: WordingWeights = WordingWeights()
    topic_wording: tuple[TopicWeights, ...] = ()
    reason_wording: tuple[TopicWeights, ...] = ()  # reasons of refusal in place of topics
    signals: SignalWeights = SignalWeights()
    reasons: tuple[tuple[str, SignalWeights], ...] = ()  # reason of refusal, what speaks for it


@dataclass(frozen=True, slots=True)
class LawBasis:
    """A provision that a guidance rests on; ``provision`` is empty for the whole statute."""

    statute: str
    provision: str
    gist: str


@dataclass(frozen=True, slots=True)
class GuidanceContact:
    """Whom to contact when the lender is of one of ``lender_kinds`` (``any``: always).

    ``numbers`` are public hotlines of hotlines.toml, ``what`` says what for.
    """

    lender_kinds: tuple[str, ...]
    numbers: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class LetterField:
    """A blank of a letter: its name as it stands in the body, and what to fill in."""

    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """A letter with blanks; each ``{{name}}`` in ``body`` is one of ``fields``."""

    id: str
    title: str
    body: str
    fields: tuple[LetterField, ...]


@dataclass(frozen=True, slots=True)
class HouseGuidance:
    """What this project itself tells a reader about one topic."""

    topic: str
    title: str
    title_en: str
    answer: str
    first: str
    steps: tuple[str, ...]
    save: tuple[str, ...]
    contacts: tuple[GuidanceContact, ...]
    deadlines: tuple[str, ...]
    do_not: tuple[str, ...]
    law: tuple[LawBasis, ...]
    templates: tuple[LetterTemplate, ...]
    checked: date
    summary_en: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a value of the reference data is called, and what a reader should know of it."""

    id: str
    zh: str
    en: str
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The labels of one closed set: ``kind``, ``licence``, ``citation_status`` and so on."""

    name: str
    labels: tuple[Label, ...]


class DecisionKind(StrEnum):
    """What a curator can decide about a stored page."""

    APPROVE = "approve"
    REJECT = "reject"
    RESTORE = "restore"  # put a removed block back where it stood
    TOPICS = "topics"
    LENDERS = "lenders"
    SPLIT = "split"  # the page does not say what the others of its cluster say
    JOIN = "join"  # the page says what another cluster says
    REPRESENT = "represent"  # the page is shown for its cluster


class Publication(StrEnum):
    """Whether the public may see a page; of a cluster it sees the representative."""

    PUBLISHED = "published"
    WAITING = "waiting"  # deserves publication, and a person or the run's end must say so
    WITHHELD = "withheld"  # rejected, by the program or by a person


class Wait(StrEnum):
    """Why a page waits although it deserves publication."""

    TRUST = "trust"  # its source does not publish by itself
    RUN = "run"  # its source's crawl has not ended, so its yield is not known
    SHORTFALL = "shortfall"  # its source's crawl brought fewer pages than expected


class Review(StrEnum):
    """Whether a person approved or rejected a page, and whether its text changed since."""

    NONE = "none"
    CURRENT = "current"
    CHANGED = "changed"


class ConflictKind(StrEnum):
    """Why a decision no longer fits the page it was made on."""

    TEXT_CHANGED = "text_changed"
    BLOCK_GONE = "block_gone"  # the block to be restored is neither removed nor kept any more
    NAME_UNKNOWN = "name_unknown"  # a lender or topic that the reference data lost
    PAGE_MISSING = "page_missing"  # the page to be joined is gone from its site
    REJECTED_SINCE = "rejected_since"  # approved, and its new text is rejected by the program
    NOT_SHOWN = "not_shown"  # the chosen representative is not published


class ReportKind(StrEnum):
    """What a reader can report about a guidance."""

    OUTDATED = "outdated"
    WRONG_LENDER = "wrong_lender"
    NOT_USEFUL = "not_useful"


class AuditKind(StrEnum):
    """What the desk's log tells."""

    LOGIN = "login"
    LOGOUT = "logout"
    REFUSED = "refused"  # a login with a token that is none
    DECISION = "decision"
    UNDO = "undo"
    TOKEN_MADE = "token_made"  # noqa: S105 - an event, no secret
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - an event, no secret
    REPORT_SETTLED = "report_settled"
    RECURATION = "recuration"
