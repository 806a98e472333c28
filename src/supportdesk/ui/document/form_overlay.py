"""The fields of a form over the pages: real controls, made when their page comes near."""

from collections import defaultdict
from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from supportdesk.app.document_state import DocumentPageState
from supportdesk.app.flows.signing import SIGNATURE
from supportdesk.domain.documents import DocumentField, DocumentForm
from supportdesk.ui.document.field_kinds import field_on_page
from supportdesk.ui.document.page_field import PageField
from supportdesk.ui.document.page_geometry import PageGeometry
from supportdesk.ui.document.signature_place import SignatureOnPage
from supportdesk.ui.theme import theme

_NO_FORM = DocumentForm(pages=())
_FRAME_MS = 16


class FormOverlay(QObject):
    """Fields are children of `sheet`, at their places on its pages: scrolling moves everything together.

    `answered` carries name and answer of a field, `entered` the name of that which has the focus.
    """

    answered = Signal(str, str)
    entered = Signal(str)
    signature_requested = Signal()

    def __init__(self, sheet: QWidget) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._state = DocumentPageState()
        self._geometry = PageGeometry()
        self._opened = ""
        self._form = _NO_FORM
        self._fields: dict[str, PageField] = {}
        self._by_page: dict[int, list[DocumentField]] = {}
        self._waiting: list[DocumentField] = []
        self._next = QTimer(self)
        self._next.setInterval(_FRAME_MS)
        self._next.timeout.connect(self._make_next)
        self._place: SignatureOnPage | None = None
        self.current = ""
        """Name of what has or had the focus last."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
        theme().changed.connect(self._place_anew)

    def show_state(self, state: DocumentPageState) -> None:
        self._state = state
        shown = state.shows_form and state.document is not None and bool(state.pages.sizes)
        form = state.document.form if shown and state.document is not None else _NO_FORM
        opened = state.document.id if state.document is not None else ""
        if (opened, form) != (self._opened, self._form):
            self._opened = opened
            self._begin(form)
        for field in self._fields.values():
            self._show(field)
        if self._place is not None:
            self._place.show_mark(state.mark, is_open=state.is_open)

    def place_on(self, geometry: PageGeometry) -> None:
        self._geometry = geometry
        for field in self._fields.values():
            self._put(field)
        self._put_signature()

    def need(self, seen: Iterable[int], near: Iterable[int]) -> None:
        """What is on pages that may be seen soon is made one by one, so that scrolling goes on meanwhile."""
        self._make_all(self._missing(seen))
        self._waiting = self._missing(near)
        if self._waiting and not self._next.isActive():
            self._next.start()

    def place_of(self, name: str) -> QWidget | None:
        """The widget of a field, or of the signature."""
        if name == SIGNATURE:
            return self._place
        if name not in self._fields:
            self._make_all([each for each in self._form.fields if each.name == name])
        return self._fields.get(name)

    def names(self) -> list[str]:
        """Of all fields and the signature, as they are read; none where nothing can be answered."""
        names, place = [field.name for field in self._form.fields], self._form.place
        if not self._state.is_open:
            return []
        if place is not None:
            above = ((field.page, field.box.y) <= (place.page, place.box.y) for field in self._form.fields)
            names.insert(sum(above), SIGNATURE)
        return names

    def _begin(self, form: DocumentForm) -> None:
        for old in (*self._fields.values(), self._place):
            if old is not None:
                old.hide()
                old.deleteLater()
        self._form, self._place, self._fields, self.current = form, None, {}, ""
        self._by_page, self._waiting = defaultdict(list), []
        for field in form.fields:
            self._by_page[field.page].append(field)
        if form.place is not None:
            self._place = SignatureOnPage(self._sheet)
            self._place.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._place.clicked.connect(self.signature_requested)
            self._put_signature()
            self._place.show()
        self.entered.emit("")

    def _missing(self, pages: Iterable[int]) -> list[DocumentField]:
        return [
            field for page in pages for field in self._by_page.get(page, ()) if field.name not in self._fields
        ]

    def _make_all(self, missing: list[DocumentField]) -> None:
        for field in missing:
            self._make(field)

    @Slot()
    def _make_next(self) -> None:
        if self._waiting:
            field = self._waiting.pop(0)
            if field.name not in self._fields:
                self._make(field)
        else:
            self._next.stop()

    def _make(self, field: DocumentField) -> None:
        made = self._fields[field.name] = field_on_page(field, self._sheet)
        made.answered.connect(self.answered)
        self._show(made)
        made.show()
        self._leave_tab_to_viewer(made)
        self._put(made)  # a combo box chooses a size of its own when it is shown

    @staticmethod
    def _leave_tab_to_viewer(made: PageField) -> None:
        """Which leads to fields as they are read; Qt's own order is that in which pages came into sight."""
        for part in (made.control, *made.control.findChildren(QWidget)):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                part.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _show(self, shown: PageField) -> None:
        filling, field = self._state.filling, shown.field
        shown.show_answer(
            filling.value(field),
            missing=filling.is_missing(field),
            problem=filling.problem(field),
            is_open=self._state.is_open,
        )

    def _put(self, shown: PageField) -> None:
        field = shown.field
        if field.page < len(self._geometry.sizes):
            shown.place(self._geometry.place(field.page, field.box), self._geometry.scale)

    def _put_signature(self) -> None:
        place = self._form.place
        if self._place is not None and place is not None and place.page < len(self._geometry.sizes):
            self._place.place(self._geometry.place(place.page, place.box))

    @Slot()
    def _place_anew(self) -> None:
        """Fonts and sizes of the controls are set by the theme, and those of the page after it."""
        self.place_on(self._geometry)

    @Slot(QWidget, QWidget)
    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        left, entered = self._around(before), self._around(now)
        for each in (left, entered):
            if each is not None:
                each.update()
        if entered is not None:
            self.current = entered.field.name if isinstance(entered, PageField) else SIGNATURE
            self.entered.emit(self.current)

    def _around(self, widget: QWidget | None) -> PageField | SignatureOnPage | None:
        """The field or the signature that `widget` is or belongs to."""
        while widget is not None and widget is not self._sheet:
            if isinstance(widget, PageField | SignatureOnPage):
                return widget if widget.parentWidget() is self._sheet else None
            widget = widget.parentWidget()
        return None
