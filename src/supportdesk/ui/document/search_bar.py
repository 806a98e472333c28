"""Looking for words in a document."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from supportdesk.app.document_pages import DocumentPages, Passage
from supportdesk.app.jobs import Jobs
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import icon_button
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.search_field import SearchField

_WIDTH = 420


class SearchBar(QFrame):
    """`found` carries all passages and the one that is looked at, or None."""

    found = Signal(object, object)

    def __init__(self, jobs: Jobs, pages: DocumentPages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._pages = jobs, pages
        self._passages: tuple[Passage, ...] = ()
        self._at, self._text = 0, ""
        self._build()
        self._field.searched.connect(self._search)
        self._field.left.connect(self._leave_field)
        self._earlier.clicked.connect(self._go_back)
        self._later.clicked.connect(self._go_on)
        self._close.clicked.connect(self.leave)
        self.retranslate()
        self.hide()

    def begin(self) -> None:
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    @Slot()
    def leave(self) -> None:
        self._field.clear()
        self._search("")
        self.hide()

    def end(self) -> None:
        self._jobs.release(self)

    def retranslate(self) -> None:
        self._field.setPlaceholderText(_("Search in the document"))
        self._field.setAccessibleName(_("Search in the document"))
        self._earlier.set_label(_("Previous match"))
        self._later.set_label(_("Next match"))
        self._close.set_label(_("Close search"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setProperty("kind", "bar")
        self._field = SearchField()
        self._earlier = icon_button("chevron-up", "")
        self._later = icon_button("chevron-down", "")
        self._close = icon_button("x", "")
        space = theme().space
        line = row(self, gap=space.s, margins=(space.l, space.s, space.l, space.s))
        line.addWidget(self._field, 1)
        for each in (self._earlier, self._later, self._close):
            line.addWidget(each)
        line.addStretch(0)
        self._field.setMaximumWidth(theme().scaled(_WIDTH))

    @Slot(str)
    def _search(self, text: str) -> None:
        if text == self._text:
            return
        self._text, self._passages = text, ()
        if not text.strip():
            self._jobs.drop(self, "find")
            self._take(())
            return
        self._jobs.start(self, "find", lambda: self._pages.find(text), self._take)

    def _take(self, passages: tuple[Passage, ...]) -> None:
        self._passages, self._at = passages, 0
        self._tell()

    @Slot()
    def _go_on(self) -> None:
        self._step(1)

    @Slot()
    def _go_back(self) -> None:
        self._step(-1)

    @Slot()
    def _leave_field(self) -> None:
        """By Enter, which goes on where the words have been found already, with Shift back."""
        back = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._step(-1 if back else 1)

    def _step(self, by: int) -> None:
        if self._passages:
            self._at = (self._at + by) % len(self._passages)
            self._tell()

    def _tell(self) -> None:
        passages = self._passages
        for way in (self._earlier, self._later):
            way.setEnabled(len(passages) > 1)
        told = _("{n} of {total}").format(n=formats.number(self._at + 1), total=formats.number(len(passages)))
        nothing = _("Nothing found") if self._text.strip() else ""
        self._field.set_matches(told if passages else nothing)
        self.found.emit(passages, passages[self._at] if passages else None)
