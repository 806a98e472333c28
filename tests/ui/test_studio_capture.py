"""Capture where no other program is needed: our windows, the answers, the panels."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from supportdesk.app.annotation.desktop import Monitor
from supportdesk.app.annotation.geometry import Rect
from supportdesk.domain.errors import CaptureFailed
from supportdesk.ui.studio import capture as capture_module
from supportdesk.ui.studio import escape_key
from supportdesk.ui.studio.capture import Capture, CaptureMode
from supportdesk.ui.studio.countdown import Countdown
from supportdesk.ui.studio.escape_key import EscapeKey
from supportdesk.ui.studio.help_panel import HelpPanel
from supportdesk.ui.studio.magnifier import magnifier_place, magnifier_size
from supportdesk.ui.studio.night_button import NightButton
from supportdesk.ui.studio.overlay import MonitorOverlay
from supportdesk.ui.studio.portal import ScreenshotPortal
from supportdesk.ui.studio.shot import Shot, take
from supportdesk.ui.theme import theme

# The offscreen platform cannot raise the countdown above other windows.
pytestmark = pytest.mark.qt_log_ignore("does not support raise")


@pytest.fixture
def own_window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    window.show()
    return window


@pytest.fixture
def capture(qtbot: QtBot, own_window: QWidget) -> Iterator[Capture]:
    capture = Capture(own_window)
    yield capture
    capture.cancel()


def shown_overlays() -> list[MonitorOverlay]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, MonitorOverlay) and widget.isVisible()
    ]


def overlay(qtbot: QtBot) -> MonitorOverlay:
    qtbot.waitUntil(lambda: bool(shown_overlays()))
    return shown_overlays()[0]


def segment(panel: HelpPanel, name: str) -> NightButton:
    return next(
        button
        for button in panel.findChildren(NightButton)
        if name in (button.accessibleName(), button.text())
    )


def monitor_size() -> QSize:
    screen = QGuiApplication.primaryScreen()
    return screen.size() * screen.devicePixelRatio()


@pytest.mark.parametrize("mode", [CaptureMode.MONITOR, CaptureMode.ALL_MONITORS])
def test_a_monitor_is_taken_without_our_window(
    qtbot: QtBot, capture: Capture, own_window: QWidget, mode: CaptureMode
) -> None:
    """Our window is away while the picture is taken and back when it is delivered."""
    with qtbot.waitSignal(capture.captured) as done:
        capture.start(mode, 0)
        assert not own_window.isVisible()
    assert done.args[0].size() == monitor_size()
    assert own_window.isVisible()


def test_our_dialogs_come_back_where_they_were(qtbot: QtBot, capture: Capture, own_window: QWidget) -> None:
    """A second window of ours comes back at its place; one that was hidden stays hidden."""
    other, hidden = QWidget(own_window, Qt.WindowType.Dialog), QWidget()
    for widget in (other, hidden):
        qtbot.addWidget(widget)
    other.setGeometry(210, 120, 80, 60)
    other.show()
    with qtbot.waitSignal(capture.captured):
        capture.start(CaptureMode.MONITOR, 0)
        assert not other.isVisible()
    assert other.isVisible()
    assert other.geometry().topLeft() == QPoint(210, 120)
    assert not hidden.isVisible()


@pytest.mark.parametrize("delay_s", [0, 1])
def test_a_window_closed_meanwhile_is_not_missed(qtbot: QtBot, capture: Capture, delay_s: int) -> None:
    """A window that was deleted while hidden, also during the countdown, is simply gone."""
    passing = QWidget()
    passing.show()
    capture._countdown._second.setInterval(1)
    with qtbot.waitSignal(capture.captured):
        capture.start(CaptureMode.MONITOR, delay_s)
        passing.deleteLater()
        QCoreApplication.sendPostedEvents(passing, QEvent.Type.DeferredDelete)


def test_escape_on_the_overlay_cancels(qtbot: QtBot, capture: Capture, own_window: QWidget) -> None:
    """Esc ends the choice without a picture, and the overlay is gone."""
    capture.start(CaptureMode.REGION, 0)
    cover = overlay(qtbot)
    with qtbot.waitSignal(capture.cancelled):
        QTest.keyClick(cover, Qt.Key.Key_Escape)
    assert own_window.isVisible()
    assert not cover.isVisible()


def test_closing_the_overlay_cancels(qtbot: QtBot, capture: Capture, own_window: QWidget) -> None:
    """An overlay closed by the window manager counts as cancelled."""
    capture.start(CaptureMode.REGION, 0)
    with qtbot.waitSignal(capture.cancelled):
        overlay(qtbot).close()
    assert own_window.isVisible()


def test_a_region_by_mouse(qtbot: QtBot, capture: Capture) -> None:
    """A drag leaves the region for adjusting; the button of the panel takes it."""
    capture.start(CaptureMode.REGION, 0)
    cover = overlay(qtbot)
    QTest.mousePress(cover, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(cover, QPoint(150, 150))
    panel = cover.findChild(HelpPanel)
    assert panel is not None
    assert not panel.isVisible()
    QTest.mouseMove(cover, QPoint(300, 180))
    QTest.mouseRelease(cover, Qt.MouseButton.LeftButton, pos=QPoint(300, 180))
    assert panel.isVisible()
    with qtbot.waitSignal(capture.captured) as done:
        segment(panel, "Use this region").click()
    assert done.args[0].size() == QSize(200, 80)


def test_enter_and_space_take_monitor_and_desktop(qtbot: QtBot, capture: Capture) -> None:
    """Enter without a region takes the monitor under the pointer, Space everything."""
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        capture.start(CaptureMode.REGION, 0)
        cover = overlay(qtbot)
        with qtbot.waitSignal(capture.captured) as done:
            QTest.keyClick(cover, key)
        assert done.args[0].size() == monitor_size()


def test_a_failed_grab_is_told_and_our_windows_come_back(
    qtbot: QtBot, capture: Capture, own_window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system gives no picture the error reaches the caller after our windows are back."""

    def refuse() -> list[Shot]:
        raise CaptureFailed

    monkeypatch.setattr(capture_module, "grab_monitors", refuse)
    with qtbot.waitSignal(capture.failed) as failed:
        capture.start(CaptureMode.MONITOR, 0)
    assert failed.args[0].code == "capture_failed"
    assert own_window.isVisible()


