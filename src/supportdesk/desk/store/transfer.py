"""A desk on SQLite becomes one on PostgreSQL."""

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select

from supportdesk.desk.store.address import PostgresSchema
from supportdesk.desk.store.database import opened, reading, writing
from supportdesk.desk.store.schema import metadata, people
from supportdesk.domain.errors import Refused
from supportdesk.i18n import _

_ROWS = 1_000


def there_already() -> Refused:
    return Refused(
        _("There is a support desk already."), next_step=_("Move it away, or restore to another place.")
    )


def transfer(database: Path, address: PostgresSchema) -> None:
    """All rows, in one transaction. `database` stays as it is; an older one is brought up to date on the way.

    Raises Refused where there is a desk with people already, BackendError.
    """
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(database, Path(folder, "desk.db"))
        with (
            closing(opened(Path(folder), may_upgrade=True)) as source,
            closing(opened(address)) as target,
            reading(source),
            writing(target),
        ):
            _check_empty(target)
            for table in reversed(metadata.sorted_tables):
                target.execute(delete(table))  # counters and settings of a desk that was just made
            for table in metadata.sorted_tables:
                _copy(source, target, table)


def _check_empty(target: Connection) -> None:
    if target.execute(select(func.count()).select_from(people)).scalar():
        raise there_already()


def _copy(source: Connection, target: Connection, table: Table) -> None:
    rows = source.execute(select(table).order_by(*_order(table)))
    for some in rows.mappings().partitions(_ROWS):
        target.execute(insert(table), [dict(row) for row in some])


def _order(table: Table) -> list[ColumnElement[bool]]:
    """Rows that refer to others of their table come behind them, which refer to none."""
    return [key.parent.is_not(None) for key in table.foreign_keys if key.column.table is table]
