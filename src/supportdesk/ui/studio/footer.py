"""The studio's foot: what is done with the picture, or the question whether to drop the markings."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.i18n import _
from supportdesk.ui.widgets.action_bar import ActionBar


class StudioFooter(QStackedWidget):
    copy_wanted = Signal()
    save_wanted = Signal()
    use_wanted = Signal()
    kept = Signal()
    """Go on marking."""
    discarded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = ActionBar()
        self._copy = self._actions.add_button("", icon="copy")
        self._save = self._actions.add_button("", icon="download")
        self._use = self._actions.add_button("", kind="primary", icon="check")
        self._question = ActionBar()
        self._keep = self._question.add_button("")
        self._discard = self._question.add_button("", kind="danger")
        self.addWidget(self._actions)
        self.addWidget(self._question)
        self._connect()
        self.retranslate()

    @property
    def is_asking(self) -> bool:
        return self.currentWidget() is self._question

    def ask(self) -> None:
        """Whether to drop the markings; the harmless answer has the focus."""
        self.setCurrentWidget(self._question)
        self._keep.setFocus()

    def stop_asking(self) -> None:
        self.setCurrentWidget(self._actions)

    def set_busy(self, busy: bool) -> None:
        for control in (self._copy, self._save):
            control.setEnabled(not busy)
        self._use.set_busy(busy)

    def retranslate(self) -> None:
        self._actions.set_note(
            _("Black-out removes the pixels for good. Hidden data such as place and device is removed too."),
            icon="shield-check",
        )
        self._copy.setText(_("Copy"))
        self._save.setText(_("Save"))
        self._use.setText(_("Use in ticket"))
        self._question.set_note(self.question_text(), icon="triangle-alert")
        self._keep.setText(_("Keep marking"))
        self._discard.setText(_("Discard"))

    @staticmethod
    def question_text() -> str:
        return _("Discard this picture with everything you marked on it?")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _connect(self) -> None:
        self._copy.clicked.connect(self.copy_wanted)
        self._save.clicked.connect(self.save_wanted)
        self._use.clicked.connect(self.use_wanted)
        self._keep.clicked.connect(self.kept)
        self._discard.clicked.connect(self.discarded)
