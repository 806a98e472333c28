"""Report a problem in the real window, by keyboard, mouse, drop and paste."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from supportdesk import clock, i18n
from supportdesk.app.flows.report_flow import Position, Step
from supportdesk.app.prefill import Prefill
from supportdesk.app.report import ReportPresenter
from supportdesk.app.report_state import ReportState
from supportdesk.domain import profile_files
from supportdesk.domain.projections import Draft, Link, OutboxState
from supportdesk.ui.reading.helpful_card import HelpfulCard
from supportdesk.ui.screens.report import ReportScreen
from supportdesk.ui.screens.report.drafts_page import DraftsPage
from supportdesk.ui.screens.report.sent_page import SentPage
from supportdesk.ui.screens.tickets.list_states import ListStates
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.delivery_log import DeliveryLog
from supportdesk.ui.widgets.drop_area import DropArea
from supportdesk.ui.widgets.row_button import RowButton
from supportdesk.ui.widgets.text_label import TextLabel
from supportdesk.ui.widgets.thumbnail import Thumbnail
from tests.support.app import Desktop, demo_app
from tests.support.facts import publication
from tests.support.photos import photo


def write(text: str) -> None:
    """Into whatever has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    theme().apply(mode="light", scale=1.0, reduced_motion=True)
    with demo_app(tmp_path / "data") as it:
        it.window.resize(1120, 760)
        it.window.activateWindow()
        yield it
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def open_report(desktop: Desktop, **args: str) -> ReportPresenter:
    desktop.go("report", **(args or {"new": "1"}))
    screen = desktop.find(ReportScreen, "Report a problem")
    desktop.wait(lambda: screen._presenter.state.ready, "the form is there")
    desktop.settle()
    return screen._presenter


def fill(report: ReportPresenter, step: Step) -> None:
    """Everything that is needed is said, and `step` is shown."""
    report.say("service_id", "printing")
    report.say("subject", "Prescription prints twice")
    report.say("description", "Since this morning.")
    report.say("fields.printer_model", "M210")
    while report.state.position.step < step:
        report.next()


def has_focus(desktop: Desktop, name: str) -> Callable[[], bool]:
    def holds() -> bool:
        focused = QApplication.focusWidget()
        text = focused.text() if isinstance(focused, QAbstractButton) else ""
        return focused is not None and name in (focused.accessibleName(), text)

    return holds


def key(key: Qt.Key, *, times: int = 1) -> None:
    for _time in range(times):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


def tab_to(desktop: Desktop, name: str) -> None:
    """As a person does who looks where the ring is."""
    for _step in range(40):
        if has_focus(desktop, name)():
            return
        key(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to “{name}”")


def said_in_banners(desktop: Desktop) -> str:
    labels = [
        label for banner in desktop.window.findChildren(Banner) for label in banner.findChildren(TextLabel)
    ]
    return " ".join(label.text() for label in labels if label.isVisible())


def test_the_whole_report_by_keyboard_alone(desktop: Desktop) -> None:
    """From the first field to the accepted ticket with keys only, without a mouse and without knowing ids."""
    report = open_report(desktop)
    desktop.wait(has_focus(desktop, "Where does it happen?"), "the first field has the focus")
    write("printing and")
    key(Qt.Key.Key_Return)
    desktop.wait(lambda: report.state.draft.service_id == "printing", "the module is chosen")
    tab_to(desktop, "Normal")
    key(Qt.Key.Key_Right)
    desktop.wait(lambda: report.state.draft.priority_id == "high", "the priority is chosen")
    tab_to(desktop, "Next")
    key(Qt.Key.Key_Space)
    desktop.wait(has_focus(desktop, "Subject"), "the subject has the focus")
    write("Prints twice")
    tab_to(desktop, "Description")
    write("Since today.")
    tab_to(desktop, "Printer model")
    write("M210")
    tab_to(desktop, "Next")
    key(Qt.Key.Key_Space)
    desktop.wait(has_focus(desktop, "Capture screen"), "step 3")
    tab_to(desktop, "Next")
    key(Qt.Key.Key_Space)
    desktop.wait(lambda: report.state.position.step is Step.CHECK, "step 4")
    tab_to(desktop, "Send ticket")
    key(Qt.Key.Key_Space)
    desktop.wait(
        lambda: report.state.delivery is not None and report.state.delivery.state is OutboxState.SENT,
        "the desk has it",
    )
    desktop.settle()
    assert desktop.find(DeliveryLog, "Delivery log").isVisible()
    desktop.click("Open ticket")
    assert desktop.has(QWidget, "Ticket")


def test_next_leads_to_the_first_thing_missing(desktop: Desktop) -> None:
    """Next puts the focus on the first missing field and says what to do; leaving a field says it too."""
    report = open_report(desktop)
    desktop.click("Next")
    desktop.wait(has_focus(desktop, "Where does it happen?"), "the module")
    fill(report, Step.WHAT)
    report.say("description", "")
    report.say("fields.printer_model", "")
    desktop.settle()
    desktop.click("Next")
    desktop.wait(has_focus(desktop, "Description"), "the description")
    assert "Describe what happened." in [
        label.text() for label in desktop.window.findChildren(TextLabel) if label.isVisible()
    ]
    write("x")
    desktop.click("Next")
    desktop.wait(has_focus(desktop, "Printer model"), "the vendor's question")


def test_what_a_host_program_handed_over_is_said(desktop: Desktop) -> None:
    """The form names the program that filled it in, at the top and at the field itself."""
    prefill = Prefill(subject="Print", source="Medora 24.3", fields={"workplace": "PC-03"}, module="printing")
    report = open_report(desktop, prefill=msgspec.json.encode(prefill).decode())
    assert "Medora 24.3 handed over some details" in said_in_banners(desktop)
    report.next()
    desktop.settle()
    assert desktop.find(QLineEdit, "Workplace").text() == "PC-03"
    assert desktop.find(QLineEdit, "Subject").text() == "Print"
    labels = [label.text() for label in desktop.window.findChildren(TextLabel) if label.isVisible()]
    assert "Filled in by Medora 24.3" in labels


def picture(path: Path) -> Path:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor("#205080"))
    assert image.save(str(path))
    return path


