"""Report a problem: four steps, a captured and marked picture, the delivery log."""

from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTreeView, QWidget

from supportdesk.app.annotation.geometry import Point
from supportdesk.domain.projections import OutboxState
from supportdesk.i18n import _
from supportdesk.ui.screens.report import ReportScreen
from supportdesk.ui.studio.canvas import Canvas
from supportdesk.ui.studio.editor import StudioEditor
from supportdesk.ui.studio.label_editor import LabelEditor
from supportdesk.ui.studio.overlay import MonitorOverlay
from supportdesk.ui.widgets.action_bar import ActionBar
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.text_area import TextArea
from supportdesk.ui.widgets.thumbnail import Thumbnail
from supportdesk.ui.widgets.tree_choice import TreeChoice
from tests.tour import host_program
from tests.tour.guide import Guide, drag, put, top_level

W = TypeVar("W", bound=QWidget)

WORDS = {
    "en": {
        "module": "printing",
        "subject": "Prescription prints on the wrong paper",
        "description": (
            "Since this morning the printer at the front desk pulls A4 instead of the prescription form. "
            "The message in the picture appears before.\n\n"
            "Room 2 still prints, so we walk back and forth."
        ),
        "label": "Appears every time",
        "again": "Labels are cut off on the right",
        "again_text": "The last letters of long names are missing since the new roll.",
    },
    "de": {
        "module": "Druck",
        "subject": "Rezept druckt auf falschem Papier",
        "description": (
            "Seit heute Morgen zieht der Drucker am Tresen A4 statt des Rezeptformulars. "
            "Vorher kommt die Meldung im Bild.\n\n"
            "Zimmer 2 druckt noch, wir laufen also hin und her."
        ),
        "label": "Kommt jedes Mal",
        "again": "Etiketten sind rechts abgeschnitten",
        "again_text": "Bei langen Namen fehlen seit der neuen Rolle die letzten Buchstaben.",
    },
}
_LOG = "10:31:02 INFO  Prescription opened\n10:31:07 ERROR MD-2107 form Rezept 1, tray 1 reports A4\n" * 200


def report(guide: Guide, *, captures: bool) -> None:
    """`captures`: another program can be seen on the screen."""
    guide.desktop.click(_("Report a problem"))
    _about(guide)
    _what(guide)
    _show_us(guide, captures=captures)
    _check(guide)
    _deliver(guide)


def report_offline(guide: Guide) -> None:
    """Stays offline."""
    desktop, words = guide.desktop, WORDS[guide.variant.language]
    guide.set_offline(True)
    desktop.go("report", new="1")
    _choose_module(guide, words["module"])
    guide.next()
    guide.fill(LineEdit, _("Subject"), words["again"])
    guide.fill(TextArea, _("Description"), words["again_text"])
    _answer_printer(guide)
    guide.next()
    guide.next()
    desktop.click(_("Send ticket"))
    desktop.find(QAbstractButton, _("Go to your tickets"))
    guide.show("delivery-offline")


def _about(guide: Guide) -> None:
    guide.show("report-1-about")
    guide.next()
    guide.show("report-1-missing")
    _choose_module(guide, WORDS[guide.variant.language]["module"], "report-1-search")
    _wait_until_kept(guide)
    guide.show("report-1-chosen")
    guide.next()


def _wait_until_kept(guide: Guide) -> None:
    """What was said is safe on this computer, and the foot says so."""
    screen = guide.desktop.window.findChild(ReportScreen)
    assert screen is not None
    bar = screen.findChild(ActionBar)
    assert bar is not None
    saved = _("Draft saved {time}").format(time="").strip()
    labels = bar.findChildren(QLabel)
    guide.desktop.wait(lambda: any(saved in label.text() for label in labels), "the draft is kept")


def _choose_module(guide: Guide, needle: str, picture: str = "") -> None:
    tree = guide.desktop.find(TreeChoice, _("Where does it happen?"))
    search, branches = tree.findChild(QLineEdit), tree.findChild(QTreeView)
    assert search is not None
    assert branches is not None
    for text in ("", needle):
        count = branches.model().rowCount()
        if text != search.text():
            put(search, text)
            guide.desktop.wait(lambda: branches.model().rowCount() != count, "the tree is searched")  # noqa: B023
    if picture:
        guide.show(picture)
    QTest.keyClick(search, Qt.Key.Key_Return)
    guide.desktop.wait(lambda: tree.value() is not None, "a module is chosen")


def _what(guide: Guide) -> None:
    words = WORDS[guide.variant.language]
    guide.show("report-2-what")
    guide.fill(LineEdit, _("Subject"), words["subject"])
    guide.next()
    guide.show("report-2-missing")
    guide.fill(TextArea, _("Description"), words["description"])
    _answer_printer(guide)
    _wait_until_kept(guide)
    guide.show("report-2-filled")
    guide.next()


def _answer_printer(guide: Guide) -> None:
    label = {"en": "Printer model", "de": "Druckermodell"}[guide.variant.language]
    guide.fill(QLineEdit, label, "Lexa M210")


def _show_us(guide: Guide, *, captures: bool) -> None:
    desktop = guide.desktop
    guide.show("report-3-show-us")
    if captures:
        desktop.click(_("Capture screen"))
        _choose_region(guide)
    else:
        _paste_and_edit(guide)
    studio = _window(guide, StudioEditor)
    _mark(guide, studio)
    desktop.click(_("Use in ticket"), studio)
    desktop.wait(lambda: top_level(StudioEditor) is None, "the studio closes")
    desktop.find(Thumbnail, desktop.find(Thumbnail, _first_name(guide)).accessibleName())
    _paste_file(guide)
    guide.show("report-3-added")
    guide.next()