def test_an_unforeseen_error_brings_our_windows_back(
    qtbot: QtBot, capture: Capture, own_window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong inside, our windows are back and the error is not swallowed."""

    def break_down() -> list[Shot]:
        raise ZeroDivisionError

    monkeypatch.setattr(capture_module, "grab_monitors", break_down)
    with qtbot.captureExceptions() as errors, qtbot.waitSignal(capture.cancelled):
        capture.start(CaptureMode.MONITOR, 0)
    assert [kind for kind, _error, _trace in errors] == [ZeroDivisionError]
    assert own_window.isVisible()


def test_our_windows_come_back_when_the_capture_is_destroyed(qtbot: QtBot, own_window: QWidget) -> None:
    """Destroying the capture in the middle brings our windows back."""
    capture = Capture()
    capture.start(CaptureMode.REGION, 0)
    overlay(qtbot)
    with qtbot.waitSignal(capture.destroyed):
        capture.deleteLater()
    assert own_window.isVisible()
    qtbot.waitUntil(lambda: not shown_overlays())


def test_a_second_start_is_ignored(qtbot: QtBot, capture: Capture) -> None:
    """Starting while a capture runs gives one answer, not two."""
    answers: list[QImage] = []
    capture.captured.connect(answers.append)
    with qtbot.waitSignal(capture.captured):
        capture.start(CaptureMode.MONITOR, 0)
        capture.start(CaptureMode.MONITOR, 0)
    QApplication.processEvents()
    assert len(answers) == 1


def test_the_countdown_is_seen_and_can_be_cancelled(
    qtbot: QtBot, capture: Capture, own_window: QWidget
) -> None:
    """While the seconds run our window is away and the countdown shown; a click on it cancels."""
    capture.start(CaptureMode.MONITOR, 10)
    countdown = capture.findChild(Countdown) or capture._countdown
    assert countdown.isVisible()
    assert not own_window.isVisible()
    with qtbot.waitSignal(capture.cancelled):
        QTest.mouseClick(countdown, Qt.MouseButton.LeftButton)
    assert own_window.isVisible()
    assert not countdown.isVisible()


def test_esc_that_is_held_from_before_cancels_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a press after the start counts, and once."""
    held = [True]
    monkeypatch.setattr(escape_key, "reader", lambda: lambda: held[0])
    key = EscapeKey()
    pressed = QSignalSpy(key.pressed)
    key.start()
    assert key.is_heard
    key._look()
    assert pressed.count() == 0
    held[0] = False
    key._look()
    held[0] = True
    with qtbot.waitSignal(key.pressed):
        pass
    assert pressed.count() == 1
    assert not key._look_again.isActive()


def test_a_delay_chosen_on_the_overlay_begins_anew(qtbot: QtBot, capture: Capture) -> None:
    """Choosing 3 s on the panel takes the overlay away, counts down, and shows a new one."""
    capture.start(CaptureMode.REGION, 0)
    first = overlay(qtbot)
    panel = first.findChild(HelpPanel)
    assert panel is not None
    capture._countdown._second.setInterval(1)
    segment(panel, "Delay of 3 seconds").click()
    assert not first.isVisible()
    second = overlay(qtbot)
    assert second is not first
    again = second.findChild(HelpPanel)
    assert again is not None
    assert segment(again, "Delay of 3 seconds").isChecked()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [352, 752, 1500])
