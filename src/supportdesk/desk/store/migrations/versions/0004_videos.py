"""Reading matter can name a video."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("publications", sa.Column("video", sa.Text(), server_default="", nullable=False))
