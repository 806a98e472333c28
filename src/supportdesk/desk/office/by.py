"""For whom something is done, and how much of a list is told at once."""

from datetime import datetime
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Select

from supportdesk.domain.office import ListRequest

S = TypeVar("S", bound=Select[Any])


class By(msgspec.Struct, frozen=True):
    person_id: str
    """Of the staff; '' for the vendor's own command line, where nobody need have an account yet."""
    now: datetime


def page(query: S, request: ListRequest) -> S:
    return query.limit(request.limit).offset(request.skip)
