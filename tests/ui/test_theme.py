"""The look follows what was chosen, at once and everywhere."""

import inspect
import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFileDialog,
    QFocusFrame,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from supportdesk.app.colours import contrast
from supportdesk.ui.theme import Theme, ThemeMode, stylesheet, theme
from supportdesk.ui.theme.look import roles
from supportdesk.ui.theme.painting import draw_box, draw_text, wrapped
from supportdesk.ui.theme.tokens import tokens
from supportdesk.ui.widgets.button import Button, IconButton

MODES: tuple[ThemeMode, ...] = ("light", "dark", "high-contrast")


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Theme]:
    theme().apply(mode="light", accent="#0C6B73", scale=1.0, reduced_motion=True, density="comfortable")
    yield theme()
    theme().apply(mode="light", accent="#0C6B73", scale=1.0, reduced_motion=True, density="comfortable")


def test_one_theme_for_one_application(look: Theme) -> None:
    """Whoever asks gets the same theme."""
    assert theme() is look


class Restyled(QWidget):
    """Counts how often it was given a style."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.times = 0

    def changeEvent(self, event: QEvent) -> None:
        self.times += event.type() == QEvent.Type.StyleChange
        super().changeEvent(event)


def test_another_theme_restyles_no_widget_for_each_of_its_ancestors(look: Theme, qtbot: QtBot) -> None:
    """Which takes seconds when all screens were visited. For the same style sheet nothing is done at all."""
    window = innermost = Restyled()
    qtbot.addWidget(window)
    for _level in range(12):
        innermost = Restyled(innermost)
    look.dress(window)
    window.show()
    innermost.times = 0
    look.apply(mode="dark")
    assert innermost.times == 2, "once without and once with the new style sheet"
    look.apply(density="compact")
    assert innermost.times == 2


def test_what_qt_draws_itself_follows_the_text_size(look: Theme, qtbot: QtBot) -> None:
    """Fields, choices and menus of a window that stands there already, not only what is painted here."""
    window, page = QMainWindow(), QWidget()
    qtbot.addWidget(window)
    look.dress(window)
    window.setCentralWidget(page)
    lines = QVBoxLayout(page)
    parts: list[QWidget] = [window.menuBar(), QLineEdit(), QComboBox(), QPlainTextEdit(), QDateEdit()]
    for part in parts[1:]:
        lines.addWidget(part)
    window.show()
    for scale in (2.0, 1.0):
        look.apply(scale=scale)
        assert {part.font().pixelSize() for part in parts} == {look.font().pixelSize()}


@pytest.mark.parametrize("mode", MODES)
def test_palette_takes_the_roles(look: Theme, mode: ThemeMode) -> None:
    """Qt's own painting uses the theme's colours, disabled text included."""
    look.apply(mode=mode)
    palette = QApplication.palette()
    assert palette.color(QPalette.ColorRole.Window) == look.color("canvas")
    assert palette.color(QPalette.ColorRole.Base) == look.color("control")
    assert palette.color(QPalette.ColorRole.HighlightedText) == look.color("onSelection")
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    assert disabled == look.color("disabledText")


def test_a_vendor_changes_accent_roles_only(look: Theme) -> None:
    """Another accent recolours what belongs to the vendor, and nothing in high contrast."""
    before = roles("light", "#0C6B73")
    after = roles("light", "#93296F")
    assert {role for role in before if before[role] != after[role]} <= set(tokens().profiles["orders"].light)
    assert after["accent"] == "#93296F"
    assert roles("highContrast", "#93296F") == roles("highContrast", "#0C6B73")


def test_change_is_told_after_it_happened(look: Theme, qtbot: QtBot) -> None:
    """`changed` comes once for a change, with the new colours in place, and not at all for none."""
    seen: list[QColor] = []
    look.changed.connect(lambda: seen.append(QApplication.palette().color(QPalette.ColorRole.Window)))
    look.apply(mode="dark")
    look.apply(mode="dark")
    assert seen == [QColor(tokens().color["dark"]["canvas"])]


def test_system_switch_is_followed(look: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """In `system` mode a switch of the system's scheme changes the theme while the program runs."""
    look.apply(mode="system")
    dark = not look.is_dark
    monkeypatch.setattr(type(look._system), "is_dark", property(lambda _self: dark))
    with qtbot.waitSignal(look.changed, timeout=20_000):
        scheme = Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light
        QApplication.styleHints().colorSchemeChanged.emit(scheme)
    assert look.is_dark is dark


def test_a_chosen_mode_ignores_the_system(look: Theme) -> None:
    """Somebody who chose light keeps light."""
    changes: list[None] = []
    look.changed.connect(lambda: changes.append(None))
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert look.variant == "light"
    assert changes == []


