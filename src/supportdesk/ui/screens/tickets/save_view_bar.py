"""Asks for the name under which the filters are kept, in place."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from supportdesk.app.saved_views import MAX_NAME_CHARS
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.text_label import TextLabel


class SaveViewBar(QFrame):
    save_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._build()
        self._connect()
        self.retranslate()
        self.hide()

    def ask(self) -> None:
        self._problem.setText("")
        self._name.clear()
        self.show()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, why: str) -> None:
        self._problem.setText(why)
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self._label.setText(_("Name of the view"))
        self._name.setAccessibleName(_("Name of the view"))
        self._save.setText(_("Save view"))
        self._cancel.setText(_("Cancel"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        space = theme().space
        line = row(self, gap=space.m, margins=(space.page_margin, space.s, space.page_margin, space.s))
        self._label = TextLabel(strong=True)
        self._name = LineEdit()
        self._name.setMaxLength(MAX_NAME_CHARS)
        self._problem = TextLabel(kind="caption", tone="danger")
        self._save = button("", "secondary")
        self._cancel = button("", "quiet")
        line.addWidget(self._label)
        line.addWidget(self._name, 1)
        for widget in (self._problem, self._cancel, self._save):
            line.addWidget(widget)

    def _connect(self) -> None:
        self._save.clicked.connect(self._ask_to_save)
        self._name.returnPressed.connect(self._ask_to_save)
        self._cancel.clicked.connect(self.hide)

    def _ask_to_save(self) -> None:
        self.save_requested.emit(self._name.text())
