"""Where the database of a desk is: a folder of its own, or a schema of a PostgreSQL database."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _

_SCHEMES = ("postgresql", "postgres")
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class PostgresSchema(msgspec.Struct, frozen=True):
    """As many processes as wanted may use it at the same time."""

    url: str
    """As libpq takes it; may hold a password."""
    name: str = "public"

    def __post_init__(self) -> None:
        if not _SCHEMA.fullmatch(self.name):
            raise ValueError(f"not the name of a schema: {self.name!r}")

    @property
    def place(self) -> str:
        """For people: without user and password."""
        parts = urlsplit(self.url)
        return f"{parts.hostname or ''}{parts.path}, {self.name}"

    def __repr__(self) -> str:
        return f"PostgresSchema(…{urlsplit(self.url).path}, name={self.name!r})"


Address = Path | PostgresSchema
"""A path is the folder of a SQLite database, which one process at a time may write."""


def address(written: str) -> Address:
    """What somebody wrote into a configuration. Raises InvalidInput for another kind of database."""
    scheme, separator, _rest = written.partition("://")
    if not separator:
        return Path(written)
    if scheme.lower() not in _SCHEMES:
        text = _("“{scheme}” is not a database that a support desk can use.")
        raise InvalidInput(text.format(scheme=scheme), field="database")
    if not _is_whole(written):
        # Nothing of it is repeated: it may be a part of the password.
        raise InvalidInput(
            _("The address of the database cannot be read."),
            field="database",
            next_step=_("Write {signs} in its password as {written}.").format(
                signs="@ / : # ? %", written="%40 %2F %3A %23 %3F %25"
            ),
        )
    return PostgresSchema(written)


def _is_whole(url: str) -> bool:
    """Whether no sign of a password was taken for the end of it."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return False
    return parts.netloc.count("@") <= 1 and "@" not in parts.path + parts.fragment


def of_vendor(base: Address, vendor: str) -> Address:
    """The place of one vendor's desk where several are kept together; `vendor` is a profile's id."""
    if isinstance(base, Path):
        return base / vendor
    return PostgresSchema(base.url, re.sub(r"[^a-z0-9]", "_", f"desk_{vendor}".lower()))
