"""Orders as a person meets them: the list, one of them, and a new one written by keyboard."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragLeaveEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from supportdesk.app.return_slip import slip_of
from supportdesk.domain.orders import Article
from supportdesk.domain.profile_files import bundled_path, load
from supportdesk.domain.projections import ItemQuery, ItemRow
from supportdesk.ui.delegates.article_cell import choice_width
from supportdesk.ui.models.article_model import ArticleModel, Column
from supportdesk.ui.screens.orders import NewOrderScreen, OrderScreen, OrdersScreen
from supportdesk.ui.screens.orders.article_card import ArticleCard
from supportdesk.ui.screens.orders.article_table import ArticleTable
from supportdesk.ui.screens.orders.import_preview import ImportPreview
from supportdesk.ui.screens.orders.order_rows import OrderRows
from supportdesk.ui.screens.orders.slip_printing import slip_pdf
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.more_columns import MoreColumns
from supportdesk.ui.widgets.search_field import SearchField
from tests.support.app import Desktop, demo_app
from tests.support.documents import give
from tests.support.facts import order


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path / "data", "orders") as desktop:
        desktop.window.resize(1120, 760)
        yield desktop


def the(desktop: Desktop, kind: type[QWidget]) -> QWidget:
    found = desktop.window.findChild(kind)
    assert found is not None
    return found


@pytest.fixture
def form(desktop: Desktop) -> NewOrderScreen:
    desktop.go("new_order", anew="yes")
    screen = the(desktop, NewOrderScreen)
    assert isinstance(screen, NewOrderScreen)
    desktop.wait(lambda: screen.presenter.state.ready, "the form")
    return screen


def table_of(form: NewOrderScreen) -> ArticleTable:
    table = form.findChild(ArticleTable)
    assert table is not None
    return table


def known(desktop: Desktop, text: str) -> ItemRow:
    query = ItemQuery(desktop.account_id, "order", text=text)
    desktop.wait(lambda: bool(desktop.workspace.read(lambda r: r.item_count(query)).result(10)), "orders")
    return desktop.workspace.read(lambda r: r.item_window(query)).result(10)[0]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def keys(text: str) -> None:
    for sign in text:
        QTest.keyClicks(focused(), sign)


def press(key: Qt.Key) -> None:
    QTest.keyClick(focused(), key)


def test_the_list_opens_an_order_with_enter(desktop: Desktop) -> None:
    """The first row is the newest; Enter leads to its page."""
    desktop.go("orders")
    screen = the(desktop, OrdersScreen)
    assert isinstance(screen, OrdersScreen)
    desktop.wait(lambda: screen.presenter.state.orders.total > 0, "rows")
    rows = screen.findChild(OrderRows)
    assert rows is not None
    rows.focus_rows()
    first = rows.rows.order(rows.currentIndex().row())
    assert first is not None
    QTest.keyClick(rows, Qt.Key.Key_Return)
    page = the(desktop, OrderScreen)
    assert isinstance(page, OrderScreen)
    desktop.wait(lambda: page.presenter.state.view is not None, "the order")
    assert page.presenter.key[1] == first.id


def test_the_page_shows_articles_files_and_history(desktop: Desktop) -> None:
    """How it stands, and since when, is read first; files stand at their article and open from there."""
    row = known(desktop, "RET-2025-116")
    desktop.go("order", order_id=row.id, account_id=row.account_id)
    for name in ("Scheinwerfer links, LED", "Return slip (PDF)", "glas.png"):
        desktop.wait(lambda name=name: desktop.has(QWidget, name), name)  # type: ignore[misc]
    page = the(desktop, OrderScreen)
    told = ("It has left Velmark and is on its way.", "Status history", "Articles")
    places = [
        label.mapTo(page, QPoint()).y()
        for text in told
        for label in page.findChildren(QLabel)
        if label.text() == text
    ]
    assert len(places) == len(told)
    assert places == sorted(places)


def test_an_article_that_was_taken_out_says_so(desktop: Desktop) -> None:
    """It stays in its line, is not counted, and takes no more files."""
    articles = (Article("4711", "Brake disc", quantity=2), Article("4712", "Headlamp", removed=True))
    give(desktop.workspace.store, desktop.account_id, replace(order("204"), articles=articles))
    desktop.go("order", order_id="204")
    page = the(desktop, OrderScreen)
    desktop.wait(lambda: len(page.findChildren(ArticleCard)) == 2, "both are there")
    there, removed = page.findChildren(ArticleCard)
    told = {each.text() for each in removed.findChildren(QLabel)}
    assert any(text.startswith("No longer part of the order") for text in told)
    names = [
        [each.text() for each in card.findChildren(QPushButton) if each.isVisible()]
        for card in (there, removed)
    ]
    assert names == [["Add files"], []]
    assert "2 pieces" in {each.text() for each in page.findChildren(QLabel)}


def test_articles_are_written_by_keyboard_alone(desktop: Desktop, form: NewOrderScreen) -> None:
    """Tab goes from cell to cell, Enter on the last line begins another."""
    table = table_of(form)
    table.edit_cell(form.presenter.state.draft.articles[0].id)
    keys("BD-31204")
    press(Qt.Key.Key_Tab)
    keys("Brake disc")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    focused().setProperty("text", "")
    keys("4")
    first = form.presenter.state.draft.articles[0]
    assert (first.number, first.name, first.quantity) == ("BD-31204", "Brake disc", "4")
    press(Qt.Key.Key_Return)
    assert len(form.presenter.state.draft.articles) == 2
    keys("HL-88017")
    assert form.presenter.state.draft.articles[1].number == "HL-88017"


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")  # a list that drops down
@pytest.mark.parametrize("column", [Column.FAULT, Column.CONDITION])
def test_one_click_or_f2_opens_the_choices_of_a_cell(
    desktop: Desktop, form: NewOrderScreen, column: Column
) -> None:
    """A click elsewhere only goes there; Tab goes there and leaves the choices closed."""
    table = table_of(form)
    cell = table.model().index(0, column)
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model().index(0, 0)).center()
    )
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(cell).center())
    choices = table.indexWidget(cell)
    assert isinstance(choices, Combo)
    desktop.wait(choices.view().isVisible, "the choices are open")
    choices.hidePopup()
    table.setCurrentIndex(table.model().index(0, Column.QUANTITY))
    table.setCurrentIndex(cell)
    choices = table.indexWidget(cell)
    assert isinstance(choices, Combo)
    assert not choices.view().isVisible()
    press(Qt.Key.Key_F2)
    desktop.wait(choices.view().isVisible, "the choices are open")
    choices.hidePopup()


def test_tab_leaves_the_articles_at_both_ends(desktop: Desktop, form: NewOrderScreen) -> None:
    """Behind the last cell for what follows, before the first one for what stands above."""
    table = table_of(form)
    for end, key in ((Column.REMOVE, Qt.Key.Key_Tab), (Column.NUMBER, Qt.Key.Key_Backtab)):
        table.setFocus()
        table.setCurrentIndex(table.model().index(0, end))
        press(key)
        desktop.settle()
        assert not table.isAncestorOf(focused()), key
        assert focused() is not table


def test_what_is_being_typed_is_kept_before_the_cell_is_left(desktop: Desktop, form: NewOrderScreen) -> None:
    """At the next pause, so that a kill takes nothing."""
    table_of(form).edit_cell(form.presenter.state.draft.articles[0].id)
    keys("AB")
    desktop.wait(lambda: form.presenter.state.saved_at is not None, "kept")
    draft_id = form.presenter.state.draft_id
    draft = desktop.workspace.read(lambda r: r.draft(draft_id)).result(10)
    assert b'"AB"' in draft.content


def test_what_is_typed_without_a_pause_is_kept_meanwhile(desktop: Desktop, form: NewOrderScreen) -> None:
    """However fast one key follows another."""
    end, note = time.monotonic() + 30, ""
    while form.presenter.state.saved_at is None:
        assert time.monotonic() < end, "nothing is kept while somebody types"
        note += "x"
        form.presenter.say("note", note)
        QTest.qWait(50)


def test_files_that_fall_on_a_row_belong_to_it(
    desktop: Desktop, form: NewOrderScreen, tmp_path: Path
) -> None:
    """Not to the row above."""
    second = form.presenter.add_article()
    desktop.settle()
    table = table_of(form)
    (tmp_path / "lamp.txt").write_text("cracked")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "lamp.txt"))])
    place = table.visualRect(table.model().index(1, Column.NAME)).center()
    drop = QDropEvent(
        QPointF(place),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    table.dropEvent(drop)

    def files() -> int:
        held = form.presenter.state.draft.article(second)
        return len(held.files) if held is not None else 0

    desktop.wait(lambda: files() == 1, "the file")
    assert form.presenter.state.draft.articles[0].files == ()
    assert table.model().index(1, Column.FILES).data() == "1 file"


def test_cells_of_a_spreadsheet_are_pasted_over_a_preview(desktop: Desktop, form: NewOrderScreen) -> None:
    """Bad lines are named; the good ones become articles."""
    QGuiApplication.clipboard().setText("number\tqty\nA-1\t2\nA-2\tmany\nA-3\t5")
    desktop.click("Paste from a table")
    desktop.wait(lambda: desktop.has(QPushButton, "Add 2 articles"), "the preview")
    desktop.click("Add 2 articles")
    assert [each.number for each in form.presenter.state.draft.said] == ["A-1", "A-3"]


def test_each_line_that_cannot_be_taken_is_named(desktop: Desktop, form: NewOrderScreen) -> None:
    """However many they are; what can be done stands above them."""
    bad = "".join(f"A-{line}\tmany\n" for line in range(2, 502))
    QGuiApplication.clipboard().setText(f"number\tqty\n{bad}")
    desktop.click("Paste from a table")
    preview = the(desktop, ImportPreview)
    desktop.wait(preview.isVisible, "the preview")
    (named,) = (label for label in preview.findChildren(QLabel) if label.text().startswith("Line "))
    lines = [line.partition(":")[0] for line in named.text().splitlines()]
    assert lines == [f"Line {line}" for line in range(2, 502)]
    leave = desktop.find(QPushButton, "Cancel", preview)
    assert leave.mapTo(preview, QPoint()).y() < named.y()
    desktop.click("Cancel", preview)


def test_an_order_is_sent_and_its_page_follows(desktop: Desktop, form: NewOrderScreen) -> None:
    """Without reference or article it is not: the cursor goes to what is missing."""
    desktop.click("Send order")
    assert form.presenter.state.focus is not None
    form.presenter.say("reference", "UI-SENT-1")
    form.presenter.set_cell(form.presenter.state.draft.articles[0].id, "number", "BD-1")
    desktop.click("Send order")
    page = the(desktop, OrderScreen)
    assert isinstance(page, OrderScreen)

    def arrived() -> bool:
        view = page.presenter.state.view
        return view is not None and view.row.title == "UI-SENT-1" and bool(view.row.number)

    desktop.wait(arrived, "the vendor's number")


def test_an_order_on_its_way_shows_what_goes_along_and_can_be_taken_back(
    desktop: Desktop, form: NewOrderScreen, tmp_path: Path
) -> None:
    """Without a connection; taken back it is the draft again that it was."""
    desktop.workspace.sync.go_offline(True)
    (tmp_path / "disc.txt").write_text("cracked")
    article = form.presenter.state.draft.articles[0].id
    form.presenter.say("reference", "OFFLINE-1")
    form.presenter.set_cell(article, "name", "Disc")
    form.presenter.add_paths(article, [tmp_path / "disc.txt"])
    desktop.wait(lambda: len(form.presenter.state.draft.all_files) == 1, "the file")
    draft = form.presenter.state.draft
    desktop.click("Send order")
    page = desktop.find(OrderScreen, "Order")
    desktop.wait(lambda: desktop.has(QWidget, "disc.txt"), "its file")
    desktop.click("Take back", page)
    desktop.wait(lambda: form.presenter.state.ready and form.presenter.state.draft == draft, "the draft")


def test_the_return_slip_is_a_pdf_with_everything_in_it(qapp: QApplication) -> None:
    """One line needs no second page, two hundred do."""
    profile = load(bundled_path("orders"))
    slip = slip_of(order("50341"), profile, profile.catalogue)
    short, long = slip_pdf(slip), slip_pdf(replace(slip, lines=slip.lines * 200))
    assert short.startswith(b"%PDF")
    assert b"/Count 1\n" in short
    assert b"/Count 1\n" not in long


def test_letters_are_not_lost_while_the_list_answers(desktop: Desktop) -> None:
    """A state that arrives between two keys leaves alone what is being typed."""
    desktop.go("orders")
    screen = the(desktop, OrdersScreen)
    assert isinstance(screen, OrdersScreen)
    search = desktop.find(SearchField, "Search orders", screen)
    search.setFocus()
    keys("RET")
    screen.render_state(screen.presenter.state)
    keys("-2025-117")
    assert search.text() == "RET-2025-117"
    desktop.wait(lambda: screen.presenter.state.query.text == "RET-2025-117", "it is searched for")


def test_escape_leaves_what_was_read_and_not_the_page(desktop: Desktop, form: NewOrderScreen) -> None:
    """None of it is taken."""
    QGuiApplication.clipboard().setText("number\tqty\nA-1\t2")
    desktop.click("Paste from a table")
    preview = the(desktop, ImportPreview)
    desktop.wait(preview.isVisible, "the preview")
    press(Qt.Key.Key_Escape)
    assert not preview.isVisible()
    assert form.isVisible()
    assert form.presenter.state.draft.said == ()


def test_a_deleted_draft_comes_back(desktop: Desktop, form: NewOrderScreen) -> None:
    """With what was typed last, kept already or not."""
    form.presenter.say("reference", "RET-A")
    desktop.wait(lambda: form.presenter.state.saved_at is not None, "kept")
    form.presenter.say("note", "Ramp 2")
    draft_id = form.presenter.state.draft_id
    desktop.click("Delete draft")
    screen = desktop.find(OrdersScreen, "Orders")
    assert isinstance(screen, OrdersScreen)
    desktop.click("Undo")
    desktop.wait(lambda: any(row.id == draft_id for row in screen.presenter.state.local), "it is back")
    draft = desktop.workspace.read(lambda r: r.draft(draft_id)).result(10)
    assert b'"Ramp 2"' in draft.content


def test_whole_choices_are_read_where_there_is_room(desktop: Desktop, form: NewOrderScreen) -> None:
    """The name gives way to them as far as it can; a narrow table says that it goes on."""
    table, model = table_of(form), form.findChild(ArticleModel)
    assert model is not None
    desktop.window.resize(1280, 760)
    desktop.settle()
    for column in (Column.FAULT, Column.CONDITION):
        widest = max(choice_width(words) for _id, words in model.choices(column))
        assert table.columnWidth(column) >= widest
    more = table.findChild(MoreColumns)
    assert more is not None
    assert not more.isVisible()
    desktop.window.resize(720, 560)
    desktop.wait(more.isVisible, "there are more columns")
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    desktop.wait(lambda: not more.isVisible(), "the last one")


def test_a_row_is_lit_while_files_are_dragged_over_it(desktop: Desktop, form: NewOrderScreen) -> None:
    """The cursor stays where somebody writes."""
    table, mime = table_of(form), QMimeData()
    form.presenter.add_article()
    desktop.settle()
    table.edit_cell(form.presenter.state.draft.articles[0].id)
    mime.setUrls([QUrl.fromLocalFile("/lamp.txt")])
    before = table.viewport().grab().toImage()
    place = table.visualRect(table.model().index(1, Column.NAME)).center()
    some = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    table.dragMoveEvent(QDragMoveEvent(place, *some))
    assert table.currentIndex().row() == 0
    assert table.viewport().grab().toImage() != before
    table.dragLeaveEvent(QDragLeaveEvent())
    assert table.viewport().grab().toImage() == before
