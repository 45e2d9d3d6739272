"""The first schema: pages, clusters, versions, signatures, changes and the search index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crawler.store.index import POSTGRES_SCHEMA, SQLITE_SCHEMA
from crawler.store.tables import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything."""
    op.create_table(
        "changes",
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("uid", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_changes")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "pages",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("uid", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("encoding", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.String(length=32), nullable=False),
        sa.Column("content_hash", sa.String(length=32), nullable=False),
        sa.Column("first_seen", Moment(timezone=True), nullable=False),
        sa.Column("fetched_at", Moment(timezone=True), nullable=False),
        sa.Column("changed_at", Moment(timezone=True), nullable=False),
        sa.Column("gone_at", Moment(timezone=True), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("sort_date", sa.Date(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("citations", sa.JSON(), nullable=False),
        sa.Column("contacts", sa.JSON(), nullable=False),
        sa.Column("rejected", sa.Text(), nullable=True),
        sa.Column("record_hash", sa.String(length=32), nullable=False),
        sa.Column("quality", sa.SmallInteger(), nullable=False),
        sa.Column("shown", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("search_row", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("key", name=op.f("uq_pages_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_pages_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pages_host"), "pages", ["host"], unique=False)
    op.create_index(
        op.f("ix_pages_shown_sort_date_id"), "pages", ["shown", "sort_date", "id"], unique=False
    )
    op.create_table(
        "bodies",
        sa.Column("page_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_bodies_page_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_bodies")),
    )
    op.create_table(
        "clusters",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column(
            "representative", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["representative"], ["pages.id"], name=op.f("fk_clusters_representative")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clusters")),
    )
    op.create_index(
        op.f("ix_clusters_representative"), "clusters", ["representative"], unique=False
    )
    op.create_table(
        "page_lenders",
        sa.Column("page_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("lender", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_page_lenders_page_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", "position", name=op.f("pk_page_lenders")),
    )
    op.create_index(
        op.f("ix_page_lenders_lender_page_id"), "page_lenders", ["lender", "page_id"], unique=False
    )
    op.create_table(
        "page_topics",
        sa.Column("page_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_page_topics_page_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", "position", name=op.f("pk_page_topics")),
    )
    op.create_index(
        op.f("ix_page_topics_topic_page_id"), "page_topics", ["topic", "page_id"], unique=False
    )
    op.create_table(
        "copies",
        sa.Column("page_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("copy_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_copies_page_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["copy_id"], ["pages.id"], name=op.f("fk_copies_copy_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", "copy_id", name=op.f("pk_copies")),
    )
    op.create_index(op.f("ix_copies_copy_id"), "copies", ["copy_id"], unique=False)
    op.create_table(
        "siblings",
        sa.Column("page_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "sibling_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_siblings_page_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sibling_id"], ["pages.id"], name=op.f("fk_siblings_sibling_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", "sibling_id", name=op.f("pk_siblings")),
    )
    op.create_index(op.f("ix_siblings_sibling_id"), "siblings", ["sibling_id"], unique=False)
    op.create_table(
        "signature_keys",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("page_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("hash", "page_id", name=op.f("pk_signature_keys")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "signatures",
        sa.Column("page_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exact", sa.BigInteger(), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_signatures_page_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_signatures")),
    )
    op.create_index(op.f("ix_signatures_exact"), "signatures", ["exact"], unique=False)
    op.create_table(
        "versions",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("page_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content_hash", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("seen_from", Moment(timezone=True), nullable=False),
        sa.Column("seen_until", Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_versions_page_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
    )
    op.create_index(
        op.f("ix_versions_page_id_seen_until"), "versions", ["page_id", "seen_until"], unique=False
    )
    op.create_table(
        "page_clusters",
        sa.Column("page_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cluster", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster"], ["clusters.id"], name=op.f("fk_page_clusters_cluster"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_page_clusters_page_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_page_clusters")),
    )
    op.create_index(op.f("ix_page_clusters_cluster"), "page_clusters", ["cluster"], unique=False)
    # ### end Alembic commands ###
    search = POSTGRES_SCHEMA if op.get_bind().dialect.name == "postgresql" else SQLITE_SCHEMA
    for statement in search:
        op.execute(statement)
