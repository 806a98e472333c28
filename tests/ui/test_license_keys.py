"""License keys in the running window, with the system's real clipboard."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from supportdesk import clock
from supportdesk.app.license_keys import KeysState
from supportdesk.app.screens import Route
from supportdesk.domain.entities import KeyKind, LicenseKey
from supportdesk.domain.errors import StoreError
from supportdesk.domain.projections import Link, SyncState
from supportdesk.ui.screens.license_keys.key_card import KeyCard
from supportdesk.ui.screens.license_keys.screen import LicenseKeysScreen
from supportdesk.ui.secret_clipboard import left_out_of_histories, secret_clipboard
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.chip import Chip
from supportdesk.ui.widgets.empty_state import ErrorState
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.text_label import SectionLabel, TextLabel
from tests.support.app import Desktop, demo_app

LICENSE = "MDP7-4KQA-81TX-ZV5N-9K2F"
SWITCH = "5521-7740-0318"
CARD, SWITCH_CARD = "License key, Medora 24 Praxis", "Company switch, Medora 24 Praxis"


@pytest.fixture(autouse=True)
def _empty_clipboard(qapp: QApplication) -> Iterator[None]:
    theme()  # before the first widget, as the program does
    QGuiApplication.clipboard().clear()
    yield
    secret_clipboard().clear()


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path) as desktop:
        desktop.window.resize(1120, 760)
        desktop.go("license_keys")
        desktop.find(KeyCard, CARD)
        yield desktop


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def shown_texts(widget: QWidget) -> str:
    """Everything a person can read or hear of it."""
    parts = [*widget.findChildren(QWidget), widget]
    said = [f"{part.accessibleName()} {part.accessibleDescription()} {part.toolTip()}" for part in parts]
    return "\n".join([*said, *(label.text() for label in widget.findChildren(TextLabel))])


def test_masked_until_asked_for(desktop: Desktop) -> None:
    """A key is neither seen, heard nor in a tool tip before its eye is pressed, and masked again after."""
    card = desktop.find(KeyCard, CARD)
    assert LICENSE not in shown_texts(card)
    desktop.click("Show key", card)
    assert LICENSE in shown_texts(card)
    assert SWITCH not in shown_texts(desktop.window)
    desktop.click("Hide key", card)
    assert LICENSE not in shown_texts(card)


def test_leaving_masks_again(desktop: Desktop) -> None:
    """A key that was shown is masked when the person comes back to the screen."""
    desktop.click("Show key", desktop.find(KeyCard, CARD))
    desktop.go("home")
    desktop.go("license_keys")
    assert LICENSE not in shown_texts(desktop.find(KeyCard, CARD))


def test_copy_both_kinds(desktop: Desktop) -> None:
    """ "Copy" puts the license key or the company switch into the clipboard and says when it is cleared."""
    desktop.click("Copy", desktop.find(KeyCard, CARD))
    assert clipboard() == LICENSE
    assert desktop.has(QWidget, "Copied. The clipboard is cleared in 60 s")
    desktop.find(QAbstractButton, "Copied", desktop.find(KeyCard, CARD))
    desktop.click("Copy", desktop.find(KeyCard, SWITCH_CARD))
    assert clipboard() == SWITCH
    desktop.find(QAbstractButton, "Copy", desktop.find(KeyCard, CARD))


def test_clear_now(desktop: Desktop) -> None:
    """The toast's action clears the clipboard at once."""
    desktop.click("Copy", desktop.find(KeyCard, CARD))
    desktop.click("Clear now")
    assert clipboard() == ""
    desktop.find(QAbstractButton, "Copy", desktop.find(KeyCard, CARD))


def test_by_keyboard(desktop: Desktop) -> None:
    """A key is copied with Tab and Space alone."""
    screen = desktop.window.stack.shown
    assert isinstance(screen, LicenseKeysScreen)
    screen.focus_search()
    for _press in range(20):
        focused = QApplication.focusWidget()
        assert focused is not None
        if isinstance(focused, QAbstractButton) and focused.text() == "Copy":
            QTest.keyClick(focused, Qt.Key.Key_Space)
            break
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    desktop.settle()
    assert clipboard() in {"ERZ4-P0WM-6H2C-LT8R-77HD", LICENSE, SWITCH}


