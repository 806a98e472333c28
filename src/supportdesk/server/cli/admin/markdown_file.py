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
from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office_publications import Publish
from supportdesk.domain.toml_lines import line_of
from supportdesk.i18n import _
from supportdesk.server.cli.admin.fields import STANDARD, standard_input

_FENCE = "+++"
_KNOWN = frozenset(Publish.__struct_fields__) - {"body", "publication"}


def read(path: Path) -> dict[str, object]:
    """Fields of `Publish`, as they are given on a command line. Raises InvalidInput."""
    try:
        head, body = _parted(standard_input() if path == STANDARD else path.read_text(encoding="utf-8"))
        told = tomllib.loads(head)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        text = _("The file {file} cannot be read: {what}")
        what = (error.strerror if isinstance(error, OSError) else "") or error
        raise InvalidInput(text.format(file=path, what=what), field="file") from error
    if unknown := sorted(told.keys() - _KNOWN):
        text = _("“{name}” is not known here. In front may stand: {names}")
        what = text.format(name=unknown[0], names=", ".join(sorted(_KNOWN)))
        raise InvalidInput(f"{_where(path, head, unknown[0])}: {what}", field="file")
    if "title" not in told:
        told["title"], body = _title(body)
    return {name: _plain(value) for name, value in told.items()} | {"body": body}


@contextmanager
def located(path: Path, said: Container[str]) -> Iterator[None]:
    """Errors about what stands in the file name it, and the line. `said` is what was said elsewhere."""
    try:
        yield
    except InvalidInput as error:
        if path == STANDARD or error.field in said or error.field not in Publish.__struct_fields__:
            raise
        where = _where(path, _parted(path.read_text(encoding="utf-8"))[0], error.field)
        raise InvalidInput(f"{where}: {error}", field=error.field, next_step=error.next_step) from error


def _where(path: Path, head: str, key: str) -> str:
    """Line 1 is that of the fence, where no key stands."""
    line = line_of(head, key)
    return f"{path}:{line}" if line > 1 else str(path)


def _parted(text: str) -> tuple[str, str]:
    """The head begins with an empty line in place of the fence, so that its lines are those of the file."""
    if not text.startswith(f"{_FENCE}\n"):
        return "", text
    head, _fence, body = text.removeprefix(_FENCE).partition(f"\n{_FENCE}\n")
    return f"{head}\n", body


def _title(body: str) -> tuple[str, str]:
    first, _newline, rest = body.lstrip().partition("\n")
    return (first.removeprefix("# ").strip(), rest) if first.startswith("# ") else ("", body)


def _plain(value: object) -> object:
    """Moments as they are written by hand."""
    return value.isoformat() if isinstance(value, date | datetime) else value
