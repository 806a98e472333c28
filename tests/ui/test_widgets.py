"""The controls do by mouse, by keyboard and for a screen reader what they look like."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QEvent, QLocale, QMimeData, QPoint, QPointF, QRect, QSize, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QEnterEvent,
    QImage,
    QKeyEvent,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLayout,
    QLineEdit,
    QSlider,
    QStyleOptionComboBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from supportdesk import i18n
from supportdesk.app.settings import TEXT_PERCENT, Settings
from supportdesk.clock import now
from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.catalogue import FormField as Question
from supportdesk.domain.localtext import LocalText
from supportdesk.lanes import Lane
from supportdesk.ui import formats
from supportdesk.ui.screens.report.vendor_fields import VendorFields
from supportdesk.ui.screens.settings.text_size import TextSize
from supportdesk.ui.shell.language import SpokenLanguage
from supportdesk.ui.theme import ThemeMode, theme
from supportdesk.ui.widgets.action_bar import ActionBar
from supportdesk.ui.widgets.avatar import initials
from supportdesk.ui.widgets.button import Button, IconButton
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.chip import Chip, chip_pixmap, chip_style, status_text
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.date_field import DateField
from supportdesk.ui.widgets.empty_state import ErrorState
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.password_field import PasswordField
from supportdesk.ui.widgets.progress_line import ProgressLine
from supportdesk.ui.widgets.radio_choice import RadioChoice
from supportdesk.ui.widgets.safe_text import SafeText
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.setting_row import SettingRow
from supportdesk.ui.widgets.skeleton import Skeleton
from supportdesk.ui.widgets.step_header import StepHeader
from supportdesk.ui.widgets.switch import Switch
from supportdesk.ui.widgets.text_area import TextArea
from supportdesk.ui.widgets.text_label import ElidedLabel, TextLabel, plain_tooltip
from supportdesk.ui.widgets.thumbnail import Thumbnail
from supportdesk.ui.widgets.tile import Tile
from supportdesk.ui.widgets.toast import ToastHost
from supportdesk.ui.widgets.tree_choice import TreeChoice
from supportdesk.ui.widgets.tree_items import TreeItem, found_items
from supportdesk.ui.widgets.wrapping_bar import WrappingBar
from tests.tour import gallery_pages

MODES: tuple[ThemeMode, ...] = ("light", "dark", "high-contrast")
PAGES = {
    "components": gallery_pages.components,
    "form": gallery_pages.form,
    "pieces": gallery_pages.pieces,
    "empty": gallery_pages.empty,
    "popups": gallery_pages.popups,
}


@pytest.fixture(autouse=True)
def _plain_look(qapp: QApplication) -> Iterator[None]:
    theme().apply(mode="light", accent="#0C6B73", scale=1.0, reduced_motion=True)
    yield
    theme().apply(mode="light", accent="#0C6B73", scale=1.0, reduced_motion=True)


Show = Callable[[QWidget], None]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Shows a widget as the active window; it is closed when the test ends."""

    def shown(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        theme().dress(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)

    return shown


def role_of(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


# All of them


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("page", PAGES)
def test_everything_paints_everywhere(page: str, mode: ThemeMode, show: Show) -> None:
    """Every control paints in every theme, mirrored and at double size, without a warning of Qt."""
    theme().apply(mode=mode)
    built = PAGES[page](mode)
    show(built)
    assert not built.grab().isNull()
    built.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    theme().apply(scale=2.0)
    assert not built.grab().isNull()


@pytest.mark.parametrize("page", PAGES)
def test_every_layout_says_its_margins(page: str, show: Show) -> None:
    """No layout of a control has the margins of a platform."""
    built = PAGES[page]("light")
    show(built)
    ours = [
        layout
        for layout in built.findChildren(QLayout)
        if not type(layout.parent()).__module__.startswith("PySide6") or layout.parent() is built
    ]
    assert ours
    defaults = {(9, 9, 9, 9), (11, 11, 11, 11)}
    for layout in ours:
        margins = layout.contentsMargins()
        assert (margins.left(), margins.top(), margins.right(), margins.bottom()) not in defaults


@pytest.mark.parametrize("page", PAGES)
def test_labels_show_text_as_text(page: str, show: Show) -> None:
    """No label guesses rich text: it would open local files for it."""
    built = PAGES[page]("light")
    show(built)
    for label in built.findChildren(TextLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText


# Text


def test_labels_stand_in_their_line_box(show: Show) -> None:
    """One line is as high as the design's line, three lines three times that."""
    label = TextLabel("one two three", wrap=True)
    show(label)
    assert TextLabel("one").sizeHint().height() == 20
    assert TextLabel("one", kind="title").sizeHint().height() == 36
    narrow = label.fontMetrics().horizontalAdvance("three") + 4
    assert label.heightForWidth(narrow) == 60
    assert label.heightForWidth(1000) == 20


def test_elided_text_stands_in_the_tool_tip(show: Show) -> None:
    """A cut text is whole in the tool tip, where marks are shown as they are; an uncut one has none."""
    label = ElidedLabel("A <b>long</b> subject that does not fit")
    show(label)
    label.resize(80, 20)
    assert "&lt;b&gt;long&lt;/b&gt;" in label.toolTip()
    label.resize(600, 20)
    assert label.toolTip() == ""


def test_tool_tips_are_not_guessed() -> None:
    """A file name that looks like HTML is shown as a file name."""
    assert "<img" not in plain_tooltip("<img src='file:///etc/passwd'>.png")
    assert plain_tooltip("") == ""


# Buttons


def test_tile_is_one_button(show: Show) -> None:
    """A tile is named by its title, described by line and badge, and Enter and Space press it."""
    tile = Tile("Your tickets", "5 open", "inbox")
    tile.set_badge("2", filled=True)
    show(tile)
    assert role_of(tile) == QAccessible.Role.Button
    assert name_of(tile) == "Your tickets"
    assert tile.accessibleDescription() == "5 open, 2"
    clicks = QSignalSpy(tile.clicked)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Enter):
        QTest.keyClick(tile, key)
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert clicks.count() == 4


def test_a_tile_in_large_text_grows_for_a_long_line(show: Show) -> None:
    """Nothing of it is lost; at the usual size the line is one, and the whole stands in the tool tip."""
    tile = Tile("Settings", "Access data, language, capture, shortcuts and much more", "settings")
    tile.set_compact(True)
    show(tile)
    tile.resize(240, tile.sizeHint().height())
    assert tile.sizeHint().height() == theme().height.tile_compact
    assert "much more" in tile.toolTip()
    theme().apply(scale=2.0)
    tile.resize(480, tile.sizeHint().height())
    assert tile.sizeHint().height() == theme().height.tile_compact + theme().line_height()


def test_arrows_are_left_to_the_grid(show: Show) -> None:
    """A tile does not swallow arrow keys: whoever arranges the tiles moves the focus."""

    class Grid(QWidget):
        keys: list[int] = []  # noqa: RUF012

        def keyPressEvent(self, event: QEvent) -> None:
            self.keys.append(event.key())  # type: ignore[attr-defined]

    grid = Grid()
    layout = QVBoxLayout(grid)
    tile = Tile("Orders")
    layout.addWidget(tile)
    show(grid)
    QTest.keyClick(tile, Qt.Key.Key_Right)
    assert grid.keys == [Qt.Key.Key_Right.value]


@pytest.mark.parametrize("kind", ["primary", "secondary", "quiet", "neutral", "danger", "link"])
@pytest.mark.parametrize("text", ["Next", "Speichern und schließen", "W", "Ii"])
def test_a_button_has_room_for_its_text(kind: str, text: str, show: Show) -> None:
    """At its own size a button never elides, with or without icons."""
    for icon in (None, "check"):
        fitting = Button(text, kind, icon)  # type: ignore[arg-type]
        roomy = Button(text, kind, icon)  # type: ignore[arg-type]
        fitting.resize(fitting.sizeHint())
        roomy.resize(fitting.sizeHint().width() + 40, fitting.sizeHint().height())
        ink = [_ink_columns(button.grab().toImage(), button) for button in (fitting, roomy)]
        assert ink[0] == ink[1]
        for button in (fitting, roomy):
            button.deleteLater()


def _ink_columns(image: QImage, button: Button) -> int:
    """How many columns of pixels carry text or icon: an ellipsis would change it."""
    middle = range(image.height() // 2 - 6, image.height() // 2 + 6)
    inner = range(3, image.width() - 3)
    ground = image.pixelColor(4, image.height() // 2)
    return sum(any(image.pixelColor(x, y) != ground for y in middle) for x in inner)


def test_busy_button_waits(show: Show) -> None:
    """While something runs the button cannot be pressed again; then it is as before."""
    button = Button("Next", "primary", "check")
    show(button)
    button.set_busy(True)
    assert not button.isEnabled()
    assert button.look.icon == "loader-circle"
    button.set_busy(False)
    assert button.isEnabled()
    assert button.look.icon == "check"


def test_icon_button_is_a_large_enough_target() -> None:
    """An icon button is named, shows its name, and is 32 pixels each way."""
    button = IconButton("copy", "Copy number")
    assert (button.accessibleName(), button.toolTip()) == ("Copy number", "Copy number")
    assert min(button.sizeHint().width(), button.sizeHint().height()) >= 32


# Choices


def test_segments_are_radio_buttons(show: Show) -> None:
    """Arrow keys choose and tell, the program's own choice does not tell."""
    choice = SegmentedChoice([("open", "Open"), ("closed", "Closed"), ("all", "All")], "State")
    show(choice)
    told = QSignalSpy(choice.changed)
    choice.set_value("closed")
    assert told.count() == 0
    first, second, third = choice._segments()
    assert {role_of(segment) for segment in (first, second, third)} == {QAccessible.Role.RadioButton}
    second.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(second, Qt.Key.Key_Right)
    assert choice.value() == "all"
    assert [told.at(0)[0], told.count()] == ["all", 1]
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert choice.value() == "open"


def test_segments_keep_their_value_when_translated() -> None:
    """New words for the same options change nothing that was chosen."""
    choice = SegmentedChoice([("a", "Open"), ("b", "Closed")])
    choice.set_value("b")
    choice.set_options([("a", "Offen"), ("b", "Geschlossen")])
    assert choice.value() == "b"
    assert [segment.text() for segment in choice._segments()] == ["Offen", "Geschlossen"]


def test_enter_presses_buttons_once(show: Show) -> None:
    """Enter is as good as Space, also on icons; held down it is one press."""
    for pressed in (Button("Open ticket"), IconButton("x", "Close")):
        show(pressed)
        clicks = QSignalSpy(pressed.clicked)
        QTest.keyClick(pressed, Qt.Key.Key_Return)
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", True)
        QApplication.sendEvent(pressed, held)
        assert clicks.count() == 1


def test_cards_are_radio_buttons(show: Show) -> None:
    """None is chosen at first; a click anywhere on a card chooses it, arrows move on."""
    choice = RadioChoice(cards=True)
    choice.set_options([("low", "Low", "A question"), ("high", "High", "Nothing works")])
    show(choice)
    assert choice.value() is None
    told = QSignalSpy(choice.changed)
    choice.resize(900, 120)
    QApplication.processEvents()
    low, high = choice.answers()
    assert role_of(low) == QAccessible.Role.RadioButton
    assert (name_of(low), low.accessibleDescription()) == ("Low", "A question")
    QTest.mouseClick(low, Qt.MouseButton.LeftButton, pos=QPoint(low.width() - 5, low.height() - 5))
    assert choice.value() == "low"
    low.setFocus()
    QTest.keyClick(low, Qt.Key.Key_Right)
    assert high.isChecked()
    assert [told.at(at)[0] for at in range(told.count())] == ["low", "high"]
    choice.set_value(None)
    assert choice.value() is None


def test_cards_stand_below_each_other_where_it_is_narrow(show: Show) -> None:
    """Cards keep a readable width: beside each other where there is room, else stacked."""
    choice = RadioChoice(cards=True)
    choice.set_options([("a", "Low", "x"), ("b", "Normal", "y"), ("c", "High", "z")])
    show(choice)
    choice.resize(900, 120)
    QApplication.processEvents()
    assert len({card.y() for card in choice.answers()}) == 1
    choice.resize(400, 400)
    QApplication.processEvents()
    assert len({card.x() for card in choice.answers()}) == 1


def test_switch_toggles(show: Show) -> None:
    """A switch is a check box for a screen reader; Space and a click turn it."""
    switch = Switch("Fewer movements")
    show(switch)
    assert role_of(switch) == QAccessible.Role.CheckBox
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert not switch.isChecked()


def test_the_whole_row_turns_a_switch(show: Show) -> None:
    """A click on the words of a setting turns its switch, which has the setting's name."""
    switch = Switch()
    setting = SettingRow("Fewer movements", "Follows the system", switch)
    show(setting)
    setting.resize(500, 60)
    QTest.mouseClick(setting, Qt.MouseButton.LeftButton, pos=QPoint(10, 30))
    assert switch.isChecked()
    assert switch.accessibleName() == "Fewer movements"


def test_a_busy_button_keeps_its_words(show: Show) -> None:
    """There is room for the turning ring at once, not only when Qt lays out again."""
    page = QWidget()
    lines = QVBoxLayout(page)
    act = Button("Reopen ticket", "primary")
    lines.addWidget(act, 0, Qt.AlignmentFlag.AlignRight)
    show(page)
    before = act.width()
    act.set_busy(True)
    assert act.width() >= before + theme().icon_size.small
    act.set_busy(False)
    assert act.width() == before


def test_combo_tells_only_what_a_person_chose(show: Show) -> None:
    """Setting a value is silent, choosing one is not; unknown keys leave it empty."""
    combo = Combo([("n", "Normal"), ("h", "High")], accessible_name="Priority")
    show(combo)
    told = QSignalSpy(combo.changed)
    combo.set_value("n")
    assert told.count() == 0
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert (combo.value(), told.count()) == ("h", 1)
    combo.set_options([("h", "Hoch"), ("n", "Normal")])
    assert combo.value() == "h"
    combo.set_value("gone")
    assert combo.value() is None


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_calendar_opens_on_today(show: Show) -> None:
    """An empty field opens this month, and a day that is pressed is told and taken."""
    field = DateField()
    show(field)
    told = QSignalSpy(field.changed)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(field.width() - 18, 18))
    calendar = field.calendarWidget()
    assert calendar.isVisible()
    today = QDate.currentDate()
    assert (calendar.yearShown(), calendar.monthShown()) == (today.year(), today.month())
    calendar.clicked.emit(today)
    assert field.value() == today.toPython()
    assert told.at(0)[0] == field.value()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_combo_list_opens(show: Show) -> None:
    """A click anywhere on a combo opens its list below it."""
    combo = Combo([("n", "Normal"), ("h", "High")])
    show(combo)
    QTest.mouseClick(combo, Qt.MouseButton.LeftButton)
    assert combo.view().isVisible()
    assert combo.view().window().y() >= combo.mapToGlobal(QPoint(0, combo.height())).y() - 1
    combo.hidePopup()


def test_a_choice_that_is_too_long_is_elided(show: Show) -> None:
    """It is not just cut off."""
    combo = Combo([("w", "Waiting for somebody who has a long name")])
    combo.set_value("w")
    combo.setFixedWidth(160)
    show(combo)
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    assert option.currentText.endswith("…")
    assert combo.currentText() == "Waiting for somebody who has a long name"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_combo_list_shows_its_longest_entry(show: Show) -> None:
    """A list below a narrow field cuts nothing off."""
    combo = Combo([("n", "New"), ("w", "Waiting for somebody who has a long name")])
    combo.setFixedWidth(100)
    show(combo)
    combo.showPopup()
    view = combo.view()
    assert view.viewport().width() >= view.sizeHintForColumn(0)
    combo.hidePopup()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_calendar_leaves_the_label_of_its_field_in_sight(show: Show) -> None:
    """Also where there is no room for it below the field."""
    field, page = DateField(), QWidget()
    label = TextLabel("Since when?")
    lines = QVBoxLayout(page)
    lines.addWidget(label)
    lines.addWidget(field)
    page.resize(700, 80)
    page.move(0, page.screen().availableGeometry().bottom() - 100)
    show(page)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(field.width() - 18, 18))
    popup = field.calendarWidget().window()
    assert popup.isVisible()
    named = QRect(label.mapToGlobal(QPoint()), QSize(label.fontMetrics().horizontalAdvance(label.text()), 1))
    assert not popup.geometry().intersects(named)
    popup.close()


def test_a_day_to_come_is_noticed(show: Show) -> None:
    """A slip of the year does not go unseen; the vendor's own hint comes back with a day that has been."""
    question = Question(
        id="since", kind=FieldKind.DATE, label=LocalText(en="Since?"), hint=LocalText(en="Roughly")
    )
    fields = VendorFields("en")
    fields.set_questions((question,))
    show(fields)

    def told(day: datetime.date) -> set[str]:
        fields.set_answer("since", day.isoformat(), "", "")
        return {label.text() for label in fields.findChildren(QLabel) if label.isVisible()}

    today = now().astimezone().date()
    assert "This day is still to come." in told(today + datetime.timedelta(days=2))
    assert "Roughly" in told(today - datetime.timedelta(days=2))


@pytest.mark.parametrize("day", [None, datetime.date(2025, 11, 18)])
def test_a_click_beside_a_date_changes_none(show: Show, day: datetime.date | None) -> None:
    """Qt would add a day."""
    field = DateField()
    field.set_value(day)
    show(field)
    middle = field.height() // 2
    for x in range(field.width() - 40):
        place = field.childAt(x, middle) or field
        QTest.mouseClick(place, Qt.MouseButton.LeftButton, pos=place.mapFrom(field, QPoint(x, middle)))
        assert field.value() == day, x


def test_date_may_be_missing(show: Show) -> None:
    """A date field begins empty, takes a date, gives it back and can be emptied."""
    field = DateField()
    show(field)
    told = QSignalSpy(field.changed)
    assert field.value() is None
    field.set_value(datetime.date(2025, 11, 18))
    assert field.value() == datetime.date(2025, 11, 18)
    field.set_value(None)
    assert field.value() is None
    assert told.count() == 0


@pytest.mark.parametrize("begun", [None, datetime.date(2027, 3, 31)])
@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("de_DE", "1.12.2026", datetime.date(2026, 12, 1)),
        ("de_DE", "31.12.2026", datetime.date(2026, 12, 31)),
        ("en_GB", "01/02/2026", datetime.date(2026, 2, 1)),
        ("en_US", "12/1/2026", datetime.date(2026, 12, 1)),
        ("sv_SE", "2026-12-01", datetime.date(2026, 12, 1)),
        ("de_DE", "29.2.2028", datetime.date(2028, 2, 29)),
        ("de_DE", "29.02.1996", datetime.date(1996, 2, 29)),
        ("en_US", "2/29/2028", datetime.date(2028, 2, 29)),
        ("sv_SE", "2028-02-29", datetime.date(2028, 2, 29)),
        ("de_DE", "29.3.2027", datetime.date(2027, 3, 29)),
        ("de_DE", "29.2.2027", datetime.date(2027, 2, 28)),
    ],
)
def test_a_date_is_typed_as_it_is_spoken(
    show: Show, begun: datetime.date | None, language: str, typed: str, meant: datetime.date
) -> None:
    """With one digit or two, and the year in full; over another date as well as into an empty field."""
    field = DateField()
    field.setLocale(QLocale(language))
    show(field)
    field.set_value(begun)
    field.selectAll()
    QTest.keyClicks(field, typed)
    assert field.value() == meant


