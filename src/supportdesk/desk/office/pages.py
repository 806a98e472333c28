"""How much of a list is told at once."""

from typing import Any, TypeVar

from sqlalchemy import Select

from supportdesk.domain.office import ListRequest

S = TypeVar("S", bound=Select[Any])


def page(query: S, request: ListRequest) -> S:
    return query.limit(request.limit).offset(request.skip)
