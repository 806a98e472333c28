"""The vendor's list of tickets, newest first, without sorting all there are."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index("ix_tickets_updated_at", "tickets", ["updated_at", "id"])
