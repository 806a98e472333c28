"""The fake that other tests trust keeps what every backend promises."""

from datetime import timedelta

import pytest

from supportdesk.backends.base import Backend
from supportdesk.backends.contract import BackendContract, Login, World
from supportdesk.clock import uuid7
from supportdesk.domain.commands import CreateTicket
from supportdesk.domain.entities import Publication, Role
from supportdesk.domain.errors import Refused
from supportdesk.domain.status import Status
from tests.support.fake_backend import FakeBackend
from tests.support.fake_desk import FakeDesk

_PASSWORD = "correct-horse-1"


class FakeWorld:
    def __init__(self) -> None:
        self.desk = FakeDesk()
        self.customer = self._person("jana@practice.example", "practice")
        self.colleague = self._person("tom@practice.example", "practice", Role.ORGANISATION_ADMIN)
        self.admin: Login | None = self.colleague
        self.stranger = self._person("kim@elsewhere.example", "elsewhere")
        self.partner: Login | None = None
        self._staff = self.desk.add_person("mia@vendor.example", _PASSWORD, "vendor", Role.STAFF)

    def open(self) -> Backend:
        return FakeBackend(self.desk)

    def new_ticket(self, subject: str) -> CreateTicket:
        return CreateTicket(subject=subject, description="It does not print.")

    async def answer(self, ticket_id: str, body: str, status: Status | None = None) -> None:
        self.desk.say(self._staff, ticket_id, uuid7(), body)
        if status:
            self.desk.move(self._staff, ticket_id, status)

    async def note(self, ticket_id: str, body: str) -> None:
        """This desk has no internal notes."""

    async def subscribe(self, name: str) -> str:
        raise Refused(name)  # this desk has no subscriptions, and does not offer any

    async def ask_to_sign(self, title: str) -> str:
        raise Refused(title)  # nor documents

    async def withdraw_document(self, document_id: str) -> None:
        raise Refused(document_id)

    async def remove_article(self, order_id: str, article: int) -> None:
        raise Refused(order_id)  # nor orders

    async def add_order_file(self, order_id: str, content: bytes, name: str, article: int) -> None:
        raise Refused(order_id)

    async def remove_order_file(self, order_id: str, attachment_id: str) -> None:
        raise Refused(order_id)

    async def publish(self, publication: Publication) -> None:
        self.desk.publications[publication.id] = publication

    async def withdraw(self, publication_id: str) -> None:
        del self.desk.publications[publication_id]

    async def code_mailed_to(self, email: str) -> str | None:
        mailed = self.desk.accounts.mails.get(email, [])
        return mailed[-1] if mailed else None

    async def deactivate(self, login: Login) -> None:
        self.desk.deactivate(login.user)

    async def let_days_pass(self, days: int) -> None:
        self.desk.late += timedelta(days=days)

    def _person(self, user: str, organisation: str, role: Role = Role.CUSTOMER) -> Login:
        self.desk.add_person(user, _PASSWORD, organisation, role)
        return Login(user, _PASSWORD)


class TestFakeBackend(BackendContract):
    @pytest.fixture
    def world(self) -> World:
        return FakeWorld()
