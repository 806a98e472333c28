"""The conversation about an order in a narrow column, as it stands beside what it is about."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPlainTextEdit, QPushButton

from supportdesk import clock, i18n
from supportdesk.app.composer import ComposerState
from supportdesk.app.conversation_presenter import ItemPresenter
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.entities import (
    ConversationEvent,
    Entity,
    EventKind,
    Message,
    Order,
    Role,
    TimeRecord,
)
from supportdesk.domain.orders import Article, OrderStatus
from supportdesk.ui.conversation.bubble import Bubble
from supportdesk.ui.conversation.file_saver import open_outside
from supportdesk.ui.conversation.pane import ConversationPane
from supportdesk.ui.conversation.reply_box import ReplyBox
from supportdesk.ui.conversation.talk_head import TalkHead
from supportdesk.ui.conversation.waiting_bubble import WaitingBubble
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.shell.language import SpokenLanguage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.avatar import Avatar
from supportdesk.ui.widgets.safe_text import SafeText
from supportdesk.ui.widgets.text_label import ElidedLabel
from tests.support.app import Desktop, demo_app
from tests.support.cameras import MadeCameras
from tests.support.seen import clipped_texts

ID = "an-order"


@pytest.fixture
def desktop(qapp: object, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path / "data", "orders") as it:
        it.window.resize(1120, 760)
        yield it


@pytest.fixture
def pane(desktop: Desktop) -> Iterator[ConversationPane]:
    place = desktop.window.place
    assert place is not None
    desktop.workspace.sync.go_offline(True)
    _tell_of_order(desktop)
    context = ScreenContext(
        desktop.workspace, desktop.window, place.account, place.profile, place.capabilities
    )
    presenter = ItemPresenter(desktop.workspace, partial(open_outside, context))
    pane = ConversationPane(context, presenter)
    theme().dress(pane)
    presenter.show_to(pane.render_state)
    pane.resize(304, 700)
    pane.show()
    pane.open(desktop.account_id, ID)
    desktop.wait(lambda: bool(pane.findChildren(Bubble)), "it is open")
    desktop.settle()
    yield pane
    pane.end()
    presenter.close()
    pane.close()
    pane.deleteLater()


def _tell_of_order(desktop: Desktop) -> None:
    workspace, account_id, at = desktop.workspace, desktop.account_id, clock.now()
    order = Order(
        id=ID,
        number="R-2001",
        reference="RET-7",
        status=OrderStatus.QUESTION,
        requester_id="somebody",
        requester_name="Somebody",
        organisation_id="",
        organisation_name="",
        created_at=at,
        updated_at=at,
        articles=(Article("4711", "Brake disc"),),
        assignee_name="Mia Storm",
        last_author_id="mia",
    )
    message = Message("m", ID, "mia", "Mia Storm", Role.STAFF, "Which of the two discs is bent?", at)
    events = tuple(
        ConversationEvent(f"e{n}", ID, EventKind.STATUS, at, "Mia", state)
        for n, state in enumerate(("in_progress", "question"))
    )
    time = TimeRecord("r", ID, "Mia Storm", 20, "", at)
    cursor = workspace.read(lambda r: r.cursor(account_id)).result(20) or ""
    facts: tuple[Entity, ...] = (order, message, *events, time)
    told = Page(tuple(map(Upsert, facts)), cursor, more=False)
    workspace.write(lambda w: w.apply(account_id, told)).result(20)


def test_writing_lays_nothing_out_anew(pane: ConversationPane, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key changes what is being written, and the conversation above it is not shown again."""
    rendered: list[object] = []
    monkeypatch.setattr(pane.deliveries, "render_state", rendered.append)
    state = pane._presenter.state
    pane.render_state(state)
    rendered.clear()
    written = msgspec.structs.replace(state, reply=ComposerState(text="The left one."))
    pane.render_state(written)
    assert pane.findChildren(QPlainTextEdit)[0].toPlainText() == "The left one."
    assert not rendered
    pane.render_state(msgspec.structs.replace(written, can_reply=not state.can_reply))
    assert len(rendered) == 1


