"""What is printed and laid into the parcel, so that the vendor knows whose it is."""

from datetime import datetime

import msgspec

from supportdesk import i18n
from supportdesk.app import code128
from supportdesk.domain.catalogue import Catalogue, Choice
from supportdesk.domain.entities import Order
from supportdesk.domain.orders import remaining
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _


class SlipLine(msgspec.Struct, frozen=True):
    number: str
    name: str
    serial_number: str
    quantity: int
    fault: str
    condition: str


class Slip(msgspec.Struct, frozen=True):
    vendor: str
    contact: str
    """Phone and e-mail of the vendor."""
    number: str
    reference: str
    ordered_at: datetime
    kind: str
    sender: tuple[str, ...]
    """Organisation and person."""
    note: str
    lines: tuple[SlipLine, ...]
    code: str
    """What the bar code says; '' where it can say nothing."""

    @property
    def file_name(self) -> str:
        return _("Return slip {number}").format(number=self.number) + ".pdf"


def slip_of(order: Order, profile: Profile, catalogue: Catalogue) -> Slip:
    return Slip(
        vendor=profile.name,
        contact=" · ".join(part for part in (profile.support.phone, profile.support.email) if part),
        number=order.number,
        reference=order.reference,
        ordered_at=order.created_at,
        kind=choice_name(catalogue.order_kinds, order.order_kind, profile),
        sender=(order.organisation_name, order.requester_name),
        note=order.note,
        lines=tuple(
            SlipLine(
                each.number,
                each.name,
                each.serial_number,
                each.quantity,
                choice_name(catalogue.order_faults, each.fault, profile),
                choice_name(catalogue.order_conditions, each.condition, profile),
            )
            for each in remaining(order.articles)
        ),
        code=order.number if code128.can_be_coded(order.number) else "",
    )


def choice_name(choices: tuple[Choice, ...], chosen: str, profile: Profile) -> str:
    """In the language of the moment; what was chosen itself where the vendor no longer offers it."""
    for choice in choices:
        if choice.id == chosen:
            return profile.text(choice.name, i18n.language())
    return chosen
