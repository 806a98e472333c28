"""The table: on the screen, as JSON, and in docs/benchmarks.md."""

import os
import platform
import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import msgspec
from PySide6.QtCore import qVersion

from tests.bench.measure import Line

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "benchmarks.md"
_BEGIN, _END = "<!-- begin: python -m tests.bench {} -->", "<!-- end -->"
_HEAD = ("measured", "ours", "noise", "floor", "noise", "times", "aim", "reached")


def machine() -> str:
    model = re.search(r"^model name\s*: (.+)$", _read("/proc/cpuinfo"), re.MULTILINE)
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{model.group(1) if model else platform.machine()}, {os.cpu_count()} cores, load {load}; "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, Qt {qVersion()} "
        f"({os.environ.get('QT_QPA_PLATFORM', 'default')}), SQLite {sqlite3.sqlite_version}"
    )


def table(lines: list[Line]) -> str:
    """Markdown that is also readable as it is."""
    rows = [_HEAD, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    printed = [_row(row, widths) for row in rows]
    rule = "|" + "|".join("-" * (width + 1) + (":" if column else "-") for column, width in enumerate(widths))
    return "\n".join([printed[0], rule + "|", *printed[1:]])


def as_json(lines: list[Line]) -> bytes:
    told = {
        "machine": machine(),
        "lines": [
            {
                "group": line.group,
                "name": line.name,
                "unit": line.unit,
                "quantile": line.quantile,
                "value": line.value,
                "median": line.ours.median,
                "floor_median": line.floor.median if line.floor else None,
                "times": line.times,
                "aim": line.aim,
                "reached": line.is_reached,
                "values": line.ours.values,
                "floor_values": line.floor.values if line.floor else (),
            }
            for line in lines
        ],
    }
    return msgspec.json.format(msgspec.json.encode(told))


def write_page(tables: Mapping[str, list[Line]]) -> None:
    """Replaces the tables in the page by what was measured, by arguments that write them; words stay."""
    page = PAGE.read_text("utf-8")
    for arguments, lines in tables.items():
        if lines:
            begin = _BEGIN.format(arguments)
            before, _begin, rest = page.partition(begin)
            _old, _end, after = rest.partition(_END)
            page = f"{before}{begin}\n{machine()}\n\n{table(lines)}\n{_END}{after}"
    PAGE.write_text(page, "utf-8")


def _cells(line: Line) -> tuple[str, ...]:
    floor = line.floor
    return (
        f"{line.group}: {line.name}",
        f"{_number(line.value)} {line.unit}",
        f"± {line.ours.spread_percent:.0f} %",
        f"{_number(floor.median)} {line.unit}" if floor else "",
        f"± {floor.spread_percent:.0f} %" if floor else "",
        f"{line.times:.2f}" if line.times is not None else "",
        line.aim,
        {True: "yes", False: "no", None: ""}[line.is_reached],
    )


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = [
        f"{cell:<{width}}" if column == 0 else f"{cell:>{width}}"
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or not value else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except OSError:
        return ""
