"""A choice of one from a list that drops down."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QListView,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from supportdesk.ui.theme.popup import round_popup

_AROUND_LIST = 5
"""Border and padding, as the style sheet has them."""
_BESIDE_TEXT = 1
"""That Qt keeps free on each side of what is chosen."""


class Combo(QComboBox):
    """Options are (key, label). `changed` tells what the person chose, not what the program set."""

    changed = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]] = (),
        *,
        accessible_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name = QLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setBuddy(self)
        self._place_name()
        self.destroyed.connect(self._name.deleteLater)
        view = QListView()
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setView(view)
        self.setAccessibleName(accessible_name)
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_options(options)
        self.activated.connect(self._on_activated)

    def setAccessibleName(self, name: str) -> None:
        """On Linux Qt tells screen readers the value in place of the name; only a label beside it counts."""
        super().setAccessibleName(name)
        self._name.setText(name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ParentChange:
            self._place_name()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """A choice that is wider than the field is elided; Qt cuts it."""
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        field = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        elide = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, elide, field.width() - 2 * _BESIDE_TEXT
        )

    def sizeHint(self) -> QSize:
        """The widest choice fits: Qt counts its width, and leaves a pixel on each side free of it."""
        hint = super().sizeHint()
        return QSize(hint.width() + 2 * _BESIDE_TEXT, hint.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the page that this stands on, and never changes a choice on the way."""
        event.ignore()

    def _place_name(self) -> None:
        """Beside this one, never seen."""
        self._name.setParent(self.parentWidget())
        self._name.hide()

    def value(self) -> str | None:
        key = self.currentData()
        return key if isinstance(key, str) else None

    def set_value(self, key: str | None) -> None:
        """None, or a key that is not offered, shows the placeholder."""
        self.setCurrentIndex(-1 if key is None else self.findData(key))

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Keeps the value where it is still offered."""
        kept = self.value()
        self.clear()
        for key, label in options:
            self.addItem(label, key)
        self.set_value(kept)

    def set_placeholder(self, text: str) -> None:
        self.setPlaceholderText(text)

    def showPopup(self) -> None:
        """The list is as wide as its longest entry, also where the field is narrower."""
        view = self.view()
        bar = view.verticalScrollBar().sizeHint().width() if self.count() > self.maxVisibleItems() else 0
        wanted = view.sizeHintForColumn(0) + bar + 2 * _AROUND_LIST
        view.setMinimumWidth(min(wanted, self.screen().availableGeometry().width()))
        round_popup(view.window())
        super().showPopup()

    @Slot(int)
    def _on_activated(self, _index: int) -> None:
        key = self.value()
        if key is not None:
            self.changed.emit(key)
