"""Where the window was, remembered for each arrangement of monitors."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

START_SIZE = QSize(1120, 760)
MINIMUM_SIZE = QSize(720, 560)
_ARRANGEMENTS = 8


def arrangement(screens: Sequence[QScreen]) -> str:
    """A name for the monitors as they stand now."""
    return ";".join(sorted(_told(screen.geometry()) for screen in screens))


def restore(window: QWidget, kept: str) -> None:
    """`kept` is what `remembered` gave; anything else, or '' for the first start, centres the window."""
    saved = _places(kept).get(arrangement(QGuiApplication.screens()), "")
    if not saved or not window.restoreGeometry(QByteArray.fromBase64(saved.encode())):
        _centre(window)


def remembered(window: QWidget, kept: str) -> str:
    """`kept` with the place of `window` now."""
    here = arrangement(QGuiApplication.screens())
    places = {name: place for name, place in _places(kept).items() if name != here}
    places[here] = bytes(window.saveGeometry().toBase64().data()).decode()
    return json.dumps(dict(list(places.items())[-_ARRANGEMENTS:]))


def _told(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}x{rect.height()}"


def _places(kept: str) -> dict[str, str]:
    try:
        places = json.loads(kept or "{}")
    except ValueError:
        return {}
    return {str(name): str(place) for name, place in places.items()} if isinstance(places, dict) else {}


def _centre(window: QWidget) -> None:
    available = window.screen().availableGeometry()
    size = START_SIZE.boundedTo(available.size())
    frame = QRect(available.topLeft(), size)
    frame.moveCenter(available.center())
    window.setGeometry(frame)
