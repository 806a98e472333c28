"""The life of an account: codes, wishes for mails, the queue of mails; publications ahead of their day."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _people_and_sessions()
    _codes()
    _requests_of_access()
    _mail()
    _feed()
    op.add_column("tickets", sa.Column("guest_email", sa.String(length=254), nullable=True))
    _index_of_few("tickets", "guest_email", "guest_email IS NOT NULL")
    op.add_column(
        "publications", sa.Column("announced", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    _index_of_few("publications", "published_at", sa.column("announced", sa.Boolean()).is_(sa.false()))


def _people_and_sessions() -> None:
    for name in ("language", "phone"):
        op.add_column("people", sa.Column(name, sa.String(length=64), server_default="", nullable=False))
    for name in ("created_at", "verified_at"):
        op.add_column("people", sa.Column(name, sa.BigInteger(), nullable=True))
    op.execute("UPDATE people SET email = lower(email)")  # from now on the form in which they are compared
    op.create_index("ix_people_email", "people", ["email"])
    op.execute(
        """
        UPDATE people SET created_at = noted.at
        FROM (SELECT subject_id, min(at) AS at FROM audit WHERE action = 'add_person' GROUP BY subject_id)
            AS noted
        WHERE noted.subject_id = people.id
        """
    )
    op.add_column("sessions", sa.Column("name", sa.Text(), server_default="", nullable=False))
    op.add_column("sessions", sa.Column("last_used_at", sa.BigInteger(), server_default="0", nullable=False))
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.execute("UPDATE sessions SET last_used_at = created_at")


def _codes() -> None:
    op.create_table(
        "codes",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=True),
        sa.Column("organisation_id", sa.String(length=64), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_codes_organisation_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_codes_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_codes"),
        sa.UniqueConstraint("code_sha256", name="uq_codes_code_sha256"),
    )
    for name in ("email", "person_id", "expires_at"):
        op.create_index(f"ix_codes_{name}", "codes", [name])


def _requests_of_access() -> None:
    op.create_table(
        "requests_of_access",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=64), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_requests_of_access_decided_by"),
        sa.PrimaryKeyConstraint("id", name="pk_requests_of_access"),
    )
    op.create_index("ix_requests_of_access_email", "requests_of_access", ["email"])


def _mail() -> None:
    op.create_table(
        "asked_mail",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=64), server_default="", nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_asked_mail"),
    )
    _index_of_few("asked_mail", "asked_at", "done_at IS NULL")
    op.create_table(
        "mail",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=254), nullable=False),
        sa.Column("ticket_id", sa.String(length=64), nullable=True),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body_text", sa.Text(), nullable=False),
        sa.Column("in_reply_to", sa.Text(), server_default="", nullable=False),
        sa.Column("refers_to", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("next_try_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("given_up_at", sa.BigInteger(), nullable=True),
        sa.Column("trouble", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_mail_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mail"),
        sa.UniqueConstraint("message_id", name="uq_mail_message_id"),
    )
    op.create_index("ix_mail_ticket_id", "mail", ["ticket_id"])
    _index_of_few("mail", "next_try_at", "sent_at IS NULL AND given_up_at IS NULL")
    op.create_table(
        "mail_seen",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_mail_seen"),
    )
    op.create_index("ix_mail_seen_received_at", "mail_seen", ["received_at"])


def _feed() -> None:
    """One audience instead of an organisation and a person of it, of which one was always empty."""
    op.execute("ALTER TABLE changes RENAME COLUMN organisation_id TO audience")
    op.execute("UPDATE changes SET audience = person_id WHERE person_id <> ''")
    op.execute("ALTER TABLE changes DROP COLUMN person_id")
    op.create_index("ix_changes_audience", "changes", ["audience", "seq"])


def _index_of_few(table: str, column: str, condition: "str | sa.ColumnElement[bool]") -> None:
    where = sa.text(condition) if isinstance(condition, str) else condition
    op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=where, postgresql_where=where)
