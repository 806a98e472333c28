"""An account all of whose texts are hostile: what its vendor sends is changed before the replica sees it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from typing import TypeVar

import msgspec
import pytest

from supportdesk.backends.local.backend import LocalBackend
from supportdesk.domain.capabilities import Capabilities
from supportdesk.domain.changes import Page
from supportdesk.domain.session import Welcome

T = TypeVar("T")
_NO_TEXT = {"id", "sha256", "media_type", "prefill", "cursor"}
_LISTS_OF_TEXT = {"labels"}


class Poison:
    """Deals the texts round and round, so that a replica with enough facts holds all of them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = cycle(texts)
        self.dealt = 0

    def into(self, thing: T) -> T:
        """A record with hostile texts where people's words were, deep in it, too; ids and kinds stay."""
        if not isinstance(thing, msgspec.Struct) or isinstance(thing, Capabilities):
            return thing
        given = {name: getattr(thing, name) for name in thing.__struct_fields__}
        changed = {name: self._value(name, value) for name, value in given.items()}
        return msgspec.structs.replace(thing, **changed)

    def _value(self, name: str, value: object) -> object:
        if type(value) is str:
            return value if not value or name in _NO_TEXT or name.endswith("_id") else self._text()
        if isinstance(value, dict):
            return {key: self._text() for key in value}
        if isinstance(value, tuple):
            return tuple(self._text() if name in _LISTS_OF_TEXT else self.into(each) for each in value)
        return self.into(value)

    def _text(self) -> str:
        self.dealt += 1
        return next(self._texts)


@contextmanager
def poisoned(texts: Sequence[str]) -> Iterator[Poison]:
    """Within it every embedded desk answers so."""
    poison = Poison(texts)
    pull, welcome = LocalBackend.pull, LocalBackend.welcome

    async def pulled(self: LocalBackend, cursor: str | None) -> Page:
        return poison.into(await pull(self, cursor))

    async def welcomed(self: LocalBackend) -> Welcome:
        return poison.into(await welcome(self))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LocalBackend, "pull", pulled)
        patch.setattr(LocalBackend, "welcome", welcomed)
        yield poison
