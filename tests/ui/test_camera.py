"""Pictures with a camera: offered where there is one, on only while one sees it, used as a capture is."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from supportdesk.app.annotation.png import pixels_only
from supportdesk.domain.commands import FileRef
from supportdesk.ui.camera.cameras import Camera, Cameras, CameraTrouble, FrameSource
from supportdesk.ui.camera.installed_cameras import InstalledCameras
from supportdesk.ui.camera.live_view import LiveView
from supportdesk.ui.camera.window import CameraWindow
from supportdesk.ui.conversation.reply_box import ReplyBox
from supportdesk.ui.picture_files import load_small
from supportdesk.ui.screens.reopen.write_page import WritePage
from supportdesk.ui.screens.report import ReportScreen
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.text_label import TextLabel
from tests.support.app import Desktop, demo_app
from tests.support.cameras import MadeCameras, scene
from tests.support.pdfs import form_pdf

PATIENCE_MS = 30_000


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    theme().apply(mode="light", scale=1.0, reduced_motion=True)
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    return owner


def opened(cameras: Cameras, owner: QWidget) -> CameraWindow:
    window = CameraWindow(cameras, owner)
    window.open()
    return window


def button(window: QWidget, text: str) -> QAbstractButton:
    return next(each for each in window.findChildren(QAbstractButton) if text in _names(each))


def _names(button: QAbstractButton) -> tuple[str, str]:
    return button.text(), button.accessibleName()


def seen(window: QWidget) -> str:
    return "\n".join(each.text() for each in window.findChildren(TextLabel) if each.isVisible())


def view(window: CameraWindow) -> QImage:
    live = window.findChild(LiveView)
    assert live is not None
    return live.grab().toImage()


@pytest.mark.parametrize("kind", [ReplyBox, WritePage])
def test_is_offered_while_there_is_a_camera(qtbot: QtBot, kind: type[ReplyBox | WritePage]) -> None:
    """The button comes when a camera is plugged in, and goes with it."""
    cameras = MadeCameras()
    place = kind(cameras)
    qtbot.addWidget(place)
    place.resize(700, 600)
    place.show()
    offer = button(place, "Take a picture")
    assert offer.isHidden()
    cameras.plug("Desk camera")
    assert not offer.isHidden()
    cameras.plug()
    assert offer.isHidden()


def test_is_offered_at_once_where_a_camera_is_known(qtbot: QtBot) -> None:
    """Of two places that offer it, the second does not wait for anything."""
    place = ReplyBox(MadeCameras("Desk camera"))
    qtbot.addWidget(place)
    place.show()
    offer = button(place, "Take a picture")
    assert offer.isVisible()
    with qtbot.waitSignal(place.photograph_requested):
        offer.click()


def test_still_retake_use(owner: QWidget, qtbot: QtBot) -> None:
    """The picture that was seen last is the one that is used, and no other after a retake."""
    cameras = MadeCameras("Desk camera")
    window = opened(cameras, owner)
    take, retake, use = (button(window, text) for text in ("Take the picture", "Retake", "Use"))
    assert not take.isEnabled()
    assert "being switched on" in seen(window)
    cameras.send(scene("#000000"))
    assert "being switched on" not in seen(window)
    cameras.send(scene())
    take.click()
    assert take.isHidden()
    retake.click()
    assert not take.isEnabled()
    cameras.send(scene("#ffffff"))
    take.click()
    with qtbot.waitSignal(window.used) as used:
        use.click()
    assert used.args == [scene("#ffffff")]
    assert not window.isVisible()


def test_is_on_only_while_it_is_seen(owner: QWidget) -> None:
    """On with the live picture; off at the still one, while the window is away, and after Esc."""
    cameras = MadeCameras("Desk camera")
    window = opened(cameras, owner)
    cameras.send(scene())
    assert cameras.on == ["Desk camera"]
    button(window, "Take the picture").click()
    assert cameras.on == []
    assert "The camera is off." in seen(window)
    button(window, "Retake").click()
    assert cameras.on == ["Desk camera"]
    window.hide()
    assert cameras.on == []
    window.show()
    assert cameras.on == ["Desk camera"]
    cameras.send(scene())
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert cameras.on == []


def test_keeps_the_still_picture_while_the_window_is_away(owner: QWidget) -> None:
    """A picture that was taken survives that its window is minimised, and the camera stays off."""
    cameras = MadeCameras("Desk camera")
    window = opened(cameras, owner)
    cameras.send(scene())
    button(window, "Take the picture").click()
    window.hide()
    window.show()
    assert cameras.on == []
    assert button(window, "Use").isVisible()


def test_is_not_mirrored(owner: QWidget) -> None:
    """What is left in front of the camera is left on the screen: writing can be read."""
    cameras = MadeCameras("Desk camera")
    window = opened(cameras, owner)
    cameras.send(scene())
    middle = view(window).height() // 2
    width = view(window).width()
    assert view(window).pixelColor(width // 4, middle).name() == "#c02020"
    assert view(window).pixelColor(3 * width // 4, middle).name() == "#2040c0"


def test_enter_takes_and_uses(owner: QWidget, qtbot: QtBot) -> None:
    """With the keyboard alone: Enter takes the picture, Enter uses it."""
    cameras = MadeCameras("Desk camera")
    window = opened(cameras, owner)
    cameras.send(scene())
    assert window.focusWidget() is button(window, "Take the picture")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.focusWidget() is button(window, "Use")
    with qtbot.waitSignal(window.used):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)


def test_one_of_several(owner: QWidget) -> None:
    """With several cameras one chooses; only the chosen one is on. With one there is no choice."""
    cameras = MadeCameras("Lid", "Desk camera")
    window = opened(cameras, owner)
    choice = window.findChild(Combo)
    assert choice is not None
    assert choice.isVisible()
    assert cameras.on == ["Lid"]
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert cameras.on == ["Desk camera"]
    assert choice.value() == "desk camera"
    cameras.send(scene())
    assert window.focusWidget() is choice
    cameras.plug("Desk camera")
    assert choice.isHidden()
    assert cameras.on == ["Desk camera"]


@pytest.mark.parametrize(
    ("trouble", "what", "todo"),
    [
        (CameraTrouble.SILENT, "The camera gives no picture.", "Another program may be using it"),
        (CameraTrouble.REFUSED, "not allowed to use the camera", "Allow it in the privacy settings"),
    ],
)
def test_says_what_to_do(owner: QWidget, trouble: CameraTrouble, what: str, todo: str) -> None:
    """A camera that cannot be used is off, the way out is said, and trying again tries."""
    cameras = MadeCameras("Desk camera")
    window = opened(cameras, owner)
    cameras.opened[-1][1].failed.emit(trouble)
    assert cameras.on == []
    assert what in seen(window)
    assert todo in seen(window)
    assert button(window, "Take the picture").isHidden()
    button(window, "Try again").click()
    cameras.send(scene())
    assert what not in seen(window)
    assert button(window, "Take the picture").isEnabled()


def test_unplugged_meanwhile(owner: QWidget) -> None:
    """Without its camera the window says so, offers another one, and goes on when it is back."""
    cameras = MadeCameras("Desk camera")
    window = opened(cameras, owner)
    cameras.send(scene())
    cameras.plug("Lid")
    choice = window.findChild(Combo)
    assert choice is not None
    assert "The camera is not there any more." in seen(window)
    assert choice.isVisible()
    assert cameras.on == []
    cameras.plug("Lid", "Desk camera")
    assert cameras.on == ["Desk camera"]
    assert "not there any more" not in seen(window)


def test_without_the_extra_there_is_no_camera(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where QtMultimedia is not installed, nothing is offered and nothing fails."""
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    cameras = InstalledCameras()
    cameras._load()
    assert cameras.found() == ()


