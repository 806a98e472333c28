"""Step 4: exactly what leaves the computer, the consent, and a last look."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QRadioButton, QWidget

from supportdesk import i18n
from supportdesk.app.report import ReportPresenter, ReportState
from supportdesk.domain.catalogue import Consent
from supportdesk.domain.localtext import LocalText
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.screens.report.leaving_list import LeavingList, total_bytes
from supportdesk.ui.screens.report.step_page import StepPage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import set_accessible
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.text_label import TextLabel


class CheckStep(StepPage):
    view_report_requested = Signal()
    view_file_requested = Signal(object)
    view_system_info_requested = Signal()

    def __init__(self, presenter: ReportPresenter, vendor: str, language: str, receiver: str) -> None:
        super().__init__(presenter, vendor, language)
        self._receiver = receiver
        self.leaving = LeavingList()
        self._sealed = TextLabel(tone="muted", wrap=True)
        self._total = TextLabel(strong=True)
        self._subject = TextLabel(strong=True, wrap=True)
        self._about = TextLabel(tone="muted", wrap=True)
        self._choices = QWidget()
        self._group = QButtonGroup(self)
        self._consents: tuple[Consent, ...] = ()
        self._language = ""
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.set_heading(
            _("Check and send"), _("This leaves your computer. Untick what you do not want to send.")
        )
        self._consent_field.set_label(_("If this turns out to be chargeable"))
        self._sealed.setText(_("Goes to {vendor}, nobody else").format(vendor=self._receiver))
        self.leaving.setAccessibleName(_("This leaves your computer"))
        self.leaving.redraw(self.presenter.state, self.presenter.system_info())
        self._language = ""

    def show_state(self, state: ReportState) -> None:
        super().show_state(state)
        info = self.presenter.system_info()
        self.leaving.show_state(state, info)
        self._total.setText(_("{size} in total").format(size=formats.size(total_bytes(state, info))))
        self._subject.setText(state.draft.subject)
        self._about.setText(self._chosen(state))
        self._render_consents(state)

    def control_of(self, _field: str) -> QWidget | None:
        return self._group.checkedButton() or next(iter(self._group.buttons()), None)

    def _chosen(self, state: ReportState) -> str:
        draft, catalogue = state.draft, state.catalogue
        path = " › ".join(self._said(each.name) for each in catalogue.service_path(draft.service_id))
        type_, priority = catalogue.type(draft.type_id), catalogue.priority(draft.priority_id)
        kinds = [self._said(each.name) for each in (type_, priority) if each is not None]
        return "\n".join(line for line in (path, " · ".join(kinds)) if line)

    def _render_consents(self, state: ReportState) -> None:
        consents = state.catalogue.consents
        if (consents, i18n.language()) != (self._consents, self._language):
            self._consents, self._language = consents, i18n.language()
            self._fill_consents()
        self._consent_card.setVisible(bool(consents))
        self._consent_field.set_error(state.problem("consent_id"))
        for radio, consent in zip(self._group.buttons(), consents, strict=True):
            if consent.id == state.draft.consent_id and not radio.isChecked():
                radio.setChecked(True)

    def _fill_consents(self) -> None:
        clear_layout(self._choice_layout)
        for old in self._group.buttons():
            self._group.removeButton(old)
        for index, consent in enumerate(self._consents):
            name, explanation = self._said(consent.name), self._said(consent.explanation)
            radio = QRadioButton(name)
            set_accessible(radio, name, explanation)
            self._group.addButton(radio, index)
            self._choice_layout.addWidget(radio)
            if explanation:
                caption = TextLabel(explanation, kind="caption", tone="muted", wrap=True)
                inset = row(margins=(theme().space.xl + theme().space.xs, 0, 0, theme().space.s))
                inset.addWidget(caption)
                self._choice_layout.addLayout(inset)

    def _build(self) -> None:
        space = theme().space
        foot = row(gap=space.s, margins=(space.l, 0, space.l, 0))
        foot.addWidget(IconLabel("lock", role="muted", size=16))
        foot.addWidget(self._sealed, 1)
        foot.addWidget(self._total)
        left = column(gap=space.m)
        left.addWidget(self.leaving)
        left.addLayout(foot)
        left.addStretch(1)
        about = Card(gap=space.xs)
        about.add(self._subject)
        about.add(self._about)
        self._choice_layout = column(self._choices, gap=space.xs)
        self._consent_field = FormField("", self._choices, required=True)
        self._consent_card = Card()
        self._consent_card.add(self._consent_field)
        right = column(gap=space.l)
        right.addWidget(about)
        right.addWidget(self._consent_card)
        right.addStretch(1)
        self._columns = row(gap=space.xxl)
        self._columns.addLayout(left, 664)
        self._columns.addLayout(right, 360)
        self.add_layout(self._columns)

    def _connect(self) -> None:
        self.leaving.view_report_requested.connect(self.view_report_requested)
        self.leaving.view_file_requested.connect(self.view_file_requested)
        self.leaving.view_system_info_requested.connect(self.view_system_info_requested)
        self.leaving.file_ticked.connect(self.presenter.tick_file)
        self.leaving.system_info_ticked.connect(self.presenter.tick_system_info)
        self._group.idToggled.connect(self._say_consent)
        self.width_changed.connect(self._fit)

    def _said(self, text: LocalText) -> str:
        return text.get(i18n.language(), self.default_language)

    @Slot(int, bool)
    def _say_consent(self, index: int, chosen: bool) -> None:
        if chosen and 0 <= index < len(self._consents):
            self.presenter.say("consent_id", self._consents[index].id)

    @Slot(int)
    def _fit(self, content_width: int) -> None:
        narrow = content_width < theme().height.tile * 6
        self._columns.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self._columns.setSpacing(theme().space.l if narrow else theme().space.xxl)