def test_tab_follows_reading(desktop: Desktop) -> None:
    """Tab goes from the search to the eye of the first card, then to its Copy, then to the next card."""
    screen = desktop.window.stack.shown
    assert isinstance(screen, LicenseKeysScreen)
    screen.focus_search()
    visited = []
    for _press in range(8):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget())
    cards = [desktop.find(KeyCard, "License key, Elektronisches Rezept"), desktop.find(KeyCard, CARD)]
    cards += [desktop.find(KeyCard, name) for name in (SWITCH_CARD, "License key, Online-Kalender")]
    wanted = [desktop.find(QAbstractButton, name, card) for card in cards for name in ("Show key", "Copy")]
    assert visited == wanted


def test_the_clock_clears_it(desktop: Desktop) -> None:
    """When its time is over, the key is gone from the system's clipboard."""
    secret_clipboard().copy("one", LICENSE, 0.05)
    assert clipboard() == LICENSE
    desktop.wait(lambda: clipboard() == "", "the clipboard is cleared")


def test_what_was_copied_since_stays(desktop: Desktop) -> None:
    """The clock does not take away what was copied after the key, and the card says "Copy" again."""
    desktop.click("Copy", desktop.find(KeyCard, CARD))
    other = QMimeData()
    other.setText("a shopping list")
    QGuiApplication.clipboard().setMimeData(other)
    desktop.find(QAbstractButton, "Copy", desktop.find(KeyCard, CARD))
    secret_clipboard().clear()
    assert clipboard() == "a shopping list"


def test_it_outlives_the_screen(desktop: Desktop) -> None:
    """Going elsewhere neither loses the key nor forgets to clear it."""
    secret_clipboard().copy("one", LICENSE, 0.2)
    desktop.go("home")
    assert clipboard() == LICENSE
    desktop.wait(lambda: clipboard() == "", "the clipboard is cleared")


def test_quitting_clears_it(desktop: Desktop, qapp: QApplication) -> None:
    """A key does not stay in the clipboard when the program ends."""
    desktop.click("Copy", desktop.find(KeyCard, CARD))
    qapp.aboutToQuit.emit()
    assert clipboard() == ""


def test_kept_out_of_histories(desktop: Desktop) -> None:
    """The key travels with the marks by which clipboard histories leave it out."""
    desktop.click("Copy", desktop.find(KeyCard, CARD))
    data = QGuiApplication.clipboard().mimeData()
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_marks_for_windows() -> None:
    """Windows gets the three formats it documents, the switches among them as a DWORD of zero."""
    marks = left_out_of_histories("win32")
    named = {name.partition('"')[2].rstrip('"'): value for name, value in marks.items()}
    assert named["ExcludeClipboardContentFromMonitorProcessing"]
    assert named["CanIncludeInClipboardHistory"] == named["CanUploadToCloudClipboard"] == bytes(4)


def test_offline(desktop: Desktop) -> None:
    """Without a network the keys are there, a line says so, and copying works."""
    desktop.workspace.sync.go_offline(True)
    screen = desktop.window.stack.shown
    assert isinstance(screen, LicenseKeysScreen)

    def offline() -> bool:
        state = screen.presenter.state.sync
        return state is not None and state.link is Link.OFFLINE

    desktop.wait(offline, "the screen knows it is offline")
    assert "You work offline" in shown_texts(screen)
    desktop.click("Copy", desktop.find(KeyCard, CARD))
    assert clipboard() == LICENSE


def test_search(desktop: Desktop) -> None:
    """Typing narrows the cards, finding nothing is said, and clearing brings them back."""
    field = desktop.find(SearchField, "Search license keys")
    desktop.type_into(field, "rezept")
    desktop.wait(lambda: not desktop.has(KeyCard, CARD), "other cards go")
    assert desktop.has(KeyCard, "License key, Elektronisches Rezept")
    desktop.type_into(field, "zzz")
    desktop.wait(lambda: desktop.has(QWidget, "Nothing found"), "nothing is found")
    desktop.click("Clear search")
    desktop.find(KeyCard, CARD)


