"""The theme of the running program.

Paint code of styles and delegates has no constructor to pass a theme through: one program has one look.
"""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from supportdesk.ui.theme.look import Theme

_current: "Theme | None" = None


def theme() -> "Theme":
    """The look in use, made on the first call. GUI thread only; RuntimeError without a QApplication."""
    global _current  # noqa: PLW0603 - lives exactly as long as its QApplication
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        message = "a theme needs a QApplication"
        raise RuntimeError(message)  # noqa: TRY004 - what is missing is an application, not a type
    if _current is None or _current.parent() is not application:
        from supportdesk.ui.theme.look import Theme

        _current = Theme(application)
    return _current