def test_a_date_is_typed_as_the_program_writes_it(show: Show) -> None:
    """The day before the month, or after it, in field and texts alike; also in a language chosen later."""
    spoken = SpokenLanguage()
    spoken.follow()
    field = DateField()
    show(field)
    field.calendarWidget()
    for language in ("en", "de", "sv"):
        i18n.set_language(language)
        spoken.follow()
        assert field.displayFormat() == formats.figures_of_date(formats.locale()), language
        assert field.calendarWidget().firstDayOfWeek() == formats.locale().firstDayOfWeek()
    spoken.end()


def turn_wheel(widget: QWidget) -> None:
    """One notch down in its middle."""
    middle = QPointF(widget.rect().center())
    turn = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, turn)


def test_the_wheel_changes_nothing_on_its_way(show: Show, tmp_path: Path) -> None:
    """Whoever scrolls a page over a choice, a date or the text size, even the focused one, changes none."""
    combo, day = Combo([("n", "Normal"), ("h", "High")], accessible_name="Priority"), DateField()
    lane = Lane("settings")
    settings = Settings(tmp_path / "settings.json", lane)
    size = TextSize(settings)
    page = QWidget()
    lines = QVBoxLayout(page)
    for each in (combo, day, size):
        lines.addWidget(each)
    show(page)
    combo.set_value("n")
    day.set_value(datetime.date(2025, 11, 18))
    before = settings.get(TEXT_PERCENT)
    slider = size.findChild(QSlider)
    assert slider is not None
    for control in (combo, day, slider):
        assert control.focusPolicy() == Qt.FocusPolicy.StrongFocus, "the wheel gives no focus"
        control.setFocus()
        turn_wheel(control)
    assert combo.value() == "n"
    assert day.value() == datetime.date(2025, 11, 18)
    assert settings.get(TEXT_PERCENT) == before
    lane.close()


