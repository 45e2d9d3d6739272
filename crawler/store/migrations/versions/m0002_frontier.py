"""The crawl's memory: discovered addresses and runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crawler.store.tables import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "frontier",
        sa.Column("id", _BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("hops", sa.Integer(), nullable=False),
        sa.Column("found_on", sa.Text(), nullable=True),
        sa.Column("discovered_at", Moment(), nullable=False),
        sa.Column("run", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("fetched_at", Moment(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frontier")),
        sa.UniqueConstraint("source", "url", name=op.f("uq_frontier_source_url")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_frontier_source_run_id"), "frontier", ["source", "run", "id"])
    op.create_table(
        "runs",
        sa.Column("id", _BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.Column("summary", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_runs_source_id"), "runs", ["source", "id"])


def downgrade() -> None:
    """Drop both tables; the pages stay."""
    op.drop_table("runs")
    op.drop_table("frontier")
