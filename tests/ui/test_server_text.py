"""R12: what a server, a profile or another person wrote is text: no widget loads or opens what it names.

Which kinds of widgets there are is read from the code, so a new one is fed as well, or has to be named here.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextBrowser,
    QToolTip,
    QWidget,
)

from supportdesk.app.notifications import Notice
from supportdesk.app.screens import Route
from supportdesk.app.settings import NOTIFY_ANSWERS
from supportdesk.ui.shell import tray
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.safe_text import SafeText
from supportdesk.ui.widgets.text_label import plain_tooltip
from tests.support.canary import Canary, canary
from tests.support.hostile_texts import COUNT, texts
from tests.support.text_kinds import ROOT, Feeder, delegates, models, text_widgets

OF_THE_PROGRAM = {
    "Calendar": "days and months",
    "CameraButton": "a Button; its menu is a Menu with the names of this computer's cameras",
    "ChoiceButton": "the base of others, which are fed",
    "CommandMenuBar": "commands of the program; its menus are Menus",
    "Countdown": "a number",
    "DateField": "a date",
    "InkPad": "an invitation",
    "MonitorOverlay": "measures",
    "PageField": "the base of LineOnPage, TextOnPage and the others, which are fed",
    "PaintedButton": "the base of others, which are fed",
    "PaperDate": "a date",
    "RowMenu": "a Menu",
    "TableHead": "the titles of columns",
    "ThemePreview": "the names of our themes",
    "Thumbnails": "numbers of pages",
    "ViewsMenu": "a Menu",
}
"""Kinds that are given no text of others, and what they show."""
MODEL_OF = {
    "ArticleCellDelegate": "ArticleModel",
    "EntryRowDelegate": "EntriesModel",
    "OrderRowDelegate": "OrderModel",
    "PaletteDelegate": "PaletteModel",
    "SubscriptionDelegate": "SubscriptionModel",
    "TicketCellDelegate": "TicketModel",
    "TicketRowDelegate": "TicketModel",
    "TreeRows": "TreeChoiceModel",
    "_RowDelegate": "DocumentsModel",
}
FIRST_STAGE = 10
"""Of the texts; the second stage feeds all of them."""


@pytest.fixture
def bird(tmp_path: Path) -> Iterator[Canary]:
    text_widgets()  # imports them all: some look for libraries of the system then
    with canary(tmp_path / "canary") as bird:
        yield bird


@pytest.fixture
def holder(qapp: QApplication) -> Iterator[QWidget]:
    theme()
    holder = QWidget()
    yield holder
    QToolTip.hideText()
    shiboken6.delete(holder)


def told(widget: QWidget, tip: str) -> None:
    """As Qt does it when the pointer rests."""
    QToolTip.showText(QPoint(0, 0), tip, widget)


def drawn(widget: QWidget) -> None:
    """The widget and its tool tips, as somebody sees them."""
    widget.resize(min(400, max(20, widget.sizeHint().width())), min(300, max(20, widget.sizeHint().height())))
    widget.grab()
    for each in (widget, *widget.findChildren(QWidget)):
        if each.toolTip():
            told(each, each.toolTip())


def listed(model: QAbstractItemModel, delegate: QStyledItemDelegate, holder: QWidget) -> int:
    """Each cell is drawn and its tool tip shown; how many cells there were."""
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(columns)]
    option, paper = QStyleOptionViewItem(), QPixmap(300, 60)
    option.rect, option.widget = QRect(0, 0, 300, 60), holder
    with QPainter(paper) as painter:
        for cell in cells:
            delegate.paint(painter, option, cell)
    for cell in cells:
        if tip := cell.data(Qt.ItemDataRole.ToolTipRole):
            told(holder, tip)
    return len(cells)


# -- the watch itself


@pytest.mark.parametrize("show", ["label", "browser", "tool tip"])
def test_unprotected_widgets_are_caught(bird: Canary, holder: QWidget, show: str) -> None:
    """Qt's own widgets open the file that a text names: a watch that did not see that would prove nothing."""
    text = f'<img src="{bird.folder / "logo.png"}">'
    if show == "label":
        QLabel(text, holder).grab()
    elif show == "browser":
        browser = QTextBrowser(holder)
        browser.setHtml(text)
        browser.grab()
    else:
        told(holder, text)
    assert any("logo.png" in each for each in bird.touched())


def test_the_texts_are_what_they_say(bird: Canary) -> None:
    """500 different ones, with every address in them, the same each time."""
    found = texts(bird.addresses)
    assert len(set(found)) == len(found) == COUNT == 500
    assert all(any(address in text for text in found) for address in bird.addresses)
    assert found == texts(bird.addresses)


# -- all kinds


