"""What a command says: JSON for programs, lines for people."""

import sys
from collections.abc import Sequence
from datetime import datetime

import msgspec

from supportdesk.domain.office import FileRow, Said, TicketShown
from supportdesk.i18n import _

_GAP = "  "


def tell(answer: msgspec.Struct, *, as_json: bool, nothing: str = "") -> None:
    """`nothing` is what is said of an empty list."""
    if as_json:
        text = msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()
        sys.stdout.write(text + "\n")
        return
    lines = _ticket(answer) if isinstance(answer, TicketShown) else _plain(answer)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    if not lines:  # for people; what reads the lines gets none
        sys.stderr.write((nothing or _("There are none.")) + "\n")


def _plain(answer: msgspec.Struct) -> list[str]:
    values = msgspec.structs.asdict(answer)
    rows = next((value for value in values.values() if isinstance(value, tuple)), None)
    if rows is not None:
        return _table(rows)
    return [_GAP.join(f"{name}: {value}" for name, value in values.items() if value)]


def _table(rows: Sequence[msgspec.Struct]) -> list[str]:
    if not rows:
        return []
    names = rows[0].__struct_fields__
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
    lines = [f"#{ticket.number}{_GAP}{one_line(ticket.subject)}"]
    for name in ticket.__struct_fields__:
        value = getattr(ticket, name)
        if name not in {"number", "subject", "fields"} and value and not isinstance(value, tuple):
            lines.append(f"{name.removesuffix('_id')}: {_cell(value)}")
    lines += [f"{one_line(name)}: {one_line(value)}" for name, value in ticket.fields.items()]
    lines += _files(ticket.files)
    for said in ticket.conversation:
        lines += ["", *_said(said)]
    if ticket.time_records:
        lines += ["", *_table(ticket.time_records)]
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
