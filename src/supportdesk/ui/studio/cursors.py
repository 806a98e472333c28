"""Pointer shapes over handles."""

from PySide6.QtCore import Qt

from supportdesk.app.annotation.hit import Handle

_CURSORS = {
    Handle.TOP_LEFT: Qt.CursorShape.SizeFDiagCursor,
    Handle.BOTTOM_RIGHT: Qt.CursorShape.SizeFDiagCursor,
    Handle.TOP_RIGHT: Qt.CursorShape.SizeBDiagCursor,
    Handle.BOTTOM_LEFT: Qt.CursorShape.SizeBDiagCursor,
    Handle.TOP: Qt.CursorShape.SizeVerCursor,
    Handle.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Handle.LEFT: Qt.CursorShape.SizeHorCursor,
    Handle.RIGHT: Qt.CursorShape.SizeHorCursor,
}


def handle_cursor(handle: Handle) -> Qt.CursorShape:
    """The ends of an arrow go anywhere."""
    return _CURSORS.get(handle, Qt.CursorShape.CrossCursor)
