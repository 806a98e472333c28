"""Subscriptions from a table, as spreadsheets and other programs write them."""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from supportdesk.desk.office import naming, staff, subscriptions
from supportdesk.desk.office.by import By
from supportdesk.desk.office.subscription_stock import Stock, as_number
from supportdesk.desk.store import audit, schema
from supportdesk.desk.store.database import writing
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_subscriptions import AddSubscription, ImportSubscriptions
from supportdesk.i18n import _, ngettext

MAX_LINES = 20_000
_MOST_TOLD = 20
_NEEDED = ("number", "name")
_DAYS = "%Y-%m-%d", "%d.%m.%Y"

Cells = dict[str, str]


class _Table:
    """What becomes of the lines of one table, which are taken one after the other and written at the end."""

    def __init__(self, connection: Connection, organisation_id: str) -> None:
        theirs = schema.subscriptions.c.organisation_id == organisation_id
        rows = connection.execute(select(schema.subscriptions).where(theirs)).mappings()
        self._present = {row["number"]: row for row in rows}
        self._stock = Stock(connection, organisation_id)
        self._fresh: list[dict[str, Any]] = []
        self._changed: list[subscriptions.Changed] = []

    def take(self, asked: AddSubscription) -> None:
        """A new one; where the organisation has its number, that one becomes as it is told. InvalidInput."""
        present = self._present.get(as_number(asked.number))
        if present is None:
            self._fresh.append(subscriptions.made(self._stock, asked))
        else:
            wanted = subscriptions.replacement(asked, present["id"])
            self._changed.append((present, subscriptions.changes(self._stock, wanted, present)))

    def write(self, connection: Connection, by: By) -> None:
        if self._fresh:
            subscriptions.write_new(connection, self._fresh, by)
        subscriptions.write_changes(connection, self._changed, by)


def import_table(connection: Connection, request: ImportSubscriptions, by: By) -> Outcome:
    lines = tuple(_lines(request.body))
    wrong: list[str] = []
    with writing(connection):
        staff.check_staff(connection, by.person_id)
        organisation_id = naming.organisation(connection, request.organisation)
        table = _Table(connection, organisation_id)
        seen: set[str] = set()
        missing: set[str] = set()
        for line, cells in lines:
            number = cells["number"]
            try:
                _check_unseen(number, seen)
                asked = _asked(organisation_id, cells)
                if asked.parent and asked.parent in missing:
                    missing.add(number)
                else:
                    table.take(asked)
            except InvalidInput as error:
                if number not in seen:
                    missing.add(number)
                wrong.append(_("Line {line}: {what}").format(line=line, what=error))
            seen.add(number)
        if wrong:
            raise _report(wrong)
        table.write(connection, by)
        audit.note(connection, by.person_id, "import_subscriptions", organisation_id, by.now)
    return Outcome(organisation_id, str(len(lines)))


def _report(wrong: list[str]) -> InvalidInput:
    text = ngettext(
        "Nothing was imported: {n} line is not right.",
        "Nothing was imported: {n} lines are not right.",
        len(wrong),
    )
    told = [text.format(n=len(wrong)), *wrong[:_MOST_TOLD]]
    if len(wrong) > _MOST_TOLD:
        told.append(_("… and {n} more").format(n=len(wrong) - _MOST_TOLD))
    return InvalidInput("\n".join(told), field="body")


def _lines(text: str) -> Iterator[tuple[int, Cells]]:
    """Number of the line and what stands in it, by column. Raises InvalidInput."""
    rows = csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=_delimiter(text), strict=True)
    try:
        heads = [head.strip().lower() for head in next(rows, [])]
        _check_heads(heads)
        for row in rows:
            if any(cell.strip() for cell in row):
                if rows.line_num > MAX_LINES:
                    raise InvalidInput(_("At most {n} lines.").format(n=MAX_LINES), field="body")
                cells = [cell.strip() for cell in row] + [""] * (len(heads) - len(row))
                yield rows.line_num, dict(zip(heads, cells, strict=False))
    except csv.Error as error:
        text = _("Line {line}: {what}").format(line=rows.line_num, what=error)
        raise InvalidInput(text, field="body") from error


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(";,\t", key=head.count)


def _check_heads(heads: list[str]) -> None:
    unknown = next((head for head in heads if head not in _COLUMNS), None)
    if unknown is None and set(_NEEDED) <= set(heads):
        return
    names = ", ".join(_COLUMNS)
    if unknown is not None:
        text = _("There is no column “{name}”. The columns are: {names}")
        raise InvalidInput(text.format(name=unknown, names=names), field="body")
    text = _("The first line must name the columns number and name. The columns are: {names}")
    raise InvalidInput(text.format(names=names), field="body")


def _check_unseen(number: str, seen: set[str]) -> None:
    if number in seen:
        raise InvalidInput(_("The number {number} stands in the table twice.").format(number=number))


def _asked(organisation_id: str, cells: Cells) -> AddSubscription:
    values: dict[str, object] = {"organisation": organisation_id}
    for head, cell in cells.items():
        if cell or head in _NEEDED:
            name, read = _COLUMNS[head]
            values[name] = read(cell)
    try:
        return msgspec.convert(values, AddSubscription, strict=False)
    except msgspec.ValidationError as error:
        what, _at, name = str(error).partition(" - at `$.")
        text = _("{name} is not right: {what}").format(name=name.rstrip("`"), what=what)
        raise InvalidInput(text, field="body") from error


def _day(cell: str) -> datetime:
    """Midnight of that day on this computer's clock."""
    return _moment(cell, time())


def _last_day(cell: str) -> datetime:
    return _moment(cell, time(23, 59))


def _moment(cell: str, at: time) -> datetime:
    for shape in _DAYS:
        try:
            day = datetime.strptime(cell, shape)  # noqa: DTZ007 - the clock of this computer is meant
        except ValueError:
            continue
        return datetime.combine(day.date(), at).astimezone(UTC)
    text = _("“{written}” is not a day; write it like 2027-01-31 or 31.01.2027.")
    raise InvalidInput(text.format(written=cell), field="body")


def _keys(cell: str) -> tuple[str, ...]:
    return tuple(cell.split())


def _same(cell: str) -> str:
    return cell


_COLUMNS: dict[str, tuple[str, Callable[[str], object]]] = {
    "number": ("number", _same),
    "name": ("name", _same),
    "parent": ("parent", _same),
    "quantity": ("quantity", _same),
    "state": ("state", str.lower),
    "starts": ("starts_at", _day),
    "ends": ("ends_at", _last_day),
    "renews": ("renews_at", _day),
    "price": ("price", _same),
    "description": ("description", _same),
    "keys": ("keys", _keys),
}
"""By its head in the table: the name in the request, and how its cells are read."""