def test_the_panel_fits_any_monitor(qtbot: QtBot, scale: float, width: int) -> None:
    """On narrow monitors and at 200 % text size every button of the panel is inside it and unclipped."""
    theme().apply(scale=scale)
    try:
        panel = HelpPanel(offers_windows=True, delay_s=0)
        qtbot.addWidget(panel)
        panel.fit(max(width, panel.minimumSizeHint().width()))
        panel.show()
        for button in panel.findChildren(NightButton):
            assert panel.rect().contains(button.geometry())
            assert button.width() >= button.sizeHint().width()
    finally:
        theme().apply(scale=1.0)


def test_the_magnifier_stays_on_the_monitor(qtbot: QtBot) -> None:
    """In every corner the magnifier is wholly on the monitor and not over the pointer."""
    room = QRect(0, 0, 800, 600)
    for pointer in (QPoint(0, 0), QPoint(799, 0), QPoint(0, 599), QPoint(799, 599), QPoint(400, 300)):
        place = magnifier_place(pointer, room, QRect())
        assert place.size() == magnifier_size()
        assert room.contains(place)
        assert not place.contains(pointer)


def test_the_magnifier_never_lies_under_the_panel(qtbot: QtBot) -> None:
    """Wherever the pointer is, also beside and below the panel, the two have no pixel in common."""
    room, panel = QRect(0, 0, 1120, 760), QRect(160, 600, 800, 136)
    for x in range(0, room.width(), 16):
        for y in range(0, room.height(), 16):
            place = magnifier_place(QPoint(x, y), room, panel)
            assert room.contains(place)
            assert not place.intersects(panel), (x, y)
            assert not place.contains(QPoint(x, y))


def test_while_dragging_the_panel_takes_no_room(qtbot: QtBot, capture: Capture) -> None:
    """The panel hides during a drag; then the magnifier follows the pointer also where the panel was."""
    capture.start(CaptureMode.REGION, 0)
    first = overlay(qtbot)
    panel = first.findChild(HelpPanel)
    assert panel is not None
    below = QPoint(panel.x() - 4, panel.geometry().bottom())
    QTest.mouseMove(first, below)
    still = first._magnifier_place(below)
    assert not still.intersects(panel.geometry())
    QTest.mousePress(first, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(first, below)
    assert not panel.isVisible()
    assert first._magnifier_place(below) != still


def test_pieces_of_two_monitors_are_put_together(qtbot: QtBot) -> None:
    """A region over two monitors shows the left one left and the right one right, pixel by pixel."""
    shots = []
    for x, colour in ((0, 0xFF112233), (100, 0xFF445566)):
        picture = QImage(100, 80, QImage.Format.Format_RGB32)
        picture.fill(colour)
        monitor = Monitor("", Rect(x, 0, 100, 80), 1.0, 1.0 if x == 0 else 2.0)
        shots.append(Shot(monitor, picture, QGuiApplication.primaryScreen()))
    taken = take(shots, Rect(90, 10, 30, 20))
    assert (taken.width(), taken.height(), taken.devicePixelRatio()) == (30, 20, 2.0)
    assert {taken.pixel(x, 5) for x in range(10)} == {0xFF112233}
    assert {taken.pixel(x, 5) for x in range(10, 30)} == {0xFF445566}


@pytest.fixture
def portal(qtbot: QtBot) -> ScreenshotPortal:
    portal = ScreenshotPortal(timeout_s=0.05)
    portal._path = "/asked"
    return portal


def test_a_refusal_by_the_desktop_is_said(qtbot: QtBot, portal: ScreenshotPortal) -> None:
    """Answer 1 of the portal is a refusal; it says so and what to do instead."""
    with qtbot.waitSignal(portal.failed) as failed:
        portal.onResponse(1, {})
    assert "not allow" in str(failed.args[0])
    assert "paste" in failed.args[0].next_step


def test_silence_of_the_desktop_ends(qtbot: QtBot, portal: ScreenshotPortal) -> None:
    """A portal that never answers is given up after the time-out."""
    with qtbot.waitSignal(portal.failed) as failed:
        portal._limit.start()
    assert "did not answer" in str(failed.args[0])


def test_the_portals_file_is_taken_over(qtbot: QtBot, portal: ScreenshotPortal, tmp_path: Path) -> None:
    """The picture is delivered and the portal's file, which shows everything, is gone."""
    file = tmp_path / "Screenshot ä.png"
    picture = QImage(20, 10, QImage.Format.Format_RGB32)
    picture.fill(0xFF123456)
    assert picture.save(str(file))
    with qtbot.waitSignal(portal.delivered) as delivered:
        portal.onResponse(0, {"uri": file.as_uri()})
    assert delivered.args[0].pixel(3, 3) == 0xFF123456
    assert not file.exists()
    portal._background.close()


def test_a_picture_that_cannot_be_read_is_said(
    qtbot: QtBot, portal: ScreenshotPortal, tmp_path: Path
) -> None:
    """An answer that points nowhere is a failure, not an empty picture."""
    with qtbot.waitSignal(portal.failed) as failed:
        portal.onResponse(0, {"uri": (tmp_path / "missing.png").as_uri()})
    assert failed.args[0].code == "capture_failed"
    portal._background.close()
