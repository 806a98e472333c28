"""Reading matter in a file: Markdown, and in front of it what is known about it.

    +++
    title = "Ink runs out"
    category = "Printing"
    labels = ["ink", "printer"]
    +++
    Open the flap …

Without a title, the first heading is it.
"""

import tomllib
from datetime import date, datetime
from pathlib import Path

from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import Publish
from supportdesk.i18n import _

_FENCE = "+++"
_KNOWN = frozenset(Publish.__struct_fields__) - {"body", "publication"}


def read(path: Path) -> dict[str, object]:
    """Fields of `Publish`, as they are given on a command line. Raises InvalidInput."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(path, error) from error
    head, body = _parted(text)
    try:
        told = tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(path, error) from error
    if unknown := sorted(told.keys() - _KNOWN):
        raise _wrong(path, ", ".join(unknown))
    if "title" not in told:
        told["title"], body = _title(body)
    return {name: _plain(value) for name, value in told.items()} | {"body": body}


def _parted(text: str) -> tuple[str, str]:
    if not text.startswith(f"{_FENCE}\n"):
        return "", text
    head, _fence, body = text.removeprefix(f"{_FENCE}\n").partition(f"\n{_FENCE}\n")
    return head, body


def _title(body: str) -> tuple[str, str]:
    first, _newline, rest = body.lstrip().partition("\n")
    return (first.removeprefix("# ").strip(), rest) if first.startswith("# ") else ("", body)


def _plain(value: object) -> object:
    """Moments as they are written by hand."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def _wrong(path: Path, what: object) -> InvalidInput:
    text = _("The file {file} cannot be read: {what}")
    return InvalidInput(text.format(file=path, what=what), field="file")