def texts(pane: ConversationPane) -> list[str]:
    return [label.text() for label in pane.findChildren(QLabel) if label.isVisible()]


def test_who_takes_care_and_what_happened_is_told(pane: ConversationPane) -> None:
    """The assigned person with initials and role, messages, and states in the words of an order."""
    head = pane.findChild(TalkHead)
    assert head is not None
    (avatar,) = head.findChildren(Avatar)
    assert avatar.accessibleName() == "Mia Storm"
    assert [each.plain_text() for each in pane.findChildren(SafeText)] == ["Which of the two discs is bent?"]
    assert "In progress · Waiting for you" in texts(pane)


def test_in_a_narrow_column_nothing_is_cut_off(desktop: Desktop, pane: ConversationPane) -> None:
    """Icons alone stand for attaching and capturing, and keep their names."""
    for name in ("Attach", "Capture screen", "Send reply"):
        button = desktop.find(QAbstractButton, name, pane)
        assert button.width() >= button.sizeHint().width()
        assert pane.rect().contains(QRect(button.mapTo(pane, QPoint()), button.size()))
    assert desktop.find(QPushButton, "Send reply", pane).text() == "Send"
    pane.resize(640, 700)
    desktop.wait(lambda: desktop.find(QPushButton, "Send reply", pane).text() == "Send reply", "it is wide")


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_words_on_the_buttons_are_whole_in_every_width(pane: ConversationPane, language: str) -> None:
    """Where there is no room for them, there are icons."""
    i18n.set_language(language)
    SpokenLanguage().follow()
    for width in range(400, 700, 20):
        pane.resize(width, 700)
        QApplication.processEvents()
        assert clipped_texts(pane.reply) == [], width


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_limits_are_told_whole_or_not_at_all(qapp: object, language: str) -> None:
    """Also when a camera is plugged in; words on the buttons give way to icons, and come back."""
    i18n.set_language(language)
    cameras = MadeCameras()
    box = ReplyBox(cameras)
    theme().dress(box)
    box.render_state(ComposerState(), "", Limits())
    box.show()
    faces = set()
    for plugged in ((), ("Lens",)):
        cameras.plug(*plugged)
        for width in range(480, 800, 10):
            box.resize(width, 200)
            QApplication.processEvents()
            limits = [each for each in box.findChildren(ElidedLabel) if each.text()]
            assert [each.text() for each in limits] == [each.shown_text() for each in limits], width
            assert clipped_texts(box) == [], width
            has_words = i18n._("Attach") in {each.text() for each in box.findChildren(QPushButton)}
            faces.add((has_words, bool(limits)))
    assert {(True, True), (False, False)} <= faces <= {(True, True), (False, True), (False, False)}
    box.close()
    box.deleteLater()


def test_an_answer_is_written_and_waits_in_sight(desktop: Desktop, pane: ConversationPane) -> None:
    """Typed, sent, and shown as not sent yet where there is no connection."""
    box = desktop.find(QPlainTextEdit, "Your answer", pane)
    assert box.placeholderText() == "Answer Mia Storm…"
    desktop.type_into(box, "The left one.")
    desktop.click("Send reply", pane)
    desktop.wait(lambda: bool(pane.findChildren(WaitingBubble)), "it waits")
    assert box.toPlainText() == ""


def test_a_dropped_file_goes_along(desktop: Desktop, pane: ConversationPane, tmp_path: Path) -> None:
    """Wherever in the conversation it is dropped."""
    file = tmp_path / "disc.txt"
    file.write_text("bent")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    args = (
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    offered = QDragEnterEvent(QPoint(9, 9), *args)
    QApplication.sendEvent(pane, offered)
    assert offered.isAccepted()
    QApplication.sendEvent(pane, QDropEvent(QPointF(9, 9), *args))
    desktop.wait(lambda: desktop.has(QAbstractButton, "Remove disc.txt"), "it is attached")
