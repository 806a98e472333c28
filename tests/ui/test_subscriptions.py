"""Subscriptions in the running window."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from supportdesk.app.settings import SUBSCRIPTIONS_CLOSED
from supportdesk.app.subscription_tree import Node, tree
from supportdesk.app.subscriptions import SubscriptionsState
from supportdesk.clock import now
from supportdesk.ui.conversation.pane import ConversationPane
from supportdesk.ui.screens.report.screen import ReportScreen
from supportdesk.ui.screens.subscription import SubscriptionScreen
from supportdesk.ui.screens.subscriptions.answer_bar import AnswerBar
from supportdesk.ui.screens.subscriptions.key_line import KeyLine
from supportdesk.ui.screens.subscriptions.pane import SubscriptionPane
from supportdesk.ui.screens.subscriptions.tree_view import SubscriptionTree
from supportdesk.ui.secret_clipboard import secret_clipboard
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.text_label import PageTitle, TextLabel
from tests.support.app import Desktop, demo_app
from tests.unit.test_subscriptions import row

KEY = "TWK3-88PD-Q2LM-0XZ7-R5HV"
CARD = "License key, Tallwerk Kasse"


@pytest.fixture(autouse=True)
def _empty_clipboard(qapp: QApplication) -> Iterator[None]:
    theme()  # before the first widget, as the program does
    yield
    secret_clipboard().clear()


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path, "retail") as desktop:
        desktop.window.resize(1120, 760)
        desktop.go("subscriptions")
        desktop.wait(lambda: bool(tree_of(desktop).first()), "the tree is there")
        yield desktop


def tree_of(desktop: Desktop) -> SubscriptionTree:
    return desktop.find(SubscriptionTree, "Subscriptions")


def node(desktop: Desktop, title: str) -> Node:
    view = tree_of(desktop)
    index = view.model().index(0, 0)
    while index.isValid():
        found = view.tree.node(index)
        if found is not None and found.title == title:
            return found
        index = view.indexBelow(index)
    raise AssertionError(title)


def search(desktop: Desktop, text: str) -> None:
    field = desktop.find(SearchField, "Search subscriptions")
    field.setText(text)
    field.search_now()
    desktop.settle()


W = TypeVar("W", bound=QWidget)


def part(within: QWidget, kind: type[W]) -> W:
    found = within.findChild(kind)
    assert found is not None
    return found


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(TextLabel) if label.isVisible()]


def test_what_is_searched_is_answered_and_shown(desktop: Desktop) -> None:
    """In plain words above the tree; what was meant stands beside it, with its facts and its key."""
    search(desktop, "Is the Tallwerk Kasse installed?")
    answer = desktop.find(AnswerBar, part(desktop.window, AnswerBar).text())
    assert answer.text().startswith("Yes: 4 × Tallwerk Kasse, active since ")
    assert not desktop.has(QWidget, "Ask about it")
    pane = part(desktop.window, SubscriptionPane)
    desktop.wait(lambda: part(pane, PageTitle).text() == "Tallwerk Kasse", "it stands beside the tree")
    assert {"156,00 € im Monat", "K-1000", "4"} <= set(texts(pane.about))
    assert KEY not in "\n".join(texts(pane))
    desktop.click("Copy", desktop.find(KeyLine, CARD))
    assert QGuiApplication.clipboard().text() == KEY
    desktop.find(QWidget, "Copied. The clipboard is cleared in 60 s")


def test_what_stands_beside_the_tree_is_in_it(desktop: Desktop) -> None:
    """Where a search finds nothing, nothing stands beside it; afterwards the first one does, as it did at
    once in the beginning: nobody is asked to choose from what is not there, or while one is on its way."""
    view, pane = tree_of(desktop), part(desktop.window, SubscriptionPane)
    assert pane.presenter.key == (desktop.account_id, view.first())
    desktop.wait(lambda: pane.presenter.state.view is not None, "the first one is offered")
    search(desktop, "Zeiterfassung")
    desktop.wait(lambda: pane.presenter.state.view is None, "nothing stands there")
    assert not desktop.has(QWidget, "No subscription selected")
    search(desktop, "")
    title = view.tree.node(view.tree.index_of(view.first()))
    assert title is not None
    desktop.wait(lambda: part(pane, PageTitle).text() == title.title, "the first one again")


def test_what_is_not_there_can_be_asked_for(desktop: Desktop) -> None:
    """A report begins, with what was searched in its subject; something similar is named."""
    search(desktop, "Kasenbuch")
    assert part(desktop.window, AnswerBar).text() == "Not ordered; similar: Tagesabschluss und Kassenbuch"
    search(desktop, "Zeiterfassung")
    assert any("Zeiterfassung" in text for text in texts(desktop.window))
    desktop.click("Ask about it")
    report = part(desktop.window, ReportScreen)
    desktop.wait(lambda: report is not None and report.isVisible(), "the report is open")


def test_what_is_closed_stays_closed(desktop: Desktop) -> None:
    """By a key, by the button for all, and the next time."""
    view = tree_of(desktop)
    id = node(desktop, "Tallwerk Kasse").id
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.select(id)
    QTest.keyClick(view, Qt.Key.Key_Left)
    desktop.settle()
    assert json.loads(desktop.workspace.settings.get(SUBSCRIPTIONS_CLOSED)) == [id]
    search(desktop, "Handscanner")
    assert view.isExpanded(view.tree.index_of(id))
    search(desktop, "Finanzbuchhaltung")
    search(desktop, "")
    assert not view.isExpanded(view.tree.index_of(id))
    desktop.click("Expand all")
    assert view.isExpanded(view.tree.index_of(id))
    desktop.click("Collapse all")
    assert not any(view.isExpanded(index) for index in view.tree.wholes())


def test_an_arrow_is_pressed_where_it_is_painted(desktop: Desktop) -> None:
    """Once closes, once more opens; a click on the row beside it chooses."""
    view = tree_of(desktop)
    index = view.tree.index_of(view.first())
    assert view.isExpanded(index)
    row = view.visualRect(index)
    for expanded in (False, True):
        place = QPoint(row.left() + 10, row.center().y())
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert view.isExpanded(index) is expanded


def test_it_is_talked_about(desktop: Desktop) -> None:
    """What was said is there, and an answer goes into the outbox of this very subscription."""
    view = tree_of(desktop)
    id = node(desktop, "Tallwerk Kasse").id
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.setCurrentIndex(view.tree.index_of(id))
    pane = part(desktop.window, SubscriptionPane)
    desktop.wait(lambda: pane.presenter.key[1] == id and bool(pane.presenter.state.entries), "it is there")
    box = part(part(desktop.window, ConversationPane).reply, QPlainTextEdit)
    desktop.type_into(box, "Bitte noch einen Platz.")
    desktop.click("Send reply")
    account_id = desktop.account_id
    view_of = desktop.workspace.read(lambda reader: reader.item(account_id, id)).result(30)
    said = [*(each.body for each in view_of.pending), *(each.body for each in view_of.messages)]
    assert "Bitte noch einen Platz." in said


def test_a_license_key_leads_to_what_it_was_ordered_with(desktop: Desktop) -> None:
    """From its card to the subscription, which has it, too."""
    desktop.go("license_keys")
    desktop.click("Subscription: Onlineshop-Anbindung")
    page = desktop.find(SubscriptionScreen, "Subscription")
    desktop.wait(lambda: part(page, PageTitle).text() == "Onlineshop-Anbindung", "it is open")
    desktop.find(KeyLine, "License key, Onlineshop-Anbindung")


def test_narrow_windows_give_it_a_page_of_its_own(desktop: Desktop) -> None:
    """Enter opens it, and the way back leads to the tree."""
    desktop.window.resize(720, 560)
    desktop.settle()
    view = tree_of(desktop)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.setCurrentIndex(view.tree.index_of(node(desktop, "Finanzbuchhaltung").id))
    QTest.keyClick(view, Qt.Key.Key_Return)
    desktop.settle()
    page = desktop.find(SubscriptionScreen, "Subscription")
    desktop.wait(lambda: part(page, PageTitle).text() == "Finanzbuchhaltung", "it is open")


def test_ten_thousand_rows_are_there_at_once(qapp: QApplication) -> None:
    """Shown, opened and scrolled to the end without waiting."""
    rows = [row(str(n), f"Module {n}", str(n - n % 40) if n % 40 else "") for n in range(10_000)]
    roots = tree(rows, "petri", now())
    view = SubscriptionTree(30)
    view.resize(424, 640)
    begun = now()
    view.render_state(SubscriptionsState(roots=roots, shown=roots, total=len(rows), loaded=True), "")
    view.show()
    view.scrollToBottom()
    view.grab()
    assert (now() - begun).total_seconds() < 5
    assert view.isExpanded(view.tree.index_of("0"))
    view.close()
