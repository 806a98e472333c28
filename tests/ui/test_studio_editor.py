"""The studio's window, driven by mouse and keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from supportdesk import i18n
from supportdesk.app.annotation.png import hidden_data
from supportdesk.app.annotation.tools import TOOLS
from supportdesk.ui.studio.canvas import Canvas
from supportdesk.ui.studio.canvas_view import CanvasView
from supportdesk.ui.studio.editor import StudioEditor
from supportdesk.ui.studio.label_editor import LabelEditor
from supportdesk.ui.theme import theme
from tests.support.seen import nameless_controls

BLACK = 0xFF000000


def white_picture(width: int = 400, height: int = 300, scale: float = 1.0) -> QImage:
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    picture.setDevicePixelRatio(scale)
    return picture


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[StudioEditor]:
    window = opened(qtbot, white_picture())
    yield window
    window._is_over = True
    window.close()


def opened(qtbot: QtBot, picture: QImage) -> StudioEditor:
    window = StudioEditor(picture, "screenshot")
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    canvas_of(window).setFocus()
    return window


def canvas_of(window: StudioEditor) -> Canvas:
    canvas = window.findChild(Canvas)
    assert canvas is not None
    return canvas


def place(canvas: Canvas, x: int, y: int) -> QPoint:
    """A pixel of the picture, shown at 100 %, in the canvas."""
    return canvas.placement.content.topLeft() + QPoint(x, y)


def drag(canvas: Canvas, start: tuple[int, int], end: tuple[int, int]) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place(canvas, *start))
    QTest.mouseMove(canvas, place(canvas, (start[0] + end[0]) // 2, (start[1] + end[1]) // 2))
    QTest.mouseMove(canvas, place(canvas, *end))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place(canvas, *end))


def named(window: QWidget, name: str) -> QAbstractButton:
    found = [
        button
        for button in window.findChildren(QAbstractButton)
        if name in (button.accessibleName(), button.text()) and not button.isHidden()
    ]
    assert len(found) == 1, f"{name}: {found}"
    return found[0]


def used_png(qtbot: QtBot, window: StudioEditor) -> QImage:
    with qtbot.waitSignal(window.used) as used:
        named(window, "Use in ticket").click()
    png, name, blacked_out = used.args
    assert blacked_out == window._session.document.blacked_out
    assert name == "screenshot.png"
    assert hidden_data(png) == ()
    image = QImage.fromData(png)
    assert not image.isNull()
    return image


def shapes(window: StudioEditor) -> tuple[object, ...]:
    return window._session.document.shapes


def test_a_drag_with_black_out_ends_in_the_file(qtbot: QtBot, editor: StudioEditor) -> None:
    """X, a drag and "Use in ticket" give a PNG with a black rectangle exactly there; the window closes."""
    QTest.keyClick(canvas_of(editor), Qt.Key.Key_X)
    drag(canvas_of(editor), (100, 80), (200, 120))
    image = used_png(qtbot, editor)
    assert {image.pixel(x, y) for x in range(100, 200) for y in range(80, 120)} == {BLACK}
    assert image.pixel(99, 80) == image.pixel(200, 80) == 0xFFFFFFFF
    qtbot.waitUntil(lambda: not editor.isVisible())


def test_everything_by_keys_alone(qtbot: QtBot, editor: StudioEditor) -> None:
    """Shapes are made, selected, moved, resized, deleted, undone and used without a mouse."""
    canvas = canvas_of(editor)
    QTest.keyClick(canvas, Qt.Key.Key_N)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_X)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    black = editor._session.selected
    assert black is not None
    assert black.rect == editor._session.document.shapes[1].rect  # type: ignore[union-attr]
    assert (black.rect.x, black.rect.height) == (154, 81)  # type: ignore[union-attr]
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert editor._session.selected is None
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert shapes(editor) == (black,)
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(shapes(editor)) == 2
    QTest.keyClick(
        canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert shapes(editor) == (black,)
    with qtbot.waitSignal(editor.used):
        QTest.keyClick(canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_whatever_takes_the_focus_has_a_name(editor: StudioEditor) -> None:
    """In the whole window of the studio."""
    assert nameless_controls(editor) == []


def test_words_are_written_on_the_picture(qtbot: QtBot, editor: StudioEditor) -> None:
    """T and a click open a field; Enter keeps the words, Esc too, and undo takes a change of them back."""
    canvas = canvas_of(editor)
    QTest.keyClick(canvas, Qt.Key.Key_T)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place(canvas, 200, 150))
    field = canvas.findChild(LabelEditor)
    assert field is not None
    QTest.keyClicks(field, "a box")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [shape.text for shape in shapes(editor)] == ["a box"]  # type: ignore[attr-defined]
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=place(canvas, 200, 150))
    field = next(field for field in canvas.findChildren(LabelEditor) if field.isVisible())
    QTest.keyClicks(field, "another")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert [shape.text for shape in shapes(editor)] == ["another"]  # type: ignore[attr-defined]
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [shape.text for shape in shapes(editor)] == ["a box"]  # type: ignore[attr-defined]
    assert editor.isVisible()


def test_unfinished_words_are_kept_when_used(qtbot: QtBot, editor: StudioEditor) -> None:
    """Words still in the field when "Use in ticket" is pressed are on the picture."""
    canvas = canvas_of(editor)
    QTest.keyClick(canvas, Qt.Key.Key_T)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    field = canvas.findChild(LabelEditor)
    assert field is not None
    QTest.keyClicks(field, "here")
    image = used_png(qtbot, editor)
    assert len(shapes(editor)) == 1
    assert {image.pixel(x, 150) for x in range(image.width())} != {0xFFFFFFFF}


def test_escape_leaves_an_unmarked_picture_at_once(qtbot: QtBot, editor: StudioEditor) -> None:
    """Without markings Esc discards without a question."""
    with qtbot.waitSignal(editor.discarded):
        QTest.keyClick(canvas_of(editor), Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_escape_asks_in_place_when_there_are_markings(qtbot: QtBot, editor: StudioEditor) -> None:
    """With markings Esc asks in the foot of the window: keep goes on, discard ends."""
    QTest.keyClick(canvas_of(editor), Qt.Key.Key_N)
    QTest.keyClick(canvas_of(editor), Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(editor.discarded):
        QTest.keyClick(canvas_of(editor), Qt.Key.Key_Escape)
    assert editor.focusWidget() is named(editor, "Keep marking")
    named(editor, "Keep marking").click()
    assert canvas_of(editor).hasFocus()
    editor.close()
    with qtbot.waitSignal(editor.discarded):
        named(editor, "Discard").click()
    assert not editor.isVisible()


def test_undone_markings_need_no_question(qtbot: QtBot, editor: StudioEditor) -> None:
    """A picture whose markings were all undone counts as unmarked."""
    QTest.keyClick(canvas_of(editor), Qt.Key.Key_N)
    QTest.keyClick(canvas_of(editor), Qt.Key.Key_Return)
    QTest.keyClick(canvas_of(editor), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(editor.discarded):
        editor.close()


def test_copy_puts_the_flattened_picture_on_the_clipboard(qtbot: QtBot, editor: StudioEditor) -> None:
    """Copy delivers the picture with its markings burnt in."""
    QTest.keyClick(canvas_of(editor), Qt.Key.Key_X)
    drag(canvas_of(editor), (100, 80), (200, 120))
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    named(editor, "Copy").click()
    qtbot.waitUntil(lambda: not clipboard.image().isNull())
    assert clipboard.image().pixel(150, 100) == BLACK


def test_save_writes_a_clean_file(qtbot: QtBot, editor: StudioEditor, tmp_path: Path) -> None:
    """The chosen file holds a PNG that says nothing but its pixels; the window stays open."""
    named(editor, "Save").click()
    dialog = editor.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(editor._encoding.written, timeout=30_000):  # it is there before it is whole
        dialog.fileSelected.emit(str(tmp_path / "marked.png"))
    dialog.close()
    assert hidden_data((tmp_path / "marked.png").read_bytes()) == ()
    assert editor.isVisible()


def test_a_folder_that_cannot_be_written_is_said(qtbot: QtBot, editor: StudioEditor, tmp_path: Path) -> None:
    """Saving into a missing folder keeps the window and says what to do."""
    with qtbot.waitSignal(editor._encoding.failed) as failed:
        editor._on_file_chosen(str(tmp_path / "missing" / "a.png"))
    assert "a.png" in str(failed.args[0])
    assert failed.args[0].next_step
    assert editor.isVisible()


def test_zoom_by_keys_wheel_and_button(qtbot: QtBot, editor: StudioEditor) -> None:
    """Ctrl + and -, Ctrl 0, the wheel with Ctrl and the percentage change the zoom, and it is shown."""
    canvas, view = canvas_of(editor), editor.findChild(CanvasView)
    assert view is not None
    QTest.keyClick(canvas, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.factor == 1.25
    assert named(editor, "Zoom 125 %").isVisible()
    QTest.keyClick(canvas, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(canvas, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert view.factor == 0.75
    middle = QPointF(view.viewport().rect().center())
    turn = QWheelEvent(
        middle,
        view.viewport().mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), turn)
    assert view.factor == 1.0


def test_a_large_picture_is_seen_whole(qtbot: QtBot) -> None:
    """A picture larger than the window is reduced until it fits, and drawing still hits its pixels."""
    window = opened(qtbot, white_picture(4000, 2000))
    canvas = canvas_of(window)
    assert canvas.placement.size.width() <= window.width()
    QTest.keyClick(canvas, Qt.Key.Key_X)
    content = canvas.placement.content
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=content.topLeft())
    QTest.mouseMove(canvas, content.center())
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=content.center())
    image = used_png(qtbot, window)
    assert (image.width(), image.pixel(0, 0), image.pixel(1980, 980)) == (4000, BLACK, BLACK)
    assert image.pixel(2030, 1030) == 0xFFFFFFFF


def test_a_picture_of_a_fine_screen_is_shown_in_its_size(qtbot: QtBot) -> None:
    """A picture with twice the pixels is shown as large as on the screen, and its numbers are as large."""
    window = opened(qtbot, white_picture(800, 600, 2.0))
    canvas = canvas_of(window)
    assert canvas.placement.size.width() == 400
    QTest.keyClick(canvas, Qt.Key.Key_N)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place(canvas, 100, 100))
    number = window._session.selected
    assert number is not None
    assert number.rect.width == 64  # type: ignore[union-attr]
    assert used_png(qtbot, window).width() == 800


def test_crop_shows_and_exports_the_part(qtbot: QtBot, editor: StudioEditor) -> None:
    """After cropping another tool shows the part alone, and the file has its size."""
    canvas = canvas_of(editor)
    QTest.keyClick(canvas, Qt.Key.Key_C)
    drag(canvas, (50, 50), (250, 150))
    QTest.keyClick(canvas, Qt.Key.Key_V)
    assert (canvas.placement.size.width(), canvas.placement.size.height()) == (200, 100)
    image = used_png(qtbot, editor)
    assert (image.width(), image.height()) == (200, 100)


def test_the_rail_follows_and_leads(qtbot: QtBot, editor: StudioEditor) -> None:
    """Each letter chooses its tool in the rail, each row its tool, and the next number is told."""
    for spec in TOOLS:
        QTest.keyClick(canvas_of(editor), ord(spec.key))
        assert named(editor, spec.title).isChecked()
    named(editor, "Number").click()
    QTest.mouseClick(canvas_of(editor), Qt.MouseButton.LeftButton, pos=place(canvas_of(editor), 50, 50))
    assert "Next number: 2" in [
        label.text() for label in editor.findChildren(QWidget) if hasattr(label, "text")
    ]


def test_colour_and_width_apply_to_what_is_selected(qtbot: QtBot, editor: StudioEditor) -> None:
    """Choosing blue and the thickest line changes the box just drawn."""
    QTest.keyClick(canvas_of(editor), Qt.Key.Key_B)
    drag(canvas_of(editor), (50, 50), (250, 150))
    named(editor, "Blue").click()
    named(editor, "Very thick line").click()
    style = editor._session.selected.style  # type: ignore[union-attr]
    assert (style.ink.value, style.weight) == ("blue", 4)


@pytest.mark.parametrize("mode", ["light", "dark", "high-contrast"])
def test_every_control_has_a_name_and_a_role(qtbot: QtBot, editor: StudioEditor, mode: str) -> None:
    """Everything that takes the focus is named, and choices are radio buttons, in every theme."""
    theme().apply(mode=mode)  # type: ignore[arg-type]
    try:
        for widget in editor.findChildren(QWidget):
            if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.isHidden():
                continue
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(QAccessible.Text.Name), widget
        radio = QAccessible.queryAccessibleInterface(named(editor, "Arrow"))
        assert radio.role() == QAccessible.Role.RadioButton
        assert editor.windowTitle() == "Screenshot studio"
        assert not editor.grab().isNull()
    finally:
        theme().apply(mode="system")


def test_the_language_changes_live(qtbot: QtBot, editor: StudioEditor) -> None:
    """A change of language is seen at once, without losing the markings."""
    QTest.keyClick(canvas_of(editor), Qt.Key.Key_N)
    QTest.keyClick(canvas_of(editor), Qt.Key.Key_Return)
    i18n.set_language("de")
    from PySide6.QtCore import QEvent

    for widget in [editor, *editor.findChildren(QWidget)]:
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    assert named(editor, "Im Ticket verwenden").isVisible()
    assert named(editor, "Schwärzen").isVisible()
    assert len(shapes(editor)) == 1
