"""The window around the screens."""

import json
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
import shiboken6
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from supportdesk import i18n
from supportdesk.app.first_look import FirstLook
from supportdesk.app.jobs import Deliver
from supportdesk.app.screens import Route
from supportdesk.app.settings import LANGUAGE, LAST_ACCOUNT, THEME, TRAY_ICON, WINDOW_GEOMETRY
from supportdesk.app.shell import Opened
from supportdesk.clock import now, uuid7
from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.commands import Command, CreateTicket
from supportdesk.domain.errors import StoreDamaged, SupportDeskError
from supportdesk.domain.projections import Delivery, Link, OutboxState, SyncState, TicketQuery
from supportdesk.ui.camera.cameras import Cameras
from supportdesk.ui.screens.outbox.delivery_item import DeliveryItem
from supportdesk.ui.shell import geometry
from supportdesk.ui.shell.application import Application
from supportdesk.ui.shell.main_window import MainWindow
from supportdesk.ui.shell.palette import Palette
from supportdesk.ui.shell.question import Question
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.empty_state import ErrorState
from supportdesk.ui.widgets.text_label import TextLabel
from tests.support.app import Desktop, demo_app, running_app

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path) as opened:
        yield opened
    theme().apply(mode="system", scale=1.0)


def shown(desktop: Desktop) -> str:
    screen = desktop.window.stack.shown
    return screen.objectName() if screen is not None else ""


def key(desktop: Desktop, pressed: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or desktop.window, pressed)


def test_esc_and_back_lead_home(desktop: Desktop) -> None:
    """From settings back to Home, where there is nothing to go back to."""
    desktop.go("settings")
    assert shown(desktop) == "settings"
    key(desktop, Qt.Key.Key_Escape)
    assert shown(desktop) == "home"
    key(desktop, Qt.Key.Key_Escape)
    assert shown(desktop) == "home"


def test_forward_repeats_a_step_back(desktop: Desktop) -> None:
    """As in a browser."""
    desktop.go("outbox")
    desktop.window.back()
    desktop.window.commands.perform("forward")
    assert shown(desktop) == "outbox"


def test_the_title_names_screen_and_vendor(desktop: Desktop) -> None:
    """Task bars and screen readers tell the windows apart."""
    assert desktop.window.windowTitle() == "Home · Medora"
    desktop.go("settings")
    assert desktop.window.windowTitle() == "Settings · Medora"


def test_the_palette_opens_a_screen_by_a_few_letters(desktop: Desktop) -> None:
    """Ctrl+K, letters, Enter: no mouse."""
    desktop.window.commands.perform("palette")
    field = desktop.find(QLineEdit, "Search or go to")
    desktop.type_into(field, "shortc")
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Return)
    desktop.settle()
    assert shown(desktop) == "settings"
    assert not field.isVisible()


def test_enter_waits_for_what_the_typed_number_finds(desktop: Desktop) -> None:
    """Who types a number and Enter without looking reaches the ticket, not a report called like that."""
    query = TicketQuery(desktop.account_id)
    row = desktop.workspace.read(lambda reader: reader.ticket_window(query, 0, 1)[0]).result(20)
    desktop.window.commands.perform("palette")
    field = desktop.find(QLineEdit, "Search or go to")
    field.setText(row.number)
    QTest.keyClick(field, Qt.Key.Key_Return)
    desktop.wait(lambda: not field.isVisible(), "the palette has led on")
    desktop.settle()
    assert shown(desktop) == "ticket"
    assert desktop.window.windowTitle() == f"#{row.number} · Medora"


