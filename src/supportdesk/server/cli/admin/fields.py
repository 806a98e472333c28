"""Arguments of a command, drawn from the fields of the request that it makes."""

import argparse
import sys
from collections.abc import Container, Mapping
from datetime import UTC, date, datetime, time
from enum import Enum
from pathlib import Path
from typing import TypeVar, get_args

import msgspec
from msgspec.structs import FieldInfo

from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import OfficeRequest
from supportdesk.i18n import _
from supportdesk.server.cli.admin.words import fields as words

R = TypeVar("R", bound=OfficeRequest)

MAX_TEXT_CHARS = 1024 * 1024
STANDARD = Path("-")
"""In place of a file: standard input or output."""
_NOT_SAID = argparse.SUPPRESS
_LAST_DAYS = {"valid_until", "ends_at", "sign_by"}


def add(command: argparse.ArgumentParser, request: type[OfficeRequest], but: Container[str] = ()) -> None:
    """What a request needs comes in its order; what may be left out is an option."""
    told = words()
    for field in msgspec.structs.fields(request):
        if field.name not in but:
            _add(command, field, told.get(field.name))


def _add(command: argparse.ArgumentParser, field: FieldInfo, told: str | None) -> None:
    option = f"--{field.name.replace('_', '-')}"
    metavar = field.name.upper()
    if field.type is bool:
        command.add_argument(option, action="store_true", default=_NOT_SAID, help=told)
    elif field.required:
        command.add_argument(
            field.name, choices=_choices(field), metavar=metavar, help=told or _listed(field)
        )
    elif _is_tuple(field):
        command.add_argument(
            option,
            action="append",
            default=_NOT_SAID,
            choices=_choices(field),
            metavar=metavar,
            help=told or _listed(field),
        )
    else:
        command.add_argument(
            option, default=_NOT_SAID, choices=_choices(field), metavar=metavar, help=told or _listed(field)
        )


def _is_tuple(field: FieldInfo) -> bool:
    return getattr(field.type, "__origin__", None) is tuple


def _choices(field: FieldInfo) -> list[str] | None:
    for kind in (field.type, *get_args(field.type)):
        if isinstance(kind, type) and issubclass(kind, Enum):
            return [str(each.value) for each in kind]
    return None


def _listed(field: FieldInfo) -> str | None:
    choices = _choices(field)
    return ", ".join(choices) if choices else None


def made(request: type[R], said: Mapping[str, object]) -> R:
    """Of what was said; other names are left out. Raises InvalidInput."""
    known = {field.name: field for field in msgspec.structs.fields(request)}
    values = {name: _value(known[name], value) for name, value in said.items() if name in known}
    try:
        return msgspec.convert(values, request, strict=False)
    except msgspec.ValidationError as error:
        what, _at, key = str(error).partition(" - at `$.")
        name = key.rstrip("`")
        told = _("{name} is not right: {what}").format(name=name.replace("_", "-"), what=what)
        raise InvalidInput(told, field=name) from error


def _value(field: FieldInfo, said: object) -> object:
    if field.name == "body" and said == "-":
        return standard_input()
    if isinstance(said, str) and datetime in _bare_types(field):
        return _moment(said, field.name)
    return said


def _bare_types(field: FieldInfo) -> set[object]:
    alternatives = get_args(field.type) or (field.type,)
    return {getattr(each, "__origin__", each) for each in alternatives}


def standard_input() -> str:
    text = sys.stdin.read(MAX_TEXT_CHARS + 1)
    if len(text) > MAX_TEXT_CHARS:
        raise InvalidInput(_("The text is too long."), field="body")
    return text


def _moment(written: str, name: str) -> datetime:
    """On this computer's clock. Something is valid until the end of a day, else days begin at midnight."""
    try:
        day = date.fromisoformat(written) if len(written) == len("2027-01-31") else None
        if day is not None and name in _LAST_DAYS:
            return datetime.combine(day, time(23, 59)).astimezone(UTC)
        return datetime.fromisoformat(written).astimezone(UTC)
    except ValueError as error:
        text = _("“{written}” is not a day or moment; write it like 2027-01-31 or 2027-01-31T08:00.")
        raise InvalidInput(text.format(written=written), field=name) from error
