"""The versions of the lexicon that were served."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crawler.store.tables import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "lexicons",
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("digests", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_lexicons")),
    )


def downgrade() -> None:
    """Drop the table; readers then get the whole lexicon once."""
    op.drop_table("lexicons")