def test_a_document_is_no_picture(qapp: QApplication, tmp_path: Path) -> None:
    """Qt's Addons, which come with the extra, draw PDF as pictures: nobody's file is drawn that way here."""
    file = tmp_path / "photo.png"
    file.write_bytes(form_pdf())
    assert load_small(file).isNull()


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    theme().apply(mode="light", scale=1.0, reduced_motion=True)
    with demo_app(tmp_path / "data", cameras=MadeCameras("Desk camera")) as it:
        yield it


def take(desktop: Desktop) -> None:
    """A picture of `scene`, through the window and the studio."""
    cameras = desktop.window.cameras
    assert isinstance(cameras, MadeCameras)
    desktop.click("Take a picture")
    cameras.send(scene())
    desktop.click("Take the picture")
    desktop.click("Use")
    desktop.click("Use in ticket")
    desktop.settle()


@pytest.mark.second_stage
def test_a_picture_for_the_report(desktop: Desktop) -> None:
    """From the camera by the studio into the report: its pixels and nothing else."""
    desktop.go("report", new="1")
    screen = desktop.find(ReportScreen, "Report a problem")
    report = screen._presenter
    desktop.wait(lambda: report.state.ready, "the form is there")
    report.say("service_id", "printing")
    report.say("subject", "Prescription prints twice")
    report.say("description", "Since this morning.")
    report.say("fields.printer_model", "M210")
    report.next()
    report.next()
    take(desktop)
    desktop.wait(lambda: len(report.state.draft.files) == 1, "the picture is added")
    check(desktop, report.state.draft.files[0].file)