TREE = (
    TreeItem("rx", "Prescription", (TreeItem("print", "Printing and forms"), TreeItem("pre", "Preprinted"))),
    TreeItem("let", "Letters", (TreeItem("serial", "Serial letters", keywords="print many"),)),
    TreeItem("gen", "General, or not sure", always_shown=True),
)


def test_the_tree_knows_relatives_of_its_words() -> None:
    """Who types what they have, a printer, finds what is called printing."""

    def found(needle: str) -> list[str]:
        return [item.key for item in found_items(TREE, needle)]

    assert found("printer") == ["rx", "let"]
    assert found("prim") == found("prime") == []


def test_tree_is_chosen_by_typing(show: Show, qtbot: QtBot) -> None:
    """Type, go down, Enter: the hand stays on the keyboard, and groups cannot be chosen."""
    choice = TreeChoice(placeholder="Search modules", accessible_name="Module")
    choice.set_items(TREE)
    show(choice)
    told = QSignalSpy(choice.changed)
    choice.setFocus()
    QTest.keyClicks(choice._search, "print")
    qtbot.waitUntil(lambda: choice._model.rowCount() == 3)
    QTest.keyClick(choice._search, Qt.Key.Key_Down)
    QTest.keyClick(choice._search, Qt.Key.Key_Return)
    assert choice.value() == "pre"
    assert told.count() == 1
    assert choice.label_of("pre") == "Prescription: Preprinted"


