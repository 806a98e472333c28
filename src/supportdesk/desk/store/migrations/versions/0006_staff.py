"""What the vendor's people do, and what they look like."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("people", sa.Column("job", sa.String(length=64), server_default="", nullable=False))
    op.add_column("people", sa.Column("picture", sa.LargeBinary(), nullable=True))
