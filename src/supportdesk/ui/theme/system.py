"""What the system asks of every program: light or dark, more contrast, less motion."""

import sys

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication

_SPI_GETCLIENTAREAANIMATION = 0x1042


class SystemLook(QObject):
    """Emits `changed` when the person changes the system's appearance while the program runs."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._tell)
        if self._says_contrast:
            hints.accessibility().contrastPreferenceChanged.connect(self._tell)

    @property
    def _says_contrast(self) -> bool:
        """Since Qt 6.10; older ones cannot say."""
        return hasattr(QGuiApplication.styleHints(), "accessibility")

    @property
    def is_dark(self) -> bool:
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    @property
    def wants_high_contrast(self) -> bool:
        if not self._says_contrast:
            return False
        hints = QGuiApplication.styleHints()  # kept: without it shiboken invalidates what it owns
        return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast

    @property
    def wants_less_motion(self) -> bool:
        """Windows says so at once; elsewhere Qt has no answer and the program's own setting decides."""
        if sys.platform == "win32":
            import ctypes

            animates = ctypes.c_int(1)
            known = ctypes.windll.user32.SystemParametersInfoW(
                _SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animates), 0
            )
            return bool(known) and not animates.value
        return False

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()