def test_tree_finds_by_keywords(show: Show, qtbot: QtBot) -> None:
    """What people call a thing finds it, though it is not shown."""
    choice = TreeChoice()
    choice.set_items(TREE)
    show(choice)
    QTest.keyClicks(choice._search, "many")
    qtbot.waitUntil(lambda: choice._model.rowCount() == 2)
    QTest.keyClick(choice._search, Qt.Key.Key_Return)
    assert choice.value() == "serial"


def test_the_general_choice_stays_in_sight(show: Show, qtbot: QtBot) -> None:
    """A search without a hit says so, and Enter takes what is left: the choice of those who do not know."""
    choice = TreeChoice()
    choice.set_items(TREE)
    show(choice)
    QTest.keyClicks(choice._search, "x-ray")
    qtbot.waitUntil(lambda: choice._model.rowCount() == 2)
    rows = [choice._model.index(at, 0).data() for at in range(2)]
    assert rows == ["Nothing found", "General, or not sure"]
    QTest.keyClick(choice._search, Qt.Key.Key_Up)
    QTest.keyClick(choice._search, Qt.Key.Key_Return)
    assert choice.value() == "gen"


# Fields


def test_field_names_its_control(show: Show) -> None:
    """The label is the control's accessible name; "(required)" and the error are its description."""
    field = FormField("Subject", LineEdit(), required=True)
    show(field)
    assert name_of(field.control) == "Subject"
    assert field.control.accessibleDescription() == "(required)"
    field.set_error("Enter a subject.")
    assert field.control.accessibleDescription() == "(required) Enter a subject."
    assert field.control.property("state") == "error"
    field.clear_error()
    assert field.error == ""
    assert field.control.property("state") == ""


