"""The curator's desk: decisions, publication, audit, tokens, reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crawler.store.tables import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = (
    "recurations",
    "reports",
    "secrets",
    "sessions",
    "tokens",
    "audit",
    "bonds",
    "originals",
    "decisions",
)
_COLUMNS = ("judged", "trust", "waits", "publication", "review", "conflicts")
_INDEXES = (("changed_at", "id"), ("origin",))
_RARE = {
    "conflicts": "conflicts > 0",
    "changed": "review = 'changed'",
    "waiting": "publication = 'waiting'",
}


def upgrade() -> None:
    """Add the tables; what the program kept so far is published."""
    _extend_pages()
    _create_decisions()
    _create_log()
    _create_access()


def _extend_pages() -> None:
    for column in (
        sa.Column("judged", sa.Text()),
        sa.Column("trust", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("waits", sa.String(length=16)),
        sa.Column("publication", sa.String(length=16), server_default="published", nullable=False),
        sa.Column("review", sa.String(length=16), server_default="none", nullable=False),
        sa.Column("conflicts", sa.SmallInteger(), server_default="0", nullable=False),
    ):
        op.add_column("pages", column)
    op.execute(
        "UPDATE pages SET judged = rejected, publication = 'withheld' WHERE rejected IS NOT NULL"
    )
    for names in _INDEXES:
        op.create_index(op.f(f"ix_pages_{'_'.join(names)}"), "pages", list(names))
    for name, rows in _RARE.items():
        some = sa.text(rows)
        key = op.f(f"ix_pages_{name}")
        columns = ["changed_at", "id"]
        op.create_index(key, "pages", columns, sqlite_where=some, postgresql_where=some)


def _page_key(table: str, name: str = "page_id") -> tuple[sa.Column[int], sa.Constraint]:
    key = op.f(f"fk_{table}_{name}")
    return (
        sa.Column(name, _BIG_KEY, nullable=False),
        sa.ForeignKeyConstraint([name], ["pages.id"], name=key, ondelete="CASCADE"),
    )


def _own_key(table: str) -> tuple[sa.Column[int], sa.Constraint]:
    return (
        sa.Column("id", _BIG_KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _create_decisions() -> None:
    op.create_table(
        "decisions",
        *_own_key("decisions"),
        *_page_key("decisions"),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("removed", sa.JSON()),
        sa.Column("found", sa.JSON()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=32), nullable=False),
        sa.Column("body_hash", sa.String(length=32), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("undone_at", Moment()),
        sa.Column("undone_by", sa.Text()),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_decisions_page_id_id"), "decisions", ["page_id", "id"])
    op.create_index(op.f("ix_decisions_kind_id"), "decisions", ["kind", "id"])
    op.create_table(
        "originals",
        *_page_key("originals"),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_originals")),
    )
    op.create_table(
        "bonds",
        *_page_key("bonds"),
        *_page_key("bonds", "other_id"),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("page_id", "other_id", name=op.f("pk_bonds")),
    )
    op.create_index(op.f("ix_bonds_other_id"), "bonds", ["other_id"])


def _create_log() -> None:
    op.create_table(
        "audit",
        *_own_key("audit"),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("uid", sa.String(length=16)),
        sa.Column("detail", sa.Text(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reports",
        *_own_key("reports"),
        *_page_key("reports"),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("settled_at", Moment()),
        sa.Column("settled_by", sa.Text()),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reports_page_id_settled_at"), "reports", ["page_id", "settled_at"])
    op.create_index(op.f("ix_reports_settled_at_id"), "reports", ["settled_at", "id"])
    op.create_table(
        "recurations",
        *_own_key("recurations"),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("host", sa.Text()),
        sa.Column("page_id", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", Moment()),
        sqlite_autoincrement=True,
    )


def _create_access() -> None:
    op.create_table(
        "tokens",
        *_own_key("tokens"),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("used_at", Moment()),
        sa.Column("revoked_at", Moment()),
        sa.UniqueConstraint("hash", name=op.f("uq_tokens_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tokens_label"), "tokens", ["label"])
    op.create_table(
        "sessions",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("token_id", _BIG_KEY, nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["token_id"], ["tokens.id"], name=op.f("fk_sessions_token_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_started_at"), "sessions", ["started_at"])
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
    )


def downgrade() -> None:
    """Drop everything that people decided; the pages stay as they are."""
    for table in _TABLES:
        op.drop_table(table)
    for columns in _INDEXES:
        op.drop_index(op.f(f"ix_pages_{'_'.join(columns)}"), "pages")
    for name in _RARE:
        op.drop_index(op.f(f"ix_pages_{name}"), "pages")
    for column in _COLUMNS:
        op.drop_column("pages", column)
