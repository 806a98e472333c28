"""Step 4: exactly what leaves the computer, the consent, and a last look."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from supportdesk import i18n
from supportdesk.app.report import ReportPresenter
from supportdesk.app.report_state import ReportState
from supportdesk.domain.localtext import LocalText
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.screens.report.leaving_list import LeavingList, total_bytes
from supportdesk.ui.screens.report.step_page import StepPage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.radio_choice import RadioChoice
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
        self._consents = RadioChoice()
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

    def render_state(self, state: ReportState) -> None:
        super().render_state(state)
        info = self.presenter.system_info()
        self.leaving.render_state(state, info)
        self._total.setText(_("{size} in total").format(size=formats.size(total_bytes(state, info))))
        self._subject.setText(state.draft.subject)
        self._about.setText(self._chosen(state))
        self._render_consents(state)

    def control_of(self, field: str) -> QWidget | None:
        return self._consents.first_target() if field == "consent_id" else self.leaving.first_target()

    def _chosen(self, state: ReportState) -> str:
        draft, catalogue = state.draft, state.catalogue
        path = " › ".join(self._said(each.name) for each in catalogue.service_path(draft.service_id))
        type_, priority = catalogue.type(draft.type_id), catalogue.priority(draft.priority_id)
        kinds = [self._said(type_.name)] if type_ is not None else []
        if priority is not None:
            kinds.append(_("{name} priority").format(name=self._said(priority.name)))
        return "\n".join(line for line in (path, " · ".join(kinds)) if line)

    def _render_consents(self, state: ReportState) -> None:
        consents = state.catalogue.consents
        self._consents.set_options(
            [(each.id, self._said(each.name), self._said(each.explanation)) for each in consents]
        )
        self._consents.set_value(state.draft.consent_id or None)
        self._consent_card.setVisible(bool(consents))
        self._consent_field.set_error(state.problem("consent_id"))

    def _build(self) -> None:
        space = theme().space
        foot = row(gap=space.s, margins=(space.l, space.xs, space.l, 0))
        foot.addWidget(IconLabel("lock", role="muted", size=16))
        foot.addWidget(self._sealed, 1)
        foot.addWidget(self._total)
        left = column(gap=space.s)
        left.addWidget(self.leaving)
        left.addLayout(foot)
        left.addStretch(1)
        about = Card(gap=space.xs)
        about.add(self._subject)
        about.add(self._about)
        self._consent_field = FormField("", self._consents, required=True)
        self._consents.setContentsMargins(0, space.xs, 0, 0)
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
        self._consents.changed.connect(self._say_consent)
        self.width_changed.connect(self._fit)

    def _said(self, text: LocalText) -> str:
        return text.get(i18n.language(), self.default_language)

    @Slot(str)
    def _say_consent(self, consent_id: str) -> None:
        self.presenter.say("consent_id", consent_id)

    @Slot(int)
    def _fit(self, content_width: int) -> None:
        narrow = content_width < theme().height.tile * 6
        self._columns.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self._columns.setSpacing(theme().space.l if narrow else theme().space.xxl)
