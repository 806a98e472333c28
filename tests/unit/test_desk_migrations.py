"""The way from every earlier database to the present one."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Index, MetaData, inspect, select

from supportdesk.desk.store.address import Address
from supportdesk.desk.store.database import DeskConnection, opened, reading
from supportdesk.desk.store.engines import engine_for
from supportdesk.desk.store.migrations import config, upgrade
from supportdesk.desk.store.schema import (
    SCHEMA_VERSION,
    attachments,
    changes,
    conversation_marks,
    conversations,
    messages,
    metadata,
    people,
    publications,
    sessions,
    tickets,
)
from supportdesk.domain.entities import ConversationKind
from tests.support.databases import Databases

_BORN, _SIGNED_IN = 1_700_000_000_000_000, 1_700_000_100_000_000
_FIRST: dict[str, list[dict[str, object]]] = {
    "organisations": [{"id": "practice", "name": "Practice"}],
    "people": [
        {
            "id": name,
            "user_name": f"{name}@practice.example",
            "name": name,
            "email": f"{name}@practice.example",
            "organisation_id": "practice",
            "role": "customer",
            "active": True,
            "password_hash": "x",
        }
        for name in ("jana", "tom")
    ],
    "audit": [
        {"id": "1", "at": _BORN, "person_id": "", "action": "add_person", "subject_id": "jana"},
        {"id": "2", "at": _BORN + 1, "person_id": "", "action": "set_password", "subject_id": "jana"},
    ],
    "sessions": [
        {
            "id": "s",
            "person_id": "jana",
            "token_sha256": "t",
            "device": "d",
            "created_at": _SIGNED_IN,
            "expires_at": 2 * _SIGNED_IN,
        }
    ],
    "tickets": [
        {
            "id": "t",
            "number": "1001",
            "subject": "Printer",
            "status": "new",
            "requester_id": "jana",
            "organisation_id": "practice",
            "last_author_id": "jana",
            "created_at": _BORN,
            "updated_at": _BORN,
            "fields": "{}",
        }
    ],
    "messages": [
        {"id": "m", "ticket_id": "t", "author_id": "jana", "body": "It burns.", "created_at": _BORN}
    ],
    "attachments": [
        {
            "id": "a",
            "ticket_id": "t",
            "message_id": "m",
            "author_id": "jana",
            "name": "fire.png",
            "size_bytes": 1,
            "sha256": "0" * 64,
            "media_type": "image/png",
            "created_at": _BORN,
        }
    ],
    "ticket_marks": [{"person_id": "jana", "ticket_id": "t", "read_at": _BORN}],
    "changes": [
        {
            "seq": seq,
            "kind": "ticket",
            "entity_id": "t",
            "organisation_id": organisation,
            "person_id": person,
            "born": seq == 1,
        }
        for seq, organisation, person in ((1, "practice", ""), (2, "", "jana"), (3, "", ""))
    ],
    "publications": [
        {
            "id": "p",
            "publication": "notice",
            "title": "T",
            "body": "B",
            "summary": "",
            "labels": "[]",
            "published_at": _BORN,
            "must_confirm": False,
        }
    ],
}


def _connected(place: Address) -> DeskConnection:
    if isinstance(place, Path):
        place.mkdir()
    return engine_for(place).connect()


def _at_first(connection: DeskConnection) -> None:
    """A desk of the first schema, in use."""
    with connection.begin():
        upgrade(connection, "0001")
        then = MetaData()
        then.reflect(connection)
        for name, rows in _FIRST.items():
            connection.execute(then.tables[name].insert(), rows)


def test_the_steps_lead_to_the_tables_that_the_code_speaks_of(databases: Databases) -> None:
    """A database of the first schema, in use, gets the schema's columns, keys and indexes, and no others."""
    place, other = databases.empty(), databases.empty()
    with closing(_connected(place)) as first, closing(_connected(other)) as fresh:
        _at_first(first)
        with closing(opened(place, may_upgrade=True)) as migrated, fresh.begin(), migrated.begin():
            metadata.create_all(fresh)
            wanted, present = _described(fresh), _described(migrated)
    present.pop("alembic_version")
    assert present == wanted


def test_what_was_there_is_there(databases: Databases) -> None:
    """People know when they came where that was noted, sessions when they were used;

    notices stay visible, the feed tells the same people of the same things, and what was said stays said."""
    place = databases.empty()
    with closing(_connected(place)) as first:
        _at_first(first)
    with closing(opened(place, may_upgrade=True)) as desk, reading(desk):
        came = desk.execute(select(people.c.created_at).order_by(people.c.id)).scalars().all()
        assert came == [datetime.fromtimestamp(_BORN / 1_000_000, UTC), None]
        assert desk.execute(select(sessions.c.last_used_at == sessions.c.created_at)).scalar_one()
        assert desk.execute(select(publications.c.announced)).scalar_one() is True
        assert desk.execute(select(tickets.c.guest_email)).scalar_one() is None
        heard = desk.execute(select(changes.c.audience).order_by(changes.c.seq)).scalars().all()
        assert heard == ["practice", "jana", ""]
        assert desk.execute(select(conversations)).all() == [("t", ConversationKind.TICKET, "practice")]
        said = select(messages.c.conversation_id, attachments.c.conversation_id)
        assert desk.execute(said.join(attachments)).all() == [("t", "t")]
        assert desk.execute(select(conversation_marks.c.conversation_id)).scalar_one() == "t"


def test_the_newest_step_is_known_by_name() -> None:
    """SCHEMA_VERSION is what the migrations lead to, in one line without branches."""
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(config()).get_heads() == [SCHEMA_VERSION]


def _where(connection: DeskConnection, index: Index) -> str:
    return str(index.dialect_options[connection.dialect.name]["where"])


def _described(connection: DeskConnection) -> dict[str, object]:
    found = MetaData()
    found.reflect(connection)
    return {
        table.name: (
            {
                (column.name, str(column.type), column.nullable, column.primary_key)
                for column in table.columns
            },
            {(index.name, tuple(index.columns.keys()), _where(connection, index)) for index in table.indexes},
            {(key.parent.name, key.target_fullname) for key in table.foreign_keys},
            {
                tuple(sorted(column["column_names"]))
                for column in inspect(connection).get_unique_constraints(table.name)
            },
        )
        for table in found.tables.values()
    }
