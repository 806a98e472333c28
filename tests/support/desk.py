"""A small embedded desk with two organisations, as the world in which the backend contract is run."""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Table, func, select

from supportdesk import clock
from supportdesk.backends.base import Backend
from supportdesk.backends.contract import Login
from supportdesk.backends.local import EmbeddedDesk, borrowed, open_backend
from supportdesk.desk.accounts import access, accounts, passwords
from supportdesk.desk.correspondence import mailbox
from supportdesk.desk.office import administration, documents, order_work, publishing, staff, subscriptions
from supportdesk.desk.office.by import By
from supportdesk.desk.store import database, seal_identity, settings
from supportdesk.desk.store.address import Address
from supportdesk.desk.store.database import DeskConnection, reading, writing
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import people
from supportdesk.desk.visibility.actors import Actor
from supportdesk.desk.visibility.facts import View
from supportdesk.domain.catalogue import Catalogue, Priority, Service, TicketType
from supportdesk.domain.commands import CreateTicket
from supportdesk.domain.entities import KeyKind, LicenseKey, Publication, Role
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.office_documents import AddDocument, WithdrawDocument
from supportdesk.domain.office_orders import AddOrderFiles, RemoveArticle, RemoveOrderFile
from supportdesk.domain.office_subscriptions import AddSubscription
from supportdesk.domain.profile import Links, Logo, Profile, SignIn, Support
from supportdesk.domain.status import Status
from tests.support.mails import code_in, mails_in, text_of
from tests.support.pdfs import FORM, form_pdf

T = TypeVar("T")

PASSWORD = "correct-horse-1"
CUSTOMER = "jana@practice.example"
COLLEAGUE = "tom@practice.example"
STRANGER = "kim@elsewhere.example"
PARTNER = "pat@partner.example"
STAFF = "mia@vendor.example"
PRICE = "canary-price-9e4"
"""Of every subscription; no customer gets it, because the profile shows no prices."""

CATALOGUE = Catalogue(
    services=(Service(id="printing", name=LocalText(en="Printing")),),
    types=(
        TicketType(id="unclassified", name=LocalText(en="Unclassified"), until_chosen=True),
        TicketType(id="incident", name=LocalText(en="Incident")),
    ),
    priorities=(
        Priority(
            id="normal", name=LocalText(en="Normal"), guidance=LocalText(en="Usual"), rank=1, preset=True
        ),
        Priority(id="high", name=LocalText(en="High"), guidance=LocalText(en="Standstill"), rank=2),
    ),
)

ALL_MODULES = (
    "information",
    "report",
    "tickets",
    "reopen",
    "newsletter",
    "license_keys",
    "articles",
    "colleagues",
    "documents",
    "orders",
    "subscriptions",
)
OPEN_DOOR = SignIn(forgot_password=True, sign_up="open", report_without_sign_in=True)


def small_profile(
    modules: tuple[str, ...] = ALL_MODULES, catalogue: Catalogue = CATALOGUE, sign_in: SignIn = OPEN_DOOR
) -> Profile:
    return Profile(
        id="small",
        name="Small Vendor",
        short_name="Small",
        languages=("en",),
        default_language="en",
        brand_colour="#0c6b73",
        logo=Logo(icon="ticket"),
        modules=modules,
        catalogue=catalogue,
        sign_in=sign_in,
        support=Support(email="help@vendor.example"),
        links=Links(privacy=LocalText(en="https://vendor.example/privacy")),
    )


def add_people(connection: DeskConnection, now: datetime) -> None:
    organisation = partial(administration.add_organisation, connection, now=now)
    partner = organisation("Partner")
    practice = organisation("Practice", partner_id=partner)
    elsewhere, vendor = organisation("Elsewhere"), organisation("Vendor")
    person = partial(add_person, connection, password=PASSWORD, now=now)
    person(user=CUSTOMER, name="Jana", organisation_id=practice, role=Role.CUSTOMER)
    person(user=COLLEAGUE, name="Tom", organisation_id=practice, role=Role.ORGANISATION_ADMIN)
    person(user=STRANGER, name="Kim", organisation_id=elsewhere, role=Role.CUSTOMER)
    person(user=PARTNER, name="Pat", organisation_id=partner, role=Role.PARTNER)
    key = LicenseKey(id=clock.uuid7(), key_kind=KeyKind.LICENSE, product="Suite", key="AAAA-BBBB")
    administration.give_key(connection, practice, key, now)
    person(user=STAFF, name="Mia", organisation_id=vendor, role=Role.STAFF)