def test_field_tells_when_it_is_left(show: Show) -> None:
    """`left` comes when the focus goes elsewhere, not when it moves inside the control."""
    window = QWidget()
    layout = QVBoxLayout(window)
    field, other = FormField("Description", TextArea()), LineEdit()
    layout.addWidget(field)
    layout.addWidget(other)
    show(window)
    left = QSignalSpy(field.left)
    area = field.control
    assert isinstance(area, TextArea)
    area.editor.setFocus()
    area._bold.setFocus()
    assert left.count() == 0
    other.setFocus()
    assert left.count() == 1


def test_caps_lock_is_pointed_out(show: Show) -> None:
    """A capital without Shift shows the hint below the password, a small letter takes it away."""
    field = FormField("Password", PasswordField())
    show(field)
    field.control.setFocus()
    _type(field.control, "A", Qt.KeyboardModifier.ShiftModifier)
    assert _sentences(field) == []
    _type(field.control, "A", Qt.KeyboardModifier.NoModifier)
    assert _sentences(field) == ["Caps Lock is on"]
    _type(field.control, "a", Qt.KeyboardModifier.NoModifier)
    assert _sentences(field) == []


def _type(widget: QWidget, letter: str, modifiers: Qt.KeyboardModifier) -> None:
    from PySide6.QtGui import QKeyEvent

    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), modifiers, letter))


