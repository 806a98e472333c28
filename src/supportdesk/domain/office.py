"""What the vendor's people ask of their desk, at its command line or through its API, and what is answered.

Here is what all of it has in common; the modules `office_…` beside it say the rest. Organisations, people and
tickets are named as people name them (a name, an e-mail address, a number), or by their ids. Empty texts
leave things open; what is said stands on the requests.
"""

from datetime import datetime
from typing import Annotated

import msgspec

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
MAX_ROWS = 500


class OfficeRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class ListRequest(OfficeRequest, frozen=True):
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_ROWS)] = 100
    skip: Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)] = 0


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was made or changed. `password` is told once and kept nowhere."""

    id: str
    number: str = ""
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"Outcome(id={self.id!r})"


class FileRow(msgspec.Struct, frozen=True):
    id: str
    name: str
    size_bytes: int


class Said(msgspec.Struct, frozen=True):
    author: str
    at: datetime
    body: str
    internal: bool
    """Only the vendor's people see it."""
    files: tuple[FileRow, ...] = ()


class TimeRow(msgspec.Struct, frozen=True):
    staff: str
    at: datetime
    minutes: int
    note: str