def test_many_keys_have_headings(desktop: Desktop) -> None:
    """The product stands once above its cards, which say the kind; Tab still follows reading."""
    screen = desktop.window.stack.shown
    assert isinstance(screen, LicenseKeysScreen)
    keys = tuple(
        LicenseKey(id=f"{product} {number}", key_kind=KeyKind.LICENSE, product=product, key="A")
        for product in ("Archive", "Scan")
        for number in range(5)
    )
    many = KeysState(keys, total=len(keys), loaded=True)
    screen.render_state(many)
    desktop.settle()
    headings = screen.findChildren(SectionLabel)
    shown = [heading for heading in headings if heading.isVisible()]
    assert [heading.text() for heading in shown] == ["Archive", "Scan"]
    cards = {card.accessibleName(): card for card in screen.findChildren(KeyCard) if card.isVisible()}
    assert shown[0].geometry().bottom() < cards["License key, Archive"].geometry().top()
    assert "Archive" not in "\n".join(
        label.text() for label in cards["License key, Archive"].findChildren(TextLabel) if label.isVisible()
    )
    screen.render_state(msgspec.structs.replace(many, keys=keys[5:]))
    desktop.settle()
    assert [each.text() for each in screen.findChildren(SectionLabel) if each.isVisible()] == ["Scan"]


def test_keys_are_in_no_log_and_no_setting(
    desktop: Desktop, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """After showing and copying, the key is in no log line and in no file but the local store."""
    caplog.set_level(logging.DEBUG)
    card = desktop.find(KeyCard, CARD)
    desktop.click("Show key", card)
    desktop.click("Copy", card)
    desktop.window.go(Route("home"))
    desktop.settle()
    logging.getLogger("supportdesk").warning("the log works")
    assert "the log works" in caplog.text
    assert LICENSE not in caplog.text
    stores = {".db", ".db-wal", ".db-shm"}
    files = [file for file in tmp_path.rglob("*") if file.is_file() and file.suffix not in stores]
    assert files
    assert not [file for file in files if LICENSE.encode() in file.read_bytes()]


@pytest.mark.parametrize("width", [720, 1120])
def test_nothing_is_cut(desktop: Desktop, width: int) -> None:
    """At the least and the usual width every card lies wholly inside the page."""
    desktop.window.resize(width, 760)
    desktop.settle()
    screen = desktop.window.stack.shown
    assert screen is not None
    for card in screen.findChildren(KeyCard):
        left = card.mapTo(screen, card.rect().topLeft()).x()
        assert left >= 0
        assert left + card.width() <= screen.width()
        assert card.minimumSizeHint().width() <= card.width()


def test_nothing_yet_and_never_loaded(desktop: Desktop) -> None:
    """An organisation without keys is told so; where none could be loaded the page says why."""
    screen = desktop.window.stack.shown
    assert isinstance(screen, LicenseKeysScreen)
    screen.render_state(KeysState(loaded=True, sync=SyncState("someone", Link.ONLINE, clock.now())))
    assert desktop.has(QWidget, "No license keys")
    screen.render_state(KeysState(loaded=True, sync=SyncState("someone", Link.OFFLINE, None, "unreachable")))
    page = desktop.find(ErrorState, "The license keys could not be loaded")
    assert "There is no connection to Medora." in page.accessibleDescription()
    screen.render_state(KeysState(error=StoreError()))
    assert "The data folder on this computer cannot be used." in page.accessibleDescription()
    desktop.click("Copy details", page)
    assert clipboard() == "store_failed: The data folder on this computer cannot be used."
    desktop.click("Try again", page)
    screen.render_state(KeysState(loaded=True, sync=SyncState("someone", Link.ONLINE, clock.now())))
    desktop.click("Back to Home")
    assert desktop.window.navigator.current.screen == "home"


@pytest.mark.parametrize(
    ("days", "chip", "facts"),
    [
        (400, "", "6 workplaces · valid until"),
        (27, "27 days left", "6 workplaces · runs out on"),
        (1, "1 day left", "6 workplaces · runs out on"),
        (0, "Last day", "6 workplaces · runs out on"),
        (-2, "Expired", "6 workplaces · ran out on"),
    ],
)
def test_how_long_a_key_lasts(qapp: QApplication, days: int, chip: str, facts: str) -> None:
    """A card says until when its key is valid; from thirty days on, how many are left."""
    until = datetime.now().astimezone().replace(hour=12) + timedelta(days=days)
    card = KeyCard(30)
    key = LicenseKey("1", KeyKind.LICENSE, "Suite", LICENSE, "6 workplaces", until.astimezone(UTC))
    card.show_key(key, revealed=False, copied=False)
    shown = card.findChild(Chip)
    assert shown is not None
    assert shown.isVisibleTo(card) == bool(chip)
    assert not chip or shown.accessibleName() == chip
    assert facts in shown_texts(card)
    card.deleteLater()
