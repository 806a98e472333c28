"""A document and what it belongs to, each seen on the page of the other."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from supportdesk.domain.changes import Gone, Page
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.entities import Document
from supportdesk.ui.document.pane import DocumentPane
from supportdesk.ui.screens.orders import OrderScreen
from supportdesk.ui.screens.ticket import TicketScreen
from tests.support.app import Desktop, demo_app
from tests.support.documents import MOMENT, document, give, papers
from tests.support.facts import order, ticket

SIGNED = "Second cash desk with scale · Signed by Mirko Petri on 14 November 2026"


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path) as desktop:
        desktop.window.resize(1280, 800)
        yield desktop


def signed(desktop: Desktop, concerns_id: str, id: str = "signed") -> Document:
    """The vendor has not sealed it yet."""
    fact = document(
        id,
        number="AN-1",
        concerns_id=concerns_id,
        state=DocumentState.SIGNED,
        answered_by_name="Mirko Petri",
        answered_at=MOMENT,
    )
    papers(desktop.workspace.store, desktop.workspace.store.folder, desktop.account_id, [fact])
    return fact


def page(desktop: Desktop, kind: type[QWidget]) -> QWidget:
    desktop.wait(lambda: any(each.isVisible() for each in desktop.window.findChildren(kind)), kind.__name__)
    return next(each for each in desktop.window.findChildren(kind) if each.isVisible())


def says(desktop: Desktop, within: QWidget, text: str) -> None:
    def labels() -> set[str]:
        return {each.text() for each in within.findChildren(QLabel) if each.isVisible()}

    desktop.wait(lambda: text in labels(), text)


def test_an_order_shows_that_it_was_signed_and_the_document_leads_back(desktop: Desktop) -> None:
    """By whom and on which day; both ways by a link."""
    give(desktop.workspace.store, desktop.account_id, order("204", "RET-9"))
    signed(desktop, "204")
    desktop.go("order", order_id="204")
    says(desktop, page(desktop, OrderScreen), SIGNED)
    desktop.click("Offer AN-1")
    found = page(desktop, DocumentPane)
    says(desktop, found, "Belongs to")
    says(desktop, found, "RET-9 · Received")
    link = desktop.find(QAbstractButton, "Order #204", found)
    desktop.wait(lambda: link.visibleRegion().boundingRect() == link.rect(), "all of it is in sight")
    desktop.click("Order #204")
    says(desktop, page(desktop, OrderScreen), SIGNED)


def test_a_ticket_shows_what_was_signed(desktop: Desktop) -> None:
    """Beside the conversation, and in what unfolds where there is no room beside it."""
    give(desktop.workspace.store, desktop.account_id, ticket("t9", number="20999"))
    signed(desktop, "t9")
    desktop.go("ticket", ticket_id="t9")
    says(desktop, page(desktop, TicketScreen), SIGNED)
    desktop.window.resize(800, 640)
    desktop.click("Details", page(desktop, TicketScreen))
    says(desktop, page(desktop, TicketScreen), SIGNED)
    desktop.click("Offer AN-1")
    desktop.window.resize(1280, 800)
    says(desktop, page(desktop, DocumentPane), "Printer · New: being prepared")


def test_an_offer_shows_the_one_that_follows_it(desktop: Desktop) -> None:
    """As soon as the vendor links it, and no more when it is gone."""
    first = document("first", number="AN-0")
    papers(desktop.workspace.store, desktop.workspace.store.folder, desktop.account_id, [first])
    desktop.go("document", document_id="first")
    found = page(desktop, DocumentPane)
    follower = signed(desktop, "first")
    says(desktop, found, SIGNED)
    give(
        desktop.workspace.store,
        desktop.account_id,
        msgspec.structs.replace(
            follower, state=DocumentState.DECLINED, answered_by_name="Gesa Petri", reason="Too late."
        ),
    )
    says(desktop, found, "Second cash desk with scale · Declined by Gesa Petri on 14 November 2026")
    gone, account_id = Page((Gone("document", "signed"),), "later", more=False), desktop.account_id
    desktop.workspace.write(lambda w: w.apply(account_id, gone)).result(20)
    desktop.wait(lambda: not desktop.has(QAbstractButton, "Offer AN-1"), "the link is gone")


def test_tab_reaches_the_link_before_the_conversation(desktop: Desktop) -> None:
    """Made later than the rest, it stands where one reads it."""
    give(desktop.workspace.store, desktop.account_id, order("204", "RET-9"))
    signed(desktop, "204")
    desktop.go("order", order_id="204")
    link = desktop.find(QAbstractButton, "Offer AN-1")
    slip = desktop.find(QAbstractButton, "Return slip (PDF)")
    slip.setFocus()
    for _key in range(10):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is link:
            return
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError("the link was not reached")
