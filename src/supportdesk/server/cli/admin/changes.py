"""What a changed profile changes about a desk."""

from collections.abc import Iterator

import msgspec
from msgspec.structs import asdict, replace

from supportdesk.desk.store.settings import DeskSettings
from supportdesk.domain.catalogue import Catalogue, Service
from supportdesk.i18n import _


class Change(msgspec.Struct, frozen=True):
    change: str
    """'added', 'removed' or 'changed'."""
    part: str
    id: str = ""
    """'' for the part as a whole: its order, or what has no ids."""

    def in_words(self) -> str:
        told = {
            "added": _("{what} was added."),
            "removed": _("{what} was removed."),
            "changed": _("{what} has changed."),
        }
        return told[self.change].format(what=f"“{self.id}” ({self.part})" if self.id else f"“{self.part}”")


class Changes(msgspec.Struct, frozen=True):
    changes: tuple[Change, ...]


def changes(before: DeskSettings, after: DeskSettings) -> Changes:
    parts = {name: (value, getattr(after, name)) for name, value in asdict(before).items()}
    del parts["catalogue"]
    for name in Catalogue.__struct_fields__:
        parts[name] = getattr(before.catalogue, name), getattr(after.catalogue, name)
    return Changes(tuple(each for name, (old, new) in parts.items() for each in _of_part(name, old, new)))


def _of_part(name: str, old: object, new: object) -> Iterator[Change]:
    if old == new:
        return
    there, wanted = _by_id(old), _by_id(new)
    told = [Change("added", name, id) for id in wanted if id not in there]
    told += [Change("removed", name, id) for id in there if id not in wanted]
    told += [Change("changed", name, id) for id in wanted if id in there and there[id] != wanted[id]]
    yield from told or [Change("changed", name)]


def _by_id(value: object) -> dict[str, object]:
    """Of a list; headings of services without their parts, which stand beside them."""
    found: dict[str, object] = {}
    for each in value if isinstance(value, tuple) else ():
        if isinstance(each, Service):
            found |= {each.id: replace(each, parts=()), **_by_id(each.parts)}
        else:
            found[str(getattr(each, "id", each))] = each
    return found
