"""Collects reference cycles on the GUI thread and nowhere else.

Python collects on whichever thread happens to allocate. Widgets and their handlers form cycles; collected on
a lane, a widget would be destroyed there, and that ends the process.

PySide6 looks into the source of every module that is imported after it, and `linecache` keeps all of them:
some 17 MB once everything has been visited. They are given back; a traceback reads its lines anew.
"""

import gc
import linecache

from PySide6.QtCore import QObject, QTimer, Slot

_INTERVAL_MS = 500


class GuiGarbage(QObject):
    """From its making to `close` it stands in for the automatic collection, by the same thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds, self._was_enabled = gc.get_threshold(), gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(_INTERVAL_MS)

    def close(self) -> None:
        """What the windows leave behind is collected here, before other threads may collect again."""
        self._timer.stop()
        gc.collect()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def _collect(self) -> None:
        linecache.clearcache()
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return