def test_all_fields_and_buttons_share_one_height(look: Theme, qtbot: QtBot) -> None:
    """Line edit, combo, date, spin and button stand in a row without a step."""
    fields: list[QWidget] = [QLineEdit(), QComboBox(), QDateEdit(), QSpinBox(), QPushButton("Next")]
    window = QWidget()
    qtbot.addWidget(window)
    line = QHBoxLayout(window)
    for field in fields:
        line.addWidget(field)
    look.dress(window)
    for scale in (1.0, 1.5, 2.0):
        look.apply(scale=scale)
        heights = {field.sizeHint().height() for field in fields}
        assert heights == {look.height.field}
    assert look.height.field > 36


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_heights_leave_room_for_the_text(look: Theme, scale: float) -> None:
    """At every text size a control's height holds its line and its padding."""
    look.apply(scale=scale)
    assert look.height.button >= look.line_height() + 16
    assert look.height.chip >= look.line_height("caption") + 8
    assert look.height.list_row >= look.line_height() + look.height.chip + 24
    assert look.font().pixelSize() == round(14 * look.scale)


def test_motion_stops_when_asked(look: Theme) -> None:
    """With less motion every movement takes no time."""
    look.apply(reduced_motion=False)
    assert look.motion_ms("state") == 120
    look.apply(reduced_motion=True)
    assert {look.motion_ms(name) for name in ("hover", "state", "panel")} == {0}


