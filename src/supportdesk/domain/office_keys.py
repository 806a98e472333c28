"""What the vendor's people ask about license keys."""

from datetime import datetime

import msgspec

from supportdesk.domain.entities import KeyKind
from supportdesk.domain.office import ListRequest, Moment, OfficeRequest


class AddKey(OfficeRequest, frozen=True):
    organisation: str
    product: str
    key: str
    key_kind: KeyKind = KeyKind.LICENSE
    note: str = ""
    valid_until: Moment | None = None

    def __repr__(self) -> str:
        return f"AddKey(product={self.product!r})"


class WithdrawKey(OfficeRequest, frozen=True):
    id: str


class ListKeys(ListRequest, frozen=True):
    organisation: str = ""


class KeyRow(msgspec.Struct, frozen=True):
    id: str
    organisation: str
    product: str
    key: str
    key_kind: KeyKind
    note: str
    valid_until: datetime | None

    def __repr__(self) -> str:
        return f"KeyRow(id={self.id!r})"


class Keys(msgspec.Struct, frozen=True):
    keys: tuple[KeyRow, ...]
