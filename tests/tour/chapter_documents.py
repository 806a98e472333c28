"""Documents: the list, filling in, signing, declining, and how each stands afterwards."""

from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit

from supportdesk.domain.projections import Link
from supportdesk.i18n import _, pgettext
from supportdesk.ui.conversation.pane import ConversationPane
from supportdesk.ui.document.decline_window import DeclineWindow
from supportdesk.ui.document.page_field import PageField
from supportdesk.ui.document.pane import DocumentPane
from supportdesk.ui.screens.document import DocumentScreen
from supportdesk.ui.screens.documents.list_view import DocumentList
from supportdesk.ui.signature.ink_pad import InkPad
from supportdesk.ui.signature.window import SignatureWindow
from supportdesk.ui.widgets.drop_area import DropArea
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.text_area import TextArea
from tests.support.person import Person
from tests.tour.chapter_entry import go_to_demo
from tests.tour.guide import LEAST, USUAL, Guide, drag, put

OFFER, SHOP, SIGNED, WITHDRAWN = "AN-0318", "AN-0325", "AB-0291", "VT-0103"
WORDS = {
    "en": {
        "date": "01/12/2026",
        "place": "Musterhafen, 22 November",
        "reason": "The shop is moving to another system next year.",
        "question": "Can the scale be delivered a week later?",
    },
    "de": {
        "date": "01.12.2026",
        "place": "Musterhafen, 22. November",
        "reason": "Der Shop zieht nächstes Jahr in ein anderes System um.",
        "question": "Kann die Waage eine Woche später kommen?",
    },
}


def documents(guide: Guide) -> None:
    """At Tallwerk, in the order in which a customer comes to it."""
    go_to_demo(guide, "retail")
    guide.desktop.go("home")
    guide.show("home-to-sign")
    guide.desktop.go("documents")
    guide.show("documents")
    guide.show_extremes("documents")
    _fill_in(guide)
    _sign(guide)
    _decline(guide)
    for number, name in ((SIGNED, "document-order-signed"), (WITHDRAWN, "document-withdrawn")):
        _open(guide, number)
        guide.show(name)
    guide.desktop.go("documents")
    guide.show("documents-answered")


def _open(guide: Guide, number: str) -> DocumentPane:
    desktop = guide.desktop
    desktop.go("documents")
    Person(desktop).click_row(desktop.find(DocumentList, _("Documents")), number)
    pane = _of(guide)
    pictures = pane.viewer.pictures
    desktop.wait(lambda: pictures.picture(0) is not None and pictures.is_sharp(0), "the first page is drawn")
    return pane


def _of(guide: Guide) -> DocumentPane:
    """The one on the screen."""
    pane = guide.desktop.find(DocumentScreen, _("Document")).findChild(DocumentPane)
    assert pane is not None
    return pane


def _fill_in(guide: Guide) -> None:
    desktop, words = guide.desktop, WORDS[guide.variant.language]
    pane = _open(guide, OFFER)
    guide.show("document-to-sign")
    guide.show_extremes("document")
    guide.resize(LEAST)
    desktop.click(_("Conversation"), desktop.find(SegmentedChoice, _("What is shown"), pane))
    guide.show("document-conversation-least")
    desktop.click(_("Document"), desktop.find(SegmentedChoice, _("What is shown"), pane))
    guide.resize(USUAL)
    _answer_next(guide, "start_date", words["date"])
    QTest.mouseClick(pane.viewer.next, Qt.MouseButton.LeftButton)
    guide.show("document-filling")
    _type(guide, "order_number", "B-2204")
    answers: dict[str, str | Qt.Key] = {
        "payment": Qt.Key.Key_Down,
        "terms": Qt.Key.Key_Space,
        "place_and_day": words["place"],
    }
    for name, answer in answers.items():
        _answer_next(guide, name, answer)
    talk = pane.findChild(ConversationPane)
    assert talk is not None
    put(desktop.find(TextArea, _("Your answer"), talk), words["question"])
    desktop.click(_("Send reply"), talk)
    guide.synchronise()
    guide.show("document-asked")


def _answer_next(guide: Guide, name: str, answer: str | Qt.Key) -> None:
    QTest.mouseClick(_of(guide).viewer.next, Qt.MouseButton.LeftButton)
    _type(guide, name, answer)


def _type(guide: Guide, name: str, answer: str | Qt.Key) -> None:
    viewer = _of(guide).viewer
    place = viewer.sheets.form.place_of(name)
    assert isinstance(place, PageField)
    assert place.control.hasFocus(), name
    if isinstance(answer, str):
        QTest.keyClicks(place.control, answer)
    else:
        QTest.keyClick(place.control, answer)
    guide.desktop.settle()


def _sign(guide: Guide) -> None:
    desktop, pane = guide.desktop, _of(guide)
    QTest.mouseClick(pane.viewer.next, Qt.MouseButton.LeftButton)
    guide.show("document-signature-left")
    desktop.click(_("Sign"), pane)
    window = desktop.find(SignatureWindow, _("Signature"))
    _draw(window)
    guide.show_window("signature-drawn", window)
    desktop.click(pgettext("signature", "Type"), window)
    guide.show_window("signature-typed", window)
    desktop.click(_("Picture"), window)
    guide.show_window("signature-picture", window)
    area = desktop.find(DropArea, _("Drop a picture of your signature here"), window)
    Person(desktop).drop(area, _photo(guide))
    use = desktop.find(QAbstractButton, _("Continue"), window)
    desktop.wait(use.isEnabled, "the ink is found in the picture")
    guide.show_window("signature-cut-out", window)
    desktop.click(_("Draw"), window)
    desktop.click(_("Continue"), window)
    guide.show_window("signature-review", window)
    guide.desktop.workspace.sync.go_offline(True)
    guide.wait_for_link({Link.OFFLINE})
    desktop.click(_("Sign now"), window)
    guide.show("document-signed-waiting")
    guide.set_offline(False)
    guide.synchronise()
    desktop.wait(lambda: pane.presenter.state.pages.is_unchanged, "it is sealed")
    guide.without_toast()
    guide.show("document-signed")


def _draw(window: SignatureWindow) -> None:
    (pad,) = window.findChildren(InkPad)
    wide, high = pad.width() / 20, pad.height() / 10
    waves = [QPointF((5 + step) * wide, (5 + (-3, 2, -1, 3)[step % 4]) * high) for step in range(11)]
    drag(pad, *waves)


def _photo(guide: Guide) -> Path:
    """Of a signature: ink on white paper."""
    image = QImage(480, 180, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor("#1d2b50"), 5))
    path = QPainterPath(QPointF(60, 120))
    for step in range(6):
        path.quadTo(QPointF(85 + 60 * step, 20), QPointF(105 + 60 * step, 120 - 10 * (step % 2)))
    painter.drawPath(path)
    painter.end()
    file = guide.folder / "signature.png"
    assert image.save(str(file))
    return file


def _decline(guide: Guide) -> None:
    desktop = guide.desktop
    pane = _open(guide, SHOP)
    desktop.click(_("Decline"), pane)
    window = desktop.find(DeclineWindow, _("Decline"))
    desktop.click(_("Decline"), window)
    guide.show_window("decline", window)
    put(desktop.find(QPlainTextEdit, _("Reason"), window), WORDS[guide.variant.language]["reason"])
    desktop.click(_("Decline"), window)
    guide.synchronise()
    desktop.wait(lambda: not pane.presenter.state.is_on_its_way, "the vendor knows it")
    guide.without_toast()
    guide.show("document-declined")
