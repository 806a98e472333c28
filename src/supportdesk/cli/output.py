"""What a command prints: JSON for programs, lines for people."""

import io
import json
import os
import sys
from datetime import datetime

Answer = dict[str, object]

_COLUMNS = (
    "number",
    "command_id",
    "id",
    "stage",
    "state",
    "account",
    "updated_at",
    "created_at",
    "due_at",
    "subject",
    "title",
    "user",
    "link",
    "error",
)


def forgive_streams() -> None:
    """A console that cannot show a letter must not end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # the windowed program on Windows has none
            stream.reconfigure(errors="replace")


def tell(told: Answer, as_json: bool) -> int:
    """Prints an answer of `remote_control` and returns its exit code.

    Who stops reading half way, like `head`, has read enough.
    """
    try:
        _print(told, as_json)
        if sys.stdout is not None:  # the windowed program on Windows
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more at its end
    return int(str(told["exit"]))


def _print(told: Answer, as_json: bool) -> None:
    error = told.get("error")
    if as_json:
        print(json.dumps({"error": error} if error else told["result"], indent=2, ensure_ascii=False))
    elif isinstance(error, dict):
        print(_one_line(_sentence(error)), file=sys.stderr)
    else:
        _print_plain(told["result"])


def _sentence(error: dict[str, str]) -> str:
    field = f"{error['field']}: " if error.get("field") else ""
    return f"supportdesk: {field}{error['what']} {error['next_step']}"


def _print_plain(result: object) -> None:
    """Rows of a list, or `name: value` lines; for people, so without a promise about the form."""
    if not isinstance(result, dict):
        return
    for name, value in result.items():
        if isinstance(value, list):
            for line in _table(value):
                print(line)
        elif value not in ("", None):
            print(_one_line(f"{name}: {value}"))


def _table(rows: list[Answer]) -> list[str]:
    """Columns that at least one row has something in, each as wide as its longest."""
    shown = [column for column in _COLUMNS if any(row.get(column) for row in rows)]
    cells = [[_one_line(_cell(column, row.get(column))) for column in shown] for row in rows]
    widths = [max(map(len, of_column)) for of_column in zip(*cells, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def _cell(column: str, value: object) -> str:
    """A moment by the clock on the wall, to the minute."""
    if column.endswith("_at") and isinstance(value, str) and value:
        return f"{datetime.fromisoformat(value).astimezone():%Y-%m-%d %H:%M}"
    return str(value or "")


def _one_line(text: str) -> str:
    """Text of other people must not move the cursor, colour the terminal or hide what follows."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
