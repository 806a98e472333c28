"""One ticket in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit, QPushButton, QWidget

from supportdesk import clock
from supportdesk.app.conversation import Said, Waiting
from supportdesk.domain.commands import Command, CreateTicket
from supportdesk.domain.status import Stage
from supportdesk.ui.conversation.bubble import WIDEST, Bubble, BubbleBox
from supportdesk.ui.conversation.delivery_card import DeliveryCard
from supportdesk.ui.conversation.person_line import PersonLine
from supportdesk.ui.conversation.question_bar import QuestionBar
from supportdesk.ui.conversation.waiting_bubble import WaitingBubble
from supportdesk.ui.screens.ticket import TicketScreen
from supportdesk.ui.theme import theme
from supportdesk.ui.ticket.pane import TicketPane
from supportdesk.ui.ticket.properties import Properties
from supportdesk.ui.ticket.solution_card import SolutionCard
from supportdesk.ui.widgets.avatar import Avatar
from supportdesk.ui.widgets.delivery_log import DeliveryLog
from supportdesk.ui.widgets.safe_text import SafeText
from tests.support.app import Desktop, demo_app
from tests.support.documents import give
from tests.support.pdfs import png
from tests.support.photos import photo


@pytest.fixture
def desktop(qapp: object, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path / "data") as it:
        it.window.resize(1120, 760)
        yield it


def open_ticket(desktop: Desktop, number: str) -> TicketPane:
    account_id = desktop.account_id
    _account, ticket_id = desktop.workspace.read(lambda r: r.ticket_by_number(account_id, number)).result(20)
    desktop.go("ticket", ticket_id=ticket_id)
    pane = desktop.find(TicketScreen, "Ticket").findChild(TicketPane)
    assert pane is not None
    desktop.wait(
        lambda: pane.presenter.state.view is not None and pane.presenter.key[1] == ticket_id, "it is open"
    )
    return pane


def reply(desktop: Desktop, pane: TicketPane) -> QPlainTextEdit:
    return desktop.find(QPlainTextEdit, "Your answer", pane)


def test_a_reply_is_written_and_arrives(desktop: Desktop) -> None:
    """Typing and pressing the button puts the answer into the conversation and empties the box."""
    pane = open_ticket(desktop, "1042")
    box = reply(desktop, pane)
    assert not desktop.find(QPushButton, "Send reply", pane).isEnabled()
    desktop.type_into(box, "A Brother HL, since the update.")
    desktop.click("Send reply", pane)
    desktop.wait(lambda: box.toPlainText() == "", "the box is empty")

    def said() -> list[str]:
        return [entry.body for entry in pane.presenter.state.entries if isinstance(entry, Said)]

    desktop.wait(lambda: said()[-1] == "A Brother HL, since the update.", "it arrived")


def test_a_ticket_is_laid_out_when_it_is_shown(desktop: Desktop) -> None:
    """On a slow computer, too, nobody sees labels on top of one another that find their places later."""
    pane = open_ticket(desktop, "1042")
    account_id = desktop.account_id
    _account, other = desktop.workspace.read(lambda r: r.ticket_by_number(account_id, "1038")).result(20)
    places: list[list[QRect]] = []

    def look(title: str) -> None:
        if title == "#1038":
            found = [*pane.findChildren(Bubble), *pane.findChildren(Properties)]
            labels = [label for each in found for label in each.findChildren(QLabel) if label.isVisible()]
            places.append([QRect(label.mapTo(pane, QPoint()), label.size()) for label in labels])

    pane.titled.connect(look)
    desktop.go("ticket", ticket_id=other)
    desktop.wait(lambda: bool(places), "it is shown")
    desktop.settle()
    look("#1038")
    assert places[0]
    assert places[0] == places[-1]


def test_ctrl_enter_sends(desktop: Desktop) -> None:
    """The whole answer can be given by keyboard."""
    pane = open_ticket(desktop, "1042")
    box = reply(desktop, pane)
    desktop.type_into(box, "By keyboard")
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desktop.wait(lambda: box.toPlainText() == "", "it is sent")


def test_offline_the_answer_waits_in_sight(desktop: Desktop) -> None:
    """Without a connection the answer stands in the conversation, marked, with its delivery log."""
    desktop.workspace.sync.go_offline(True)
    pane = open_ticket(desktop, "1042")
    desktop.type_into(reply(desktop, pane), "Later then")
    desktop.click("Send reply", pane)
    bubble = desktop.find(WaitingBubble, "", pane)
    assert isinstance(pane.presenter.state.entries[-1], Waiting)
    desktop.click("Delivery log", bubble)
    assert desktop.find(DeliveryCard, "Delivery log", pane).isVisible()
    desktop.wait(lambda: desktop.has(QPushButton, "Take back and edit"), "it can be taken back")
    desktop.click("Take back and edit", pane)
    desktop.wait(lambda: reply(desktop, pane).toPlainText() == "Later then", "it is under the pen again")


def test_who_works_offline_is_led_online_where_it_waits(desktop: Desktop) -> None:
    """The delivery log says whose choice it is, and its one button ends it; then the log goes on."""
    desktop.workspace.sync.go_offline(True)
    pane = open_ticket(desktop, "1042")
    desktop.type_into(reply(desktop, pane), "Later then")
    desktop.click("Send reply", pane)
    desktop.click("Delivery log", desktop.find(WaitingBubble, "", pane))
    card = desktop.find(DeliveryCard, "Delivery log", pane)
    log = desktop.find(DeliveryLog, "Delivery log", card)
    desktop.wait(lambda: "You work offline" in _texts(log), "it says why it waits")
    desktop.click("Go online", card)
    desktop.wait(lambda: "You work offline" not in _texts(card), "the log has gone on")
    assert not desktop.workspace.sync.works_offline


def _texts(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_a_ticket_that_was_here_before_is_named_again(desktop: Desktop) -> None:
    """Leaving and coming back to the same ticket shows its number in the breadcrumb."""
    pane = open_ticket(desktop, "1042")
    account_id, ticket_id = pane.presenter.key
    desktop.go("home")
    desktop.go("ticket", ticket_id=ticket_id, account_id=account_id)
    assert desktop.window.navigator.title() == "#1042"


def test_bubbles_follow_the_text_size(desktop: Desktop) -> None:
    """After large text and back no bubble is wider than it may be."""
    pane = open_ticket(desktop, "1042")
    for scale in (2.0, 1.0):
        theme().apply(scale=scale)
        desktop.settle()
    widths = [bubble.width() for bubble in pane.findChildren(BubbleBox)]
    assert widths
    assert max(widths) <= WIDEST


def test_the_column_beside_the_conversation_follows_the_text_size(desktop: Desktop) -> None:
    """A ticket that was opened in large text has no wider column than others once the text is small again."""
    theme().apply(scale=2.0)
    pane = open_ticket(desktop, "1042")
    theme().apply(scale=1.0)
    desktop.settle()
    (column,) = (each for each in pane.findChildren(Properties) if each.isVisible())
    assert column.width() < pane.width() // 3


def test_another_ticket_is_told_from_its_number_on(desktop: Desktop) -> None:
    """However far the facts of the one before were scrolled."""
    desktop.window.resize(1120, 560)
    pane = open_ticket(desktop, "1042")
    desktop.settle()
    (column,) = (each for each in pane.findChildren(Properties) if each.isVisible())
    bar = column._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    open_ticket(desktop, "1038")
    desktop.settle()
    assert bar.value() == 0


def test_unfolded_facts_take_no_more_height_than_they_fill(desktop: Desktop) -> None:
    """The conversation begins right below the last of them, also where one is a person with a role."""
    desktop.window.resize(900, 1200)
    pane = open_ticket(desktop, "1026")
    desktop.click("Details", pane)
    (fold,) = (each for each in pane.findChildren(Properties) if each.isVisible())
    labels = [each for each in fold.findChildren(QLabel) if each.isVisible()]
    lowest = max(each.mapTo(fold, QPoint(0, each.height())).y() for each in labels)
    assert 0 <= fold.height() - lowest < theme().space.l


def test_what_is_to_happen_if_it_costs_money_is_shown(desktop: Desktop) -> None:
    """In the words that the customer chose when reporting."""
    pane = open_ticket(desktop, "1042")
    assert (
        desktop.find(QLabel, "If it turns out to be chargeable: Ask me first", pane).text() == "Ask me first"
    )


def test_who_handles_a_ticket_is_shown_as_a_person(desktop: Desktop) -> None:
    """Avatar, name and role, as in other conversations; what reads out loud says what the person is."""
    pane = open_ticket(desktop, "1042")
    view = pane.presenter.state.view
    assert view is not None
    assert view.assignee is not None
    assert view.assignee.job
    name = view.row.assignee_name
    assert name == view.assignee.name
    line = desktop.find(QLabel, f"Handled by: {name}", pane).parentWidget()
    assert isinstance(line, PersonLine)
    assert desktop.find(Avatar, name, line).isVisible()
    assert view.assignee.job in _texts(line)
    named, job = (
        next(each for each in line.findChildren(QLabel) if each.text() == text)
        for text in (name, view.assignee.job)
    )
    assert job.geometry().top() >= named.geometry().bottom(), "beside the name its words are cut in two"


def test_values_of_one_line_begin_at_the_same_height(desktop: Desktop) -> None:
    """However many lines the highest of them takes: next to a person with avatar and role, for example."""
    desktop.window.resize(880, 760)
    pane = open_ticket(desktop, "1042")
    desktop.click("Details", pane)
    fold = pane._page.fold
    desktop.wait(fold.isVisible, "the details are unfolded")
    shown = fold.findChildren(QLabel)
    labels = [each for each in shown if each.text() in ("Requested by", "Handled by")]
    assert len({each.mapTo(fold, QPoint()).y() for each in labels}) == 1, "the two stand in one line"
    (value,) = (each for each in shown if each.accessibleName().startswith("Requested by: "))
    assert value.geometry().top() <= labels[0].geometry().bottom() + 1


def test_who_handles_a_ticket_is_shown_with_a_picture(desktop: Desktop) -> None:
    """As soon as the vendor gives one; letters where it cannot be read, or where nobody is introduced."""
    pane = open_ticket(desktop, "1042")
    view, vendor = pane.presenter.state.view, pane.presenter.state.vendor
    assert view is not None
    assert view.assignee is not None
    assert vendor is not None
    person = view.assignee

    def colours() -> set[str]:
        line = desktop.find(QLabel, f"Handled by: {person.name}", pane).parentWidget()
        assert line is not None
        image = desktop.find(Avatar, person.name, line).grab().toImage()
        across = range(image.width())
        return {image.pixelColor(x, image.height() // 2).name() for x in across}

    assert "#102080" not in colours()
    desktop.workspace.sync.go_offline(True)  # else the desk tells what it knows
    give(desktop.workspace.store, desktop.account_id, replace(person, picture=png(40, 60)))
    desktop.wait(lambda: "#102080" in colours(), "the picture")
    give(desktop.workspace.store, desktop.account_id, replace(person, picture=b"no picture", job=""))
    desktop.wait(lambda: "#102080" not in colours(), "letters")
    assert pane.presenter.state.assignee_role == f"{vendor.profile.short_name} support"


def test_what_is_typed_survives_leaving(desktop: Desktop) -> None:
    """Going elsewhere in the middle of a sentence and coming back shows it unchanged."""
    pane = open_ticket(desktop, "1042")
    desktop.type_into(reply(desktop, pane), "In the middle of")
    desktop.go("tickets")
    pane = open_ticket(desktop, "1041")
    assert reply(desktop, pane).toPlainText() == ""
    pane = open_ticket(desktop, "1042")
    desktop.wait(lambda: reply(desktop, pane).toPlainText() == "In the middle of", "it is there again")


def test_a_live_change_moves_nothing(desktop: Desktop) -> None:
    """A new entry arrives while somebody reads further up and types: place and text stay."""
    pane = open_ticket(desktop, "1041")
    box, bar = reply(desktop, pane), pane.conversation.view.verticalScrollBar()
    desktop.type_into(box, "half")
    desktop.wait(lambda: bar.maximum() > 0, "there is something to scroll")
    bar.setValue(0)
    first = pane.conversation.view.findChildren(Bubble)[0]
    pane.presenter.end_ticket()
    desktop.wait(lambda: pane.presenter.state.view.row.stage is Stage.CLOSED, "it is closed")  # type: ignore[union-attr]
    desktop.settle()
    assert bar.value() == 0
    assert box.toPlainText() == "half"
    assert pane.conversation.view.findChildren(Bubble)[0] is first


def test_closing_is_confirmed_in_place(desktop: Desktop) -> None:
    """Closing asks beside the button; keeping it open changes nothing."""
    pane = open_ticket(desktop, "1041")
    desktop.click("Close ticket", pane._page.properties)
    question = desktop.find(QuestionBar, pane.conversation.question.accessibleName(), pane)
    desktop.click("Keep it open", question)
    assert not question.isVisible()
    desktop.click("Close ticket", pane._page.properties)
    desktop.click("Close ticket", question)
    desktop.wait(lambda: pane.presenter.state.view.row.stage is Stage.CLOSED, "it is closed")  # type: ignore[union-attr]


def test_a_solution_is_rated_where_it_stands(desktop: Desktop) -> None:
    """A solved ticket asks whether it helped; yes closes it and the question goes."""
    pane = open_ticket(desktop, "1038")
    card = pane.findChild(SolutionCard)
    assert card is not None
    assert card.isVisibleTo(pane)
    desktop.click("Yes, close the ticket", card)
    desktop.wait(lambda: pane.presenter.state.view.row.stage is Stage.CLOSED, "it is closed")  # type: ignore[union-attr]
    desktop.wait(lambda: not card.isVisible(), "the question is gone")


def test_files_and_pictures_can_be_pasted_and_dropped(desktop: Desktop, tmp_path: Path) -> None:
    """A pasted file and a pasted picture go along, are named, and can be removed again."""
    pane = open_ticket(desktop, "1042")
    box = pane.conversation.reply._area.editor
    file = tmp_path / "protocol.txt"
    file.write_text("text")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    box.insertFromMimeData(data)
    picture = QMimeData()
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    picture.setImageData(image)
    box.insertFromMimeData(picture)
    desktop.wait(lambda: len(pane.presenter.state.reply.files) == 2, "both are attached")
    assert {each.media_type for each in pane.presenter.state.reply.files} == {"text/plain", "image/png"}
    assert desktop.find(QPushButton, "Send files", pane).isEnabled()
    photo_of = tmp_path / "photo.jpg"
    photo_of.write_bytes(photo("photo.jpg").read_bytes())
    data.setUrls([QUrl.fromLocalFile(str(photo_of))])
    box.insertFromMimeData(data)
    desktop.wait(lambda: len(pane.presenter.state.reply.files) == 3, "a photo, too")
    desktop.wait(
        lambda: "Place and device removed" in _texts(pane.conversation.reply), "what was done to it is told"
    )
    desktop.click("Remove photo.jpg", pane)
    desktop.click("Remove protocol.txt", pane)
    desktop.wait(lambda: len(pane.presenter.state.reply.files) == 1, "it is removed")


def test_many_files_leave_room_to_write_in_the_smallest_window(desktop: Desktop, tmp_path: Path) -> None:
    """They scroll beyond a few lines; the text and the button keep their height."""
    desktop.window.resize(720, 560)
    pane = open_ticket(desktop, "1042")
    box = pane.conversation.reply
    least = box._area.height()
    files = [tmp_path / f"protocol-of-the-printer-{number}.txt" for number in range(9)]
    for number, file in enumerate(files):
        file.write_text(str(number), "utf-8")
    pane.presenter.add_paths(files)
    desktop.wait(lambda: len(pane.presenter.state.reply.files) == 9, "all are attached")
    desktop.settle()
    tags = box._tags
    assert box._area.height() == least
    assert tags.verticalScrollBar().maximum() > 0
    assert tags.height() == tags.heightForWidth(tags.width())


def test_every_control_of_the_ticket_is_named(desktop: Desktop) -> None:
    """No button of the ticket is without a name for a screen reader."""
    pane = open_ticket(desktop, "1038")
    unnamed = [
        button
        for button in pane.findChildren(QAbstractButton)
        if button.isVisible() and not (button.accessibleName() or button.text())
    ]
    assert unnamed == []


def test_an_unknown_ticket_says_so(desktop: Desktop) -> None:
    """A ticket that is not there has a page that says it."""
    desktop.go("ticket", ticket_id="nowhere")
    desktop.find(QWidget, "This ticket is not there")


def test_a_report_that_is_taken_back_is_a_draft_again(desktop: Desktop) -> None:
    """An unsent report shows what it says and its delivery log, and can be taken back into its form."""
    desktop.workspace.sync.go_offline(True)
    report = Command(clock.uuid7(), clock.now(), CreateTicket("Not so fast", "text", service_id="printing"))
    account_id = desktop.account_id
    desktop.workspace.write(lambda w: w.send(None, account_id, report)).result(20)
    desktop.go("ticket", ticket_id=report.id)
    pane = desktop.find(TicketScreen, "Ticket").findChild(TicketPane)
    assert pane is not None
    card = desktop.find(DeliveryCard, "Delivery log", pane)
    assert desktop.find(SafeText, "Your message, Will be sent", pane).plain_text() == "text"
    desktop.click("Take back", card)
    desktop.wait(
        lambda: bool(desktop.workspace.read(lambda r: not r.outbox(account_id)).result(20)),
        "it is taken back",
    )