def _sentences(field: FormField) -> list[str]:
    return [field._sentence.text()] if field._sentence.isVisible() else []


def test_password_can_be_shown(show: Show) -> None:
    """The eye shows and hides, by keyboard too, and says which it will do."""
    field = PasswordField()
    show(field)
    assert field.echoMode() == QLineEdit.EchoMode.Password
    assert field._reveal.accessibleName() == "Show password"
    QTest.keyClick(field._reveal, Qt.Key.Key_Space)
    assert field.echoMode() == QLineEdit.EchoMode.Normal
    assert field._reveal.accessibleName() == "Hide password"


def test_letters_that_come_together_are_searched_once(show: Show, qtbot: QtBot) -> None:
    """Typing searches once, Enter at once, Escape empties, and the same words are not searched twice."""
    field = SearchField("Search tickets")
    show(field)
    told = QSignalSpy(field.searched)
    QTest.keyClicks(field, "print")
    assert told.count() == 0
    qtbot.waitUntil(lambda: told.count() == 1)
    QTest.keyClicks(field, "er")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [told.at(at)[0] for at in range(told.count())] == ["print", "printer"]
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), told.at(told.count() - 1)[0]) == ("", "")


def test_formatting_marks_the_selection(show: Show) -> None:
    """Bold puts marks around what is selected, in one step of undo, emoji before it or not."""
    area = TextArea(accessible_name="Description")
    show(area)
    area.set_text("😀 word")
    cursor = area.editor.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    cursor.movePosition(cursor.MoveOperation.StartOfWord, cursor.MoveMode.KeepAnchor)
    area.editor.setTextCursor(cursor)
    QTest.mouseClick(area._bold, Qt.MouseButton.LeftButton)
    assert area.text() == "😀 **word**"
    assert area.editor.textCursor().selectedText() == "word"
    area.editor.undo()
    assert area.text() == "😀 word"


def test_pasted_pictures_are_handed_on(show: Show) -> None:
    """A pasted picture and pasted files reach the screen; the text stays text."""
    area = TextArea()
    show(area)
    images, files = QSignalSpy(area.image_pasted), QSignalSpy(area.files_pasted)
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    data = QMimeData()
    data.setImageData(picture)
    area.editor.insertFromMimeData(data)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/a.png"), QUrl("https://a.example/x")])
    area.editor.insertFromMimeData(data)
    data = QMimeData()
    data.setText("words")
    data.setHtml("<b>words</b>")
    area.editor.insertFromMimeData(data)
    assert images.count() == 1
    assert files.at(0)[0] == ["/tmp/a.png"]
    assert area.text() == "words"


def test_text_area_grows_with_its_text(show: Show) -> None:
    """More lines make it higher, up to its limit."""
    area = TextArea(min_lines=2, max_lines=6)
    show(area)
    heights = []
    for lines in (1, 4, 40):
        area.set_text("\n".join("x" * lines))
        heights.append(area.editor.minimumHeight())
    assert heights[0] < heights[1] < heights[2]
    assert heights[2] <= 6 * area.editor.fontMetrics().lineSpacing() + 20


# The safe viewer


