"""Why a document has no seal; indexes for what was looked for in all there is."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("documents", sa.Column("seal_trouble", sa.String(length=32), nullable=True))
    these = sa.text("seal_trouble IS NOT NULL")
    op.create_index(
        "ix_documents_seal_trouble",
        "documents",
        ["seal_trouble"],
        sqlite_where=these,
        postgresql_where=these,
    )
    op.create_index("ix_documents_updated_at", "documents", ["updated_at", "id"])
    op.create_index("ix_tickets_requester_id", "tickets", ["requester_id"])
    op.create_index("ix_attachments_sha256", "attachments", ["sha256"])
    op.create_index("ix_publication_marks_publication_id", "publication_marks", ["publication_id"])
