"""The base of one step's page: heading, sentence, content, and where the focus goes."""

from abc import abstractmethod

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.report import ReportPresenter
from supportdesk.app.report_state import ReportState
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import announce
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.text_label import SectionLabel, TextLabel


class StepPage(PageLayout):
    """Subclasses draw the state and report what the customer says to the presenter."""

    def __init__(self, presenter: ReportPresenter, vendor: str, language: str) -> None:
        super().__init__(top=theme().space.xl)
        self.presenter = presenter
        self.vendor = vendor
        self.default_language = language
        """The vendor's own language, for names that are not translated."""
        self._title = SectionLabel()
        self._sentence = TextLabel(tone="muted", wrap=True)
        self._trouble = Banner(tone="warning")
        self.add(self._title)
        self.add(self._sentence)
        self.add_gap(theme().space.l)
        self._trouble_place = QWidget()
        place = column(self._trouble_place, margins=(0, 0, 0, theme().space.l))
        place.addWidget(self._trouble)
        self.add(self._trouble_place)
        self._trouble_place.hide()

    def set_heading(self, title: str, sentence: str = "") -> None:
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleName(title)

    def render_state(self, state: ReportState) -> None:
        if state.trouble and self._trouble_place.isHidden():
            announce(self, state.trouble, assertive=True)
        self._trouble_place.setVisible(bool(state.trouble))
        if state.trouble:
            self._trouble.set_texts(state.trouble)

    def retranslate(self) -> None:
        """Set all texts again; `render_state` follows."""

    def focus_field(self, field: str) -> None:
        """Puts the focus on the control of a field (a name as in Problem.field); '' is the first control."""
        wanted = self.control_of(field)
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        if wanted is not None and field:
            self.ensureWidgetVisible(wanted)
            QTimer.singleShot(0, self, self._show_asked)  # once what is wrong has its place below
        else:
            self.verticalScrollBar().setValue(0)  # a new page is read from its heading on

    @Slot()
    def _show_asked(self) -> None:
        """The whole field, with its label and its sentence, not the control alone."""
        asked: QWidget | None = self.focusWidget()
        while asked is not None and not isinstance(asked, FormField):
            asked = asked.parentWidget()
        if asked is not None:
            self.ensureWidgetVisible(asked)

    @abstractmethod
    def control_of(self, field: str) -> QWidget | None:
        """Where the focus goes for a field; every other name means the first control of the page."""
