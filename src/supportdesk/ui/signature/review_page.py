"""What is signed, once more: which document, the mark in its place, and the answers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from supportdesk.app.document_state import DocumentPageState
from supportdesk.app.document_words import called
from supportdesk.i18n import _
from supportdesk.ui.document.field_answer import told_answer
from supportdesk.ui.signature.place_view import PlaceView
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import clear_layout, column, grid
from supportdesk.ui.widgets.steady_scroll import SteadyScroll
from supportdesk.ui.widgets.text_label import TextLabel


class ReviewPage(SteadyScroll):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = DocumentPageState()
        self._build()

    def show_state(self, state: DocumentPageState, place: PlaceView) -> None:
        """`place` is a picture of the page around the signature, made anew for each look."""
        self._state = state
        document = state.document
        if document is None:
            return
        self._number.setText(called(document.type, document.number))
        self._title.setText(document.title)
        clear_layout(self._answers)
        for line, field in enumerate(document.form.fields):
            answer = told_answer(field, state.filling.value(field)) or _("left empty")
            self._answers.addWidget(_half(field.label, "muted"), line, 0)
            self._answers.addWidget(_half(answer, "text"), line, 1)
        for side in range(2):
            self._answers.setColumnStretch(side, 1)
        clear_layout(self._place)
        self._place.addWidget(place)
        self._note.setText(_("Once signed, the document is saved and cannot be changed any more."))

    def _build(self) -> None:
        space = theme().space
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._number = TextLabel(kind="caption", tone="muted")
        self._title = TextLabel(kind="emphasis", strong=True, wrap=True)
        self._answers = grid(gap=space.s)
        self._place = column()
        self._note = TextLabel(tone="muted", wrap=True)
        inside = QFrame()
        inside.setProperty("kind", "surface")
        whole = column(inside, gap=space.s, margins=(0, 0, space.s, 0))
        whole.addWidget(self._number)
        whole.addWidget(self._title)
        whole.addSpacing(space.s)
        whole.addLayout(self._place)
        whole.addWidget(self._note)
        whole.addSpacing(space.s)
        whole.addLayout(self._answers)
        whole.addStretch(1)
        self.setWidget(inside)


def _half(text: str, tone: str) -> TextLabel:
    """Labels and answers have equal room, however long they are."""
    label = TextLabel(text, tone=tone, wrap=True, align=Qt.AlignmentFlag.AlignTop)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label
