"""The vendor of the demo: gives customers something to talk about, sign and decline, and seals quickly."""

from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
from sqlalchemy import Connection, select

from supportdesk.clock import now
from supportdesk.desk.conversations import sealing
from supportdesk.desk.demo import seeding
from supportdesk.desk.demo.content import load_demo_content
from supportdesk.desk.office import documents, staff, subscriptions
from supportdesk.desk.office.by import By
from supportdesk.desk.store.address import Address
from supportdesk.desk.store.database import opened, reading
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import people
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import Role
from supportdesk.domain.office_documents import AddDocument
from supportdesk.domain.office_subscriptions import AddSubscription
from supportdesk.domain.profile import Profile
from supportdesk.pdf import apart, filling
from supportdesk.server.seals import sealer
from tests.support.pdfs import FORM, form_pdf

_SUBSCRIPTIONS = 4
_CLAIM = timedelta(seconds=1)
_PAUSES = (timedelta(seconds=1),)
_INTERVAL_S = 0.2


class Matters(msgspec.Struct, frozen=True):
    """Ids of what the vendor gave to the customer."""

    subscriptions: tuple[str, ...]
    documents: tuple[str, ...]
    """To be signed or declined, all with the same file."""
    file_sha256: str


def furnish(profile: Profile, address: Address, files: Path, number_of_documents: int) -> Matters:
    """Fills an empty desk with the demo of the profile, and gives its customer something to do."""
    content, kept = load_demo_content(profile.id), Files(files)
    with closing(opened(address)) as desk:
        seeding.seed(desk, kept, profile, content, now())
        by, organisation = _vendor_and_customer(desk, content.demo_customer().email)
        subscribed = tuple(_subscribe(desk, organisation, number, by) for number in range(_SUBSCRIPTIONS))
        keep = partial(staff.stored, desk, kept, by.person_id, form_pdf(), by.now)
        file = keep(name="offer.pdf", media_type="application/pdf")
        ask = partial(_ask_to_sign, desk, organisation, by, file)
        return Matters(subscribed, tuple(ask(number) for number in range(number_of_documents)), file.sha256)


def _vendor_and_customer(desk: Connection, email: str) -> tuple[By, str]:
    """One of the vendor's people, and the customer's organisation."""
    with reading(desk):
        mia = desk.execute(select(people.c.id).where(people.c.role == Role.STAFF).limit(1)).scalar_one()
        theirs = select(people.c.organisation_id).where(people.c.email == email)
        return By(mia, now()), desk.execute(theirs).scalar_one()


def _subscribe(desk: Connection, organisation: str, number: int, by: By) -> str:
    wanted = AddSubscription(organisation, f"chaos-{number}", f"Module {number}")
    return subscriptions.add(desk, wanted, by).id


def _ask_to_sign(desk: Connection, organisation: str, by: By, file: FileRef, number: int) -> str:
    wanted = AddDocument(organisation, f"chaos-{number}", f"Offer {number}", file)
    return documents.add(desk, wanted, by, FORM).id


def seal_quickly(*, here: bool = False) -> None:
    """In this process: what a kill interrupts is taken up again at once.

    `here`: pages are made in this very process, because its life is shorter than the start of another one.
    """
    sealing.CLAIM, sealing._PAUSES, sealer.INTERVAL_S = _CLAIM, _PAUSES, _INTERVAL_S
    if here:
        apart.fill = filling.fill