def takes_tab(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled()


def tab_from(widget: QWidget) -> QWidget | None:
    """Where Qt goes on from `widget`."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(widget, Qt.Key.Key_Tab)
    return QApplication.focusWidget()


@pytest.mark.parametrize("ends", ["hides", "is disabled"])
def test_the_focus_stays_within_the_screen_when_its_last_control_goes(desktop: Desktop, ends: str) -> None:
    """It never jumps to the bar above, where the next Enter would lead away from what one was doing."""
    desktop.go("settings", pane="storage")
    screen = desktop.window.stack.shown
    assert screen is not None
    controls = [each for each in screen.findChildren(QAbstractButton) if takes_tab(each)]
    last = next(each for each in controls if tab_from(each) in desktop.window.top_bar.findChildren(QWidget))
    last.setFocus(Qt.FocusReason.TabFocusReason)
    assert last.hasFocus()
    if ends == "hides":
        last.hide()
    else:
        last.setEnabled(False)
    now = QApplication.focusWidget()
    assert now is not None
    assert screen.isAncestorOf(now)


def test_esc_closes_the_palette_and_nothing_else(desktop: Desktop) -> None:
    """The screen behind it stays."""
    desktop.go("settings")
    desktop.window.commands.perform("palette")
    field = desktop.find(QLineEdit, "Search or go to")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert shown(desktop) == "settings"


def test_every_command_does_something(desktop: Desktop) -> None:
    """No entry of the menu is without a handler."""
    commands = desktop.window.commands
    for command in desktop.window.menu_bar._commands:
        by_window = commands._editing.offers(command.id) or command.id in commands._handlers
        assert command.screen or command.here or by_window, command.id


def test_qt_speaks_its_own_language_after_the_program(tmp_path: Path) -> None:
    """Whatever was chosen in it: the next program in this process begins anew."""
    with demo_app(tmp_path) as desktop:
        desktop.workspace.settings.set(LANGUAGE, "de")
        desktop.wait(lambda: _control_key() == "Strg", "Qt speaks German")
        desktop.workspace.settings.set(LANGUAGE, "sv")
        desktop.wait(lambda: QApplication.translate("QPlatformTheme", "Cancel") == "Avbryt", "then Swedish")
    assert _control_key() == "Ctrl"


def _control_key() -> str:
    return QKeySequence("Ctrl+S").toString(QKeySequence.SequenceFormat.NativeText).split("+")[0]


def test_the_language_changes_everywhere_at_once(desktop: Desktop) -> None:
    """Menu, top bar, screen and title, without a restart."""
    desktop.workspace.settings.set(LANGUAGE, "de")
    desktop.settle()
    menus = [action.text() for action in desktop.window.menu_bar.actions()]
    assert menus[0] == "&Datei"
    assert desktop.window.windowTitle() == "Start · Medora"
    assert desktop.has(QAbstractButton, "Problem melden")
    assert i18n.language() == "de"


def test_a_theme_is_felt_at_once(desktop: Desktop) -> None:
    """No OK button."""
    desktop.workspace.settings.set(THEME, "dark")
    assert theme().variant == "dark"
    desktop.workspace.settings.set(THEME, "high-contrast")
    assert theme().is_high_contrast


def test_a_request_of_another_process_opens_the_form_prefilled(desktop: Desktop) -> None:
    """The draft is filled; nothing is sent."""
    desktop.application.handle({"do": "new", "prefill": {"subject": "From the host program"}})
    desktop.wait(lambda: shown(desktop) == "report", "the report is shown")
    assert desktop.window.navigator.current.args["new"] == "1"
    waiting = desktop.workspace.read(lambda reader: reader.outbox(None)).result(20)
    assert waiting == ()


def test_a_request_that_cannot_be_met_is_told_in_the_window(desktop: Desktop) -> None:
    """A ticket nobody here may see."""
    desktop.application.handle({"do": "ticket", "number": "999999"})
    desktop.wait(lambda: desktop.window._toasts._toast is not None, "the refusal is shown")
    assert shown(desktop) == "home"


def test_a_link_to_what_is_not_fetched_yet_waits_for_it(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ticket that comes with the next fetch is opened when it is here, without another word."""
    workspace, account_id, once = desktop.workspace, desktop.account_id, desktop.workspace.sync.once
    row = workspace.read(lambda r: r.ticket_window(TicketQuery(account_id), 0, 1)[0]).result(20)
    ticket = workspace.read(lambda r: r.ticket(account_id, row.id).ticket).result(20)
    cursor = workspace.read(lambda r: r.cursor(account_id)).result(20) or ""
    assert ticket is not None
    told = Page((Upsert(replace(ticket, id="new", number="7777")),), cursor, more=False)

    def fetch(asked: str, timeout_s: float) -> Future[SyncState]:
        workspace.write(lambda w: w.apply(account_id, told)).result(20)
        return once(asked, timeout_s)

    monkeypatch.setattr(workspace.sync, "once", fetch)
    desktop.application.handle({"do": "ticket", "number": "7777"})
    desktop.wait(lambda: shown(desktop) == "ticket", "the ticket is shown")
    assert desktop.window.navigator.current.args == {"ticket_id": "new"}
    assert desktop.window._toasts._toast is None


def test_a_link_is_opened_only_after_showing_where_it_leads(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Host and whole address are shown; another scheme is not even asked about."""
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    desktop.window.open_link("file:///etc/passwd")
    assert not desktop.window.question.isVisible()
    desktop.window.open_link("https://portal.medora.example/en")
    assert desktop.window.question.isVisible()
    assert not opened
    desktop.click("Open", within=desktop.window.question)
    assert opened == ["https://portal.medora.example/en"]


def test_working_offline_is_told_in_the_top_bar(desktop: Desktop) -> None:
    """And taken back the same way."""
    desktop.window.commands.perform("work_offline")
    desktop.wait(lambda: desktop.has(QAbstractButton, "Connection: Offline"), "the pill says offline")
    desktop.window.commands.perform("work_offline")
    desktop.wait(lambda: desktop.has(QAbstractButton, "Connection: Up to date"), "the pill says up to date")
    assert desktop.workspace.sync.state(desktop.account_id).link in (Link.ONLINE, Link.SYNCING)


def test_the_top_bar_leads_to_where_what_it_says_is_mended(desktop: Desktop) -> None:
    """Where the session ended it opens the sign-in, filled in; else the delivery log."""
    desktop.click("Connection: Up to date")
    desktop.wait(lambda: shown(desktop) == "outbox", "the delivery log")
    desktop.window.back()
    before = shown(desktop)
    assert desktop.window.place is not None
    desktop.workspace.sync.start(desktop.window.place.account, None)
    desktop.wait(
        lambda: desktop.has(QAbstractButton, "Connection: Sign in again"), "the pill asks for a sign-in"
    )
    desktop.click("Connection: Sign in again")
    dialog = desktop.application.stage.entrance.dialog
    assert dialog is not None
    assert dialog.isVisible()
    user = desktop.find(QLineEdit, "E-mail or user name", within=dialog)
    assert user.text() == desktop.window.place.account.user
    assert shown(desktop) == before


def test_working_offline_is_the_same_everywhere_and_ends_from_where_it_is_told(desktop: Desktop) -> None:
    """The tick follows the engines, not what was last clicked here; the delivery log says why and how out."""
    window, sync = desktop.window, desktop.workspace.sync
    tick = next(each for each in window.menu_bar.findChildren(QAction) if each.text() == "Work offline")
    sync.go_offline(True)
    desktop.wait(tick.isChecked, "the tick")
    window.go(Route("outbox"))
    desktop.wait(lambda: desktop.has(QAbstractButton, "Go online"), "the way out")
    assert not desktop.has(QAbstractButton, "Try again now")
    desktop.click("Go online")
    desktop.wait(lambda: not tick.isChecked(), "no tick")
    assert not sync.works_offline
    desktop.wait(lambda: desktop.has(QAbstractButton, "Connection: Up to date"), "the pill says up to date")


def test_the_delivery_log_of_a_notice_leads_to_the_notice(desktop: Desktop) -> None:
    """What was confirmed is no ticket."""
    about = Delivery(
        "c",
        desktop.account_id,
        "confirm_notice",
        "n1",
        "New form",
        OutboxState.SENT,
        now(),
        (),
        (),
        about="notice",
    )
    item = DeliveryItem(about, "Medora", link=Link.ONLINE, by_choice=False, unfolded=False)
    opened: list[str] = []
    item.open_requested.connect(opened.append)
    item.show()
    desktop.find(QAbstractButton, "Open information: New form", item).click()
    item.close()
    assert opened == ["n1"]


def test_logging_out_asks_and_then_shows_the_sign_in(desktop: Desktop) -> None:
    """Nothing of the account is left here."""
    workspace = desktop.workspace
    desktop.window.commands.perform("sign_out")
    desktop.wait(desktop.window.question.isVisible, "the question")
    agree = desktop.find(QAbstractButton, "Log out", desktop.window.question)
    QTest.mouseClick(agree, Qt.MouseButton.LeftButton)
    stage = desktop.application.stage
    desktop.wait(lambda: stage.window is None and stage.entrance.dialog is not None, "the sign-in is shown")
    assert workspace.settings.get(LAST_ACCOUNT) == ""
    assert workspace.read(lambda reader: reader.accounts()).result(20) == ()


def test_logging_out_names_what_would_be_lost_in_its_one_question(
    desktop: Desktop, caplog: pytest.LogCaptureFixture
) -> None:
    """Staying is what Enter does, what discards stands where "Log out" never stood, nothing fails."""
    window, workspace, account_id = desktop.window, desktop.workspace, desktop.account_id
    window.commands.perform("sign_out")
    desktop.wait(window.question.isVisible, "the question of an account with nothing unsent")
    usual = _place(desktop.find(QAbstractButton, "Log out", window.question))
    desktop.click("Stay signed in", within=window.question)
    workspace.sync.go_offline(True)
    command = Command(uuid7(), now(), CreateTicket("Paper jam", "Stuck.", service_id="general"))
    workspace.write(lambda writer: writer.send(None, account_id, command)).result(20)
    window.commands.perform("sign_out")
    desktop.wait(window.question.isVisible, "the question that counts")
    told = " ".join(label.text() for label in window.question.findChildren(QLabel))
    assert "1 report" in told
    assert "Paper jam" in told
    discard = desktop.find(QAbstractButton, "Log out and discard it", window.question)
    assert not _place(discard).intersects(usual)
    assert desktop.find(QAbstractButton, "Stay signed in", window.question).hasFocus()
    QTest.mouseClick(discard, Qt.MouseButton.LeftButton)
    stage = desktop.application.stage
    desktop.wait(lambda: stage.window is None and stage.entrance.dialog is not None, "the sign-in is shown")
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_what_is_shown_ends_before_its_account_goes(desktop: Desktop) -> None:
    """A screen would ask for what is being removed. When logging out is refused, the window comes back."""
    window, workspace, account_id = desktop.window, desktop.workspace, desktop.account_id
    desktop.go("report")
    window.commands.perform("sign_out")
    desktop.wait(window.question.isVisible, "the question")
    workspace.sync.go_offline(True)
    command = Command(uuid7(), now(), CreateTicket("Paper jam", "Stuck.", service_id="general"))
    workspace.write(lambda writer: writer.send(None, account_id, command)).result(5)
    agree = desktop.find(QAbstractButton, "Log out", window.question)
    QTest.mouseClick(agree, Qt.MouseButton.LeftButton)
    assert window.stack.shown is None
    assert not window.isEnabled()
    desktop.wait(window.question.isVisible, "the question comes again and names it")
    assert window.isEnabled()
    assert shown(desktop) == "home"


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


def test_an_unexpected_mistake_is_told_and_the_window_lives_on(desktop: Desktop) -> None:
    """Calm words; the details are in Diagnostics, and are copied from the toast without what it was about."""
    error = RuntimeError("a mistake of ours")
    desktop.application._unexpected(RuntimeError, error, None)
    toast = desktop.window._toasts._toast
    assert toast is not None
    assert str(SupportDeskError()) in toast.accessibleName()
    desktop.click("Copy details", toast)
    copied = QGuiApplication.clipboard().text()
    assert "unexpected" in copied
    assert "RuntimeError" in copied
    assert "mistake of ours" not in copied
    again = desktop.window._toasts._toast
    assert again is not None
    assert again.accessibleName().startswith("Copied.")


@pytest.mark.parametrize("size", [(1120, 760), (720, 560)])
def test_the_palette_fills_the_room_there_is(desktop: Desktop, size: tuple[int, int]) -> None:
    """Each time it is opened its list has the same height, ends above the foot, and shows several rows."""
    desktop.window.resize(*size)
    heights = []
    desktop.window.commands.open_palette()
    [palette] = desktop.window.findChildren(Palette)
    palette.close_panel()
    for _time in range(3):
        desktop.window.commands.open_palette()
        desktop.wait(lambda: palette._presenter is not None and not palette._presenter.state.searching)
        desktop.settle()
        heights.append(palette._list.height())
        bottom = palette._list.mapTo(palette.panel, QPoint(0, palette._list.height())).y()
        assert bottom <= palette._escape_key.mapTo(palette.panel, QPoint()).y()
        palette.close_panel()
        desktop.settle()
    assert len(set(heights)) == 1
    assert heights[0] >= 4 * theme().scaled(40)


@pytest.fixture
def early_window(tmp_path: Path) -> Iterator[MainWindow]:
    """As it stands before there is an account."""
    window = MainWindow(FirstLook(tmp_path, {}), Cameras())
    yield window
    window.end()
    window.hide()
    window.deleteLater()
    for _turn in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme().apply(scale=1.0)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_start_that_failed_is_told_whole_in_the_smallest_window(
    early_window: MainWindow, scale: float
) -> None:
    """Also in large text: it scrolls to the last button, and nothing is offered that needs an account."""
    window = early_window
    theme().apply(scale=scale)
    window.resize(geometry.MINIMUM_SIZE)
    window.top_bar.show_ways(False)
    window.start_page.fail(StoreDamaged())
    window.show()
    QApplication.processEvents()
    told = window.start_page.currentWidget()
    assert isinstance(told, ErrorState)
    for label in told.findChildren(TextLabel):
        assert not label.isVisible() or label.height() >= label.heightForWidth(label.width()), label.text()
    last = told.findChildren(Button)[-1]
    told.ensureWidgetVisible(last)
    assert last.visibleRegion().boundingRect().size() == last.size()
    assert told.verticalScrollBar().isVisible() == (scale == 2.0)
    assert not any(way.isVisible() for way in window.top_bar.findChildren(QAbstractButton))


def test_a_question_is_answered_although_what_had_the_focus_is_gone(qtbot: QtBot) -> None:
    """A list behind it may be filled anew while it is asked."""
    window, agreed = QWidget(), list[bool]()
    window.resize(600, 400)
    row = QLineEdit(window)
    window.show()
    window.activateWindow()
    row.setFocus()
    qtbot.waitUntil(row.hasFocus, timeout=60_000)
    question = Question(window)
    question.ask("Really?", "It is gone then.", yes="Remove", no="Keep", then=lambda: agreed.append(True))
    shiboken6.delete(row)
    next(each for each in question.findChildren(Button) if each.text() == "Remove").click()
    assert agreed == [True]
    shiboken6.delete(window)


def test_what_shows_a_failure_is_made_on_the_gui_thread(tmp_path: Path, qtbot: QtBot) -> None:
    """Also when the data folder cannot be opened before there is anything that could tell so."""

    def refuse(_folder: Path, _deliver: Deliver) -> Opened:
        raise StoreDamaged

    application = Application(refuse, FirstLook(tmp_path, {}), Cameras())
    try:
        application._open()
        qtbot.waitUntil(lambda: "stage" in vars(application), timeout=60_000)
        assert application.stage.thread() is application.thread()
        assert application.stage.window is not None
    finally:
        application.close()
        application.deleteLater()


def test_a_sign_in_that_is_left_leaves_no_colour_behind(desktop: Desktop) -> None:
    """Another vendor's colour lasts as long as its sign-in is open."""
    own = theme().accent
    desktop.window.add_account_requested.emit()
    stage = desktop.application.stage
    desktop.wait(lambda: stage.entrance.dialog is not None, "the sign-in is open")
    desktop.click("Pultura Schulverwaltung")
    desktop.wait(lambda: theme().accent != own, "the other colour")
    dialog = stage.entrance.dialog
    assert dialog is not None
    dialog.reject()
    assert theme().accent == own


def test_two_vendors_are_switched_in_the_account_menu(desktop: Desktop) -> None:
    """The menu names both; choosing the other shows it with its own colour and name."""
    desktop.application.handle({"do": "show", "demo": "video"})
    stage = desktop.application.stage
    desktop.wait(lambda: stage.shown is not None and stage.shown.profile.id == "video", "the other vendor")
    assert theme().accent == "#2C5F94"
    desktop.wait(lambda: len(desktop.window.top_bar.menu._accounts) == 2, "both are in the menu")
    desktop.window.top_bar.menu.fill()
    texts = [action.text().partition("\t")[0] for action in desktop.window.top_bar.menu.actions()]
    assert {"Medora Praxissoftware", "Argusfeld Video Systems"} <= set(texts)
    entry = next(a for a in desktop.window.top_bar.menu.actions() if a.text().startswith("Medora"))
    entry.trigger()
    desktop.wait(lambda: stage.shown is not None and stage.shown.profile.id == "practice", "back again")


def test_the_place_of_the_window_is_remembered(desktop: Desktop) -> None:
    """For the monitors as they stand; other arrangements keep their own."""
    window, settings = desktop.window, desktop.workspace.settings
    window.setGeometry(QRect(20, 20, 780, 600))
    window.close()
    kept = json.loads(settings.get(WINDOW_GEOMETRY))
    assert geometry.arrangement(QGuiApplication.screens()) in kept
    other = QWidget()
    geometry.restore(other, settings.get(WINDOW_GEOMETRY))
    assert other.size() == window.size()


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"x": 3}'])
def test_a_damaged_memory_of_places_centres_the_window(kept: str) -> None:
    """Whatever the settings file holds."""
    window = QWidget()
    geometry.restore(window, kept)
    assert window.geometry().isValid()


def test_the_next_start_shows_the_window_at_once(tmp_path: Path) -> None:
    """With somebody signed in the last time, no sign-in flashes up."""
    with demo_app(tmp_path):
        pass
    with running_app(tmp_path) as again:
        stage = again.application.stage
        assert stage.entrance.dialog is None
        assert stage.window is not None
        assert stage.window.isVisible()
        again.wait(lambda: stage.shown is not None, "Home is shown")


def test_without_a_tray_nothing_is_shown_there(desktop: Desktop) -> None:
    """The setting may be on; Qt would swallow the messages."""
    assert desktop.workspace.settings.get(TRAY_ICON)
    assert not desktop.application.stage._tray.is_shown


def test_every_control_has_a_name_in_each_language(desktop: Desktop) -> None:
    """What has no name cannot be used without seeing it."""
    for language in ("en", "de", "pseudo", "pseudo-rtl"):
        i18n.set_language(language)
        desktop.application.stage._spoken.follow()
        for screen in ("home", "settings", "outbox"):
            desktop.go(screen)
            controls = [c for c in desktop.window.findChildren(QAbstractButton) if c.isVisible()]
            assert [c for c in controls if not (c.accessibleName() or c.text())] == []
    i18n.set_language("en")
    desktop.application.stage._spoken.follow()


def test_places_are_reached_by_route_only_while_an_account_is_shown(desktop: Desktop) -> None:
    """Going to the shown account's place needs no switch."""
    stage = desktop.application.stage
    stage.go_to(desktop.account_id, Route("outbox"))
    assert shown(desktop) == "outbox"
