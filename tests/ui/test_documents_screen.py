"""Documents in the real window: found in the list, filled in on the page, signed, declined."""

import ctypes
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDateEdit,
    QFocusFrame,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from supportdesk.app.flows.signing import Required
from supportdesk.app.settings import LANGUAGE, TEXT_PERCENT, THEME
from supportdesk.domain.documents import Box, DocumentForm, DocumentState, PageSize
from supportdesk.domain.projections import Link
from supportdesk.ui.conversation.delivery_card import DeliveryCard
from supportdesk.ui.document.decline_window import DeclineWindow
from supportdesk.ui.document.page_field import RING, PageField
from supportdesk.ui.document.pane import DocumentPane
from supportdesk.ui.document.required_row import RequiredRow
from supportdesk.ui.screens.documents import DocumentsScreen
from supportdesk.ui.shell.geometry import MINIMUM_SIZE, START_SIZE
from supportdesk.ui.signature.ink_pad import InkPad
from supportdesk.ui.signature.window import SignatureWindow
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.toast import Toast
from tests.support.active_pdf import active_pdf
from tests.support.app import Desktop, demo_app
from tests.support.documents import document, file_of, give, papers, place
from tests.support.double_click import second_half_of_a_double_click
from tests.support.pdfs import FORM
from tests.support.seen import nameless_controls

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    """With documents whose files are here already."""
    with demo_app(tmp_path) as desktop:
        desktop.window.resize(1120, 760)
        documents = [document(name) for name in ("first", "second")]
        papers(desktop.workspace.store, tmp_path, desktop.account_id, documents)
        yield desktop


def show(desktop: Desktop, document_id: str) -> DocumentPane:
    desktop.go("document", document_id=document_id)
    pane = desktop.window.findChildren(DocumentPane)[0]
    desktop.wait(
        lambda: pane.presenter.key[1] == document_id and bool(pane.presenter.state.pages.sizes), "the pages"
    )
    desktop.settle()
    return pane


def field(pane: DocumentPane, name: str) -> PageField:
    found = pane.viewer.sheets.form.place_of(name)
    assert isinstance(found, PageField)
    return found


def fill(desktop: Desktop, pane: DocumentPane) -> None:
    pane.presenter.answer("start", "2026-12-01")
    pane.presenter.answer("terms", "yes")
    desktop.settle()


def test_from_the_list_to_fields_that_are_real_controls(desktop: Desktop) -> None:
    """States tell how many there are; who cannot see the reddish ground hears what is required and empty."""
    desktop.go("documents")
    screen = desktop.window.findChildren(DocumentsScreen)[0]
    desktop.wait(lambda: screen.presenter.state.counts.get(DocumentState.TO_SIGN) == 2, "the rows")
    assert "(2)" in desktop.find(QComboBox, "Status", screen).itemText(1)
    rows = desktop.find(QListView, "Documents", screen)
    rows.setCurrentIndex(rows.model().index(0, 0))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    desktop.settle()
    pane = show(desktop, screen.presenter.state.rows[0].id)
    start, number = field(pane, "start").control, field(pane, "number").control
    assert (start.accessibleName(), start.accessibleDescription()) == ("Start", "Required, empty")
    assert isinstance(number, QLineEdit)
    assert number.text() == "A 17"
    desktop.type_into(number, "!")
    assert pane.presenter.state.filling.values["number"] == "A 17!"
    assert not nameless_controls(pane)
    fields_follow_the_zoom(desktop, pane)


@pytest.mark.parametrize("look", ["light", "dark", "high-contrast"])
def test_answers_are_written_with_the_ink_of_paper(desktop: Desktop, look: str) -> None:
    """Also a date, whose line is a control of its own: bright ink of a dark window is not seen on paper."""
    desktop.workspace.settings.set(THEME, look)
    desktop.settle()
    pane = show(desktop, "first")
    fill(desktop, pane)
    lines = [line for line in pane.viewer.sheets.findChildren(QLineEdit) if line.isVisible()]
    assert lines
    assert {line.palette().text().color().name() for line in lines} == {theme().document.text.name()}