def check(desktop: Desktop, file: FileRef) -> None:
    content = desktop.workspace.blobs.path(file).read_bytes()
    assert file.name.startswith("Photo 20")
    assert pixels_only(content) == content
    picture = QImage.fromData(content)
    assert picture.size() == scene().size()
    assert picture.pixelColor(10, 10) == QColor("#c02020")


@pytest.mark.second_stage
@pytest.mark.qt_log_ignore("No RHI backend", "Couldn't (load|resolve) va", extend=True)
def test_frames_of_qt_multimedia(owner: QWidget, qtbot: QtBot) -> None:
    """What arrives at a video sink of Qt is the live picture, and the still one is as it was sent."""
    from PySide6.QtMultimedia import QVideoFrame, QVideoFrameInput

    from supportdesk.ui.camera.sink_frames import SinkFrames

    class Generated(SinkFrames):
        def __init__(self, parent: QObject) -> None:
            super().__init__(parent)
            self._input = QVideoFrameInput(self)
            self._clock = QTimer(self, interval=33)
            self._clock.timeout.connect(self._send)
            self.session.setVideoFrameInput(self._input)

        def start(self) -> None:
            self._clock.start()

        def stop(self) -> None:
            self._clock.stop()

        def _send(self) -> None:
            self._input.sendVideoFrame(QVideoFrame(scene()))

    class Generating(MadeCameras):
        def open(self, camera: Camera) -> FrameSource:  # type: ignore[override]
            return Generated(self)

    window = opened(Generating("Generator"), owner)
    take = button(window, "Take the picture")
    qtbot.waitUntil(take.isEnabled, timeout=PATIENCE_MS)
    take.click()
    with qtbot.waitSignal(window.used) as used:
        button(window, "Use").click()
    assert used.args is not None
    assert used.args[0].convertToFormat(QImage.Format.Format_RGB32) == scene()


@pytest.mark.second_stage
def test_a_camera_that_is_gone_when_it_is_wanted(qtbot: QtBot) -> None:
    """The cameras of this computer can be looked for, and one that is not among them is told as gone."""
    cameras = InstalledCameras()
    cameras.look()
    qtbot.waitUntil(lambda: cameras._devices is not None, timeout=PATIENCE_MS)
    frames = cameras.open(Camera("none", "None"))
    with qtbot.waitSignal(frames.failed, timeout=PATIENCE_MS) as failed:
        frames.start()
    assert failed.args == [CameraTrouble.GONE]
