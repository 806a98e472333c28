"""Documents, orders and subscriptions; people talk about them as about tickets."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_conversations_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.execute(
        "INSERT INTO conversations (id, kind, organisation_id)"
        " SELECT id, 'ticket', organisation_id FROM tickets"
    )
    # SQLite makes altered tables anew; no row may refer to one that is dropped meanwhile.
    with op.batch_alter_table("attachments") as batch:
        batch.drop_constraint("fk_attachments_message_id", type_="foreignkey")
    for table in ("attachments", "messages", "events", "time_records", "mail"):
        _about_conversations(table)
    _move_marks()
    with op.batch_alter_table("attachments") as batch:
        batch.add_column(sa.Column("article", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_attachments_message_id", "messages", ["message_id"], ["id"])
    with op.batch_alter_table("tickets") as batch:
        batch.create_foreign_key("fk_tickets_id", "conversations", ["id"], ["id"])
    with op.batch_alter_table("ledger") as batch:  # numbers of documents are the vendor's own
        batch.alter_column(
            "number", existing_type=sa.String(32), type_=sa.String(64), existing_nullable=False
        )
    op.add_column("audit", sa.Column("details", sa.Text(), server_default="{}", nullable=False))
    _documents()
    _orders()
    _subscriptions()
    counters = sa.table("counters", sa.column("name"), sa.column("value"))
    op.bulk_insert(counters, [{"name": "order", "value": 0}])


def _about_conversations(table: str) -> None:
    op.drop_index(f"ix_{table}_ticket_id", table_name=table)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(f"fk_{table}_ticket_id", type_="foreignkey")
        batch.alter_column("ticket_id", new_column_name="conversation_id")
    with op.batch_alter_table(table) as batch:
        batch.create_foreign_key(f"fk_{table}_conversation_id", "conversations", ["conversation_id"], ["id"])
    op.create_index(f"ix_{table}_conversation_id", table, ["conversation_id"])


def _move_marks() -> None:
    op.create_table(
        "conversation_marks",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_conversation_marks_person_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_conversation_marks_conversation_id",
        ),
        sa.PrimaryKeyConstraint("person_id", "conversation_id", name="pk_conversation_marks"),
    )
    op.execute("INSERT INTO conversation_marks SELECT person_id, ticket_id, read_at FROM ticket_marks")
    op.drop_table("ticket_marks")


def _id(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["conversations.id"], name=f"fk_{table}_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]


def _reference(table: str, name: str, target: str, *, nullable: bool = False) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column(name, sa.String(length=64), nullable=nullable),
        sa.ForeignKeyConstraint([name], [f"{target}.id"], name=f"fk_{table}_{name}"),
    ]


def _common(table: str) -> list[sa.schema.SchemaItem]:
    return [
        *_id(table),
        *_reference(table, "organisation_id", "organisations"),
        *_reference(table, "assignee_id", "people", nullable=True),
        *_reference(table, "last_author_id", "people"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
    ]


def _word(name: str, length: int = 64) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), server_default="", nullable=False)


def _documents() -> None:
    op.create_table(
        "documents",
        *_common("documents"),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.String(length=64), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("sign_by", sa.BigInteger(), nullable=True),
        _word("concerns_id"),
        *_reference("documents", "contact_id", "people", nullable=True),
        *_reference("documents", "answered_by", "people", nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("filled", sa.Text(), nullable=False),
        _word("mark_sha256"),
        _word("signed_file_id"),
        _word("sealed_sha256"),
        sa.Column("answered_from", sa.Text(), server_default="", nullable=False),
        sa.Column("seal_at", sa.BigInteger(), nullable=True),
        sa.Column("seal_attempts", sa.Integer(), server_default="0", nullable=False),
        sa.UniqueConstraint("number", name="uq_documents_number"),
    )
    op.create_index("ix_documents_state", "documents", ["state"])
    op.create_index("ix_documents_organisation_id", "documents", ["organisation_id"])
    waiting = sa.text("seal_at IS NOT NULL")
    op.create_index(
        "ix_documents_seal_at", "documents", ["seal_at"], sqlite_where=waiting, postgresql_where=waiting
    )


def _orders() -> None:
    op.create_table(
        "orders",
        *_common("orders"),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reference_key", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        *_reference("orders", "requester_id", "people"),
        sa.Column("articles", sa.Text(), nullable=False),
        _word("order_kind"),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.UniqueConstraint("number", name="uq_orders_number"),
    )
    op.create_index("ix_orders_reference", "orders", ["organisation_id", "reference_key"], unique=True)
    op.create_index("ix_orders_updated_at", "orders", ["updated_at", "id"])


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        *_common("subscriptions"),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        *_reference("subscriptions", "parent_id", "subscriptions", nullable=True),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("quantity", sa.Integer(), server_default="1", nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=True),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.Column("renews_at", sa.BigInteger(), nullable=True),
        sa.Column("price", sa.Text(), server_default="", nullable=False),
        sa.Column("key_ids", sa.Text(), nullable=False),
    )
    op.create_index("ix_subscriptions_number", "subscriptions", ["organisation_id", "number"], unique=True)
    op.create_index("ix_subscriptions_parent_id", "subscriptions", ["parent_id"])
