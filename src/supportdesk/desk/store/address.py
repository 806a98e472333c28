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
    return PostgresSchema(written)


def of_vendor(base: Address, vendor: str) -> Address:
    """The place of one vendor's desk where several are kept together; `vendor` is a profile's id."""
    if isinstance(base, Path):
        return base / vendor
    return PostgresSchema(base.url, re.sub(r"[^a-z0-9]", "_", f"desk_{vendor}".lower()))