def drop(area: DropArea, data: QMimeData) -> None:
    at, copy = QPoint(20, 20), Qt.DropAction.CopyAction
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(area, QDragEnterEvent(at, copy, data, button, none))
    QApplication.sendEvent(area, QDropEvent(QPointF(at), copy, data, button, none))


def test_files_and_pictures_are_dropped_and_pasted(desktop: Desktop, tmp_path: Path) -> None:
    """Dropped files, a photo and a pasted picture become thumbnails; a missing file is named in place."""
    report = open_report(desktop)
    fill(report, Step.SHOW)
    desktop.settle()
    area = desktop.find(DropArea, "Drop files or pictures here")
    log = tmp_path / "medora.log"
    log.write_text("MD-2107")
    data = QMimeData()
    names = [picture(tmp_path / "shot.png"), photo("photo.jpg"), log, tmp_path / "gone.txt"]
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in names])
    drop(area, data)
    desktop.wait(lambda: len(report.state.draft.files) == 3 and not report.state.adding, "three files")
    assert "gone.txt" in said_in_banners(desktop)
    warnings = {each.file.name: each.warning for each in report.state.draft.files}
    assert warnings["photo.jpg"] == "Place and device removed"
    assert warnings["shot.png"] == ""
    clipboard = QMimeData()
    clipboard.setImageData(QImage(str(tmp_path / "shot.png")))
    QGuiApplication.clipboard().setMimeData(clipboard)
    desktop.click("Paste")
    desktop.wait(lambda: len(report.state.draft.files) == 4 and not report.state.adding, "the pasted one")
    desktop.settle()
    shown = [each for each in desktop.window.findChildren(Thumbnail) if each.isVisible()]
    assert len(shown) == 4
    desktop.click("Remove medora.log")
    assert "medora.log" not in [each.file.name for each in report.state.draft.files]
    desktop.click("Undo")
    assert "medora.log" in [each.file.name for each in report.state.draft.files]


def test_a_picture_is_pasted_into_the_description(desktop: Desktop) -> None:
    """Ctrl+V with a picture in the text adds it to the files, not to the text."""
    report = open_report(desktop)
    fill(report, Step.WHAT)
    desktop.settle()
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    clipboard = QMimeData()
    clipboard.setImageData(image)
    QGuiApplication.clipboard().setMimeData(clipboard)
    editor = desktop.find(QPlainTextEdit, "Description")
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desktop.wait(lambda: len(report.state.draft.files) == 1, "the picture")
    assert editor.toPlainText() == "Since this morning."


def test_a_file_is_renamed_in_place(desktop: Desktop, tmp_path: Path) -> None:
    """F2 shows the name as a field; Enter takes it and keeps the ending, Esc leaves it."""
    report = open_report(desktop)
    fill(report, Step.SHOW)
    report.add_paths([picture(tmp_path / "shot.png")])
    desktop.wait(lambda: bool(report.state.draft.files), "the file")
    desktop.settle()

    def rename(text: str, end: Qt.Key) -> str:
        QTest.keyClick(desktop.find(Thumbnail, report.state.draft.files[0].file.name), Qt.Key.Key_F2)
        name = report.state.draft.files[0].file.name
        field = desktop.find(QLineEdit, f"New name of {name}")
        field.setText(text)
        QTest.keyClick(field, end)
        desktop.settle()
        return report.state.draft.files[0].file.name

    assert rename("printer", Qt.Key.Key_Return) == "printer.png"
    assert rename("nothing", Qt.Key.Key_Escape) == "printer.png"
    assert desktop.find(ReportScreen, "Report a problem").isVisible()