def test_small_pages_stand_beside_the_document_in_the_window_as_it_opens_first(
    desktop: Desktop, tmp_path: Path
) -> None:
    """Of a long one: they lead to their pages, and a page keeps the room for its whole width."""
    desktop.window.resize(START_SIZE)
    long = document("long", replace(FORM, pages=(*FORM.pages, FORM.pages[-1])))
    papers(desktop.workspace.store, tmp_path, desktop.account_id, [long])
    assert len(show(desktop, "first").presenter.state.pages.sizes) == 2
    assert not desktop.has(QListWidget, "Pages in small")
    pane = show(desktop, "long")
    small = desktop.find(QListWidget, "Pages in small", pane)
    assert small.count() == len(pane.presenter.state.pages.sizes) == 3
    assert pane.viewer.sheets.width() <= pane.viewer.width()
    small.itemClicked.emit(small.item(1))
    desktop.settle()
    assert pane.viewer.verticalScrollBar().value() > 0


def fields_follow_the_zoom(desktop: Desktop, pane: DocumentPane) -> None:
    """Twice the zoom, twice the size, at twice the way from the corner of the page."""
    places = []
    for percent in (50, 100, 200):
        pane.viewer.set_zoom(percent)
        nothing_stands_beside(pane)
        desktop.settle()
        place, page = field(pane, "number").geometry(), pane.viewer.sheets.geometry_of_pages.pages[0]
        places.append((place.width() - 2 * RING, place.x() + RING - page.x()))
        nothing_stands_beside(pane)
        for kind in ("start", "number", "pay"):
            placed = field(pane, kind)
            assert placed.rect().adjusted(RING, RING, -RING, -RING).contains(placed.control.geometry())
        date = field(pane, "start").control
        assert isinstance(date, QDateEdit)
        assert date.lineEdit().font().pixelSize() == field(pane, "number").control.font().pixelSize()
    for (small_width, small_x), (width, x) in pairwise(places):
        assert abs(width - 2 * small_width) <= 3
        assert abs(x - 2 * small_x) <= 3


def test_the_buttons_of_the_zoom_stay_where_they_are(desktop: Desktop) -> None:
    """However many digits the percentage between them has, also in larger text."""
    pane = show(desktop, "first")
    for size in (100, 115):
        desktop.workspace.settings.set(TEXT_PERCENT, size)
        places = set()
        for percent in (75, 111, 400):
            pane.viewer.set_zoom(percent)
            desktop.settle()
            zooms = [desktop.find(QAbstractButton, name, pane) for name in ("Zoom out", "Zoom in")]
            places.add(tuple(each.mapTo(pane, QPoint()).toTuple() for each in zooms))
        assert len(places) == 1
    theme().apply(scale=1.0)


def nothing_stands_beside(pane: DocumentPane) -> None:
    """While the picture of a page still has its former size, too."""
    sheets = pane.viewer.sheets
    painted, page = sheets.grab().toImage(), sheets.geometry_of_pages.pages[0]
    beside = {painted.pixelColor(page.right() + 3, y).name() for y in range(page.top(), page.bottom(), 5)}
    assert beside == {theme().color("canvas").name()}


def test_the_next_button_counts_leads_and_vanishes(desktop: Desktop) -> None:
    """It names what is left, gives the focus to the next one, and is gone when nothing is left."""
    pane = show(desktop, "first")
    desktop.click("Next required field (3 left)")
    assert desktop.window.focusWidget() is field(pane, "start").control
    write_a_name(desktop, pane)
    assert pane.presenter.state.is_open
    QTest.keyClicks(field(pane, "start").control, "3")
    desktop.settle()
    assert pane.presenter.state.filling.value(field(pane, "start").field)
    desktop.click("Next required field (1 left)")
    terms = field(pane, "terms").control
    assert desktop.window.focusWidget() is terms
    QTest.keyClick(terms, Qt.Key.Key_Space)
    desktop.settle()
    assert not pane.viewer.next.isVisible()
    rows = {row.accessibleName(): row.accessibleDescription() for row in pane.findChildren(RequiredRow)}
    assert set(rows.values()) == {"Done"}


