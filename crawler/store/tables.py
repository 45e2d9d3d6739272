"""The tables, in portable SQLAlchemy Core.

``pages`` holds the newest version of each page; the earlier texts stand in ``versions``.
What people decided is laid over what the program found: where that changes a page's content,
the program's own result stands in ``originals``. ``shown`` is derived: a page is shown when
it is published, is not gone and represents its cluster. ``changes`` says in order what
became visible, changed or vanished. A schema is read in one place: this file may be long.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)

REVISION = "0004"
"""The migration this program needs; a test holds it to the newest file in migrations/."""

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A point in time, always in UTC; SQLite itself knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, as the driver stores it."""
        if value is None:
            return None
        moment = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment with its time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite numbers rows by itself only when the key's type is spelled INTEGER.
_BIG_KEY = BigInteger().with_variant(Integer, "sqlite")


def _page_key(*, primary_key: bool = False) -> Column[int]:
    pages = ForeignKey("pages.id", ondelete="CASCADE")
    return Column("page_id", _BIG_KEY, pages, primary_key=primary_key, nullable=False)


RARE = {
    "conflicts": "conflicts > 0",
    "changed": "review = 'changed'",
    "waiting": "publication = 'waiting'",
}
"""The pages that a curator must find among all others: indexed, and asked for in these words,
since an engine takes such an index only when it sees the condition itself."""

