"""A catalogue as people read it: its parts in their order, the ids first, which commands and tickets name."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from supportdesk.domain.catalogue import Catalogue, Choice, FieldKind, FormField
from supportdesk.domain.localtext import LocalText
from supportdesk.i18n import language

_GAP = "  "


def catalogue_lines(catalogue: Catalogue, default_language: str) -> Iterator[str]:
    for part in catalogue.__struct_fields__:
        value = getattr(catalogue, part)
        if isinstance(value, LocalText) and value:
            yield f"{part}: {value.get(language(), default_language)}"
        elif isinstance(value, tuple) and value:
            yield f"{part}:"
            yield from _entries(value, default_language, _GAP)


def _entries(entries: Iterable[Any], default_language: str, indent: str) -> Iterator[str]:
    """Of any part: all have an id, and words under one of two names."""
    for each in entries:
        words = each.label if isinstance(each, FormField) else each.name
        yield _GAP.join((indent + each.id, words.get(language(), default_language), *_remarks(each)))
        yield from _entries(getattr(each, "parts", ()), default_language, indent + _GAP)


def _remarks(entry: msgspec.Struct) -> Iterator[str]:
    """What is chosen about it besides its words: flags, the kind of an answer, to what it is limited."""
    for name in entry.__struct_fields__:
        value = getattr(entry, name)
        if value is True:
            yield f"[{name}]"
        elif isinstance(value, FieldKind):
            yield f"[{value.value}]"
        elif isinstance(value, tuple) and name != "parts" and value:
            ids = (each.id if isinstance(each, Choice) else each for each in value)
            yield f"[{name}: {', '.join(ids)}]"