def test_the_next_button_hides_nothing_that_is_filled_in(desktop: Desktop) -> None:
    """In the lowest window with the largest text: what it leads to and what is clicked lie above it."""
    desktop.workspace.settings.set(TEXT_PERCENT, 200)
    desktop.window.resize(MINIMUM_SIZE)
    pane = show(desktop, "first")
    bar, pages = pane.viewer.verticalScrollBar(), pane.viewer.sheets.geometry_of_pages.pages
    desktop.click("Next required field (3 left)")
    assert is_free(pane, field(pane, "start").control)
    for name in pane.viewer.sheets.form.names()[:-1]:
        place = field(pane, name)
        pane.viewer.setFocus()
        bar.setValue(place.geometry().bottom() + 20 - pane.viewer.viewport().height())
        place.control.setFocus(Qt.FocusReason.MouseFocusReason)
        assert is_free(pane, place.control), name
    bar.setValue(bar.maximum())
    assert pane.viewer.sheets.mapTo(pane.viewer, pages[-1].bottomLeft()).y() < pane.viewer.next.y()
    theme().apply(scale=1.0)


def is_free(pane: DocumentPane, control: QWidget) -> bool:
    """Whether its first line is seen whole, and nothing lies over it."""
    line = QRect(control.mapTo(pane.viewer, QPoint()), control.size())
    line.setHeight(min(line.height(), pane.viewer.next.y() - 4))
    return pane.viewer.viewport().rect().contains(line) and not pane.viewer.next.geometry().intersects(line)


def test_what_had_the_focus_is_forgotten_with_another_document(desktop: Desktop) -> None:
    """Also where both ask for the same: nothing is marked that nobody was at."""
    pane = show(desktop, "first")
    desktop.click("Next required field (3 left)")
    assert [row.accessibleName() for row in pane.findChildren(RequiredRow) if row.is_current] == ["Start"]
    state = pane.presenter.state
    assert state.document is not None
    pane.render_state(replace(state, document=replace(state.document, id="another")))
    assert pane.viewer.sheets.form.current == ""
    assert not any(row.is_current for row in pane.findChildren(RequiredRow))


def test_what_is_required_can_be_read_whole(qtbot: QtBot) -> None:
    """A row is as high as its texts in the width that it has, and lower again when nothing is wrong."""
    agreed = "I have read what is done with our data, and agree to it for all our branches"
    row = RequiredRow()
    qtbot.addWidget(row)
    wrong = Required("agreed", agreed, page=0, box=Box(0, 0, 1, 1), done=False, problem="Please agree to it.")
    row.show_required(wrong, current=False)
    assert row.heightForWidth(1000) < row.heightForWidth(260) < row.heightForWidth(140)
    row.resize(260, row.heightForWidth(260))
    with_problem = row.sizeHint().height()
    row.show_required(replace(wrong, problem=""), current=False)
    assert row.sizeHint().height() == with_problem - theme().line_height("caption")


def write_a_name(desktop: Desktop, pane: DocumentPane) -> None:
    """At the place on the page, before the form is filled in: the mark waits there."""
    desktop.click("Signature", pane.viewer.sheets)
    window = desktop.find(SignatureWindow, "Signature")
    desktop.click("Type", window)
    desktop.click("Handwriting 2", window)
    desktop.click("Use this signature", window)
    desktop.wait(lambda: not desktop.has(SignatureWindow, "Signature"), "the window is closed")
    assert pane.presenter.state.filling.has_mark