def test_viewer_loads_nothing(show: Show) -> None:
    """A picture in a message is neither shown nor asked for, whatever the scheme."""
    viewer = SafeText()
    show(viewer)
    viewer.set_html_source('<p>a<img src="file:///etc/hostname"><img src="http://evil.example/x.png"></p>')
    assert "img" not in viewer.toHtml().replace("<!DOCTYPE", "")
    for url in ("file:///etc/hostname", "http://evil.example/x.png", "qrc:/x", "data:image/png;base64,xx"):
        resource = viewer.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl(url))
        assert bytes(resource) == b"\0"
        html = viewer.loadResource(QTextDocument.ResourceType.HtmlResource.value, QUrl(url))
        assert bytes(html) == b"\0"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://a.example/x?y=1", ["https://a.example/x?y=1"]),
        ("mailto:a@b.example", ["mailto:a@b.example"]),
        ("file:///etc/passwd", []),
        ("javascript:alert(1)", []),
        ("/relative", []),
    ],
)
def test_viewer_tells_links_and_goes_nowhere(url: str, told: list[str], show: Show) -> None:
    """A pressed link is told when it is safe; the viewer itself opens nothing."""
    viewer = SafeText("hello")
    show(viewer)
    links = QSignalSpy(viewer.link_requested)
    viewer.anchorClicked.emit(QUrl(url))
    assert [links.at(at)[0] for at in range(links.count())] == told
    assert viewer.plain_text() == "hello"


def test_viewer_is_as_high_as_its_text(show: Show) -> None:
    """Twice the width needs no more height, a longer text does; it never scrolls by itself."""
    viewer = SafeText("word " * 60)
    show(viewer)
    viewer.resize(200, 10)
    narrow = viewer.height()
    viewer.resize(800, 10)
    assert viewer.height() < narrow
    assert viewer.height() >= viewer.document().size().height()


def test_viewer_follows_the_theme(show: Show) -> None:
    """Links change their colour with the theme while a message is open."""
    viewer = SafeText("See https://a.example/x")
    show(viewer)
    assert theme().color("accentText").name() in viewer.toHtml()
    theme().apply(mode="dark")
    assert theme().color("accentText").name() in viewer.toHtml()


# Passing things


def test_toast_offers_one_action(show: Show, qtbot: QtBot) -> None:
    """Undo can be pressed once; the next toast takes the place of the last."""
    window = QWidget()
    window.resize(800, 400)
    show(window)
    host = ToastHost(window)
    first = host.show_toast("Draft deleted", action="Undo")
    acted, closed = QSignalSpy(first.acted), QSignalSpy(first.closed)
    assert first.accessibleName() == "Draft deleted"
    assert first.geometry().bottom() == window.height() - 24 - 1
    undo = next(button for button in first.findChildren(Button) if button.text() == "Undo")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert (acted.count(), closed.count()) == (1, 1)
    second = host.show_toast("Copied")
    third = host.show_toast("Saved")
    assert second.isHidden()
    assert third.isVisible()


def test_toast_waits_for_the_reader(show: Show) -> None:
    """While the pointer is on it a toast does not go; then it does by itself."""
    window = QWidget()
    window.resize(600, 300)
    show(window)
    toast = ToastHost(window).show_toast("Saved")
    assert toast._timer.isActive()
    at = QPoint(5, 5).toPointF()
    QApplication.sendEvent(toast, QEnterEvent(at, at, at))
    assert not toast._timer.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast._timer.isActive()


def test_skeleton_waits(show: Show, qtbot: QtBot) -> None:
    """What is there within 150 ms never shows a stand-in."""
    skeleton = Skeleton("list")
    skeleton.resize(300, 300)
    show(skeleton)
    blank = skeleton.grab().toImage()
    assert not skeleton._due
    qtbot.waitUntil(lambda: skeleton._due)
    assert skeleton.grab().toImage() != blank


def test_error_can_be_copied(show: Show) -> None:
    """ "Copy details" puts what a supporter needs on the clipboard."""
    state = ErrorState("It did not work", "Everything is safe.")
    state.set_details("pull: 500")
    show(state)
    copied = QSignalSpy(state.details_copied)
    button = next(b for b in state.findChildren(Button) if b.text() == "Copy details")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "pull: 500"
    assert copied.count() == 1


def test_progress_speaks(show: Show) -> None:
    """A progress line is a progress bar for a screen reader, and knows no number beyond its ends."""
    line = ProgressLine()
    show(line)
    assert role_of(line) == QAccessible.Role.ProgressBar
    line.set_fraction(1.7)
    assert line.value() == line.maximum()
    line.set_fraction(None)
    assert (line.minimum(), line.maximum()) == (0, 0)


# Steps, chips, layouts


STEPS = ["What is it about?", "What happened?", "Show us", "Check and send"]


def test_visited_steps_can_be_pressed(show: Show) -> None:
    """One can go back, and forward again to where one was, but not beyond."""
    header = StepHeader(STEPS)
    header.set_state(1, 2)
    show(header)
    header.resize(1100, 64)
    asked = QSignalSpy(header.step_requested)
    for step in header._steps:
        QTest.mouseClick(step, Qt.MouseButton.LeftButton)
    assert [asked.at(at)[0] for at in range(asked.count())] == [0, 2]
    assert header._steps[1].accessibleDescription() == "current step"


