"""Column types that give the domain's own types back, the same on every database."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

import msgspec
from sqlalchemy import BigInteger, Dialect, String, Text
from sqlalchemy.types import TypeDecorator

E = TypeVar("E", bound=StrEnum)
S = TypeVar("S")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class UtcTime(TypeDecorator[datetime]):
    """A moment as whole microseconds since 1970 in UTC: exact, sortable, without a session's time zone."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + value * _MICROSECOND


class Word(TypeDecorator[E], Generic[E]):
    """An enumeration by its value. A value that this version does not know raises ValueError."""

    impl = String(32)
    cache_ok = True

    def __init__(self, enumeration: type[E]) -> None:
        super().__init__()
        self.enumeration = enumeration

    def process_bind_param(self, value: E | None, _dialect: Dialect) -> str | None:
        return None if value is None else value.value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> E | None:
        return None if value is None else self.enumeration(value)


class Structs(TypeDecorator[S], Generic[S]):
    """A value of the domain as JSON, read back as the type it was made for."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: type[S]) -> None:
        super().__init__()
        self.shape = shape

    def process_bind_param(self, value: S | None, _dialect: Dialect) -> str:
        return msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> S | None:
        return None if value is None else msgspec.json.decode(value, type=self.shape)


class TextMap(TypeDecorator[dict[str, str]]):
    """A small map of texts as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, str] | None, _dialect: Dialect) -> str:
        return msgspec.json.encode(value or {}).decode()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> dict[str, str]:
        return msgspec.json.decode(value, type=dict[str, str]) if value else {}


class TextList(TypeDecorator[tuple[str, ...]]):
    """A few texts as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect) -> str:
        return msgspec.json.encode(value or ()).decode()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...]:
        return msgspec.json.decode(value, type=tuple[str, ...]) if value else ()