def test_tab_goes_as_one_reads(desktop: Desktop) -> None:
    """From the pages into their fields, on to what is still required and to the conversation, and out."""
    pane = show(desktop, "first")
    pane.viewer.next.setFocus(Qt.FocusReason.TabFocusReason)
    reached = []
    for _step in range(30):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        reached.append(focused())
    form = [field(pane, name).control for name in ("start", "number", "terms", "pay", "notes")]
    signature = desktop.find(QAbstractButton, "Signature", pane.viewer.sheets)
    assert reached[:6] == [*form, signature]
    assert [type(each) for each in reached[6:10]] == [RequiredRow] * 4
    answer = desktop.find(QPlainTextEdit, "Your answer", pane)
    assert answer in reached[10:13]
    assert pane.viewer in reached[13:]
    form[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(form[0], Qt.Key.Key_Backtab)
    assert focused() is pane.viewer.next


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_what_is_filled_in_without_a_pause_is_kept_meanwhile(desktop: Desktop) -> None:
    """However fast one key follows another."""
    pane, end, notes = show(desktop, "first"), time.monotonic() + 30, ""
    account_id = desktop.account_id
    while not desktop.workspace.read(lambda reader: reader.drafts(account_id)).result(20):
        assert time.monotonic() < end, "nothing is kept while somebody types"
        notes += "x"
        pane.viewer.sheets.form.answered.emit("notes", notes)
        QTest.qWait(50)


def test_signing_by_hand_shows_once_more_what_is_signed(desktop: Desktop) -> None:
    """Sign opens the window; a drawn line becomes the mark; nothing is sent before “Sign now”."""
    pane = show(desktop, "first")
    assert not desktop.find(QAbstractButton, "Sign", pane).isEnabled()
    fill(desktop, pane)
    desktop.click("Sign", pane)
    window = desktop.find(SignatureWindow, "Signature")
    pad = window.findChildren(InkPad)[0]
    assert not desktop.find(QAbstractButton, "Continue", window).isEnabled()
    scribble(pad)
    go_on = desktop.find(QAbstractButton, "Continue", window)
    clicked = go_on.mapToGlobal(go_on.rect().center())
    desktop.click("Continue", window)
    second_half_of_a_double_click(desktop.find(QAbstractButton, "Sign now", window), clicked)
    assert not pane.presenter.state.sending
    assert "1 December 2026" in {label.text() for label in window.findChildren(QLabel)}
    assert pane.presenter.state.mark.startswith(b"\x89PNG")
    assert pane.presenter.state.standing is DocumentState.TO_SIGN
    desktop.click("Sign now", window)
    desktop.wait(lambda: pane.presenter.state.answer is not None, "it is in the outbox")
    sent = pane.presenter.state.answer
    assert sent is not None
    assert sent.do == "sign_document"
    assert [upload.file.media_type for upload in sent.uploads] == ["image/png"]
    desktop.wait(lambda: not desktop.has(SignatureWindow, "Signature"), "the window is closed")
    assert desktop.window.focusWidget() is pane.viewer
    desktop.window.activateWindow()
    desktop.settle()
    assert not any(ring.isVisible() for ring in pane.findChildren(QFocusFrame))  # the mouse led here


def scribble(pad: InkPad) -> None:
    middle = pad.rect().center()
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=middle)
    for step in range(12):
        QTest.mouseMove(pad, middle + QPoint(6 * step, 14 * (step % 2)))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=middle)


def test_declining_asks_for_the_reason_and_another_document_is_searched(desktop: Desktop) -> None:
    """Without one nothing happens but a sentence; with one the document offers nothing more."""
    pane = show(desktop, "first")
    desktop.click("Decline", pane)
    window = desktop.find(DeclineWindow, "Decline")
    desktop.click("Decline", window)
    assert window.isVisible()
    desktop.type_into(window.findChildren(QPlainTextEdit)[0], "Too dear.")
    desktop.click("Decline", window)
    desktop.wait(lambda: pane.presenter.state.answer is not None, "it is in the outbox")
    desktop.settle()
    assert not pane.presenter.state.is_open
    assert desktop.window.focusWidget() is pane.viewer
    assert not desktop.has(QAbstractButton, "Next required field (3 left)")
    words_are_found(desktop, show(desktop, "second"))