def test_only_what_is_ticked_reaches_the_desk(desktop: Desktop, tmp_path: Path) -> None:
    """What is unticked with the mouse is not among the files of the ticket in the desk's own database."""
    report = open_report(desktop)
    fill(report, Step.SHOW)
    for name in ("yes.txt", "no.txt"):
        (tmp_path / name).write_text(name)
        report.add_paths([tmp_path / name])
    desktop.wait(lambda: len(report.state.draft.files) == 2, "both files")
    report.next()
    desktop.settle()
    tick = desktop.find(QCheckBox, "Send no.txt")
    tick.setFocus()
    tick.click()
    desktop.settle()
    assert tick.hasFocus()  # the list is not built anew under the person's hands
    desktop.find(QCheckBox, "Send Versions").click()
    desktop.click("Send ticket")
    desktop.wait(
        lambda: report.state.delivery is not None and report.state.delivery.state is OutboxState.SENT, "sent"
    )
    assert report.state.delivery is not None
    assert files_at_the_desk(desktop.workspace.folder, report.state.delivery.ticket_id) == ["yes.txt"]


def files_at_the_desk(folder: Path, ticket_id: str) -> list[str]:
    (path,) = folder.rglob("desk.db")
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        rows = database.execute(
            "SELECT name FROM attachments WHERE conversation_id = ?", (ticket_id,)
        ).fetchall()
    finally:
        database.close()
    return [name for (name,) in rows]


def test_each_item_can_be_looked_at_before_it_leaves(desktop: Desktop, tmp_path: Path) -> None:
    """'View' shows exactly what would be sent, and leads back to the list."""
    report = open_report(desktop)
    fill(report, Step.SHOW)
    report.add_paths([picture(tmp_path / "shot.png")])
    desktop.wait(lambda: bool(report.state.draft.files), "the file")
    report.next()
    desktop.settle()
    for item in ("Your report", "shot.png", "Versions"):
        desktop.click(f"View {item}")
        desktop.wait(lambda: desktop.has(QAbstractButton, "Back to check and send"), item)
        desktop.click("Back to check and send")
    assert desktop.has(QAbstractButton, "Send ticket")


def test_without_a_connection_the_log_says_what_is_safe(desktop: Desktop) -> None:
    """Offline the page names the state, the phone and the way back; with a connection it goes on."""
    desktop.workspace.sync.go_offline(offline=True)
    report = open_report(desktop)
    fill(report, Step.CHECK)
    desktop.settle()
    desktop.click("Send ticket")
    desktop.wait(lambda: report.state.link is Link.OFFLINE and report.state.delivery is not None, "offline")
    desktop.settle()
    texts = [label.text() for label in desktop.window.findChildren(TextLabel) if label.isVisible()]
    note = "You can close this window and shut the computer down. Nothing is sent twice."
    assert note in texts
    assert any("030 23125 140" in text for text in texts)
    labels = [label.text() for label in desktop.window.findChildren(QLabel) if label.isVisible()]
    assert "Saved. It will be sent when you go online" in labels
    desktop.click("Go online")
    desktop.wait(
        lambda: report.state.delivery is not None and report.state.delivery.state is OutboxState.SENT, "sent"
    )
    assert desktop.find(QAbstractButton, "Report another problem").isVisible()


def test_a_type_that_the_desk_does_not_offer_is_asked_anew(qapp: QApplication, tmp_path: Path) -> None:
    """The desk stands first; what it offers stays chosen, what it does not is empty and said to miss."""
    theme().apply(mode="light", scale=1.0, reduced_motion=True)
    with demo_app(tmp_path / "data", "video") as desktop:
        report = open_report(desktop)
        desk, type_ = desktop.find(Combo, "Service desk"), desktop.find(Combo, "Type")
        explained = type_.accessibleDescription()
        assert (type_.currentText(), has_focus(desktop, "Service desk")()) == ("Fault", True)
        report.say("desk_id", "technical")
        assert (type_.currentText(), type_.accessibleDescription()) == ("Fault", explained)
        report.say("desk_id", "returns")
        assert (desk.currentText(), type_.currentText()) == ("Repairs and returns", "")
        assert "Choose what kind of matter it is." in type_.accessibleDescription()
        assert explained not in type_.accessibleDescription()