def add_person(
    connection: DeskConnection,
    *,
    user: str,
    password: str,
    name: str,
    organisation_id: str,
    role: Role,
    now: datetime,
    email: str = "",
) -> str:
    """Somebody who can sign in at once; returns their id."""
    newcomer = accounts.Newcomer(
        user=user,
        name=name,
        email=email,
        organisation_id=organisation_id,
        role=role,
        password_hash=passwords.hashed(password),
    )
    with writing(connection):
        return accounts.enrol(connection, newcomer, "", now)


@cache
def _furnished() -> bytes:
    """The database of a desk with its people, made once: hashing passwords takes its time."""
    with tempfile.TemporaryDirectory() as name:
        with closing(database.opened(Path(name))) as connection:
            add_people(connection, clock.now())
            seal_identity.prepare(connection, "Small Vendor", clock.now())
        return (Path(name) / "desk.db").read_bytes()


def furnish(folder: Path) -> Path:
    """Puts a desk with its people there; where one is already, that one stays."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "desk.db").exists():
        (folder / "desk.db").write_bytes(_furnished())
    return folder


@contextmanager
def furnished(address: Address) -> Iterator[DeskConnection]:
    """The desk of `add_people`, opened in this thread. An address on PostgreSQL has it already."""
    if isinstance(address, Path):
        furnish(address)
    with closing(database.opened(address)) as connection:
        settings.keep(connection, settings.settings_of(small_profile()))
        yield connection


def view_of(connection: DeskConnection, user: str) -> View:
    """The desk as this person sees it."""
    with reading(connection):
        query = people.select().where(people.c.user_name == access.user_name(user))
        row = connection.execute(query).mappings().one()
        actor = Actor(person_id=row["id"], organisation_id=row["organisation_id"], role=row["role"])
        return View(actor, settings.load(connection))


class LocalWorld:
    """A desk with a customer, a colleague, a stranger, a partner of the customer's, and staff."""

    def __init__(self, profile: Profile, folder: Path, desk: EmbeddedDesk) -> None:
        self.profile = profile
        self.folder = folder
        self.desk = desk
        self.customer = Login(CUSTOMER, PASSWORD)
        self.colleague = Login(COLLEAGUE, PASSWORD)
        self.admin: Login | None = self.colleague
        self.stranger = Login(STRANGER, PASSWORD)
        self.partner: Login | None = Login(PARTNER, PASSWORD)
        self.staff_id = self.now_do(partial(person_of, user=STAFF))

    def open(self) -> Backend:
        return open_backend(self.profile, self.folder)

    def new_ticket(self, subject: str) -> CreateTicket:
        return CreateTicket(subject=subject, description="It does not print.")

    async def answer(self, ticket_id: str, body: str, status: Status | None = None) -> None:
        await self.do(
            partial(staff.answer, staff_id=self.staff_id, conversation_id=ticket_id, body=body, status=status)
        )

    async def note(self, ticket_id: str, body: str) -> None:
        await self.do(partial(staff.note, staff_id=self.staff_id, conversation_id=ticket_id, body=body))

    async def subscribe(self, name: str) -> str:
        number = clock.uuid7()
        request = AddSubscription(organisation="Practice", number=number, name=name, price=PRICE)
        return await self.do(lambda desk, now: subscriptions.add(desk, request, By(self.staff_id, now)).id)

    async def ask_to_sign(self, title: str) -> str:
        number = clock.uuid7()

        def work(desk: DeskConnection, files: Files, now: datetime) -> str:
            pdf = form_pdf()
            keep = partial(staff.stored, desk, files, self.staff_id, pdf, now)
            file = keep(name="offer.pdf", media_type="application/pdf")
            request = AddDocument("Practice", number, title, file)
            return documents.add(desk, request, By(self.staff_id, now), FORM).id

        files = await asyncio.wrap_future(self.desk.contents(lambda files: files))
        return await self.do(partial(work, files=files))

    async def withdraw_document(self, document_id: str) -> None:
        def work(desk: DeskConnection, now: datetime) -> None:
            documents.withdraw(desk, WithdrawDocument(document_id), By(self.staff_id, now))

        await self.do(work)

    async def remove_article(self, order_id: str, article: int) -> None:
        request = RemoveArticle(order_id, article)
        await self.do(lambda desk, now: order_work.remove_article(desk, request, By(self.staff_id, now)))

    async def add_order_file(self, order_id: str, content: bytes, name: str, article: int) -> None:
        def work(desk: DeskConnection, files: Files, now: datetime) -> None:
            keep = partial(staff.stored, desk, files, self.staff_id, content, now)
            file = keep(name=name, media_type="text/plain")
            order_work.add_files(desk, AddOrderFiles(order_id, article, (file,)), By(self.staff_id, now))

        files = await asyncio.wrap_future(self.desk.contents(lambda files: files))
        await self.do(partial(work, files=files))

    async def remove_order_file(self, order_id: str, attachment_id: str) -> None:
        request = RemoveOrderFile(order_id, attachment_id)
        await self.do(lambda desk, now: order_work.remove_file(desk, request, By(self.staff_id, now)))

    async def publish(self, publication: Publication) -> None:
        await self.do(partial(publishing.publish, publication=publication))

    async def withdraw(self, publication_id: str) -> None:
        await self.do(partial(publishing.withdraw, publication_id=publication_id))

    async def code_mailed_to(self, email: str) -> str | None:
        folder = self.folder / "mailbox"
        await self.do(partial(mailbox.deliver_waiting, folder=folder))
        found = [mail for mail in mails_in(folder) if mail["To"] == email]
        return code_in(text_of(found[-1])) if found else None

    async def deactivate(self, login: Login) -> None:
        person_id = await asyncio.wrap_future(self.desk.database(partial(person_of, user=login.user)))
        await self.do(partial(administration.set_active, person_id=person_id, active=False))

    async def let_days_pass(self, days: int) -> None:
        earlier = self.desk.clock

        def later() -> datetime:
            return earlier() + timedelta(days=days)

        self.desk.clock = later

    async def do(self, work: Callable[..., T]) -> T:
        """Runs a function of the vendor's side on the desk's thread, at the desk's time."""
        return await asyncio.wrap_future(self._submit(work))

    def now_do(self, work: Callable[[DeskConnection], T]) -> T:
        return self.desk.database(work).result()

    def _submit(self, work: Callable[..., T]) -> Future[T]:
        return self.desk.database(lambda connection: work(connection, now=self.desk.clock()), changes=True)


def count_of(connection: DeskConnection, table: Table) -> int:
    with reading(connection):
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def set_password(connection: DeskConnection, person_id: str, password: str, now: datetime) -> None:
    """Without a code or the earlier one; signs the person out everywhere."""
    with writing(connection):
        accounts.set_password(connection, person_id, passwords.hashed(password), now)


def person_of(connection: DeskConnection, user: str) -> str:
    with reading(connection):
        query = people.select().where(people.c.user_name == access.user_name(user))
        return str(connection.execute(query).mappings().one()["id"])


@contextmanager
def local_world(
    folder: Path, profile: Profile | None = None, address: Address | None = None
) -> Iterator[LocalWorld]:
    """`address` is that of a database that is furnished already."""
    profile = profile or small_profile()
    if address is None:
        furnish(folder)
    with borrowed(profile, folder, address) as desk:
        desk.page_rows = 7  # many small pages
        yield LocalWorld(profile, folder, desk)