def chosen(bird: Canary, share: str) -> tuple[str, ...]:
    every = texts(bird.addresses)
    return every if share == "all" else every[:: COUNT // FIRST_STAGE]


SHARES = pytest.mark.parametrize("share", ["some", pytest.param("all", marks=pytest.mark.second_stage)])


@SHARES
@pytest.mark.timeout(900)
def test_no_widget_does_what_a_text_says(bird: Canary, holder: QWidget, share: str) -> None:
    """Every kind of widget that shows text is given each of them, drawn, and asked for its tool tips."""
    fed: dict[str, int] = {}
    payloads = chosen(bird, share)
    for kind in text_widgets():
        if kind.__name__ in OF_THE_PROGRAM:
            continue
        feeder = Feeder(kind, holder)
        fed[kind.__name__] = 0
        for text in payloads:
            widget = feeder.made(text)
            widget.setParent(holder)
            feeder.feed(widget, text)
            drawn(widget)
            fed[kind.__name__] += feeder.fed
            feeder.fed = 0
            shiboken6.delete(widget)
            assert not bird.touched(), f"{kind.__name__} with {text[:300]!r}"
    print(f"{len(payloads)} texts, {len(fed)} kinds of widgets, {sum(fed.values())} times shown")
    assert all(fed.values()), [name for name, count in fed.items() if not count]


@SHARES
@pytest.mark.timeout(900)
def test_no_row_does_what_a_text_says(bird: Canary, holder: QWidget, share: str) -> None:
    """Every delegate draws the rows of its model, made of each of them; so do their tool tips."""
    made = {model.__name__: Feeder(model, holder) for model in models()}
    assert set(MODEL_OF) == {delegate.__name__ for delegate in delegates()}
    assert set(MODEL_OF.values()) == set(made)
    payloads, cells = chosen(bird, share), 0
    for kind in delegates():
        feeder, delegate = made[MODEL_OF[kind.__name__]], Feeder(kind, holder).made("")
        for text in payloads:
            model = feeder.made(text)
            feeder.feed(model, text)
            shown = listed(model, delegate, holder)
            shiboken6.delete(model)
            assert shown, f"{kind.__name__} had nothing to draw"
            assert not bird.touched(), f"{kind.__name__} with {text[:300]!r}"
            cells += shown
    print(f"{len(payloads)} texts, {len(MODEL_OF)} kinds of rows, {cells} cells")


@SHARES
def test_html_of_others_loads_nothing(bird: Canary, holder: QWidget, share: str) -> None:
    """The viewer's own ways in: Markdown, HTML that is cleaned, plain text; and when it is asked outright."""
    viewer = SafeText(parent=holder)
    for text in chosen(bird, share):
        for give in (viewer.set_text, viewer.set_html_source, viewer.set_plain):
            give(text)
            drawn(viewer)
        viewer.loadResource(2, text)
        assert not bird.touched(), text[:300]


def test_notifications_carry_no_markup(
    bird: Canary, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Desktops read tags in the text of a notification, some with pictures: there are none in ours."""
    said: list[str] = []

    class Icon:
        def showMessage(self, title: str, text: str, _icon: object) -> None:
            said.extend((title, text))

        def icon(self) -> None:
            return None

    place = tray.Tray(qapp)
    monkeypatch.setattr(place, "_icon", Icon())
    for text in texts(bird.addresses):
        place.tell(Notice(NOTIFY_ANSWERS, "Support has answered", text, "", Route("home")))
    assert len(said) == 2 * COUNT
    assert not any("<" in text for text in said)
    shiboken6.delete(place)


# -- in the code


RICH = {
    "QLabel",
    "QMessageBox",
    "QTextBrowser",
    "QTextEdit",
    "QTextDocument",
    "QErrorMessage",
    "QInputDialog",
}
RICH |= {"QProgressDialog", "QWhatsThis", "QToolTip", "QGraphicsTextItem", "QStaticText"}
"""What Qt makes rich text of by guessing."""
PROTECTED = {
    "widgets/text_label.py": {"QLabel"},
    "widgets/combo.py": {"QLabel"},
    "widgets/safe_text.py": {"QTextBrowser"},
    "reading/text_marks.py": {"QTextEdit"},
    "theme/painting.py": {"QStaticText"},
}
"""Where they stand: with guessing off, as the one viewer, and for the marks in it."""


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    files = sorted(ROOT.rglob("*.py"))
    return tuple((each.relative_to(ROOT).as_posix(), ast.parse(each.read_text("utf-8"))) for each in files)


def test_what_guesses_rich_text_stands_in_few_places() -> None:
    """Whoever uses such a widget anew has to protect it, and to name it here."""
    used: dict[str, set[str]] = {}
    for file, tree in trees():
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & RICH
        if names:
            used[file] = names
    assert used == PROTECTED


def test_every_tool_tip_is_made_plain() -> None:
    """Each is a literal of ours, or goes through `plain_tooltip`."""
    strange = []
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setToolTip":
                strange += (
                    [f"{file}:{node.lineno} {ast.unparse(node)}"] if not _is_plain(node.args[0]) else []
                )
    assert strange == []


def _is_plain(tip: ast.expr) -> bool:
    if isinstance(tip, ast.IfExp):
        return _is_plain(tip.body) and _is_plain(tip.orelse)
    if isinstance(tip, ast.Call):
        name = ast.unparse(tip.func)
        return name == "plain_tooltip" or (name == "_" and isinstance(tip.args[0], ast.Constant))
    return isinstance(tip, ast.Constant)


def test_a_plain_tool_tip_shows_what_was_said(qapp: QApplication) -> None:
    """With its signs, lines and blanks."""
    label = QLabel(plain_tooltip("a  <b>\n&lt;"))
    label.setTextFormat(Qt.TextFormat.RichText)
    assert "&lt;b&gt;" in label.text()
    assert plain_tooltip("") == ""