def test_narrow_header_counts(show: Show) -> None:
    """Where the titles do not fit, the current one says which of how many it is."""
    header = StepHeader(STEPS)
    header.set_state(1, 1)
    show(header)
    header.resize(620, 64)
    assert [step._label for step in header._steps] == ["", "2 of 4 What happened?", "", ""]
    assert header._steps[2].accessibleName() == "Show us"
    header.resize(1100, 64)
    assert [step._label for step in header._steps] == STEPS


@pytest.mark.parametrize("state", gallery_pages.STATES)
def test_every_state_has_words_and_an_icon(state: str) -> None:
    """No state is told by colour alone, in English or German."""
    assert chip_style(state).icon != "circle"
    english = status_text(state)
    i18n.set_language("de")
    assert status_text(state) != english
    assert Chip(english, tone=chip_style(state).tone, icon=chip_style(state).icon).accessibleName() == english


def test_chips_are_drawn_once(qapp: QApplication) -> None:
    """A list of a thousand rows paints each chip once, and anew after a change of theme."""
    first = chip_pixmap("Draft", "accent", "pencil", 2.0)
    assert chip_pixmap("Draft", "accent", "pencil", 2.0).cacheKey() == first.cacheKey()
    assert chip_pixmap("Draft", "accent", "pencil", 1.0).cacheKey() != first.cacheKey()
    theme().apply(mode="dark")
    assert chip_pixmap("Draft", "accent", "pencil", 2.0).cacheKey() != first.cacheKey()


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_flow_wraps_from_the_leading_edge(direction: Qt.LayoutDirection, show: Show) -> None:
    """Three of 100 in 250: two and one, beginning where reading begins."""
    window = QWidget()
    window.setLayoutDirection(direction)
    flow = FlowLayout(window, gap=10)
    boxes = [QLabel("x") for _ in range(3)]
    for box in boxes:
        box.setFixedSize(100, 20)
        flow.addWidget(box)
    show(window)
    window.resize(250, 100)
    QApplication.processEvents()
    starts = [0, 110, 0] if direction == Qt.LayoutDirection.LeftToRight else [150, 40, 150]
    assert [box.x() for box in boxes] == starts
    assert [box.y() for box in boxes] == [0, 0, 30]
    assert flow.heightForWidth(250) == 50


def test_page_is_centred_and_never_too_wide(show: Show) -> None:
    """On a wide window the content is 1080 in the middle, on a narrow one it keeps 24 at the sides."""
    page = PageLayout()
    card = Card()
    page.add(card)
    show(page)
    for width, left, wide in ((1600, 260, 1080), (1120, 32, 1056), (720, 24, 672)):
        page.resize(width, 400)
        QApplication.processEvents()
        assert (card.x(), card.width()) == (left, wide)


def test_action_bar_keeps_the_order(show: Show) -> None:
    """Buttons stand as they were added, the primary one last and widest."""
    bar = ActionBar()
    bar.set_note("Draft saved 10:32")
    close, back, following = (
        bar.add_button("Close", "neutral"),
        bar.add_button("Back"),
        bar.add_button("Next", "primary"),
    )
    show(bar)
    bar.resize(900, 64)
    QApplication.processEvents()
    assert close.x() < back.x() < following.x()
    assert following.geometry().right() == 900 - 32 - 1
    assert following.width() >= 112
    assert bar.height() == 64


def test_a_control_of_a_bar_that_is_shown_late_has_its_place_at_once(show: Show) -> None:
    """It is not painted anywhere else before."""
    first, late, search = Button("First"), Button("Late"), LineEdit()
    late.hide()
    bar = WrappingBar(100)
    bar.set_controls([first, late, search], search)
    show(bar)
    bar.resize(900, 64)
    QApplication.processEvents()
    late.show()
    bar.arrange()
    assert first.geometry().right() < late.x() <= late.geometry().right() < search.x()


def test_thumbnail_names_what_its_buttons_do(show: Show) -> None:
    """Edit and remove say of which file, in the language of the moment."""
    thumbnail = Thumbnail("a.png", "312 KB", editable=True)
    show(thumbnail)
    asked = [QSignalSpy(s) for s in (thumbnail.opened, thumbnail.edit_requested, thumbnail.remove_requested)]
    assert thumbnail._remove.accessibleName() == "Remove a.png"
    i18n.set_language("de")
    QApplication.sendEvent(thumbnail, QEvent(QEvent.Type.LanguageChange))
    assert thumbnail._remove.accessibleName() == "a.png entfernen"
    for control in (thumbnail._preview, thumbnail._edit, thumbnail._remove):
        QTest.mouseClick(control, Qt.MouseButton.LeftButton)
    assert [spy.count() for spy in asked] == [1, 1, 1]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Jana Wiebe", "JW"), ("Jana van der Wiebe", "JW"), ("Prince", "P"), ("", ""), ("  (x) öl ", "Ö")],
)
def test_initials(name: str, letters: str) -> None:
    """The first letters of the first and the last word that is one."""
    assert initials(name) == letters
