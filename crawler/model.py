"""The types that pages and articles have on their way from bytes to guidance.

All offsets are half-open and count Unicode code points of ``Article.text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

CHINA = timezone(timedelta(hours=8))  # the time that pages, readers and curators live by


class BlockType(StrEnum):
    """What a block of an article is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    QUOTE = "quote"


class RemovalReason(StrEnum):
    """Why a block was dropped from inside or around an article."""

    LINK_LIST = "link_list"  # titles of other pages, with or without links
    CARDS = "cards"  # excerpt, category and date of other pages
    LIST_HEADING = "list_heading"  # the heading above such a list
    NAVIGATION = "navigation"  # breadcrumb, previous/next, to-top, pagination
    SHARE = "share"  # share, like, follow and QR prompts
    META_LINE = "meta_line"  # date, source and counter lines beside the title
    COPYRIGHT = "copyright"  # copyright, disclaimer and editor lines
    COMMENTS = "comments"  # readers' comments and their prompts
    HIDDEN = "hidden"  # text that a reader cannot see
    REPEATED_TITLE = "repeated_title"  # the title again inside the body
    SITE_REPEAT = "site_repeat"  # stands on many pages of the same host


class Fetched(StrEnum):
    """What became of an address in a run."""

    NEW = "new"  # a page stored for the first time
    CHANGED = "changed"  # a stored page whose text changed
    UNCHANGED = "unchanged"  # the server or the bytes say that nothing changed
    REDIRECTED = "redirected"  # it leads to another address, which has its own row
    GONE = "gone"  # 404 or 410
    FORBIDDEN = "forbidden"  # robots.txt does not allow it
    SKIPPED = "skipped"  # not a page: another media type, or outside the source
    FAILED = "failed"  # no usable answer; tried again in the next run


class RejectionReason(StrEnum):
    """Why a page does not deserve publication."""

    NO_MAIN_CONTENT = "no_main_content"
    NOT_HTML = "not_html"
    EMPTY = "empty"
    TOO_SHORT = "too_short"
    OFF_TOPIC = "off_topic"
    LOAN_ADVERT = "loan_advert"
    LOAN_CHANNELS = "loan_channels"  # 口子: lists of places that lend to anyone
    CONTACT_LURE = "contact_lure"  # add-me-on-WeChat, paid debt agents
    UNSAFE_ADVICE = "unsafe_advice"  # forged proofs, hiding, malicious complaints
    LINK_PAGE = "link_page"  # an index of other pages
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    CURATOR = "curator"  # a person rejected it without naming another reason


class CitationKind(StrEnum):
    """What a citation refers to."""

    STATUTE = "statute"
    REGULATOR = "regulator"
    HOTLINE = "hotline"


class CitationStatus(StrEnum):
    """Whether what is cited holds on a given date."""

    CURRENT = "current"
    AMENDED = "amended"
    RENAMED = "renamed"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"
    NEVER_IN_FORCE = "never_in_force"
    MISATTRIBUTED = "misattributed"
    UNKNOWN = "unknown"


class ContactStatus(StrEnum):
    """Whether a phone number is on the verified list."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Page:
    """Fetched bytes and what the transport said about them.

    ``content_type`` is the Content-Type header's value, ``None`` when there was none.
    ``name`` is the path or URL as the user gave it.
    """

    name: str
    body: bytes
    url: str | None = None
    content_type: str | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link kept inside an article's text."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """One line of an article: never contains a line break.

    ``level`` is 1 to 6 for headings and ``None`` for everything else.
    """

    type: BlockType
    text: str
    links: tuple[Link, ...] = ()
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A dropped block, why, and the index in ``Article.blocks`` before which it stood."""

    reason: RemovalReason
    block: Block
    position: int


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says, without what surrounds it.

    ``published`` is the page's own publication date; ``None`` when the page does not say.
    ``encoding`` is the encoding really used to decode the bytes.
    """

    url: str | None
    encoding: str | None
    title: str | None
    published: date | None
    author: str | None
    source: str | None
    blocks: tuple[Block, ...]
    removed: tuple[Removed, ...] = ()

    @property
    def text(self) -> str:
        """The blocks, one a line."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Rejected:
    """The outcome for a page from which no article can be taken; ``detail`` is for a person."""

    reason: RejectionReason
    detail: str
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class SiteKnowledge:
    """What other pages of the same host have taught: text that repeats from page to page.

    ``repeated`` holds folded block texts that stand on several pages of the host, ``titles``
    the folded titles of its other pages.
    """

    repeated: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a lender's name.

    ``lender`` is the lender's id, ``about`` whether the article is about this lender.
    """

    lender: str
    surface: str
    start: int
    end: int
    about: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to a statute, regulator or hotline, judged on one date.

    ``target`` is the id of what is cited (``None`` when it is not in the reference data),
    ``provision`` the cited provision as written in the reference data's notation,
    ``successor`` what holds instead, in words for a reader, with the provision where the
    map has it. ``since`` is the day from which ``status`` holds. ``valid_when_published``
    is ``None`` when the article has no date.
    """

    text: str
    kind: CitationKind
    status: CitationStatus
    start: int
    end: int
    target: str | None = None
    provision: str | None = None
    successor: str | None = None
    since: date | None = None
    valid_when_published: bool | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone number in an article; ``owner`` is ``None`` unless it is verified."""

    number: str
    status: ContactStatus
    start: int
    end: int
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class CuratedArticle:
    """An article with everything recognised in it, and whether it deserves publication.

    ``lenders`` are ids of the lenders the article is about, most prominent first.
    ``topics`` are ids, best first, at most three. ``rejected`` is ``None`` exactly when
    the article deserves publication.
    """

    page: Page
    article: Article
    lenders: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    citations: tuple[Citation, ...] = ()
    contacts: tuple[Contact, ...] = ()
    topics: tuple[str, ...] = ()
    rejected: RejectionReason | None = None