def test_a_draft_goes_on_where_it_was_left(desktop: Desktop) -> None:
    """At the step that Back led to, and the steps that were reached before can be clicked again."""
    report = open_report(desktop)
    fill(report, Step.CHECK)
    for _step in range(2):
        desktop.click("Back", desktop.find(ReportScreen, "Report a problem"))
    desktop.go("home")
    desktop.go("report")
    desktop.wait(lambda: report.state.choosing, "the draft is offered")
    report.resume(report.state.drafts[0].id)
    assert report.state.position == Position(Step.WHAT, Step.CHECK)


def test_a_draft_is_deleted_and_brought_back(desktop: Desktop) -> None:
    """The drafts are offered; deleting one shows Undo, and Undo opens it again."""
    report = open_report(desktop)
    report.say("subject", "Half done")
    report.keep()
    desktop.settle()
    desktop.go("report")
    desktop.click("Delete draft Half done")
    desktop.wait(lambda: not report.state.choosing, "it is gone")
    desktop.click("Undo")
    desktop.wait(lambda: report.state.draft.subject == "Half done", "it is back")


@pytest.mark.parametrize("language", ["de", "pseudo", "pseudo-rtl"])
def test_the_language_changes_under_a_form_in_use(
    desktop: Desktop, qapp: QApplication, language: str
) -> None:
    """Every step is said in the new language at once, mirrored where it is, and nothing typed is touched."""
    report = open_report(desktop)
    desktop.click("Next")
    i18n.set_language(language)
    if i18n.is_right_to_left():
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.sendEvent(desktop.window, QEvent(QEvent.Type.LanguageChange))
    desktop.settle()
    assert not desktop.has(QAbstractButton, "Next")
    assert report.state.problem("service_id") == i18n._("Choose what it is about.")
    fill(report, Step.CHECK)
    desktop.settle()
    assert desktop.has(QAbstractButton, i18n._("Send ticket"))
    assert report.state.draft.subject == "Prescription prints twice"


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(720, 560), (1120, 760)])
def test_no_text_is_cut(desktop: Desktop, scale: float, size: tuple[int, int]) -> None:
    """In the smallest window and at twice the text size every wrapped text has the height it needs."""
    desktop.window.resize(*size)
    theme().apply(scale=scale)
    i18n.set_language("de")
    QApplication.sendEvent(desktop.window, QEvent(QEvent.Type.LanguageChange))
    desktop.workspace.sync.go_offline(offline=True)
    desktop.go("report", new="1")
    screen = desktop.window.findChild(ReportScreen)
    assert screen is not None
    desktop.wait(lambda: screen._presenter.state.ready, "the form")
    report = screen._presenter
    for step in (Step.ABOUT, Step.WHAT, Step.SHOW, Step.CHECK):
        fill(report, step)
        desktop.settle()
        assert cut(screen) == []
    report.send()
    desktop.wait(lambda: report.state.delivery is not None and report.state.link is Link.OFFLINE, "saved")
    desktop.settle()
    assert cut(screen) == []
    theme().apply(scale=1.0)


def cut(screen: QWidget) -> list[str]:
    labels = [label for label in screen.findChildren(TextLabel) if label.isVisible() and label.wordWrap()]
    return [label.text() for label in labels if label.height() < label.heightForWidth(label.width())]


def test_how_long_ago_a_draft_was_written_is_told_anew_at_every_visit(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page stays between visits, its times do not."""
    written = clock.now()
    draft = Draft("d", "someone", "report", "Paper jam", 2, b"{}", (), written)
    page = DraftsPage()
    page.render_state(ReportState(drafts=(draft,)))
    page.show()
    before = page.findChildren(RowButton)[0].accessibleDescription()
    page.hide()
    monkeypatch.setattr(clock, "now", lambda: written + timedelta(minutes=40))
    page.show()
    after = page.findChildren(RowButton)[0].accessibleDescription()
    page.close()
    assert before != after
    assert "40 min" in after


@pytest.mark.parametrize(
    ("vendor", "report", "another"),
    [("practice", "Report a problem", "Report another problem"), ("school", "New ticket", "New ticket")],
)
def test_the_way_to_a_report_is_called_as_its_tile(
    qtbot: QtBot, vendor: str, report: str, another: str
) -> None:
    """In the empty list of tickets, below an article that did not help, and after sending."""
    theme()  # before the first widget, as the program does
    profile = profile_files.demo(vendor)
    article = msgspec.structs.replace(publication("help"), my_rating=False)
    states, card, sent = ListStates(profile), HelpfulCard(profile), SentPage(profile)
    for part in (states, card, sent):
        qtbot.addWidget(part)
    card.show_item(article, can_report=True)
    for part, text in ((states, report), (card, report), (sent, another)):
        assert text in [button.text() for button in part.findChildren(QAbstractButton)]