def test_what_waits_to_be_sent_fits_beside_the_document(desktop: Desktop) -> None:
    """Its buttons go below each other where they have long names."""
    desktop.workspace.settings.set(LANGUAGE, "de")
    desktop.workspace.sync.go_offline(True)
    pane = show(desktop, "first")
    pane.presenter.decline("Too dear.", lambda: None)
    card = desktop.find(DeliveryCard, "Sendeprotokoll", pane)
    desktop.settle()
    buttons = [each.text() for each in card.findChildren(QAbstractButton) if each.isVisible()]
    assert buttons == ["Online gehen", "Zurücknehmen"]
    desktop.wait(lambda: card.visibleRegion().boundingRect().width() == card.width(), "nothing is cut off")


def test_without_a_connection_nobody_is_said_to_be_told(desktop: Desktop) -> None:
    """The line above the pages says that it waits; nothing passes by that says the opposite."""
    pane = show(desktop, "first")
    desktop.workspace.sync.go_offline(True)
    desktop.wait(lambda: desktop.workspace.sync.state(desktop.account_id).link is Link.OFFLINE, "offline")
    desktop.click("Decline", pane)
    window = desktop.find(DeclineWindow, "Decline")
    desktop.type_into(desktop.find(QPlainTextEdit, "Reason", window), "Too dear.")
    desktop.click("Decline", window)
    desktop.find(QWidget, "Declined, will be sent as soon as there is a connection.")
    desktop.settle()
    assert desktop.window.findChildren(Toast) == []


def words_are_found(desktop: Desktop, pane: DocumentPane) -> None:
    """Ctrl+F looks in the document; Enter goes on to the next page."""
    pane.focus_search()
    line = desktop.find(QLineEdit, "Search in the document", pane)
    desktop.type_into(line, "vendor")
    desktop.wait(lambda: len(pane.viewer.sheets.passages) == 2, "both pages are found")
    top = pane.viewer.verticalScrollBar().value()
    QTest.keyClick(line, Qt.Key.Key_Return)
    desktop.settle()
    assert pane.viewer.verticalScrollBar().value() > top


@pytest.mark.skipif(sys.platform != "linux", reason="what opens a file is seen there only")
def test_nothing_in_a_document_opens_anything(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links, scripts, programs, and files within and outside are not followed or read, clicked or not."""
    bait = tmp_path / "bait"
    bait.write_bytes(b"#!/bin/sh\n")
    asked: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", asked.append)
    with socket.create_server(("127.0.0.1", 0)) as server, opens_of(bait) as opened:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        server.settimeout(0)
        pane = look_at(desktop, tmp_path, active_pdf(address.encode(), bytes(bait)))
        assert pane.presenter.pages.render(0, 2.0).result(30).width == 400
        page = pane.viewer.sheets.geometry_of_pages.pages[0]
        QTest.mouseClick(pane.viewer.sheets, Qt.MouseButton.LeftButton, pos=page.bottomLeft() + QPoint(4, -4))
        QTest.mouseDClick(pane.viewer.sheets, Qt.MouseButton.LeftButton, pos=page.center())
        desktop.settle()
        assert (opened(), asked) == (0, [])
        with pytest.raises(BlockingIOError):
            server.accept()
        bait.read_bytes()
        assert opened() == 1


def look_at(desktop: Desktop, folder: Path, pdf: bytes) -> DocumentPane:
    paper, file = document("active", DocumentForm(pages=(PageSize(200, 300),))), file_of("active", pdf)
    place(folder, desktop.account_id, file, pdf)
    give(desktop.workspace.store, desktop.account_id, paper, file)
    return show(desktop, "active")


@contextmanager
def opens_of(file: Path) -> Iterator[Callable[[], int]]:
    """How often anybody opened `file` since it was last asked, whatever library it was."""
    libc, event_bytes, on_open = ctypes.CDLL(None), 16, 0x20
    watch = libc.inotify_init1(os.O_NONBLOCK)
    assert libc.inotify_add_watch(watch, bytes(file), on_open) > 0

    def count() -> int:
        try:
            return len(os.read(watch, 4096)) // event_bytes
        except BlockingIOError:
            return 0

    try:
        yield count
    finally:
        os.close(watch)
