"""The signature window: first the mark, then what is signed, once more."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from supportdesk.app.document_state import DocumentPageState
from supportdesk.app.kept_signature import KeptSignature
from supportdesk.app.workspace import Workspace
from supportdesk.i18n import _, pgettext
from supportdesk.ui.signature.draw_page import DrawPage
from supportdesk.ui.signature.kept_page import KeptPage
from supportdesk.ui.signature.picture_page import PicturePage
from supportdesk.ui.signature.place_view import PlaceView
from supportdesk.ui.signature.review_page import ReviewPage
from supportdesk.ui.signature.type_page import TypePage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.check_row import CheckRow
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.segmented import SegmentedChoice

_WIDTH, _HEIGHT = 520, 560
_DRAW, _TYPE, _PICTURE, _KEPT = "draw", "type", "picture", "kept"


class SignatureWindow(QDialog):
    """`marked` carries the PNG that was made, `signed` nothing: the person agrees to what they have seen.

    While something is still missing in the form there is only the mark to make.
    """

    marked = Signal(bytes)
    signed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        kept: KeptSignature,
        state: DocumentPageState,
        page: QPixmap,
        parent: QWidget,
    ) -> None:
        """`page` is a picture of the page with the signature, null when there is none."""
        super().__init__(parent)
        self._kept, self._state, self._page = kept, state, page
        self._build(workspace)
        self._connect()
        theme().dress(self)
        self.retranslate()
        self._show_way(_KEPT if kept.png else _DRAW)
        self._ways.setFocus()
        if state.mark and state.can_sign:
            self._review(state.mark)

    def take_state(self, state: DocumentPageState) -> None:
        """What became of it; a failure is shown in the document behind, so this closes."""
        self._state = state
        self._sign.show_busy(state.sending)
        if not state.is_open and not state.sending:
            self.accept()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Signature"))
        self.setAccessibleName(_("Signature"))
        ways = [(_DRAW, _("Draw")), (_TYPE, pgettext("signature", "Type")), (_PICTURE, _("Picture"))]
        if self._kept.png:
            ways.insert(0, (_KEPT, _("Last used")))
        self._ways.set_options(ways)
        self._ways.setAccessibleName(_("How to sign"))
        for made in self._pages.values():
            made.retranslate()
        self._keep.set_texts(
            _("Keep this signature for the next time"), _("In this computer’s own safe for passwords.")
        )
        self._cancel.setText(_("Cancel"))
        self._use.setText(_("Continue") if self._state.can_sign else _("Use this signature"))
        self._back.setText(_("Change signature"))
        self._sign.setText(_("Sign now"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def done(self, result: int) -> None:
        self._picture.end()
        super().done(result)

    def _build(self, workspace: Workspace) -> None:
        space = theme().space
        self._ways = SegmentedChoice([], "")
        name = self._state.vendor.account.person_name if self._state.vendor else ""
        self._picture = PicturePage(workspace)
        self._pages: dict[str, DrawPage | TypePage | PicturePage | KeptPage] = {
            _DRAW: DrawPage(),
            _TYPE: TypePage(name),
            _PICTURE: self._picture,
            _KEPT: KeptPage(self._kept.png),
        }
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        self._keep = CheckRow("")
        making = QWidget()
        made = column(making, gap=space.l)
        made.addWidget(self._ways)
        made.addWidget(self._stack, 1)
        made.addWidget(self._keep)
        self._looking = ReviewPage()
        self._steps = QStackedWidget()
        self._steps.addWidget(making)
        self._steps.addWidget(self._looking)
        self._cancel, self._back = button("", "secondary"), button("", "secondary", "pencil")
        self._use, self._sign = button("", "primary"), button("", "primary", "signature")
        self._sign.is_final = True  # it comes up where Continue was clicked
        foot = row(gap=space.m)
        foot.addWidget(self._back)
        foot.addStretch(1)
        for each in (self._cancel, self._use, self._sign):
            foot.addWidget(each)
        whole = column(self, gap=space.l, margins=space.xl)
        whole.addWidget(self._steps, 1)
        whole.addLayout(foot)
        self.resize(theme().scaled(_WIDTH), theme().scaled(_HEIGHT))

    def _connect(self) -> None:
        self._ways.changed.connect(self._show_way)
        for page in self._pages.values():
            page.changed.connect(self._show_step)
        kept = self._pages[_KEPT]
        if isinstance(kept, KeptPage):
            kept.forget_requested.connect(self._forget)
        self._cancel.clicked.connect(self.reject)
        self._use.clicked.connect(self._take)
        self._back.clicked.connect(self._make_anew)
        self._sign.clicked.connect(self.signed)

    @Slot(str)
    def _show_way(self, way: str) -> None:
        self._ways.set_value(way)
        self._stack.setCurrentWidget(self._pages[way])
        self._show_step()

    @Slot()
    def _show_step(self) -> None:
        making = self._steps.currentIndex() == 0
        page = self._pages[self._ways.value() or _DRAW]
        for each in (self._use, self._keep):
            each.setVisible(making)
        self._keep.setVisible(making and self._kept.can_keep and not isinstance(page, KeptPage))
        for each in (self._back, self._sign):
            each.setVisible(not making)
        self._use.setEnabled(not page.is_empty)

    @Slot()
    def _take(self) -> None:
        png = self._pages[self._ways.value() or _DRAW].png()
        if not png:
            return
        if self._keep.check.isChecked() and self._keep.isVisibleTo(self):
            self._kept.keep(png)
        self.marked.emit(png)
        if self._state.can_sign:
            self._review(png)
        else:
            self.accept()

    def _review(self, png: bytes) -> None:
        place = self._state.document.form.place if self._state.document else None
        if place is None:
            return
        view = PlaceView(self._page, self._state.pages.sizes[place.page], place, png)
        self._looking.show_state(self._state, view)
        self._steps.setCurrentIndex(1)
        self._show_step()
        self._sign.setFocus()

    @Slot()
    def _make_anew(self) -> None:
        self._steps.setCurrentIndex(0)
        self._show_step()

    @Slot()
    def _forget(self) -> None:
        self._kept.forget()
        self.retranslate()
        self._show_way(_DRAW)