PAGES = Table(
    "pages",
    METADATA,
    Column("id", _BIG_KEY, primary_key=True, autoincrement=True),
    Column("uid", String(16), nullable=False, unique=True),  # of the key: the same in any store
    Column("key", Text, nullable=False, unique=True),  # the URL, or the name when there is none
    Column("name", Text, nullable=False),
    Column("url", Text),
    Column("host", Text, nullable=False),
    Column("origin", Text),  # the id of the crawl source that led here
    Column("content_type", Text),
    Column("encoding", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", String(32), nullable=False),
    Column("content_hash", String(32), nullable=False),
    Column("first_seen", Moment(), nullable=False),
    Column("fetched_at", Moment(), nullable=False),
    Column("changed_at", Moment(), nullable=False),
    Column("gone_at", Moment()),
    Column("title", Text),
    Column("published", Date),
    Column("sort_date", Date, nullable=False),  # published, or the day first seen
    Column("author", Text),
    Column("source", Text),
    Column("summary", Text, nullable=False),
    Column("blocks", JSON, nullable=False),
    Column("removed", JSON, nullable=False),
    Column("mentions", JSON, nullable=False),
    Column("citations", JSON, nullable=False),
    Column("contacts", JSON, nullable=False),
    Column("rejected", Text),
    Column("record_hash", String(32), nullable=False),  # of everything above that is shown
    Column("quality", SmallInteger, nullable=False),  # 0 to 9999, higher is shown earlier
    Column("shown", Boolean, nullable=False, server_default=false()),
    Column("search_row", BigInteger),  # its row in the search index while shown
    Column("judged", Text),  # the program's own rejection; "rejected" is what holds
    Column("trust", SmallInteger, nullable=False, server_default="0"),  # of its source
    Column("waits", String(16)),  # why it waits although it deserves publication
    Column("publication", String(16), nullable=False, server_default="published"),
    Column("review", String(16), nullable=False, server_default="none"),
    Column("conflicts", SmallInteger, nullable=False, server_default="0"),
    Index(None, "shown", "sort_date", "id"),
    Index(None, "changed_at", "id"),
    Index(None, "origin"),
    *(
        Index(
            f"ix_pages_{name}",
            "changed_at",
            "id",
            sqlite_where=text(rows),
            postgresql_where=text(rows),
        )
        for name, rows in RARE.items()
    ),
    Index(None, "host"),
    sqlite_autoincrement=True,
)

BODIES = Table(
    "bodies",
    METADATA,
    _page_key(primary_key=True),
    Column("body", LargeBinary, nullable=False),  # zlib
)

PAGE_LENDERS = Table(
    "page_lenders",
    METADATA,
    _page_key(primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    Column("lender", Text, nullable=False),
    Index(None, "lender", "page_id"),
)

PAGE_TOPICS = Table(
    "page_topics",
    METADATA,
    _page_key(primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    Column("topic", Text, nullable=False),
    Index(None, "topic", "page_id"),
)

VERSIONS = Table(
    "versions",
    METADATA,
    Column("id", _BIG_KEY, primary_key=True, autoincrement=True),
    _page_key(),
    Column("content_hash", String(32), nullable=False),
    Column("title", Text),
    Column("published", Date),
    Column("blocks", JSON, nullable=False),
    Column("seen_from", Moment(), nullable=False),
    Column("seen_until", Moment(), nullable=False),
    Index(None, "page_id", "seen_until"),
)

SIGNATURES = Table(
    "signatures",
    METADATA,
    _page_key(primary_key=True),
    Column("exact", BigInteger, nullable=False),  # of the whole bare text and its lenders
    Column("keys", LargeBinary, nullable=False),  # signed 64-bit, as in signature_keys
    Column("size", Integer, nullable=False),  # how many keys
    Index(None, "exact"),
)

SIGNATURE_KEYS = Table(
    "signature_keys",
    METADATA,
    Column("hash", BigInteger, primary_key=True),
    # No foreign key: it would need a second index as large as the table. The keys of a page
    # stand in signatures, so that its rows here can be named without one.
    Column("page_id", _BIG_KEY, primary_key=True),
    sqlite_with_rowid=False,
)

COPIES = Table(
    "copies",
    METADATA,
    _page_key(primary_key=True),
    Column("copy_id", _BIG_KEY, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "copy_id"),
)
"""Pairs of pages that say the same, in both directions; clusters follow from them."""

CLUSTERS = Table(
    "clusters",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("representative", _BIG_KEY, ForeignKey("pages.id"), nullable=False),
    Index(None, "representative"),
)

PAGE_CLUSTERS = Table(
    "page_clusters",
    METADATA,
    _page_key(primary_key=True),
    Column("cluster", String(16), ForeignKey("clusters.id", ondelete="CASCADE"), nullable=False),
    Index(None, "cluster"),
)

SIBLINGS = Table(
    "siblings",
    METADATA,
    _page_key(primary_key=True),
    Column(
        "sibling_id",
        _BIG_KEY,
        ForeignKey("pages.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Index(None, "sibling_id"),
)

CHANGES = Table(
    "changes",
    METADATA,
    Column("sequence", _BIG_KEY, primary_key=True, autoincrement=True),
    Column("at", Moment(), nullable=False),
    Column("kind", Text, nullable=False),  # added, changed or deleted, as the public sees it
    Column("uid", String(16), nullable=False),
    sqlite_autoincrement=True,
)

FRONTIER = Table(
    "frontier",
    METADATA,
    Column("id", _BIG_KEY, primary_key=True, autoincrement=True),
    Column("source", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("depth", Integer, nullable=False),  # links from a start address
    Column("hops", Integer, nullable=False),  # redirects in a row on the way here
    Column("found_on", Text),
    Column("discovered_at", Moment, nullable=False),
    Column("run", BigInteger, nullable=False),  # the last run that settled it; 0 is none
    Column("outcome", String(16)),
    Column("detail", Text),
    Column("fetched_at", Moment),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", String(32)),
    UniqueConstraint("source", "url"),
    Index(None, "source", "run", "id"),
    sqlite_autoincrement=True,
)

RUNS = Table(
    "runs",
    METADATA,
    Column("id", _BIG_KEY, primary_key=True, autoincrement=True),
    Column("source", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("summary", JSON),  # what the report of the finished run is drawn from
    Index(None, "source", "id"),
    sqlite_autoincrement=True,
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("id", _BIG_KEY, primary_key=True, autoincrement=True),
    _page_key(),
    Column("kind", String(16), nullable=False),
    Column("names", JSON, nullable=False),
    Column("removed", JSON),  # the block that is restored
    Column("found", JSON),  # what is recognised in it
    Column("reason", Text, nullable=False),
    Column("content_hash", String(32), nullable=False),  # of the page when it was decided
    Column("body_hash", String(32), nullable=False),
    Column("made_at", Moment(), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("undone_at", Moment()),
    Column("undone_by", Text),
    Index(None, "page_id", "id"),
    Index(None, "kind", "id"),
    sqlite_autoincrement=True,
)

ORIGINALS = Table(
    "originals",
    METADATA,
    _page_key(primary_key=True),
    Column("record", JSON, nullable=False),
)
"""The program's own result for pages whose content people changed."""

BONDS = Table(
    "bonds",
    METADATA,
    _page_key(primary_key=True),
    Column("other_id", _BIG_KEY, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(8), nullable=False),  # joins, hosts, apart or leaves
    Index(None, "other_id"),
)
"""Which pages people put into one cluster or kept apart, in both directions; derived."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", _BIG_KEY, primary_key=True, autoincrement=True),
    Column("at", Moment(), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("label", Text, nullable=False),
    Column("uid", String(16)),
    Column("detail", Text, nullable=False),
    sqlite_autoincrement=True,
)

TOKENS = Table(
    "tokens",
    METADATA,
    Column("id", _BIG_KEY, primary_key=True, autoincrement=True),
    Column("label", Text, nullable=False),
    Column("hash", String(64), nullable=False, unique=True),  # sha256 of the secret
    Column("made_at", Moment(), nullable=False),
    Column("used_at", Moment()),
    Column("revoked_at", Moment()),
    Index(None, "label"),
    sqlite_autoincrement=True,
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("hash", String(64), primary_key=True),  # sha256 of what the browser holds
    Column("token_id", _BIG_KEY, ForeignKey("tokens.id", ondelete="CASCADE"), nullable=False),
    Column("started_at", Moment(), nullable=False),
    Index(None, "started_at"),
)

SECRETS = Table(
    "secrets",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the service signs with; made once, shared by its workers."""

REPORTS = Table(
    "reports",
    METADATA,
    Column("id", _BIG_KEY, primary_key=True, autoincrement=True),
    _page_key(),
    Column("kind", String(16), nullable=False),
    Column("day", Date, nullable=False),
    Column("count", Integer, nullable=False),  # how many readers said so on that day
    Column("settled_at", Moment()),
    Column("settled_by", Text),
    Index(None, "page_id", "settled_at"),
    Index(None, "settled_at", "id"),
    sqlite_autoincrement=True,
)

RECURATIONS = Table(
    "recurations",
    METADATA,
    Column("id", _BIG_KEY, primary_key=True, autoincrement=True),
    Column("scope", Text, nullable=False),  # the sources asked for, and the reference data
    Column("started_at", Moment(), nullable=False),
    Column("host", Text),  # the one being read; those before it by name are done
    Column("page_id", BigInteger, nullable=False),  # its last page that is done; 0 is none
    Column("finished_at", Moment()),
    sqlite_autoincrement=True,
)


LEXICONS = Table(
    "lexicons",
    METADATA,
    Column("version", String(16), primary_key=True),
    Column("at", Moment(), nullable=False),  # when it was last served
    Column("digests", JSON, nullable=False),  # name of a part -> digest of what it said
)
"""Versions of the lexicon that were served, so that a reader of one is told what changed."""