def test_icons_take_the_role_of_the_theme(look: Theme) -> None:
    """An icon that was made before a change is drawn in the new colour after it."""
    icon = look.icon("check", "accentText")
    for mode in MODES:
        look.apply(mode=mode)
        image = icon.pixmap(40, 40).toImage()
        colors = {
            image.pixelColor(x, y).rgb()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert colors == {look.color("accentText").rgb()}


@pytest.mark.parametrize("dpr", [1.0, 1.5, 2.0])
def test_icons_have_the_pixels_of_the_screen(look: Theme, dpr: float) -> None:
    """A 20-pixel icon has 20, 30 or 40 real pixels."""
    pixmap = look.pixmap("check", "text", 20, dpr)
    assert pixmap.width() == round(20 * dpr)
    assert pixmap.devicePixelRatio() == dpr


def test_an_unknown_icon_is_an_error(look: Theme) -> None:
    """A typing error shows at once, not as an empty button."""
    with pytest.raises(KeyError):
        look.pixmap("no-such-icon")


@pytest.mark.parametrize("dpr", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("at", [0, 1, 3])
def test_hairlines_are_crisp(look: Theme, dpr: float, at: int) -> None:
    """A border of one pixel is drawn in one colour at every scale and position: nothing half covered."""
    image = QImage(round(60 * dpr), round(60 * dpr), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(dpr)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw_box(painter, QRect(at, at, 31, 31), border=QColor("black"), radius=4)
    painter.end()
    middle = round((at + 15) * dpr)
    row = {image.pixelColor(x, middle).name() for x in range(image.width())}
    assert row == {"#ffffff", "#000000"}


def window_with_button(qtbot: QtBot) -> tuple[QWidget, QLineEdit, Button]:
    window = QWidget()
    layout = QVBoxLayout(window)
    field, button = QLineEdit(), Button("Next")
    layout.addWidget(field)
    layout.addWidget(button)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window, field, button


def ring_around(widget: QWidget) -> bool:
    frames = widget.window().findChildren(QFocusFrame)
    return any(frame.widget() is widget and frame.isVisible() for frame in frames)


def test_keyboard_draws_the_ring(look: Theme, qtbot: QtBot) -> None:
    """Tab shows where one is; a click on the same button does not."""
    _window, field, button = window_with_button(qtbot)
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert button.hasFocus()
    assert ring_around(button)
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not ring_around(button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.hasFocus()
    assert not ring_around(button)


@pytest.mark.parametrize("by_key", [False, True])
def test_what_vanishes_hands_the_ring_on_only_to_the_keyboard(
    look: Theme, qtbot: QtBot, by_key: bool
) -> None:
    """Qt leads on to the next control and calls that Tab, also when a click made the first one vanish."""
    window, field, button = window_with_button(qtbot)
    other = Button("Sign now")
    window.layout().addWidget(other)  # type: ignore[union-attr]
    other.show()
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    if by_key:
        QTest.keyClick(field, Qt.Key.Key_Tab)
    else:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    button.hide()
    assert other.hasFocus()
    assert ring_around(other) is by_key
    other.hide()
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    other.show()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert ring_around(other)


def test_the_ring_survives_its_neighbours(look: Theme, qtbot: QtBot) -> None:
    """When the page with the focused button is deleted, the next page gets its ring all the same."""
    first, _field, button = window_with_button(qtbot)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring_around(button)
    second, _field, other = window_with_button(qtbot)
    first.close()
    first.deleteLater()
    QApplication.sendPostedEvents(first, QEvent.Type.DeferredDelete)
    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring_around(other)
    assert second.isVisible()


@pytest.mark.parametrize("mode", MODES)
def test_focus_is_visible_in_pixels(look: Theme, qtbot: QtBot, mode: ThemeMode) -> None:
    """A focused field and a focused check box differ from themselves at rest, in a colour that is seen."""
    look.apply(mode=mode)
    window, field, button = window_with_button(qtbot)
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    rest = window.grab().toImage()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    focused = window.grab().toImage()
    at = field.mapTo(window, QPoint(field.width() // 2, 0))
    assert rest.pixelColor(at) != focused.pixelColor(at)
    seen = contrast(focused.pixelColor(at).name().upper(), look.color("canvas").name().upper())
    assert seen >= 3


def test_check_box_ring_surrounds_the_box(look: Theme, qtbot: QtBot) -> None:
    """The ring of a check box leaves its words alone."""
    window, _field, button = window_with_button(qtbot)
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    check = QCheckBox("Stay signed in")
    window.layout().addWidget(check)  # type: ignore[union-attr]
    QApplication.processEvents()
    before = window.grab().toImage()
    check.setFocus(Qt.FocusReason.TabFocusReason)
    after = window.grab().toImage()
    words = QRect(check.mapTo(window, QPoint(30, 0)), check.size())
    assert before.copy(words) == after.copy(words)
    assert before != after


@pytest.mark.parametrize("mode", MODES)
def test_what_leads_through_folders_is_seen(look: Theme, qtbot: QtBot, mode: ThemeMode) -> None:
    """Also in Qt's own dialog for files, where the system has none."""
    look.apply(mode=mode)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = QFileDialog(parent)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    ground = dialog.palette().window().color().name().upper()
    tools = [each for each in dialog.findChildren(QToolButton) if not each.icon().isNull()]
    assert len(tools) == 6
    for tool in tools:
        image = tool.icon().pixmap(20, 20).toImage()
        inks = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        drawn = {ink.name().upper() for ink in inks if ink.alpha() > 200}
        assert max(contrast(ink, ground) for ink in drawn) >= 3, tool.toolTip()
    dialog.close()


def test_icon_buttons_light_up(look: Theme, qtbot: QtBot) -> None:
    """A muted icon turns to text colour under the pointer."""
    button = IconButton("x", "Close")
    qtbot.addWidget(button)
    button.show()
    button.resize(32, 32)
    rest = button.grab().toImage()
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    assert button.grab().toImage() != rest
    assert button.accessibleName() == "Close"


def test_no_rule_names_a_colour(look: Theme, qtbot: QtBot) -> None:
    """The style sheet is written in roles: no hex value in its source, all of them resolved in use."""
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", inspect.getsource(stylesheet))
    window = QWidget()
    qtbot.addWidget(window)
    look.dress(window)
    assert "QMenu" in window.styleSheet()
    assert "$" not in window.styleSheet()


def test_a_screen_is_styled_once_when_it_comes_into_its_window(look: Theme, qtbot: QtBot) -> None:
    """Not for each widget that it is put together of; and it follows the theme from then on."""
    window, innermost = QWidget(), Restyled()
    qtbot.addWidget(window)
    look.dress(window)
    around: QWidget = innermost
    for _level in range(12):
        box = QWidget()
        QHBoxLayout(box).addWidget(around)
        around = box
    assert innermost.times == 0
    QHBoxLayout(window).addWidget(around)
    assert innermost.times == 1
    look.apply(mode="dark")
    assert innermost.times == 3


@pytest.mark.parametrize("text", ["Bestellungen", "Problem melden", "Documents", "Home"])
def test_what_a_place_was_measured_for_is_painted_whole(text: str, look: Theme) -> None:
    """Also where its width is a fraction of a pixel more than was measured."""
    image = QImage(400, 40, QImage.Format.Format_ARGB32)
    measured = QFontMetrics(look.font()).horizontalAdvance(text)
    painter = QPainter(image)
    drawn = draw_text(painter, QRect(0, 0, measured, 40), text, look.font(), look.color("text"))
    painter.end()
    assert drawn == measured


def test_lines_end_between_words_and_break_what_is_longer(look: Theme) -> None:
    """Each fits, and together they are the text, also with signs that Qt counts as two."""
    room, font = 120, look.font()
    text = "Ich habe 🖨️🖨️ gelesen, was zur Datenschutzgrundverordnungsbelehrungsbestätigung gehört."
    lines = wrapped(text, font, room)
    assert all(QFontMetrics(font).horizontalAdvance(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert lines[0] == "Ich habe 🖨️🖨️"
    assert wrapped("kurz", font, room) == ("kurz",)
    assert wrapped("zwei\nZeilen", font, room) == ("zwei", "Zeilen")
