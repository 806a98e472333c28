"""What a command says: JSON for programs, lines for people."""

import sys
from collections.abc import Container, Sequence
from datetime import datetime

import msgspec

from supportdesk.domain.office import FileRow, Said
from supportdesk.domain.office_documents import DocumentShown
from supportdesk.domain.office_orders import OrderShown
from supportdesk.domain.office_subscriptions import SubscriptionShown
from supportdesk.domain.office_tickets import TicketShown
from supportdesk.i18n import _

_GAP = "  "
Shown = TicketShown | DocumentShown | OrderShown | SubscriptionShown


def tell(answer: msgspec.Struct, *, as_json: bool, nothing: str = "") -> None:
    """`nothing` is what is said of an empty list."""
    if as_json:
        text = msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()
        sys.stdout.write(text + "\n")
        return
    lines = _lines(answer)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    if not lines:  # for people; what reads the lines gets none
        sys.stderr.write((nothing or _("There are none.")) + "\n")


def _lines(answer: msgspec.Struct) -> list[str]:
    match answer:
        case TicketShown():
            return _ticket(answer)
        case DocumentShown():
            facts = _facts(answer, answer.number, answer.title, {"title", "concerns_id"})
            return _with_fields(answer, facts)
        case OrderShown():
            return _order(answer)
        case SubscriptionShown():
            lines = _facts(answer, answer.number, answer.name, {"name"})
            return lines + _files(answer.files) + _talk(answer)
    return _plain(answer)


def _plain(answer: msgspec.Struct) -> list[str]:
    values = msgspec.structs.asdict(answer)
    rows = next((value for value in values.values() if isinstance(value, tuple)), None)
    if rows is not None:
        return _table(rows)
    return [_GAP.join(f"{name}: {_cell(value)}" for name, value in values.items() if value)]


def _table(rows: Sequence[msgspec.Struct], but: Container[str] = ()) -> list[str]:
    if not rows:
        return []
    names = [name for name in rows[0].__struct_fields__ if name not in but]
    heads = [name.removesuffix("_id") for name in names]
    cells = [heads, *([_cell(getattr(row, name)) for name in names] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        _GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return f"{value.astimezone():%Y-%m-%d %H:%M}"
    return one_line(str(value))


def _ticket(ticket: TicketShown) -> list[str]:
    lines = _facts(ticket, ticket.number, ticket.subject, {"subject"})
    return _with_fields(ticket, lines)


def _with_fields(shown: TicketShown | DocumentShown, lines: list[str]) -> list[str]:
    filled = [f"{one_line(name)}: {one_line(value)}" for name, value in shown.fields.items()]
    return lines + filled + _files(shown.files) + _talk(shown)


def _order(order: OrderShown) -> list[str]:
    lines = _facts(order, order.number, order.reference, {"reference"})
    lines.append(f"may_become: {', '.join(order.may_become)}")
    lines += ["", *_table(order.articles, but={"files"})]
    for each in order.articles:
        if each.files:
            lines += [f"{each.article}:", *_files(each.files)]
    return lines + _files(order.files) + _talk(order)


def _facts(shown: Shown, number: str, title: str, but: set[str]) -> list[str]:
    lines = [f"#{number}{_GAP}{one_line(title)}"]
    for name in shown.__struct_fields__:
        value = getattr(shown, name)
        if name not in {"number", *but} and value and not isinstance(value, tuple | dict):
            lines.append(f"{name.removesuffix('_id')}: {_cell(value)}")
    return lines


def _talk(shown: Shown) -> list[str]:
    lines: list[str] = []
    for said in shown.conversation:
        lines += ["", *_said(said)]
    if shown.time_records:
        lines += ["", *_table(shown.time_records)]
    return lines


def _said(said: Said) -> list[str]:
    internal = _GAP + _("internal") if said.internal else ""
    body = [f"{_GAP}{one_line(line)}" for line in said.body.splitlines()]
    return [f"{_cell(said.at)}{_GAP}{one_line(said.author)}{internal}", *body, *_files(said.files)]


def _files(files: Sequence[FileRow]) -> list[str]:
    return [f"{_GAP}[{each.id}]{_GAP}{one_line(each.name)}{_GAP}{each.size_bytes}" for each in files]


def one_line(text: str) -> str:
    """Text of other people must not move the cursor, colour the terminal or hide what follows."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