def _first_name(guide: Guide) -> str:
    found: list[str] = []

    def search() -> bool:
        found[:] = [thumb.accessibleName() for thumb in guide.desktop.window.findChildren(Thumbnail)]
        return bool(found)

    guide.desktop.wait(search, "a thumbnail")
    return found[0]


def _window(guide: Guide, kind: type[W]) -> W:
    guide.desktop.wait(lambda: top_level(kind) is not None, f"a {kind.__name__}")
    window = top_level(kind)
    assert window is not None
    return window


def _choose_region(guide: Guide) -> None:
    overlay = _window(guide, MonitorOverlay)
    page = host_program.PAGE
    drag(overlay, page.topLeft(), page.center(), page.bottomRight())
    take = guide.desktop.find(QAbstractButton, _("Use this region"), overlay)
    QTest.mouseMove(overlay, QPoint(1010, 430))
    guide.show_window("capture-overlay", overlay)
    QTest.mouseClick(take, Qt.MouseButton.LeftButton)


def _paste_and_edit(guide: Guide) -> None:
    """Where no other program can be seen: its picture comes by the clipboard."""
    whole = host_program.picture(guide.variant.language)
    QGuiApplication.clipboard().setImage(whole.copy(host_program.PAGE.toRect()))
    guide.desktop.click(_("Paste"))
    guide.desktop.click(_("Edit {name}").format(name=_first_name(guide)))


def _paste_file(guide: Guide) -> None:
    file = guide.folder / "medora.log"
    file.write_text(_LOG, "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    QGuiApplication.clipboard().setMimeData(data)
    guide.desktop.click(_("Paste"))
    guide.desktop.find(Thumbnail, file.name)


def _mark(guide: Guide, studio: StudioEditor) -> None:
    canvas = studio.findChild(Canvas)
    assert canvas is not None
    guide.show_window("studio", studio)
    message, patient = _in_picture(host_program.MESSAGE), _in_picture(host_program.PATIENT)
    pen = _Pen(guide, studio, canvas)
    pen.draw(_("Black-out"), patient.topLeft(), patient.bottomRight())
    pen.draw(_("Box"), message.topLeft() + QPointF(58, 42), message.topRight() + QPointF(-6, 112))
    words = message.center() + QPointF(-90, 150)
    pen.draw(_("Arrow"), words, message.center() + QPointF(-20, 34))
    pen.write(words, WORDS[guide.variant.language]["label"])
    pen.press(_("Number"), message.topLeft() + QPointF(58, 44))
    pen.press(_("Number"), message.bottomRight() + QPointF(0, -24))
    guide.show_window("studio-marked", studio)


def _in_picture(area: QRectF) -> QRectF:
    return area.translated(-host_program.PAGE.topLeft())


class _Pen:
    """Draws in picture pixels, with the mouse."""

    def __init__(self, guide: Guide, studio: StudioEditor, canvas: Canvas) -> None:
        self._guide, self._studio, self._canvas = guide, studio, canvas

    def draw(self, tool: str, start: QPointF, end: QPointF) -> None:
        self._guide.desktop.click(tool, self._studio)
        drag(self._canvas, *(self._place(point) for point in (start, (start + end) / 2, end)))

    def press(self, tool: str, at: QPointF) -> None:
        self._guide.desktop.click(tool, self._studio)
        QTest.mouseClick(self._canvas, Qt.MouseButton.LeftButton, pos=self._place(at).toPoint())

    def write(self, at: QPointF, text: str) -> None:
        self.press(_("Text"), at)
        field = self._guide.desktop.find(LabelEditor, _("Text"), self._studio)
        put(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def _place(self, point: QPointF) -> QPointF:
        return self._canvas.placement.to_view(Point(point.x(), point.y()))


def _check(guide: Guide) -> None:
    guide.show("report-4-check")
    guide.desktop.click(_("View"))
    guide.show("report-4-view")
    guide.desktop.click(_("Back to check and send"))


def _deliver(guide: Guide) -> None:
    desktop = guide.desktop
    with guide.line.holding_uploads():
        desktop.click(_("Send ticket"))
        desktop.find(QAbstractButton, _("Go to your tickets"))
        desktop.wait(lambda: _uploading(guide) > 0, "a part of the picture is uploaded")
        guide.show("delivery-running")
    desktop.find(QAbstractButton, _("Open ticket"))
    guide.synchronise()
    guide.show("delivery-accepted")


def _uploading(guide: Guide) -> int:
    """How many files are partly there."""
    account = guide.desktop.account_id
    deliveries = guide.desktop.workspace.read(lambda reader: reader.outbox(account)).result(30)
    uploads = [
        upload for each in deliveries if each.state is OutboxState.UPLOADING for upload in each.uploads
    ]
    return len([upload for upload in uploads if 0 < upload.sent_bytes < upload.file.size_bytes])


def handed_over(guide: Guide) -> None:
    """The form as a host application opens it; it stays behind as a draft."""
    words = WORDS[guide.variant.language]
    prefill = {
        "source": "Medora 24.3",
        "module": "printing",
        "subject": words["subject"],
        "fields": {"workplace": "Tresen links (PC-03)"},
    }
    guide.desktop.application.handle({"do": "new", "prefill": prefill})
    guide.desktop.find(ReportScreen, _("Report a problem"))
    guide.show("report-handed-over")
    guide.next()
    guide.show("report-handed-over-2")
